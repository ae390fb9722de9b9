"""支出结构: what the money was spent on, by functional class."""

from __future__ import annotations

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bar, Bars, ranked
from juesuan.charts.breakdown import Breakdown, breakdown, lead
from juesuan.charts.chart import Chart
from juesuan.charts.form import Form
from juesuan.charts.page import Panel, compose, measure
from juesuan.charts.sums import money

# (table, column, row and column of the total, what it is), in order of preference.
_SOURCES = [
    ("T5", "合计", "合计", "一般公共预算财政拨款支出"),
    ("T3", "本年支出合计", "合计", "本年支出"),
    ("T1", "决算数", "本年支出合计", "本年支出"),
]


def by_class(accounts: Accounts) -> tuple[Breakdown, str] | None:
    """Expenditure by class and what it is, from the first table that discloses it; None where none does."""
    for table, column, whole, what in _SOURCES:
        rows = accounts.rows(table, "类")
        cells = [(label, accounts.get(table, row, column)) for row, label in rows.items()]
        if any(q.value for _, q in cells):
            total = accounts.get(table, whole, column)
            return breakdown(accounts, "支出", "类", cells, total, to_hundred=True), what
    return None


def structure(accounts: Accounts) -> Chart | None:
    """Ordered bars of the functional classes; None where fewer than two classes have an amount.

    Where one class exceeds 90%, the others are summed beside it and drawn again on their own scale.
    """
    found = by_class(accounts)
    if found is None:
        return None
    whole, what = found
    if whole.form is Form.SENTENCE:
        return None
    if whole.form is Form.BARS_AND_REST:
        title, panels, spoken = _dominated(whole)
    else:
        title, panels, spoken = _title(whole), [Bars("", ranked(whole.parts))], said(whole)
    text = measure(accounts, f"{what}，按功能分类", whole.unit, whole.base)
    alt = f"条形图：{title}。{what}{whole.sum_name} {money(whole.total)}：{spoken}。"
    return compose(accounts.source.is_synthetic, title, text, panels, whole.notes(accounts), alt)


def said(whole: Breakdown) -> str:
    """Every part for the alt text."""
    return "；".join(part.said for part in whole.parts)


def _title(whole: Breakdown) -> str:
    parts = sorted(whole.parts, key=lambda p: -p.quantity.exact())
    title = lead(whole)
    alone = len(parts) == 2 or parts[2].quantity.value != parts[1].quantity.value
    if parts[0].quantity.value != parts[1].quantity.value and alone and parts[1].share:
        title += f"；{parts[1].label}次之，{parts[1].takes}"
    return title


def _dominated(whole: Breakdown) -> tuple[str, list[Panel], str]:
    first = max(whole.parts, key=lambda p: p.quantity.exact())
    others = [p for p in whole.parts if p is not first]
    rest = whole.rest(others)
    title = f"{first.label}{first.takes}，{rest.label}{rest.takes}"
    heading = f"其中：{rest.label.removesuffix('合计')}（横轴另行放大，条长与上图不可比）"
    panels: list[Panel] = [
        Bars(
            f"{whole.name}{whole.sum_name} {money(whole.total)}",
            (Bar.of(first, "focus"), Bar.of(rest, "rest")),
        ),
        Bars(heading, tuple(Bar.of(part, "rest") for part in others)),
    ]
    return title, panels, f"{first.said}；{rest.said}，其中：{'；'.join(p.said for p in others)}"
