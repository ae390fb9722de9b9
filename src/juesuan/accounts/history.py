"""One department over several years: the same figure year by year, across renamed and moved codes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from juesuan.accounts.accounts import Accounts, Notice
from juesuan.classification import bridged, level_of
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Point:
    """A figure of one year: `value` in `unit` (None where none is printed), and the cells it comes from.

    `parts` are the codes that it was put together from, where money moved between codes.
    """

    year: int
    value: Decimal | None
    unit: str
    cells: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class History:
    """The accounts of one department, oldest year first; each year once."""

    years: tuple[Accounts, ...]
    notices: tuple[Notice, ...] = ()

    @classmethod
    def of(cls, accounts: Iterable[Accounts], notices: Sequence[Notice] = ()) -> History:
        """Put years in order; two of the same year, or fewer than two years, are a JuesuanError."""
        ordered = sorted(accounts, key=lambda a: a.year)
        numbers = [a.year for a in ordered]
        if len(set(numbers)) < max(2, len(numbers)):
            found = f"读到的年度是 {'、'.join(map(str, numbers)) or '（无）'}"
            raise JuesuanError("参数 accounts", found, "请给出同一部门至少两个不同年度的决算")
        told = list(notices)
        names = list(dict.fromkeys(a.department for a in ordered))
        if len(names) > 1:
            told.append(Notice("部门", f"各年的部门名称不同：{'、'.join(names)}，请核对是不是同一部门"))
        return cls(tuple(ordered), tuple(told))

    @property
    def latest(self) -> Accounts:
        """The last year."""
        return self.years[-1]

    @property
    def unit(self) -> str:
        """The money unit in which figures are compared: that of the last year's text."""
        return self.latest.text_unit

    def series(self, table: str, row: str, column: str) -> list[Point]:
        """One point a year for a row by code or label; codes that moved are followed and added up."""
        return [self._point(accounts, table, row, column) for accounts in self.years]

    @cached_property
    def renamed(self) -> dict[str, list[tuple[int, str]]]:
        """Codes whose printed name changed between the years: code → (first year, name) in order."""
        names: dict[str, list[tuple[int, str]]] = {}
        for accounts in self.years:
            for table in ("T1", "T3", "T5"):
                for row, label in accounts.rows(table).items():
                    known = names.setdefault(row, [])
                    changed = not known or (known[-1][1] != label and known[-1][0] != accounts.year)
                    if level_of(row) and changed:
                        known.append((accounts.year, label))
        return {code: known for code, known in names.items() if len(known) > 1}

    def rows(self, table: str, level: str) -> dict[str, str]:
        """The codes of one level that any year has, under the last year's codes and names."""
        found: dict[str, str] = {}
        for accounts in reversed(self.years):
            for row, label in accounts.rows(table, level).items():
                found.setdefault(bridged(row, accounts.year, self.latest.year), label)
        return dict(sorted(found.items()))

    def frame(self, rows: dict[str, str], table: str, column: str) -> pd.DataFrame:
        """Rows (code and name) × years of exact Decimals in the history's unit."""
        import pandas as pd

        data = {
            label: {p.year: p.value for p in self.series(table, row, column)} for row, label in rows.items()
        }
        return pd.DataFrame.from_dict(
            data, orient="index", columns=[a.year for a in self.years], dtype=object
        )

    def _point(self, accounts: Accounts, table: str, row: str, column: str) -> Point:
        codes = [row]
        if level_of(row):
            here = accounts.rows(table, level_of(row))
            moved = [c for c in here if c != row and bridged(c, accounts.year, self.latest.year) == row]
            codes = [c for c in (row, *moved) if c in here] or [row]
        quantities = [accounts.get(table, code, column) for code in codes]
        numbers = [q for q in quantities if q.is_number]
        cells = tuple(q.cell for q in numbers)
        if not numbers:
            return Point(accounts.year, None, self.unit)
        total = sum((self._in_unit(q) for q in numbers), Decimal(0))
        return Point(accounts.year, total, self.unit, cells, tuple(codes) if len(codes) > 1 else ())

    def _in_unit(self, quantity: Quantity) -> Decimal:
        assert quantity.value is not None, "only numbers are added"
        scale = Quantity.blank(self.unit).scale
        return quantity.value * quantity.scale / scale
