"""An HTML table into a sheet: every row has the full width, joined cells are spans."""

from __future__ import annotations

from typing import Any

from juesuan.readers.files.html_text import is_hidden, lines_in
from juesuan.readers.files.limits import COLUMNS, ROWS
from juesuan.readers.files.sheet import Cell, Sheet, Span

_EMPTY = Cell()


def caption_of(table: Any) -> Any:
    """The caption element of a table, if any."""
    return table.find("caption")


def rows_of(table: Any) -> list[Any]:
    """The rows of a table itself, those of its foot last."""
    rows: list[Any] = []
    foot: list[Any] = []
    for child in table:
        if is_hidden(child):
            continue
        if child.tag == "tr":
            rows.append(child)
        elif child.tag in ("thead", "tbody", "tfoot"):
            (foot if child.tag == "tfoot" else rows).extend(
                each for each in child if each.tag == "tr" and not is_hidden(each)
            )
    return [*rows, *foot][:ROWS]


def cells_of(row: Any) -> list[Any]:
    """The cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell)]


def sheet_of(rows: list[Any], name: str) -> Sheet | None:
    """The table; None if it holds no text."""
    grid: list[list[Cell]] = []
    spans: list[Span] = []
    # Last row that a joined cell from above fills, by column.
    taken: dict[int, int] = {}
    for number, row in enumerate(rows, 1):
        line: list[Cell] = []
        for cell in cells_of(row):
            while taken.get(len(line) + 1, 0) >= number:
                line.append(_EMPTY)
            left = len(line) + 1
            if left > COLUMNS:
                break
            width = min(_count(cell, "colspan", 1), COLUMNS - left + 1)
            down = _count(cell, "rowspan", len(rows))
            bottom = min(number + down - 1, len(rows))
            line += [Cell(lines_in(cell)), *([_EMPTY] * (width - 1))]
            if bottom > number or width > 1:
                spans.append((left, number, left + width - 1, bottom))
            if bottom > number:
                taken.update(dict.fromkeys(range(left, left + width), bottom))
        grid.append(line)
    if not any(cell.text for line in grid for cell in line):
        return None
    # A colspan that reaches beyond every other row is a slip of the author, not so many columns.
    wide = max(_needed(line) for line in grid)
    wide = max(wide, min(max(map(len, grid)), 2 * wide))
    whole = [line[:wide] + [_EMPTY] * (wide - len(line)) for line in grid]
    spans = [(left, top, min(right, wide), bottom) for left, top, right, bottom in spans if left <= wide]
    return Sheet(name, whole, spans, [f"{name}第{row}行" for row in range(1, len(whole) + 1)])


def _needed(line: list[Cell]) -> int:
    """How far the texts of a row reach."""
    return max((index for index, cell in enumerate(line, 1) if cell.text), default=1)


def _count(cell: Any, name: str, of_zero: int) -> int:
    """A colspan or rowspan; 0 means to the end."""
    text = (cell.get(name) or "").strip()
    number = int(text[:6]) if text[:6].isdigit() else 1
    return number or of_zero
