"""Exact interval arithmetic: what a printed number allows (method: XBRL Calculations 1.1)."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

Exact = Fraction | Decimal | int


@dataclass(frozen=True)
class Interval:
    """The set of values between `low` and `high`; an end may be open (truncation only).

    Ends are exact fractions in the unit of the quantity they come from.
    """

    low: Fraction
    high: Fraction
    low_open: bool = False
    high_open: bool = False

    @classmethod
    def point(cls, value: Exact) -> Interval:
        """The single value `value`."""
        return cls(Fraction(value), Fraction(value))

    @classmethod
    def rounded(cls, value: Exact, decimals: int) -> Interval:
        """What `value` printed with `decimals` may stand for, whichever way halves are rounded."""
        v, half = Fraction(value), _half(decimals)
        return cls(v - half, v + half)

    @classmethod
    def truncated(cls, value: Exact, decimals: int) -> Interval:
        """What `value` stands for if digits were cut off instead of rounded."""
        v, unit = Fraction(value), Fraction(1, 10**decimals)
        if v > 0:
            return cls(v, v + unit, high_open=True)
        if v < 0:
            return cls(v - unit, v, low_open=True)
        return cls(-unit, unit, low_open=True, high_open=True)

    def __add__(self, other: Interval) -> Interval:
        return Interval(
            self.low + other.low,
            self.high + other.high,
            self.low_open or other.low_open,
            self.high_open or other.high_open,
        )

    def __mul__(self, weight: Exact) -> Interval:
        w = Fraction(weight)
        if w < 0:
            return Interval(self.high * w, self.low * w, self.high_open, self.low_open)
        return Interval(self.low * w, self.high * w, self.low_open, self.high_open)

    def __neg__(self) -> Interval:
        return self * -1

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __contains__(self, value: Exact) -> bool:
        v = Fraction(value)
        above = v > self.low or (v == self.low and not self.low_open)
        below = v < self.high or (v == self.high and not self.high_open)
        return above and below

    def meet(self, other: Interval) -> Interval | None:
        """The common part, or None where there is none."""
        low, low_open = max((self.low, self.low_open), (other.low, other.low_open))
        high, high_closed = min((self.high, not self.high_open), (other.high, not other.high_open))
        if low > high or (low == high and (low_open or not high_closed)):
            return None
        return Interval(low, high, low_open, not high_closed)

    def divided_by(self, base: Interval) -> Interval | None:
        """Smallest to largest corner quotient; None where the base admits zero or less."""
        if base.low <= 0:
            return None
        corners = [a / b for a in (self.low, self.high) for b in (base.low, base.high)]
        return Interval(min(corners), max(corners))


def summed(values: Iterable[Fraction]) -> Fraction:
    """The exact sum (0 of none), over one denominator: printed amounts have few, and reducing each step is slow."""
    listed = list(values)
    below = math.lcm(*(v.denominator for v in listed))
    return Fraction(sum(v.numerator * (below // v.denominator) for v in listed), below)


@lru_cache(maxsize=64)
def _half(decimals: int) -> Fraction:
    return Fraction(1, 2 * 10**decimals)
