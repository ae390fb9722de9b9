"""Text in another unit than the tables, files beside a workbook, tables of no known name: nothing is mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.accounts import Accounts
from juesuan.layouts import layout
from juesuan.readers import open_accounts
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.sheet import Cell, Sheet
from juesuan.readers.tables.assemble import assemble
from juesuan.readers.tables.figures import read_table
from saving import edit, figures, save

HEAD = "| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |"
ROWS = "| 201 | 一般公共服务支出 | {a} | {a} | |\n| 20106 | 财政事务 | {a} | {a} | |\n| 2010601 | 行政运行 | {a} | {a} | |\n| | 合计 | {a} | {a} | |"


def document(folder: Path, unit: str, amount: str, text: str) -> Accounts:
    sections = layout("national").sections
    parts = [
        "某市财政局2023年度部门决算",
        "一般公共预算财政拨款支出决算表", f"单位：{unit}", "", HEAD, "|---|---|---|---|---|", ROWS.format(a=amount), "",
        f"一、{sections[0]}", "", "略。", "", f"五、{sections[4]}", "", text,
    ]  # fmt: skip
    file = folder / "某局2023.md"
    file.write_text("\n".join(parts), encoding="utf-8")
    return open_accounts(file, profile="national")


GROWTH = "（一）总体情况\n\n一般公共预算财政拨款支出{now}，占本年支出合计的100%。与2022年度相比，一般公共预算财政拨款支出增加{by}，增长20%。"
ITEM = "（三）具体情况\n\n1.一般公共服务支出（类）财政事务（款）行政运行（项）。主要用于：办公。年初预算为{budget}，支出决算为{spent}。决算数与预算数持平。"


@pytest.mark.parametrize(
    ("unit", "amount", "now", "by", "before"),
    [
        ("万元", "120.00", "120.00万元", "20.00万元", "100.00"),
        ("元", "1200000.00", "120.00万元", "20.00万元", "1000000.00"),
        ("万元", "120.00", "1200000.00元", "200000.00元", "100.00"),
    ],
)
def test_last_year_is_in_the_unit_of_this_year(
    tmp_path: Path, unit: str, amount: str, now: str, by: str, before: str
) -> None:
    accounts = document(tmp_path, unit, amount, GROWTH.format(now=now, by=by))
    prior = accounts.before("T5", "合计", "合计")
    assert prior.value is not None
    assert (prior.value, prior.unit) == (type(prior.value)(before), unit)


def test_a_budget_in_another_unit_than_the_text_is_not_taken(tmp_path: Path) -> None:
    # The text counts in 万元 but for this one budget.
    text = ITEM.format(budget="1200000.00元", spent="120.00万元") + "\n\n合计120.00万元，上年100.00万元。"
    accounts = document(tmp_path, "万元", "120.00", text)
    assert accounts.disclosure.items == []
    assert any("年初预算的单位是“元”" in notice.text for notice in accounts.notices)
    right = document(tmp_path, "元", "1200000.00", ITEM.format(budget="120.00万元", spent="120.00万元"))
    assert right.get("S5", "2010601", "年初预算数").unit == "万元"


def test_a_companion_that_cannot_be_read_costs_only_its_words(book: Accounts, tmp_path: Path) -> None:
    folder = save(book, tmp_path / "2021")
    (folder / "说明.docx").write_bytes(b"PK\x03\x04 nothing")
    accounts = open_accounts(folder)
    assert figures(accounts) == figures(book)
    assert any("说明文字读不出来" in notice.text for notice in accounts.notices)


def test_several_companions_are_named_and_none_is_taken(book: Accounts, tmp_path: Path) -> None:
    folder = save(book, tmp_path / "2021")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text("文字", encoding="utf-8")
    told = [notice.place for notice in open_accounts(folder).notices if "不止一个" in notice.text]
    assert told == ["a.txt", "b.txt"]


def test_renminbi_is_a_unit_too(book: Accounts, tmp_path: Path) -> None:
    folder = save(book, tmp_path / "2021")

    def change(sheet: object) -> None:
        for row in sheet.iter_rows(max_row=4):  # type: ignore[attr-defined]
            for cell in row:
                if cell.value == "单位：万元":
                    cell.value = "单位：人民币万元"

    accounts = open_accounts(edit(folder, change))
    assert accounts.unit_of("T3") == "万元"
    assert not any("没有写明金额单位" in notice.text for notice in accounts.notices)


def test_codes_kept_as_numbers_get_their_zeros_back() -> None:
    rows = [
        ["类", "款", "项", "科目名称", "合计", "基本支出", "项目支出"],
        ["201", "6", "1", "行政运行", "1.00", "1.00", ""],
    ]
    cells = [
        [Cell(text) for text in row] for row in [["一般公共预算财政拨款支出决算表"], ["单位：万元"], *rows]
    ]
    reading = read_table(Sheet("表1", cells), layout("numbered").table("T5"), 2023, "万元")
    assert {fact.code for fact in reading.facts} == {"2010601"}


def test_a_table_of_another_name_does_not_go_on_the_one_before() -> None:
    def grid(*rows: list[str]) -> Sheet:
        return Sheet(
            "表", [[Cell(t) for t in row] for row in rows], origins=[f"第{i}行" for i in range(len(rows))]
        )

    first = grid(["项目", "决算数", "项目", "决算数"], ["一、其他收入", "1.00", "一、外交支出", "1.00"])
    other = grid(["项目", "金额", "项目", "金额"], ["经营收入", "7.00", "x", "7.00"])
    for title in ("机关运行经费表", "附表二", "其他有关情况的说明如下所列各项，请予参照。"):
        blocks = [Passage("收入支出决算总表", "第1页"), first, Passage(title, "第2页"), other]
        assert len(assemble(Document("a.pdf", blocks)).sheets) == 2, title
    again = assemble(
        Document("a.pdf", [Passage("收入支出决算总表", "第1页"), first, Passage("续表", "第2页"), first])
    )
    assert len(again.sheets) == 1
