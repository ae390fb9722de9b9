"""What no relation reports: lookalikes, what a profile does not print, what the list does not know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts, Cited
from juesuan.errors import JuesuanError
from juesuan.findings import check
from juesuan.layouts import layout
from juesuan.quantity import Verdict
from juesuan.relations import execute, relations, residuals
from planting import fired, fiscal_book, fund_book, judged, plus, ran, verdicts, with_facts, without

OPENING = "T1[年初结转和结余].决算数"
UNDISCLOSED = {"blank": Cited("undisclosed")}

LOOKALIKES: dict[str, Callable[[Accounts], Accounts]] = {
    "T3 大于 T5": lambda book: book,
    "机关运行经费小于公用经费": lambda book: with_fact(book, "T10[机关运行经费].统计数", "1.00"),
    "基本支出里的接待费小于“三公”": lambda book: plus(
        with_fact(book, "T6[30217].决算数", "0.00"),
        {"T6[30201].决算数": book.get("T6", "30217", "决算数").printed},
    ),
    "绩效金额不等于项目支出": lambda book: book,
    "公务用车保有量不等于车辆数": lambda book: with_fact(book, "T10[车辆数].统计数", "99"),
    "年初有结转而本年没有收入": lambda book: without(book, "T2", "2010601"),
}


@pytest.mark.parametrize("case", LOOKALIKES)
def test_what_looks_wrong_and_is_legitimate_is_not_reported(book: Accounts, case: str) -> None:
    # A row that T2 lacks breaks the sums of T2, which is another matter.
    sums_of_t2 = {"R203", "R204"} if "没有收入" in case else set()
    assert {f.relation for f in check(LOOKALIKES[case](book)).findings} <= sums_of_t2


def test_a_hundredth_drifts_over_many_addends(book: Accounts) -> None:
    """Each total is rounded by itself, so that 款 add up to 0.01 more than their 类."""
    drifted = plus(book, {"T3[2080501].本年支出合计": "0.01", "T3[2080501].基本支出": "0.01"})
    assert {f.severity for f in check(drifted).findings} <= {"info"}


def with_profile(accounts: Accounts, name: str, *gone: str) -> Accounts:
    """The same figures in another profile, without the tables that it lacks."""
    accounts = with_prose(accounts, empty_tables=[])
    for table in gone:
        accounts = without(accounts, table)
    read = tuple(t for t in accounts.tables_read if t not in gone)
    return replace(accounts, layout=layout(name), tables_read=read)


def test_a_table_outside_the_profile_has_no_instance(book: Accounts) -> None:
    without_t9 = with_profile(book, "numbered", "T9")
    ids = {c.relation.id for c in execute(without_t9)}
    assert not ids & {"R805", "R807", "R909"}
    assert {"R804", "R908", "R801"} <= ids
    assert not {c.place for c in execute(without_t9) if c.place.startswith("T9")}


@pytest.mark.parametrize("table", [f"T{n}" for n in range(1, 8)])
def test_a_missing_table_is_one_finding(book: Accounts, table: str) -> None:
    """Its figures count as missing everywhere, not as nothing."""
    torn = without(book, table)
    torn = replace(torn, tables_read=tuple(t for t in torn.tables_read if t != table))
    assert [f.relation for f in check(torn).findings] == ["R1205"]


@pytest.mark.parametrize("table", ["T2", "T3", "T5"])
def test_a_missing_total_row_is_not_nothing(book: Accounts, table: str) -> None:
    assert check(without(book, table, "合计")).findings == []


def test_a_row_of_dashes_is_no_instance(book: Accounts) -> None:
    dashes = with_facts(book, {f"T8[合计].{c}": "-" for c in book.columns("T8")})
    assert not [c for c in ran(dashes, "R801") if c.place.startswith("T8")]


def test_a_column_outside_the_profile_has_no_instance(book: Accounts) -> None:
    ids = {c.relation.id for c in execute(book)}
    assert not ids & {"R109", "R205", "R503", "R505", "R706", "R707", "R922", "R1201", "R1202"}


def test_basic_expenditure_is_compared_once_however_t6_ends(book: Accounts) -> None:
    shorter = with_profile(without(book, "T6", "基本支出合计"), "national")
    assert [len(ran(accounts, "R912")) for accounts in (book, shorter)] == [1, 1]
    assert not ran(shorter, "R607")
    assert verdicts(shorter, "R912") == {"exact"}
    assert fired(plus(shorter, {"T6[人员经费合计].决算数": "50"}), "R912")


def test_a_row_with_nothing_in_it_is_no_instance(book: Accounts) -> None:
    blank = with_fact(book, "T4[208].政府性基金预算财政拨款", "")
    assert not [c for c in ran(blank, "R911") if "208" in c.place]


@pytest.mark.parametrize(
    ("changes", "verdict"), [({}, Verdict.INCONSISTENT), (UNDISCLOSED, Verdict.NOT_ASSESSABLE)]
)
def test_a_row_that_the_other_table_lacks(
    book: Accounts, changes: dict[str, Cited], verdict: Verdict
) -> None:
    """Money in T4 under a class that T5 does not list; a printed 0 needs no row there."""
    lacking = without(replace(book, source=book.source.model_copy(update=changes)), "T5", "221")
    assert judged(lacking, "R910", "T4[221].一般公共预算财政拨款") is verdict
    nothing = with_fact(lacking, "T4[221].一般公共预算财政拨款", "0.00")
    assert not [c for c in ran(nothing, "R910") if "221" in c.place]


def renamed(accounts: Accounts, code: str, label: str) -> Accounts:
    """One code under another name, everywhere."""
    return replace(
        accounts, records=tuple(replace(f, label=label) if f.code == code else f for f in accounts.records)
    )


def test_another_name_is_for_the_department_to_explain(book: Accounts) -> None:
    report = check(renamed(book, "20805", "行政事业单位离退休"))
    assert [(f.relation, f.grade, f.severity) for f in report.findings] == [("R206", "H", "warning")]
    assert not report.failed
    assert "行政事业单位养老支出" in report.findings[0].message


def test_spacing_and_brackets_are_no_other_name(book: Accounts) -> None:
    assert not fired(renamed(book, "20805", " 行政事业单位 养老支出"), "R206")


def test_an_unlisted_code_is_not_assessable() -> None:
    assert judged(fund_book(), "R206", "T2[2120801]") is Verdict.NOT_ASSESSABLE


def test_an_explained_difference_is_settled(book: Accounts) -> None:
    later = replace(with_fact(book, OPENING, "1.00"), previous=replace(full_book(), year=2020))
    told = with_prose(later, reasons={OPENING: "会计差错更正"})
    assert verdicts(later, "R1201") == {"inconsistent"}
    assert verdicts(told, "R1201") == {"not_applicable"}


def test_the_unit_type_decides_and_without_it_nothing_is_decided(book: Accounts) -> None:
    paid = with_facts(book, {"T3[合计].上缴上级支出": "5.00"})
    assert "not_assessable" in verdicts(paid, "R306")
    assert verdicts(with_prose(paid, unit_type="事业"), "R306") == {"exact"}
    assert verdicts(book, "R921") == {"not_assessable"}
    assert verdicts(with_prose(book, unit_type="参公"), "R921") == {"exact"}
    with pytest.raises(JuesuanError, match="unit_type"):
        execute(with_prose(book, unit_type="企业"))


def test_both_fund_tables_empty_and_blank_is_what_t4_says(book: Accounts) -> None:
    assert verdicts(without(book, "T8"), "R804") == {"exact"}
    silent = replace(without(book, "T4"), source=book.source.model_copy(update=UNDISCLOSED))
    assert verdicts(silent, "R804") == {"not_assessable"}


def test_the_residual_is_attributed_to_its_codes(book: Accounts) -> None:
    own = book.get("T1", "事业收入", "决算数").value
    rest = {r.code: r.estimate.point for r in residuals(book) if r.estimate.point}
    assert rest == dict.fromkeys(["", "201", "20106", "2010602"], Decimal(str(own)))
    assert not [r for r in residuals(fiscal_book()) if r.estimate.point]


def test_a_total_that_adds_up_otherwise_is_not_blamed_on_meetings(book: Accounts) -> None:
    wrong = plus(
        with_facts(book, {"T7[会议费].决算数": "3.00", "T7[培训费].决算数": "0.00"}), {"T7[合计].决算数": "9"}
    )
    assert verdicts(wrong, "R706") == {"not_applicable"}
    assert fired(wrong, "R703")


def test_the_year_before_keeps_its_own_place(book: Accounts) -> None:
    (opened,) = ran(replace(book, previous=replace(full_book(), year=2020)), "R1201")
    assert [t.fact.address for t in opened.terms] == ["T1′[上年年末结转和结余].决算数"]
    assert relations()["R1201"].grade == "H"


def test_balances_meet_in_neighbouring_years_only(book: Accounts) -> None:
    gap = replace(full_book(), year=2019)
    assert ran(replace(book, previous=gap), "R1201") == []


def test_a_column_that_was_not_read_is_no_error_of_the_row(book: Accounts) -> None:
    records = tuple(f for f in book.records if (f.table, f.column) != ("T5", "项目支出"))
    verdicts = {check.judgement.verdict for check in ran(replace(book, records=records), "R501")}
    assert Verdict.INCONSISTENT not in verdicts
    assert Verdict.NOT_ASSESSABLE in verdicts
