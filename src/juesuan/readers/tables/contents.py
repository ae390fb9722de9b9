"""The tables of one file into facts, and the account of what was understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from juesuan.accounts import Fact, Notice, TableRead
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.tables.choose import Placed
from juesuan.readers.tables.figures import read_table
from juesuan.readers.text.chapters import list_of_units

_EMPTY = re.compile(r"(?:无|没有|未发生).{0,40}(?:收入|支出|预算|数据|经费)|空表|无数据")


@dataclass
class Contents:
    """What the tables gave: `read`, `unstated` (no unit named) and `empty` (said to hold nothing) are table ids."""

    facts: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    tables: list[TableRead] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    unstated: list[str] = field(default_factory=list)
    empty: dict[str, str] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


def read_tables(placed: Placed, profile: Layout, year: int, unit: str, unit_from: str, file: str) -> Contents:
    """Read every table; a missing one or an unreadable cell is a notice, a file without any figures an error.

    `unit` holds where a table names none; `unit_from` says in words where it comes from.
    """
    contents = Contents()
    for table in profile.printed_tables:
        sheet = placed.tables.get(table.id)
        if sheet is None:
            contents.notices.append(Notice(file, f"缺少“{table.title}”"))
            continue
        if not table.is_known:
            contents.unread.append(f"{sheet.name}“{table.title}”")
            contents.notices.append(Notice(sheet.name, f"“{table.title}”的栏目还没有写进版式，未读入"))
            continue
        reading = read_table(sheet, table, year, unit)
        contents.facts += reading.facts
        contents.notices += reading.notices
        if reading.facts:
            contents.read.append(table.id)
        if reading.unstated:
            contents.unstated.append(table.id)
        if note := _empty_note(sheet):
            contents.empty[table.id] = note
        rows = len({f.row for f in reading.facts})
        columns = tuple(reading.columns_read)
        contents.tables.append(TableRead(table.id, table.title, sheet.name, reading.unit, rows, columns))
    if contents.unstated:
        named = "、".join(placed.tables[id].name for id in contents.unstated)
        contents.notices.append(Notice(file, f"{named} 没有写明金额单位，按{unit_from}的“{unit}”读入"))
    _rest(contents, placed)
    if placed.tables and not contents.read:
        first = contents.notices[-1]
        raise JuesuanError(
            first.place, "各张决算表都没有读出数据", f"请核对表头是否符合“{profile.title}”版式"
        )
    return contents


def _rest(contents: Contents, placed: Placed) -> None:
    """Sheets that are no table of the profile, and tables that came twice."""
    for table, sheet in placed.again:
        first = placed.tables[table.id].name
        text = f"“{table.title}”又出现一次，这一份未读入（已读入 {first}）；文件里可能有两个部门或两个年度的决算，请分开后分别读入"
        contents.notices.append(Notice(sheet.name, text))
        contents.unread.append(f"{sheet.name}“{table.title}”（重复）")
    # A list of units has been read as such (see chapters).
    for sheet in (s for s in placed.unknown if list_of_units(s) is None):
        words = [text for row in range(1, min(4, sheet.height) + 1) for text in sheet.texts(row) if text]
        contents.unread.append(f"{sheet.name}“{'／'.join(words[:4])[:40]}”")


def _empty_note(sheet: Sheet) -> str:
    """The sentence below a table that says it is empty, with the cell where it stands."""
    for row in range(max(1, sheet.height - 4), sheet.height + 1):
        for column in range(1, sheet.width + 1):
            text = sheet.text(row, column)
            if len(text) > 8 and _EMPTY.search(text) and text.startswith(("注", "说明", "备注")):
                return f"{sheet.ref(row, column)}"
    return ""
