"""An old Excel workbook (xls) into sheets of cells that keep their number formats."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import library
from juesuan.readers.files.document import Document
from juesuan.readers.files.libraries import parsing
from juesuan.readers.files.limits import COLUMNS, ROWS
from juesuan.readers.files.sheet import Cell, Sheet, Span

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_EMPTY = Cell()


def read_xls(path: Path) -> Document:
    """All sheets of an xls file; encrypted, damaged or foreign files are one clear error."""
    _check_kind(path)
    xlrd = library("xlrd", path)
    with parsing(path):
        _check_chains(library("xlrd.compdoc", path), path)
        book = _opened(xlrd, path)
        sheets = [each for sheet in book.sheets() if (each := _sheet(xlrd, book, sheet))]
    if not sheets:
        raise JuesuanError(path.name, "工作簿里没有内容", "请核对文件")
    return Document(path.name, sheets, is_workbook=True)


def _check_kind(path: Path) -> None:
    data = path.read_bytes()
    head = data[:512]
    # A newer program keeps an encrypted xlsx in the container of an xls.
    if _ENCRYPTED in data:
        raise JuesuanError(path.name, "文件有打开密码", "请用 Excel 去掉打开密码，另存为 xlsx 后再试")
    if head.startswith(b"PK"):
        raise JuesuanError(path.name, "扩展名是 xls，内容却是 xlsx", "请把扩展名改为 xlsx 后再试")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise JuesuanError(
            path.name, "扩展名是 xls，内容却是网页", "请用 Excel 打开后另存为 xlsx，或把扩展名改为 html"
        )


def _check_chains(compdoc: Any, path: Path) -> None:
    """A damaged file may chain its short sectors in a circle, in which xlrd would run until the memory is full."""
    data = path.read_bytes()
    if not data.startswith(compdoc.SIGNATURE):
        return
    following = compdoc.CompDoc(data, logfile=io.StringIO()).SSAT
    ended = [False] * len(following)
    for first in range(len(following)):
        chain, sector = set[int](), first
        while 0 <= sector < len(following) and not ended[sector]:
            if sector in chain:
                raise ValueError("circular chain of sectors")
            chain.add(sector)
            sector = following[sector]
        for sector in chain:
            ended[sector] = True


def _opened(xlrd: Any, path: Path, encoding: str | None = None) -> Any:
    try:
        # xlrd prints its remarks unless it is given somewhere else to write them.
        return xlrd.open_workbook(
            path, formatting_info=True, logfile=io.StringIO(), encoding_override=encoding
        )
    except UnicodeDecodeError:
        # Excel 95 and some exporters do not say which encoding they use.
        if encoding:
            raise
        return _opened(xlrd, path, "gb18030")
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise JuesuanError(
                path.name, "文件有打开密码", "请用 Excel 去掉打开密码，另存为 xlsx 后再试"
            ) from error
        raise


def _sheet(xlrd: Any, book: Any, source: Any) -> Sheet | None:
    wide = min(source.ncols, COLUMNS)
    rows = [
        [_cell(xlrd, book, cell) for cell in source.row(number)[:wide]]
        for number in range(min(source.nrows, ROWS))
    ]
    while rows and not any(cell.text for cell in rows[-1]):
        rows.pop()
    if not rows:
        return None
    spans: list[Span] = [
        (left + 1, top + 1, right, bottom)
        for top, bottom, left, right in source.merged_cells
        if right - left + bottom - top > 2 and top < len(rows)
    ]
    return Sheet(source.name, rows, spans)


def _cell(xlrd: Any, book: Any, cell: Any) -> Cell:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return _EMPTY
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        number = int(cell.value) if cell.value.is_integer() else cell.value
        return Cell(str(number), Decimal(str(number)), _number_format(book, cell))
    if cell.ctype == xlrd.XL_CELL_DATE:
        return Cell(_date(xlrd, book, cell.value))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(str(bool(cell.value)))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(xlrd.error_text_from_code.get(cell.value, "#VALUE!"))
    return Cell(str(cell.value))


def _number_format(book: Any, cell: Any) -> str:
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None else None
    known = book.format_map.get(style.format_key) if style else None
    return str(known.format_str or "General") if known else "General"


def _date(xlrd: Any, book: Any, value: float) -> str:
    try:
        return str(xlrd.xldate_as_datetime(value, book.datemode))
    # A number too large to be a date under a date format.
    except (ValueError, OverflowError):
        return str(value)
