"""A public table as a grid of cells: the one layout that workbook, page, document and text are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from juesuan.accounts import heading
from juesuan.accounts.accounts import Accounts
from juesuan.accounts.facts import Fact
from juesuan.accounts.heading import Cell
from juesuan.classification import classes, code_of
from juesuan.layouts import Layout, Side, Table
from juesuan.quantity import Quantity
from juesuan.wording import numeral


@dataclass(frozen=True)
class Grid:
    """Head rows and body rows of one table; cells under a span are left out of their row."""

    table: Table
    head: list[list[Cell]]
    body: list[list[Cell]]

    @property
    def width(self) -> int:
        """Columns of the grid."""
        return sum(cell.columns for cell in self.head[0])

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its row and column, counted from 0, spans taken into account."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate([*self.head, *self.body]):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                taken |= {(row + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}


def grid(accounts: Accounts, id: str) -> Grid:
    """Lay out one table of the accounts' profile with whatever figures there are."""
    table = accounts.layout.table(id)
    make = _across if table.across else _sides if table.sides else _blocks if table.blocks else _coded
    return make(accounts, table)


def _number(accounts: Accounts, table: str, row: str, label: str, column: str, unit: str = "") -> Cell:
    fact = accounts.printed(table, row, column)
    if fact is None:
        code = row if row.isdigit() else ""
        fact = Fact(table, code, label, column, Quantity.blank(unit or accounts.layout.unit))
    return Cell(kind="number", fact=fact)


def _numbers(accounts: Accounts, table: Table, row: str, label: str) -> list[Cell]:
    return [_number(accounts, table.id, row, label, column) for column in table.columns]


def code_cells(code: str, layout: Layout, levels: int = 3) -> list[Cell]:
    """A code in one cell, or in one for each of 类, 款, 项 where the profile prints it so."""
    if layout.code_cells == 1:
        return [Cell(code, "code")]
    return [Cell(part, "code") for part in (code[:3], code[3:5], code[5:7])[:levels]]


def _coded(accounts: Accounts, table: Table) -> Grid:
    layout = accounts.layout
    total = [
        Cell("合计", columns=1 + heading.levels(table, layout)),
        *_numbers(accounts, table, "合计", "合计"),
    ]
    body = [
        [*code_cells(row, layout), Cell(label), *_numbers(accounts, table, row, label)]
        for row, label in sorted(accounts.rows(table.id).items())
        if row.isdigit()
    ]
    body = [*body, total] if table.total == "last" else [total, *body]
    return Grid(table, heading.coded(table, layout), body)


def _sides(accounts: Accounts, table: Table) -> Grid:
    numbered = accounts.layout.numbered_lines
    bodies, feet = [], []
    for side in table.sides:
        labels = [*_shown_labels(accounts, table, side), *_unknown(accounts, table, side)]
        bodies.append(
            [
                _side_row(accounts, table, side, label, numeral(i) + "、" if side.numbered else "")
                for i, label in enumerate(labels, 1)
            ]
        )
        feet.append([_side_row(accounts, table, side, label) for label in side.foot])
    fill = [[Cell()] * (1 + len(side.columns)) for side in table.sides]
    rows = [*zip_longest(*bodies), *zip_longest(*feet)]
    body = []
    for at, parts in enumerate(rows, 1):
        cells: list[Cell] = []
        for place, (part, blank) in enumerate(zip(parts, fill, strict=True)):
            line = [Cell(str(at + place * len(rows)), "line")] if numbered else []
            row = part or blank
            cells += [row[0], *line, *row[1:]]
        body.append(cells)
    return Grid(table, heading.sided(table, numbered), body)


def _shown_labels(accounts: Accounts, table: Table, side: Side) -> list[str]:
    """The profile's rows; functional classes that it does not list only where the table has them."""
    labels = side.labels(accounts.year)
    if side.rows != "functional":
        return labels
    present = accounts.rows(table.id)
    codes = {c.name: c.code for c in classes("functional", accounts.year)}
    return [n for n in labels if codes[n] not in accounts.layout.omits or codes[n] in present]


def _unknown(accounts: Accounts, table: Table, side: Side) -> list[str]:
    """Rows that were read on this side under a name the profile does not have."""
    own = {*side.labels(accounts.year), *side.foot}
    known = {label for s in table.sides for label in (*s.labels(accounts.year), *s.foot)}
    known |= {c.code for c in classes("functional", accounts.year)}
    found, here = [], side is table.sides[0]
    for row, label in accounts.rows(table.id).items():
        if label in known or row in known:
            here = label in own or row in known
        elif here:
            found.append(label)
    return found


def _side_row(accounts: Accounts, table: Table, side: Side, label: str, number: str = "") -> list[Cell]:
    if not label:
        return [Cell()] * (1 + len(side.columns))
    row, unit = code_of(label, "functional", accounts.year) or label, side.units.get(label, "")
    present = row.isdigit() and row in accounts.rows(table.id)
    printed = accounts.name_of(table.id, row) if present else table.shown(label)
    # The funds below 年初结转 are numbered rows that repeat the names of the funds above.
    inside = side.foot.index(label) - 1 if "：" in label and label in side.foot else 0
    number = number or (numeral(inside) + "、" if inside and side.numbered else "")
    shown = printed.split("：")[-1] + (f"（{unit}）" if unit else "")
    cells = [_number(accounts, table.id, row, label, column, unit) for column in side.columns]
    return [Cell(number + shown), *cells]


def _blocks(accounts: Accounts, table: Table) -> Grid:
    layout, wide = accounts.layout, heading.levels(table, accounts.layout)
    names = {c.code: c.name for c in classes("economic", accounts.year)}
    present, parts = accounts.rows(table.id), []
    for block in table.blocks:
        rows = []
        # A class without a row is shown only where the table has no rows at all.
        printed = {r for r in present if r[:3] in block and r.isdigit()}
        for code in sorted(printed or (set() if any(map(str.isdigit, present)) else set(block))):
            label = present.get(code, names.get(code, ""))
            rows.append(
                [*code_cells(code, layout, wide), Cell(label), *_numbers(accounts, table, code, label)]
            )
        parts.append(rows)
    empty = [Cell()] * (1 + wide + len(table.columns))
    body = [[cell for row in rows for cell in (row or empty)] for rows in zip_longest(*parts)]
    for feet in zip_longest(*table.foot, fillvalue=""):
        cells: list[Cell] = []
        for label in feet:
            named = [Cell(label, columns=1 + wide), *_numbers(accounts, table, label, label)]
            cells += named if label else empty
        body.append(cells)
    return Grid(table, heading.blocked(table, layout), body)


def _across(accounts: Accounts, table: Table) -> Grid:
    def number(item: str, column: str) -> Cell:
        return _number(accounts, table.id, item, item, column)

    if table.pairs == "vertical":
        body = [
            [Cell(table.shown(item)), *(number(item, column) for column in table.columns)]
            for item in table.across
        ]
    elif table.pairs == "interleaved":
        body = [[number(item, column) for item in table.across for column in table.columns]]
    else:
        body = [[number(item, column) for column in table.columns for item in table.across]]
    return Grid(table, heading.across(table, accounts.layout.numbered_lines), body)
