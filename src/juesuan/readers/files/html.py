"""A web page into tables and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import library
from juesuan.readers.files.decode import decoded
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.html_tables import caption_of, cells_of, rows_of, sheet_of
from juesuan.readers.files.html_text import BLOCKS, is_hidden, tidy
from juesuan.readers.files.libraries import parsing
from juesuan.readers.files.limits import TAGS
from juesuan.readers.files.sheet import Sheet

_CHARSET = re.compile(
    rb"""(?:charset\s*=\s*|<\?xml[^>]{0,80}encoding\s*=\s*)["']?\s*([\w-]{2,20})""", re.IGNORECASE
)


@dataclass
class _Reading:
    """Blocks found so far, the text collected since the last one, and the counters of their places."""

    blocks: list[Passage | Sheet] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0

    def flush(self) -> None:
        """End the paragraph."""
        text = tidy("".join(self.pieces))
        self.pieces = []
        if text:
            self.paragraphs += 1
            self.blocks.append(Passage(text, f"第{self.paragraphs}段"))


def read_html(path: Path) -> Document:
    """Paragraphs and tables of a page in order, without scripts and what is hidden."""
    html = library("lxml.html", path)
    data = path.read_bytes()
    declared = _CHARSET.search(data[:4096])
    text = decoded(data, declared[1].decode("ascii") if declared else "")
    if text is None:
        raise JuesuanError(path.name, "不是网页文件，或编码读不出来", "请在浏览器中重新另存为网页（UTF-8）")
    if (tags := text.count("<")) > TAGS:
        found = f"网页里有 {tags} 个标签，超出一份决算的合理大小"
        raise JuesuanError(path.name, found, "请核对是不是选错了文件")
    with parsing(path):
        parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
        root = (
            html.document_fromstring(text.encode("utf-8", "replace"), parser=parser) if text.strip() else None
        )
        reading = _Reading()
        if root is not None:
            _walk(root, reading)
            reading.flush()
    if not reading.blocks:
        raise JuesuanError(
            path.name, "网页里没有文字（正文可能由脚本载入）", "请在浏览器中打开后另存为网页或 PDF"
        )
    return Document(path.name, reading.blocks)


def _walk(element: Any, reading: _Reading) -> None:
    """Go through an element; its tail belongs to the parent."""
    if is_hidden(element):
        return
    if element.tag == "table":
        reading.flush()
        _read_table(element, reading)
        return
    block = element.tag in BLOCKS
    if block:
        reading.flush()
    reading.pieces.append(element.text or "")
    for child in element:
        _walk(child, reading)
        reading.pieces.append(child.tail or "")
    if block:
        reading.flush()


def _read_table(table: Any, reading: _Reading) -> None:
    caption = caption_of(table)
    if caption is not None:
        _walk(caption, reading)
    rows = rows_of(table)
    cells = [cell for row in rows for cell in cells_of(row)]
    # A table that holds tables, or a single cell, only places things on the page.
    if len(cells) < 2 or next(table.iterdescendants("table"), None) is not None:
        for cell in cells:
            _walk(cell, reading)
        return
    sheet = sheet_of(rows, f"表{reading.tables + 1}")
    if sheet is not None:
        reading.tables += 1
        reading.blocks.append(sheet)
