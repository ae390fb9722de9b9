"""What an Excel cell shows: the value through its number format, as a printed quantity."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Context, Decimal
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity, State
from juesuan.wording import half_up

_FIFTEEN = Context(prec=15)
_FILLERS = str.maketrans("", "", '"? ')
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")


@dataclass(frozen=True)
class Sheet:
    """One sheet twice: with formulas, and with the values Excel cached for them."""

    name: str
    formulas: Worksheet
    values: Worksheet

    def text(self, row: int, column: int) -> str:
        """What stands in a label cell, '' for none."""
        value = self.values.cell(row, column).value
        return "" if value is None else str(value).strip()

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


def formatted(value: Decimal, number_format: str, unit: str, ref: str = "") -> Quantity:
    """`value` as `number_format` prints it: 29.3 under `0.00` is 29.30; under `General` it is 29.3."""
    sections = re.sub(r"\[[^\]]*\]|_.|\*.|\\", "", number_format).split(";")
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
        if not re.search(r"[0#]", re.sub(r'"[^"]*"', "", section)):
            return Quantity.parse(section.translate(_FILLERS), unit, ref)
    section = re.sub(r'"[^"]*"', "", section).strip()
    if section in ("General", "@", ""):
        # A double holds fifteen digits; what follows is binary noise that Excel does not show.
        plain = format(_FIFTEEN.plus(value).normalize(), "f")
        return Quantity.of("0" if value == 0 else plain, unit, ref)
    if "%" in section:
        value, unit = value * 100, "%"
    places = re.findall(r"[0#?]", section.partition(".")[2])
    shown = f"{half_up(value, len(places)):f}"
    optional = len(places) - places.count("0")
    while optional and shown.endswith("0"):
        shown, optional = shown[:-1], optional - 1
    return Quantity.of(shown.rstrip("."), unit, ref)
