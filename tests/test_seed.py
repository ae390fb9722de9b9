"""The acceptance table of method.md §7 on the published seed."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

from juesuan.accounts import Accounts
from juesuan.findings import Report, check
from juesuan.quantity import Verdict
from juesuan.relations import Check
from juesuan.wording import fixed

EXACT, WITHIN, WRONG, NONE = Verdict.EXACT, Verdict.WITHIN, Verdict.INCONSISTENT, Verdict.NOT_ASSESSABLE
STATEMENTS = [
    ("R1010", "三", "支出合计21681.07万元", EXACT), ("R1010", "六", "基本支出21602.22万元", EXACT),
    ("R1010", "五（二）", "财政拨款支出21681.07万元", EXACT),
    ("R1005", "五（三）", "年初预算29952.05万元", WITHIN),
    ("R1005", "五（三）", "支出决算21633.34万元", WITHIN),
    ("R1005", "五（三）", "住房保障支出年初预算38.52万元", WITHIN),
    ("R1005", "八（四）2", "全年预算数22000万元", WITHIN), ("R1005", "八（四）2", "全年预算数30万元", WITHIN),
    ("R1005", "八（四）2", "全年预算数56万元", EXACT),
    ("R1003", "三", "基本支出21602.22万元", WITHIN), ("R1003", "三", "项目支出78.85万元", WITHIN),
    ("R1003", "五（二）", "社会保障和就业支出21633.34万元", WITHIN),
    ("R1003", "五（二）", "住房保障支出29.3万元", WITHIN),
    ("R1003", "五（二）", "卫生健康支出18.43万元，占比0.08%", WITHIN),
    ("R1005", "五（三）", "卫生健康支出年初预算18.57万元", WRONG),
    ("R1010", "五（三）", "财政拨款支出年初预算29952.05万元", WRONG),
    ("R1107", "八（二）", "政府采购支出总额15.92万元", EXACT),
    ("R1109", "八（二）", "政府采购授予中小企业合同金额", EXACT),
    ("R1010", "八（四）1", "涉及预算金额22086万元", EXACT),
    ("R1110", "八（四）1", "涉及预算金额22086万元", WRONG),
    ("R1001", "八（四）2", "执行数22.84万元", WITHIN),
    ("R104", "八（四）2", "所以年末结余1000万元未使用", NONE),
    ("R1021", "二", "2021年度收入合计21681.07万元", EXACT),
]  # fmt: skip
CELLS = [
    ("R301", "T3[合计].本年支出合计", EXACT), ("R607", "T6[基本支出合计].决算数", EXACT),
    ("R920", "T10[机关运行经费].统计数", EXACT), ("R105", "T1[收入总计].决算数", EXACT),
]  # fmt: skip


@pytest.fixture(scope="module")
def report(seed: Accounts) -> Report:
    return check(seed)


def one(report: Report, id: str, section: str, quote: str) -> Check:
    fits = (
        c for c in report.checks if c.relation.id == id and c.section == section and c.quote.startswith(quote)
    )
    (found,) = fits
    return found


@pytest.mark.parametrize(("id", "section", "quote", "verdict"), STATEMENTS)
def test_statements(report: Report, id: str, section: str, quote: str, verdict: Verdict) -> None:
    assert one(report, id, section, quote).judgement.verdict is verdict


@pytest.mark.parametrize(("id", "place", "verdict"), CELLS)
def test_cells(report: Report, id: str, place: str, verdict: Verdict) -> None:
    (found,) = (c for c in report.checks if c.relation.id == id and c.place == place and not c.quote)
    assert found.judgement.verdict is verdict


def test_no_prior_year_is_said_in_every_comparing_section(report: Report) -> None:
    said = {c.section: c.judgement.verdict for c in report.checks if c.relation.id == "R1020"}
    assert said == dict.fromkeys(["一", "二", "三", "四", "五（一）", "七", "八（一）"], EXACT)


def test_zero_bases_are_not_assessable_as_rates(report: Report) -> None:
    rates = [c for c in report.checks if c.relation.id == "R1005" and c.section == "七"]
    assert [c.judgement.verdict for c in rates] == [NONE] * 5


def test_the_finding_set_is_exactly_this(report: Report) -> None:
    found = [(f.relation, f.severity, f.verdict.value, len(f.places)) for f in report.findings]
    assert sorted(found) == [
        ("R1005", "error", "inconsistent", 1), ("R1006", "error", "inconsistent", 5),
        ("R1010", "error", "inconsistent", 1),
        ("R104", "info", "not_assessable", 1), ("R1110", "error", "inconsistent", 1),
        ("R1205", "info", "not_assessable", 10),
    ]  # fmt: skip
    assert report.failed


def finding(report: Report, id: str) -> Any:
    return next(f for f in report.findings if f.relation == id)


def test_the_wrong_rate(report: Report) -> None:
    wrong = finding(report, "R1005")
    assert (wrong.printed, wrong.grade) == ("99.68%", "B")
    assert (fixed(wrong.expected.low), fixed(wrong.expected.high)) == ("99.19", "99.30")


def test_the_wrong_total_and_its_hypotheses(report: Report) -> None:
    wrong = finding(report, "R1010")
    assert (wrong.printed, wrong.gap) == ("29952.05", Fraction("0.18"))
    texts = [h.text for h in wrong.hypotheses if h.kind == "数字换位"]
    assert len(texts) == 1
    assert "18.57" in texts[0]
    assert "18.75" in texts[0]
    assert "99.68%" in texts[0], "99.68% fits neither, so it stays a hypothesis"


def test_five_rates_on_zero_are_one_finding(report: Report) -> None:
    assert all(p.section == "七" and "0.00%" in p.quote for p in finding(report, "R1006").places)


def test_the_performance_share_names_the_scope(report: Report) -> None:
    wrong = finding(report, "R1110")
    assert wrong.grade == "L"
    assert wrong.hypotheses[0].kind == "口径"
    assert "22000" in wrong.hypotheses[0].text
    assert "78.85" in wrong.message


def test_the_carry_over_is_a_question(report: Report) -> None:
    question = finding(report, "R104")
    assert question.grade == "H"
    assert "1000万元" in question.message


def test_the_comparable_scope_of_the_method(seed: Accounts) -> None:
    outside = sum(f.quantity.exact() for f in seed.records if f.column == "口径外预算数")
    assert outside == Fraction("7178.40")
    rates = []
    for row, spent in (("合计", "合计"), ("208", "208")):
        budget = seed.get("S5", row, "年初预算数").exact() - outside
        rates.append(fixed(100 * seed.get("T5", spent, "合计").exact() / budget))
    assert rates == ["95.20", "95.23"]


def test_the_json_contract(report: Report) -> None:
    said = json.loads(json.dumps(report.as_json(), ensure_ascii=False))
    assert list(said) == ["department", "year", "profile", "ledger", "findings", "unmatched"]
    assert (said["department"], said["year"], said["profile"]) == ("忻州市社会保险中心", 2021, "shanxi-2020")
    assert said["ledger"]["total"] == sum(v for k, v in said["ledger"].items() if k != "total")
    keys = [
        "id",
        "relation",
        "class",
        "verdict",
        "severity",
        "message",
        "places",
        "printed",
        "expected",
        "gap",
        "hypotheses",
    ]
    for one_ in said["findings"]:
        assert list(one_) == keys
        assert one_["class"] in "BLH"
        assert one_["severity"] in ("error", "warning", "info")
        assert one_["message"]
        assert isinstance(one_["printed"], str)
        assert all(isinstance(n, str) for n in [*(one_["expected"] or {}).values(), one_["gap"] or ""])
        assert all(set(p) <= {"section", "table", "cell", "page", "quote"} for p in one_["places"])
        assert all(set(h) == {"kind", "text"} for h in one_["hypotheses"])
    assert len({f["id"] for f in said["findings"]}) == len(said["findings"])


def test_the_json_of_the_wrong_total(report: Report) -> None:
    (wrong,) = (f for f in report.as_json()["findings"] if f["relation"] == "R1010")
    assert (wrong["printed"], wrong["gap"]) == ("29952.05", "0.18")
    assert Fraction(wrong["expected"]["low"]) <= Fraction("29951.87") <= Fraction(wrong["expected"]["high"])


def test_every_statement_of_the_seed_is_judged_and_cited(seed: Accounts, report: Report) -> None:
    judged = {c.quote for c in report.checks if c.quote}
    assert {str(s.quote) for s in seed.disclosure.printed} <= judged
    assert all(s.value is None or s.value.line > 0 for s in seed.disclosure.printed)
