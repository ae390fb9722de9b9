"""A publication as a PDF: text in paragraphs, tables with ruling lines, page numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from juesuan.extras import library
from juesuan.writers.blocks import Block, Heading, Papers, Paragraph, Printed, shown
from juesuan.writers.files import replacing
from juesuan.writers.pdf_table import Drawn, draw
from juesuan.writers.typeface import typeface

# Points.
MARGIN, _TOP, _BOTTOM = 62, 70, 64
_BODY, _LEADING = 12, 22
_SIZES = {0: 24, 1: 20, 2: 15, 3: 13, 4: 12}
# A number stays in one piece; a closing mark never opens a line, an opening one never ends it.
_TOKEN = re.compile(r"[（《“]*(?:[A-Za-z0-9.,%\-−]+|.)[，。、；：）》”！？]*")


def write_pdf(papers: Papers, path: Path, *, repeat_heads: bool = True) -> Path:
    """Write `papers` to a PDF; the extra `documents` is needed.

    Without `repeat_heads` the pages on which a table goes on carry no head, as in many published documents.
    """
    library("fpdf", path)
    pages = _Pages(papers, typeface(set(_characters(papers)), path))
    for block in papers.blocks:
        pages.put(block, repeat_heads)
    with replacing(path) as temporary:
        pages.paper.output(str(temporary))
    return path


def _characters(papers: Papers) -> Iterator[str]:
    yield from f"0123456789.,-%　— 公开表注：部门年度单位…{papers.label}{papers.title}"
    for block in papers.blocks:
        if isinstance(block, Printed):
            yield from block.mark + block.title + "".join(block.line) + block.note
            for _, _, cell in block.grid.placed():
                yield from shown(cell)
        else:
            yield from block.text


class _Pages:
    """The pages made so far and the place where the next line goes."""

    def __init__(self, papers: Papers, font: Path) -> None:
        from fpdf import FPDF

        self.label = papers.label
        self.paper: Any = FPDF(unit="pt", format="A4")
        self.paper.set_auto_page_break(False)
        self.paper.add_font("song", fname=str(font))
        self.paper.set_title(papers.title)
        self.paper.set_lang("zh-CN")
        self.y = float("inf")
        self.turned = False

    def page(self, *, wide: bool = False) -> None:
        """Begin a page with its label and number."""
        self.paper.add_page(orientation="L" if wide else "P")
        self.turned = wide
        self.y = _TOP
        # Grey is enough for what stands on every page.
        self.paper.set_text_color(90)
        if self.label:
            self.line(self.label, 9, 40, 1)
        self.line(f"— {self.paper.page_no()} —", 9, self.paper.h - 34, 0.5)
        self.paper.set_text_color(0)

    def line(self, text: str, size: float, y: float, place: float) -> None:
        """One line; `place` 0 is the left margin, 0.5 the middle, 1 the right one."""
        self.paper.set_font("song", size=size)
        room = self.paper.w - 2 * MARGIN - self.paper.get_string_width(text)
        self.paper.text(MARGIN + room * place, y, text)

    def put(self, block: Block, repeat_heads: bool) -> None:
        """One block; a table begins a page of its own."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            if self.label and block.text == self.label:
                self._ensure(_LEADING)
                self.line(block.text, 14, self.y, 0.5)
                self.y += _LEADING
            else:
                self._paragraph(block.text)
        else:
            self._table(block, repeat_heads)

    def _ensure(self, height: float) -> None:
        if not self.paper.page or self.turned or self.y + height > self.paper.h - _BOTTOM:
            self.page()

    def _heading(self, heading: Heading) -> None:
        size = _SIZES.get(heading.level, _BODY)
        if heading.level <= 1:
            self.page()
            self.y += 180 if heading.level == 0 else 20
        else:
            self._ensure(size * 2 + _LEADING)
            self.y += size * 0.6
        for line in self._broken(heading.text, size, self.paper.w - 2 * MARGIN):
            self.line(line, size, self.y, 0.5 if heading.level <= 1 else 0)
            self.y += size * 1.7

    def _paragraph(self, text: str) -> None:
        indent = 2 * _BODY
        for i, line in enumerate(self._broken(text, _BODY, self.paper.w - 2 * MARGIN, indent)):
            self._ensure(_LEADING)
            self.paper.set_font("song", size=_BODY)
            self.paper.text(MARGIN + (0 if i else indent), self.y, line)
            self.y += _LEADING

    def _broken(self, text: str, size: float, room: float, indent: float = 0) -> list[str]:
        """`text` in lines that fit; the first is indented."""
        self.paper.set_font("song", size=size)
        lines, left = [""], room - indent
        for token in _TOKEN.findall(text):
            width = self.paper.get_string_width(token)
            if lines[-1] and width > left:
                lines.append("")
                left = room
            lines[-1] += token
            left -= width
        return lines

    def _table(self, table: Printed, repeat_heads: bool) -> None:
        self.page(wide=table.is_wide)
        self.line(table.mark, 9, self.y, 1)
        self.line(table.title, 15, self.y + 24, 0.5)
        department, year, unit = table.line
        self.line(department, 9, self.y + 48, 0)
        self.line(unit, 9, self.y + 48, 1)
        taken = [self.paper.get_string_width(text) for text in (department, year, unit)]
        room = self.paper.w - 2 * MARGIN
        # The year stands in the middle, or between its neighbours where a long name reaches beyond.
        middle = (room - taken[1]) / 2
        if middle < taken[0] + 9:
            middle = (taken[0] + room - taken[2] - taken[1]) / 2
        self.paper.text(MARGIN + middle, self.y + 48, year)
        drawn = Drawn(self.paper, MARGIN, self.y + 54, self.paper.h - _BOTTOM)
        self.y = draw(drawn, table.grid, lambda: self.page(wide=table.is_wide), _TOP, repeat_heads)
        if table.note:
            for line in self._broken(f"注：{table.note}", 9, self.paper.w - 2 * MARGIN):
                self.y += 14
                self.line(line, 9, self.y, 0)
        # The text goes on below a small table only where there is room for some of it.
        self.y = self.y + 2 * _LEADING if not table.is_wide else float("inf")
