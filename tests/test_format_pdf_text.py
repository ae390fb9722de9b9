"""Paragraphs, notices and refusals of the PDF reader; every page is drawn here (示例数据，合成)."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from juesuan.errors import JuesuanError
from juesuan.readers.files import limits, pdf
from juesuan.readers.files.pdf import read_pdf
from papers import Draw, paper, read

# 400 points wide, twenty characters of 20 points a line.
LEFT, SIZE = 80, 20


def written(*lines: tuple[float, str], top: float = 120) -> Draw:
    """Lines of text; the number before each says how many characters it is indented."""

    def draw(page: FPDF) -> None:
        for number, (indent, text) in enumerate(lines):
            if text:
                page.text(LEFT + indent * SIZE, top + 32 * number, text)

    return draw


BODY = [
    (5, "第三部分情况说明"),
    (2, "一、收入支出总体情况"),
    (2, "本年度收入总计为二千九百九十五点三九万元"[:18]),
    (0, "，与上年度相比，收入支出总计减少五十六点九"),
    (0, "五万元。"),
    (2, "主要原因：人员减少，项目支出中的合同付款"[:18]),
    (0, "按进度减少了一些，另有几个项目今年没有开工。"),
    (2, "（一）结构情况"),
    (2, "基本支出占百分之九十，项目支出占一成，两"[:18]),
    (0, "项相加等于本年支出合计，与上一年没有大的不"),
]


def test_wrapped_lines_are_one_paragraph(tmp_path: Path) -> None:
    document = read(tmp_path, written(*BODY), written((0, "同，与预算也没有。"), (2, "二、收入")), size=SIZE)
    assert [(p.place, p.text) for p in document.passages] == [
        ("第1页", "第三部分情况说明"),
        ("第1页", "一、收入支出总体情况"),
        ("第1页", BODY[2][1] + BODY[3][1] + BODY[4][1]),
        ("第1页", BODY[5][1] + BODY[6][1]),
        ("第1页", "（一）结构情况"),
        ("第1页", BODY[8][1] + BODY[9][1] + "同，与预算也没有。"),
        ("第2页", "二、收入"),
    ]


def test_a_number_that_would_not_fit_begins_the_next_line(tmp_path: Path) -> None:
    lines = [
        (0, "一二三四五六七八九十一二三四五六七八九十。"),
        (2, "某局支出决算数比上一年增加，合计为"),
        (0, "12345.67万元。"),
        (0, "增加部分都是新的项目所用去的，请看下面附的"),
        (0, "十五项明细。"),
    ]
    texts = [p.text for p in read(tmp_path, written(*lines), size=SIZE).passages]
    assert texts[1] == "某局支出决算数比上一年增加，合计为12345.67万元。"


def test_page_numbers_and_running_heads_go(tmp_path: Path) -> None:
    def page(number: int) -> Draw:
        def draw(sheet: FPDF) -> None:
            sheet.text(200, 40, "某局2024年度决算公开")
            sheet.text(280, 815, f"- {number} -" if number < 3 else f"第{number}页共3页")
            written((2, f"第{'一二三'[number - 1]}段的内容。"))(sheet)

        return draw

    document = read(tmp_path, *(page(number) for number in (1, 2, 3)), size=SIZE)
    assert [p.text for p in document.passages] == ["第一段的内容。", "第二段的内容。", "第三段的内容。"]


def test_a_line_of_two_columns_and_a_contents_page(tmp_path: Path) -> None:
    def draw(page: FPDF) -> None:
        page.text(80, 100, "编制单位：某局")
        page.text(400, 100, "单位：万元")
        page.text(80, 140, "一、概况...................................1")
        page.text(80, 172, "二、收入...................................2")

    texts = [p.text for p in read(tmp_path, draw).passages]
    assert [re.sub(r"\.+", "…", text) for text in texts] == [
        "编制单位：某局  单位：万元",
        "一、概况…1",
        "二、收入…2",
    ]


def test_a_table_without_lines_is_told(tmp_path: Path) -> None:
    def draw(page: FPDF) -> None:
        for row in range(4):
            for column, text in enumerate((f"科目{row}", f"{row}.00", f"1,00{row}.50")):
                page.text(80 + 150 * column, 100 + 20 * row, text)

    document = read(tmp_path, draw)
    assert [p.text for p in document.passages] == [f"科目{n}  {n}.00  1,00{n}.50" for n in range(4)]
    (notice,) = document.notices
    assert notice.place == "示例.pdf 第1页"
    assert "没有框线" in notice.text


def scan(page: FPDF) -> None:
    page.image(Image.new("RGB", (60, 80), "white"), 0, 0, 500, 700)


def test_scanned_pages(tmp_path: Path) -> None:
    document = read(tmp_path, written((0, "有字的一页。")), scan)
    assert [(n.place, n.text) for n in document.notices] == [
        ("示例.pdf 第2页", "这一页没有文字层，是扫描图，未读入")
    ]
    with pytest.raises(JuesuanError, match=r"扫描图。请先做文字识别（OCR）"):
        read(tmp_path, scan, scan)


def test_a_picture_beside_text_is_told(tmp_path: Path) -> None:
    def draw(page: FPDF) -> None:
        scan(page)
        page.text(80, 760, "图1 收支变动")

    assert "图片里的文字和数字未读入" in read(tmp_path, draw).notices[0].text


def test_a_broken_page_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "坏页.pdf"
    paper(written((0, "甲。")), written((0, "乙。"))).output(str(file))
    whole, seen = pdf.page_content, []

    def fails(layout: object) -> object:
        seen.append(layout)
        if len(seen) == 1:
            raise KeyError("Font")
        return whole(layout)

    monkeypatch.setattr(pdf, "page_content", fails)
    document = read_pdf(file)
    assert [(n.place, n.text) for n in document.notices] == [("坏页.pdf 第1页", "这一页损坏，未读入")]
    assert [(p.text, p.place) for p in document.passages] == [("乙。", "第2页")]


def test_lost_data_is_told(tmp_path: Path) -> None:
    file = tmp_path / "缺.pdf"
    paper(written(*[(0, f"第{n}行的内容是{n * 7919}。") for n in range(20)])).output(str(file))
    data = bytearray(file.read_bytes())
    middle = data.index(b"stream\n") + 200
    data[middle : middle + 4] = b"\xff\xff\xff\xff"
    file.write_bytes(data)
    assert "可能没有读全" in read_pdf(file).notices[0].text


def refused(file: Path) -> str:
    with pytest.raises(JuesuanError) as error:
        read_pdf(file)
    assert error.value.where == file.name
    assert error.value.todo
    return str(error.value)


def test_passwords(tmp_path: Path) -> None:
    file = tmp_path / "密.pdf"
    for password, readable in (("", True), ("1234", False)):
        pages = paper(written((0, "甲。")))
        pages.set_encryption(owner_password="owner", user_password=password)
        pages.output(str(file))
        if readable:
            assert read_pdf(file).passages[0].text == "甲。"
        else:
            assert "有打开密码" in refused(file)


def test_damaged_and_foreign_files(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "好.pdf"
    paper(written((0, "甲。"))).output(str(good))
    bad = tmp_path / "坏.pdf"
    for content in (
        b"",
        b"<html></html>",
        b"%PDF-1.4\n\x00\x01",
        good.read_bytes()[:300],
        bytes(range(256)) * 9,
    ):
        bad.write_bytes(content)
        assert "损坏" in refused(bad)
    assert capfd.readouterr() == ("", "")


def test_a_book_is_no_final_accounts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "厚.pdf"
    book = pypdfium2.PdfDocument.new()
    for _ in range(5):
        book.new_page(300, 300)
    book.save(str(file))
    assert "没有读出文字" in refused(file)
    monkeypatch.setattr(pdf, "PAGES", 4)
    assert "超过 4 页" in refused(file)
    assert limits.PAGES == 2000
