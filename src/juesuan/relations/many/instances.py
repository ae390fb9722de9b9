"""Instances of a relation over many departments: which formulas and rows each of them prints."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from juesuan.relations.formula import Formula, parse
from juesuan.relations.many.columns import NUMBER, UNPARSED, Bools
from juesuan.relations.many.sheets import LEVELS, Sheets
from juesuan.relations.many.sides import Instances, Side, right_of, row_of
from juesuan.relations.model import Relation
from juesuan.relations.vocabulary import completed


def written(sheets: Sheets, text: str, each: str) -> list[tuple[Formula, Bools]]:
    """The formulas of a text with the departments that print what they need (as `instance.formulas`)."""
    found = []
    for part in text.split("；"):
        for word in each.split() if "{}" in part else [""]:
            formula = parse(completed(sheets.layout, part.replace("{}", word).strip()))
            needed = [formula.left, *(ref for ref in formula.right if not ref.optional)]
            mask = np.ones(sheets.size, np.bool_)
            for ref in needed:
                mask = mask & sheets.known(ref)
            some = np.zeros(sheets.size, np.bool_)
            for ref in formula.right:
                some = some | sheets.known(ref)
            found.append((formula, mask & some))
    return found


def formulas(sheets: Sheets, relation: Relation) -> list[tuple[Formula, Bools]]:
    """The same for a relation; `otherwise` takes the place of what a department cannot be judged by."""
    own = written(sheets, relation.formula, relation.each)
    if not relation.otherwise:
        return own
    other = written(sheets, relation.otherwise, relation.each)
    mine = np.any([mask for _, mask in own], axis=0)
    instead = ~_printed(sheets, own) & (~mine | _printed(sheets, other))
    return [*((f, mask & ~instead) for f, mask in own), *((f, mask & instead) for f, mask in other)]


def _printed(sheets: Sheets, found: list[tuple[Formula, Bools]]) -> Bools:
    """All cells on the right of the formulas hold numbers."""
    printed = np.any([mask for _, mask in found], axis=0)
    for formula, mask in found:
        for ref in formula.right:
            rows = sheets.table(ref.table).find(sheets.everyone, row_of(sheets, ref, sheets.size))
            state = sheets.data.state[sheets.table(ref.table).cell(rows, ref.column)]
            printed &= (state == NUMBER) | ~mask | ~sheets.known(ref)
    return np.asarray(printed)


def instances_of(sheets: Sheets, relation: Relation) -> Iterator[tuple[Instances, Side]]:
    """Every instance of the formulas of a relation, without rows in which nothing is printed."""
    found = formulas(sheets, relation)
    count = np.sum([mask for _, mask in found], axis=0)
    for formula, mask in found:
        for instances in _rows(sheets, formula, mask):
            side = right_of(sheets, instances)
            several = (count[instances.dept] > 1) | formula.is_open
            kept = ~(several & _says_nothing(sheets, instances, side))
            if kept.any():
                yield instances.only(kept), side.only(kept)


def _rows(sheets: Sheets, formula: Formula, mask: Bools) -> Iterator[Instances]:
    left = formula.left
    table = sheets.table(left.table)
    if left.is_open:
        chosen = mask[table.dept] if len(table.dept) else np.zeros(0, np.bool_)
        if left.row != "*":
            chosen = chosen & ((table.level > 0) if left.row == "编码" else (table.level == LEVELS[left.row]))
        at = np.flatnonzero(chosen)
        dept, row = table.dept[at], table.row[at]
    else:
        dept = np.flatnonzero(mask)
        row = np.full(len(dept), sheets.row_number(left.row), np.int64)
        at = table.find(dept, row)
    if left.column != "*":
        yield Instances(formula, dept, row, table.cell(at, left.column), left.column)
        return
    for column in table.cells:
        cells = table.cell(at, column)
        read = cells >= 0
        yield Instances(formula, dept[read], row[read], cells[read], column)


def _says_nothing(sheets: Sheets, instances: Instances, side: Side) -> Bools:
    """All cells blank or dashes, or a printed 0 beside tables that do not list the row."""
    state, x = sheets.data.state[instances.left], sheets.data.x[instances.left]
    silent = (state != NUMBER) & (state != UNPARSED)
    zero = (state == NUMBER) & (x == 0)
    nothing: Bools = ~side.something & (silent | (zero & ~side.listed))
    return nothing
