"""What stands on one PDF page: its characters and its ruling lines, upright, in the place where one sees them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

Box = tuple[float, float, float, float]
_Point = Callable[[float, float], tuple[float, float]]
# A ruling line is often a filled rectangle; thicker ones are shading.
_THIN = 3.0
# Shorter strokes are corners and dots.
_SHORT = 0.1


class Glyph(NamedTuple):
    """One character. `base` is its baseline from the top of the page: boxes of two fonts differ, baselines do not.

    `turned` says that it stands on its side compared with most of the page.
    """

    text: str
    x0: float
    x1: float
    base: float
    size: float
    turned: bool = False


class Rule(NamedTuple):
    """A straight line at `at`, from `start` to `end`; across the page or down."""

    at: float
    start: float
    end: float


@dataclass
class PageContent:
    """Everything on a page in reading coordinates: x to the right, y downwards from the top."""

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    # Edges of filled areas: they rule a table only where no lines do.
    shaded_across: list[Rule] = field(default_factory=list)
    shaded_down: list[Rule] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)


def page_content(layout: Any) -> PageContent:
    """Read a page as pdfminer laid it out; a page whose text lies on its side is turned upright."""
    items = list(_leaves(layout))
    letters = [(item, _direction(item)) for item in items if hasattr(item, "matrix") and item.get_text()]
    turns = Counter(turn for item, turn in letters if turn is not None and not item.get_text().isspace())
    turn = turns.most_common(1)[0][0] if turns else 0
    width, height = float(layout.width), float(layout.height)
    point = _upright(turn, width, height)
    page = PageContent(*((height, width) if turn % 180 else (width, height)))
    for item, direction in letters:
        # Text at an angle is a watermark.
        if direction is not None:
            glyph = _glyph(item, point, direction != turn)
            if glyph.x1 >= 0 and glyph.x0 <= page.width and 0 <= glyph.base <= page.height + glyph.size:
                page.glyphs.append(glyph)
    for item in items:
        if hasattr(item, "pts"):
            _rules(item, point, page)
        elif hasattr(item, "stream"):
            page.images.append(_box(item, point))
    return page


def _leaves(container: Any) -> Iterator[Any]:
    stack = [iter(container)]
    while stack:
        for item in stack[-1]:
            if hasattr(item, "_objs"):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _direction(item: Any) -> int | None:
    """Whither a character's line runs: 0 to the right, 90 upwards, 180, 270; None at an angle."""
    a, b, c, d, *_ = item.matrix
    if abs(a) >= 20 * abs(b) and abs(d) >= 5 * abs(c):
        return 0 if a > 0 else 180
    if abs(b) >= 20 * abs(a) and abs(c) >= 5 * abs(d):
        return 90 if b > 0 else 270
    return None


def _upright(turn: int, width: float, height: float) -> _Point:
    """PDF coordinates (from the bottom left) into reading coordinates for text that runs in direction `turn`."""
    if turn == 90:
        return lambda x, y: (y, x)
    if turn == 180:
        return lambda x, y: (width - x, y)
    if turn == 270:
        return lambda x, y: (height - y, width - x)
    return lambda x, y: (x, height - y)


def _glyph(item: Any, point: _Point, turned: bool) -> Glyph:
    (ax, ay), (bx, by) = point(item.x0, item.y0), point(item.x1, item.y1)
    origin = point(item.matrix[4], item.matrix[5])[1]
    size = abs(by - ay)
    return Glyph(
        _text(item.get_text()), min(ax, bx), max(ax, bx), max(ay, by) if turned else origin, size, turned
    )


def _text(text: str) -> str:
    """Some fonts name 工 by its radical (U+2F2F); every other character stays as it is printed."""
    if len(text) == 1 and "\u2e80" <= text <= "\u2fdf":
        return unicodedata.normalize("NFKC", text)
    return text


def _box(item: Any, point: _Point) -> Box:
    (ax, ay), (bx, by) = point(item.x0, item.y0), point(item.x1, item.y1)
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _rules(item: Any, point: _Point, page: PageContent) -> None:
    if not (item.stroke or item.fill):
        return
    x0, top, x1, bottom = _box(item, point)
    if x0 > page.width or x1 < 0 or top > page.height or bottom < 0:
        return
    if bottom - top <= _THIN or x1 - x0 <= _THIN:
        if x1 - x0 >= max(bottom - top, _SHORT):
            page.across.append(Rule((top + bottom) / 2, x0, x1))
        elif bottom - top > _SHORT:
            page.down.append(Rule((x0 + x1) / 2, top, bottom))
        return
    curved = any(step[0] in "cvy" for step in item.original_path or ())
    if curved or (item.stroke and _is_white(item.stroking_color) and not item.fill):
        return
    across, down = (page.across, page.down) if item.stroke else (page.shaded_across, page.shaded_down)
    for (ax, ay), (bx, by) in pairwise([point(*p) for p in item.pts]):
        if abs(ay - by) <= 1 < abs(ax - bx):
            across.append(Rule((ay + by) / 2, min(ax, bx), max(ax, bx)))
        elif abs(ax - bx) <= 1 < abs(ay - by):
            down.append(Rule((ax + bx) / 2, min(ay, by), max(ay, by)))


def _is_white(colour: object) -> bool:
    parts = colour if isinstance(colour, Iterable) else (colour,)
    return all(part == 1 for part in parts)
