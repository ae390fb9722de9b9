"""Which one figure, with another value, would make its failed relations hold and break none that hold?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from juesuan.diagnosis.equation import FAR, UNIT, Span
from juesuan.diagnosis.misprints import misprints
from juesuan.diagnosis.model import Suspect
from juesuan.diagnosis.web import EQUALITY, Web
from juesuan.quantity import Interval
from juesuan.wording import half_up


class Suspects:
    """The figures of the failed checks, each with what it would mend; kept up to date as values are corrected."""

    def __init__(self, web: Web) -> None:
        self.web = web
        self._known: dict[str, Suspect | None] = {}

    def changed(self, keys: Iterable[str], positions: Iterable[int]) -> None:
        """These values were corrected, these checks are settled."""
        around = {p for key in keys for p in self.web.around(key)} | set(positions)
        for position in around:
            for key in self.web.keys(position):
                self._known.pop(key, None)

    def ranked(self, failed: set[int]) -> list[Suspect]:
        """Every figure that would mend at least one of the failed checks, the best first.

        The best mends most and breaks least; among equals a figure whose value a slip explains, then a number
        of the text before a cell, a part before a total.
        """
        web, found = self.web, list[Suspect]()
        for key in dict.fromkeys(key for position in sorted(failed) for key in web.keys(position)):
            if key not in self._known:
                self._known[key] = _suspect(web, key, failed)
            if (suspect := self._known[key]) is not None:
                found.append(suspect)
        return ranked(web, found)


def ranked(web: Web, found: list[Suspect]) -> list[Suspect]:
    """The best first; see `Suspects.ranked`."""
    found.sort(key=lambda s: (-s.net, len(s.broken)))
    leaders = [s for s in found if is_level(s, found[0]) and set(s.fixed) & set(found[0].fixed)]
    rest = [s for s in found if s not in leaders]
    return sorted(leaders, key=lambda s: _rank(web, s)) + rest


def suspects(web: Web, failed: set[int]) -> list[Suspect]:
    """What would mend these failed checks alone."""
    keys = dict.fromkeys(key for position in sorted(failed) for key in web.keys(position))
    return ranked(web, [s for key in keys if (s := _suspect(web, key, failed)) is not None])


def is_level(one: Suspect, other: Suspect) -> bool:
    """Both mend and break as much, but for what only asks for an explanation or sets a bound."""
    return abs(one.net - other.net) < EQUALITY


def _suspect(web: Web, key: str, failed: set[int]) -> Suspect | None:
    spans: list[tuple[int, Span]] = []
    for position in web.around(key):
        if position in failed or web.holds(position):
            span = web.allowed(position, key) if key in web.keys(position) else None
            if span is not None:
                spans.append((position, span))
    wanted = [(position, span) for position, span in spans if position in failed]
    if not wanted:
        return None
    points = {end for _, span in wanted for end in span if abs(end) < FAR}
    points |= {span[0] for _, span in spans if abs(span[0]) < FAR}
    best, at = -(10**9), 0
    for point in sorted(points):
        if any(low <= point <= high for _, (low, high) in wanted):
            score = sum(_gain(web, p, low <= point <= high, p in failed) for p, (low, high) in spans)
            if score > best:
                best, at = score, point
    inside = [(p, span) for p, span in spans if span[0] <= at <= span[1]]
    fixed = tuple(p for p, _ in inside if p in failed)
    if not fixed:
        return None
    broken = tuple(p for p, span in spans if p not in failed and not span[0] <= at <= span[1])
    ends = max(s[0] for _, s in inside), min(s[1] for _, s in inside)
    needed = Interval(Fraction(ends[0], UNIT), Fraction(ends[1], UNIT))
    return Suspect(web.figures[key], needed, _value(web, key, ends, fixed), fixed, broken, best)


def _gain(web: Web, position: int, inside: bool, failed: bool) -> int:
    """What it counts that a value satisfies a failed check, or breaks one that holds."""
    return web.weight(position) * (int(failed and inside) - int(not failed and not inside))


def _value(web: Web, key: str, needed: Span, fixed: tuple[int, ...]) -> Fraction:
    """The value of the relation that says it most closely, as printed; the nearest end where there are only bounds."""
    decimals = max(web.figures[key].quantity.decimals or 0, 2)
    spans = [span for p in fixed if (span := web.allowed(p, key)) is not None]
    for low, high in sorted(spans, key=lambda span: span[1] - span[0]):
        middle = Fraction(half_up(Fraction(low + high, 2 * UNIT), decimals))
        if low > -FAR and high < FAR and needed[0] <= middle * UNIT <= needed[1]:
            return middle
    if needed[0] <= -FAR or needed[1] >= FAR:
        return Fraction(max(needed[0], min(needed[1], web.value(key))), UNIT)
    return Fraction(half_up(Fraction(sum(needed), 2 * UNIT), decimals))


def _rank(web: Web, suspect: Suspect) -> tuple[bool, int, int, int]:
    figure = suspect.figure
    quantity = figure.quantity
    plausible = quantity.is_number and bool(misprints(quantity, suspect.needed))
    if figure.fact is None:
        place = 0
    elif not quantity.is_number:
        place = 3
    else:
        lefts = [left for p in suspect.fixed if (left := web.checks[p].left) is not None]
        place = 2 if any(left.address == figure.key for left in lefts) else 1
    return not plausible, -suspect.net, place, len(web.around(figure.key))
