"""The branches of the explanation: years, zeros, silence, odd inputs."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts
from juesuan.narrative import narrative
from juesuan.quantity import Quantity

TOTAL = "T3[合计].本年支出合计"


def explain(accounts: Accounts) -> str:
    return narrative(accounts, "explanation").text


def compared(book: Accounts, now: str, then: str) -> tuple[str, tuple[str, ...]]:
    """The sentence on total expenditure against a year before, and what is missing."""
    before = with_fact(replace(book, year=book.year - 1), TOTAL, then)
    written = narrative(replace(with_fact(book, TOTAL, now), previous=before), "explanation")
    (block,) = (b for b in written.blocks if "支出合计" in b.text and "年度支出合计" in b.text)
    return block.text.partition("与上年相比，")[2], written.missing


@pytest.mark.parametrize(
    ("now", "then", "words"),
    [
        ("120.00", "100.00", "支出合计增加20.00万元，增长20.00%。"),
        ("75.00", "100.00", "支出合计减少25.00万元，下降25.00%。"),
        ("100.00", "100.00", "支出合计持平。"), ("100", "100.00", "支出合计持平。"),
        ("5.00", "0.00", "支出合计增加5.00万元，上年基数为0，不可比。"),
        ("100.00", "300.00", "支出合计减少200.00万元，下降66.67%。"),
    ],
)  # fmt: skip
def test_the_year_before(book: Accounts, now: str, then: str, words: str) -> None:
    assert compared(book, now, then)[0] == words


def test_a_missing_reason_is_listed_and_a_given_one_is_written(book: Accounts) -> None:
    text, missing = compared(book, "120.00", "100.00")
    assert "原因" not in text
    assert any(TOTAL in m for m in missing)
    given_ = with_prose(book, reasons={TOTAL: "新增职业年金补助20万元"})
    text, missing = compared(given_, "120.00", "100.00")
    assert text.endswith("主要原因：新增职业年金补助20万元。")
    assert not any(TOTAL in m for m in missing)


def test_a_year_that_did_not_change_needs_no_reason(book: Accounts) -> None:
    assert not any(TOTAL in m for m in compared(book, "100.00", "100.00")[1])


def test_a_prior_year_that_is_silent_is_said_to_be(book: Accounts) -> None:
    assert compared(book, "120.00", "")[0] == ""
    before = with_fact(full_book(book.year - 1), TOTAL, "")
    assert "支出合计的上年数未披露，无法比较。" in explain(replace(book, previous=before))


def test_a_prior_year_in_every_comparing_section(book: Accounts) -> None:
    compared_ = explain(replace(book, previous=full_book(2020, seed=7)))
    assert compared_.count("与上年相比，") == 8
    assert "无上年数据对比" not in compared_


def test_no_prior_year_with_and_without_a_reason(book: Accounts) -> None:
    assert "上年" not in explain(book)
    assert narrative(book, "explanation").missing == ()
    merged = with_prose(book, no_prior={"reason": "由于机构改革合并成立", "short": "合并成立"})
    assert explain(merged).count("无上年数据对比。") == 7


def test_a_budget_of_nothing_has_no_rate(book: Accounts) -> None:
    hosting = "T7[公务接待费]"
    nothing = with_fact(with_fact(book, f"{hosting}.预算数", "0.00"), f"{hosting}.决算数", "0.00")
    assert "公务接待费支出0.00万元，与全年预算持平。" in explain(nothing)
    unplanned = with_fact(book, f"{hosting}.预算数", "0.00")
    assert re.search(r"公务接待费支出[\d.]+万元，全年预算未安排。", explain(unplanned))


@pytest.mark.parametrize(
    ("value", "words"), [("", "未披露"), ("-", "未列数"), ("见附注", "原文“见附注”，不是数字")]
)
def test_what_is_no_number_is_said_to_be(book: Accounts, value: str, words: str) -> None:
    text = explain(with_fact(book, "T10[机关运行经费].统计数", value))
    assert f"机关运行经费支出（{words}）。" in text
    blank = book
    for fact in book.records:
        if fact.table.startswith("T"):
            blank = with_fact(blank, fact.address, value)
    assert "%" not in explain(blank).replace("76.13%", "")


def test_an_item_without_a_budget(book: Accounts) -> None:
    item = {"code": "208", "name": "社会保障和就业支出"}
    assert "其中：社会保障和就业支出决算数" in explain(with_prose(book, items=[item]))
    assert "新增业务" in explain(with_prose(book, items=[item | {"reason": "新增业务"}]))


def test_no_budget_at_all(book: Accounts) -> None:
    bare = with_prose(book, budget_total=None, items=[])
    assert "财政拨款支出决算" in explain(bare)
    assert "支出支出" not in explain(bare)


def test_negative_amounts_are_written_as_they_are(book: Accounts) -> None:
    text = explain(with_fact(book, "T5[221].合计", "-29.30"))
    assert "住房保障支出" in text
    assert "-29.30万元" in text


def test_a_name_with_square_brackets(book: Accounts) -> None:
    project = {
        "name": "晋财社[2021]12号补助",
        "score": "98",
        "budget": "30",
        "executed": "30",
        "completion": "完成",
    }
    assert "晋财社[2021]12号补助" in explain(
        with_prose(book, performance={"scope": "自评", "projects": [project]})
    )


def test_an_analysts_line_is_never_a_heading(book: Accounts) -> None:
    project = {"name": "甲", "score": "98", "completion": "一是完成\n# 二是及时"}
    written = narrative(with_prose(book, performance={"scope": "自评", "projects": [project]}), "explanation")
    assert {b.level for b in written.blocks if "二是及时" in b.text} == {0}


def test_headings_are_the_sections_of_the_profile(book: Accounts) -> None:
    titles = [b.text.partition("、")[2] for b in narrative(book, "explanation").blocks if b.level == 3]
    assert titles == book.layout.sections


def test_budget_and_outturn_may_be_in_different_units(book: Accounts) -> None:
    outturn = book.get("T5", "221", "合计").exact() * 10_000
    told = [i.model_dump(exclude_none=True) | {"reason": "厉行节约"} for i in book.disclosure.items]
    mixed = with_fact(with_prose(book, items=told), "T5[221].合计", Quantity.of(int(outturn), "元"))
    assert "住房保障支出" in explain(mixed)
    assert "决算数大于预算" not in explain(mixed)
