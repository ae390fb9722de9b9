"""Workbooks: the round trip, what a cell shows, what is reported while the reading goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts, Fact
from juesuan.findings import check
from juesuan.quantity import State
from juesuan.readers import open_accounts
from saving import cache_formula, edit, figures, in_yuan, save, set_cell, times

T1, T2, T3 = "收入支出决算总表", "收入决算表", "支出决算表"


@pytest.fixture
def folder(book: Accounts, tmp_path: Path) -> Path:
    return save(book, tmp_path / "甲单位" / "2021")


@given(st.integers(0, 10**6), st.sampled_from([2020, 2021]), st.sampled_from([300, 4_000, 400_000]))
@settings(max_examples=6)
def test_what_is_written_is_read_back(seed: int, year: int, scale: int) -> None:
    book = full_book(year, seed, scale=max(scale, 3_000))
    with TemporaryDirectory() as place:
        again = open_accounts(save(book, Path(place)))
    assert figures(again) == figures(book)
    assert (again.department, again.year, again.tables_read) == (book.department, book.year, book.tables_read)
    assert again.source.is_synthetic
    assert again.notices == ()
    assert check(again).findings == []


def test_printed_decimals_dashes_and_words_survive(book: Accounts, tmp_path: Path) -> None:
    shown = {
        "T5[221].合计": "29.3",
        "T5[210].合计": "56",
        "T3[合计].经营支出": "-",
        "T3[合计].上缴上级支出": "见附注",
    }
    shown |= {"T5[208].合计": "-1234567.89", "T2[合计].其他收入": "", "T5[201].合计": "0.0000"}
    for address, text in shown.items():
        book = with_fact(book, address, text)
    again = open_accounts(save(book, tmp_path / "2021"))
    assert figures(again) == figures(book)


def test_a_second_writing_gives_the_same_cells(folder: Path, tmp_path: Path) -> None:
    once = open_accounts(folder)
    assert open_accounts(save(once, tmp_path / "2021")).records == once.records


def test_the_file_alone_is_enough(folder: Path, book: Accounts) -> None:
    (folder / "disclosure.yml").unlink()
    (folder / "source.yml").unlink()
    alone = open_accounts(folder / "accounts.xlsx")
    assert alone.year == 2021
    assert {k: v for k, v in figures(book).items() if k.startswith("T")} == figures(alone)
    assert any("没有 disclosure.yml" in n.text for n in alone.notices)


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@甲", '=HYPERLINK("http://x")'])
def test_text_is_never_written_as_a_formula(book: Accounts, tmp_path: Path, name: str) -> None:
    records = tuple(replace(f, label=name) if f.row == "2080501" else f for f in book.records)
    spoiled = with_fact(replace(book, department=name, records=records), "T3[合计].经营支出", name)
    folder = save(spoiled, tmp_path / "2021")
    cells = [c for s in load_workbook(folder / "accounts.xlsx") for row in s.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert name in [c.value for c in cells]
    assert figures(open_accounts(folder)) == figures(spoiled)


def changed(folder: Path, change: Callable[[Worksheet], None], sheet: str) -> Accounts:
    return open_accounts(edit(folder, change, sheet))


def figure(accounts: Accounts, address: str) -> Fact:
    return next(f for f in accounts.records if f.address == address)


def cell_of(folder: Path, address: str) -> str:
    return figure(open_accounts(folder), address).quantity.cell.split("!")[1]


def test_a_missing_sheet_is_reported_and_found(folder: Path) -> None:
    book = load_workbook(folder / "accounts.xlsx")
    book.remove(book[T2])
    book.save(folder / "accounts.xlsx")
    accounts = open_accounts(folder)
    assert "T2" not in accounts.tables_read
    assert any(T2 in n.text for n in accounts.notices)
    assert [f.relation for f in check(accounts).findings if f.severity == "error"] == ["R1205"]


def test_text_in_a_number_cell_is_reported_and_not_zero(folder: Path) -> None:
    cell = cell_of(folder, "T3[合计].基本支出")
    accounts = changed(folder, set_cell(cell, "约100"), T3)
    assert figure(accounts, "T3[合计].基本支出").quantity.state is State.UNPARSED
    (notice,) = accounts.notices
    assert notice.place == f"{T3}!{cell}"
    assert "约100" in notice.text
    assert not check(accounts).failed


def test_blank_rows_and_padding_do_not_matter(folder: Path) -> None:
    before = open_accounts(folder)

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(8)
        sheet["A6"], sheet["B4"] = "  " + str(sheet["A6"].value), "科目 名称"

    assert figures(changed(folder, change, T3)) == figures(before)


def test_an_unknown_row_is_reported_and_kept(folder: Path, tmp_path: Path) -> None:
    accounts = changed(folder, set_cell("A12", "九、捐赠收入"), T1)
    (notice,) = accounts.notices
    assert notice.place == f"{T1}!A12"
    assert "捐赠收入" in notice.text
    edit(folder, set_cell("B12", 7), T1)
    accounts = open_accounts(folder)
    assert accounts.get("T1", "捐赠收入", "决算数").value == 7
    assert figures(open_accounts(save(accounts, tmp_path / "again" / "2021"))) == figures(accounts)


def test_a_book_in_yuan_is_written_in_yuan(folder: Path, tmp_path: Path) -> None:
    accounts = open_accounts(edit(edit(folder, in_yuan), times(10_000)))
    assert accounts.get("T3", "合计", "基本支出").unit == "元"
    assert check(accounts).findings == []
    assert figures(open_accounts(save(accounts, tmp_path / "again" / "2021"))) == figures(accounts)


def test_sheets_are_found_by_their_titles(folder: Path, book: Accounts) -> None:
    def rename(sheet: Worksheet) -> None:
        sheet["A2"], sheet.title = f"2021年度{sheet['A2'].value}", f"附表{sheet['A1'].value[2:4]}"

    assert figures(open_accounts(edit(folder, rename))) == figures(book)


def test_a_formula_is_read_by_its_cached_value_and_noted(folder: Path) -> None:
    address = "T3[合计].基本支出"
    before = figure(open_accounts(folder), address).quantity
    cell = cell_of(folder, address)
    cache_formula(folder, 3, cell, "SUM(D6:D9)", before.printed)
    accounts = open_accounts(folder)
    assert figure(accounts, address).quantity == before
    (notice,) = accounts.notices
    assert (notice.place, "缓存值" in notice.text) == (f"{T3}!{cell}", True)


def test_a_formula_without_a_cached_value_is_unparsed(folder: Path) -> None:
    cell = cell_of(folder, "T3[合计].基本支出")
    accounts = changed(folder, set_cell(cell, "=SUM(D6:D9)"), T3)
    quantity = figure(accounts, "T3[合计].基本支出").quantity
    assert (quantity.state, quantity.text) == (State.UNPARSED, "=SUM(D6:D9)")
    assert "公式没有缓存值" in accounts.notices[0].text


def test_a_year_before_comes_along(folder: Path, tmp_path: Path) -> None:
    before = save(full_book(2020), tmp_path / "甲单位" / "2020")
    accounts = open_accounts(folder, previous=before)
    assert accounts.previous is not None
    assert accounts.previous.year == 2020
    assert figures(accounts.previous) == figures(full_book(2020))


def test_the_prose_inputs_come_back_with_their_lines(book: Accounts, tmp_path: Path) -> None:
    told = with_prose(book, reasons={"T3[合计].本年支出合计": "增加补助"})
    again = open_accounts(save(told, tmp_path / "2021")).disclosure
    assert again == told.disclosure
    assert again.reasons["T3[合计].本年支出合计"].line > 1


def test_a_number_format_that_is_not_understood_is_reported(folder: Path) -> None:
    cell = cell_of(folder, "T3[合计].基本支出")

    def change(sheet: Worksheet) -> None:
        sheet[cell].number_format = '0!.0,"万元"'

    accounts = changed(folder, change, T3)
    assert figure(accounts, "T3[合计].基本支出").quantity.state is State.UNPARSED
    (notice,) = accounts.notices
    assert (notice.place, "数字格式" in notice.text) == (f"{T3}!{cell}", True)
