"""A Word document (docx) into tables and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juesuan.accounts import Notice
from juesuan.errors import JuesuanError
from juesuan.extras import library
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.kind import OLE
from juesuan.readers.files.libraries import parsing
from juesuan.readers.files.limits import COLUMNS, ROWS, check_archive
from juesuan.readers.files.sheet import Cell, Sheet, Span
from juesuan.readers.files.word_numbers import Numbers, W
from juesuan.readers.files.word_text import blocks_of, boxes_of, children_of, has_large_image, text_of

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass
class _Reading:
    """Blocks found so far and the counters of their places."""

    file: str
    numbers: Numbers
    blocks: list[Passage | Sheet] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0


def read_word(path: Path) -> Document:
    """Paragraphs and tables of a docx in the order in which they stand; a doc file is a clear error."""
    _check_kind(path)
    docx = library("docx", path)
    check_archive(path)
    with parsing(path):
        document = docx.Document(str(path))
        parts = {relation.reltype.rpartition("/")[2]: relation for relation in document.part.rels.values()}
        numbering, styles = (
            parts[name].target_part.element if name in parts else None for name in ("numbering", "styles")
        )
        reading = _Reading(path.name, Numbers(numbering, styles))
        _read(document.element.body, reading)
    if not reading.blocks:
        found = "里面没有文字，只有图片" if reading.notices else "里面没有文字"
        raise JuesuanError(path.name, found, "请核对文件；扫描件请先做文字识别（OCR）")
    return Document(path.name, reading.blocks, reading.notices)


def _check_kind(path: Path) -> None:
    data = path.read_bytes()
    if data.startswith(OLE) and _ENCRYPTED in data:
        raise JuesuanError(path.name, "文件有打开密码", "请去掉密码，另存后再试")
    if not data.startswith(b"PK") and (path.suffix.lower() == ".doc" or data.startswith((OLE, b"{\\rtf"))):
        raise JuesuanError(
            path.name, "是旧版 Word 文件（doc），读不了", "请用 Word 或 WPS 另存为 docx 后再试"
        )


def _read(container: Any, reading: _Reading) -> None:
    for block in blocks_of(container):
        if block.tag == f"{W}p":
            _read_paragraph(block, reading)
        else:
            _read_table(block, reading)


def _read_paragraph(paragraph: Any, reading: _Reading) -> None:
    text = text_of(paragraph)
    if text:
        reading.paragraphs += 1
        shown = reading.numbers.label(paragraph) + text
        reading.blocks.append(Passage(shown, f"第{reading.paragraphs}段"))
    if has_large_image(paragraph):
        place = f"{reading.file} 第{max(reading.paragraphs, 1)}段"
        reading.notices.append(Notice(place, "这里有图片，图片里的文字和数字未读入"))
    for box in boxes_of(paragraph):
        _read(box, reading)


def _read_table(table: Any, reading: _Reading) -> None:
    rows = [row for row in children_of(table, "tr") if row.find(f"{W}trPr/{W}del") is None][:ROWS]
    cells = [cell for row in rows for cell in children_of(row, "tc")]
    inner = [list(children_of(nested, "tr")) for nested in table.iter(f"{W}tbl") if nested is not table]
    # A table that holds a larger one, or one cell, only places things on the page.
    if len(cells) < 2 or max(map(len, inner), default=0) > len(rows):
        for cell in cells:
            _read(cell, reading)
        return
    reading.tables += 1
    reading.blocks.append(_sheet(rows, f"表{reading.tables}", reading.numbers))
    for cell in cells:
        _read_beside(cell, reading)


def _read_beside(cell: Any, reading: _Reading) -> None:
    """What a cell holds besides its paragraphs: the text of nested tables and text boxes."""
    for block in blocks_of(cell):
        if block.tag == f"{W}p":
            for box in boxes_of(block):
                _read(box, reading)
        else:
            for nested in children_of(block, "tr"):
                for inside in children_of(nested, "tc"):
                    _read(inside, reading)


def _sheet(source: list[Any], name: str, numbers: Numbers) -> Sheet:
    rows: list[list[Cell]] = []
    boxes: list[list[int]] = []
    # The box that stands in a column of the row above, for cells that continue it.
    above: dict[int, list[int]] = {}
    for number, tr in enumerate(source, 1):
        row: list[Cell] = []
        here: dict[int, list[int]] = {}
        for column, width, continued, tc in _cells_of(tr):
            row += [Cell()] * (column - 1 - len(row))
            box, text = above.get(column) if continued else None, _cell_text(tc, numbers)
            if box is not None and box[2] - box[0] + 1 == width:
                box[3] = number
                text = ""  # Word does not show what such a cell holds.
            else:
                box = [column, number, column + width - 1, number]
                boxes.append(box)
            here[column] = box
            row += [Cell(text), *([Cell()] * (width - 1))]
        rows.append(row)
        above = here
    wide = max(map(len, rows))
    rows = [row + [Cell()] * (wide - len(row)) for row in rows]
    spans: list[Span] = [(a, b, c, d) for a, b, c, d in boxes if (a, b) != (c, d)]
    return Sheet(name, rows, spans, [f"{name}第{row}行" for row in range(1, len(rows) + 1)])


def _cells_of(row: Any) -> Iterator[tuple[int, int, bool, Any]]:
    """Column, width, whether it continues the cell above, and the cell itself."""
    column = 1 + _number(row.find(f"{W}trPr/{W}gridBefore"), 0)
    for tc in children_of(row, "tc"):
        width = max(1, _number(tc.find(f"{W}tcPr/{W}gridSpan"), 1))
        merge = tc.find(f"{W}tcPr/{W}vMerge")
        if column + width > COLUMNS:
            break
        yield column, width, merge is not None and merge.get(f"{W}val") != "restart", tc
        column += width


def _number(element: Any, default: int) -> int:
    text = "" if element is None else str(element.get(f"{W}val") or "")
    return min(int(text), COLUMNS) if text.isdigit() else default


def _cell_text(cell: Any, numbers: Numbers) -> str:
    """The cell's paragraphs; in a table a number may be automatic with no words behind it (序号)."""
    paragraphs = (block for block in blocks_of(cell) if block.tag == f"{W}p")
    return "\n".join(numbers.label(each) + text_of(each) for each in paragraphs).strip()
