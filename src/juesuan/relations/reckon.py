"""Shared reckoning of the kinds: terms to estimates, strict and lenient."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Estimate, Judgement, Quantity, State, Verdict, judge, total
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Term


def estimates(terms: Sequence[Term], scale: int, norm: int) -> tuple[Estimate, Estimate | None]:
    """The weighted sum of number terms in units of `scale` yuan: strict, and lenient if any is coarse."""

    def summed(strict_to: int | None) -> Estimate:
        return total(
            Estimate.of(t.fact.quantity, strict_to).in_unit(t.fact.quantity.scale, scale).weighted(t.weight)
            for t in terms
        )

    coarse = any(t.fact.quantity.is_coarse(norm) for t in terms)
    return summed(norm), summed(None) if coarse else None


def name(fact: Fact) -> str:
    """A fact as a person calls it: 支出决算表·合计·基本支出 without the table."""
    return f"{fact.label}·{fact.column}"


def judge_sum(
    accounts: Accounts, printed: Quantity, left: str, terms: Sequence[Term], needed: set[str]
) -> Judgement:
    """Judge a printed total against its terms.

    `needed` holds the addresses that must be numbers; other blanks are left out of the sum and noted.
    """
    unparsed = [t.fact for t in terms if t.fact.quantity.state is State.UNPARSED]
    missing = [t.fact for t in terms if not t.fact.quantity.is_number]
    required = [f for f in missing if f.address in needed]
    numbers = [t for t in terms if t.fact.quantity.is_number]
    if not printed.is_number:
        return not_assessable(f"“{left}”没有数")
    if unparsed or required or not numbers:
        first = next(iter([*unparsed, *required, *missing]), None)
        if first is None:
            return not_assessable(f"“{left}”没有可加的分项")
        return not_assessable(f"“{name(first)}”{'读不出数' if unparsed else '空白'}")
    norm = accounts.layout.decimals
    strict, lenient = estimates(numbers, printed.scale, norm)
    result = judge(printed, strict, norm=norm, lenient=lenient, truncates=accounts.layout.truncates)
    silent = missing and accounts.source.blank_is_undisclosed
    if result.verdict is Verdict.INCONSISTENT and silent and result.gap is not None and result.gap > 0:
        return not_assessable(f"“{name(missing[0])}”等 {len(missing)} 格未披露，差额可能在其中")
    return result
