"""The right side of a formula over many departments: what its cells add to, and what they lack."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from juesuan.relations.formula import Formula, Ref
from juesuan.relations.many.columns import NUMBER, UNPARSED, Bools, Ints
from juesuan.relations.many.sheets import LEVELS, Sheets


@dataclass(frozen=True)
class Instances:
    """Instances of one formula in one column: the row of each and the fact on the left (-1: none was read)."""

    formula: Formula
    dept: Ints
    row: Ints
    left: Ints
    column: str

    def only(self, chosen: Bools) -> Instances:
        """Some of the instances."""
        return replace(self, dept=self.dept[chosen], row=self.row[chosen], left=self.left[chosen])


@dataclass
class Side:
    """The right side of each instance: what its numbers add to, and what its cells lack."""

    point: Ints
    strict: Ints
    lenient: Ints
    numbers: Ints
    terms: Ints
    unparsed: Bools
    missing: Bools
    lacking: Bools
    something: Bools
    listed: Bools
    unread: Bools
    empty: Bools

    @classmethod
    def of(cls, size: int) -> Side:
        """Nothing at all."""
        point, strict, lenient, numbers, terms = (np.zeros(size, np.int64) for _ in range(5))
        unparsed, missing, lacking, something, listed, unread = (np.zeros(size, np.bool_) for _ in range(6))
        empty = np.ones(size, np.bool_)
        return cls(
            point,
            strict,
            lenient,
            numbers,
            terms,
            unparsed,
            missing,
            lacking,
            something,
            listed,
            unread,
            empty,
        )

    def only(self, chosen: Bools) -> Side:
        """Of some of the instances."""
        return Side(**{name: values[chosen] for name, values in vars(self).items()})


def right_of(sheets: Sheets, instances: Instances) -> Side:
    """What the right side of each instance says."""
    side = Side.of(len(instances.dept))
    for ref in instances.formula.right:
        _add(sheets, instances, ref, side)
    return side


def _add(sheets: Sheets, instances: Instances, ref: Ref, side: Side) -> None:
    dept, data = instances.dept, sheets.data
    column = instances.column if ref.column == "*" else ref.column
    there = sheets.known(ref)[dept] if ref.optional else np.ones(len(dept), np.bool_)
    if ref.every:
        whole = {name: values[dept] for name, values in group(sheets, ref.table, ref.row, column).items()}
        there = there & (whole["terms"] > 0)
        side.listed |= there
    else:
        row = row_of(sheets, ref, len(dept), instances.row)
        at = sheets.table(ref.table).find(dept, row)
        cell = sheets.table(ref.table).cell(at, column)
        state = data.state[cell]
        whole = {
            "point": data.x[cell], "strict": data.strict[cell], "lenient": data.lenient[cell], "terms": there.astype(np.int64),
            "numbers": (state == NUMBER).astype(np.int64), "unparsed": (state == UNPARSED).astype(np.int64),
        }  # fmt: skip
        side.listed |= there & (at >= 0)
        needed = ~_is_optional(sheets, instances, ref, row)
        side.lacking |= there & needed & (state != NUMBER)
    number, unparsed = whole["numbers"] * there, whole["unparsed"] > 0
    side.point += whole["point"] * there * ref.weight
    side.strict += whole["strict"] * there
    side.lenient += whole["lenient"] * there
    side.numbers += number
    side.terms += whole["terms"] * there
    side.unparsed |= there & unparsed
    side.missing |= there & (whole["numbers"] < whole["terms"])
    side.something |= there & ((number > 0) | unparsed)
    read = sheets.mask("read", ref.table)[dept]
    side.unread |= there & read & ~sheets.mask("column", ref.table, column)[dept]
    side.empty &= ~there | (read & sheets.mask("empty", ref.table)[dept])


def _is_optional(sheets: Sheets, instances: Instances, ref: Ref, row: Ints) -> Bools:
    """A blank there means nothing, unless its table or its 合计 row is missing (as `instance._unread`)."""
    dept = instances.dept
    if not ref.optional:
        return np.zeros(len(dept), np.bool_)
    if instances.formula.operator == "≥":
        return np.ones(len(dept), np.bool_)
    total = row == sheets.row_number("合计") if "合计" in sheets.data.rows.number else row < -1
    if not ref.is_open and ref.row == "合计":
        total = np.ones(len(dept), np.bool_)
    rows = sheets.mask("rows", ref.table)[dept]
    return rows & (~total | sheets.mask("row", ref.table, "合计")[dept])


def group(
    sheets: Sheets, table: str, level: str, column: str, above: Ints | None = None, size: int = 0
) -> dict[str, Ints]:
    """The cells of one column over the rows of a level, by department, or by the group `above` of each row."""
    of, data = sheets.table(table), sheets.data
    rows = np.flatnonzero(of.level == LEVELS.get(level, -1))
    cell = of.cell(rows, column)
    key = of.dept[rows] if above is None else above[rows]
    rows_, size = key >= 0, size or sheets.size
    state = data.state[cell]
    found = {}
    for name, values in (
        ("point", data.x[cell]), ("strict", data.strict[cell]), ("lenient", data.lenient[cell]),
        ("terms", np.ones(len(rows), np.int64)), ("numbers", (state == NUMBER).astype(np.int64)),
        ("unparsed", (state == UNPARSED).astype(np.int64)),
    ):  # fmt: skip
        total = np.zeros(size, np.int64)
        np.add.at(total, key[rows_], values[rows_])
        found[name] = total
    return found


def row_of(sheets: Sheets, ref: Ref, size: int, open_row: Ints | None = None) -> Ints:
    """The number of the row that a term names, for each instance; an open term takes the row of the left."""
    if ref.is_open and open_row is not None:
        return open_row
    return np.full(size, sheets.row_number(ref.row), np.int64)
