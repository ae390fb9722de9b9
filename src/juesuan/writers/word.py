"""A publication as a Word document: A4, Chinese fonts, real merged cells, heads that repeat on every page."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Any

from juesuan.accounts.heading import Cell
from juesuan.extras import library
from juesuan.writers.blocks import Block, Heading, Papers, Paragraph, Printed, shown
from juesuan.writers.files import replacing
from juesuan.writers.measure import fitted, halves

# 仿宋 and 黑体 are on every Chinese office machine; they are named, never bundled.
BODY, TITLE = "仿宋", "黑体"
_LATIN = "Times New Roman"
# A4 and its margins in twentieths of a point.
_SHORT, _LONG, _MARGIN = 11906, 16838, 1304
_SIZES = {0: 22, 1: 18, 2: 15, 3: 14, 4: 14}


def write_word(papers: Papers, path: Path) -> Path:
    """Write `papers` to a docx file; the extra `documents` is needed."""
    docx = library("docx", path)
    document = docx.Document()
    _prepare(document, papers)
    for block in papers.blocks:
        _block(document, block, papers.label)
    with replacing(path) as temporary:
        document.save(str(temporary))
    return path


def set_font(run_or_style: Any, name: str, size: int) -> None:
    """Font and size; without `eastAsia` Word sets Chinese in whatever the theme says."""
    from docx.oxml.ns import qn
    from docx.shared import Pt

    run_or_style.font.name = _LATIN
    run_or_style.font.size = Pt(size)
    fonts = run_or_style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(attribute), None)
    fonts.set(qn("w:eastAsia"), name)


def _prepare(document: Any, papers: Papers) -> None:
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    set_font(document.styles["Normal"], BODY, 14)
    for level in range(1, 6):
        style = document.styles[f"Heading {level}"]
        set_font(style, TITLE, _SIZES.get(level, 14))
        style.font.bold = False
        style.font.color.rgb = RGBColor(0, 0, 0)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
        language.set(qn("w:val"), "zh-CN")
    document.core_properties.title = papers.title
    document.core_properties.language = "zh-CN"
    section = document.sections[0]
    _turn(section, wide=False)
    if papers.label:
        header = section.header.paragraphs[0]
        set_font(header.add_run(papers.label), BODY, 9)
        header.alignment = 2
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    footer.add_run("— ")
    _page_number(footer)
    footer.add_run(" —")


def _page_number(paragraph: Any) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    field = f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(field))


def _turn(section: Any, *, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        Twips(side) for side in ((_LONG, _SHORT) if wide else (_SHORT, _LONG))
    )
    for side in ("left", "right", "top", "bottom"):
        setattr(section, f"{side}_margin", Twips(_MARGIN))


def _block(document: Any, block: Block, label: str) -> None:
    from docx.shared import Pt

    if isinstance(block, Heading):
        _stand(document, wide=False)
        if block.level == 0:
            paragraph = document.add_paragraph(style="Normal")
            set_font(paragraph.add_run(block.text), TITLE, _SIZES[0])
            paragraph.alignment, paragraph.paragraph_format.space_before = 1, Pt(160)
        else:
            heading = document.add_heading(block.text, min(block.level, 5))
            heading.alignment = 1 if block.level == 1 else 0
            heading.paragraph_format.page_break_before = block.level == 1
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph(block.text)
        if label and block.text == label:
            paragraph.alignment = 1
        else:
            paragraph.paragraph_format.first_line_indent = Pt(28)
    else:
        _table(document, block)


def _stand(document: Any, *, wide: bool) -> bool:
    """Go on in a section of the wanted orientation; say whether that begins a new page."""
    now = document.sections[-1]
    if (now.page_width > now.page_height) == wide:
        return False
    _turn(document.add_section(), wide=wide)
    return True


def _table(document: Any, table: Printed) -> None:
    from docx.shared import Twips

    turned = _stand(document, wide=table.is_wide)
    width = (_LONG if table.is_wide else _SHORT) - 2 * _MARGIN
    mark = document.add_paragraph()
    set_font(mark.add_run(table.mark), BODY, 10)
    mark.alignment, mark.paragraph_format.keep_with_next = 2, True
    mark.paragraph_format.page_break_before = not turned
    document.add_heading(table.title, 2).alignment = 1
    department, year, unit = table.line
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    stops = line.paragraph_format.tab_stops
    stops.add_tab_stop(Twips(width), 2)
    # Twips to half-widths of 10 points; a long name leaves no room for the year in the middle.
    if (halves(department) + 10) * 100 < width // 2:
        stops.add_tab_stop(Twips(width // 2), 1)
        set_font(line.add_run("\t".join(table.line)), BODY, 10)
    else:
        set_font(line.add_run(f"{department}\t{year}　{unit}"), BODY, 10)
    line._p.addnext(_grid(table, width))
    if table.note:
        set_font(document.add_paragraph().add_run(f"注：{table.note}"), BODY, 10)


def _grid(table: Printed, width: int) -> Any:
    """The table as XML: python-docx's own cells would be looked up anew for each one."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    # Sizes in half points and widths in twentieths; a digit is half as wide as it is high.
    size, widths = fitted(table.grid, width, (18, 17, 16, 15, 14, 13, 12, 11, 10), 5)
    shares = [int(w) for w in widths]
    shares[-1] += width - sum(shares)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="404040"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "".join(_rows(table, shares, int(size)))
    columns = "".join(f'<w:gridCol w:w="{share}"/>' for share in shares)
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _rows(table: Printed, shares: list[int], size: int) -> list[str]:
    heads, made = len(table.grid.head), []
    below: dict[tuple[int, int], int] = {}
    for row, placed in groupby(table.grid.placed(), key=lambda at: at[0]):
        cells = {column: cell for _, column, cell in placed}
        texts, column = [], 0
        while column < len(shares):
            if cell := cells.get(column):
                texts.append(_cell(cell, sum(shares[column : column + cell.columns]), size))
                for deeper in range(row + 1, row + cell.rows):
                    below[deeper, column] = cell.columns
                column += cell.columns
            else:
                wide = below.get((row, column), 1)
                texts.append(
                    _cell(Cell(columns=wide), sum(shares[column : column + wide]), size, goes_on=True)
                )
                column += wide
        repeat = "<w:tblHeader/>" if row < heads else ""
        made.append(f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(texts)}</w:tr>")
    return made


def _cell(cell: Cell, width: int, size: int, *, goes_on: bool = False) -> str:
    from xml.sax.saxutils import escape

    merge = "<w:vMerge/>" if goes_on else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    place = {"head": "center", "number": "right", "code": "center", "line": "center"}.get(cell.kind, "left")
    fonts = f'<w:rFonts w:ascii="{_LATIN}" w:hAnsi="{_LATIN}" w:eastAsia="{BODY}"/><w:sz w:val="{size}"/>'
    text = escape(shown(cell))
    run = f'<w:r><w:rPr>{fonts}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="{place}"/><w:rPr><w:sz w:val="{size}"/></w:rPr></w:pPr>{run}</w:p></w:tc>'
    )
