"""The kinds of many departments that reckon: sums, children, bounds, ratios, implications."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from juesuan.relations.many.columns import NUMBER
from juesuan.relations.many.found import (
    EXACT,
    INCONSISTENT,
    NOT_APPLICABLE,
    NOT_ASSESSABLE,
    WITHIN,
    Found,
    per_unit,
)
from juesuan.relations.many.instances import instances_of
from juesuan.relations.many.judging import bound, explained, found_of, judged, stopped, sum_of, unprinted
from juesuan.relations.many.sheets import LEVELS, Sheets
from juesuan.relations.many.sides import Instances, Side, group
from juesuan.relations.model import Relation, relations


def sums(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """`left = a + b + c?`, once for each row that an open formula matches."""
    halt = stopped(sheets, relation)
    told = np.zeros(sheets.size, np.bool_)
    for instances, side in instances_of(sheets, relation):
        told[instances.dept] = True
        go = halt[instances.dept] < 0
        yield _sum(sheets, relation, instances.only(go), side.only(go))
    at = np.flatnonzero(told & (halt >= 0))
    if len(at):
        yield Found.plain(at, halt[at], text="")


def _sum(sheets: Sheets, relation: Relation, instances: Instances, side: Side) -> Found:
    verdict, gap, has_gap = judged(sheets, instances, side)
    if relation.below:
        lower = (verdict == INCONSISTENT) & (gap < 0)
        verdict = np.where(lower, NOT_APPLICABLE, verdict)
    return explained(sheets, relation, found_of(sheets, instances, verdict, gap, has_gap))


def again(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """The relations of `of` in the other columns of the same table."""
    for column in relation.column.split():
        for id in relation.of.split():
            formula = relations()[id].formula.replace("].决算数", f"].{column}")
            for instances, side in instances_of(sheets, relation.model_copy(update={"formula": formula})):
                found = _sum(sheets, relation, instances, side)
                yield replace(found, after=f"（{id}）")


def children(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """Each parent row equals the sum of its printed children, column by column."""
    for id in relation.table.split():
        for parent, level in zip(relation.parent.split(), relation.level.split(), strict=True):
            yield from _family(sheets, id, parent, level)


def _family(sheets: Sheets, id: str, parent: str, level: str) -> Iterator[Found]:
    table, data = sheets.table(id), sheets.data
    named = parent == "合计" or parent.isdigit()
    parents = table.row == sheets.row_number(parent) if named else table.level == LEVELS[parent]
    rows = np.flatnonzero(parents)
    if not len(rows):
        return
    # Each row of the level belongs to the parent whose code begins its own, in the same department.
    above = _row_above(sheets, parent, level)[table.row] if len(table.row) else table.row
    at = table.find(table.dept, above)
    at = np.where((at >= 0) & parents[at], at, -1)
    for column in table.cells:
        whole = group(sheets, id, level, column, at, len(table.dept))
        side = Side.of(len(rows))
        side.point, side.strict, side.lenient, side.numbers, side.terms = (
            whole[name][rows] for name in ("point", "strict", "lenient", "numbers", "terms")
        )
        side.unparsed, side.missing = whole["unparsed"][rows] > 0, side.numbers < side.terms
        left, dept = table.cell(rows, column), table.dept[rows]
        some = (data.state[left] == NUMBER) | (side.numbers > 0)
        kept = some & (side.terms > 0) & sheets.mask("column", id, column)[dept]
        verdict, gap, has_gap = sum_of(sheets, dept, left, side)
        found = Found(dept, verdict, gap, per_unit(data.scale[left], has_gap), id, column, table.row[rows])
        yield found.only(kept)


def _row_above(sheets: Sheets, parent: str, level: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """For each name of a row the number of its parent's name, −1 for none."""
    number = sheets.data.rows.number
    if parent == "合计":
        return np.full(len(number), sheets.row_number("合计"), np.int64)
    size = (
        3 if parent == "类" or len(parent) == 3 and parent.isdigit() else 5 if parent == "款" else len(parent)
    )
    return np.asarray([number.get(name[:size], -1) for name in number], np.int64)


def at_most(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """`left ≤ right` or `left ≥ right`."""
    halt = stopped(sheets, relation)
    for instances, side in instances_of(sheets, relation):
        verdict, gap, has_gap = bound(sheets, instances, side)
        stop = halt[instances.dept]
        verdict = np.where(stop >= 0, stop, verdict)
        yield explained(sheets, relation, found_of(sheets, instances, verdict, gap, has_gap & (stop < 0)))


def ratios(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """`left ÷ right` in per cent lies between `low` and `high`: compared crosswise, without dividing."""
    data = sheets.data
    for instances, side in instances_of(sheets, relation):
        left = instances.left
        part = (data.x[left] - data.lenient[left], data.x[left] + data.lenient[left])
        base = (side.point - side.lenient, side.point + side.lenient)
        outside = np.zeros(len(left), np.bool_)
        if relation.low is not None:
            outside |= np.all([100 * p < relation.low * b for p in part for b in base], axis=0)
        if relation.high is not None:
            outside |= np.all([100 * p > relation.high * b for p in part for b in base], axis=0)
        no_base = unprinted(sheets, left, side) | (base[0] <= 0) | (side.point == 0)
        verdict = np.where(no_base, NOT_ASSESSABLE, np.where(outside, INCONSISTENT, WITHIN))
        none = np.zeros(len(left), np.bool_)
        yield explained(sheets, relation, found_of(sheets, instances, verdict, side.point, none))


def implied(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """`left ⇒ right`: money on the left needs money on the right."""
    for instances, side in instances_of(sheets, relation):
        left = instances.left
        verdict = np.where(side.point > 0, EXACT, INCONSISTENT)
        verdict = np.where(sheets.data.x[left] <= 0, NOT_APPLICABLE, verdict)
        verdict = np.where(unprinted(sheets, left, side), NOT_ASSESSABLE, verdict)
        none = np.zeros(len(left), np.bool_)
        yield explained(sheets, relation, found_of(sheets, instances, verdict, side.point, none))
