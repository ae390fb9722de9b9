"""Lines of text on pages into paragraphs: what was wrapped is joined, titles and headings stand alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from juesuan.readers.files.document import Passage
from juesuan.readers.files.pdf_lines import Line

# Headers and page numbers stand in this part of the page, at the top and at the bottom.
_EDGE = 0.09
_PAGE_NUMBER = re.compile(
    r"[-—–－―·.~ ]*(?:第\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:页)?\s*(?:[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－―·.~ ]*",
    re.I,
)
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十]+(?:部分|章|节|条)|[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|\d{1,2}[、.．)）](?!\d)|[①-⑳]|[注附](?:[:：]|件|表)|图\s*\d"
)
_PART = re.compile(r"第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、")
_ENDS = re.compile(r"[。！？；：.!?;:][”’）)」』]*$")
_LEADERS = re.compile(r"[.·…．。_\-]{4,}\s*\d*$")
# How much room may be left at the end of a full line, and how far in a paragraph begins, in character heights.
_SLACK, _INDENT = 0.7, 1.2
_WIDER_GAP = 1.5
_LEADING = 2.4
# The text of a page reaches at least this part of its width.
_SHORT = 0.75
# Part of the width that may stay free at the end of a line in mid-sentence.
_GAP = 0.1


@dataclass(frozen=True)
class Frame:
    """Where the text of a page stands: its margins, the usual distance of two lines and height of a character."""

    left: float
    right: float
    leading: float
    size: float


def without_edges(lines: Sequence[Line], heights: dict[int, float]) -> list[Line]:
    """Leave out page numbers, and the headers and footers that at least three pages share."""
    at_edge = [line for line in lines if _at_edge(line, heights[line.page])]
    shared = Counter(_same(line) for line in at_edge)
    dropped = {
        id(line)
        for line in at_edge
        if _PAGE_NUMBER.fullmatch(line.text)
        # A table says its unit again on each page.
        or (shared[_same(line)] > 2 and not re.search(r"单位|表$|续表|金额", line.text))
    }
    return [line for line in lines if id(line) not in dropped]


def _at_edge(line: Line, height: float) -> bool:
    return line.base - line.size / 2 < _EDGE * height or line.base - line.size / 2 > (1 - _EDGE) * height


def _same(line: Line) -> tuple[str, int]:
    return re.sub(r"[\d\s]+", "#", line.text), round(line.base / 4)


def frames(lines: Iterable[Line], widths: dict[int, float]) -> dict[int, Frame]:
    """The frame of each page; a page of few lines has that of the pages of its format."""
    by_page: dict[int, list[Line]] = {}
    by_width: dict[int, list[Line]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
        by_width.setdefault(round(widths[line.page]), []).append(line)
    return {
        page: _frame(mine if len(mine) >= 10 else by_width[round(widths[page])], widths[page])
        for page, mine in by_page.items()
    }


def _frame(lines: Sequence[Line], width: float) -> Frame:
    gaps = sorted(
        b.base - a.base for a, b in pairwise(lines) if a.page == b.page and b.base - a.base > 0.9 * b.size
    )
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    part = len(lines) // 20
    sizes = sorted(line.size for line in lines)
    leading = gaps[len(gaps) // 4] if gaps else 0.0
    left, right = lefts[part], rights[-1 - part]
    # Where every line is short, as in a table of contents, no line shows where the margin is.
    right = right if right > _SHORT * width else max(right, width - left)
    return Frame(left, right, leading, sizes[len(sizes) // 2])


def paragraphs(lines: Sequence[Line], framing: dict[int, Frame]) -> list[Passage]:
    """The paragraphs of text that no table interrupts; each cites the page on which it begins."""
    found: list[Passage] = []
    last: Line | None = None
    for line in lines:
        if last is not None and _goes_on(last, line, framing):
            found[-1] = replace(found[-1], text=_glued(found[-1].text, line.text))
        else:
            found.append(Passage(line.text, f"第{line.page}页"))
        last = line
    return found


def _glued(text: str, more: str) -> str:
    between = (
        " "
        if text[-1:].isascii() and text[-1:].isalpha() and more[:1].isascii() and more[:1].isalpha()
        else ""
    )
    return text + between + more


def _goes_on(last: Line, line: Line, framing: dict[int, Frame]) -> bool:
    """Whether `line` continues the paragraph of `last`."""
    before, here = framing[last.page], framing[line.page]
    if max(last.columns, line.columns) > 2 or _LEADERS.search(last.text) or _LEADERS.search(line.text):
        return False
    if abs(last.size - line.size) > 0.12 * last.size or _is_apart(last, line, here):
        return False
    if _PART.match(line.text):
        return False
    ended, numbered = bool(_ENDS.search(last.text)), bool(_NUMBERED.match(line.text))
    indented = line.x0 - here.left > _INDENT * line.size
    room = before.right - last.x1
    if _is_centred(line, here) and _is_centred(last, before):
        room += last.x0 - before.left
    elif _is_centred(last, before) or _starts_late(last, before):
        return False
    elif not (ended or indented or numbered or _is_heading(last)):
        # Mid-sentence at the left margin: some programs leave wide gaps before numbers they will not break.
        room -= _GAP * (before.right - before.left)
    # What begins the line would have fitted on the one above, so the break is meant.
    if room > line.first + _SLACK * line.size:
        return False
    if indented:
        # A title goes on in the middle of the page, after a heading a paragraph begins.
        return not (ended or numbered or (_is_heading(last) and not _is_centred(line, here)))
    return not (ended and numbered)


def _is_apart(last: Line, line: Line, frame: Frame) -> bool:
    """Whether white space stands between the two, more than their height asks for."""
    usual = min(frame.leading * max(1.0, line.size / frame.size), _LEADING * line.size)
    return last.page == line.page and 0 < _WIDER_GAP * usual < line.base - last.base


def _is_heading(line: Line) -> bool:
    return bool(_NUMBERED.match(line.text)) and not re.search(r"[，。；：]", line.text)


def _is_centred(line: Line, frame: Frame) -> bool:
    left, right = line.x0 - frame.left, frame.right - line.x1
    if 1.5 * line.size < left < 2.5 * line.size < 2.75 * frame.size:
        return False  # The first line of a paragraph begins two characters in.
    return min(left, right) > line.size and abs(left - right) < 1.5 * line.size


def _starts_late(line: Line, frame: Frame) -> bool:
    """A unit or a date stands at the right margin and is a line of its own."""
    return line.x0 - frame.left > 0.35 * (frame.right - frame.left)
