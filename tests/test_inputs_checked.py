"""Inputs that a person typed are checked with their line; what a document says is reported, not refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from books import full_book
from juesuan.accounts import Accounts, Disclosure
from juesuan.errors import JuesuanError
from juesuan.findings import check
from juesuan.readers import open_accounts
from juesuan.sample import Order, write_samples
from saving import save


@pytest.fixture
def national(tmp_path: Path) -> Path:
    write_samples(Order(years=(2023,), profile="national", seed=5, unit="万元"), tmp_path, progress=False)
    (folder,) = (p.parent for p in tmp_path.rglob("accounts.xlsx"))
    return folder


def typed(folder: Path, **inputs: dict[str, str]) -> Path:
    file = folder / "disclosure.yml"
    data = yaml.safe_load(file.read_text(encoding="utf-8"))
    for key, values in inputs.items():
        data[key] = {**(data.get(key) or {}), **values}
    file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("inputs", "words"),
    [
        ({"stated": {"T10[汽车数].统计数": "2"}}, "没有“汽车数”这一项"),
        ({"stated": {"T10车辆数": "2"}}, "看不懂"),
        ({"prior": {"T1[收入总计].决算数": "约一千"}}, "不是一个数"),
        ({"prior": {"T5[合计]合计": "1.00"}}, "不是指标地址"),
    ],
)
def test_a_wrong_input_names_its_line(national: Path, inputs: dict[str, dict[str, str]], words: str) -> None:
    with pytest.raises(JuesuanError, match=words):
        check(open_accounts(typed(national, **inputs)))


def test_right_inputs_are_taken(national: Path) -> None:
    prior = {"T1[收入总计].决算数": "1000.00"}
    accounts = open_accounts(typed(national, stated={"T10[车辆数].统计数": "2"}, prior=prior))
    # The typed figure of last year is not the one that the text's change implies: that is told; so
    # are two vehicles in all beside other numbers of them by use.
    assert {f.relation for f in check(accounts).findings} <= {"R1007", "R1008", "R1113"}
    assert accounts.get("T10", "车辆数", "统计数").printed == "2"
    assert accounts.before("T1", "收入总计", "决算数").printed == "1000.00"


def test_another_profile_than_the_named_one_is_told(national: Path) -> None:
    understood = open_accounts(national, profile="shanxi-2020").understood
    assert understood is not None
    assert "更像“中央、上海等（九张表）”" in understood.profile_reason
    named = open_accounts(national).understood
    assert named is not None
    assert "更像" not in named.profile_reason


def test_a_book_without_any_number_is_told(book: Accounts, tmp_path: Path) -> None:
    bare = tuple(
        replace(f, quantity=replace(f.quantity, value=None, state="blank")) for f in book.records[:0]
    )
    folder = save(replace(book, records=bare), tmp_path / "2021")
    assert any("空白的模板" in notice.text for notice in open_accounts(folder).notices)


def test_years_that_are_thousands_apart_are_told(tmp_path: Path) -> None:
    save(full_book(2020, seed=3), tmp_path / "甲" / "2020")
    book = full_book(2021, seed=3)
    records = tuple(
        replace(f, quantity=replace(f.quantity, value=f.quantity.value / 10_000))
        for f in book.records
        if f.table == "T1" and f.quantity.value is not None
    )
    small = replace(book, records=records, disclosure=Disclosure(), tables_read=("T1",))
    accounts = open_accounts(save(small, tmp_path / "甲" / "2021"), previous=tmp_path / "甲" / "2020")
    assert any("相差上千倍" in notice.text for notice in accounts.notices)
