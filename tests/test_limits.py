"""What no final accounts hold: endless numbers, a stray cell in the last corner, thousands of tables, traps."""

from __future__ import annotations

import re
import time
import zlib
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from openpyxl import load_workbook

from books import full_book
from documents import tables, whole
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity, State
from juesuan.readers import open_accounts
from juesuan.readers.files.number_formats import formatted
from juesuan.wording import fixed, half_up
from renderings import to_html, to_pdf, to_xlsx
from saving import save


def refused(path: Path) -> str:
    start = time.monotonic()
    with pytest.raises(JuesuanError) as error:
        open_accounts(path)
    assert time.monotonic() - start < 10
    assert len(str(error.value).splitlines()) == 1
    return str(error.value)


@pytest.mark.parametrize("text", ["9" * 17, "9" * 100_000, f"1.{'0' * 11}"])
def test_a_text_with_more_digits_than_any_amount_is_no_figure(text: str) -> None:
    assert Quantity.parse(text).state is State.UNPARSED
    assert Quantity.parse("123456789012345.25").value == Decimal("123456789012345.25")


@pytest.mark.parametrize("value", ["1E+999999999", "Infinity", "NaN", "1E-400"])
def test_a_number_that_cannot_be_written_out(value: str) -> None:
    assert formatted(Decimal(value), "0.00", "万元").state is State.UNPARSED


def test_long_numbers_are_rounded_exactly() -> None:
    assert half_up(Decimal("123456789012345678901234567890.125"), 2) == Decimal(
        "123456789012345678901234567890.13"
    )
    assert (fixed(Decimal("-0.001")), fixed(0, 0), str(half_up(5, 2))) == ("0.00", "0", "5.00")


def test_an_error_is_one_line_of_sensible_length() -> None:
    said = str(JuesuanError("甲.xlsx", "写的是“1\n2\x1b[31m" + "3" * 9999 + "”", "请核对"))
    assert len(said) < 500
    assert said.isprintable()


def test_a_stray_cell_in_the_last_corner_of_a_sheet(tmp_path: Path) -> None:
    file = to_xlsx(tables(), tmp_path / "甲.xlsx")
    book = load_workbook(file)
    book["支出决算表"]["XFD1048576"] = 1
    book["收入决算表"]["A15000"] = "备注：示例"
    book.save(file)
    accounts = open_accounts(file)
    assert accounts.get("T3", "合计", "基本支出").printed == "130.00"
    assert accounts.get("T2", "合计", "财政拨款收入").printed == "150.00"


def test_an_area_that_joins_a_whole_sheet(tmp_path: Path) -> None:
    file = to_xlsx(tables(), tmp_path / "甲.xlsx")
    book = load_workbook(file)
    book["支出决算表"].merged_cells.add("A20:XFD1048576")
    book.save(file)
    assert "A20:XFD1048576" in refused(file)


def test_an_oversized_table_is_left_out_and_named(tmp_path: Path) -> None:
    pages = whole("示例市财政局")
    file = to_html(pages, tmp_path / "甲.html")
    rows = "<tr><td>1</td><td>2</td></tr>" * 30_000
    file.write_text(
        file.read_text("utf-8").replace("</body>", f"<table>{rows}</table></body>"), encoding="utf-8"
    )
    accounts = open_accounts(file)
    assert len(accounts.tables_read) == 9
    assert any("超出一张决算表的合理大小，未读入" in notice.text for notice in accounts.notices)
    file.write_text("<table><tr><td>a</td><td>b</td></tr></table>" * 4000, encoding="utf-8")
    assert "有 4000 张表" in refused(file)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("department: &a 甲\nyear: *a\n", "不支持引用"),
        ("duties: " + "[" * 5000, "嵌套过深"),
        ("duties: " + "[" * 300 + "]" * 300, "disclosure.yml"),
        ("department: !!int 甲\n", "不是能读懂的 YAML"),
        ("[甲]: 乙\n", "键不是一段文字"),
    ],
)
def test_traps_in_the_prose_inputs(tmp_path: Path, text: str, said: str) -> None:
    folder = save(full_book(), tmp_path / "甲" / "2021")
    (folder / "disclosure.yml").write_text(text, encoding="utf-8")
    assert said in refused(folder)


def test_traps_in_a_pdf(tmp_path: Path) -> None:
    file = to_pdf(whole("示例市财政局"), tmp_path / "甲.pdf")
    good = file.read_bytes()
    stream = re.search(rb"stream\n(x.*?)\nendstream", good, re.DOTALL)
    assert stream is not None
    orders = zlib.decompress(stream[1]) + b" 0 0 m 9 9 l S" * 300_000
    file.write_bytes(good[: stream.start(1)] + zlib.compress(orders) + good[stream.end(1) :])
    assert any("内容过大" in notice.text for notice in open_accounts(file).notices)
    file.write_bytes(good.replace(b"/W [", b"/W [0 99999999 500 "))
    assert "没有一页能读" in refused(file)
    bomb = zlib.compress(bytes(70 * 2**20))
    file.write_bytes(good + b"\n99 0 obj\n<< >>\nstream\n" + bomb + b"\nendstream\nendobj\n")
    assert "展开后超过" in refused(file)


def test_lines_of_marks_and_spaces_take_no_time(tmp_path: Path) -> None:
    file = tmp_path / "甲.md"
    marks = ("<!--" * 50_000, "`*_" * 50_000, "x" + " " * 200_000 + "#x", "**a" * 50_000)
    file.write_text("\n".join(marks), encoding="utf-8")
    assert "没有一张表" in refused(file)
    file.rename(file.with_suffix(".html")).write_text(
        "<p>" + " " * 400_000 + "\n" * 400_000 + "甲", encoding="utf-8"
    )
    assert "没有一张表" in refused(file.with_suffix(".html"))


def test_the_damage_is_the_same_each_time() -> None:
    from mutations import CHANGES

    data = b"<a>1.00</a>|2.00\n" * 20
    for changes in CHANGES.values():
        for change in changes:
            assert change(data, Random(7)) == change(data, Random(7))
