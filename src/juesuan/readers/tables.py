"""One sheet of a workbook into facts, by the printed labels of its layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from juesuan.accounts import Fact, Notice
from juesuan.classification import code_of, level_of
from juesuan.layouts import Layout, Table, plain
from juesuan.quantity import YUAN, State
from juesuan.readers.cells import Sheet

_UNIT = re.compile(r"单位[::]\s*[(（]?(亿元|万元|元)")
_HEAD_ROWS = 12
_NOTE = re.compile(r"^(注|备注|说明)\d*[::.、]")


@dataclass
class Reading:
    """Facts and notices gathered from one sheet."""

    sheet: Sheet
    table: Table
    year: int
    unit: str
    facts: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def note(self, row: int, column: int, text: str) -> None:
        """Report something about a cell; the run goes on."""
        self.notices.append(Notice(self.sheet.ref(row, column), text))

    def take(self, code: str, label: str, column: str, at: tuple[int, int], unit: str = "") -> None:
        """Add the figure at (row, column) as a fact."""
        quantity = self.sheet.quantity(*at, unit or self.unit)
        if quantity.state is State.UNPARSED:
            what = "公式没有缓存值" if self.sheet.is_formula(*at) else "数字格里是文字"
            self.note(*at, f"{what}“{quantity.text}”，未作数字读入")
        elif self.sheet.is_formula(*at):
            self.note(*at, f"是公式，按缓存值 {quantity.printed} 读入")
        self.facts.append(Fact(self.table.id, code, label, column, quantity))


def read_table(sheet: Sheet, table: Table, layout: Layout, year: int) -> Reading:
    """Read one table. What cannot be placed is reported, never guessed."""
    head, unit = find_head(sheet, table), find_unit(sheet)
    reading = Reading(sheet, table, year, unit or layout.unit)
    if not unit:
        reading.note(1, 1, f"没有写明金额单位，按版式的“{layout.unit}”读入")
    if head is None:
        reading.note(1, 1, "找不到表头行，本表未读入")
    elif table.across:
        _across(reading, head)
    elif table.sides:
        _sides(reading, head)
    else:
        _coded(reading, head)
    return reading


def find_unit(sheet: Sheet) -> str:
    """The money unit named above the table, '' where none is."""
    for row in range(1, _HEAD_ROWS):
        for column in range(1, sheet.values.max_column + 1):
            found = _UNIT.search(sheet.text(row, column).replace("：", ":"))
            if found and found[1] in YUAN:
                return found[1]
    return ""


def find_head(sheet: Sheet, table: Table) -> int | None:
    """The row that holds the head labels of the table."""
    wanted = plain(table.across[0]) if table.across else "项目" if table.sides else "科目名称"
    for row in range(1, min(sheet.values.max_row, _HEAD_ROWS) + 1):
        texts = [plain(sheet.text(row, c)) for c in range(1, sheet.values.max_column + 1)]
        if wanted in texts and (not table.across or plain(table.across[1]) in texts):
            return row
    return None


def _rows(reading: Reading, start: int) -> Iterator[int]:
    """Rows below the head that hold anything and are no footnote."""
    sheet = reading.sheet
    for row in range(start, sheet.values.max_row + 1):
        texts = [sheet.text(row, c) for c in range(1, sheet.values.max_column + 1)]
        first = next((t for t in texts if t), "")
        if first and not _NOTE.match(first.replace("：", ":")):
            yield row


def _columns(reading: Reading, head: int, span: range, wanted: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    known = {plain(name): name for name in wanted}
    for column in span:
        label = plain(reading.sheet.text(head, column))
        if label in known:
            found.setdefault(known[label], column)
        elif label:
            reading.note(head, column, f"版式里没有“{label}”这一栏，未读入")
    for name in wanted:
        if name not in found:
            reading.note(head, span.start, f"缺少“{name}”一栏")
    return found


def _coded(reading: Reading, head: int) -> None:
    sheet, table = reading.sheet, reading.table
    last = sheet.values.max_column
    names = [c for c in range(1, last + 1) if plain(sheet.text(head, c)) == "科目名称"]
    feet = {plain(label): label for row in table.foot for label in row if label}
    for name, end in zip(names, [*(n - 1 for n in names[1:]), last + 1], strict=True):
        columns = _columns(reading, head, range(name + 1, end), table.columns)
        for row in _rows(reading, head + 1):
            code, label = sheet.text(row, name - 1), sheet.text(row, name)
            foot = feet.get(plain(code)) or feet.get(plain(label))
            if level_of(code):
                pass
            elif "合计" in (plain(code), plain(label)):
                code, label = "", "合计"
            elif foot:
                code, label = "", foot
            else:
                if code or label:
                    reading.note(row, name - 1, f"没有认出的行“{code or label}”，未读入")
                continue
            for column, at in columns.items():
                reading.take(code, label, column, (row, at))


def _sides(reading: Reading, head: int) -> None:
    sheet, table = reading.sheet, reading.table
    last = sheet.values.max_column
    starts = [c for c in range(1, last + 1) if plain(sheet.text(head, c)) == "项目"]
    for side, start, end in zip(table.sides, starts, [*starts[1:], last + 1][: len(starts)], strict=False):
        columns = _columns(reading, head, range(start + 1, end), side.columns)
        units = {plain(f"{label}（{unit}）"): label for label, unit in side.units.items()}
        known = {plain(label): label for label in [*side.labels(reading.year), *side.foot] if label} | units
        tails = {plain(label.split("：")[-1]): label for label in side.foot if "：" in label}
        seen: set[str] = set()
        for row in _rows(reading, head + 1):
            printed = plain(sheet.text(row, start))
            if not printed:
                continue
            label = known.get(printed)
            if printed == "总计":
                label = side.foot[-1]
            elif label in seen or label is None:
                # Sub-rows of 年初结转 repeat the names of the funds above.
                label = tails.get(printed)
            if label is None:
                reading.note(row, start, f"版式里没有“{printed}”这一行，按印出的名称读入")
                label = printed
            seen.add(label)
            code = code_of(label, "functional", reading.year) if side.rows == "functional" else ""
            for column, at in columns.items():
                reading.take(code, label, column, (row, at), side.units.get(label, ""))


def _across(reading: Reading, head: int) -> None:
    sheet, table = reading.sheet, reading.table
    known = {plain(item): item for item in table.across}
    places: dict[tuple[str, str], int] = {}
    phase = ""
    for column in range(1, sheet.values.max_column + 1):
        phase = next((p for p in table.columns if p == plain(sheet.text(head - 1, column))), phase)
        item = known.get(plain(sheet.text(head, column)))
        if item and phase:
            places.setdefault((item, phase), column)
    rows = list(_rows(reading, head + 1))
    # Undisclosed books print the head alone: every cell is then blank, none is missing.
    row = rows[0] if rows else head + 1
    for (item, column_name), at in places.items():
        reading.take("", item, column_name, (row, at))
    if missing := [i for i in table.across if not any(item == i for item, _ in places)]:
        reading.note(head, 1, f"缺少“{'、'.join(missing)}”")
