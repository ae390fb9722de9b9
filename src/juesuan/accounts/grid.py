"""A public table as a grid of cells: the one layout that workbook, page and text are written from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from juesuan.accounts.accounts import Accounts
from juesuan.accounts.facts import Fact
from juesuan.classification import classes, code_of
from juesuan.layouts import Side, Table
from juesuan.quantity import Quantity
from juesuan.wording import numeral


@dataclass(frozen=True)
class Cell:
    """`kind` is head, label, code or number; a number cell names its fact. `columns`, `rows` are spans."""

    text: str = ""
    kind: str = "label"
    columns: int = 1
    rows: int = 1
    fact: Fact | None = None


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


def grid(accounts: Accounts, id: str) -> Grid:
    """Lay out one table of the accounts' profile with whatever figures there are."""
    table = accounts.layout.table(id)
    make = _across if table.across else _sides if table.sides else _blocks if table.blocks else _coded
    return make(accounts, table)


def _number(accounts: Accounts, table: str, row: str, label: str, column: str, unit: str = "") -> Cell:
    fact = accounts.fact(table, row, column)
    if fact is None:
        code = row if row.isdigit() else ""
        fact = Fact(table, code, label, column, Quantity.blank(unit or accounts.layout.unit))
    return Cell(kind="number", fact=fact)


def _head(*texts: str, columns: int = 1, rows: int = 1) -> list[Cell]:
    return [Cell(text, "head", columns, rows) for text in texts]


def _coded(accounts: Accounts, table: Table) -> Grid:
    kind = "功能分类" if table.codes == "functional" else "经济分类"
    head = _head(f"{kind}科目编码", "科目名称", *table.columns)
    body = [[Cell("合计", columns=2), *_numbers(accounts, table, "合计", "合计")]]
    for row, label in sorted(accounts.rows(table.id).items()):
        if row.isdigit():
            body.append([Cell(row, "code"), Cell(label), *_numbers(accounts, table, row, label)])
    return Grid(table, [head], body)


def _numbers(accounts: Accounts, table: Table, row: str, label: str) -> list[Cell]:
    return [_number(accounts, table.id, row, label, column) for column in table.columns]


def _sides(accounts: Accounts, table: Table) -> Grid:
    head = [cell for side in table.sides for cell in _head("项目", *side.columns)]
    bodies, feet = [], []
    for side in table.sides:
        labels = [*side.labels(accounts.year), *_unknown(accounts, table, side)]
        bodies.append(
            [
                _side_row(
                    accounts,
                    table,
                    label,
                    side.columns,
                    numeral(i) + "、" if side.numbered else "",
                    side.units,
                )
                for i, label in enumerate(labels, 1)
            ]
        )
        feet.append([_side_row(accounts, table, label, side.columns, "", side.units) for label in side.foot])
    fill = [[Cell()] * (1 + len(side.columns)) for side in table.sides]
    rows = [*_beside(bodies, fill), *_beside(feet, fill)]
    return Grid(table, [head], rows)


def _unknown(accounts: Accounts, table: Table, side: Side) -> list[str]:
    """Rows that were read on this side under a name the profile does not have."""
    own = {*side.labels(accounts.year), *side.foot}
    known = {label for s in table.sides for label in (*s.labels(accounts.year), *s.foot)}
    found, here = [], side is table.sides[0]
    for label in accounts.rows(table.id).values():
        if label in known:
            here = label in own
        elif here:
            found.append(label)
    return found


def _side_row(
    accounts: Accounts, table: Table, label: str, columns: list[str], number: str, units: dict[str, str]
) -> list[Cell]:
    if not label:
        return [Cell()] * (1 + len(columns))
    row = code_of(label, "functional", accounts.year) or label
    shown = label.split("：")[-1] + (f"（{units[label]}）" if label in units else "")
    cells = [_number(accounts, table.id, row, label, column, units.get(label, "")) for column in columns]
    return [Cell(number + shown), *cells]


def _beside(parts: list[list[list[Cell]]], fill: list[list[Cell]]) -> Iterator[list[Cell]]:
    for rows in zip_longest(*parts):
        yield [cell for row, blank in zip(rows, fill, strict=True) for cell in (row or blank)]


def _blocks(accounts: Accounts, table: Table) -> Grid:
    names = {c.code: c.name for c in classes("economic", accounts.year)}
    present = accounts.rows(table.id)
    parts = []
    for block in table.blocks:
        rows = []
        for code in sorted({*block, *(r for r in present if r[:3] in block and r.isdigit())}):
            label = present.get(code, names.get(code, ""))
            rows.append([Cell(code, "code"), Cell(label), *_numbers(accounts, table, code, label)])
        parts.append(rows)
    width = 2 + len(table.columns)
    head = [c for _ in table.blocks for c in _head("经济分类科目编码", "科目名称", *table.columns)]
    body = list(_beside(parts, [[Cell()] * width for _ in table.blocks]))
    for feet in zip_longest(*table.foot, fillvalue=""):
        body.append(
            [
                cell
                for label in feet
                for cell in (
                    [Cell(label, columns=2), *_numbers(accounts, table, label, label)]
                    if label
                    else [Cell()] * width
                )
            ]
        )
    return Grid(table, [head], body)


def _across(accounts: Accounts, table: Table) -> Grid:
    head = [_head(*table.columns, columns=len(table.across)), _head(*(table.across * len(table.columns)))]
    row = [
        _number(accounts, table.id, item, item, column) for column in table.columns for item in table.across
    ]
    return Grid(table, head, [row])
