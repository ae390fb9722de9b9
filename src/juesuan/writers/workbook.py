"""The public tables as an Excel workbook that our own reader takes back unchanged."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.accounts import Accounts
from juesuan.accounts.grid import Grid, grid
from juesuan.accounts.heading import Cell
from juesuan.accounts.source import SYNTHETIC
from juesuan.quantity import Quantity, State
from juesuan.writers.files import replacing

_LINE = Side(style="thin", color="808080")
_BOX = Border(_LINE, _LINE, _LINE, _LINE)


def write_workbook(accounts: Accounts, path: Path) -> Path:
    """One sheet a table in the profile's order; printed decimals become number formats."""
    book = Workbook()
    book.remove(book.active)
    for table in accounts.layout.printed_tables:
        if not table.is_known:
            continue
        _sheet(book.create_sheet(table.title[:31]), accounts, grid(accounts, table.id))
    with replacing(path) as temporary:
        book.save(temporary)
    return path


def _sheet(sheet: Worksheet, accounts: Accounts, grid: Grid) -> None:
    width, table = grid.width, grid.table
    number = accounts.layout.number(table.id)
    _text(sheet, 1, 1, f"公开{number:02d}表")
    _text(sheet, 2, 1, table.title, Font(bold=True, size=14), Alignment(horizontal="center"))
    sheet.merge_cells(start_row=2, end_row=2, start_column=1, end_column=width)
    label = f"（{SYNTHETIC}）" if accounts.source.is_synthetic else ""
    _text(sheet, 3, 1, f"部门：{accounts.department}{label}")
    _text(sheet, 3, max(2, width - 1), f"{accounts.year}年度")
    _text(sheet, 3, max(3, width), f"单位：{accounts.unit_of(table.id)}", None, Alignment(horizontal="right"))
    for row, column, cell in grid.placed():
        _cell(sheet, row + 4, column + 1, cell)
    if note := accounts.empty_note(table.id):
        _text(sheet, sheet.max_row + 1, 1, f"注：{note}")
    for column in range(1, width + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 16
    sheet.freeze_panes = sheet.cell(4 + len(grid.head), 1)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"1:{3 + len(grid.head)}"


def _text(
    sheet: Worksheet,
    row: int,
    column: int,
    text: str,
    font: Font | None = None,
    align: Alignment | None = None,
) -> None:
    cell = sheet.cell(row, column)
    cell.value = text
    # A text that begins with = + - @ stays text: it is data, not a formula.
    cell.data_type = "s"
    if font:
        cell.font = font
    if align:
        cell.alignment = align


def _cell(sheet: Worksheet, row: int, column: int, cell: Cell) -> None:
    target = sheet.cell(row, column)
    if cell.fact is not None:
        _figure(sheet, row, column, cell.fact.quantity)
    elif cell.text:
        center = (
            Alignment(horizontal="center", vertical="center", wrap_text=True) if cell.kind == "head" else None
        )
        _text(sheet, row, column, cell.text, Font(bold=True) if cell.kind == "head" else None, center)
        if cell.kind == "code":
            target.number_format = "@"
    if cell.columns > 1 or cell.rows > 1:
        right, bottom = column + cell.columns - 1, row + cell.rows - 1
        sheet.merge_cells(start_row=row, end_row=bottom, start_column=column, end_column=right)
    target.border = _BOX


def _figure(sheet: Worksheet, row: int, column: int, quantity: Quantity) -> None:
    target = sheet.cell(row, column)
    if quantity.value is not None:
        decimals = quantity.decimals or 0
        target.value = quantity.value
        target.number_format = "#,##0" + ("." + "0" * decimals if decimals else "")
    elif quantity.state is not State.BLANK:
        _text(sheet, row, column, quantity.text or "-")
    target.alignment = Alignment(horizontal="right")
