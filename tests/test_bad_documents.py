"""Documents with something wrong: each thing is named in the reading report or in one error, no wrong number is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from documents import Page, Table, back, front, tables, whole
from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts
from juesuan.writers.reading import reading_lines
from papers import paper
from renderings import damage, drawn, scan, to_docx, to_html, to_md, to_pdf, to_xlsx

OURS, THEIRS = "示例市财政局", "示例市教育局"
TABLES = tables()
Render = Callable[[Sequence[Page], Path], Path]
RENDERS: dict[str, Render] = {"pdf": to_pdf, "docx": to_docx, "html": to_html, "md": to_md}


def report(accounts: Accounts) -> str:
    return "\n".join(reading_lines(accounts))


def refused(path: Path) -> str:
    with pytest.raises(JuesuanError) as error:
        open_accounts(path)
    said = str(error.value)
    assert "\n" not in said
    assert path.name in said
    return said


def standing(accounts: Accounts) -> dict[str, str]:
    assert accounts.understood is not None
    return {table.id: table.standing for table in accounts.understood.tables}


def without(*ids: str) -> dict[str, Table]:
    return {id: table for id, table in TABLES.items() if id not in ids}


@pytest.mark.parametrize("kind", RENDERS)
def test_a_good_document_is_read_in_every_format(tmp_path: Path, kind: str) -> None:
    accounts = open_accounts(RENDERS[kind](whole(OURS), tmp_path / f"好.{kind}"))
    assert (accounts.department, accounts.year, len(standing(accounts))) == (OURS, 2024, 9)
    assert list(standing(accounts).values()) == ["已证实"] * 7 + ["无从证实"] * 2
    assert accounts.get("T3", "2010601", "项目支出").value == Decimal("20.00")
    assert not accounts.notices


def test_a_damaged_page_is_named_and_costs_its_table_only(tmp_path: Path) -> None:
    accounts = open_accounts(damage(to_pdf(whole(OURS), tmp_path / "坏页.pdf"), 5))
    assert set(standing(accounts)) == {f"T{n}" for n in range(1, 10)} - {"T3"}
    assert "坏页.pdf 第5页：这一页的数据有损坏" in report(accounts)
    assert "缺少“支出决算表”" in report(accounts)


@pytest.mark.parametrize("kept", [True, False])
def test_a_page_lost_in_the_middle_of_a_table_breaks_its_sums(tmp_path: Path, kept: bool) -> None:
    upper, lower = TABLES["T3"].cut(5)
    parts = [
        TABLES["T1"],
        TABLES["T2"],
        upper,
        *([lower] if kept else []),
        *without("T1", "T2", "T3").values(),
    ]
    pages = [*front(OURS), *([part] for part in parts), *back(OURS)]
    accounts = open_accounts(to_pdf(pages, tmp_path / "缺页.pdf"))
    assert standing(accounts)["T3"] == ("已证实" if kept else "有不符")
    assert ("不符" in report(accounts)) is not kept


@pytest.mark.parametrize("kind", RENDERS)
def test_a_missing_table_is_named(tmp_path: Path, kind: str) -> None:
    pages = whole(OURS, found=without("T4"))
    accounts = open_accounts(RENDERS[kind](pages, tmp_path / f"缺表.{kind}"))
    assert "缺少“财政拨款收入支出决算总表”" in report(accounts)
    assert not [f for f in accounts.records if f.table == "T4" and "表" in f.quantity.cell]


@pytest.mark.parametrize("kind", RENDERS)
def test_head_and_title_on_every_page_make_no_second_table(tmp_path: Path, kind: str) -> None:
    table = TABLES["T3"]
    upper, lower = replace(table, rows=table.rows[:5]), replace(table, rows=[table.rows[0], *table.rows[5:]])
    found = {"T1": TABLES["T1"], "T2": TABLES["T2"], "a": upper, "b": lower, **without("T1", "T2", "T3")}
    accounts = open_accounts(RENDERS[kind](whole(OURS, found=found), tmp_path / f"续表.{kind}"))
    assert standing(accounts)["T3"] == "已证实"
    assert not accounts.notices


ORDERS = {
    "one after the other": [*whole(OURS), *whole(THEIRS, 3)],
    "the first lacks a table": [*whole(OURS, found=without("T4")), *whole(THEIRS, 3)],
    "tables, then texts": [
        *front(OURS), *([t] for t in TABLES.values()), *front(THEIRS), *([t] for t in tables(3).values()),
        *back(OURS), *back(THEIRS, 3),
    ],
    "no cover in between": [
        [f"{OURS}2024年度部门决算"], *([t] for t in TABLES.values()), *([t] for t in tables(3).values()),
        *back(OURS), *back(THEIRS, 3),
    ],
    "another year": [*whole(OURS), *whole(OURS, 3, 2023)],
}  # fmt: skip


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("kind", RENDERS)
def test_nothing_of_a_second_department_leaks(tmp_path: Path, kind: str, order: str) -> None:
    accounts = open_accounts(RENDERS[kind](ORDERS[order], tmp_path / f"两份.{kind}"))
    assert (accounts.department, accounts.year) == (OURS, 2024)
    lacking = {"T4"} if order == "the first lacks a table" else set()
    assert set(standing(accounts)) == {f"T{n}" for n in range(1, 10)} - lacking
    alone = {
        f.address: f.quantity.value for f in open_accounts(to_xlsx(TABLES, tmp_path / "甲.xlsx")).records
    }
    for fact in accounts.records:
        if fact.table in TABLES and "表" in fact.quantity.cell:
            assert fact.quantity.value == alone[fact.address]
    assert not [f for f in accounts.records if f.quantity.value == Decimal("450.00")]
    prose = [*accounts.disclosure.duties, *(g.name for g in accounts.disclosure.glossary or ())]
    assert not [text for text in (*map(str, prose), *(s.text for s in accounts.sentences)) if THEIRS in text]
    assert not [s for s in accounts.sentences if "450.00" in s.text]
    said = report(accounts)
    assert "另一份决算" in said
    assert said.count("未读入　") == 9
    assert ("2023年度）" if order == "another year" else THEIRS) in said


def test_two_departments_in_one_workbook_sheet_by_sheet(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    ours, theirs = (
        to_xlsx(without("T4"), tmp_path / "甲.xlsx"),
        load_workbook(to_xlsx(tables(3), tmp_path / "乙.xlsx", THEIRS)),
    )
    book = load_workbook(ours)
    for sheet in theirs.worksheets:
        copy = book.create_sheet(f"乙{sheet.title}"[:31])
        for row in sheet.iter_rows(values_only=True):
            copy.append(row)
    book.save(ours)
    accounts = open_accounts(ours)
    assert accounts.department == OURS
    assert not [f for f in accounts.records if f.table == "T4" or f.quantity.value == Decimal(450)]
    assert f"另一份决算（“{THEIRS}”2024年度）" in report(accounts)


def test_the_same_table_twice(tmp_path: Path) -> None:
    pages = [*whole(OURS), ["第五部分 附件"], [TABLES["T3"].times(2)]]
    accounts = open_accounts(to_pdf(pages, tmp_path / "重复.pdf"))
    assert accounts.get("T3", "合计", "基本支出").value == Decimal("130.00")
    assert "第15页表1：“支出决算表”又出现一次，这一份未读入（已读入 第5页表1）" in report(accounts)
    assert len(accounts.sentences) > 2


def test_scanned_pages(tmp_path: Path) -> None:
    file = tmp_path / "扫描.pdf"
    paper(scan, scan).output(str(file))
    assert "扫描图" in refused(file)
    pages = [drawn(page) for page in whole(OURS)]
    pages[4] = scan
    paper(*pages, size=7).output(str(file))
    said = report(open_accounts(file))
    assert "扫描.pdf 第5页：这一页没有文字层，是扫描图，未读入" in said
    assert "缺少“支出决算表”" in said


@pytest.mark.parametrize("kind", RENDERS)
def test_yuan_under_a_head_of_ten_thousands(tmp_path: Path, kind: str) -> None:
    wrong = TABLES | {"T3": TABLES["T3"].times(10_000)}
    said = refused(RENDERS[kind](whole(OURS, found=wrong), tmp_path / f"单位.{kind}"))
    assert "“支出决算表”" in said
    assert "数值 1500000.00 与声明的单位“万元”矛盾" in said
    right = wrong | {"T3": replace(wrong["T3"], unit="元")}
    accounts = open_accounts(RENDERS[kind](whole(OURS, found=right), tmp_path / f"单位对.{kind}"))
    assert accounts.get("T3", "合计", "基本支出").unit == "元"
    assert standing(accounts)["T3"] == "已证实"
