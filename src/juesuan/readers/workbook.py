"""A workbook of public tables into facts."""

from __future__ import annotations

from dataclasses import dataclass, field

from juesuan.accounts import Fact, Notice
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, Table, plain
from juesuan.readers.cells import Sheet
from juesuan.readers.tables import read_table


@dataclass
class Contents:
    """What a workbook gave: `read` and `unstated` are table ids, in the profile's order; the latter name no unit."""

    facts: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)


def match_sheets(sheets: list[Sheet], layout: Layout, file: str) -> dict[str, Sheet]:
    """The sheet of each table id; a file that holds none of the profile's tables is an error."""
    found = {table.id: sheet for table in layout.tables if (sheet := _find(sheets, table, layout))}
    if not found:
        names = "、".join(sheet.name for sheet in sheets) or "无内容"
        raise JuesuanError(
            file,
            f"没有一张工作表是“{layout.title}”版式的决算表（现有：{names}）",
            "请核对文件，或换一种版式",
        )
    return found


def read_workbook(sheets: dict[str, Sheet], layout: Layout, year: int, file: str) -> Contents:
    """Read every table; a missing sheet or an unreadable cell is a notice, a file without any figures an error."""
    contents = Contents()
    for table in layout.tables:
        if table.id not in sheets:
            contents.notices.append(Notice(file, f"缺少“{table.title}”工作表"))
            continue
        reading = read_table(sheets[table.id], table, year, layout.unit)
        contents.facts += reading.facts
        contents.notices += reading.notices
        if reading.facts:
            contents.read.append(table.id)
        if reading.unstated:
            contents.unstated.append(table.id)
    if not contents.read:
        first = contents.notices[-1]
        raise JuesuanError(first.place, "各张决算表都没有读出数据", f"请核对表头是否符合“{layout.title}”版式")
    return contents


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
