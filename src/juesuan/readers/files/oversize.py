"""Tables that are too large for final accounts are left out and named; areas of joined cells end where the table ends."""

from __future__ import annotations

from dataclasses import replace

from juesuan.accounts import Notice
from juesuan.errors import JuesuanError
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.limits import CELLS, ROWS, TABLES
from juesuan.readers.files.sheet import Sheet


def within_limits(document: Document) -> Document:
    """The document without its oversized tables, each of which is a notice; thousands of tables are an error."""
    count = len(document.sheets)
    if count > TABLES:
        found = f"有 {count} 张表，超出一份决算的合理大小"
        raise JuesuanError(document.file, found, "请核对是不是选错了文件")
    blocks: list[Passage | Sheet] = []
    told: list[Notice] = []
    for block in document.blocks:
        if not isinstance(block, Sheet):
            blocks.append(block)
            continue
        sheet = _clipped(block)
        if _is_oversized(sheet):
            text = f"这张表有 {sheet.height} 行、{sheet.width} 栏，超出一张决算表的合理大小，未读入"
            told.append(Notice(sheet.name, text))
        else:
            blocks.append(sheet)
    return replace(document, blocks=blocks, notices=[*document.notices, *told])


def _clipped(sheet: Sheet) -> Sheet:
    """Joined areas within the rows and columns that the table has."""
    spans = [
        (left, top, min(right, sheet.width), min(bottom, sheet.height))
        for left, top, right, bottom in sheet.spans
        if 0 < left <= right and 0 < top <= bottom and left <= sheet.width and top <= sheet.height
    ]
    return replace(sheet, spans=spans)


def _is_oversized(sheet: Sheet) -> bool:
    joined = sum((right - left + 1) * (bottom - top + 1) for left, top, right, bottom in sheet.spans)
    # Short rows below a wide one count in full: whoever looks for a column passes all of them.
    return sheet.height >= ROWS or max(sheet.height * sheet.width, joined) > CELLS
