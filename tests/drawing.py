"""Accounts that are hard to draw, and what can be read off a chart's artists."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from juesuan import charts
from juesuan.accounts import Accounts, Cited, Fact, Source
from juesuan.charts import Chart
from juesuan.charts.style import styled
from juesuan.classification import classes
from juesuan.layouts import layout
from juesuan.quantity import Quantity

Figures = tuple[Callable[[Accounts], Chart | None], ...]
EVERY: Figures = (
    charts.income_expenditure, charts.structure, charts.structure_apart,
    charts.basic, charts.execution, charts.three_public, charts.procurement, charts.performance,
)  # fmt: skip
LONG = "国有资本经营预算支出及其他名称很长用以检验换行是否会与相邻的行重叠的一类支出"


def fact(table: str, row: str, column: str, value: str | None, label: str = "") -> Fact:
    quantity = Quantity.blank("万元") if value is None else Quantity.of(value, "万元")
    return Fact(table, row if row.isdigit() else "", label or row, column, quantity)


def accounts(*facts: Fact, synthetic: bool = False, name: str = "某厅") -> Accounts:
    source = Source(synthetic=Cited("是")) if synthetic else Source()
    return Accounts(name, 2021, layout("shanxi-2020"), facts, source=source)


def t5(values: list[str | None], total: str | None) -> list[Fact]:
    listed = classes("functional", 2021)
    rows = [fact("T5", c.code, "合计", v, c.name) for c, v in zip(listed, values, strict=False)]
    return [fact("T5", "合计", "合计", total), *rows]


def many_classes() -> Accounts:
    """All classes of a year, seven-digit amounts, rates from 0 to far beyond 100%."""
    listed = classes("functional", 2021)
    values = [(Decimal("1234567.89") / (i + 1) ** 2).quantize(Decimal("0.01")) for i in range(len(listed))]
    factors = [Decimal(f) for f in ("1.1", "0.3", "0.9", "1", "0")]
    budgets = [(v * factors[i % 5]).quantize(Decimal("0.01")) for i, v in enumerate(values)]
    return accounts(
        *t5([str(v) for v in values], str(sum(values))),
        fact("S5", "合计", "年初预算数", str(sum(budgets))),
        *(
            fact("S5", c.code, "年初预算数", str(b), c.name)
            for c, b in zip(listed, budgets, strict=True)
        ),
        synthetic=True,
    )  # fmt: skip


def long_book() -> Accounts:
    """Long labels, long numbers, a negative amount, gaps."""
    return accounts(
        fact("T5", "合计", "合计", "3234567989.24"),
        fact("T5", "201", "合计", "1234567890.12", LONG),
        fact("T5", "208", "合计", "99.00", "社会保障和就业支出"),
        fact("T5", "229", "合计", "2000000000.12", "其他支出"),
        fact("S5", "201", "年初预算数", "1334567890.12", LONG),
        fact("S5", "208", "年初预算数", "12", "社会保障和就业支出"),
        fact("T7", "合计", "预算数", "12.00"), fact("T7", "合计", "决算数", "13.5"),
        fact("T7", "公务用车购置及运行费", "预算数", "12"), fact("T7", "公务用车购置及运行费", "决算数", "8"),
        fact("T7", "公务用车运行维护费", "预算数", None), fact("T7", "公务用车运行维护费", "决算数", "8"),
        fact("T7", "公务接待费", "预算数", "0"), fact("T7", "公务接待费", "决算数", "5.5"),
        fact("T1", "一般公共预算财政拨款收入", "决算数", "500.00"), fact("T1", "其他收入", "决算数", "80"),
        fact("T1", "政府性基金预算财政拨款收入", "决算数", "30.00"), fact("T1", "事业收入", "决算数", "-3"),
        fact("T1", "本年收入合计", "决算数", "607.00"),
        fact("T3", "合计", "基本支出", "300"), fact("T3", "合计", "项目支出", "307"),
        fact("T6", "人员经费合计", "决算数", "150"), fact("T6", "公用经费合计", "决算数", "150"),
        synthetic=True, name="某省一个名称很长的测试单位（检验口径行怎样换行的情况）",
    )  # fmt: skip


def drawn(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


def texts(chart: Chart) -> list[str]:
    """Every text of the figure, top to bottom by kind."""
    inside = [t.get_text() for axes in chart.fig.axes for t in axes.texts]
    labels = [t.get_text() for axes in chart.fig.axes for t in axes.get_yticklabels()]
    return [t.get_text() for t in chart.fig.texts] + inside + labels


def bars(chart: Chart, panel: int = 0) -> list[float]:
    return [patch.get_width() for patch in chart.fig.axes[panel].patches]


def boxes(chart: Chart, dpi: int = 150) -> tuple[dict[str, Bbox], Bbox]:
    """The extent of each visible text, and of the figure."""
    with styled():
        chart.fig.set_dpi(dpi)
        canvas = FigureCanvasAgg(chart.fig)
        canvas.draw()
        renderer = canvas.get_renderer()
        found = list(chart.fig.texts)
        for axes in chart.fig.axes:
            found += [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels()]
        named = {
            f"{i}:{t.get_text()}": t.get_window_extent(renderer) for i, t in enumerate(found) if t.get_text()
        }
    return named, chart.fig.bbox


def assert_fits(chart: Chart) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        named, page = boxes(chart)
    for text, box in named.items():
        assert box.x0 >= page.x0 - 0.5, f"clipped at the left: {text}"
        assert box.x1 <= page.x1 + 0.5, f"clipped at the right: {text}"
        assert box.y0 >= page.y0 - 0.5, f"clipped at the foot: {text}"
        assert box.y1 <= page.y1 + 0.5, f"clipped at the top: {text}"
    # A text box holds the full line height of the font: ink is what must not touch.
    ink = {
        t: Bbox.from_extents(b.x0, b.y0 + 0.15 * b.height, b.x1, b.y1 - 0.15 * b.height)
        for t, b in named.items()
    }
    for (a, one), (b, other) in combinations(ink.items(), 2):
        assert not _overlap(one, other), f"“{a}” overlaps “{b}”"
    for axes in chart.fig.axes:
        for text in axes.texts:
            box = text.get_window_extent()
            marks = [p.get_window_extent() for p in axes.patches]
            assert not any(_overlap(box, mark) for mark in marks), f"“{text.get_text()}” lies on a bar"


def _overlap(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5
