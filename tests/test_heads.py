"""Heads as they are printed: merged over rows, under groups, with column numbers; and rows told twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.accounts import Accounts
from juesuan.readers import open_accounts
from saving import edit, figures, opened_up, save, set_cell

T1, T2, T3 = "收入支出决算总表", "收入决算表", "支出决算表"
T5 = "一般公共预算财政拨款支出决算表（一）"
T7 = "一般公共预算财政拨款“三公”经费支出决算表"
T8 = "政府性基金预算财政拨款收入支出决算表"
HEAD = 4


@pytest.fixture
def folder(book: Accounts, tmp_path: Path) -> Path:
    return save(book, tmp_path / "甲单位" / "2021")


def two_rows(group: str = "", members: int = 0, start: int = 3) -> Callable[[Worksheet], None]:
    """项目 above code and name, amounts merged over both rows, and one group of columns if named."""

    def change(sheet: Worksheet) -> None:
        opened_up(sheet, 1)
        top, below = HEAD, HEAD + 1
        sheet.cell(top, 1).value = "项目"
        sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=2)
        sheet.cell(below, 1).value, sheet.cell(below, 2).value = "功能分类\n科目编码", "科目名称"
        span = range(start, start + members)
        for column in (c for c in range(3, sheet.max_column + 1) if c not in span):
            sheet.cell(top, column).value = sheet.cell(below, column).value
            sheet.cell(below, column).value = None
            sheet.merge_cells(start_row=top, end_row=below, start_column=column, end_column=column)
        if group:
            sheet.cell(top, start).value, sheet.cell(below, start).value = group, "小计"
            sheet.merge_cells(start_row=top, end_row=top, start_column=start, end_column=start + members - 1)

    return change


@pytest.mark.parametrize(
    ("sheet", "change"),
    [
        (T2, two_rows()), (T3, two_rows()), (T5, two_rows()), (T5, two_rows("本年支出", 3)),
        (T8, two_rows("本年支出", 3, 5)),
    ],
)  # fmt: skip
def test_a_head_of_two_rows(folder: Path, sheet: str, change: Callable[[Worksheet], None]) -> None:
    before = figures(open_accounts(folder))
    accounts = open_accounts(edit(folder, change, sheet))
    assert figures(accounts) == before
    assert accounts.notices == ()


def three_levels(sheet: Worksheet) -> None:
    opened_up(sheet, 1)
    for start, phase in ((1, "预算数"), (7, "决算数")):
        sheet.cell(4, start).value = phase
        sheet.merge_cells(start_row=4, end_row=4, start_column=start, end_column=start + 5)
        upper = ["合计", "因公出国（境）费", "公务用车购置及运行费", None, None, "公务接待费"]
        lower = [None, None, "小计", "购置费", "运行维护费", None]
        for i, (above, below) in enumerate(zip(upper, lower, strict=True)):
            sheet.cell(5, start + i).value, sheet.cell(6, start + i).value = above, below
        sheet.merge_cells(start_row=5, end_row=5, start_column=start + 2, end_column=start + 4)
        for column in (start, start + 1, start + 5):
            sheet.merge_cells(start_row=5, end_row=6, start_column=column, end_column=column)


def unmerged(sheet: Worksheet) -> None:
    three_levels(sheet)
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))


def numbered(sheet: Worksheet) -> None:
    three_levels(sheet)
    figures_ = [sheet.cell(7, column).value for column in range(1, 13)]
    formats = [sheet.cell(7, column).number_format for column in range(1, 13)]
    for column, (value, shape) in enumerate(zip(figures_, formats, strict=True), 1):
        sheet.cell(7, column).value, sheet.cell(7, column).number_format = column, "General"
        sheet.cell(9, column).value, sheet.cell(9, column).number_format = value, shape


def in_pairs(sheet: Worksheet) -> None:
    """预算数 and 决算数 of each item side by side, their groups not merged."""
    three_levels(sheet)
    opened_up(sheet, 0)
    rows = [[sheet.cell(row, c).value for c in range(1, 13)] for row in (5, 6, 4, 7)]
    formats = [sheet.cell(7, c).number_format for c in range(1, 13)]
    for column in range(1, 13):
        item, second = divmod(column - 1, 2)
        sheet.cell(4, column).value = None if second else rows[0][item]
        sheet.cell(5, column).value = None if second else rows[1][item]
        sheet.cell(6, column).value = ("预算数", "决算数")[second]
        sheet.cell(7, column).value = rows[3][item + 6 * second]
        sheet.cell(7, column).number_format = formats[item + 6 * second]


@pytest.mark.parametrize("change", [three_levels, unmerged, numbered, in_pairs])
def test_three_public_under_a_head_of_three_levels(folder: Path, change: Callable[[Worksheet], None]) -> None:
    before = figures(open_accounts(folder))
    assert before["T7[公务用车购置费].决算数"] != before["T7[公务用车运行维护费].决算数"]
    accounts = open_accounts(edit(folder, change, T7))
    assert figures(accounts) == before
    assert accounts.notices == ()


def with_line_numbers(sheet: Worksheet) -> None:
    opened_up(sheet, 0)
    sheet.insert_cols(4)
    sheet.insert_cols(2)
    sheet.insert_rows(HEAD + 1)
    for column, label in ((1, "栏 次"), (2, None), (3, 1), (4, "栏次"), (6, 2)):
        sheet.cell(HEAD + 1, column).value = label
    for column in (2, 5):
        sheet.cell(HEAD, column).value = "行次"
        for row in range(HEAD + 2, sheet.max_row + 1):
            sheet.cell(row, column).value = row - HEAD


def test_line_and_column_numbers_are_no_figures(folder: Path) -> None:
    before = figures(open_accounts(folder))
    accounts = open_accounts(edit(folder, with_line_numbers, T1))
    assert figures(accounts) == before
    assert accounts.notices == ()


def test_wrapped_and_padded_labels_are_one_word(folder: Path) -> None:
    before = figures(open_accounts(folder))

    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows(min_row=HEAD):
            for cell in row:
                if isinstance(cell.value, str) and len(cell.value) > 4 and cell.number_format != "@":
                    cell.value = f"{cell.value[0]}\u3000{cell.value[1:3]}\n{cell.value[3:]}\t"

    accounts = open_accounts(edit(folder, change, T2, T3, T5))
    assert figures(accounts) == before
    assert accounts.notices == ()


def test_a_row_that_stands_twice_is_told_once_and_kept(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        (row,) = (r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == "210")
        sheet.append([sheet.cell(row, c).value for c in range(1, 6)])

    once = open_accounts(folder)
    accounts = open_accounts(edit(folder, change, T5))
    (notice,) = accounts.notices
    doubled = [f.quantity.cell for f in accounts.records if f.address == "T5[210].合计"]
    assert len(doubled) == 2
    assert doubled[0] in notice.text
    assert notice.place == doubled[1]
    assert len(accounts.records) == len(once.records) + 3


def test_a_sheet_without_a_head_does_not_count_as_read(folder: Path) -> None:
    accounts = open_accounts(edit(folder, set_cell("B4", "甲"), T3))
    assert "T3" not in accounts.tables_read
    assert [n.text for n in accounts.notices] == ["找不到表头行，本表未读入"]


def test_an_empty_fund_table_may_print_its_head_alone(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        two_rows("本年支出", 3, 5)(sheet)
        sheet.delete_rows(HEAD + 2, 99)
        sheet.append(["合计", None, None, None, "合计", "基本支出", "项目支出"])

    accounts = open_accounts(edit(folder, change, T8))
    assert "T8" in accounts.tables_read
    assert accounts.is_empty("T8")
    assert accounts.notices == ()


def test_codes_in_three_cells(folder: Path) -> None:
    before = figures(open_accounts(folder))

    def change(sheet: Worksheet) -> None:
        opened_up(sheet, 0)
        sheet.insert_cols(2, 2)
        sheet["A4"], sheet["B4"], sheet["C4"] = "类", "款", "项"
        for row in range(HEAD + 1, sheet.max_row + 1):
            code = str(sheet.cell(row, 1).value or "")
            if code.isdigit():
                for column, part in enumerate((code[:3], code[3:5], code[5:]), 1):
                    sheet.cell(row, column).value = part or None

    accounts = open_accounts(edit(folder, change, T3))
    assert figures(accounts) == before
