"""The head of a table: where it stands, and the words above each column, through merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass

from juesuan.layouts import Table, plain
from juesuan.readers.files.sheet import Sheet, Span
from juesuan.readers.tables.names import column_of, is_head_word, is_name_head

HEAD_ROWS = 12
_DEEP = 3
_ABOVE = re.compile(r"[:：]|年度|^公开\d")


@dataclass(frozen=True)
class Head:
    """Rows `first` to `last`; `anchor` is the row that names the label columns; `paths` by column, from 1."""

    first: int
    anchor: int
    last: int
    paths: dict[int, tuple[str, ...]]

    def path(self, column: int) -> tuple[str, ...]:
        """The words above a column, from the top down."""
        return self.paths.get(column, ())


def find_head(sheet: Sheet, table: Table) -> Head | None:
    """The head rows of the table, None where the words that begin it stand nowhere near the top."""
    for row in range(1, min(sheet.height, HEAD_ROWS) + 1):
        if _begins(sheet.texts(row), table):
            first, last = _first(sheet, row, table), _last(sheet, row, table)
            return Head(first, row, last, _paths(sheet, first, last))
    return None


def label_columns(sheet: Sheet, head: Head, table: Table) -> list[int]:
    """Columns of the anchor row in which row names stand: 科目名称, or 项目."""
    texts = enumerate(sheet.texts(head.anchor), 1)
    return [c for c, t in texts if (is_name_head(t) if table.codes else plain(t) == "项目")]


def _begins(texts: list[str], table: Table) -> bool:
    if table.across:
        items = {column_of([text], table.across) for text in texts}
        down = any(plain(t) == "项目" for t in texts) and any(plain(t) in table.columns for t in texts)
        return {*table.across[:2]} <= items or down
    return any(plain(t) == "项目" for t in texts) if table.sides else any(map(is_name_head, texts))


def _first(sheet: Sheet, row: int, table: Table) -> int:
    """Up to the title or the line with department, year and unit."""
    while row > 1:
        above = [text for text in sheet.texts(row - 1) if text]
        if not above or any(_ABOVE.search(t) or plain(t).endswith(plain(table.title)) for t in above):
            break
        row -= 1
    return row


def _last(sheet: Sheet, anchor: int, table: Table) -> int:
    """Down through cells merged over several rows, and through rows that hold nothing but head words."""
    spans = (bottom for _, top, _, bottom in sheet.spans if top <= anchor <= bottom <= anchor + _DEEP)
    last: int = max([anchor, *spans])
    words = [*table.all_columns, *table.across]
    while last < anchor + _DEEP:
        below = [text for text in sheet.texts(last + 1) if text]
        labels = [text for text in _labels(sheet, anchor, last + 1, table) if text]
        if (
            not below
            or not all(is_head_word(text, words) for text in below)
            or (table.sides and any(plain(text) != "项目" for text in labels))
            or len(below) == len(labels)
        ):
            break
        last += 1
    return last


def _labels(sheet: Sheet, anchor: int, row: int, table: Table) -> list[str]:
    """What stands in the label columns of a row: names, and the codes before the first of them."""
    if table.across and not any(plain(t) == "项目" for t in sheet.texts(anchor)):
        return []
    names = [
        c for c, text in enumerate(sheet.texts(anchor), 1) if plain(text) == "项目" or is_name_head(text)
    ]
    columns = [*range(1, names[0]), *names] if table.codes else names
    return [sheet.text(row, column) for column in columns]


def _paths(sheet: Sheet, first: int, last: int) -> dict[int, tuple[str, ...]]:
    rows, width = range(first, last + 1), sheet.width
    words = {(row, c): text for row in rows for c, text in enumerate(sheet.texts(row), 1) if text}
    for span in sheet.spans:
        if text := words.get((span[1], span[0])):
            words |= {(r, c): text for r, c in _cells(span) if first <= r <= last}
    for row in rows:
        # Without merged cells a group stands above its first column only.
        for column in range(2, width + 1):
            below = any((deeper, column) in words for deeper in range(row + 1, last + 1))
            same = all(words.get((r, column)) == words.get((r, column - 1)) for r in range(first, row))
            if below and same and (row, column) not in words and (row, column - 1) in words:
                words[row, column] = words[row, column - 1]
    return {c: _once([words[r, c] for r in rows if (r, c) in words]) for c in range(1, width + 1)}


def _cells(bounds: Span) -> list[tuple[int, int]]:
    left, top, right, bottom = bounds
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _once(words: list[str]) -> tuple[str, ...]:
    """A cell merged over several rows says its word once."""
    return tuple(word for word, before in zip(words, ["", *words], strict=False) if word != before)
