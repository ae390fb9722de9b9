"""How wide the columns of a printed table should be, judged by the length of what stands in them."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.accounts.grid import Grid
from juesuan.writers.blocks import shown

# In half-widths of a character: a name may be broken, a number may not.
_NAME, _HEAD, _LEAST, _NARROW = 30, 8, 4, 14


def halves(text: str) -> int:
    """The length of a line in half-widths: a Chinese character is two, a digit one."""
    return sum(1 if ord(c) < 0x2E80 else 2 for c in text)


def wants(grid: Grid) -> list[int]:
    """What each column would like to have, in half-widths, with a little room at the sides."""
    wide = [_LEAST] * grid.width
    for _, column, cell in grid.placed():
        if cell.columns > 1:
            continue
        need = halves(shown(cell))
        # A head is broken over lines, but not into single characters.
        limit = {"head": min(need, _HEAD), "label": min(need, _NAME)}.get(cell.kind, need)
        wide[column] = max(wide[column], limit)
    return [w + 2 for w in wide]


def fitted(grid: Grid, room: float, sizes: Sequence[float], half: float) -> tuple[float, list[float]]:
    """The largest of `sizes` in which every figure stays on one line, and the widths of the columns in it.

    `half` is the width of a digit in type of size 1. The columns fill `room`; what is left over or missing
    falls to the columns of names first, for a name may be broken.
    """
    wide, firm = wants(grid), _firm(grid)
    for size in sizes:
        needs = [w * half * size for w in wide]
        names = [column for column in range(grid.width) if column not in firm]
        rest = room - sum(needs[column] for column in firm)
        if rest >= sum(min(needs[column], _NARROW * half * size) for column in names):
            break
    wanted = sum(needs[column] for column in names)
    if not names or rest > wanted:
        return size, [room * need / sum(needs) for need in needs]
    return size, [need if column in firm else rest * need / wanted for column, need in enumerate(needs)]


def _firm(grid: Grid) -> set[int]:
    """The columns of figures, codes and line numbers."""
    return {column for _, column, cell in grid.placed() if cell.kind in ("number", "code", "line")}
