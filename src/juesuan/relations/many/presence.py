"""The kinds of many departments that ask whether something is there: empty tables, money where none belongs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from juesuan.layouts import Table as Profile
from juesuan.relations.formula import Formula, parse
from juesuan.relations.many.columns import NUMBER, Bools
from juesuan.relations.many.found import (
    EXACT,
    INCONSISTENT,
    NOT_APPLICABLE,
    NOT_ASSESSABLE,
    WITHIN,
    Found,
    per_unit,
)
from juesuan.relations.many.judging import explained
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Relation

Part = tuple[list[Found], Bools]


def nothing_in(sheets: Sheets, relation: Relation) -> Part:
    """The cells of each formula hold no money; where one does, the department is judged by itself."""
    found: list[Found] = []
    left = np.zeros(sheets.size, np.bool_)
    for text in relation.formula.split("；"):
        ref = parse(text).left
        if sheets.profile(ref.table) is None:
            continue
        left |= _money_in(sheets, parse(text))
        shown = ~sheets.mask("empty", ref.table) & ~sheets.silent
        verdict = np.where(sheets.mask("declared", ref.table), NOT_APPLICABLE, NOT_ASSESSABLE)
        verdict = np.where(shown, EXACT, verdict)
        found.append(Found.plain(sheets.everyone, verdict, text=f"{ref.table}[{ref.row}].{ref.column}"))
    return [each.only(~left[each.dept]) for each in found], left


def _money_in(sheets: Sheets, formula: Formula) -> Bools:
    ref, table = formula.left, sheets.table(formula.left.table)
    found = np.zeros(sheets.size, np.bool_)
    rows = np.ones(len(table.dept), np.bool_)
    if ref.is_open:
        wanted = {"类": 1, "款": 2, "项": 3}.get(ref.row)
        if ref.row == "编码":
            rows = table.level > 0
        elif wanted:
            rows = table.level == wanted
    else:
        rows = table.row == sheets.row_number(ref.row)
    for column, cells in table.cells.items():
        if ref.column in ("*", column):
            money = rows & (sheets.data.state[cells] == NUMBER) & (sheets.data.x[cells] != 0)
            found[table.dept[money]] = True
    return found


def empty_alike(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """A fund's own table holds money if and only if its column of T4 does."""
    fund, profile, data = relation.column, sheets.profile(relation.table), sheets.data
    if profile is None:
        return
    due, moved = _moved(sheets, fund, profile)
    numbers, money = sheets.numbers, sheets.numbers & (data.x != 0)
    some, told, any_moved = (
        sheets.any_of(data.dept[f]) for f in (moved & numbers, due & money, moved & money)
    )
    own, mute = sheets.mask("money", profile.id), sheets.mask("unparsed", profile.id)
    unknown = ~sheets.mask("read", profile.id) | sheets.mask("empty", "T4") | (sheets.silent & ~some)
    unknown |= ~own & told & mute
    verdict = np.where((~own & told) | (own & ~any_moved), INCONSISTENT, EXACT)
    verdict = np.where(unknown, NOT_ASSESSABLE, verdict)
    known = sheets.known(parse(f"T4[本年支出合计].{fund}").left)
    yield Found.plain(sheets.everyone, verdict, text=profile.id).only(known)


def _moved(sheets: Sheets, fund: str, profile: Profile) -> tuple[Bools, Bools]:
    """The facts of T4 about a fund: those that its own table must show, and all of them."""
    data = sheets.data
    labels = [*data.labels.names, ""]
    column = data.column == data.columns.number.get(fund, -2)
    ends = np.asarray([label.endswith(fund) for label in labels], np.bool_)[data.label]
    late = np.asarray([label.startswith("年末") for label in labels], np.bool_)[data.label]
    moved = sheets.facts_of("T4") & (column | ends)
    shows_all = "年末结转和结余" in profile.columns
    return moved & (shows_all | (column & ~late)), moved


def zeros_are_said(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """Where a column holds no money, 0 is printed in it or the table is declared empty."""
    data = sheets.data
    here = sheets.facts_of(relation.table) & (data.column == data.columns.number.get(relation.column, -2))
    facts = np.flatnonzero(here)
    dept, at = np.unique(data.dept[facts], return_index=True)
    number, money = (
        sheets.any_of(data.dept[here & sheets.numbers & more])[dept] for more in (data.scale > 0, data.x != 0)
    )
    said = sheets.mask("declared", relation.table)[dept] | number
    asked = sheets.mask("number", relation.table)[dept] & ~sheets.silent[dept]
    verdict = np.where(said, EXACT, np.where(asked, INCONSISTENT, NOT_ASSESSABLE))
    verdict = np.where(money, NOT_APPLICABLE, verdict)
    yield Found.plain(dept, verdict, relation.table, data.row[facts[at]], relation.column)


def only_units(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """Money in the cells of the formula belongs to units of the types in `unit` only."""
    kinds = [str(a.disclosure.unit_type or "") for a in sheets.accounts]
    fits = sheets.flags([kind in relation.unit.split() for kind in kinds])
    said = sheets.flags(kinds)
    for text in relation.formula.split("；"):
        ref = parse(text).left
        table = sheets.table(ref.table)
        row = np.full(sheets.size, sheets.row_number(ref.row), np.int64)
        cell = table.cell(table.find(sheets.everyone, row), ref.column)
        verdict = np.where(said, INCONSISTENT, NOT_ASSESSABLE)
        verdict = np.where((sheets.data.x[cell] == 0) | fits, EXACT, verdict)
        verdict = np.where(sheets.data.state[cell] == NUMBER, verdict, NOT_ASSESSABLE)
        place = (
            Found.plain(sheets.everyone, verdict, ref.table, row, ref.column)
            if row[0] >= 0
            else Found.plain(sheets.everyone, verdict, text=f"{ref.table}[{ref.row}].{ref.column}")
        )
        yield explained(sheets, relation, place.only(sheets.known(ref)))


def residual(sheets: Sheets, relation: Relation) -> Iterator[Found]:
    """What is spent beside the fiscal grants is not negative."""
    data, there = sheets.data, sheets.mask("row", "T3", "合计")
    cells = []
    row = np.full(sheets.size, sheets.row_number("合计"), np.int64)
    for id, column in (("T3", "本年支出合计"), ("T5", "合计"), ("T8", "本年支出"), ("T9", "本年支出")):
        table = sheets.table(id)
        cells.append(table.cell(table.find(sheets.everyone, row), column))
    spent, fiscal = cells[0], cells[1:]
    rest = data.x[spent] - np.sum([data.x[cell] for cell in fiscal], axis=0)
    room = np.sum([data.lenient[cell] for cell in cells], axis=0)
    verdict = np.where(rest == 0, EXACT, np.where(rest + room >= 0, WITHIN, INCONSISTENT))
    unknown = (data.state[spent] != NUMBER) | sheets.mask("empty", "T5")
    verdict = np.where(unknown, NOT_ASSESSABLE, verdict)
    per = per_unit(data.scale[spent], ~unknown)
    if there.any():
        yield Found(sheets.everyone, verdict, rest, per, "T3", "本年支出合计", row).only(there)
