"""Work that is left out where nothing can come of it: the result is the one of the long way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from books import full_book
from juesuan.charts.lettering import joined, width, wrap
from juesuan.layouts import layout, names
from juesuan.readers.files import workbook
from juesuan.readers.tables import choose
from juesuan.report import exporter
from saving import save

BAD = '<p title="&#34;">甲 &amp; 乙</p><img src="data:,">'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(full_book(seed=1), tmp_path / "甲单位" / "2021") / "accounts.xlsx"


def notebook(html: str) -> Any:
    output = nbformat.v4.new_output("display_data", data={"text/html": html, "text/plain": "甲"})
    cells = [nbformat.v4.new_markdown_cell("# 题\n## 节"), nbformat.v4.new_code_cell("1", outputs=[output])]
    return nbformat.v4.new_notebook(cells=cells)


def page(html: str) -> str:
    return exporter.JuesuanExporter().from_notebook_node(notebook(html))[0]


def test_the_page_is_the_document_that_nbconvert_would_make(monkeypatch: pytest.MonkeyPatch) -> None:
    described = BAD.replace("<img", '<img alt="图"')
    ours = page(described)
    monkeypatch.setattr(exporter, "_written", lambda nb: ["<img src='x'>"])
    theirs = page(described)
    assert theirs == str(BeautifulSoup(ours, "html.parser")) != ours


def test_a_picture_without_a_description_is_found_and_given_one() -> None:
    assert BeautifulSoup(page(BAD), "html.parser").img["alt"]


def test_a_workbook_is_read_again_only_for_the_values_behind_formulas(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads: list[dict[str, Any]] = []

    def load(data: Any, **how: Any) -> Any:
        loads.append(how)
        return load_workbook(data, **how)

    monkeypatch.setattr(workbook, "load_workbook", load)
    workbook.read_workbook(book)
    assert loads == [{}]
    edited = load_workbook(book)
    edited.worksheets[0]["H30"] = "=1+1"
    edited.save(book)
    first = workbook.read_workbook(book).sheets[0]
    assert loads == [{}, {}, {"data_only": True}]
    assert (first.cell(30, 8).text, first.cell(30, 8).formula) == ("", "=1+1")


@pytest.mark.parametrize("named", names())
def test_a_better_profile_is_looked_for_wherever_there_can_be_one(book: Path, named: str) -> None:
    sheets = workbook.read_workbook(book).sheets
    scores = {name: choose.place(sheets, layout(name)).score for name in names()}
    best = max(names(), key=scores.__getitem__)
    expected = layout(best) if scores[best] - scores[named] > 5 else None
    assert choose.likeliest(sheets, [], layout(named)) == expected


@pytest.mark.parametrize(
    "text", ["一般公共预算财政拨款支出决算表", "甲局 2021 年度 · 单位：万元", " 甲 ", ""]
)
def test_a_text_that_fits_is_one_line(text: str) -> None:
    wide = width(text, 9.5)
    assert wrap(text, 9.5, wide) == joined(text, 9.5, wide) == [text.strip()]
    if len(text) > 3:
        assert len(wrap(text, 9.5, wide - 1)) > 1
