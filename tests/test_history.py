"""Years of one department: found beside each other, compared, followed across moved codes."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import juesuan as js
from books import full_book, with_prose
from juesuan.accounts import Accounts, History
from juesuan.classification import bridged, classes, code_of, moves
from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts, open_history
from juesuan.report.changes import changes
from saving import save


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for year in (2019, 2020, 2021):
        save(full_book(year, seed=3, department="甲单位"), tmp_path / "甲单位" / str(year))
    return tmp_path / "甲单位"


def test_last_year_beside_this_one_is_found_and_told(home: Path) -> None:
    accounts = open_accounts(home / "2021")
    assert accounts.previous is not None
    assert accounts.previous.year == 2020
    assert any("在旁边找到上一年度" in notice.text for notice in accounts.notices)
    assert open_accounts(home / "2019").previous is None


def test_another_department_beside_is_not_taken(home: Path) -> None:
    save(full_book(2020, seed=3, department="乙单位"), home / "2020")
    accounts = open_accounts(home / "2021")
    assert accounts.previous is None
    assert any("没有用作上年" in notice.text for notice in accounts.notices)


def test_a_damaged_neighbour_is_told_and_the_reading_goes_on(home: Path) -> None:
    (home / "2020" / "accounts.xlsx").write_bytes(b"PK\x03\x04 broken")
    accounts = open_accounts(home / "2021")
    assert accounts.previous is None
    assert any("读不出来" in notice.text for notice in accounts.notices)


@pytest.mark.parametrize("start", ["", "2020"])
def test_a_history_holds_every_year_in_order(home: Path, start: str) -> None:
    history = open_history(home / start)
    assert [a.year for a in history.years] == [2019, 2020, 2021]
    points = history.series("T5", "208", "合计")
    assert [p.value for p in points] == [a.get("T5", "208", "合计").value for a in history.years]
    assert all(p.cells for p in points)
    frame = history.frame(history.rows("T5", "类"), "T5", "合计")
    assert list(frame.columns) == [2019, 2020, 2021]
    assert set(history.rows("T5", "类")) == {"201", "208", "210", "221"}


def test_a_year_that_cannot_be_read_is_a_notice(home: Path) -> None:
    (home / "2018").mkdir()
    history = open_history(home)
    assert [n.place for n in history.notices] == ["2018"]
    with pytest.raises(JuesuanError, match="至少两个"):
        History.of(history.years[:1])


def test_other_units_are_converted_exactly() -> None:
    old, new = full_book(2020, seed=3), full_book(2021, seed=3)
    yuan = tuple(
        replace(f, quantity=replace(f.quantity, unit="元", value=f.quantity.value * 10_000))
        if f.quantity.unit == "万元" and f.quantity.value is not None
        else f
        for f in old.records
    )
    history = History.of([new, replace(old, records=yuan)])
    assert history.series("T5", "合计", "合计")[0].value == old.get("T5", "合计", "合计").value


def test_a_code_that_moved_is_followed() -> None:
    year, target = moves()["21506"]
    assert bridged("2150699", year - 1, year) == target
    assert bridged("2150699", year, year + 1) == "2150699"
    assert bridged("20101", 2018, 2025) == "20101"


def test_names_change_with_the_years() -> None:
    assert code_of("医疗卫生与计划生育支出", "functional", 2018) == "210"
    assert code_of("医疗卫生与计划生育支出", "functional", 2019) == ""
    assert [c.name for c in classes("functional", 2019)].count("资源勘探信息等支出") == 1
    history = History.of([full_book(2019), full_book(2021)])
    assert history.renamed["20805"] == [(2019, "行政事业单位离退休"), (2021, "行政事业单位养老支出")]


def test_the_changes_are_those_of_the_printed_figures(home: Path) -> None:
    accounts = open_accounts(home / "2021")
    lines = {line.address: line for line in changes(accounts)}
    assert accounts.previous is not None
    for address, line in lines.items():
        table, row, column = (
            address.partition("[")[0],
            address.split("[")[1].split("]")[0],
            address.split("].")[1],
        )
        now, then = accounts.get(table, row, column).value, accounts.previous.get(table, row, column).value
        assert now is not None
        assert then is not None
        word = "持平" if now == then else "增加" if now > then else "减少"
        assert line.change == word + ("" if now == then else f"{abs(now - then):.2f}"), address
    assert {"T1[收入总计].决算数", "T5[208].合计"} <= lines.keys()
    assert len(js.compared(accounts).plain.splitlines()) == len(lines)


def test_prior_figures_of_the_inputs_stand_in_for_last_years_accounts(book: Accounts) -> None:
    given = with_prose(book, prior={"T5[合计].合计": "1000.00"})
    (line,) = changes(given)
    assert (line.address, line.before) == ("T5[合计].合计", "1,000.00")
    total = book.get("T5", "合计", "合计").value
    assert total is not None
    assert line.rate.startswith(str(round((total - 1000) / Decimal(10), 2))[:4])
    assert changes(book) == []
    assert "没有上年" in js.compared(book).plain or "不作同比" in js.compared(book).plain
