"""The verdict ladder over arrays: the same answers as `quantity.verdict`, in whole steps."""

from __future__ import annotations

import numpy as np

from juesuan.relations.conditions import reason_for
from juesuan.relations.formula import parse
from juesuan.relations.many.columns import NUMBER, Bools, Ints
from juesuan.relations.many.found import (
    BOUNDARY,
    EXACT,
    INCONSISTENT,
    NOT_APPLICABLE,
    NOT_ASSESSABLE,
    WITHIN,
    Found,
    per_unit,
)
from juesuan.relations.many.sheets import LEVELS, Sheets
from juesuan.relations.many.sides import Instances, Side
from juesuan.relations.model import Relation


def ladder(sheets: Sheets, left: Ints, side: Side) -> tuple[Ints, Ints]:
    """Verdict of a printed total against the numbers of its side, and printed − expected in steps."""
    data = sheets.data
    gap = data.x[left] - side.point
    low = np.maximum(-data.strict[left], -gap - side.strict)
    high = np.minimum(data.strict[left], side.strict - gap)
    verdict = np.where(low == high, BOUNDARY, WITHIN)
    # A figure of few decimals is judged twice; what holds as printed is no error.
    holds = np.abs(gap) <= data.lenient[left] + side.lenient
    verdict = np.where(low > high, np.where(holds, WITHIN, INCONSISTENT), verdict)
    return np.where(gap == 0, EXACT, verdict), gap


def sum_of(sheets: Sheets, dept: Ints, left: Ints, side: Side) -> tuple[Ints, Ints, Bools]:
    """As `reckon.judge_sum`: verdict, gap in steps, and where there is a gap."""
    verdict, gap = ladder(sheets, left, side)
    blank = (sheets.data.state[left] != NUMBER) | side.unparsed | side.lacking | (side.numbers == 0)
    blank |= (verdict == INCONSISTENT) & side.missing & sheets.silent[dept] & (gap > 0)
    return np.where(blank, NOT_ASSESSABLE, verdict), gap, ~blank


def judged(sheets: Sheets, instances: Instances, side: Side) -> tuple[Ints, Ints, Bools]:
    """As `instance.judge_instance`: missing rows, empty tables and unread columns first."""
    dept, left = instances.dept, instances.left
    verdict, gap, has_gap = sum_of(sheets, dept, left, side)
    unread = (verdict == INCONSISTENT) & side.unread
    verdict, has_gap = np.where(unread, NOT_ASSESSABLE, verdict), has_gap & ~unread
    x, number = sheets.data.x[left], sheets.data.state[left] == NUMBER
    loud = ~sheets.silent[dept]
    nothing = number & (x == 0) & loud & side.empty
    verdict, has_gap = np.where(nothing, NOT_APPLICABLE, verdict), has_gap & ~nothing
    absent = _absent(sheets, instances) & (x != 0) & loud
    return np.where(absent, INCONSISTENT, verdict), np.where(absent, x, gap), has_gap | absent


def _absent(sheets: Sheets, instances: Instances) -> Bools:
    """The row is in none of the other tables, though one of them has rows of its level."""
    formula, dept, row = instances.formula, instances.dept, instances.row
    absent = np.zeros(len(dept), np.bool_)
    if not formula.left.is_open:
        return absent
    elsewhere, listed = np.ones(len(dept), np.bool_), absent.copy()
    for ref in formula.right:
        known = sheets.known(ref)[dept]
        elsewhere &= ~known | (ref.table != formula.left.table)
        for level, number in LEVELS.items():
            if number:
                here = known & (sheets.levels[row] == number) & sheets.mask("level", ref.table, level)[dept]
                absent |= here
                listed |= here & (sheets.table(ref.table).find(dept, row) >= 0)
    return absent & elsewhere & ~listed


def bound(sheets: Sheets, instances: Instances, side: Side) -> tuple[Ints, Ints, Bools]:
    """As `bounds.at_most`: fails only where no reading of the printed digits admits it."""
    data, dept, left = sheets.data, instances.dept, instances.left
    upper = instances.formula.operator == "≤"
    gap = data.x[left] - side.point
    far = (gap if upper else -gap) > data.lenient[left] + side.lenient
    over = gap > 0 if upper else gap < 0
    verdict = np.where(gap == 0, EXACT, np.where(over & far, INCONSISTENT, WITHIN))
    blank = unprinted(sheets, left, side)
    blank |= (verdict == INCONSISTENT) & side.missing & sheets.silent[dept]
    return np.where(blank, NOT_ASSESSABLE, verdict), gap, ~blank


def unprinted(sheets: Sheets, left: Ints, side: Side) -> Bools:
    """A figure that is needed is no number (as `bounds._unprinted`)."""
    none = (side.numbers == 0) & (side.terms > 0)
    blank: Bools = (sheets.data.state[left] != NUMBER) | side.lacking | side.unparsed | none
    return blank


def stopped(sheets: Sheets, relation: Relation) -> Ints:
    """The verdict with which `given` keeps a department from being judged, −1 where it does not."""
    result = np.full(sheets.size, -1, np.int64)
    for text in relation.given.split("；") if relation.given else []:
        formula = parse(text)
        cells = []
        for ref in (formula.left, *formula.right):
            rows = np.full(sheets.size, sheets.row_number(ref.row), np.int64)
            table = sheets.table(ref.table)
            cells.append(table.cell(table.find(sheets.everyone, rows), ref.column))
        blank = np.any([sheets.data.state[cell] != NUMBER for cell in cells], axis=0)
        amounts = [sheets.data.x[cell] for cell in cells]
        unmet = amounts[0] <= 0 if len(amounts) == 1 else np.zeros(sheets.size, np.bool_)
        unmet = amounts[0] != amounts[1] if len(amounts) == 2 else unmet
        here = np.where(blank, NOT_ASSESSABLE, np.where(unmet, NOT_APPLICABLE, -1))
        result = np.where(result < 0, here, result)
    return result


def explained(sheets: Sheets, relation: Relation, found: Found) -> Found:
    """What disclosure.yml explains is settled, in relations that only ask for that (class H)."""
    if relation.grade != "H":
        return found
    verdict = found.verdict.copy()
    for at in np.flatnonzero(verdict == INCONSISTENT):
        accounts = sheets.accounts[found.dept[at]]
        row = sheets.data.rows.names[found.row[at]] if found.row is not None else ""
        if reason_for(accounts, found.table, row, found.column):
            verdict[at] = NOT_APPLICABLE
    return Found(
        found.dept,
        verdict,
        found.gap,
        found.per,
        found.table,
        found.column,
        found.row,
        found.text,
        found.after,
    )


def found_of(sheets: Sheets, instances: Instances, verdict: Ints, gap: Ints, has_gap: Bools) -> Found:
    """The checks of some instances, each at the place of its left side."""
    left = instances.formula.left
    per = per_unit(sheets.data.scale[instances.left], has_gap)
    known = instances.row >= 0
    if known.all():
        row, text = instances.row, ""
    else:
        # Only a row that the formula names can be one that nobody prints.
        row, text = None, f"{left.table}[{left.row}].{instances.column}"
    return Found(instances.dept, verdict, gap, per, left.table, instances.column, row, text)
