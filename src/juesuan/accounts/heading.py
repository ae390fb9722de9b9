"""The head of a public table, as its profile prints it."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.accounts.facts import Fact
from juesuan.layouts import Layout, Table


@dataclass(frozen=True)
class Cell:
    """`kind` is head, label, code, line (行次) or number; a number cell names its fact. `columns`, `rows` are spans."""

    text: str = ""
    kind: str = "label"
    columns: int = 1
    rows: int = 1
    fact: Fact | None = None


def _head(text: str, columns: int = 1, rows: int = 1) -> Cell:
    return Cell(text, "head", columns, rows)


def levels(table: Table, layout: Layout) -> int:
    """Into how many cells a code of the table is split."""
    if layout.code_cells == 1:
        return 1
    return 3 if table.codes == "functional" else 2


def coded(table: Table, layout: Layout) -> list[list[Cell]]:
    """科目编码, 科目名称 and the value columns; groups of columns under a head of their own."""
    wide = levels(table, layout)
    inside = {column: group for group, columns in table.groups.items() for column in columns}
    deep = 2 if wide > 1 or table.groups else 1
    kind = "功能分类科目编码" if table.codes == "functional" else "经济分类科目编码"
    first = [_head(kind, wide, deep if wide == 1 else 1), _head("科目名称", rows=deep)]
    second = [_head(level) for level in ("类", "款", "项")[:wide]] if wide > 1 else []
    for column in table.columns:
        group = inside.get(column)
        if group is None:
            first.append(_head(table.shown(column), rows=deep))
            continue
        if column == table.groups[group][0]:
            first.append(_head(group, len(table.groups[group])))
        second.append(_head("小计" if column == group else table.shown(column)))
    rows = [first, second] if second else [first]
    if layout.numbered_lines:
        # 栏次: the value columns by number.
        count = [_head(str(i)) for i in range(1, len(table.columns) + 1)]
        rows.append([_head("栏次", 1 + wide), *count])
    return rows


def sided(table: Table, numbered: bool) -> list[list[Cell]]:
    """项目 and value columns for each side; 行次 beside the labels where lines are numbered."""
    row: list[Cell] = []
    for side in table.sides:
        row += [_head("项目"), *([_head("行次")] if numbered else []), *(_head(c) for c in side.columns)]
    return [row]


def blocked(table: Table, layout: Layout) -> list[list[Cell]]:
    """The same head over each block of an economic table."""
    wide = levels(table, layout)
    if wide == 1:
        one = [_head("经济分类科目编码"), _head("科目名称"), *(_head(c) for c in table.columns)]
        return [one * len(table.blocks)]
    first = [
        _head("经济分类科目编码", wide),
        _head("科目名称", rows=2),
        *(_head(c, rows=2) for c in table.columns),
    ]
    return [first * len(table.blocks), [_head(level) for level in ("类", "款")] * len(table.blocks)]


def across(table: Table, numbered: bool) -> list[list[Cell]]:
    """Items over phases, phases over items, or one item a line."""
    if table.pairs == "vertical":
        return [[_head("项目"), *(_head(column) for column in table.columns)]]
    if table.pairs == "blocked":
        phases = [_head(column, len(table.across)) for column in table.columns]
        rows = [phases, [_head(table.shown(item)) for item in table.across] * len(table.columns)]
        if numbered:
            rows.append([_head(str(i)) for i in range(1, 1 + len(table.columns) * len(table.across))])
        return rows
    inner = {item: parent for item, parent in table.parents.items() if parent in table.parents}
    first, second = [], []
    each = len(table.columns)
    for item in table.across:
        below = [part for part, parent in inner.items() if parent == item]
        if below:
            first.append(_head(table.shown(item), each * (1 + len(below))))
            second += [_head("小计", each), *(_head(table.shown(part), each) for part in below)]
        elif item not in inner:
            first.append(_head(table.shown(item), each, rows=2))
    return [first, second, [_head(c) for c in table.columns] * len(table.across)]
