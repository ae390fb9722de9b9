"""Two published PDFs, read in place: how many tables each page has, some cells and paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from juesuan.readers.files.document import Document
from juesuan.readers.files.pdf import read_pdf
from juesuan.readers.files.sheet import Sheet

REAL = Path(__file__).parents[1].parent / "shared" / "real"
pytestmark = pytest.mark.skipif(
    not REAL.is_dir(), reason="the published documents lie in ../shared, which is absent"
)


@pytest.fixture(scope="module")
def planning() -> Document:
    return read_pdf(REAL / "putuo-planning-2024.pdf")


@pytest.fixture(scope="module")
def finance() -> Document:
    return read_pdf(REAL / "putuo-finance-2024.pdf")


def sheet(document: Document, page: int) -> Sheet:
    (found,) = [each for each in document.sheets if each.name == f"第{page}页表1"]
    return found


def size(document: Document) -> dict[int, tuple[int, int]]:
    pages = Counter(int(re.findall(r"\d+", each.name)[0]) for each in document.sheets)
    assert set(pages.values()) == {1}
    return {page: (sheet(document, page).height, sheet(document, page).width) for page in pages}


def test_the_tables_of_each_page(planning: Document, finance: Document) -> None:
    assert size(planning) == {
        6: (6, 3), 7: (30, 4), 8: (14, 9), 9: (13, 9), 10: (14, 8), 11: (13, 8), 12: (17, 7), 13: (15, 7),
        14: (23, 5), 15: (4, 5), 16: (40, 6), 17: (5, 12), 18: (6, 8), 19: (6, 8),
    }  # fmt: skip
    assert size(finance) == {
        5: (4, 3), 6: (29, 4), 7: (3, 4), 8: (18, 11), 9: (5, 11), 10: (15, 10), 11: (8, 10), 12: (15, 7),
        13: (19, 7), 15: (24, 7), 16: (22, 8), 17: (21, 8), 18: (6, 12), 19: (12, 10), 20: (12, 10),
    }  # fmt: skip
    assert list(planning.notices) == list(finance.notices) == []


def test_codes_in_three_cells_and_raised_numbers(finance: Document) -> None:
    table = sheet(finance, 8)
    assert table.texts(7) == ["201", "06", "01", "行政运行", "1,511.90", "1,511.89", "", "", "", "", "0.01"]
    assert table.text(14, 4) == "机关事业单位基本养老保险缴费支出"
    assert sheet(finance, 10).texts(7)[3:7] == ["行政运行", "1,511.89", "1,503.52", "8.37"]
    assert sheet(finance, 18).texts(6) == ["0.95", *[""] * 9, "0.95", ""]
    assert sheet(finance, 16).texts(15)[4:7] == ["302", "12", "因公出国（境）费用"]


def test_merged_heads(planning: Document) -> None:
    table = sheet(planning, 17)
    assert (5, 2, 10, 2) in table.spans
    assert table.text(2, 5) == "公务用车购置及运行维护费"
    assert table.texts(5) == ["2.85", "0.39", *["0.00"] * 8, "2.85", "0.39"]
    assert table.ref(5, 2) == "第17页表1第5行第2列"


def test_columns_add_up(planning: Document) -> None:
    """Every figure of two long tables stands in its column: the items add up to the printed totals."""
    first, rest = sheet(planning, 14), sheet(planning, 15)
    rows = [
        (t.text(r, 1), [t.quantity(r, c, "万元") for c in (3, 4, 5)])
        for t in (first, rest)
        for r in range(1, t.height + 1)
    ]
    items = [figures for code, figures in rows if re.fullmatch(r"\d{7}", code)]
    totals = rows[-1][1]
    assert len(items) == 13
    for column, total in enumerate(totals):
        values = [figures[column].value or Decimal(0) for figures in items]
        assert sum(values) == total.value


def test_paragraphs(planning: Document, finance: Document) -> None:
    texts = {p.text: p.place for p in finance.passages}
    assert texts["一、收入支出决算总体情况说明"] == "第21页"
    assert next(p for t, p in texts.items() if re.match(r".+年度收入支出总计[\d.]+万元。", t)) == "第21页"
    long = next(t for t in texts if t.startswith("5、社会保障和就业支出"))
    assert "行政单位离退休（项）。" in long
    assert long.endswith("实际执行基本贴合预期。")
    assert [p.text for p in planning.passages[:2]] == ["上海市普陀区规划和自然资源局", "2024年度部门决算"]
    assert not [p.text for d in (planning, finance) for p in d.passages if re.fullmatch(r"\W*\d+\W*", p.text)]
    section = next(
        p for p in planning.passages if p.text.startswith("一般公共预算财政拨款基本支出5377.64万元")
    )
    assert section.text.endswith("办公设备购置支出。")
