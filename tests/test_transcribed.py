"""Every cell of all nine tables of the real documents against a transcription that our reader had no part in.

`transcribed/*.csv` were typed from pictures of the pages, blank cells too, and compared with the words of
another program (poppler): the same figures on each page, in the same order and in one band for each column.
The third document is kept as csv: its files are the transcription, parsed here by a small mapping of their own.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import State
from juesuan.readers import open_accounts

REAL = Path(__file__).parents[2] / "shared" / "real"
TYPED = Path(__file__).parent / "transcribed"
DOCUMENTS = {
    "planning-2024": "putuo-planning-2024.pdf",
    "finance-2024": "putuo-finance-2024.pdf",
    "ecology-2025": "putuo-ecology-2025",
}
TABLES = [f"T{number}" for number in range(1, 10)]
# Cells of the document, and how many of them hold a figure.
COUNTS = {"planning-2024": (648, 308), "finance-2024": (577, 195), "ecology-2025": (759, 747)}
# A blank cell of a table whose figure the text states: a fact of its own, which names the page and no cell.
STATED = {
    "finance-2024": [
        ("T7", item, "决算数", "0.00")
        for item in ("合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费")
    ]
}

Key = tuple[str, str, str]
# The classes as the national layout prints them; 209, 218 and others are not in use.
FUNCTIONAL = [str(code) for code in (*range(201, 209), *range(210, 218), *range(219, 225), 229, 234)]
CARS = {"公务用车购置及运行维护费": "公务用车购置及运行费"}


def typed(name: str) -> dict[Key, str]:
    with (TYPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {(r["table"], r["row"], r["column"]): r["printed"] for r in csv.DictReader(file)}


def sides(table: str, rows: list[list[str]]) -> dict[Key, str]:
    """T1 and T4: income in the first two columns, expenditure in the others; 总计 is printed for both totals."""
    heads, found, seen = [head.replace("项目", "") for head in rows[1]], dict[Key, str](), set[str]()
    for number, row in enumerate(rows[2:]):
        name = row[0].split("、")[-1]
        if name:
            name = {"总计": "收入总计"}.get(name, f"年初结转：{name}" if name in seen else name)
            seen.add(name)
            found[table, name, "决算数"] = row[1]
        if row[2]:
            right = FUNCTIONAL[number] if "、" in row[2] else {"总计": "支出总计"}.get(row[2], row[2])
            found |= {(table, right, head): row[at] for at, head in enumerate(heads) if at > 2 and head}
    return found


def coded(table: str, rows: list[list[str]]) -> dict[Key, str]:
    """T2, T3, T5: codes in the first column, 合计 without one."""
    heads = rows[0][2:]
    return {(table, row[0], head): v for row in rows[2:] for head, v in zip(heads, row[2:], strict=True)}


def economic(rows: list[list[str]]) -> dict[Key, str]:
    """T6: two blocks of code, name and figure side by side."""
    return {("T6", row[at], "决算数"): row[at + 2] for row in rows[1:] for at in (0, 3) if row[at]}


def three_public(rows: list[list[str]]) -> dict[Key, str]:
    """T7: a pair of figures for each item; the first of the cars' pairs is headed 小计."""
    found: dict[Key, str] = {}
    for at in range(0, 12, 2):
        item = rows[1][at] if rows[2][at] in ("", "小计") else rows[2][at]
        for column in (at, at + 1):
            found["T7", CARS.get(item, item), rows[3][column]] = rows[4][column]
    return found


def undivided(table: str) -> dict[Key, str]:
    """T8, T9: head words stand in the cells of the only row, so nothing is printed there."""
    columns = ("年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余")
    return {(table, "合计", column): "" for column in columns}


def from_csv(folder: Path) -> dict[Key, str]:
    def rows(number: int) -> list[list[str]]:
        with (folder / f"t{number}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.reader(file))

    found = sides("T1", rows(1)) | sides("T4", rows(4)) | economic(rows(6)) | three_public(rows(7))
    for number in (2, 3, 5):
        found |= coded(f"T{number}", rows(number))
    return {key: v.replace(",", "") for key, v in found.items()} | undivided("T8") | undivided("T9")


@cache
def read(name: str) -> Accounts:
    if not (REAL / DOCUMENTS[name]).exists():
        pytest.skip("../shared/real is absent: no published document to read")
    return open_accounts(REAL / DOCUMENTS[name])


def wanted(name: str) -> dict[Key, str]:
    return from_csv(REAL / DOCUMENTS[name]) if name.startswith("ecology") else typed(name)


def cells(accounts: Accounts) -> list[Fact]:
    """The facts that stand in a cell of a table, not in a sentence."""
    return [f for f in accounts.records if "!" in f.quantity.cell or "表" in f.quantity.cell]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_cell_of_the_nine_tables(name: str) -> None:
    facts = cells(read(name))
    found = {(f.table, f.row, f.column): f.quantity for f in facts}
    assert len(found) == len(facts), "a cell was read twice"
    transcribed = wanted(name)
    assert {key[0] for key in transcribed} == set(TABLES)
    assert found.keys() == transcribed.keys()
    for key, printed in transcribed.items():
        quantity = found[key]
        if not printed:
            assert (quantity.state, quantity.text) == (State.BLANK, ""), key
            continue
        assert quantity.state is State.NUMBER, key
        # A Decimal of 45.00 is equal to one of 45.0; its text and its decimals are not.
        assert str(quantity.value) == printed, key
        assert quantity.decimals == len(printed.partition(".")[2]), key
        assert quantity.text.replace(",", "") == printed, key
    assert {f.quantity.unit for f in facts} == {"万元"}
    assert (len(transcribed), sum(map(bool, transcribed.values()))) == COUNTS[name]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_nothing_else_stands_in_those_tables(name: str) -> None:
    accounts = read(name)
    inside = {id(f) for f in cells(accounts)}
    others = [
        (f.table, f.row, f.column, f.quantity.text)
        for f in accounts.records
        if f.table in TABLES and id(f) not in inside
    ]
    assert others == STATED.get(name, [])


@pytest.mark.parametrize("name", ["planning-2024", "finance-2024"])
def test_every_cell_names_the_page_on_which_it_was_seen(name: str) -> None:
    with (TYPED / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        pages = {(r["table"], r["row"], r["column"]): r["page"] for r in csv.DictReader(file)}
    facts = cells(read(name))
    assert {(f.table, f.row, f.column): f.quantity.cell.partition("页")[0] for f in facts} == {
        key: f"第{page}" for key, page in pages.items()
    }


def test_the_transcriptions_hold_each_cell_once() -> None:
    for file in TYPED.glob("*.csv"):
        rows = list(csv.reader(file.open(encoding="utf-8", newline="")))
        assert rows[0] == ["page", "table", "row", "column", "printed"]
        assert max(Counter(tuple(row[1:4]) for row in rows).values()) == 1
