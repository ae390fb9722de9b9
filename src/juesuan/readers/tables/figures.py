"""One sheet of a workbook into facts, by the printed labels of its layout."""

from __future__ import annotations

import re

from juesuan.accounts import Fact
from juesuan.classification import class_names, code_of, level_of
from juesuan.layouts import Side, Table, plain
from juesuan.quantity import Quantity
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.tables.heads import Head, find_head, label_columns
from juesuan.readers.tables.names import is_code_head, is_name_head, is_silent, match_column, row_alias
from juesuan.readers.tables.reading import Reading, find_unit, repeats


def read_table(sheet: Sheet, table: Table, year: int, unit: str) -> Reading:
    """Read one table; `unit` holds where the sheet names none. What cannot be placed is reported, never guessed."""
    head, written = find_head(sheet, table), find_unit(sheet)
    reading = Reading(sheet, table, year, written or unit, unstated=not written)
    if head is None:
        reading.note(1, 1, "找不到表头行，本表未读入")
        return reading
    down = table.across and any(plain(text) == "项目" for text in sheet.texts(head.anchor))
    (_down if down else _across if table.across else _sides if table.sides else _coded)(reading, head)
    if not reading.facts:
        reading.note(head.last, 1, "表头下面没有认出一行数据，本表未读入")
    reading.notices += repeats(reading.facts)
    return reading


def _coded(reading: Reading, head: Head) -> None:
    sheet, table = reading.sheet, reading.table
    names = label_columns(sheet, head, table)
    coded = [_code_columns(head, name) for name in names]
    ends = [*(codes.start for codes in coded[1:]), sheet.width + 1]
    for name, codes, end in zip(names, coded, ends, strict=True):
        columns = reading.columns(head, range(name + 1, end), table.columns)
        for row in reading.rows(head):
            _coded_row(reading, row, codes, name, columns)
        if table.empty_note and not list(reading.rows(head)):
            # An empty table may print its head alone: the totals are then blank, none is missing.
            for column, at in columns.items():
                blank = Quantity.blank(reading.unit, sheet.ref(head.last, at))
                reading.facts.append(Fact(table.id, "", "合计", column, blank))


def _code_columns(head: Head, name: int) -> range:
    """The columns before the names that hold codes: one, or three for 类, 款, 项."""
    start = max(1, name - 1)
    while start > 1 and (path := head.path(start - 1)) and is_code_head(path[-1]):
        start -= 1
    return range(start, name)


def _code(sheet: Sheet, row: int, codes: range) -> str:
    """A code from its cells; 类, 款, 项 kept as the numbers 201, 6, 1 get back the zeros that they show."""
    parts = [sheet.text(row, c) for c in codes]
    if len(parts) > 1:
        parts = [p.zfill(2) if i and p.isdigit() else p for i, p in enumerate(parts)]
    return "".join(parts)


def _coded_row(reading: Reading, row: int, codes: range, name: int, columns: dict[str, int]) -> None:
    sheet, table = reading.sheet, reading.table
    feet = {plain(label): label for labels in table.foot for label in labels if label}
    code, label = _code(sheet, row, codes), sheet.text(row, name)
    words = [plain(text) for text in (code, label)]
    foot = next((feet[w] for w in (*words, *(plain(row_alias(w)) for w in words)) if w in feet), None)
    if level_of(code):
        pass
    elif "合计" in (plain(code), plain(label)):
        code, label = "", "合计"
    elif foot:
        code, label = "", foot
    else:
        head_again = is_name_head(label) or any(is_code_head(sheet.text(row, c)) for c in codes)
        if (code or label) and not head_again:
            reading.note(row, codes.start, f"没有认出的行“{code or label}”，未读入")
        return
    for column, at in columns.items():
        reading.take(code, label, column, (row, at))


def _sides(reading: Reading, head: Head) -> None:
    sheet, table = reading.sheet, reading.table
    starts = label_columns(sheet, head, table)
    if len(starts) < len(table.sides):
        reading.note(head.anchor, 1, f"应有 {len(table.sides)} 栏“项目”，只有 {len(starts)} 栏")
    ends = [*starts[1:], sheet.width + 1]
    for side, start, end in zip(table.sides, starts, ends, strict=False):
        _side(reading, head, side, start, reading.columns(head, range(start + 1, end), side.columns))


def _side(reading: Reading, head: Head, side: Side, start: int, columns: dict[str, int]) -> None:
    units = {plain(f"{label}（{unit}）"): label for label, unit in side.units.items()}
    known = {plain(label): label for label in [*side.labels(reading.year), *side.foot] if label} | units
    tails = {plain(label.split("：")[-1]): label for label in side.foot if "：" in label}
    seen: set[str] = set()
    for row in reading.rows(head):
        printed = plain(reading.sheet.text(row, start))
        if not printed or printed == "项目":
            continue
        label = known.get(printed) or known.get(plain(row_alias(printed)))
        if printed == "总计":
            label = side.foot[-1]
        elif label in seen or label is None:
            # Sub-rows of 年初结转 repeat the names of the funds above.
            label = tails.get(printed, label)
        ever = class_names("functional").get(printed, "") if side.rows == "functional" else ""
        if label is None:
            if not ever:
                reading.note(row, start, f"版式里没有“{printed}”这一行，按印出的名称读入")
            label = printed
        seen.add(label)
        code = (code_of(label, "functional", reading.year) or ever) if side.rows == "functional" else ""
        for column, at in columns.items():
            reading.take(code, label, column, (row, at), side.units.get(label, ""))


def _across(reading: Reading, head: Head) -> None:
    sheet, table = reading.sheet, reading.table
    places: dict[tuple[str, str], int] = {}
    for column in range(1, sheet.width + 1):
        path = head.path(column)
        match = match_column(path, table.across, beside=table.columns)
        phase = next((p for p in table.columns if plain(p) in map(plain, path)), "")
        if match.name and phase:
            if (match.name, phase) not in places:
                reading.understood(head, column, f"{match.name}·{phase}", match.confidence)
            places.setdefault((match.name, phase), column)
        elif path and not is_silent(path[-1]):
            reading.unknown(head, column, match.near)
    rows = list(reading.rows(head))
    # Undisclosed books print the head alone: every cell is then blank, none is missing.
    row = rows[0] if rows else head.last + 1
    for (item, column_name), at in places.items():
        reading.take("", item, column_name, (row, at))
    for extra in rows[1:]:
        reading.note(extra, 1, "“三公”经费表只应有一行数，这一行未读入")
    if missing := [i for i in table.across if not any(item == i for item, _ in places)]:
        reading.note(head.last, 1, f"缺少“{'、'.join(missing)}”")


_INSIDE = re.compile(r"^其中[:：]?")


def _down(reading: Reading, head: Head) -> None:
    """Items one below the other, their figures beside them."""
    sheet, table = reading.sheet, reading.table
    start = label_columns(sheet, head, table)[0]
    columns = reading.columns(head, range(start + 1, sheet.width + 1), table.columns)
    seen: set[str] = set()
    for row in reading.rows(head):
        printed = plain(_INSIDE.sub("", sheet.text(row, start)))
        if not printed or printed == "项目":
            continue
        item = match_column([printed], table.across).name or row_alias(printed)
        if item not in table.across or item in seen:
            reading.note(row, start, f"没有认出的行“{sheet.text(row, start)}”，未读入")
            continue
        seen.add(item)
        for column, at in columns.items():
            reading.take("", item, column, (row, at))
    if missing := [item for item in table.across if item not in seen]:
        reading.note(head.last, start, f"缺少“{'、'.join(missing)}”")
