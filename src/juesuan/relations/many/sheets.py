"""The tables of many departments of one profile and year: where each cell is, what each department has read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from juesuan.accounts import Accounts
from juesuan.classification import level_of
from juesuan.layouts import Layout
from juesuan.layouts import Table as Profile
from juesuan.relations.formula import Ref
from juesuan.relations.instance import EVERYWHERE, has_column, has_row
from juesuan.relations.many.columns import NUMBER, UNPARSED, Bools, Columns, Ints

LEVELS = {"": 0, "类": 1, "款": 2, "项": 3}


@dataclass(frozen=True)
class Table:
    """One table of all departments: a row for each row that a department prints, in its order.

    `at` finds a row by department and name (-1: none), `cells` the fact of a row by column (-1: none);
    `label` is the name that the row prints first.
    """

    dept: Ints
    row: Ints
    label: Ints
    level: Ints
    at: Ints
    local: Ints
    cells: dict[str, Ints]

    def find(self, dept: Ints, row: Ints) -> Ints:
        """Rows by department and name."""
        if not len(self.dept):
            return np.full(len(dept), -1, np.int64)
        known = self.local[row]
        return np.where((row >= 0) & (known >= 0), self.at[dept, known], -1)

    def cell(self, rows: Ints, column: str) -> Ints:
        """The facts of rows in one column."""
        cells = self.cells.get(column)
        if cells is None or not len(cells):
            return np.full(len(rows), -1, np.int64)
        return np.where(rows >= 0, cells[rows], -1)


class Sheets:
    """All tables of a group of departments, with what is asked of them again and again."""

    def __init__(self, data: Columns, accounts: Sequence[Accounts]) -> None:
        self.data, self.accounts, self.size = data, accounts, data.size
        self.layout: Layout = accounts[0].layout
        self.year = accounts[0].year
        self.everyone = np.arange(self.size, dtype=np.int64)
        self.levels = np.asarray([LEVELS[level_of(name)] for name in data.rows.names] or [0], np.int64)
        self.tables = {name: self._table(i) for i, name in enumerate(data.tables.names)}
        self.silent = self.flags([a.source.blank_is_undisclosed for a in accounts])
        self.numbers = data.state == NUMBER
        none = np.zeros(0, np.int64)
        self._empty = Table(none, none, none, none, np.zeros((0, 0), np.int64), none, {})
        self._masks: dict[tuple[object, ...], Bools] = {}

    def flags(self, values: Sequence[object]) -> Bools:
        """One flag a department."""
        return np.asarray([bool(v) for v in values], np.bool_)

    def _table(self, number: int) -> Table:
        data = self.data
        facts = np.flatnonzero(data.table == number)
        wide = len(data.rows.names) + 1
        key = data.dept[facts] * wide + data.row[facts]
        at_row, rows = pd.factorize(key)
        first = facts[np.unique(at_row, return_index=True)[1]]
        names, local_row = np.unique(rows % wide, return_inverse=True)
        local = np.full(wide, -1, np.int64)
        local[names] = np.arange(len(names))
        at = np.full((data.size, len(names)), -1, np.int64)
        at[rows // wide, local_row] = np.arange(len(rows))
        cells = {}
        for column in np.unique(data.column[facts]):
            mine = data.column[facts] == column
            cell = np.full(len(rows), -1, np.int64)
            cell[at_row[mine]] = facts[mine]
            cells[data.columns.names[column]] = cell
        row = rows % wide
        return Table(rows // wide, row, data.label[first], self.levels[row], at, local, cells)

    def table(self, id: str) -> Table:
        """A table by its id; one without rows where nobody printed it."""
        return self.tables.get(id, self._empty)

    def profile(self, id: str) -> Profile | None:
        """The profile's table, None where it has none."""
        return next((t for t in self.layout.tables if t.id == id), None)

    def row_number(self, name: str) -> int:
        """The number of a row's name, -1 where nobody prints it."""
        return self.data.rows.number.get(name, -1)

    def any_of(self, dept: Ints) -> Bools:
        """The departments that occur in a list."""
        found = np.zeros(self.size, np.bool_)
        found[dept] = True
        return found

    def mask(self, what: str, table: str, other: str = "") -> Bools:
        """Departments by what they printed of a table.

        `rows` any row; `row` the row `other`; `level` a row of that level; `column` a fact in that column;
        `number` a number; `read` the table was read; `empty` no number; `declared` the table is called empty.
        """
        key = (what, table, other)
        if key not in self._masks:
            self._masks[key] = self._mask(what, table, other)
        return self._masks[key]

    def _mask(self, what: str, id: str, other: str) -> Bools:
        table, data = self.table(id), self.data
        match what:
            case "rows":
                return self.any_of(table.dept)
            case "row":
                return self.any_of(table.dept[table.row == self.row_number(other)])
            case "level":
                return self.any_of(table.dept[table.level == LEVELS[other]])
            case "column":
                cells = table.cells.get(other, np.zeros(0, np.int64))
                return self.any_of(table.dept[cells >= 0]) if len(cells) else self.any_of(cells)
            case "number":
                return self.any_of(data.dept[self.facts_of(id) & self.numbers])
            case "unparsed":
                return self.any_of(data.dept[self.facts_of(id) & (data.state == UNPARSED)])
            case "money":
                return self.any_of(data.dept[self.facts_of(id) & self.numbers & (data.x != 0)])
            case "empty":
                return ~self.mask("number", id)
            case "read":
                return self.flags([id in a.tables_read for a in self.accounts])
            case _:
                return self.flags([id in a.disclosure.empty_tables for a in self.accounts])

    def facts_of(self, id: str) -> Bools:
        """Which facts stand in a table."""
        here: Bools = self.data.table == self.data.tables.number.get(id, -2)
        return here

    def known(self, ref: Ref) -> Bools:
        """Where the profile prints such a cell, or one was read all the same (as `instance.is_known`)."""
        key = ("known", ref.table, ref.row, ref.column, ref.every or ref.is_open)
        if key not in self._masks:
            self._masks[key] = self._known(ref)
        return self._masks[key]

    def _known(self, ref: Ref) -> Bools:
        everywhere = np.ones(self.size, np.bool_)
        if ref.table in EVERYWHERE:
            return everywhere
        profile = self.profile(ref.table)
        column = everywhere if has_column(profile, ref.column) else self.mask("column", ref.table, ref.column)
        if ref.every or ref.is_open or has_row(profile, ref.row, self.year):
            return column
        return column & self.mask("row", ref.table, ref.row)
