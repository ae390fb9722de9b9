"""基本支出: personnel against public funds."""

from __future__ import annotations

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bars, ranked
from juesuan.charts.breakdown import Breakdown, breakdown
from juesuan.charts.chart import Chart
from juesuan.charts.form import Form
from juesuan.charts.page import compose, measure
from juesuan.charts.structure import said
from juesuan.charts.sums import money

_PARTS = ("人员经费", "公用经费")


def by_kind(accounts: Accounts) -> Breakdown:
    """The basic expenditure by kind of funds, from T6."""
    cells = [(name, accounts.get("T6", f"{name}合计", "决算数")) for name in _PARTS]
    total = accounts.get("T6", "基本支出合计", "决算数")
    return breakdown(accounts, "基本支出", "项", cells, total)


def basic(accounts: Accounts) -> Chart | None:
    """人员经费 and 公用经费 of the basic expenditure (T6); None where fewer than two have an amount."""
    whole = by_kind(accounts)
    if whole.form is Form.SENTENCE:
        return None
    title = "基本支出中" + "，".join(f"{p.label}{p.takes or f'为 {money(p.quantity)}'}" for p in whole.parts)
    what = "一般公共预算财政拨款基本支出"
    alt = f"条形图：{title}。{what}{whole.sum_name} {money(whole.total)}：{said(whole)}。"
    text = measure(accounts, what, whole.unit, whole.base)
    return compose(
        accounts.source.is_synthetic, title, text, [Bars("", ranked(whole.parts))], whole.notes(accounts), alt
    )
