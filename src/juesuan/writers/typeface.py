"""The Chinese font for PDF pages, cut to the characters in use and with TrueType outlines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from juesuan.extras import library

# The characters of the last font made, and the folder that holds it: a run of many books uses the same few
# hundred. The folder goes with the process.
_made: dict[str, tempfile.TemporaryDirectory[str]] = {}
_FILE = "cut.ttf"
_ZEROS = (
    "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions", "maxComponentElements",
)  # fmt: skip


def typeface(characters: set[str], path: Path) -> Path:
    """A font file that holds `characters`; `path` is the PDF that wants it.

    PDF readers know the characters behind TrueType outlines; fpdf2 gives the original, whose outlines are
    of the other kind, a private encoding that many of them (pdfminer among them) cannot follow.
    """
    for known, folder in _made.items():
        if characters <= set(known):
            return Path(folder.name) / _FILE
    wanted = "".join(sorted(characters.union(*_made)))
    made = tempfile.TemporaryDirectory(prefix="juesuan-font-", ignore_cleanup_errors=True)
    _cut(wanted, Path(made.name) / _FILE, path)
    _made.clear()
    _made[wanted] = made
    return Path(made.name) / _FILE


def _cut(wanted: str, file: Path, path: Path) -> None:
    library("fpdf", path)
    from fontTools import subset
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont, newTable
    from pylopdf_fonts_zh_cn import sans_path

    font = TTFont(sans_path())
    cutter = subset.Subsetter()
    cutter.populate(text=wanted)
    cutter.subset(font)
    outlines, order = font.getGlyphSet(), font.getGlyphOrder()
    glyphs = newTable("glyf")
    glyphs.glyphOrder, glyphs.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(outlines)
        outlines[name].draw(Cu2QuPen(pen, 1, reverse_direction=True))
        glyphs.glyphs[name] = pen.glyph()
    font["glyf"], font["loca"] = glyphs, newTable("loca")
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in _ZEROS:
        setattr(font["maxp"], field, 0)
    font.sfntVersion = "\x00\x01\x00\x00"
    font.save(file)
