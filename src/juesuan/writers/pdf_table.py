"""A public table drawn with ruling lines: merged heads, wrapped names, as many pages as it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from juesuan.accounts.grid import Grid
from juesuan.accounts.heading import Cell
from juesuan.writers.blocks import shown
from juesuan.writers.measure import fitted

_PAD, _SIZES = 3, (9, 8.5, 8, 7.5, 7, 6.5, 6, 5.5, 5)
# The width of a digit of the font in type of size 1.
_DIGIT = 0.56
_PLACES = {"head": 0.5, "number": 1.0, "code": 0.5, "line": 0.5}
Row = list[tuple[int, Cell]]


@dataclass
class Drawn:
    """Where the table stands: the paper, its left edge, the top of the first row, the end of the page."""

    paper: Any
    left: float
    top: float
    bottom: float


def draw(place: Drawn, grid: Grid, next_page: Callable[[], None], top: float, repeat_heads: bool) -> float:
    """Draw `grid`; return where its last row ends. `top` is where it goes on after `next_page`."""
    room = place.paper.w - 2 * place.left
    size, widths = fitted(grid, room, _SIZES, _DIGIT)
    rows = [
        [(column, cell) for _, column, cell in placed]
        for _, placed in groupby(grid.placed(), key=lambda at: at[0])
    ]
    head, body = rows[: len(grid.head)], rows[len(grid.head) :]
    pen = _Pen(place.paper, place.left, widths, size)
    y = pen.rows(head, place.top)
    for row in body:
        if y + pen.height(row) > place.bottom:
            next_page()
            y = pen.rows(head, top) if repeat_heads else top
        y = pen.rows([row], y)
    return y


@dataclass
class _Pen:
    paper: Any
    left: float
    widths: list[float]
    size: float

    def rows(self, rows: list[Row], y: float) -> float:
        """Draw rows that stand together (cells may reach down from one into the next); return where they end."""
        heights = [self.height(row) for row in rows]
        self.paper.set_line_width(0.5)
        for i, row in enumerate(rows):
            for column, cell in row:
                # What a head cell needs beyond one row, the rows below it give.
                self._cell(cell, column, y + sum(heights[:i]), sum(heights[i : i + cell.rows]))
        return y + sum(heights)

    def height(self, row: Row) -> float:
        """The height of one row."""
        lines = max((len(self._lines(cell, column)) / cell.rows for column, cell in row), default=1)
        return max(lines, 1) * self.size * 1.25 + 2 * _PAD

    def _width(self, cell: Cell, column: int) -> float:
        return sum(self.widths[column : column + cell.columns])

    def _lines(self, cell: Cell, column: int) -> list[str]:
        room, text = self._width(cell, column) - 2 * _PAD, shown(cell)
        self.paper.set_font("song", size=self.size)
        if self.paper.get_string_width(text) <= room or cell.kind == "number":
            return [text]
        lines, left = [""], room
        for character in text:
            width = self.paper.get_string_width(character)
            if lines[-1] and width > left:
                lines.append("")
                left = room
            lines[-1] += character
            left -= width
        return lines

    def _cell(self, cell: Cell, column: int, y: float, height: float) -> None:
        x, width = self.left + sum(self.widths[:column]), self._width(cell, column)
        self.paper.rect(x, y, width, height)
        lines, step = self._lines(cell, column), self.size * 1.25
        first = y + (height - step * len(lines)) / 2 + self.size
        for i, text in enumerate(lines):
            room = width - 2 * _PAD - self.paper.get_string_width(text)
            self.paper.text(x + _PAD + room * _PLACES.get(cell.kind, 0), first + i * step, text)
