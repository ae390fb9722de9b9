"""Characters into lines of text: by baseline, then from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from juesuan.readers.files.pdf_page import Glyph

# A raised or lowered character belongs to the line if its baseline is off by less than this part of its height.
_RAISED = 0.45
# White space that parts two Latin words or numbers, and two columns of Chinese text, in character heights.
_WORD, _COLUMN = 0.3, 1.0
_NARROW = re.compile(r"[!-~]")


@dataclass(frozen=True)
class Line:
    """One line of text; `first` is the width of what could not be parted from its beginning, `columns` the number
    of pieces that wide white space parts."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    first: float = 0.0
    columns: int = 1
    page: int = 0


def lines_of(glyphs: Iterable[Glyph], page: int = 0) -> list[Line]:
    """The lines that the characters form, from the top down."""
    lines = []
    for row in _rows([g for g in glyphs if not g.turned]):
        if line := _line(row, page):
            lines.append(line)
    return lines


def turned_text(glyphs: Sequence[Glyph]) -> str:
    """Characters that stand on their side in the order in which the file draws them."""
    return "".join(g.text for g in glyphs if g.turned).strip()


def _rows(glyphs: list[Glyph]) -> list[list[Glyph]]:
    rows: list[list[Glyph]] = []
    base = size = 0.0
    for glyph in sorted(glyphs, key=lambda g: g.base):
        if rows and glyph.base - base <= _RAISED * max(size, glyph.size, 1.0):
            rows[-1].append(glyph)
            # The largest characters say where the line is.
            if glyph.size > size and not glyph.text.isspace():
                base, size = glyph.base, glyph.size
        else:
            rows.append([glyph])
            base, size = glyph.base, glyph.size
    return rows


def _line(row: list[Glyph], page: int) -> Line | None:
    glyphs = _without_doubles(sorted(row, key=lambda g: (g.x0, g.x1)))
    shown = [g for g in glyphs if not g.text.isspace()]
    if not shown:
        return None
    glyphs = glyphs[glyphs.index(shown[0]) : len(glyphs) - glyphs[::-1].index(shown[-1])]
    text, columns = glyphs[0].text, 1
    for before, glyph in pairwise(glyphs):
        gap = glyph.x0 - before.x1
        wide = gap > _COLUMN * max(before.size, glyph.size)
        columns += wide
        if wide:
            text += "  "
        elif gap > _WORD * glyph.size and _is_narrow(before) and _is_narrow(glyph):
            text += " "
        text += glyph.text
    # Blanks between columns count as white space too.
    columns = max(columns, len(re.split(r"[ \u3000]{2,}", text.strip())))
    sizes = sorted(g.size for g in shown)
    bases = sorted(g.base for g in shown)
    return Line(
        re.sub(r"\s", " ", text).strip(),
        shown[0].x0,
        max(g.x1 for g in shown),
        bases[len(bases) // 2],
        sizes[len(sizes) // 2],
        _first_width(shown),
        columns,
        page,
    )


def _is_narrow(glyph: Glyph) -> bool:
    return bool(_NARROW.match(glyph.text))


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """Bold is sometimes faked by printing a character twice, a hair apart."""
    kept: list[Glyph] = []
    for glyph in row:
        twice = any(
            other.text == glyph.text and glyph.x0 - other.x0 < 0.15 * max(glyph.x1 - glyph.x0, 0.1)
            for other in kept[-2:]
        )
        if not twice or glyph.text.isspace():
            kept.append(glyph)
    return kept


def _first_width(shown: list[Glyph]) -> float:
    """A number or word is never broken, a full stop never begins a line and a bracket never ends one."""
    end = 0
    while end + 1 < len(shown) and shown[end].text in "（《“(「『":
        end += 1
    while end + 1 < len(shown) and _is_narrow(shown[end]) and _is_narrow(shown[end + 1]):
        if shown[end + 1].x0 - shown[end].x1 > _WORD * shown[end].size:
            break
        end += 1
    while end + 1 < len(shown) and shown[end + 1].text in "，。；：、！？）》”%％,.;:)":
        end += 1
    return shown[end].x1 - shown[0].x0
