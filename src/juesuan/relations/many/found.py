"""What came of judging one relation for many departments: verdicts, gaps and places as arrays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from juesuan.quantity import Verdict
from juesuan.relations.many.columns import STEPS, Bools, Ints
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Check

ORDER = list(Verdict)
EXACT, WITHIN, BOUNDARY, TRUNCATED, INCONSISTENT, NOT_ASSESSABLE, NOT_APPLICABLE = range(7)


@dataclass(frozen=True)
class Found:
    """One entry a check. The place is `table[row].column` by the number of the row, or `text` for all.

    `gap` over `per` is printed − expected in the printed unit; where `per` is 0 there is none.
    """

    dept: Ints
    verdict: Ints
    gap: Ints
    per: Ints
    table: str = ""
    column: str = ""
    row: Ints | None = None
    text: str = ""
    after: str = ""

    @classmethod
    def plain(
        cls,
        dept: Ints,
        verdict: Ints | int,
        table: str = "",
        row: Ints | None = None,
        column: str = "",
        text: str = "",
    ) -> Found:
        """Checks that have no gap."""
        none = np.zeros(len(dept), np.int64)
        verdicts = np.full(len(dept), verdict, np.int64) if isinstance(verdict, int) else verdict
        return cls(dept, verdicts, none, none, table, column, row, text)

    def only(self, chosen: Bools) -> Found:
        """Some of the checks."""
        row = None if self.row is None else self.row[chosen]
        return replace(
            self, dept=self.dept[chosen], verdict=self.verdict[chosen], gap=self.gap[chosen], per=self.per[chosen], row=row
        )  # fmt: skip

    def places(self, sheets: Sheets) -> tuple[Ints, list[str]]:
        """The place of each check as the number of a text."""
        if self.row is None:
            return np.zeros(len(self.dept), np.int64), [self.text + self.after]
        rows, at = np.unique(self.row, return_inverse=True)
        column = f".{self.column}" if self.column else ""
        names = [sheets.data.rows.names[row] for row in rows]
        return at.astype(np.int64), [f"{self.table}[{name}]{column}{self.after}" for name in names]


def of_checks(dept: int, checks: Iterable[Check]) -> list[Found]:
    """The checks of the executor of one department; statements of the text are left out."""
    found = []
    for check in checks:
        if check.section:
            continue
        gap = check.judgement.gap
        found.append(
            Found(
                np.asarray([dept], np.int64),
                np.asarray([ORDER.index(check.judgement.verdict)], np.int64),
                _whole(0 if gap is None else gap.numerator),
                _whole(0 if gap is None else gap.denominator),
                text=check.place,
            )
        )
    return found


def _whole(number: int) -> Ints:
    """One number; one of more than 64 bits stays a number of Python."""
    fits = abs(number) < 2**63
    return np.asarray([number], np.int64 if fits else object)


def per_unit(scale: Ints, exists: Bools) -> Ints:
    """How many steps make one printed unit; 0 where there is no gap."""
    return np.where(exists, scale * STEPS, 0)
