"""A PDF into tables and paragraphs: ruled tables cell by cell, the text around them in reading order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from juesuan.accounts import Notice
from juesuan.errors import JuesuanError
from juesuan.extras import library
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.libraries import parsing
from juesuan.readers.files.limits import PAGES
from juesuan.readers.files.pdf_cells import sheet_of
from juesuan.readers.files.pdf_grid import Grid, grids
from juesuan.readers.files.pdf_lines import Line, lines_of
from juesuan.readers.files.pdf_page import PageContent, page_content
from juesuan.readers.files.pdf_streams import bound_fonts, check_streams, is_too_large, is_whole
from juesuan.readers.files.pdf_text import frames, paragraphs, without_edges
from juesuan.readers.files.sheet import Sheet

_SCAN = "这一页没有文字层，是扫描图，未读入"
# An image on this part of a page, with no text on it, may be a table.
_LARGE = 0.15
_NUMBER = re.compile(r"(?<!\S)-?[\d,]+(?:\.\d+)?%?(?!\S)")


@dataclass
class _Read:
    """What the pages gave so far."""

    blocks: list[Line | Sheet] = field(default_factory=list)
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    pages: int = 0
    scanned: int = 0
    broken: int = 0


def read_pdf(path: Path) -> Document:
    """All pages of a PDF; a page that cannot be read is a notice, a file without any text an error."""
    pdfplumber, pdfpage = library("pdfplumber", path), library("pdfminer.pdfpage", path)
    read = _Read()
    bound_fonts(library("pdfminer.pdffont", path), library("pdfminer.cmapdb", path))
    check_streams(path)
    with parsing(path) as losses:
        with _opened(pdfplumber, path) as pdf:
            # Page by page: pdfplumber's own list fails as a whole if one page has no size.
            for source in pdfpage.PDFPage.create_pages(pdf.doc):
                read.pages += 1
                if read.pages > PAGES:
                    found = f"超过 {PAGES} 页，超出一份决算的合理大小"
                    raise JuesuanError(path.name, found, "请核对是不是选错了文件")
                before = losses.count
                whole = _read_page(
                    source, partial(pdfplumber.page.Page, pdf, source, read.pages), read, path.name
                )
                if not whole or losses.count > before:
                    text = "这一页的数据有损坏，可能没有读全，请核对原文"
                    read.notices.append(Notice(f"{path.name} 第{read.pages}页", text))
        blocks = list(_blocks(read))
    if read.broken == read.pages:
        raise JuesuanError(path.name, "文件已损坏或不完整，没有一页能读", "请重新下载这个 pdf 文件")
    if not blocks:
        found = "全文没有文字层，是扫描图" if read.scanned else "没有读出文字"
        raise JuesuanError(path.name, found, "请先做文字识别（OCR），或向发布单位索取可复制文字的文件")
    return Document(path.name, blocks, read.notices)


def _opened(pdfplumber: Any, path: Path) -> Any:
    try:
        return pdfplumber.open(path)
    except Exception as error:
        causes = f"{error!r} {getattr(error, 'args', '')!r}"
        if "Password" in causes or "Encryption" in causes:
            raise JuesuanError(path.name, "文件有打开密码", "请去掉密码，另存后再试") from error
        raise


def _read_page(source: Any, opened: Callable[[], Any], read: _Read, file: str) -> bool:
    """Add what stands on a page; False where part of its data is lost."""
    number = read.pages
    place = f"{file} 第{number}页"
    try:
        if is_too_large(source):
            read.notices.append(Notice(place, "这一页的内容过大，超出一份决算的合理大小，未读入"))
            return True
        whole = is_whole(source)
        page = opened()
        content = page_content(page.layout)
        page.close()
        blocks = _page_blocks(content, number)
    # One page in a thousand is broken; the others are still good.
    except Exception:
        read.broken += 1
        read.notices.append(Notice(place, "这一页损坏，未读入"))
        return True
    read.widths[number], read.heights[number] = content.width, content.height
    read.blocks += blocks
    shown = [g for g in content.glyphs if not g.text.isspace()]
    if not shown and content.images:
        read.scanned += 1
        read.notices.append(Notice(place, _SCAN))
    elif sum(g.text.startswith("(cid:") for g in shown) > len(shown) / 5:
        read.notices.append(Notice(place, "这一页的字体没有文字编码，读出的字不可靠，请先做文字识别（OCR）"))
    elif _has_silent_image(content):
        read.notices.append(Notice(place, "这一页有图片，图片里的文字和数字未读入"))
    lines = [block for block in blocks if isinstance(block, Line)]
    if sum(line.columns > 2 and len(_NUMBER.findall(line.text)) > 1 for line in lines) > 2:
        read.notices.append(Notice(place, "这一页像是没有框线的表，只按文字逐行读入，未作表格读入"))
    return whole


def _page_blocks(content: PageContent, number: int) -> list[Line | Sheet]:
    found = grids(content.across, content.down) or grids(
        [*content.across, *content.shaded_across], [*content.down, *content.shaded_down]
    )
    inside: list[list[Any]] = [[] for _ in found]
    outside = []
    for glyph in content.glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.base - 0.35 * glyph.size
        for index, grid in enumerate(found):
            if grid.contains(x, y):
                inside[index].append(glyph)
                break
        else:
            outside.append(glyph)
    sheets: list[tuple[Grid, Sheet]] = []
    for grid, glyphs in zip(found, inside, strict=True):
        sheet = sheet_of(grid, glyphs, f"第{number}页表{len(sheets) + 1}")
        if sheet is None:
            # A frame around text, or a chart.
            outside += glyphs
        else:
            sheets.append((grid, sheet))
    blocks: list[Line | Sheet] = []
    for line in lines_of(outside, number):
        while sheets and sheets[0][0].top < line.base - line.size / 2:
            blocks.append(sheets.pop(0)[1])
        blocks.append(line)
    return [*blocks, *(sheet for _, sheet in sheets)]


def _has_silent_image(content: PageContent) -> bool:
    """A large image with no character on it; a background has text on it, a logo is small."""
    for x0, top, x1, bottom in content.images:
        large = (x1 - x0) * (bottom - top) > _LARGE * content.width * content.height
        if large and not any(x0 < g.x0 < x1 and top < g.base < bottom for g in content.glyphs):
            return True
    return False


def _blocks(read: _Read) -> Iterator[Passage | Sheet]:
    lines = without_edges([block for block in read.blocks if isinstance(block, Line)], read.heights)
    kept = {id(line) for line in lines}
    framing = frames(lines, read.widths)
    together: list[Line] = []
    for block in read.blocks:
        if isinstance(block, Sheet):
            yield from paragraphs(together, framing)
            yield block
            together = []
        elif id(block) in kept:
            together.append(block)
    yield from paragraphs(together, framing)
