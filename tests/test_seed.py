"""The acceptance table of method.md §7 on the published seed."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from juesuan.accounts import Accounts
from juesuan.findings import Report, check
from juesuan.quantity import Verdict
from juesuan.readers import open_accounts
from juesuan.relations import Check
from juesuan.wording import fixed

EXACT, WITHIN, WRONG, NONE = Verdict.EXACT, Verdict.WITHIN, Verdict.INCONSISTENT, Verdict.NOT_ASSESSABLE
STATEMENTS = [
    ("R1010", "三", "支出合计21681.07万元", EXACT), ("R1010", "六", "基本支出21602.22万元", EXACT),
    ("R1010", "五（二）", "财政拨款支出21681.07万元", EXACT),
    ("R1005", "五（三）", "完成年初预算的72.39%", WITHIN), ("R1005", "五（三）", "完成年初预算的72.36%", WITHIN),
    ("R1005", "五（三）", "完成年初预算的76.06%", WITHIN),
    ("R1005", "八（四）", "完成预算的95.45%", WITHIN), ("R1005", "八（四）", "完成预算的76.13%", WITHIN),
    ("R1005", "八（四）", "完成预算的100%", EXACT),
    ("R1003", "三", "占比99.64%", WITHIN), ("R1003", "三", "占比0.36%", WITHIN),
    ("R1003", "五（二）", "占比99.78%", WITHIN), ("R1003", "五（二）", "占比0.14%", WITHIN),
    ("R1003", "五（二）", "占比0.08%", WITHIN),
    ("R1005", "五（三）", "完成年初预算的99.68%", WRONG), ("R1010", "五（三）", "年初预算29952.05万元", WRONG),
    ("R1107", "八（二）", "政府采购支出总额15.92万元", EXACT), ("R1109", "八（二）", "支出总额的100%", EXACT),
    ("R1010", "八（四）", "涉及预算金额22086万元", EXACT), ("R1110", "八（四）", "涉及预算金额22086万元", WRONG),
    ("R1001", "三", "项目支出78.85万元", WITHIN), ("R104", "八（四）", "年末结余1000万元未使用", NONE),
    ("R1021", "二", "全部为财政拨款收入", EXACT),
]  # fmt: skip
CELLS = [
    ("R301", "T3[合计].本年支出合计", EXACT), ("R607", "T6[基本支出合计].决算数", EXACT),
    ("R920", "T10[机关运行经费].统计数", EXACT),
]  # fmt: skip
DATA = Path(__file__).parents[1] / "data" / "xinzhou-shebao" / "2021"


# The folder (a workbook made from the text beside it), and the published text alone, which prints no tables.
@pytest.fixture(scope="module", params=[DATA, DATA / "published.md"], ids=["folder", "text"])
def report(request: pytest.FixtureRequest) -> Report:
    return check(open_accounts(request.param))


def one(report: Report, id: str, section: str, quote: str) -> Check:
    fits = [c for c in report.checks if c.relation.id == id and c.section == section and quote in c.quote]
    if id == "R1001":
        fits = [c for c in fits if c.kind == "total"]
    return fits[0]


@pytest.mark.parametrize(("id", "section", "quote", "verdict"), STATEMENTS)
def test_statements(report: Report, id: str, section: str, quote: str, verdict: Verdict) -> None:
    # Where no table is printed, “全部为” has nothing to be held against.
    alone = id == "R1021" and not report.accounts.get("T2", "合计", "财政拨款收入").is_number
    assert one(report, id, section, quote).judgement.verdict is (NONE if alone else verdict)


@pytest.mark.parametrize(("id", "place", "verdict"), CELLS)
def test_cells(report: Report, id: str, place: str, verdict: Verdict) -> None:
    found = next(c for c in report.checks if c.relation.id == id and c.place == place and not c.quote)
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


def test_every_number_of_the_published_text_has_a_role(report: Report) -> None:
    """What no relation reaches are four numbers in the analyst's own words about the projects."""
    loose = [c.figure.text for c in report.accounts.claims if c.kind in ("unmatched", "quoted")]
    assert sorted(loose) == ["670", "7400", "90", "95"]
    judged = {c.claim for c in report.checks if c.claim}
    roles = ("amount", "share", "completion", "performance_share", "part", "carry_over", "total")
    assert all(c in judged for c in report.accounts.claims if c.kind in roles)
