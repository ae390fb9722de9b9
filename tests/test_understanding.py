"""What a file is taken for: profiles, columns by label, rows by alias, sentences, phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from books import full_book
from juesuan.accounts import Accounts
from juesuan.layouts import layout, names
from juesuan.readers import open_accounts
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.sheet import Cell, Sheet
from juesuan.readers.tables.assemble import assemble
from juesuan.readers.tables.choose import choose, place
from juesuan.readers.tables.names import match_column, row_alias
from juesuan.readers.text.explanation import sentences, unit_of_text
from juesuan.readers.text.phrases import compiled
from juesuan.writers.reading import reading_lines
from saving import edit, save

COLUMNS = layout("national").table("T3").columns


def sheet(name: str, *rows: list[str], origin: str = "") -> Sheet:
    origins = [f"{name}第{i}行" for i in range(1, len(rows) + 1)] if origin else ()
    return Sheet(name, [[Cell(text) for text in row] for row in rows], origins=origins)


HEAD = ["科目编码", "科目名称", *COLUMNS]


@pytest.mark.parametrize("name", names())
def test_every_profile_holds_together(name: str) -> None:
    profile = layout(name)
    ids = [t.id for t in profile.tables]
    assert len(set(ids)) == len(ids)
    assert profile.sections
    for table in profile.tables:
        assert table.is_known or table.assumed, table.id
        assert set(table.prints) <= {
            *table.all_columns,
            *table.across,
            *(r for s in table.sides for r in s.foot),
        }
        assert set(table.parents) <= set(table.across)
        assert all(set(inside) <= set(table.columns) for inside in table.groups.values())
    titles = [t for table in profile.printed_tables for t in table.titles()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (["基本 支出"], "基本支出"),
        (["对附属单位\n补助支出"], "对附属单位补助支出"),
        (["上缴上级"], "上缴上级支出"),
        (["项目支岀"], ""),  # a slip in a short name is a question, not an answer
        (["对附属单位补肋支出"], "对附属单位补助支出"),
        (["年初预算数"], ""),
        (["上年决算数", "基本支出"], ""),
    ],
)
def test_columns_by_label(printed: list[str], name: str) -> None:
    assert match_column(printed, COLUMNS).name == name


def test_opposites_are_never_taken_for_each_other() -> None:
    known = ["年初结转和结余", "本年收入"]
    match = match_column(["年末结转和结余"], known)
    assert match.name == ""
    assert match.near == ["年初结转和结余"]


def test_a_column_that_is_not_certain_is_asked_and_not_read(book: Accounts, tmp_path: Path) -> None:
    folder = save(book, tmp_path / "2021")

    def change(page: object) -> None:
        for row in page.iter_rows(max_row=6):  # type: ignore[attr-defined]
            for cell in row:
                if cell.value == "项目支出":
                    cell.value = "项目经费支"

    accounts = open_accounts(edit(folder, change, "支出决算表"))
    assert any("是不是“项目支出”" in notice.text for notice in accounts.notices)
    assert "项目支出" not in accounts.columns("T3")


def test_rows_by_alias() -> None:
    assert row_alias("用事业基金弥补收支差额") == "使用非财政拨款结余"
    assert row_alias("使用非财政拨款结余（含专用结余）") == "使用非财政拨款结余"
    assert row_alias("别的") == ""


def test_a_table_goes_on_over_pages_without_a_head() -> None:
    first = sheet("第8页表1", HEAD, ["", "合计", "10.00", "6.00", "4.00", "", "", ""], origin="p")
    more = sheet("第9页表1", ["208", "社会保障和就业支出", "10.00", "6.00", "4.00", "", "", ""], origin="p")
    other = sheet("第10页表1", ["序号", "单位名称"], ["1", "本级"], origin="p")
    blocks = [
        Passage("支出决算表", "第8页"), Passage("单位：万元", "第8页"), first,
        more, Passage("注：本表反映部门本年度各项支出情况。", "第9页"), Passage("本部门下属单位的名称和性质如下表所示：", "第10页"), other,
    ]  # fmt: skip
    whole, rest = assemble(Document("a.pdf", blocks)).sheets
    assert whole.height == 2 + 2 + 1 + 1
    assert whole.ref(5, 3) == "第9页表1第1行第3列"
    assert whole.text(1, 1) == "支出决算表"
    assert rest.name == "第10页表1"
    placed = place([whole, rest], layout("national"))
    assert list(placed.tables) == ["T3"]
    assert placed.unknown == [rest]


def test_the_second_of_two_departments_is_told() -> None:
    def one(page: int, value: str) -> list[Passage | Sheet]:
        name = f"第{page}页表1"
        return [
            Passage("支出决算表", f"第{page}页"),
            sheet(name, HEAD, ["", "合计", value, value, "", "", "", ""], origin="p"),
        ]

    sheets = assemble(Document("a.pdf", [*one(1, "1.00"), *one(9, "2.00")])).sheets
    placed = place(sheets, layout("national"))
    assert placed.tables["T3"].name == "第1页表1"
    assert [(table.id, again.name) for table, again in placed.again] == [("T3", "第9页表1")]


@pytest.mark.parametrize("name", ["shanxi-2020", "national"])
def test_the_profile_is_known_by_titles_and_columns(name: str) -> None:
    profile = layout(name)
    sheets = [
        sheet(
            t.title, [t.title], ["科目编码", "科目名称", *t.columns] if t.codes else ["项目", *t.all_columns]
        )
        for t in profile.printed_tables
    ]
    chosen, why = choose(sheets, [], "a.xlsx")
    assert chosen.name == name
    assert "张表认出" in why


def test_sentences_know_section_and_place() -> None:
    headings = layout("national").sections
    text = [
        Passage("一、" + headings[0], "第2页"),
        Passage("第三部分 情况说明", "第8页"),
        Passage("一、" + headings[0], "第8页"),
        Passage("某局2024年度收入支出总计 1.00 万元。与上年持平。", "第8页"),
        Passage("五、" + headings[4], "第9页"),
        Passage("（一）总体情况", "第9页"),
        Passage("一般公共预算财政拨款支出 1.00 万元。", "第9页"),
        Passage("（二）结构情况一般公共预算财政拨款支出 1.00 万元，主要用于以下方面。", "第10页"),
        Passage("第四部分 名词解释", "第11页"),
        Passage("一、基本支出：指支出。", "第11页"),
    ]
    found = [(s.section, s.place, s.text) for s in sentences(text, layout("national"))]
    assert [f[:2] for f in found] == [("一", "第8页")] * 2 + [("五（一）", "第9页"), ("五（二）", "第10页")]
    assert unit_of_text(text) == "万元"


def test_phrases_are_translated_and_wrong_ones_refused() -> None:
    phrase = compiled(
        "一",
        "总计{数 T1[收入总计].决算数}。与{略}相比，总计{比 T1[收入总计].决算数}[。主要原因[是]：{因 A}。]",
    )
    found = phrase.pattern.search(
        "总计9,859.38万元。与2023年度相比，总计增加1062.85万元，增长12.08%。主要原因：人多了。"
    )
    assert found is not None
    assert [found["g0"], found["g1way"], found["g1by"], found["g2"]] == [
        "9,859.38",
        "增加",
        "1062.85",
        "人多了",
    ]
    same = phrase.pattern.search("总计0.00万元。与2023年度相比，总计持平。")
    assert same is not None
    assert same["g1same"] == "持平"
    with pytest.raises(ValueError, match="not a phrase"):
        compiled("一", "总计{未知 x}")


def test_the_reading_report_names_tables_relations_and_what_is_missing(tmp_path: Path) -> None:
    folder = save(full_book(), tmp_path / "2021")
    lines = list(reading_lines(open_accounts(folder)))
    assert "10 张表" in lines[0]
    assert any(line.startswith("收入决算表") and "R201×" in line and "已证实" in line for line in lines)
