"""Published documents against what we generate from the facts read out of them: every figure agrees, or is a known error."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from juesuan.accounts import Accounts
from juesuan.narrative import narrative
from juesuan.readers import open_accounts

REAL = Path(__file__).parents[2] / "shared" / "real"
PLANNING, FINANCE, ECOLOGY = "putuo-planning-2024.pdf", "putuo-finance-2024.pdf", "putuo-ecology-2025"
DOCUMENTS = (PLANNING, FINANCE, ECOLOGY)
# Section by section: figures that only the published text has, and those that only ours has, each for a reason.
DIFFERENCES: dict[str, dict[str, tuple[list[str], list[str]]]] = {
    PLANNING: {
        "五（一）": (["99.86"], ["99.87"]),  # TRUNC
        "五（二）": (["236.63"], ["236.64"]),  # ROUND: T1 and T4 print .63, T5 .64
        "五（三）": (["95.45"], ["95.46"]),  # TRUNC
        "六": (["5377.64", "4896.98"], ["5364.75", "4884.09"]),  # ERROR: figures of another scope
        "七（一）": (["0.00", "0.00"], []),  # rates on a zero base
    },
    FINANCE: {
        "四": (["0.3"], ["2961.68", "63.14", "2.09"]),  # ERROR, corrected as labelled
        "五（二）": (["71.73"], ["71.65"]),  # ERROR
        "七（一）": (["0", "0"], []),  # rates on a zero base
    },
    ECOLOGY: {
        "七（一）": (["0.00", "0.00", "0.00"], []),  # a rate on a zero base; 减少为 0.00 beside 持平
        "十一（一）": (["2.60"], ["2.59"]),  # ERROR: 4.68 ÷ 180.73
    },
}
_NUMBER = re.compile(r"(?<![\d.])\d[\d,]*(?:\.\d+)?")
_NO_FIGURE = re.compile(r"20\d\d\s*年(?:度)?|\d+\s*[月日]|^\d+[、.．]")


@cache
def read(name: str) -> Accounts:
    if not (REAL / name).exists():
        pytest.skip("../shared/real is absent: no published document to read")
    return open_accounts(REAL / name)


def figures(text: str) -> Counter[Decimal]:
    return Counter(Decimal(n.replace(",", "")) for n in _NUMBER.findall(_NO_FIGURE.sub("", text)))


def published(accounts: Accounts) -> dict[str, Counter[Decimal]]:
    found: dict[str, Counter[Decimal]] = defaultdict(Counter)
    for _, group in groupby(accounts.sentences, key=lambda s: s.paragraph):
        parts = list(group)
        found[parts[0].section].update(figures("".join(p.text for p in parts)))
    return found


def generated(accounts: Accounts) -> dict[str, Counter[Decimal]]:
    found: dict[str, Counter[Decimal]] = defaultdict(Counter)
    section = part = ""
    for block in narrative(accounts, "explanation").blocks:
        if block.level and (heading := re.match(r"([一二三四五六七八九十]+)、", block.text)):
            section, part = heading[1], ""
        elif block.level and (heading := re.match(r"（[一二三四五六七八九十]+）", block.text)):
            part = heading[0]
        else:
            found[section + part].update(figures(block.text))
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_figure_of_the_generated_explanation_agrees(name: str) -> None:
    accounts = read(name)
    theirs, ours = published(accounts), generated(accounts)
    assert len(theirs) >= 15
    for section in theirs.keys() | ours.keys():
        lost, more = DIFFERENCES[name].get(section, ([], []))
        assert theirs[section] - ours[section] == Counter(map(Decimal, lost)), section
        extra = ours[section] - theirs[section]
        if section == "五（三）":
            # Rates of items that the department did not print; the published ones are compared above.
            rates = {Decimal(m) for m in re.findall(r"([\d.]+)%", narrative(accounts, "explanation").text)}
            extra = Counter({n: c for n, c in extra.items() if n not in rates or str(n) in more})
        assert extra == Counter(map(Decimal, more)), section


@pytest.mark.parametrize(
    ("name", "department", "year", "cells"),
    [
        (PLANNING, "上海市普陀区规划和自然资源局", 2024, 600),
        (FINANCE, "上海市普陀区财政局", 2024, 550),
        (ECOLOGY, "上海市普陀区生态环境局", 2025, 700),
    ],
)
def test_what_was_understood(name: str, department: str, year: int, cells: int) -> None:
    accounts = read(name)
    understood = accounts.understood
    assert understood is not None
    assert (accounts.department, accounts.year, accounts.layout.name) == (department, year, "national")
    assert [t.id for t in understood.tables] == [f"T{i}" for i in range(1, 10)]
    assert not understood.missing
    assert {t.unit for t in understood.tables} == {"万元"}
    assert [t.standing for t in understood.tables] == ["已证实"] * 7 + ["空表"] * 2
    assert sum(f.table.startswith("T") for f in accounts.records) >= cells
    assert not any(f.suspect for f in accounts.records)
    assert {"T8", "T9"} <= set(accounts.disclosure.empty_tables)
    assert all(f.quantity.cell for f in accounts.records)


@pytest.mark.parametrize(("name", "items"), [(PLANNING, 13), (FINANCE, 11), (ECOLOGY, 20)])
def test_every_item_of_the_text_finds_its_code(name: str, items: int) -> None:
    accounts = read(name)
    listed = accounts.disclosure.items
    assert len(listed) == items
    assert {i.code for i in listed} == set(accounts.rows("T5", "项"))
    assert all(i.budget and i.purpose for i in listed)


def test_a_name_that_drifted_is_found_by_its_amount_and_told() -> None:
    texts = [notice.text for notice in read(PLANNING).notices]
    assert sum("按金额认作" in text for text in texts) == 4
    assert any("2080599 其他行政事业单位养老支出" in text for text in texts)


def test_a_sentence_that_contradicts_the_table_gives_no_figures() -> None:
    accounts = read(FINANCE)
    assert any("正文写的是 0.3" in notice.text for notice in accounts.notices)
    assert "推得" in accounts.before("T4", "收入总计", "决算数").cell


def test_duties_units_and_terms_of_a_document_are_kept() -> None:
    prose = read(PLANNING).disclosure
    assert (len(prose.duties), len(prose.offices), len(prose.glossary)) == (14, 5, 11)
    assert prose.duties[0].cell == "第4页"
    assert prose.offices[4].name.endswith("（下属事业单位）")
