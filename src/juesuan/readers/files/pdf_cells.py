"""The characters of a page into the cells of a ruled table."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from juesuan.quantity import Quantity
from juesuan.readers.files.pdf_grid import Grid
from juesuan.readers.files.pdf_lines import Line, lines_of, turned_text
from juesuan.readers.files.pdf_page import Glyph
from juesuan.readers.files.sheet import Cell, Sheet, Span

# Half the height of a character above its baseline; more than this part of a number beyond the border is in doubt.
_MIDDLE = 0.35
_OVERHANG = 0.4


def sheet_of(grid: Grid, glyphs: Sequence[Glyph], name: str) -> Sheet | None:
    """The table as it stands; None if it holds no text or all its text is in one cell (a frame)."""
    owner = {
        (row, column): index
        for index, (left, top, right, bottom) in enumerate(grid.cells)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    }
    held: dict[int, list[Glyph]] = defaultdict(list)
    for run in _runs(glyphs, grid.xs):
        for glyph, cell in zip(run, _cells(run, grid, owner), strict=True):
            held[cell].append(glyph)
    lines = {cell: lines_of(inside) for cell, inside in held.items()}
    turned = {cell: turned_text(inside) for cell, inside in held.items()}
    if sum(bool(lines[cell] or turned[cell]) for cell in held) < 2:
        return None
    rows = [[Cell()] * (len(grid.xs) - 1) for _ in range(len(grid.ys) - 1)]
    for cell in held:
        left, top, _, _ = grid.cells[cell]
        text = "\n".join([*(line.text for line in lines[cell]), turned[cell]]).strip()
        rows[top - 1][left - 1] = Cell(text)
    spans = [
        (left, top, right, bottom)
        for left, top, right, bottom in grid.cells
        if (left, top) != (right, bottom)
    ]
    rows, spans = _split({grid.cells[cell]: lines[cell] for cell in lines}, rows, spans)
    return Sheet(name, rows, spans, [f"{name}第{row}行" for row in range(1, len(rows) + 1)])


def _runs(glyphs: Sequence[Glyph], xs: Sequence[float]) -> list[list[Glyph]]:
    """Characters drawn one after the other without a gap: a word or number, which stands in one cell."""
    runs: list[list[Glyph]] = []
    usual = 0.0
    for glyph in glyphs:
        last = runs[-1][-1] if runs else None
        gap = glyph.x0 - last.x1 if last is not None else 0.0
        if (
            last is not None
            and not glyph.turned
            and not last.text.isspace()
            and abs(gap) <= 0.1 * glyph.size
            and abs(glyph.base - last.base) <= 0.1 * glyph.size
            # Two numbers may touch at a border; inside one number every gap is the same.
            and (abs(gap - usual) <= 0.03 * glyph.size or not _is_border(last, glyph, xs))
        ):
            runs[-1].append(glyph)
            usual = gap
        else:
            runs.append([glyph])
            usual = 0.0
    return runs


def _is_border(last: Glyph, glyph: Glyph, xs: Sequence[float]) -> bool:
    reach = 0.06 * glyph.size
    return bisect_right(xs, last.x1 - reach) < bisect_right(xs, glyph.x0 + reach)


def _cells(run: list[Glyph], grid: Grid, owner: dict[tuple[int, int], int]) -> list[int]:
    """The cell of each character; a number that sticks out over the border stays whole in its own cell."""
    cells = [
        owner[
            _step(grid.ys, g.base if g.turned else g.base - _MIDDLE * g.size),
            _step(grid.xs, (g.x0 + g.x1) / 2),
        ]
        for g in run
    ]
    most = max(set(cells), key=cells.count)
    beyond = len(cells) - cells.count(most)
    return [most] * len(cells) if beyond <= _OVERHANG * len(cells) else cells


def _step(places: Sequence[float], at: float) -> int:
    return min(max(bisect_right(places, at), 1), len(places) - 1)


def _split(
    lines: dict[Span, list[Line]], rows: list[list[Cell]], spans: list[Span]
) -> tuple[list[list[Cell]], list[Span]]:
    """Part the rows of a table that is ruled between its columns only: one box there holds a column of numbers."""
    result: list[list[Cell]] = []
    moved: dict[int, tuple[int, int]] = {}
    for index, row in enumerate(rows, 1):
        here = {span: found for span, found in lines.items() if span[1] == span[3] == index}
        bases = _bases(list(here.values()))
        first = len(result) + 1
        if len(bases) < 2:
            result.append(row)
        else:
            for number, base in enumerate(bases):
                below = bases[number + 1] if number + 1 < len(bases) else None
                result.append(_part(row, here, base if number else None, below))
        moved[index] = (first, len(result))
    parted = {index for index, (first, last) in moved.items() if first != last}
    kept = [
        (left, moved[top][0], right, moved[bottom][1])
        for left, top, right, bottom in spans
        if top not in parted
    ]
    return result, kept


def _bases(cells: list[list[Line]]) -> list[float]:
    """The baselines of the rows in a box row where two columns or more hold several numbers each."""
    numbers = [found for found in cells if len(found) > 1 and all(_is_number(line.text) for line in found)]
    if len(numbers) < 2:
        return []
    bases: list[float] = []
    for line in sorted((line for found in numbers for line in found), key=lambda each: each.base):
        if not bases or line.base - bases[-1] > 0.6 * line.size:
            bases.append(line.base)
    return bases


def _part(
    row: list[Cell], here: dict[Span, list[Line]], base: float | None, below: float | None
) -> list[Cell]:
    # What spans several box rows stays in the first part.
    part = list(row) if base is None else [Cell()] * len(row)
    for (left, _, _, _), found in here.items():
        inside = [
            line.text
            for line in found
            if (base is None or line.base > base - 0.4 * line.size)
            and (below is None or line.base <= below - 0.4 * line.size)
        ]
        part[left - 1] = Cell("\n".join(inside))
    return part


def _is_number(text: str) -> bool:
    return Quantity.parse(text).is_number
