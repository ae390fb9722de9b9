"""政府采购: goods, works and services, and what went to small and medium enterprises."""

from __future__ import annotations

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bars, ranked
from juesuan.charts.breakdown import Breakdown, breakdown, lead
from juesuan.charts.chart import Chart
from juesuan.charts.form import Form
from juesuan.charts.page import compose, measure
from juesuan.charts.structure import said
from juesuan.charts.sums import money
from juesuan.quantity import rate
from juesuan.wording import percent

_KINDS = {"政府采购货物支出": "货物", "政府采购工程支出": "工程", "政府采购服务支出": "服务"}
_SMALL = "授予中小企业合同金额"


def by_kind(accounts: Accounts) -> Breakdown:
    """Government procurement by kind, from T10."""
    cells = [(kind, accounts.get("T10", row, "统计数")) for row, kind in _KINDS.items()]
    total = accounts.get("T10", "政府采购支出总额", "统计数")
    return breakdown(accounts, "政府采购支出", "项", cells, total)


def procurement(accounts: Accounts) -> Chart | None:
    """政府采购 by kind (T10); None where fewer than two kinds have an amount."""
    whole = by_kind(accounts)
    if whole.form is Form.SENTENCE:
        return None
    title = lead(whole)
    what = "政府采购支出"
    notes = [*_small(accounts, whole), *whole.notes(accounts)]
    alt = f"条形图：{title}。{what}{whole.sum_name} {money(whole.total)}：{said(whole)}。{''.join(notes)}"
    text = measure(accounts, what, whole.unit, whole.base)
    return compose(accounts.source.is_synthetic, title, text, [Bars("", ranked(whole.parts))], notes, alt)


def _small(accounts: Accounts, whole: Breakdown) -> list[str]:
    granted = accounts.get("T10", _SMALL, "统计数")
    if not granted.is_number:
        return []
    told = f"{_SMALL} {money(granted)}"
    if whole.printed and whole.total.value:
        told += f"，占采购总额的 {percent(rate(granted, whole.total), accounts.layout.rate_decimals)}"
    return [f"{told}。"]
