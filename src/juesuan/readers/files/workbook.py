"""An Excel workbook (xlsx, xlsm) into sheets of cells that keep their number formats."""

from __future__ import annotations

import re
from contextlib import redirect_stdout
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Source
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.errors import JuesuanError
from juesuan.readers.files.document import Document
from juesuan.readers.files.kind import OLE
from juesuan.readers.files.limits import COLUMNS, ROWS, check_archive
from juesuan.readers.files.sheet import Cell, Sheet

_EMPTY = Cell()
# A joined or linked area of more cells than that is a slip, but openpyxl would make all of them.
_AREA = 100_000
_RANGE = re.compile(
    rb'<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*?ref="([A-Z]{1,4})(\d{1,9}):([A-Z]{1,4})(\d{1,9})"'
)


def read_workbook(path: Path) -> Document:
    """All sheets of an xlsx file; encrypted, damaged or foreign files are one clear error."""
    if path.read_bytes()[:8] == OLE:
        raise JuesuanError(
            path.name, "文件已加密，或是改了扩展名的旧版 xls", "请用 Excel 去掉打开密码，另存为 xlsx 后再试"
        )
    check_archive(path)
    try:
        # Given as bytes: of a path openpyxl looks at the ending, which may be wrong.
        data = path.read_bytes()
        _check_areas(path)
        # openpyxl prints some of its doubts.
        with redirect_stdout(StringIO()):
            values = formulas = load_workbook(BytesIO(data))
            if any(map(_has_formulas, formulas.worksheets)):
                values = load_workbook(BytesIO(data), data_only=True)
        sheets = [
            _sheet(sheet, formulas[sheet.title])
            for sheet in values.worksheets
            if sheet.max_row > 1 or sheet.max_column > 1
        ]
    except JuesuanError:
        raise
    # openpyxl lets the errors of zip, zlib and XML through, a dozen kinds; all of them mean a damaged file.
    except Exception as error:
        raise JuesuanError(
            path.name, "文件已损坏或不完整，打不开", "请重新导出或重新下载这个 xlsx 文件"
        ) from error
    return Document(path.name, sheets, is_workbook=True)


def _check_areas(path: Path) -> None:
    with ZipFile(path) as archive:
        for name in archive.namelist():
            for a, top, b, bottom in _RANGE.findall(archive.read(name)) if "worksheets/" in name else ():
                wide = abs(column_index_from_string(b.decode()) - column_index_from_string(a.decode())) + 1
                if wide * (abs(int(bottom) - int(top)) + 1) > _AREA:
                    area = f"{a.decode()}{top.decode()}:{b.decode()}{bottom.decode()}"
                    found = f"有合并或链接的区域 {area}，超出一张表的合理大小"
                    raise JuesuanError(path.name, found, "请取消这个合并（或链接）后再试")


def _has_formulas(sheet: Worksheet) -> bool:
    return any(cell.data_type == "f" for cell in sheet._cells.values())


def _sheet(values: Worksheet, formulas: Worksheet) -> Sheet:
    # Only the cells that are there: a stray one in the last corner of the sheet would make iter_rows fill it up.
    rows: list[list[Cell]] = []
    for (row, column), shown in sorted(values._cells.items()):
        computed = formulas._cells.get((row, column), shown)
        cell = _cell(shown, computed)
        if cell != _EMPTY and row <= ROWS and column <= COLUMNS:
            rows += [[] for _ in range(row - len(rows))]
            rows[row - 1] += [_EMPTY] * (column - len(rows[row - 1]) - 1) + [cell]
    return Sheet(values.title, rows, [merged.bounds for merged in values.merged_cells.ranges])


def _cell(cell: Source, source: Source) -> Cell:
    formula = str(source.value) if source.data_type == "f" else ""
    value = cell.value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Cell(str(value), Decimal(str(value)), str(cell.number_format or "General"), formula)
    if isinstance(value, bool | datetime | date):
        return Cell(str(value), formula=formula)
    return Cell("" if value is None else str(value), formula=formula)
