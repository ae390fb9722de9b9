"""Synthetic books as files: labelled wherever they show, readable as they stand, whole or not there."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pdfplumber
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from juesuan.accounts.source import SYNTHETIC
from juesuan.cli import main
from juesuan.errors import JuesuanError
from juesuan.publication import publication
from juesuan.readers import open_accounts
from juesuan.report.markdown import markdown
from juesuan.sample import FORMATS, Order, books, write_samples
from juesuan.writers.blocks import Printed
from juesuan.writers.page import write_page
from juesuan.writers.word import write_word

ORDER = Order("national", 1, (2023,), 8)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One book in every format."""
    out = tmp_path_factory.mktemp("sample")
    return dict(zip(FORMATS, write_samples(ORDER, out, FORMATS, progress=False), strict=True))


def test_a_folder_holds_one_publication(folders: dict[str, Path]) -> None:
    for format, folder in folders.items():
        names = sorted(f.name for f in folder.iterdir())
        beside = ["accounts.xlsx", "disclosure.yml"] if format == "xlsx" else [f"report.{format}"]
        assert names == [*beside, "source.yml"]
        assert folder.name == "2023"
        assert folder.parts[-3] == format


def test_the_label_stands_in_every_file(folders: dict[str, Path]) -> None:
    for folder in folders.values():
        assert open_accounts(folder).source.is_synthetic
    book = load_workbook(folders["xlsx"] / "accounts.xlsx")
    assert all(any(SYNTHETIC in str(c.value) for row in sheet.iter_rows() for c in row) for sheet in book)
    with pdfplumber.open(folders["pdf"] / "report.pdf") as pdf:
        assert all(SYNTHETIC in page.extract_text() for page in pdf.pages)
        assert all(re.search(rf"— {i} —", page.extract_text()) for i, page in enumerate(pdf.pages, 1))
    document = docx.Document(str(folders["docx"] / "report.docx"))
    assert SYNTHETIC in document.sections[0].header.paragraphs[0].text
    assert all(section.header.is_linked_to_previous for section in list(document.sections)[1:])
    page = (folders["html"] / "report.html").read_text(encoding="utf-8")
    assert SYNTHETIC in re.findall("<title>(.*)</title>", page)[0]
    assert page.count(SYNTHETIC) > len(ORDER.years) * 9
    (made,) = books(ORDER)
    assert f"> {SYNTHETIC}" in markdown(made.accounts)


def test_a_word_document_is_chinese_a4_with_repeated_heads(folders: dict[str, Path]) -> None:
    document = docx.Document(str(folders["docx"] / "report.docx"))
    sides = {tuple(sorted((round(s.page_width.mm), round(s.page_height.mm)))) for s in document.sections}
    assert sides == {(210, 297)}
    assert any(s.page_width > s.page_height for s in document.sections)
    xml = document.element.xml
    assert 'w:eastAsia="仿宋"' in xml
    assert "<w:tblHeader/>" in xml
    assert 'w:val="restart"' in xml
    assert 'w:eastAsia="zh-CN"' in document.styles.element.xml
    headings = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert [h for h in headings if h != "目录"] == [
        "第一部分 概况", "第二部分 2023年度部门决算报表", "第三部分 2023年度部门决算情况说明", "第四部分 名词解释",
    ]  # fmt: skip


def test_a_page_is_escaped_and_loads_nothing(tmp_path: Path) -> None:
    (book,) = books(ORDER)
    papers = publication(book.accounts)
    object.__setattr__(papers, "title", "<script>甲&乙</script>")
    text = write_page(papers, tmp_path / "a.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;甲&amp;乙" in text
    assert not re.search(r"<script|https?://|src=", text)
    assert {"colspan", "rowspan"} <= set(re.findall(r"colspan|rowspan", text))


def test_tables_stand_in_the_order_of_the_profile() -> None:
    for book in books(Order("shaanxi", 1, (2023,), 8)):
        tables = [b.grid.table.id for b in publication(book.accounts).blocks if isinstance(b, Printed)]
        assert tables == [t.id for t in book.accounts.layout.printed_tables]


def test_a_missing_library_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "docx", None)
    (book,) = books(ORDER)
    with pytest.raises(JuesuanError, match=r'pip install "juesuan\[documents\]"'):
        write_word(publication(book.accounts), tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []


def test_the_command(tmp_path: Path) -> None:
    line = ["sample", "--departments", "2", "--years", "2021-2022", "--profile", "shanxi-2020", "--seed", "3"]
    done = CliRunner().invoke(main, [*line, "--unit", "元", "--out", str(tmp_path), "--quiet"])
    assert done.exit_code == 0, done.output
    assert "4 个文件夹" in done.output
    assert SYNTHETIC in done.output
    found = sorted(tmp_path.glob("*/*/accounts.xlsx"))
    assert [f.parent.name for f in found] == ["2021", "2022"] * 2
    accounts = open_accounts(found[1].parent)
    assert accounts.previous is not None
    assert accounts.unit_of("T5") == accounts.text_unit == "元"
    assert not [n for n in accounts.notices if "用于同比" not in n.text]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--years", "去年"], "参数 years"), (["--years", "2024-2022"], "参数 years"), (["--formats", "doc"], "参数 formats"),
        (["--formats", ""], "参数 formats"), (["--unit", "美元"], "参数 unit"), (["--profile", "无"], "参数 profile"),
        (["--departments", "0"], "参数 departments"), (["--departments", "多"], "departments"),
    ],
)  # fmt: skip
def test_wrong_parameters_are_one_sentence(tmp_path: Path, more: list[str], says: str) -> None:
    done = CliRunner().invoke(main, ["sample", *more, "--out", str(tmp_path / "x"), "--quiet"])
    assert done.exit_code == 2
    assert says in done.output
    assert not (tmp_path / "x").exists()


def test_out_must_be_given_and_no_file(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["sample"]).exit_code == 2
    file = tmp_path / "有"
    file.write_text("", encoding="utf-8")
    done = CliRunner().invoke(main, ["sample", "--out", str(file), "--quiet"])
    assert done.exit_code == 2
    assert "不是文件夹" in done.output
