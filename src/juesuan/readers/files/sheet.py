"""A printed table as every file format gives it: rows of cells, spans, and where each cell stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from juesuan.quantity import Quantity, State
from juesuan.readers.files.number_formats import formatted

_PADDING = re.compile(r"[\s\u200b\ufeff]+")
# A space that does not stand between Latin words, or a word and a number.
_LOOSE = re.compile(r"(?<![A-Za-z]) (?![A-Za-z])|(?<![A-Za-z0-9]) | (?![A-Za-z0-9])")

# left, top, right, bottom; counted from 1, both ends included.
Span = tuple[int, int, int, int]


@dataclass(frozen=True)
class Cell:
    """`text` is what the file holds; `value` with `number_format` where a spreadsheet keeps a number behind it."""

    text: str = ""
    value: Decimal | None = None
    number_format: str = ""
    formula: str = ""

    def quantity(self, unit: str, ref: str) -> Quantity:
        """The figure that the cell shows. A formula without a cached value is unparsed."""
        if self.value is not None:
            return formatted(self.value, self.number_format or "General", unit, ref)
        if self.formula and not self.text:
            return Quantity(None, None, unit, State.UNPARSED, ref, self.formula)
        return Quantity.parse(self.text, unit, ref)


_EMPTY = Cell()


@dataclass(frozen=True)
class Sheet:
    """One table. Rows and columns count from 1.

    `name` is the sheet, the csv file, or the page and number of the table in a document; `origins`
    holds, for a table of a document, where each row comes from (a table may run over several pages).
    """

    name: str
    rows: Sequence[Sequence[Cell]]
    spans: Sequence[Span] = ()
    origins: Sequence[str] = field(default=())

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @cached_property
    def width(self) -> int:
        """How many columns the widest row has."""
        return max(map(len, self.rows), default=0)

    @cached_property
    def _labels(self) -> list[list[str]]:
        return [[unwrapped(_printed(cell)) for cell in row] for row in self.rows]

    def cell(self, row: int, column: int) -> Cell:
        """The cell; an empty one outside the table."""
        inside = 0 < row <= len(self.rows) and 0 < column <= len(self.rows[row - 1])
        return self.rows[row - 1][column - 1] if inside else _EMPTY

    def printed(self, row: int, column: int) -> str:
        """A cell's text as it stands, with its line breaks and padding; '' for none."""
        return _printed(self.cell(row, column))

    def text(self, row: int, column: int) -> str:
        """What stands in a label cell, without line breaks and padding; '' for none."""
        inside = 0 < row <= len(self._labels) and 0 < column <= len(self._labels[row - 1])
        return self._labels[row - 1][column - 1] if inside else ""

    def texts(self, row: int) -> list[str]:
        """The label texts of a row, from its first column to the sheet's last."""
        found = self._labels[row - 1] if 0 < row <= len(self._labels) else []
        return found + [""] * (self.width - len(found))

    def ref(self, row: int, column: int) -> str:
        """`sheet!B5`, or `第9页表1第5行第2列` for a table in a document."""
        if self.origins and 0 < row <= len(self.origins):
            return f"{self.origins[row - 1]}第{column}列"
        return f"{self.name}!{column_letters(column)}{row}"

    def quantity(self, row: int, column: int, unit: str) -> Quantity:
        """The figure in a cell."""
        return self.cell(row, column).quantity(unit, self.ref(row, column))


def _printed(cell: Cell) -> str:
    return cell.text.strip() if cell.value is None else str(cell.value)


def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def unwrapped(text: str) -> str:
    """`text` on one line: padding goes, a space between Latin words (or a word and a number) stays."""
    line = _PADDING.sub(" ", text).strip()
    return _LOOSE.sub("", line) if " " in line else line
