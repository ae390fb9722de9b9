"""The kinds of many departments about single cells: signs, counts, scores, money and number together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from juesuan.quantity import COUNTED, YUAN
from juesuan.relations.many.columns import NUMBER, STEPS, Bools, Ints
from juesuan.relations.many.found import (
    EXACT,
    INCONSISTENT,
    NOT_ASSESSABLE,
    WITHIN,
    Found,
)
from juesuan.relations.many.instances import instances_of
from juesuan.relations.many.judging import explained, found_of
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.many.sums import at_most
from juesuan.relations.model import Relation

Part = tuple[list[Found], Bools]


def non_negative(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """No amount of the table is negative, unless the reason is given."""
    money = units_of(sheets, lambda unit: unit in YUAN)
    facts = np.flatnonzero(sheets.facts_of(relation.table) & sheets.numbers & money[sheets.data.unit])
    yield from _cells(sheets, relation, facts, sheets.data.x[facts] >= 0)


def whole(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """What the tables count is a whole number and not negative."""
    counted = units_of(sheets, lambda unit: unit in COUNTED)
    for id in relation.table.split():
        facts = np.flatnonzero(sheets.facts_of(id) & sheets.numbers & counted[sheets.data.unit])
        x = sheets.data.x[facts]
        yield from _cells(
            sheets, relation.model_copy(update={"grade": "L"}), facts, (x >= 0) & (x % STEPS == 0)
        )


def units_of(sheets: Sheets, wanted: object) -> Bools:
    """A flag for each unit; the last one is for cells that were not read."""
    assert callable(wanted)
    return np.asarray([bool(wanted(unit)) for unit in sheets.data.units.names] + [False], np.bool_)


def _cells(sheets: Sheets, relation: Relation, facts: Ints, right: Bools, after: str = "") -> Iterator[Found]:
    """A check for each fact, exact where it is right; facts of one column share a place."""
    data = sheets.data
    for key in np.unique(data.column[facts] + len(data.columns.names) * data.table[facts]):
        table, column = divmod(int(key), len(data.columns.names))
        mine = (data.column[facts] == column) & (data.table[facts] == table)
        verdict = np.where(right[mine], EXACT, INCONSISTENT)
        found = Found.plain(
            data.dept[facts[mine]], verdict, data.tables.names[table], data.row[facts[mine]],
            data.columns.names[column],
        )  # fmt: skip
        yield explained(sheets, relation, replace(found, after=after))


def alike(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """`a ⇔ b ⇔ c`: all of them are more than 0, or none is, as printed. A part with ≤ is a bound as ever."""
    data = sheets.data
    money = units_of(sheets, lambda unit: unit in YUAN)[data.unit]
    coarse = money & (data.lenient > data.strict)
    for part in relation.formula.split("；"):
        own = relation.model_copy(update={"formula": part.strip()})
        if "⇔" not in part:
            yield from at_most(sheets, own)
            continue
        for instances, _ in instances_of(sheets, own):
            cells = [instances.left]
            for ref in instances.formula.right:
                table = sheets.table(ref.table)
                row = (
                    instances.row
                    if ref.is_open
                    else np.full(len(cells[0]), sheets.row_number(ref.row), np.int64)
                )
                column = instances.column if ref.column == "*" else ref.column
                cells.append(table.cell(table.find(instances.dept, row), column))
            number = [data.state[c] == NUMBER for c in cells]
            some = np.any([n & (data.x[c] > 0) for n, c in zip(number, cells, strict=True)], axis=0)
            none = [n & (data.x[c] <= 0) for n, c in zip(number, cells, strict=True)]
            hard = np.any([n & ~coarse[c] for n, c in zip(none, cells, strict=True)], axis=0)
            verdict = np.where(some & np.any(none, axis=0), WITHIN, EXACT)
            verdict = np.where(np.all(number, axis=0), verdict, NOT_ASSESSABLE)
            verdict = np.where(some & hard, INCONSISTENT, verdict)
            without = np.zeros(len(verdict), np.bool_)
            yield explained(sheets, relation, found_of(sheets, instances, verdict, verdict, without))


def marks(sheets: Sheets, relation: Relation) -> Part:
    """Every score lies between 0 and 100; where a grade is given, the department is judged by itself."""
    data = sheets.data
    scores = units_of(sheets, lambda unit: unit == "分")[data.unit]
    facts = np.flatnonzero(scores & sheets.numbers)
    x, half = data.x[facts], data.lenient[facts]
    fits = (x + half >= 0) & (x - half <= 100 * STEPS)
    graded = sheets.flags(
        [bool(a.disclosure.performance and a.disclosure.performance.grade) for a in sheets.accounts]
    )
    left = graded | sheets.any_of(data.dept[facts[~fits]])
    found = list(_cells(sheets, relation, facts, fits))
    found += _average(sheets, relation)
    return [each.only(~left[each.dept]) for each in found], left


def _average(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """The average lies between the bands of the grades that projects were given."""
    data, table = sheets.data, sheets.table("S10")

    def cell(name: str, column: str) -> Ints:
        row = np.full(sheets.size, sheets.row_number(name), np.int64)
        return table.cell(table.find(sheets.everyone, row), column)

    low, high = np.full(sheets.size, 10**9, np.int64), np.full(sheets.size, -1, np.int64)
    for part in relation.bands.split("；"):
        key, least, most = part.split()
        given = data.x[cell(f"评级为{key}", "数量")] != 0
        low = np.where(given, np.minimum(low, int(least) * STEPS), low)
        high = np.where(given, np.maximum(high, int(most) * STEPS), high)
    at = cell("平均得分", "得分")
    asked = np.flatnonzero((data.state[at] == NUMBER) & (high >= 0))
    x, half = data.x[at], data.lenient[at]
    fits = (x + half >= low) & (x - half <= high)
    yield from _cells(sheets, relation, at[asked], fits[asked], "（等级）")
