"""Median, quartiles and MAD of exact values: what a few wild departments cannot move, and so compare with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from juesuan.overview.settings import settings


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which `share` (0–1) of the values lie, between neighbours in proportion.

    ValueError where there are no values.
    """
    if not values:
        raise ValueError("no values, no quantile")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = place.numerator // place.denominator
    above = ordered[min(low + 1, len(ordered) - 1)]
    return ordered[low] + (above - ordered[low]) * (place - low)


def median(values: Sequence[Fraction]) -> Fraction:
    """The middle value, or the mean of the two middle ones."""
    return quantile(values, Fraction(1, 2))


def mad(values: Sequence[Fraction]) -> Fraction:
    """The median of the absolute deviations from the median."""
    middle = median(values)
    return median([abs(value - middle) for value in values])


@dataclass(frozen=True)
class Peers:
    """How many there are, their median, and the robust scale around it."""

    count: int
    median: Fraction
    scale: Fraction


def peers(values: Sequence[Fraction]) -> Peers:
    """The peers with these values (at least one)."""
    return Peers(len(values), median(values), settings().outliers.spread * mad(values))
