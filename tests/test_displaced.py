"""Values beside the wrong names: kept as printed, marked suspect, and told with what would mend them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from books import full_book
from juesuan.accounts import Accounts
from juesuan.readers import open_accounts
from juesuan.report.html import table
from saving import edit, figures, save

T3, T5 = "支出决算表", "一般公共预算财政拨款支出决算表（一）"


def doubted(accounts: Accounts) -> dict[str, str]:
    assert accounts.understood is not None
    return {t.id: t.suspect for t in accounts.understood.tables if t.suspect}


def column_of(sheet: Worksheet, head: str) -> int:
    return next(c.column for row in sheet.iter_rows(max_row=6) for c in row if c.value == head)


def exchanged(a: str, b: str) -> Callable[[Worksheet], None]:
    """The heads of two columns exchanged: each value then stands under the other's name."""

    def change(sheet: Worksheet) -> None:
        cells = [c for row in sheet.iter_rows(max_row=6) for c in row if c.value in (a, b)]
        for cell in cells:
            cell.value = b if cell.value == a else a

    return change


def slid(head: str, by: int, first: int = 6) -> Callable[[Worksheet], None]:
    """The values of one column moved down by a row; the last one comes to stand on top."""

    def change(sheet: Worksheet) -> None:
        column = column_of(sheet, head)
        cells = [sheet.cell(row, column) for row in range(first, sheet.max_row + 1)]
        values = [cell.value for cell in cells]
        for cell, value in zip(cells, values[-by:] + values[:-by], strict=True):
            cell.value = value

    return change


@pytest.fixture(params=[1, 7])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return save(full_book(seed=request.param), tmp_path / "甲单位" / "2021")


def test_a_clean_book_has_no_doubt_and_every_filled_table_is_confirmed(folder: Path) -> None:
    accounts = open_accounts(folder)
    assert doubted(accounts) == {}
    assert accounts.understood is not None
    standing = {t.id: t.standing for t in accounts.understood.tables}
    assert {standing[f"T{i}"] for i in range(1, 8)} == {"已证实"}
    assert not any(c.failed for t in accounts.understood.tables for c in t.confirmed)


def test_swapped_columns_are_kept_as_printed_and_told(folder: Path) -> None:
    before = figures(open_accounts(folder))
    edit(folder, exchanged("基本支出", "项目支出"), T5)
    accounts = open_accounts(folder)
    assert list(doubted(accounts)) == ["T5"]
    assert "“项目支出”与“基本支出”两栏对调" in doubted(accounts)["T5"]
    suspects = {(f.table, f.column) for f in accounts.records if f.suspect}
    assert suspects == {("T5", "基本支出"), ("T5", "项目支出")}
    assert any("可能与名称错位" in notice.text for notice in accounts.notices)
    # Kept as printed: the value under the head 基本支出 is what stands there.
    assert figures(accounts)["T5[合计].基本支出"] == before["T5[合计].项目支出"]


@pytest.mark.parametrize(("sheet", "head", "table"), [(T3, "基本支出", "T3"), (T5, "项目支出", "T5")])
@pytest.mark.parametrize("by", [1, -1])
def test_a_column_that_slid_by_a_row_is_told(
    folder: Path, sheet: str, head: str, table: str, by: int
) -> None:
    edit(folder, slid(head, by), sheet)
    accounts = open_accounts(folder)
    assert list(doubted(accounts)) == [table]
    assert f"“{head}”一栏的数{'上' if by == 1 else '下'}移一行" in doubted(accounts)[table]


def test_one_wrong_figure_is_an_error_and_no_slide(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        cell = sheet.cell(9, column_of(sheet, "基本支出"))
        cell.value = round(float(cell.value) + 11.11, 2)

    accounts = open_accounts(edit(folder, change, T3))
    assert doubted(accounts) == {}
    assert accounts.understood is not None
    assert {t.id: t.standing for t in accounts.understood.tables}["T3"] == "有不符"


def test_doubtful_figures_are_marked_on_the_page(folder: Path) -> None:
    edit(folder, slid("项目支出", 1), T5)
    accounts = open_accounts(folder)
    page = table(accounts, "T5")
    marked = sum(f.table == "T5" and bool(f.suspect) for f in accounts.records)
    assert page.count('class="n suspect"') == marked > 0
    assert "存疑：" in page
    assert 'class="n suspect"' not in table(accounts, "T3")
