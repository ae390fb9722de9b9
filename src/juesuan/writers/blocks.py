"""What the plain writers put on paper: headings, paragraphs and public tables, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from juesuan.accounts.grid import Grid
from juesuan.accounts.heading import Cell
from juesuan.quantity import Quantity, State
from juesuan.wording import amount, numeral


@dataclass(frozen=True)
class Heading:
    """`level` 0 is the title of the document, 1 a part (第一部分), 2 and more the sections below it."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of text."""

    text: str


@dataclass(frozen=True)
class Printed:
    """One public table with the lines above it (公开01表, title, department, year, unit) and the note below."""

    number: int
    title: str
    department: str
    year: int
    unit: str
    grid: Grid
    note: str = ""

    @property
    def heading(self) -> str:
        """一、收入支出决算总表: how a table of contents calls it."""
        return f"{numeral(self.number)}、{self.title}"

    @property
    def mark(self) -> str:
        """公开01表."""
        return f"公开{self.number:02d}表"

    @property
    def line(self) -> tuple[str, str, str]:
        """Department, year and unit, as they stand above the table from left to right."""
        return f"部门：{self.department}", f"{self.year}年度", f"单位：{self.unit}"

    @property
    def is_wide(self) -> bool:
        """Too many columns for an upright page."""
        return self.grid.width > 6


Block = Heading | Paragraph | Printed


@dataclass(frozen=True)
class Papers:
    """A whole publication; `label` stands on every page of generated data, '' for real data."""

    title: str
    blocks: Sequence[Block]
    label: str = ""


def shown(cell: Cell) -> str:
    """The text of a cell; a figure stands as it was printed."""
    return figure(cell.fact.quantity) if cell.fact is not None else cell.text


def figure(quantity: Quantity) -> str:
    """A figure with the separators and dashes that it was printed with."""
    if quantity.state is State.BLANK:
        return ""
    return quantity.text or amount(quantity, thousands=True)
