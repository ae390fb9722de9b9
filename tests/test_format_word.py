"""The docx reader: order, merged cells, numbers of lists, revisions; all files are made here (示例数据，合成)."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
import msoffcrypto.format.ooxml
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm
from PIL import Image

from juesuan.errors import JuesuanError
from juesuan.readers.files.document import Document
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.files.word import read_word
from juesuan.readers.files.word_numbers import chinese, spelt
from papers import cells


def read(folder: Path, document: Any) -> Document:
    file = folder / "示例.docx"
    document.save(str(file))
    return read_word(file)


def shape(document: Document) -> list[str]:
    return [
        block.name if isinstance(block, Sheet) else f"{block.place} {block.text}" for block in document.blocks
    ]


def xml(inner: str) -> Any:
    return parse_xml(inner.replace(">", f" {nsdecls('w')}>", 1))


def test_paragraphs_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("第三部分 情况说明")
    document.add_paragraph("")
    document.add_paragraph("单位：万元")
    table = document.add_table(4, 4)
    for row, texts in enumerate(
        (["项目", "", "支出", ""], ["", "", "基本", "项目"], ["201", "行政\n运行", "1,234.50", "-"])
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 1))
    table.cell(0, 2).merge(table.cell(0, 3))
    document.add_paragraph("注：合成数据。")
    read_back = read(tmp_path, document)
    assert shape(read_back) == ["第1段 第三部分 情况说明", "第2段 单位：万元", "表1", "第3段 注：合成数据。"]
    (sheet,) = read_back.sheets
    assert cells(sheet) == [
        ["项目", "", "支出", ""], ["", "", "基本", "项目"], ["201", "行政\n运行", "1,234.50", "-"], [""] * 4,
    ]  # fmt: skip
    assert sorted(sheet.spans) == [(1, 1, 2, 2), (3, 1, 4, 1)]
    assert sheet.quantity(3, 3, "万元").cell == "表1第3行第3列"


def test_rows_that_begin_late_and_content_controls(tmp_path: Path) -> None:
    document = docx.Document()
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    row = "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}</w:tr>".format(cell.format("右"))
    first = "<w:tr>{}{}</w:tr>".format(cell.format("左"), cell.format("中"))
    table = f"<w:sdt><w:sdtContent><w:tbl>{first}{row}</w:tbl></w:sdtContent></w:sdt>"
    line = "<w:sdt><w:sdtContent><w:p><w:r><w:t>控件里的话。</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    for inner in (line, table):
        document.element.body.insert(len(document.element.body) - 1, xml(inner))
    read_back = read(tmp_path, document)
    assert shape(read_back) == ["第1段 控件里的话。", "表1"]
    assert cells(read_back.sheets[0]) == [["左", "中"], ["", "右"]]


def test_revisions_and_hidden_text(tmp_path: Path) -> None:
    document = docx.Document()
    run = "<w:r><w:t>{}</w:t></w:r>"
    document.element.body.insert(
        0,
        xml(
            "<w:p>" + run.format("增长") + "<w:del w:id='1'><w:r><w:delText>5%</w:delText></w:r></w:del>"
            + "<w:ins w:id='2'>" + run.format("6%") + "</w:ins>"
            + "<w:r><w:rPr><w:vanish/></w:rPr><w:t>草稿</w:t></w:r>"
            + "<w:hyperlink>" + run.format("。") + "</w:hyperlink><w:r><w:tab/><w:instrText>PAGE</w:instrText></w:r></w:p>"
        ),
    )  # fmt: skip
    assert shape(read(tmp_path, document)) == ["第1段 增长6%。"]


def test_text_boxes_once_and_nested_tables(tmp_path: Path) -> None:
    document = docx.Document()
    box = "<w:txbxContent><w:p><w:r><w:t>框中话</w:t></w:r></w:p></w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    document.element.body.insert(
        0,
        xml(
            f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent xmlns:mc='{mc}'><mc:Choice Requires='wps'>"
            f"<w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r></w:p>"
        ),
    )
    layout = document.add_table(1, 2)
    layout.cell(0, 0).text = "左栏"
    inner = layout.cell(0, 1).add_table(2, 2)
    inner.cell(0, 0).text, inner.cell(1, 1).text = "甲", "1.00"
    framed = document.add_table(1, 1)
    framed.cell(0, 0).text = "框住的一段"
    assert shape(read(tmp_path, document)) == [
        "第1段 正文", "第2段 框中话", "第3段 左栏", "表1", "第4段 框住的一段",
    ]  # fmt: skip


def test_automatic_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (("chineseCounting", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%3."), ("bullet", "●"))
    inner = "".join(
        f"<w:lvl w:ilvl='{n}'><w:start w:val='1'/><w:numFmt w:val='{form}'/><w:lvlText w:val='{text}'/></w:lvl>"
        for n, (form, text) in enumerate(levels)
    )
    numbering.insert(0, xml(f"<w:abstractNum w:abstractNumId='77'>{inner}</w:abstractNum>"))
    numbering.append(xml("<w:num w:numId='77'><w:abstractNumId w:val='77'/></w:num>"))
    for level, text in (
        (0, "收入"),
        (1, "总体"),
        (1, "结构"),
        (2, "基本"),
        (2, "项目"),
        (0, "支出"),
        (1, "总体"),
        (3, "点"),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, 77
    style = document.styles["Heading 2"].element.get_or_add_pPr().get_or_add_numPr()
    style.get_or_add_numId().val = 77
    document.add_heading("三公", 2)
    texts = [p.text for p in read(tmp_path, document).passages]
    assert texts == [
        "一、收入",
        "（一）总体",
        "（二）结构",
        "1.基本",
        "2.项目",
        "二、支出",
        "（一）总体",
        "点",
        "三、三公",
    ]


def test_counts_in_words() -> None:
    assert [chinese(n) for n in (1, 10, 12, 20, 99, 100, 105, 110, 0)] == [
        "一", "十", "十二", "二十", "九十九", "一百", "一百零五", "一百一十", "0",
    ]  # fmt: skip
    forms = ("decimalEnclosedCircle", "decimalFullWidth", "upperLetter", "ordinal")
    assert [spelt(3, form) for form in forms] == ["③", "３", "C", "3"]


def test_a_large_picture_is_told(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (9, 9)).save(picture, "PNG")
    document = docx.Document()
    document.add_picture(picture, width=Cm(15), height=Cm(15))
    document.add_paragraph("收入决算表")
    document.add_picture(picture, width=Cm(1))
    (notice,) = read(tmp_path, document).notices
    assert notice.place == "示例.docx 第1段"
    assert "图片里的文字和数字未读入" in notice.text


def test_what_cannot_be_read(tmp_path: Path) -> None:
    good = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("甲")
    document.save(good)
    locked = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(good.getvalue())).encrypt("1234", locked)
    empty = io.BytesIO()
    docx.Document().save(empty)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "x")
    whole = good.getvalue()
    ole = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)
    for name, content, says in (
        ("旧.doc", ole, "另存为 docx"), ("改名.docx", ole, "另存为 docx"), ("富.doc", b"{\\rtf1 }", "另存为 docx"),
        ("密.docx", locked.getvalue(), "有打开密码"), ("空.docx", empty.getvalue(), "没有文字"),
        ("残.docx", whole[:900], "已损坏"), ("别.docx", other.getvalue(), "已损坏"), ("无.docx", b"", "已损坏"),
    ):  # fmt: skip
        file = tmp_path / name
        file.write_bytes(content)
        with pytest.raises(JuesuanError, match=says) as error:
            read_word(file)
        assert error.value.where == name


def test_deep_nesting_is_one_sentence(tmp_path: Path) -> None:
    document = docx.Document()
    wrapper = document.element.body
    for _ in range(3000):
        wrapper.insert(0, OxmlElement("w:sdt"))
        wrapper = wrapper[0]
    with pytest.raises(JuesuanError, match=r"示例\.docx"):
        read(tmp_path, document)
