"""Relations that the plain clean book cannot break: each fires on its own planted error, and only there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts
from juesuan.findings import check, severity
from juesuan.findings.messages import message
from juesuan.quantity import Verdict
from juesuan.relations import relations
from planted_disclosed import DISCLOSED
from planting import (
    TABLE,
    copied,
    fired,
    fiscal_book,
    found,
    fund_book,
    instances,
    plus,
    ran,
    verdicts,
    with_facts,
    without,
)  # fmt: skip

Change = Callable[[Accounts], Accounts]
OPENING, FUND = "T1[年初结转和结余].决算数", "政府性基金预算财政拨款"
T7_ITEMS = ["因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费", "公务接待费"]


def put(cells: dict[str, str]) -> Change:
    """Print other figures."""
    return lambda accounts: with_facts(accounts, cells)


def unit(kind: str, cells: dict[str, str]) -> Callable[[], Accounts]:
    """The clean book of a unit of this type."""
    return lambda: with_facts(with_prose(full_book(), unit_type=kind), cells)


def yunnan() -> Accounts:
    """T5 with 年初, 收入 and 年末."""
    book = full_book()
    for column in ("年初结转和结余", "本年收入", "年末结转和结余"):
        book = copied(book, "T5", "合计", column)
    return book


def hosted() -> Accounts:
    """T7 that prints 接待 in two parts."""
    book = full_book()
    parts = {}
    for column in ("预算数", "决算数"):
        parts[f"T7[国内接待费].{column}"] = book.get("T7", "公务接待费", column).printed
        parts[f"T7[外事接待费].{column}"] = "0.00"
    return with_facts(book, parts)


def meetings() -> Accounts:
    """T7 that prints 会议费 and 培训费 beside the three."""
    return with_facts(full_book(), {"T7[会议费].决算数": "3.00", "T7[培训费].决算数": "4.00"})


def statistics() -> Accounts:
    """T10 that repeats T7."""
    book = full_book()
    again = {f"T10[{item}].统计数": book.get("T7", item, "决算数").printed for item in T7_ITEMS}
    return with_facts(book, again | {"T10[“三公”经费合计].统计数": book.get("T7", "合计", "决算数").printed})


def second_year() -> Accounts:
    """A book whose year before closed as this one opens."""
    return replace(full_book(), previous=replace(full_book(), year=2020))


def twice(accounts: Accounts) -> Accounts:
    """T2 prints a row again at its end."""
    row = tuple(f for f in accounts.records if (f.table, f.code) == ("T2", "20106"))
    return replace(accounts, records=(*accounts.records, *row))


def blank_outturn(accounts: Accounts) -> Accounts:
    """T7 with nothing in 决算数."""
    return with_facts(accounts, {f"T7[{item}].决算数": "" for item in ["合计", *T7_ITEMS]})


def nothing_opened(accounts: Accounts) -> Accounts:
    """T2 lacks a code that spends, and nothing was carried over."""
    return without(with_fact(accounts, OPENING, "0.00"), "T2", "2010601")


PLANTED: dict[str, tuple[Callable[[], Accounts], Change]] = {
    "R107": (full_book, put({"T1[其他收入].决算数": "-5.00"})),
    "R108": (lambda: put({"T1[结余分配].决算数": "1.00"})(full_book()), put({"T1[结余分配].决算数": "9999999.00"})),
    "R109": (lambda: copied(full_book(), "T1", "决算数", "年初预算数"), put({"T1[收入总计].年初预算数": "7.00"})),
    "R205": (lambda: put({"T2[合计].教育收费": "1.00"})(full_book()), put({"T2[合计].教育收费": "9999999.00"})),
    "R206": (full_book, lambda book: without(book, "T2", "20106")),
    "R207": (full_book, twice),
    "R305": (
        lambda: put({"T3[合计].经营支出": "5.00", "T2[合计].经营收入": "4.00"})(fiscal_book()),
        put({"T2[合计].经营收入": "0.00"}),
    ),
    "R306": (unit("行政", {}), put({"T3[合计].上缴上级支出": "5.00"})),
    "R410": (full_book, put({"T4[结余分配].决算数": "5.00"})),
    "R503": (yunnan, put({"T5[2010601].年末结转和结余": "1.00"})),
    "R504": (full_book, lambda book: without(book, "T3", "2010601")),
    "R505": (lambda: copied(full_book(), "T5", "合计", "年初预算数"), put({"T5[合计].年初预算数": "1.00"})),
    "R608": (full_book, lambda book: without(book, "T6", "302")),
    "R609": (full_book, lambda book: with_fact(book, "T6[30299].决算数", book.get("T6", "302", "决算数"))),
    "R610": (full_book, put({"T6[309].决算数": "5.00"})),
    "R706": (meetings, lambda book: plus(book, {"T7[合计].决算数": "7.00"})),
    "R707": (hosted, put({"T7[国内接待费].决算数": "500.00"})),
    "R708": (full_book, blank_outturn),
    "R803": (fund_book, put({"T8[21208].本年支出": "1.00"})),
    "R804": (fund_book, lambda book: without(book, "T8")),
    "R805": (full_book, put({"T9[合计].本年支出": "5.00"})),
    "R807": (lambda: fund_book("T9"), put({"T9[22308].基本支出": "5.00"})),
    "R911": (fund_book, put({"T8[212].本年支出": "1.00"})),
    "R914": (full_book, put({"T3[合计].本年支出合计": "1.00"})),
    "R918": (full_book, nothing_opened),
    "R921": (unit("事业", {"T10[机关运行经费].统计数": "0.00"}), put({"T10[机关运行经费].统计数": "5.00"})),
    "R922": (statistics, put({"T10[公务接待费].统计数": "500.00"})),
    "R923": (fiscal_book, put({"T4[208].合计": "1.00"})),
    "R1201": (second_year, put({OPENING: "1.00"})),
    "R1202": (second_year, put({f"T4[年初结转：{FUND}].决算数": "1.00"})),
    **DISCLOSED,
}  # fmt: skip


def test_every_table_relation_has_a_planted_error(book: Accounts) -> None:
    reckoned = {id for id in TABLE if relations()[id].kind in ("sum", "children", "at_most")}
    assert set(TABLE) - set(PLANTED) == {id for id in reckoned - set(PLANTED) if instances(book, id)}


@pytest.mark.parametrize("id", PLANTED)
def test_the_planted_error_is_found_where_it_is(id: str) -> None:
    clean, spoil = PLANTED[id]
    right = clean()
    assert ran(right, id)
    assert not fired(right, id)
    assert fired(spoil(right), id)


@pytest.mark.parametrize("id", PLANTED)
def test_the_finding_is_worded(id: str) -> None:
    clean, spoil = PLANTED[id]
    spoiled = spoil(clean())
    told = [f for f in check(spoiled).findings if id in f.relations]
    assert told
    assert all(f.message and f.places for f in told)
    graded = {severity(c) for c in ran(spoiled, id) if c.judgement.verdict is Verdict.INCONSISTENT}
    assert graded == {"warning" if relations()[id].grade == "H" else "error"}
    assert relations()[id].grade == "H" or {f.severity for f in told} == {"error"}


@pytest.mark.parametrize("id", [id for id in TABLE if relations()[id].grade == "H"])
def test_what_only_asks_for_an_explanation_fails_nothing(id: str) -> None:
    clean, spoil = PLANTED.get(id, (full_book, lambda book: with_fact(book, "T7[合计].决算数", "9999.00")))
    own = [f for f in check(spoil(clean())).findings if id in f.relations]
    assert own
    assert all(f.grade == "H" for f in own if {relations()[r].grade for r in f.relations} == {"H"})


@pytest.mark.parametrize("table", ["T8", "T9"])
def test_a_second_fund_is_clean_in_every_table(table: str) -> None:
    book = fund_book(table)
    assert check(book).findings == []
    assert verdicts(book, "R804") == verdicts(book, "R805") == verdicts(book, "R911") == {"exact"}


def test_negative_terms_are_worded_as_such(book: Accounts) -> None:
    wrong = with_fact(book, "T1[结余分配].决算数", "1.00")
    (judged,) = (c for c in ran(wrong, "R106") if c.judgement.verdict is Verdict.INCONSISTENT)
    assert "－1.00" in message(judged, [judged])
    assert found(wrong, "R917")
