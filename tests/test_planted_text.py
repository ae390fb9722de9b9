"""Each relation of the text catches one error planted in a published text, and is silent without it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from books import full_book, with_fact
from juesuan.accounts import Accounts
from juesuan.findings import check
from planting import TEXT
from published import national_text, only_text, reworded, seed_text, without_sentences, wrong

Plant = Callable[[], Accounts]


def seed(old: str, new: str) -> Plant:
    return lambda: reworded(seed_text(), old, new)


def alone(old: str, new: str) -> Plant:
    return lambda: reworded(only_text(), old, new)


def national(old: str, new: str) -> Plant:
    return lambda: reworded(national_text(), old, new)


def drop_table() -> Accounts:
    accounts = seed_text()
    return replace(accounts, tables_read=tuple(t for t in accounts.tables_read if t != "T6"))


# Every plant with the text it is planted in.
PLANTED: dict[str, tuple[Plant, Plant]] = {
    "R1001": (seed_text, seed("22000万元", "23000万元")),
    "R1002": (national_text, national("支出决算为29409810.33元", "支出决算为29409810.73元")),
    "R1003": (seed_text, seed("占比99.64%", "占比99.46%")),
    "R1004": (seed_text, seed("占比99.64%", "占比98.64%")),
    "R1005": (national_text, national("完成年初预算的82.24%", "完成年初预算的84.22%")),
    "R1006": (national_text, national("与预算持平", "完成预算的100%")),
    "R1007": (national_text, national("增长8.98%", "增长9.88%")),
    "R1008": (national_text, national("收入支出总计增加", "收入支出总计减少")),
    "R1009": (national_text, national("决算数小于预算数", "决算数大于预算数")),
    "R1010": (alone, alone("人员经费21531.16", "人员经费21513.16")),
    "R1011": (national_text, lambda: without_sentences(national_text(), "支出决算为3966762.87元")),
    "R1012": (national_text, national("住房公积金（项）", "住房补贴金（项）")),
    "R1013": (national_text, national("支出总计168296228.88元", "支出总计168296228.88万元")),
    "R1014": (alone, alone("占本年支出合计的100%", "占本年支出合计的100%，财政拨款支出21861.07万元")),
    "R1015": (national_text, national("公务接待费支出决算增加6253.20元", "公务接待费支出决算增加16253.20元")),
    "R1016": (national_text, national("增加185216.40元，增长215.00%", "增长325.00%")),
    "R1017": (national_text, national("增长8.98%", "增长（下降）8.98%")),
    "R1018": (national_text, lambda: without_sentences(national_text(), "主要原因：本年新增")),
    "R1019": (national_text, national("2024年度收入支出总计", "2025年度收入支出总计")),
    "R1020": (seed_text, lambda: without_sentences(seed_text(), "无上年数据", section="四")),
    "R1021": (seed_text, lambda: with_fact(seed_text(), "T2[合计].财政拨款收入", "21600.00")),
    "R1109": (seed_text, seed("占政府采购支出总额的100%", "占政府采购支出总额的90%")),
    "R1110": (seed("项目支出总额的100%", "项目支出总额的28010.15%"), seed_text),
    "R1203": (national_text, national("元，增长8.98%", "元，比上年决算数154422463.40元增长8.98%")),
    "R1205": (seed_text, drop_table),
    "R806": (seed_text, lambda: with_fact(seed_text(), "T8[合计].本年支出", "55.00")),
}  # fmt: skip
PLANTED = {id: (only_text if clean is alone else clean, plant) for id, (clean, plant) in PLANTED.items()}


def test_every_text_relation_has_a_planted_error() -> None:
    assert set(PLANTED) == set(TEXT)


@pytest.mark.parametrize("id", TEXT)
def test_an_error_planted_in_the_text_is_found(id: str) -> None:
    clean, plant = PLANTED[id]
    before = {(c.place, c.quote) for c in wrong(clean(), id)}
    after = {(c.place, c.quote) for c in wrong(plant(), id)}
    assert after - before


@pytest.mark.parametrize("id", [id for id in TEXT if PLANTED[id][0] is national_text])
def test_a_clean_text_is_silent(id: str) -> None:
    assert wrong(national_text(), id) == []


def test_a_prior_year_contradicts_the_words_once() -> None:
    told = [
        f for f in check(replace(seed_text(), previous=full_book(2020))).findings if f.relation == "R1020"
    ]
    assert [(len(f.places), f.gap) for f in told] == [(1, None)]
