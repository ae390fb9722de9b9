"""What other printed figures say a figure must be: a point value and the interval around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from juesuan.quantity.interval import Interval, summed
from juesuan.quantity.printed import Quantity


@dataclass(frozen=True)
class Estimate:
    """An exact reckoning from printed values (`point`) and everything their digits allow (`range`)."""

    point: Fraction
    range: Interval

    @classmethod
    def of(cls, quantity: Quantity, strict_to: int | None = None) -> Estimate:
        """One printed figure; `strict_to` reads a coarse one as if printed with that many decimals."""
        decimals = quantity.decimals or 0
        return cls(
            quantity.exact(),
            quantity.interval(decimals if strict_to is None else max(decimals, strict_to)),
        )

    def in_unit(self, source: int, target: int) -> Estimate:
        """Rescaled from `source` yuan a unit to `target` yuan a unit."""
        return self if source == target else self.weighted(Fraction(source, target))

    def weighted(self, weight: Fraction | int) -> Estimate:
        """Times an exact weight."""
        if weight == 1:
            return self
        return Estimate(self.point * weight, self.range * weight)

    def __add__(self, other: Estimate) -> Estimate:
        return Estimate(self.point + other.point, self.range + other.range)


def total(parts: Iterable[Estimate]) -> Estimate:
    """The sum of the parts (0 where there are none)."""
    listed = list(parts)
    ranges = [part.range for part in listed]
    low, high = summed(r.low for r in ranges), summed(r.high for r in ranges)
    bounds = Interval(low, high, any(r.low_open for r in ranges), any(r.high_open for r in ranges))
    return Estimate(summed(part.point for part in listed), bounds)


def ratio(part: Estimate, base: Estimate, *, share: bool = False) -> Estimate | None:
    """`100·part/base`; None where the base admits zero.

    With `share` the part belongs to the base, so a larger part also means a larger base:
    the quotient is met with part/(part+rest), which is narrower.
    """
    quotient = part.range.divided_by(base.range)
    if quotient is None or base.point == 0:
        return None
    if share:
        rest = base.range - part.range
        rest = Interval(max(rest.low, Fraction(0)), max(rest.high, Fraction(0)))
        ends = [
            p / (p + r) for p in (part.range.low, part.range.high) for r in (rest.low, rest.high) if p + r > 0
        ]
        if part.range.low >= 0 and ends:
            quotient = quotient.meet(Interval(min(ends), max(ends))) or quotient
    return Estimate(part.point / base.point * 100, quotient * 100)


def rate(part: Quantity, base: Quantity) -> Fraction:
    """`100·part/base` of the printed values, whatever their units of money; the base must not be 0."""
    return 100 * part.exact() * part.scale / (base.exact() * base.scale)


def tallies(parts: Iterable[Quantity], whole: Quantity) -> bool:
    """The parts may be the whole of it, as far as the printed digits tell."""
    every = total(Estimate.of(q).in_unit(q.scale, whole.scale) for q in parts)
    return every.range.meet(whole.interval()) is not None
