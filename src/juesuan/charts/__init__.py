"""Charts: a function takes accounts and returns a `Chart`, or None where a sentence says it better."""

from collections.abc import Callable

from juesuan.accounts import Accounts
from juesuan.charts.apart import structure_apart
from juesuan.charts.basic import basic
from juesuan.charts.chart import Chart
from juesuan.charts.execution import execution
from juesuan.charts.form import Form, choose
from juesuan.charts.income import income_expenditure
from juesuan.charts.performance import performance
from juesuan.charts.procurement import procurement
from juesuan.charts.sentences import sentence
from juesuan.charts.structure import structure
from juesuan.charts.three_public import three_public
from juesuan.charts.year_on_year import year_on_year
from juesuan.charts.years import YEARS, draw_years

# Every figure in the order of the report, with its caption.
FIGURES: dict[str, tuple[Callable[[Accounts], Chart | None], str]] = {
    "income_expenditure": (income_expenditure, "收支总览"),
    "structure": (structure, "支出功能结构"),
    "structure_apart": (structure_apart, "单列补助后的支出结构"),
    "basic": (basic, "人员经费与公用经费"),
    "execution": (execution, "预算执行"),
    "three_public": (three_public, "“三公”经费"),
    "procurement": (procurement, "政府采购"),
    "performance": (performance, "项目绩效"),
    "year_on_year": (year_on_year, "与上年比较"),
}


def draw(name: str, accounts: Accounts) -> Chart | None:
    """The figure `name` with its caption; None where a sentence says it better (see `sentence`)."""
    figure, caption = FIGURES[name]
    chart = figure(accounts)
    return chart and chart._replace(caption=caption)


__all__ = [
    "FIGURES", "YEARS", "Chart", "Form", "basic", "choose", "draw", "draw_years", "execution", "income_expenditure", "performance",
    "procurement", "sentence", "structure", "structure_apart", "three_public",
    "year_on_year",
]  # fmt: skip
