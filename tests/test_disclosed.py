"""Relations about what only the text and disclosure.yml state: where they hold, and where nothing can be said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts, Cited, Fact, read_disclosure
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity, Verdict
from planted_disclosed import DATES, DRIVEN, adjusted, project, second_year, told_book
from planting import fired, judged, ran, verdicts, with_facts, without

FEE, TEAMS, HEADS = "T7[因公出国（境）费].决算数", "S7[出国团组数].数量", "S7[出国人次].数量"


def journeys(fee: str, teams: str, heads: str) -> Accounts:
    """The book that travelled, with these three figures."""
    return with_facts(told_book(), {FEE: fee, TEAMS: teams, HEADS: heads})


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        (("5.00", "1", "3"), "exact"),
        (("0.00", "0", "0"), "exact"),
        (("5.00", "0", "0"), "inconsistent"),
        (("0.00", "1", "3"), "inconsistent"),
        (("5.00", "1", "0"), "inconsistent"),
        (("5.00", "", "0"), "inconsistent"),
        (("5.00", "1", ""), "not_assessable"),
        (("0.00", "", ""), "not_assessable"),
        (("", "1", "3"), "not_assessable"),
        (("-", "1", "3"), "not_assessable"),
        (("0", "1", "3"), "within"),
        (("0", "1", "0"), "inconsistent"),
    ],
)  # fmt: skip
def test_money_and_number_go_together(cells: tuple[str, str, str], verdict: str) -> None:
    assert verdicts(journeys(*cells), "R1101") == {verdict}


def test_a_profile_that_counts_nothing_has_no_instance(book: Accounts) -> None:
    for id in ("R1101", "R1102", "R1103", "R1104", "R1105", "R1106"):
        assert ran(book, id) == [], id


def test_what_is_counted_is_not_rounded() -> None:
    """One car too many is an error, however few decimals a number of cars has."""
    cars = told_book().get("T10", "车辆数", "统计数").exact()
    assert fired(with_fact(told_book(), "T10[车辆数].统计数", str(cars + 1)), "R1113")
    batches, heads = (told_book().get("S7", row, "数量").exact() for row in ("接待批次", "接待人次"))
    assert batches < heads
    more = with_facts(told_book(), {"S7[接待批次].数量": str(heads + 1)})
    assert "S7[接待批次].数量" in fired(more, "R1103")


@pytest.mark.parametrize("number", ["-1", "1.5"])
def test_a_count_is_a_whole_number(number: str) -> None:
    odd = with_fact(told_book(), "T10[单价100万元以上设备].统计数", number)
    assert fired(odd, "R1113") == {"T10[单价100万元以上设备].统计数"}


def test_fewer_cars_than_assets_is_legitimate_and_more_is_a_question() -> None:
    owned = int(told_book().get("T10", "车辆数", "统计数").exact())
    for kept, verdict in ((owned, "exact"), (owned - 1, "not_applicable"), (owned + 1, "inconsistent")):
        book = with_fact(told_book(), "S7[公务用车保有量].数量", str(kept))
        assert verdicts(book, "R1105") == {verdict}, kept
    unlisted = without(told_book(), "T10", *(r for r in told_book().rows("T10") if r.endswith("用车")))
    assert verdicts(with_fact(unlisted, "S7[公务用车保有量].数量", str(owned)), "R1105") == {"exact"}


def test_hired_cars_are_explained() -> None:
    hired = with_facts(told_book(), DRIVEN | {"S7[公务用车保有量].数量": "0"})
    assert verdicts(hired, "R1106") == {"inconsistent"}
    reasons = {"T7[公务用车运行维护费].决算数": Cited("租用车辆")}
    told = replace(hired, disclosure=hired.disclosure.model_copy(update={"reasons": reasons}))
    assert verdicts(told, "R1106") == {"not_applicable"}


@pytest.mark.parametrize(
    ("score", "grade", "verdict"),
    [("91", "优秀", "exact"), ("90.00", "良", "exact"), ("78", "良", "exact"), ("70", "优", "inconsistent"),
     ("59.99", "差", "exact"), ("61", "不合格", "inconsistent"), ("101", "优", "inconsistent"), ("55", "甲", "exact")],
)  # fmt: skip
def test_a_grade_fits_its_score(book: Accounts, score: str, grade: str, verdict: str) -> None:
    graded = with_prose(book, performance={"scope": "自评", "score": score, "grade": grade})
    found = [c for c in ran(graded, "R1111") if "整体支出" in c.place]
    assert ("inconsistent" in {c.judgement.verdict for c in found}) == (verdict == "inconsistent")


def test_the_average_lies_between_the_grades() -> None:
    evaluated = told_book().get("S10", "绩效自评项目数", "数量").printed
    best = {"S10[评级为优].数量": evaluated, "S10[评级为良].数量": "0", "S10[评级为合格].数量": "0"}
    assert not fired(with_facts(told_book(), best | {"S10[平均得分].得分": "95.00"}), "R1111")
    assert fired(with_facts(told_book(), best | {"S10[平均得分].得分": "85.00"}), "R1111")


@pytest.mark.parametrize(
    ("rate", "verdict"),
    [("76.13%", "within"), ("76.1%", "within"), ("76%", "within"), ("76.30%", "inconsistent"), ("约八成", "not_assessable")],
)  # fmt: skip
def test_the_rate_of_a_project(book: Accounts, rate: str, verdict: str) -> None:
    assert verdicts(project(rate=rate)(book), "R1112") == {verdict}


def test_a_project_without_a_rate_or_a_budget(book: Accounts) -> None:
    assert ran(book, "R1112") == []
    assert verdicts(project(budget="0.00")(book), "R1112") == {"not_assessable"}


def test_codes_that_went_or_came(book: Accounts) -> None:
    lost = without(second_year(), "T3", "2080799", "20807")
    (check,) = ran(lost, "R1204")
    # 20807 went with all its 项: it is named alone.
    assert "20807 " in check.judgement.note
    assert "2080799" not in check.judgement.note
    assert "上年有而本年没有" in check.judgement.note
    came = replace(book, previous=replace(without(full_book(), "T3", "2080799"), year=2020))
    assert "本年有而上年没有：2080799" in ran(came, "R1204")[0].judgement.note
    told = with_prose(lost, reasons={"T3[合计].本年支出合计": "就业补助本年不再安排"})
    assert verdicts(told, "R1204") == {"not_applicable"}


def spent(code: str, label: str) -> Fact:
    """A row of T3 with money."""
    return Fact("T3", code, label, "本年支出合计", Quantity.of("5.00", "万元"))


def test_a_code_that_moved_is_kept() -> None:
    """21506 安全生产监管 went to 22401 in 2019."""
    now, then = full_book(2019), full_book(2018)
    now = replace(
        now, records=(*now.records, spent("22401", "应急管理事务"), spent("224", "灾害防治及应急管理支出"))
    )
    then = replace(
        then, records=(*then.records, spent("21506", "安全生产监管"), spent("224", "灾害防治及应急管理支出"))
    )
    assert verdicts(replace(now, previous=then), "R1204") == {"exact"}


def test_only_neighbouring_years_are_compared(book: Accounts) -> None:
    assert ran(replace(book, previous=replace(full_book(), year=2018)), "R1204") == []
    empty = replace(without(full_book(), "T3"), year=2020)
    assert verdicts(replace(book, previous=empty), "R1204") == {"not_assessable"}


@pytest.mark.parametrize(
    ("dates", "verdict"),
    [
        (DATES, "exact"),
        ({"approved": "2022-07-01", "published": "2022/7/21"}, "exact"),
        ({"approved": "2022-07-01", "published": "2022.7.22"}, "inconsistent"),
        ({"approved": "2022-07-01", "published": "2022-06-30"}, "inconsistent"),
        ({"approved": "2022-07-01"}, "not_assessable"),
        ({"published": "2022-07-01"}, "not_assessable"),
    ],
)  # fmt: skip
def test_published_within_twenty_days(book: Accounts, dates: dict[str, str], verdict: str) -> None:
    assert verdicts(with_prose(book, dates=dates), "R1206") == {verdict}


def test_an_adjustment_without_the_rest_is_not_assessable(book: Accounts) -> None:
    assert ran(book, "R1207") == []
    changed = adjusted(10)(book)
    blank = with_fact(changed, f"S5[{book.disclosure.items[0].code}].全年预算数", "")
    assert {c.judgement.verdict for c in ran(blank, "R1207")} == {Verdict.NOT_ASSESSABLE}


def test_a_published_budget_for_a_cell_that_is_not_there(book: Accounts) -> None:
    odd = with_prose(book, published_budget={"T7[没有这一行].预算数": "1.00"})
    assert judged(odd, "R1022", "T7[没有这一行].预算数") is Verdict.NOT_ASSESSABLE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("dates: {approved: 七月初}", "不是日期"),
        ("dates: {approved: 2022-13-01}", "不是日期"),
        ("published_budget: {合计: 5}", "不是指标地址"),
        ("published_budget: {'S5[合计].年初预算数': 五}", "不是一个数"),
    ],
)  # fmt: skip
def test_a_wrong_input_names_its_line(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "disclosure.yml"
    path.write_text(f"department: 示例\n{text}\n", encoding="utf-8")
    with pytest.raises(JuesuanError, match=f"第2行.*{found}"):
        read_disclosure(path)
