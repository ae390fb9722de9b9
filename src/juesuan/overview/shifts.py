"""How the structure of a department's expenditure moved against its own year before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from juesuan.overview.dataset import Dataset

# The classes of one department and year: code → label and amount in 元 (None where the cell has no number).
_Classes = dict[str, tuple[str, Decimal | None]]


@dataclass(frozen=True)
class Shift:
    """The class whose share moved most: its share now and the year before, in percent."""

    label: str
    now: Fraction
    before: Fraction

    @property
    def gap(self) -> Fraction:
        """How far it moved, in points."""
        return abs(self.now - self.before)


def shifts(data: Dataset) -> dict[tuple[str, int | None], Shift]:
    """Key and year → the largest move; only where both years print a total and classes."""
    years: dict[tuple[str, int], _Classes] = defaultdict(dict)
    for row in data.ask("shares"):
        years[row["key"], row["year"]][row["code"]] = row["label"], row["yuan"]
    totals = {
        (line.key, line.year): line.outturn.exact() * line.outturn.scale
        for line in data.lines
        if line.outturn.value and line.outturn.value > 0
    }
    found: dict[tuple[str, int | None], Shift] = {}
    for (key, year), now in years.items():
        before = years.get((key, year - 1))
        if before and (key, year) in totals and (key, year - 1) in totals:
            moved = _moves(now, before, totals[key, year], totals[key, year - 1])
            if moved:
                found[key, year] = max(moved, key=lambda shift: (shift.gap, shift.now, shift.label))
    return found


def _moves(now: _Classes, before: _Classes, total: Fraction, earlier: Fraction) -> list[Shift]:
    shares = [(_share(now, code, total), _share(before, code, earlier), code) for code in {**before, **now}]
    return [
        Shift((now.get(code) or before[code])[0], a, b)
        for a, b, code in shares
        if a is not None and b is not None
    ]


def _share(classes: _Classes, code: str, total: Fraction) -> Fraction | None:
    """No row is no money; a row without a number is unknown."""
    if code not in classes:
        return Fraction(0)
    amount = classes[code][1]
    return None if amount is None else Fraction(amount) * 100 / total
