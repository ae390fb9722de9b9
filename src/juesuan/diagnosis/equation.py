"""A check as a condition on the printed values of its figures, which can be solved for any of them.

How a check was reckoned is not written in it, so its form is guessed and kept only where it gives just
the value that the judgement expected. Values are whole numbers of 1/UNIT, finer than any printed digit,
so that everything is exact and fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from juesuan.quantity import Quantity
from juesuan.relations import Check, Term

UNIT = 10**12
Values = Mapping[str, int]
Span = tuple[int, int]
FAR = 10**18 * UNIT
EVERYWHERE: Span = (-FAR, FAR)


def whole(value: Fraction) -> int:
    """A printed value in units of 1/UNIT."""
    return value.numerator * UNIT // value.denominator


def half(quantity: Quantity) -> int:
    """Half a unit of the last printed digit: what rounding may have hidden."""
    if not quantity.is_number or quantity.is_counted:
        return 0
    tenths: int = 10 ** (quantity.decimals or 0)
    return UNIT // (2 * tenths)


def exact(quantity: Quantity) -> int:
    """The printed value; a sum takes a blank cell for nothing."""
    return whole(quantity.exact()) if quantity.is_number else 0


def _between(over: Sequence[int], under: Sequence[int]) -> Span:
    """From the least to the greatest of the quotients, rounded inwards: only whole numbers are printed values."""
    pairs = list(zip(over, under, strict=True))
    return min(-(-a // b) for a, b in pairs), max(a // b for a, b in pairs)


@dataclass(frozen=True)
class Linear:
    """`low ≤ Σ weight·value ≤ high`; `low` and `high` are what rounding of all figures allows."""

    weights: dict[str, int]
    low: int
    high: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that take part."""
        return tuple(self.weights)

    def holds(self, values: Values) -> bool:
        """Do these printed values satisfy it?"""
        total = 0
        for key, weight in self.weights.items():
            total += weight * values[key]
        return self.low <= total <= self.high

    def allowed(self, key: str, values: Values) -> Span:
        """Where the printed value of one figure must lie, the others being as they are."""
        own = self.weights[key]
        rest = sum(weight * values[k] for k, weight in self.weights.items()) - own * values[key]
        low, high = (self.low, self.high) if own > 0 else (self.high, self.low)
        return max(-(-(low - rest) // own), -FAR), min((high - rest) // own, FAR)


@dataclass(frozen=True)
class Rate:
    """`100·part/base` is the printed rate; part and base are weighted sums."""

    rate: str
    part: dict[str, int]
    base: dict[str, int]
    halves: dict[str, int]

    @property
    def keys(self) -> tuple[str, ...]:
        """The figures that take part, the rate first."""
        return tuple(dict.fromkeys((self.rate, *self.part, *self.base)))

    def _sum(self, weights: dict[str, int], values: Values, without: str = "") -> Span:
        low = high = 0
        for key, weight in weights.items():
            if key != without:
                middle, width = weight * values[key], abs(weight) * self.halves[key]
                low, high = low + middle - width, high + middle + width
        return low, high

    def holds(self, values: Values) -> bool:
        """Do these printed values satisfy it?"""
        allowed = self.allowed(self.rate, values)
        return allowed is not None and allowed[0] <= values[self.rate] <= allowed[1]

    def allowed(self, key: str, values: Values) -> Span | None:
        """Where the printed value of one figure must lie; None where the base may be 0 or less."""
        width = self.halves[key]
        if key == self.rate:
            parts, bases = self._sum(self.part, values), self._sum(self.base, values)
            if bases[0] <= 0:
                return None
            corners = [(100 * UNIT * p, q) for p in parts for q in bases]
        else:
            n, m = self.part.get(key, 0), self.base.get(key, 0)
            parts, bases = self._sum(self.part, values, key), self._sum(self.base, values, key)
            rates = (values[self.rate] - self.halves[self.rate], values[self.rate] + self.halves[self.rate])
            slopes = [100 * UNIT * n - p * m for p in rates]
            if min(slopes) <= 0 <= max(slopes):
                return EVERYWHERE
            corners = [
                (p * b - 100 * UNIT * a, slope)
                for p, slope in zip(rates, slopes, strict=True)
                for a in parts
                for b in bases
            ]
        low, high = _between(*zip(*corners, strict=True))
        return max(low - width, -FAR), min(high + width, FAR)


@dataclass(frozen=True)
class Fixed:
    """The printed figure must lie in what the judgement expected; nothing is known of the others."""

    key: str
    span: Span

    @property
    def keys(self) -> tuple[str, ...]:
        """The one figure."""
        return (self.key,)

    def holds(self, values: Values) -> bool:
        """Is its value one of those?"""
        return self.span[0] <= values[self.key] <= self.span[1]

    def allowed(self, key: str, values: Values) -> Span:
        """Where it must lie."""
        return self.span


Equation = Linear | Rate | Fixed
Named = Sequence[tuple[str, Term]]


def equation(check: Check, printed: str, terms: Named) -> Equation | None:
    """The condition behind a check; `printed` and `terms` name its figures. None where there is no such thing."""
    kind = check.relation.kind
    if kind == "at_most":
        return _bound(check, printed, terms, upper="≤" in check.relation.formula)
    if kind == "residual":
        flipped = [(key, Term(-term.weight, term.fact)) for key, term in terms]
        return _bound(check, printed, flipped, upper=False)
    if kind == "non_negative" and check.left is not None:
        return Linear({printed: 1}, 0, FAR)
    judgement = check.judgement
    same = [key for key, _ in terms] == [printed]
    if check.printed is None or judgement.gap is None or judgement.expected is None or same:
        return None
    point = check.printed.exact() - judgement.gap
    quotient = _rate(check.printed, printed, terms, point) if check.printed.unit == "%" else None
    found = quotient or _sum(check, check.printed, printed, terms, point)
    if found is not None:
        return found
    width, expected = half(check.printed), judgement.expected
    low, high = -whole(-expected.low), whole(expected.high)
    return Fixed(printed, (low - width, high + width))


def _bound(check: Check, printed: str, terms: Named, *, upper: bool) -> Equation | None:
    left = check.left
    if left is None or not left.quantity.is_number or not any(t.fact.quantity.is_number for _, t in terms):
        return None
    weights, width = _weights([*terms, (printed, Term(-1, left))])
    return Linear(weights, -width, FAR) if upper else Linear(weights, -FAR, width)


def _sum(check: Check, left: Quantity, printed: str, terms: Named, point: Fraction) -> Linear | None:
    total = sum(t.weight * exact(t.fact.quantity) * t.fact.quantity.scale for _, t in terms)
    if not terms or total != point * left.scale * UNIT:
        return None
    weights, width = _weights(terms)
    weights[printed] = weights.get(printed, 0) - left.scale
    width += half(left) * left.scale
    weights = {key: weight for key, weight in weights.items() if weight}
    # Less on the left may have its reasons: then only more is wrong.
    return Linear(weights, -width, FAR if check.relation.below else width) if weights else None


def _weights(terms: Named) -> tuple[dict[str, int], int]:
    weights: dict[str, int] = {}
    width = 0
    for key, term in terms:
        quantity = term.fact.quantity
        weights[key] = weights.get(key, 0) + term.weight * quantity.scale
        width += abs(term.weight) * quantity.scale * half(quantity)
    return weights, width


def _rate(rate: Quantity, printed: str, terms: Named, point: Fraction) -> Rate | None:
    """The last terms are the base; how many, the expected value tells."""
    amounts = [t.weight * exact(t.fact.quantity) * t.fact.quantity.scale for _, t in terms]
    for cut in range(len(terms) - 1, 0, -1):
        base = sum(amounts[cut:])
        if base > 0 and 100 * sum(amounts[:cut]) == point * base:
            halves = {key: half(t.fact.quantity) for key, t in terms} | {printed: half(rate)}
            return Rate(printed, _weights(terms[:cut])[0], _weights(terms[cut:])[0], halves)
    return None
