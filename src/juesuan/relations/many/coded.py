"""The kinds of many departments about codes: listed and named, in order, in another table too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from juesuan.classification import Code, codes
from juesuan.layouts import plain
from juesuan.relations.many.columns import NUMBER, Bools
from juesuan.relations.many.found import EXACT, INCONSISTENT, NOT_ASSESSABLE, Found
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Relation

# Checks found, and the departments that are left to the executor of one department.
Part = tuple[list[Found], Bools]


def listed(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """Each code is on the year's list under its printed name, and the row of the level above is printed."""
    names, labels = sheets.data.rows.names, [plain(name) for name in sheets.data.labels.names]
    simple, _ = pd.factorize(np.asarray(labels, dtype=object)) if labels else (np.zeros(0, np.int64), None)
    above = np.asarray([sheets.row_number(n[:-2]) if len(n) > 3 else -2 for n in names] or [-2], np.int64)
    parts = []
    for profile in sheets.layout.tables:
        if profile.id not in relation.table.split() or not profile.codes:
            continue
        table = sheets.table(profile.id)
        rows = np.flatnonzero(table.level > 0)
        dept, row = table.dept[rows], table.row[rows]
        expected = np.zeros(len(rows), np.bool_)
        for level, number in (("类", 1), ("款", 2)):
            one_below = table.level[rows] == number + 1
            expected |= one_below & sheets.mask("level", profile.id, level)[dept]
        orphan = expected & (table.find(dept, above[row]) < 0)
        known = codes(profile.codes, sheets.year)
        pairs = row * (len(labels) + 1) + table.label[rows]
        kinds, at = np.unique(pairs, return_inverse=True)
        verdicts = np.asarray(
            [_named(known, names[p // (len(labels) + 1)], labels[p % (len(labels) + 1)]) for p in kinds],
            np.int64,
        ).reshape(-1)
        verdict = np.where(orphan, INCONSISTENT, verdicts[at]) if len(rows) else rows
        key = (dept * (len(names) + 1) + row) * (len(labels) + 1) + simple[table.label[rows]]
        parts.append((profile.id, dept, row, orphan, verdict, key))
    if not parts:
        return
    # A code counts once, in the first table that prints it under this name.
    again = pd.Series(np.concatenate([part[5] for part in parts])).duplicated().to_numpy()
    start = 0
    for id, dept, row, orphan, verdict, key in parts:
        first = ~again[start : start + len(key)]
        start += len(key)
        yield Found.plain(dept, verdict, id, row).only(orphan | first)


def _named(known: Mapping[str, Code], code: str, label: str) -> int:
    listed_code = known.get(code)
    if listed_code is not None and plain(listed_code.name) == label:
        return EXACT
    if listed_code is None or not listed_code.observed:
        return NOT_ASSESSABLE
    return INCONSISTENT


def ordered(sheets: Sheets, relation: Relation) -> Part:
    """No code stands twice in a table, and codes ascend."""
    data = sheets.data
    keys = [int(n.ljust(7, "0")) * 10 + len(n) if n.isdigit() and len(n) < 8 else 0 for n in data.rows.names]
    rank = np.asarray(keys or [0], np.int64)
    found: list[Found] = []
    left = np.zeros(sheets.size, np.bool_)
    for profile in sheets.layout.tables:
        if profile.id not in relation.table.split() or not profile.codes:
            continue
        facts = np.flatnonzero(sheets.facts_of(profile.id) & (sheets.levels[data.row] > 0))
        dept, row = data.dept[facts], data.row[facts]
        if not len(facts):
            continue
        begins = np.ones(len(facts), np.bool_)
        begins[1:] = (dept[1:] != dept[:-1]) | (row[1:] != row[:-1])
        dept, row = dept[begins], row[begins]
        same = dept[1:] == dept[:-1]
        left[dept[1:][same & (rank[row[1:]] <= rank[row[:-1]])]] = True
        first = np.append(True, ~same)
        found.append(Found.plain(dept[first], EXACT, profile.id, row[first]))
    return [each.only(~left[each.dept]) for each in found], left


def contained(sheets: Sheets, relation: Relation) -> Part:
    """A code with money in `table` is printed in `within` too; what is not is judged one by one."""
    data, table, within = sheets.data, sheets.table(relation.table), sheets.table(relation.within)
    left = np.zeros(sheets.size, np.bool_)
    profile = sheets.profile(relation.table)
    if profile is None or not profile.codes or not len(table.dept):
        return [], left
    others = sheets.any_of(within.dept[within.level > 0])
    money = np.zeros(len(table.dept), np.bool_)
    for cells in table.cells.values():
        money |= (data.state[cells] == NUMBER) & (data.x[cells] != 0)
    rows = np.flatnonzero(money & (table.level > 0) & others[table.dept])
    dept, row = table.dept[rows], table.row[rows]
    left[dept[within.find(dept, row) < 0]] = True
    found = Found.plain(dept, EXACT, relation.table, row)
    return [found.only(~left[dept])], left
