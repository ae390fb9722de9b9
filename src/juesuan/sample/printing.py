"""Exact figures into printed cells: every cell of every printed table, each rounded on its own."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Fact
from juesuan.classification import code_of, codes
from juesuan.layouts import Layout, Side, Table
from juesuan.sample.draw import data
from juesuan.sample.habits import Habits, counted
from juesuan.sample.tables import Figures

# Where nothing is said by 0.00 only: the text quotes these cells, and an empty one would say nothing at all.
_ALWAYS = ("T7", "T10")


def facts(made: Figures, layout: Layout, year: int, habits: Habits) -> list[Fact]:
    """The facts of all printed tables in printed order, blanks included."""
    return [fact for table in layout.printed_tables for fact in _table(made, table, layout, year, habits)]


def stated(made: Figures, layout: Layout, habits: Habits) -> dict[str, str]:
    """The figures that only the text of this profile states, as printed, by address."""
    found = {}
    for table in layout.tables:
        # Who spends nothing on the three public expenses writes just that, without counting anything.
        silent = table.id == "S7" and not made.cents["T7", "合计", "决算数"]
        if table.printed or silent:
            continue
        for side in table.sides:
            for label in side.rows:
                place, address = (table.id, label, side.columns[0]), f"{table.id}[{label}].{side.columns[0]}"
                unit = side.units.get(label, "")
                if unit and place in made.counts:
                    found[address] = counted(made.counts[place], unit, "").printed
                elif place in made.cents:
                    found[address] = habits.printed(made.cents[place], "", always=True).printed
    return found


def is_idle(made: Figures, table: str) -> bool:
    """The table has no money."""
    return not any(cents for (id, _, _), cents in made.cents.items() if id == table)


def names_of(kind: str, year: int) -> dict[str, str]:
    """Names by code in a year, those of state capital included, which the lists do not have."""
    extra = data("departments")["state"] if kind == "functional" else {}
    return {**extra, **{code: c.name for code, c in codes(kind, year).items()}}


def _table(made: Figures, table: Table, layout: Layout, year: int, habits: Habits) -> Iterator[Fact]:
    if table.across:
        for item in table.across:
            yield from (_fact(made, table, item, item, column, habits) for column in table.columns)
    elif table.sides:
        for side in table.sides:
            for label in _labels(side, layout, year, made, table.id, habits):
                row = code_of(label, "functional", year) or label
                for column in side.columns:
                    yield _fact(made, table, row, label, column, habits, side.units.get(label, ""))
    elif table.codes:
        names = names_of(table.codes, year)
        for row in _rows(made, table, year, habits):
            yield from (
                _fact(made, table, row, names.get(row, row), column, habits) for column in table.columns
            )


def _labels(
    side: Side, layout: Layout, year: int, made: Figures, table: str, habits: Habits
) -> Iterator[str]:
    for label in side.labels(year):
        omitted = side.rows == "functional" and code_of(label, "functional", year) in layout.omits
        if not omitted or habits.all_classes:
            yield label
    yield from (label for label in side.foot if label)


def _rows(made: Figures, table: Table, year: int, habits: Habits) -> list[str]:
    present = made.rows(table.id)
    if not table.blocks:
        idle = is_idle(made, table.id)
        return ["合计", *sorted(row for row in present if row != "合计" and not idle)]
    kept = {c.code for c in codes("economic", year).values()} if habits.all_divisions else set(present)
    rows: list[str] = []
    for block, feet in zip(table.blocks, table.foot, strict=True):
        rows += sorted({*block, *(row for row in kept if row[:3] in block and row.isdigit())})
        rows += [label for label in feet if label]
    return rows


def _fact(
    made: Figures, table: Table, row: str, label: str, column: str, habits: Habits, unit: str = ""
) -> Fact:
    cell, place = f"{table.title}!{label}·{column}", (table.id, row, column)
    code = row if row.isdigit() else ""
    if unit:
        return Fact(table.id, code, label, column, counted(made.counts[place], unit, cell))
    # 合计 rows are sums, printed even where nothing came of them; a table declared empty stays blank.
    declared = bool(table.empty_note) and habits.declares and is_idle(made, table.id)
    if declared:
        blank = Habits(unit=habits.unit, zero="")
        return Fact(table.id, code, label, column, blank.printed(0, cell))
    always = table.id in _ALWAYS or row.endswith(("合计", "总计")) and table.id not in ("T2", "T3")
    always = always or (table.empty_note != "" and row == "合计")
    return Fact(table.id, code, label, column, habits.printed(made.cents.get(place, 0), cell, always=always))
