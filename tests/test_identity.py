"""Whose accounts, of which year, from which file: what is read above the tables and beside the workbook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from books import full_book
from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts
from saving import edit, save, set_cell

T2, T3 = "收入决算表", "支出决算表"


@pytest.fixture
def folder(book: Accounts, tmp_path: Path) -> Path:
    return save(book, tmp_path / "甲单位" / "2021")


def alone(folder: Path) -> Path:
    """The same folder without disclosure.yml."""
    (folder / "disclosure.yml").unlink()
    return folder


def said(accounts: Accounts) -> list[tuple[str, str]]:
    return [(n.place, n.text) for n in accounts.notices if "没有 disclosure.yml" not in n.text]


def wordless(sheet: Worksheet) -> None:
    """No department and no year above the head."""
    for cell in sheet[3]:
        cell.value = cell.value if str(cell.value).startswith("单位") else None


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("编制单位：忻州市社会保险中心", "忻州市社会保险中心"), ("单位名称： 元氏县 财政局", "元氏县财政局"),
        ("部门：Data Centre 乙 中心\t金额单位：万元", "Data Centre乙中心"),
        ("公开部门:甲  2021年度", "甲"), ("填报单位：甲局 2021年", "甲局"),
    ],
)  # fmt: skip
def test_the_sheets_name_department_and_year(folder: Path, line: str, department: str) -> None:
    accounts = open_accounts(edit(alone(folder), set_cell("A3", line)))
    assert (accounts.department, accounts.year) == (department, 2021)
    assert said(accounts) == []


def test_a_department_in_the_cell_beside(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["A3"], sheet["B3"] = "部门：", "乙局"

    assert open_accounts(edit(alone(folder), change)).department == "乙局"


def test_disclosure_wins_and_a_contradiction_names_the_cell(folder: Path) -> None:
    edit(folder, set_cell("A3", "部门：乙局"), T2, T3)
    accounts = open_accounts(edit(folder, set_cell("A2", "2020年度支出决算表"), T3))
    assert (accounts.department, accounts.year) == ("示例单位", 2021)
    (year, department) = said(accounts)
    assert year[0] == f"{T3}!A2"
    assert "2020" in year[1]
    assert department[0] == f"{T2}!A3"
    assert "乙局" in department[1]
    assert "共 2 处" in department[1]


def test_sheets_that_disagree_are_told(folder: Path) -> None:
    accounts = open_accounts(edit(alone(folder), set_cell("A2", "2020年支出决算表"), T3))
    assert accounts.year == 2021
    assert [place for place, _ in said(accounts)] == [f"{T3}!A2"]


def test_a_date_of_filling_is_no_year(folder: Path) -> None:
    assert said(open_accounts(edit(folder, set_cell("A1", "填报日期：2022年3月5日"), T3))) == []


def test_names_are_the_last_resort(folder: Path) -> None:
    accounts = open_accounts(edit(alone(folder), wordless))
    assert (accounts.department, accounts.year) == ("甲单位", 2021)
    assert ["取自文件（夹）名" in text for _, text in said(accounts)] == [True, True]


@pytest.mark.parametrize("name", ["12021", "20211", "甲"])
def test_digits_inside_a_longer_number_are_no_year(folder: Path, name: str) -> None:
    place = edit(alone(folder), wordless).rename(folder.parent / name)
    with pytest.raises(JuesuanError, match="看不出决算年度"):
        open_accounts(place)


def test_a_year_before_that_is_not_the_one_before(folder: Path, tmp_path: Path) -> None:
    accounts = open_accounts(folder, previous=save(full_book(2019), tmp_path / "x" / "2019"))
    assert said(accounts) == [("参数 previous", "上年数据是 2019 年度，不是紧邻的上一年")]


def test_a_year_without_a_list_of_classes_is_told(folder: Path) -> None:
    edit(folder, wordless)
    text = (folder / "disclosure.yml").read_text(encoding="utf-8").replace("'2021'", "'2015'")
    (folder / "disclosure.yml").write_text(text, encoding="utf-8")
    assert any("没有收录 2015 年度" in text for _, text in said(open_accounts(folder)))


def test_tables_that_all_say_another_year_than_the_disclosure_are_refused(folder: Path) -> None:
    text = (folder / "disclosure.yml").read_text(encoding="utf-8").replace("'2021'", "'2022'")
    (folder / "disclosure.yml").write_text(text, encoding="utf-8")
    with pytest.raises(
        JuesuanError, match=r"“year”：写的是“2022”，表上写的都是“2021”（10 处，第一处 收入支出决算总表!C3）"
    ):
        open_accounts(folder)


def test_a_path_that_is_not_there_is_reported_by_its_parameter(folder: Path) -> None:
    with pytest.raises(JuesuanError, match="参数 accounts：路径 data/nowhere 不存在"):
        open_accounts("data/nowhere")
    with pytest.raises(JuesuanError, match="参数 previous：路径 data/nowhere 不存在"):
        open_accounts(folder, previous="data/nowhere")


@pytest.mark.parametrize(("word", "synthetic"), [("True", True), ("YES", True), ("是", True), ("No", False)])
def test_synthetic_is_yes_or_no(folder: Path, word: str, synthetic: bool) -> None:
    (folder / "source.yml").write_text(f"synthetic: {word}\n", encoding="utf-8")
    assert open_accounts(folder).source.is_synthetic is synthetic


@pytest.mark.parametrize(
    ("key", "word", "allowed"),
    [
        ("synthetic", "对", "否"), ("blank", "undisclosd", "nothing"), ("tables", "title-only", "full"),
        ("unit", "千元", "亿元"),
    ],
)  # fmt: skip
def test_a_wrong_word_in_source_yml(folder: Path, key: str, word: str, allowed: str) -> None:
    (folder / "source.yml").write_text(f"{key}: {word}\n", encoding="utf-8")
    with pytest.raises(JuesuanError, match=rf"“{key}”：写的是“{word}”。.*{allowed}"):
        open_accounts(folder)


def test_a_file_that_is_not_the_one_registered(folder: Path, seed: Accounts) -> None:
    assert said(seed) == []
    digest = seed.source.sha256["accounts.xlsx"]
    (folder / "source.yml").write_text(f"sha256:\n  accounts.xlsx: {digest}\n", encoding="utf-8")
    ((place, text),) = said(open_accounts(folder))
    assert place == "accounts.xlsx"
    assert re.search("sha256 不同，可能改动过", text)
