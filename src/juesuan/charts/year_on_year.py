"""Which classes made the change against the year before."""

from __future__ import annotations

from fractions import Fraction

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bar, Bars
from juesuan.charts.chart import Chart
from juesuan.charts.page import compose, measure
from juesuan.classification import bridged
from juesuan.quantity import Quantity
from juesuan.wording import direction, fixed, percent


def year_on_year(accounts: Accounts) -> Chart | None:
    """The change of each functional class of T5; None without last year's accounts or with fewer than two changes."""
    last = accounts.previous
    if last is None:
        return None
    names = {bridged(c, last.year, accounts.year): n for c, n in last.rows("T5", "类").items()}
    names |= accounts.rows("T5", "类")
    bars = [bar for code, name in names.items() if (bar := _bar(accounts, last, code, name)) is not None]
    bars.sort(key=lambda bar: -abs(bar.value))
    if len(bars) < 2:
        return None
    bars = [Bar(b.label, b.value, b.text, "focus" if b is bars[0] else "quiet") for b in bars]
    word = direction(bars[0].value, up="增加", down="减少")
    amount = fixed(abs(bars[0].value), accounts.layout.decimals, thousands=True)
    title = f"比上年变化最大的是{bars[0].label}，{word} {amount} {accounts.layout.unit}"
    what = measure(accounts, f"一般公共预算支出比 {last.year} 年度的增减", accounts.layout.unit)
    alt = f"条形图：{title}。{'；'.join(f'{b.label} {b.text}' for b in bars)}。单位：{accounts.layout.unit}。"
    return compose(accounts.source.is_synthetic, title, what, [Bars("", tuple(bars))], [], alt)


def _bar(accounts: Accounts, last: Accounts, code: str, name: str) -> Bar | None:
    """The change in the profile's unit; a class that one of the years does not print counts as nothing there."""
    here = [accounts.get("T5", code, "合计")] if code in accounts.rows("T5") else []
    rows = [c for c in last.rows("T5", "类") if bridged(c, last.year, accounts.year) == code]
    there = [last.get("T5", c, "合计") for c in rows]
    if not all(q.is_number for q in (*here, *there)):
        # Printed, but no number: what changed is unknown.
        return None
    now, then = (sum((_amount(accounts, q) for q in side), Fraction(0)) for side in (here, there))
    change = now - then
    if not change:
        return None
    sign = "+" if change > 0 else "−"
    text = f"{sign}{fixed(abs(change), accounts.layout.decimals, thousands=True)}"
    if then:
        text += f" · {sign}{percent(abs(change) * 100 / abs(then), 1)}"
    return Bar(name, change, text)


def _amount(accounts: Accounts, quantity: Quantity) -> Fraction:
    scale = Quantity.blank(accounts.layout.unit).scale
    return quantity.exact() * quantity.scale / scale
