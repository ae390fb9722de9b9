"""Tables of a PDF, cell by cell; every page is drawn here (示例数据，合成)."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF

from juesuan.readers.files.pdf import read_pdf
from papers import cells, paper, read

XS, YS = (60, 120, 240, 320, 400), (100, 120, 140, 170, 190)


def rule(pdf: FPDF, xs: tuple[int, ...] = XS, ys: tuple[int, ...] = YS) -> None:
    """Every line of a grid, from end to end."""
    for y in ys:
        pdf.line(xs[0], y, xs[-1], y)
    for x in xs:
        pdf.line(x, ys[0], x, ys[-1])


def fill(pdf: FPDF) -> None:
    """The words of the table that most tests use."""
    pdf.text(100, 90, "收入决算表")
    for x, text in zip((65, 125, 245, 325), ("编码", "名称", "合计", "基本支出"), strict=True):
        pdf.text(x, 114, text)
    pdf.text(65, 134, "20805")
    pdf.text(125, 134, "社会保障")
    pdf.text(245, 134, "1,234.50")
    pdf.text(65, 160, "2080501")
    pdf.text(125, 152, "机关事业单位基本")
    pdf.text(125, 164, "养老保险")
    pdf.text(245, 160, "0.00")
    pdf.text(60, 210, "注：本表为合成数据。")


WANTED = [
    ["编码", "名称", "合计", "基本支出"],
    ["20805", "社会保障", "1,234.50", ""],
    ["2080501", "机关事业单位基本\n养老保险", "0.00", ""],
    ["", "", "", ""],
]


def both(pdf: FPDF) -> None:
    rule(pdf)
    fill(pdf)


def test_a_ruled_table_with_its_places(tmp_path: Path) -> None:
    document = read(tmp_path, both)
    assert [type(block).__name__ for block in document.blocks] == ["Passage", "Sheet", "Passage"]
    (sheet,) = document.sheets
    assert cells(sheet) == WANTED
    assert (sheet.name, sheet.spans) == ("第1页表1", [])
    assert sheet.text(3, 2) == "机关事业单位基本养老保险"
    assert sheet.quantity(2, 3, "万元").cell == "第1页表1第2行第3列"
    assert [(p.text, p.place) for p in document.passages] == [
        ("收入决算表", "第1页"),
        ("注：本表为合成数据。", "第1页"),
    ]


def test_lines_drawn_cell_by_cell_as_thin_boxes_and_twice(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        fill(pdf)
        for y in YS:
            for left, right in zip(XS, XS[1:], strict=False):
                pdf.rect(left, y - 0.25, right - left, 0.5, style="F")
                pdf.rect(left, y + 1.2, right - left, 0.5, style="F")
        for x in XS:
            for top, bottom in zip(YS, YS[1:], strict=False):
                pdf.rect(x - 0.25, top, 0.5, bottom - top, style="F")

    assert [cells(sheet) for sheet in read(tmp_path, draw).sheets] == [WANTED]


def test_a_table_without_outer_lines(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        fill(pdf)
        for y in YS[1:-1]:
            pdf.line(XS[0], y, XS[-1], y)
        for x in XS[1:-1]:
            pdf.line(x, YS[0], x, YS[-1])

    assert [cells(sheet) for sheet in read(tmp_path, draw).sheets] == [WANTED]


def test_merged_cells_are_spans(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        for y in (100, 140, 160):
            pdf.line(60, y, 400, y)
        pdf.line(240, 120, 400, 120)
        for x in (60, 240, 400):
            pdf.line(x, 100, x, 160)
        pdf.line(120, 140, 120, 160)
        pdf.line(320, 120, 320, 160)
        for x, y, text in ((130, 122, "项目"), (300, 114, "支出"), (250, 134, "基本"), (330, 134, "项目")):
            pdf.text(x, y, text)
        pdf.text(250, 154, "5.10")

    (sheet,) = read(tmp_path, draw).sheets
    assert cells(sheet) == [["项目", "", "支出", ""], ["", "", "基本", "项目"], ["", "", "5.10", ""]]
    assert sorted(sheet.spans) == [(1, 1, 2, 2), (3, 1, 4, 1)]


def test_numbers_at_and_over_the_border_stay_whole(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        rule(pdf)
        pdf.text(65, 114, "项目")
        wide = pdf.get_string_width("98,765.43")
        pdf.text(320 - wide, 134, "98,765.43")
        pdf.text(320.5, 134, "12.00")
        pdf.text(324 - wide, 160, "98,765.43")

    (sheet,) = read(tmp_path, draw).sheets
    assert cells(sheet)[1:3] == [["", "", "98,765.43", "12.00"], ["", "", "98,765.43", ""]]


def test_raised_and_doubled_characters_keep_their_order(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        rule(pdf)
        pdf.text(65, 114, "201")
        pdf.text(65 + pdf.get_string_width("201"), 111.5, "06")
        for shift in (0, 0.3):
            pdf.text(125 + shift, 114, "合计")
        pdf.text(245, 114, "11.11")

    (sheet,) = read(tmp_path, draw).sheets
    assert cells(sheet)[0] == ["20106", "合计", "11.11", ""]


def test_a_table_ruled_between_its_columns_only(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        rule(pdf, ys=(100, 120, 190))
        for x, text in zip((65, 125, 245, 325), ("编码", "名称", "合计", "基本"), strict=True):
            pdf.text(x, 114, text)
        for y, row in (
            (134, ("201", "甲", "3.00", "1.00")),
            (150, ("202", "乙", "4.00", "")),
            (166, ("203", "丙", "", "2.00")),
        ):
            for x, text in zip((65, 125, 245, 325), row, strict=True):
                pdf.text(x, y, text)

    (sheet,) = read(tmp_path, draw).sheets
    assert cells(sheet)[1:] == [
        ["201", "甲", "3.00", "1.00"],
        ["202", "乙", "4.00", ""],
        ["203", "丙", "", "2.00"],
    ]
    assert sheet.origins[-1] == "第1页表1第4行"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_pages_on_their_side(tmp_path: Path, turn: int) -> None:
    def draw(pdf: FPDF) -> None:
        with pdf.rotation(turn, 297, 300):
            both(pdf)

    file = tmp_path / "横.pdf"
    paper(draw).output(str(file))
    for rotate in (0, 90, 180, 270):
        turned = pypdfium2.PdfDocument(str(file))
        turned[0].set_rotation(rotate)
        turned.save(str(tmp_path / f"{rotate}.pdf"))
        document = read_pdf(tmp_path / f"{rotate}.pdf")
        assert [cells(sheet) for sheet in document.sheets] == [WANTED], rotate
        assert document.passages[0].text == "收入决算表"


def test_frames_and_underlines_are_no_tables(tmp_path: Path) -> None:
    def draw(pdf: FPDF) -> None:
        pdf.rect(50, 50, 300, 60)
        pdf.text(60, 80, "提示：框里只有一段话。")
        pdf.line(60, 200, 300, 200)
        pdf.text(60, 198, "下划线")
        rule(pdf, ys=(300, 320, 340))
        pdf.text(65, 314, "甲")
        pdf.text(125, 314, "1.00")
        rule(pdf, xs=(60, 200, 400), ys=(500, 520))
        pdf.text(65, 514, "乙")
        pdf.text(205, 514, "2.00")

    document = read(tmp_path, draw)
    assert [sheet.name for sheet in document.sheets] == ["第1页表1", "第1页表2"]
    assert [p.text for p in document.passages] == ["提示：框里只有一段话。", "下划线"]
