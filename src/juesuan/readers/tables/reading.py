"""What is gathered from one sheet: facts, notices, and which rows hold figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from juesuan.accounts import ColumnRead, Fact, Notice
from juesuan.errors import JuesuanError
from juesuan.layouts import Table, plain
from juesuan.quantity import YUAN, State
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.tables.heads import HEAD_ROWS, Head
from juesuan.readers.tables.names import is_silent, match_column

# Not the 单位 of 编制单位：元氏县…
_UNIT = re.compile(r"(?<![制报开])单位:[(]?(?:人民币)?([十百千万亿]*(?:美|港|欧|日)?元)")
_NOTE = re.compile(r"^(注|备注|说明)\d*[:.、]")


@dataclass
class Reading:
    """Facts and notices gathered from one sheet."""

    sheet: Sheet
    table: Table
    year: int
    unit: str
    facts: list[Fact] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    columns_read: list[ColumnRead] = field(default_factory=list)
    unstated: bool = False

    def note(self, row: int, column: int, text: str) -> None:
        """Report something about a cell; the run goes on."""
        self.notices.append(Notice(self.sheet.ref(row, column), text))

    def take(self, code: str, label: str, column: str, at: tuple[int, int], unit: str = "") -> None:
        """Add the figure at (row, column) as a fact."""
        quantity, cell = self.sheet.quantity(*at, unit or self.unit), self.sheet.cell(*at)
        if quantity.state is State.UNPARSED and cell.value is not None:
            self.note(*at, f"数字格式“{cell.number_format}”没有认出，“{quantity.text}”未作数字读入")
        elif quantity.state is State.UNPARSED:
            what = "公式没有缓存值" if cell.formula else "数字格里是文字"
            self.note(*at, f"{what}“{quantity.text}”，未作数字读入")
        elif cell.formula:
            self.note(*at, f"是公式，按缓存值 {quantity.printed} 读入")
        self.facts.append(Fact(self.table.id, code, label, column, quantity))

    def rows(self, head: Head) -> Iterator[int]:
        """Rows below the head that hold anything and are neither footnotes nor column numbers (栏次)."""
        for row in range(head.last + 1, self.sheet.height + 1):
            texts = [text for text in self.sheet.texts(row) if text]
            if texts and not is_note(texts[0]) and not _is_numbering(texts):
                yield row

    def columns(self, head: Head, span: Iterable[int], wanted: list[str]) -> dict[str, int]:
        """Where each wanted column stands within `span`; what is strange, doubled or missing is reported."""
        found: dict[str, int] = {}
        places, printed = list(span), {self.table.shown(name): name for name in wanted}
        for column in places:
            path = head.path(column)
            match = match_column(path, [*wanted, *printed])
            name = printed.get(match.name, match.name)
            if name and name not in found:
                found[name] = column
                self.understood(head, column, name, match.confidence)
            elif name:
                first = self.sheet.ref(head.last, found[name])
                self.note(head.last, column, f"“{name}”这一栏在 {first} 已经有了，这里的未读入")
            elif path and not is_silent(path[-1]):
                self.unknown(head, column, match.near)
        for name in wanted:
            if name not in found:
                self.note(head.last, places[0] if places else 1, f"缺少“{self.table.shown(name)}”一栏")
        return found

    def understood(self, head: Head, column: int, name: str, confidence: int) -> None:
        """Record which printed head was taken for a column, and say so where the two differ by a slip."""
        words, place = "／".join(head.path(column)), self.sheet.ref(head.last, column)
        self.columns_read.append(ColumnRead(name, words, place, confidence))
        if confidence < 100:
            self.note(head.last, column, f"“{words}”当作“{name}”读入（相似度 {confidence}），请核对")

    def unknown(self, head: Head, column: int, near: list[str]) -> None:
        """Report a column that was not read, with the names that it may have meant."""
        asked = f"；是不是“{'”或“'.join(near[:2])}”？如果是，请在版式的 prints 里写明" if near else ""
        words = "／".join(head.path(column))
        self.note(head.last, column, f"版式里没有“{words}”这一栏，未读入{asked}")


def is_note(text: str) -> bool:
    """A footnote below a table: 注：…, 说明：…"""
    return bool(_NOTE.match(text.strip().replace("：", ":")))


def find_unit(sheet: Sheet) -> str:
    """The money unit named above the table, '' where none is; an unknown one is a JuesuanError."""
    for row in range(1, min(HEAD_ROWS, sheet.height + 1)):
        for text in sheet.texts(row):
            found = _UNIT.search(text.replace("：", ":").replace("（", "("))
            if found and found[1] not in YUAN:
                what = f"金额单位写的是“{found[1]}”，不认识"
                raise JuesuanError(sheet.ref(row, 1), what, "请换算成元、万元或亿元")
            if found:
                return found[1]
    return ""


def repeats(facts: Iterable[Fact]) -> list[Notice]:
    """One notice for each row of a table that repeats an earlier one, naming both cells."""
    first: dict[tuple[str, str], Fact] = {}
    told: dict[tuple[str, str], Notice] = {}
    for fact in facts:
        cell = fact.quantity.cell
        before = first.setdefault((fact.row, fact.column), fact).quantity.cell
        if before != cell:
            text = f"“{fact.row}”这一行前面已有（{before}），这里又有一次，两处都保留，核对以前一处为准"
            told.setdefault((fact.row, re.sub(r".*![A-Z]+|第\d+列$", "", cell)), Notice(cell, text))
    return list(told.values())


def _is_numbering(texts: list[str]) -> bool:
    """栏次 1 2 3 …, or the numbers alone."""
    counted = [str(number) for number in range(1, len(texts) + 1)]
    return any(plain(t) in ("栏次", "行次") for t in texts) or (len(texts) > 1 and texts == counted)
