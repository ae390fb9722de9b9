"""The final accounts of one department and year: facts, prose inputs and selectors."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from juesuan.accounts.claim import Claim
from juesuan.accounts.disclosure import Disclosure
from juesuan.accounts.facts import Fact, to_frame
from juesuan.accounts.source import Source
from juesuan.accounts.understood import Sentence, Understood
from juesuan.classification import level_of
from juesuan.layouts import Layout
from juesuan.quantity import YUAN, Quantity, State

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Notice:
    """Something the reader of the accounts should know about the reading, e.g. an unparsed cell."""

    place: str
    text: str


@dataclass(frozen=True)
class Accounts:
    """One department, one year.

    `records` hold the printed figures in reading order; `facts` is the same as a tidy DataFrame.
    `tables_read` are the ids of the tables found; `notices` what the reading has to report, `understood`
    its report table by table. `sentences` are those of the published explanation, where one was read, `outline`
    the lines before and around it (cover, table of contents, headings), `claims` what the text asserts; `folder` is where the files were.
    """

    department: str
    year: int
    layout: Layout
    records: tuple[Fact, ...]
    disclosure: Disclosure = field(default_factory=Disclosure)
    source: Source = field(default_factory=Source)
    notices: tuple[Notice, ...] = ()
    tables_read: tuple[str, ...] = ()
    previous: Accounts | None = None
    sentences: tuple[Sentence, ...] = ()
    understood: Understood | None = None
    outline: tuple[Sentence, ...] = ()
    claims: tuple[Claim, ...] = ()
    folder: Path | None = None

    @cached_property
    def facts(self) -> pd.DataFrame:
        """Tidy facts, one row a cell: department, year, table, code, label, column, value (Decimal), …"""
        return to_frame(self.department, self.year, self.records)

    @cached_property
    def _by_address(self) -> dict[tuple[str, str, str], Fact]:
        index: dict[tuple[str, str, str], Fact] = {}
        for fact in self.records:
            stated = fact.quantity.is_number and fact.address in self.disclosure.stated
            for name in (fact.row, fact.label):
                place = (fact.table, name, fact.column)
                # What a table leaves blank the text may state; of repeated rows the first counts.
                if place not in index or (stated and _is_blank(index[place])):
                    index[place] = fact
        return index

    @cached_property
    def _printed(self) -> dict[tuple[str, str, str], Fact]:
        first: dict[tuple[str, str, str], Fact] = {}
        for fact in self.records:
            first.setdefault((fact.table, fact.row, fact.column), fact)
        return first

    @cached_property
    def _rows(self) -> dict[str, dict[str, str]]:
        rows: dict[str, dict[str, str]] = {}
        for fact in self.records:
            rows.setdefault(fact.table, {}).setdefault(fact.row, fact.label)
        return rows

    @cached_property
    def _columns(self) -> dict[str, dict[str, None]]:
        columns: dict[str, dict[str, None]] = {}
        for fact in self.records:
            columns.setdefault(fact.table, {})[fact.column] = None
        return columns

    def fact(self, table: str, row: str, column: str) -> Fact | None:
        """The fact at an address (row by code or label), None where nothing was read there."""
        return self._by_address.get((table, row, column))

    def printed(self, table: str, row: str, column: str) -> Fact | None:
        """The fact as the table itself prints it, even where the text says more than a blank cell does."""
        return self._printed.get((table, row, column))

    def get(self, table: str, row: str, column: str) -> Quantity:
        """The quantity at an address; blank where the cell is blank or was not read."""
        fact = self.fact(table, row, column)
        return fact.quantity if fact else Quantity.blank(self.layout.unit)

    def before(self, table: str, row: str, column: str) -> Quantity:
        """The figure of the year before: from last year's accounts, else as `prior` inputs give it; else blank."""
        if self.previous is not None:
            return self.previous.get(table, row, column)
        given = self.disclosure.prior.get(f"{table}[{row}].{column}")
        unit = self.get(table, row, column).unit or self.layout.unit
        return Quantity.parse(given, unit, given.cell) if given else Quantity.blank(unit)

    def rows(self, table: str, level: str = "") -> dict[str, str]:
        """Rows of a table in printed order, name → label; only those of one code level if given."""
        rows = self._rows.get(table, {})
        if not level:
            return dict(rows)
        return {row: label for row, label in rows.items() if level_of(row) == level}

    def columns(self, table: str) -> list[str]:
        """The columns of a table in which facts were read, in printed order."""
        return list(self._columns.get(table, ()))

    def table(self, table: str) -> pd.DataFrame:
        """One table's facts as the analyst sees it: rows × columns of exact Decimals (the first of repeats).

        KeyError for a table the profile lacks.
        """
        import pandas as pd

        if not table.startswith("S"):
            self.layout.table(table)
        facts = self.facts[self.facts["table"] == table].drop_duplicates(["code", "label", "column"])
        wide = facts.pivot(index=["code", "label"], columns="column", values="value")
        return wide.reindex(
            index=pd.MultiIndex.from_frame(facts[["code", "label"]].drop_duplicates()),
            columns=self.columns(table),
        )

    def name_of(self, table: str, row: str) -> str:
        """The printed label of a row given by code or label."""
        return self._rows.get(table, {}).get(row, row)

    @property
    def text_unit(self) -> str:
        """The money unit of the text: what source.yml says, else the profile's."""
        return str(self.source.unit or self.layout.unit)

    def unit_of(self, table: str) -> str:
        """The money unit that a table is printed in; the profile's where the table holds no money."""
        printed = (f.quantity.unit for f in self.records if f.table == table)
        return next((unit for unit in printed if unit in YUAN), self.layout.unit)

    def empty_note(self, table: str) -> str:
        """The sentence under a table that the department declares empty and that is; '' for any other."""
        declared = (
            table in self.disclosure.empty_tables and table in self.tables_read and self.is_empty(table)
        )
        note = self.layout.table(table).empty_note
        return note.format(year=self.year, department=self.department) if declared else ""

    def has_money(self, table: str) -> bool:
        """Some cell of the table holds a number other than 0."""
        return any(f.table == table and f.quantity.value for f in self.records)

    def is_empty(self, table: str) -> bool:
        """No cell of the table holds a number."""
        return not any(f.table == table and f.quantity.is_number for f in self.records)


def _is_blank(fact: Fact) -> bool:
    return fact.quantity.state is State.BLANK
