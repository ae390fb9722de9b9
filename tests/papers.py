"""Synthetic PDF pages for the tests: a Chinese TrueType font cut to size, and a table to draw."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable
from fpdf import FPDF
from pylopdf_fonts_zh_cn import sans_path

from juesuan.readers.document import Document
from juesuan.readers.pdf import read_pdf
from juesuan.readers.sheet import Sheet

Draw = Callable[[FPDF], None]


@cache
def font_of(text: str) -> Path:
    """The characters of `text` as a TrueType file: fpdf2 embeds the original under codes that pdfminer cannot read."""
    font = TTFont(sans_path())
    cutter = subset.Subsetter()
    cutter.populate(text=text)
    cutter.subset(font)
    outlines, glyphs, order = font.getGlyphSet(), newTable("glyf"), font.getGlyphOrder()
    glyphs.glyphOrder, glyphs.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1.0, reverse_direction=True))
        glyphs.glyphs[name] = pen.glyph()
    font["glyf"], font["loca"] = glyphs, newTable("loca")
    del font["CFF "]
    largest = font["maxp"]
    largest.tableVersion = 0x00010000
    for field in [
        "maxZones",
        "maxTwilightPoints",
        "maxStorage",
        "maxFunctionDefs",
        "maxInstructionDefs",
        "maxStackElements",
        "maxSizeOfInstructions",
        "maxComponentElements",
    ]:
        setattr(largest, field, 0)
    font.sfntVersion = "\x00\x01\x00\x00"
    file = Path(tempfile.mkdtemp()) / "cut.ttf"
    font.save(file)
    return file


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
