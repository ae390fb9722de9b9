"""A workbook of public tables into facts."""

from __future__ import annotations

from pathlib import Path

from juesuan.accounts import Fact, Notice
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, Table, plain
from juesuan.readers.cells import Sheet, open_sheets
from juesuan.readers.tables import read_table


def read_workbook(path: Path, layout: Layout, year: int) -> tuple[list[Fact], list[Notice], list[str]]:
    """Facts, notices and the ids of the tables found, in the profile's order.

    A missing sheet or an unreadable cell is a notice; a file that cannot be opened, or one that
    holds none of the profile's tables, is a `JuesuanError`.
    """
    sheets = open_sheets(path)
    facts: list[Fact] = []
    notices: list[Notice] = []
    found: list[str] = []
    for table in layout.tables:
        sheet = _find(sheets, table, layout)
        if sheet is None:
            notices.append(Notice(path.name, f"缺少“{table.title}”工作表"))
            continue
        reading = read_table(sheet, table, layout, year)
        facts += reading.facts
        notices += reading.notices
        found.append(table.id)
    if not found:
        names = "、".join(sheet.name for sheet in sheets) or "无内容"
        raise JuesuanError(
            path.name,
            f"没有一张工作表是“{layout.title}”版式的决算表（现有：{names}）",
            "请核对文件，或换一种版式",
        )
    return facts, notices, found


def _find(sheets: list[Sheet], table: Table, layout: Layout) -> Sheet | None:
    for sheet in sheets:
        if plain(sheet.name) == plain(table.title[:31]) or _titled(sheet, layout) == table.title:
            return sheet
    return None


def _titled(sheet: Sheet, layout: Layout) -> str:
    """The longest table title that a cell above the head ends with (2021年度收入决算表 → 收入决算表)."""
    texts = [plain(sheet.text(row, column)) for row in range(1, 6) for column in range(1, 4)]
    fits = [t.title for t in layout.tables if any(text.endswith(plain(t.title)) for text in texts)]
    return max(fits, key=len, default="")
