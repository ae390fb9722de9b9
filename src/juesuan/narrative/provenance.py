"""Where a number of the text comes from, in words: what it is, its table and cell, formula and interval."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.accounts import Accounts
from juesuan.narrative.fragments import Number
from juesuan.quantity import Estimate, Interval, ratio
from juesuan.relations.formula import fact_at, refs
from juesuan.relations.model import Term
from juesuan.relations.reckon import estimates
from juesuan.wording import decimal_text

# Tables of facts that only the text states, where the profile has no better name for them.
TEXT_TABLES = {"S5": "情况说明五", "S8": "情况说明八"}


@dataclass(frozen=True)
class Source:
    """`what` may be published; `cell` (a place in the files received) is for the preparer."""

    what: str
    cell: str = ""


def source_of(accounts: Accounts, number: Number) -> Source:
    """Describe one number of the text."""
    if not number.addresses:
        return Source("文字部分所给的数", number.cell)
    if number.formula:
        allowed = _allowed(accounts, number)
        return Source(f"计算：{number.formula}" + (f"；按所印位数在 {allowed} 之间" if allowed else ""))
    fact = fact_at(accounts, refs(number.addresses[0])[0])
    within = _words(fact.quantity.interval(), "") if fact.quantity.is_number else ""
    return Source(
        f"{called(accounts, number.addresses[0])}；按所印位数为 {within} {fact.quantity.unit}", number.cell
    )


def called(accounts: Accounts, address: str) -> str:
    """A fact as a person calls it: 支出决算表·合计·基本支出."""
    (ref,) = refs(address)
    titles = {t.id: t.title for t in accounts.layout.tables} | TEXT_TABLES
    return f"{titles.get(ref.table, ref.table)}·{accounts.name_of(ref.table, ref.row)}·{ref.column}"


def _allowed(accounts: Accounts, number: Number) -> str:
    """The interval of a rate of two facts; '' for other formulas."""
    if len(number.addresses) != 2 or not number.text.endswith("%"):
        return ""
    part, base = (_estimate(accounts, a) for a in number.addresses)
    found = ratio(part, base)
    return _words(found.range, "%") if found and found.range.low < found.range.high else ""


def _estimate(accounts: Accounts, address: str) -> Estimate:
    fact = fact_at(accounts, refs(address)[0])
    return estimates([Term(1, fact)], 1, accounts.layout.decimals)[0]


def _words(interval: Interval, unit: str) -> str:
    return f"{decimal_text(interval.low, 4)}{unit}–{decimal_text(interval.high, 4)}{unit}"
