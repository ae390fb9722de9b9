"""What an Excel cell shows: the value through its number format, as a printed quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity, State
from juesuan.readers.formats import formatted

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(frozen=True)
class Sheet:
    """One sheet twice: with formulas, and with the values Excel cached for them."""

    name: str
    formulas: Worksheet
    values: Worksheet

    def printed(self, row: int, column: int) -> str:
        """A cell's text as it stands, with its line breaks and padding; '' for none."""
        value = self.values.cell(row, column).value
        return "" if value is None else str(value).strip()

    def text(self, row: int, column: int) -> str:
        """What stands in a label cell, without line breaks and padding; '' for none."""
        return unwrapped(self.printed(row, column))

    def texts(self, row: int) -> list[str]:
        """The label texts of a row, from its first column to the sheet's last."""
        return [self.text(row, column) for column in range(1, self.values.max_column + 1)]

    def number_format(self, row: int, column: int) -> str:
        """The number format of a cell that holds a number, '' for any other cell."""
        cell = self.values.cell(row, column)
        return str(cell.number_format) if cell.data_type == "n" and cell.value is not None else ""

    def ref(self, row: int, column: int) -> str:
        """`sheet!A1`."""
        return f"{self.name}!{self.values.cell(row, column).coordinate}"

    def is_formula(self, row: int, column: int) -> bool:
        """The cell is computed; its value is whatever was cached."""
        return bool(self.formulas.cell(row, column).data_type == "f")

    def quantity(self, row: int, column: int, unit: str) -> Quantity:
        """The figure in a cell. A formula without a cached value is unparsed."""
        shown = _shown(self.values.cell(row, column), unit, self.ref(row, column))
        if self.is_formula(row, column) and shown.state is State.BLANK:
            formula = str(self.formulas.cell(row, column).value)
            return Quantity(None, None, unit, State.UNPARSED, shown.cell, formula)
        return shown


def unwrapped(text: str) -> str:
    """`text` on one line: padding goes, a space between Latin words (or a word and a number) stays."""
    line = re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()
    return re.sub(r"(?<![A-Za-z]) (?![A-Za-z])|(?<![A-Za-z0-9]) | (?![A-Za-z0-9])", "", line)


def open_sheets(path: Path) -> list[Sheet]:
    """All sheets of an xlsx file; encrypted, damaged or foreign files are one clear error."""
    if path.read_bytes()[:8] == _OLE:
        raise JuesuanError(
            path.name, "文件已加密，或是旧版 xls 格式", "请用 Excel 去掉打开密码，另存为 xlsx 后再试"
        )
    try:
        formulas, values = load_workbook(path), load_workbook(path, data_only=True)
    # openpyxl lets the errors of zip, zlib and XML through, a dozen kinds; all of them mean a damaged file.
    except Exception as error:
        raise JuesuanError(
            path.name, "文件已损坏或不完整，打不开", "请重新导出或重新下载这个 xlsx 文件"
        ) from error
    return [
        Sheet(sheet.title, formulas[sheet.title], sheet)
        for sheet in values.worksheets
        if sheet.max_row > 1 or sheet.max_column > 1
    ]


def _shown(cell: Cell, unit: str, ref: str) -> Quantity:
    value = cell.value
    if isinstance(value, bool | datetime | date):
        return Quantity(None, None, unit, State.UNPARSED, ref, str(value))
    if not isinstance(value, int | float | Decimal):
        return Quantity.parse(None if value is None else str(value), unit, ref)
    return formatted(Decimal(str(value)), cell.number_format or "General", unit, ref)
