"""What cannot be used at all is one Chinese sentence that says where, what and what to do."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

import msoffcrypto.format.ooxml
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from books import full_book
from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts
from saving import edit, in_yuan, opened_up, save, set_cell, times

T1, T3, T6 = "收入支出决算总表", "支出决算表", "一般公共预算财政拨款支出决算表（二）"
T10 = "部门决算公开相关信息统计表"
MONEY = [T1, "收入决算表", T3, "财政拨款收入支出决算总表", "一般公共预算财政拨款支出决算表（一）", T6, T10]


@pytest.fixture
def folder(book: Accounts, tmp_path: Path) -> Path:
    return save(book, tmp_path / "甲单位" / "2021")


def refused(path: str | Path, **named: str | Path) -> str:
    with pytest.raises(JuesuanError) as error:
        open_accounts(path, **named)
    assert error.value.where
    assert error.value.found
    assert error.value.todo
    return str(error.value)


@pytest.mark.parametrize("sheet", MONEY)
def test_one_sheet_in_another_unit(folder: Path, sheet: str) -> None:
    said = refused(edit(folder, times(10_000), sheet))
    assert re.search(rf"accounts\.xlsx 的 {re.escape(sheet)}![A-Z]+\d+", said)
    assert "元与万元" in said


@pytest.mark.parametrize("sheet", MONEY)
def test_one_sheet_that_declares_another_unit(folder: Path, sheet: str) -> None:
    said = refused(edit(folder, in_yuan, sheet))
    assert f"{sheet}!" in said
    assert "矛盾" in said


@pytest.mark.parametrize("prose", [True, False])
def test_every_sheet_in_another_unit(folder: Path, prose: bool) -> None:
    if not prose:
        (folder / "disclosure.yml").unlink()
    assert "矛盾" in refused(edit(folder, times(10_000)))


def test_an_honest_change_of_unit_is_welcome(folder: Path) -> None:
    accounts = open_accounts(edit(edit(folder, in_yuan, T3), times(10_000), T3))
    assert accounts.get("T3", "合计", "基本支出").unit == "元"


def test_an_encrypted_workbook(folder: Path) -> None:
    path = folder / "accounts.xlsx"
    plain = path.with_suffix(".plain")
    path.rename(plain)
    with plain.open("rb") as source, path.open("wb") as target:
        msoffcrypto.format.ooxml.OOXMLFile(source).encrypt("密码", target)
    said = refused(folder)
    assert "accounts.xlsx" in said
    assert "加密" in said


@pytest.mark.parametrize("keep", [0, 3, 100, 5000, -1, -30])
def test_a_truncated_workbook(folder: Path, keep: int) -> None:
    path = folder / "accounts.xlsx"
    path.write_bytes(path.read_bytes()[:keep])
    assert ("损坏" if keep else "空文件") in refused(folder)


@pytest.mark.parametrize("share", range(0, 100, 10))
def test_a_damaged_workbook_is_read_or_refused(folder: Path, share: int) -> None:
    path = folder / "accounts.xlsx"
    whole = bytearray(path.read_bytes())
    at = 60 + len(whole) * share // 100
    whole[at : at + 40] = bytes(40)
    path.write_bytes(bytes(whole))
    with suppress(JuesuanError):
        assert open_accounts(folder).records


def test_no_workbook_two_workbooks_and_a_foreign_one(folder: Path, tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    assert "没有决算工作簿" in refused(empty)
    (folder / "another.xlsx").write_bytes((folder / "accounts.xlsx").read_bytes())
    said = refused(folder)
    assert "accounts.xlsx" in said
    assert "another.xlsx" in said
    (folder / "notes.pdf").write_bytes(b"%PDF-1.7")
    assert ".pdf" in refused(folder / "notes.pdf")


def test_no_such_path() -> None:
    assert "data/nowhere/2021" in refused("data/nowhere/2021")


def test_an_unknown_profile_lists_those_at_hand(folder: Path) -> None:
    said = refused(folder, profile="guangdong-1999")
    assert "guangdong-1999" in said
    assert "shanxi-2020" in said


def test_no_table_of_the_profile(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.title = sheet.title[::-1]
        sheet.delete_rows(1, 6)

    assert "accounts.xlsx" in refused(edit(folder, change))


def test_a_year_that_is_no_number(book: Accounts, tmp_path: Path) -> None:
    folder = save(book, tmp_path / "甲")
    text = (folder / "disclosure.yml").read_text(encoding="utf-8")
    (folder / "disclosure.yml").write_text(text.replace("'2021'", "二〇二一"), encoding="utf-8")
    assert "年度" in refused(folder)


@pytest.mark.parametrize("name", ["disclosure.yml", "source.yml"])
@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [1,\nb: 2\n", r"{name} 第\d+行"), ("- 甲\n", "{name}：内容为空或不是"),
        ("", "{name}：内容为空或不是"),
        ("没有的键: 1\n", "{name} 第1行 的“没有的键”"),
        ("title: {{x: 1}}\ndepartment: {{x: 1}}\n", r"{name} 第[12]行 的“(title|department)”"),
        ("\ta: 1\n", r"{name} 第1行"),
    ],
)  # fmt: skip
def test_prose_inputs_that_cannot_be_read(folder: Path, name: str, text: str, said: str) -> None:
    (folder / name).write_text(text.replace("{{", "{").replace("}}", "}"), encoding="utf-8")
    assert re.match(said.format(name=name), refused(folder))


def test_prose_inputs_that_are_no_utf8(folder: Path) -> None:
    (folder / "disclosure.yml").write_bytes("department: 甲单位\n".encode("gbk"))
    assert "UTF-8" in refused(folder)


def test_an_unknown_key_deep_inside_names_its_place(folder: Path) -> None:
    text = "items:\n- code: '208'\n  name: 社保\n  bugdet: '1'\n"
    (folder / "disclosure.yml").write_text(text, encoding="utf-8")
    assert re.search(r"items\..+\.bugdet", refused(folder))


@pytest.mark.parametrize("year", [2021, 2022])
def test_a_previous_year_that_is_not_earlier(folder: Path, tmp_path: Path, year: int) -> None:
    said = refused(folder, previous=save(full_book(year), tmp_path / "x" / str(year)))
    assert "previous" in said
    assert str(year) in said


def test_a_unit_in_another_corner_is_found(folder: Path) -> None:
    accounts = open_accounts(edit(folder, set_cell("A1", "公开03表  单位:万元"), T3))
    assert accounts.get("T3", "合计", "基本支出").unit == "万元"


def without_unit(sheet: Worksheet) -> None:
    for cell in sheet[3]:
        cell.value = None if str(cell.value).startswith("单位") else cell.value


def test_no_unit_and_amounts_beyond_reason(folder: Path) -> None:
    (folder / "source.yml").unlink()
    (folder / "disclosure.yml").unlink()
    assert open_accounts(edit(folder, without_unit)).notices
    said = refused(edit(folder, times(100)))
    assert "单位没有写明" in said
    assert "accounts.xlsx 的 " in said


def test_sheets_without_heads(folder: Path) -> None:
    def change(sheet: Worksheet) -> None:
        opened_up(sheet, 0)
        sheet.delete_rows(4, 2)

    assert "没有读出数据" in refused(edit(folder, change))


def test_an_unknown_unit_is_refused(folder: Path) -> None:
    def in_thousands(sheet: Worksheet) -> None:
        for row in sheet.iter_rows(max_row=4):
            for cell in row:
                if str(cell.value or "").startswith("单位"):
                    cell.value = "单位：千元"

    assert "千元" in refused(edit(folder, in_thousands, "支出决算表"))
