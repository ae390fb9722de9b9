"""An Excel workbook (xlsx, xlsm) into sheets of cells that keep their number formats."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as Source
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.errors import JuesuanError
from juesuan.readers.document import Document
from juesuan.readers.limits import ROWS, check_archive
from juesuan.readers.sheet import Cell, Sheet

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def read_workbook(path: Path) -> Document:
    """All sheets of an xlsx file; encrypted, damaged or foreign files are one clear error."""
    if path.read_bytes()[:8] == _OLE:
        raise JuesuanError(
            path.name, "文件已加密，或是改了扩展名的旧版 xls", "请用 Excel 去掉打开密码，另存为 xlsx 后再试"
        )
    check_archive(path)
    try:
        # Given as bytes: of a path openpyxl looks at the ending, which may be wrong.
        data = path.read_bytes()
        formulas, values = load_workbook(BytesIO(data)), load_workbook(BytesIO(data), data_only=True)
        sheets = [
            _sheet(sheet, formulas[sheet.title])
            for sheet in values.worksheets
            if sheet.max_row > 1 or sheet.max_column > 1
        ]
    # openpyxl lets the errors of zip, zlib and XML through, a dozen kinds; all of them mean a damaged file.
    except Exception as error:
        raise JuesuanError(
            path.name, "文件已损坏或不完整，打不开", "请重新导出或重新下载这个 xlsx 文件"
        ) from error
    return Document(path.name, sheets, is_workbook=True)


def _sheet(values: Worksheet, formulas: Worksheet) -> Sheet:
    rows = [
        [_cell(value, formula) for value, formula in zip(shown, computed, strict=False)]
        for shown, computed in zip(
            values.iter_rows(max_row=min(values.max_row, ROWS)), formulas.iter_rows(), strict=False
        )
    ]
    return Sheet(values.title, rows, [merged.bounds for merged in values.merged_cells.ranges])


def _cell(cell: Source, source: Source) -> Cell:
    formula = str(source.value) if source.data_type == "f" else ""
    value = cell.value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Cell(str(value), Decimal(str(value)), str(cell.number_format or "General"), formula)
    if isinstance(value, bool | datetime | date):
        return Cell(str(value), formula=formula)
    return Cell("" if value is None else str(value), formula=formula)
