"""Ruling lines into tables: which lines belong together, and the cells that they leave between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from juesuan.readers.files.limits import COLUMNS
from juesuan.readers.files.pdf_page import Rule
from juesuan.readers.files.sheet import Span

# Lines closer than this are one line; the two of a double line are.
_NEAR = 3.5
# A wall stands between two cells if it covers this part of their common side.
_COVERS = 0.6


@dataclass(frozen=True)
class Grid:
    """A ruled table: `xs` and `ys` are its lines, `cells` the boxes in grid steps (left, top, right, bottom from 1)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]

    @property
    def top(self) -> float:
        """Where the table begins."""
        return self.ys[0]

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.ys[-1]

    def contains(self, x: float, y: float) -> bool:
        """Whether a point lies in the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]


def grids(across: Iterable[Rule], down: Iterable[Rule]) -> list[Grid]:
    """The tables that lines make, from the top down. A frame around one cell is no table."""
    h, v = _joined(across), _joined(down)
    found = [_grid([h[i] for i in rows], [v[i] for i in columns]) for rows, columns in _connected(h, v)]
    tables = [g for g in found if g and len(g.cells) > 1 and len(g.xs) <= COLUMNS]
    outer = [g for g in tables if not any(o is not g and _within(g, o) for o in tables)]
    return sorted(outer, key=lambda g: (round(g.top / 10), g.xs[0]))


def _joined(rules: Iterable[Rule]) -> list[Rule]:
    """Pieces of one line as one line; producers draw a border cell by cell."""
    joined: list[Rule] = []
    for group in _near(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        start, end = None, 0.0
        for rule in sorted(group, key=lambda r: r.start):
            if start is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + _NEAR:
                end = max(end, rule.end)
            else:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None:
            joined.append(Rule(at, start, end))
    return [rule for rule in joined if rule.end - rule.start > _NEAR]


def _near(rules: Sequence[Rule]) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= _NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _connected(h: list[Rule], v: list[Rule]) -> list[tuple[list[int], list[int]]]:
    """Lines that meet, directly or through others."""
    owner = list(range(len(h) + len(v)))

    def root(i: int) -> int:
        while owner[i] != i:
            owner[i] = owner[owner[i]]
            i = owner[i]
        return i

    for i, a in enumerate(h):
        for j, b in enumerate(v, len(h)):
            if (
                a.start - _NEAR <= b.at <= a.end + _NEAR
                and b.start - _NEAR <= a.at <= b.end + _NEAR
                and root(i) != root(j)
            ):
                owner[root(j)] = root(i)
    groups: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(len(owner)):
        rows, columns = groups.setdefault(root(i), ([], []))
        (rows if i < len(h) else columns).append(i if i < len(h) else i - len(h))
    return [group for group in groups.values() if group[0] and group[1]]


def _grid(h: list[Rule], v: list[Rule]) -> Grid | None:
    # The ends of the lines count too: a table may lack its outer frame.
    xs = _positions([r.at for r in v], min(r.start for r in h), max(r.end for r in h))
    ys = _positions([r.at for r in h], min(r.start for r in v), max(r.end for r in v))
    wide, high = len(xs) - 1, len(ys) - 1
    if wide < 1 or high < 1:
        return None
    right = _walls(v, xs, ys)
    below = _walls(h, ys, xs)
    owner: dict[tuple[int, int], int] = {}
    cells: list[Span] = []
    for row in range(high):
        for column in range(wide):
            if (row, column) not in owner:
                area = _area(row, column, right, below, wide, high)
                for left, top, end, bottom in _boxes(area):
                    owner.update(
                        ((r, c), len(cells)) for r in range(top, bottom + 1) for c in range(left, end + 1)
                    )
                    cells.append((left + 1, top + 1, end + 1, bottom + 1))
    return Grid(tuple(xs), tuple(ys), tuple(cells))


def _positions(lines: list[float], low: float, high: float) -> list[float]:
    places: list[float] = []
    for at in sorted(lines):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    if low < places[0] - 2 * _NEAR:
        places.insert(0, low)
    if high > places[-1] + 2 * _NEAR:
        places.append(high)
    return places


def _walls(rules: list[Rule], places: list[float], sides: list[float]) -> list[list[bool]]:
    """For each place of a line and each step along it: whether there is a line."""
    walls = [[False] * (len(sides) - 1) for _ in places]
    for rule in rules:
        line = min(range(len(places)), key=lambda i: abs(places[i] - rule.at))
        for step, (start, end) in enumerate(zip(sides, sides[1:], strict=False)):
            if min(end, rule.end) - max(start, rule.start) >= _COVERS * (end - start):
                walls[line][step] = True
    return walls


def _area(
    row: int, column: int, right: list[list[bool]], below: list[list[bool]], wide: int, high: int
) -> set[tuple[int, int]]:
    """The grid steps that no wall parts from the one at `row`, `column`."""
    area, todo = {(row, column)}, [(row, column)]
    while todo:
        r, c = todo.pop()
        for to, wall in (
            ((r, c + 1), c + 1 >= wide or right[c + 1][r]),
            ((r, c - 1), c == 0 or right[c][r]),
            ((r + 1, c), r + 1 >= high or below[r + 1][c]),
            ((r - 1, c), r == 0 or below[r][c]),
        ):
            if not wall and to not in area:
                area.add(to)
                todo.append(to)
    return area


def _boxes(area: set[tuple[int, int]]) -> list[Span]:
    """The area as one box; an angular one (a line is missing) row by row."""
    rows, columns = {r for r, _ in area}, {c for _, c in area}
    if len(area) == (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1):
        return [(min(columns), min(rows), max(columns), max(rows))]
    boxes: list[Span] = []
    for r, c in sorted(area):
        if boxes and boxes[-1][1] == r and boxes[-1][2] == c - 1:
            boxes[-1] = (boxes[-1][0], r, c, r)
        else:
            boxes.append((c, r, c, r))
    return boxes


def _within(inner: Grid, outer: Grid) -> bool:
    return outer.contains(inner.xs[0], inner.ys[0]) and outer.contains(inner.xs[-1], inner.ys[-1])
