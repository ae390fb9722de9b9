"""The verdict ladder: from `exact` down to `inconsistent`, with no tolerance setting anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from juesuan.quantity.estimate import Estimate
from juesuan.quantity.interval import Interval
from juesuan.quantity.printed import Quantity


class Verdict(StrEnum):
    """From good to bad; the last two stand beside the ladder. A check that did not run is no pass."""

    EXACT = "exact"
    WITHIN = "within"
    BOUNDARY = "boundary"
    TRUNCATED = "truncated"
    INCONSISTENT = "inconsistent"
    NOT_ASSESSABLE = "not_assessable"
    NOT_APPLICABLE = "not_applicable"

    @property
    def holds(self) -> bool:
        """The printed figures can all be true at once."""
        return self in (Verdict.EXACT, Verdict.WITHIN, Verdict.BOUNDARY)


@dataclass(frozen=True)
class Judgement:
    """A verdict with what was expected; `gap` = printed − expected value, in the printed unit."""

    verdict: Verdict
    expected: Interval | None = None
    gap: Fraction | None = None
    note: str = ""


def not_assessable(reason: str) -> Judgement:
    """An input is missing or unparsed, or the denominator is 0."""
    return Judgement(Verdict.NOT_ASSESSABLE, note=reason)


def _ladder(printed: Quantity, decimals: int, expected: Estimate, may_truncate: bool) -> Verdict:
    if printed.exact() == expected.point:
        return Verdict.EXACT
    common = printed.interval(decimals).meet(expected.range)
    if common is not None:
        return Verdict.BOUNDARY if common.low == common.high else Verdict.WITHIN
    # Written truncation is a habit with percentages only; an amount that needs it is wrong.
    if may_truncate and Interval.truncated(printed.exact(), decimals).meet(expected.range):
        return Verdict.TRUNCATED
    return Verdict.INCONSISTENT


def judge(
    printed: Quantity,
    expected: Estimate,
    *,
    norm: int = 2,
    lenient: Estimate | None = None,
    truncates: bool = False,
) -> Judgement:
    """Judge a printed figure against what the others say.

    Parameters
    ----------
    printed : the figure on trial; must be a number, in the unit of `expected`.
    expected : the estimate with coarse figures read strictly (29.3 as 29.30).
    norm : decimals that the document prints as a rule.
    lenient : the estimate with coarse figures read as printed (29.3 ± 0.05); None where none is coarse.
    truncates : the profile says that this department truncates its amounts.
    """
    may_truncate = (truncates or printed.unit == "%") and not printed.is_counted
    decimals = printed.decimals or 0
    strict = _ladder(printed, max(decimals, norm), expected, may_truncate)
    gap = printed.exact() - expected.point
    coarse = printed.is_coarse(norm) or lenient is not None
    if not strict.holds and coarse and _ladder(printed, decimals, lenient or expected, False).holds:
        return Judgement(
            Verdict.WITHIN, (lenient or expected).range, gap, "印数位数少于全文惯例，按所印位数成立"
        )
    return Judgement(strict, expected.range, gap)
