"""Synthetic PDF pages for the tests, set in the writer's Chinese font."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fpdf import FPDF

from juesuan.readers.files.document import Document
from juesuan.readers.files.pdf import read_pdf
from juesuan.readers.files.sheet import Sheet
from juesuan.writers.typeface import typeface

Draw = Callable[[FPDF], None]


def font_of(text: str) -> Path:
    """A font with the characters of `text` that readers can follow; see the writer's own."""
    return typeface(set(text), Path("示例.pdf"))


class Paper(FPDF):
    """A4 pages in points, drawn by one function each; two passes, for the font needs all characters first."""

    written = ""

    def text(self, x: float, y: float, text: str = "") -> None:  # noqa: D102
        self.written += text
        if self.font_family:
            super().text(x, y, text)


def paper(*pages: Draw, size: float = 10) -> FPDF:
    """The pages, set in the Chinese font."""
    characters = "".join(sorted(set("0123456789,.-% ")))
    for _ in range(2):
        pdf = Paper(unit="pt", format="A4")
        pdf.add_font("song", fname=str(font_of(characters)))
        for draw in pages:
            pdf.add_page()
            pdf.set_font("song", size=size)
            draw(pdf)
        characters = "".join(sorted(set(characters + pdf.written)))
    return pdf


def read(folder: Path, *pages: Draw, name: str = "示例.pdf", size: float = 10) -> Document:
    """What the reader makes of the pages."""
    file = folder / name
    paper(*pages, size=size).output(str(file))
    return read_pdf(file)


def cells(sheet: Sheet) -> list[list[str]]:
    """All texts of a table."""
    return [[cell.text for cell in row] for row in sheet.rows]
