"""Single parts of the diagnosis: slips, other readings of a table, rates, the policy of severity, stable ids."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from openpyxl.worksheet.worksheet import Worksheet

import injecting
from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts
from juesuan.diagnosis.misprints import misprints
from juesuan.findings import check, policy, severity
from juesuan.quantity import Interval, Quantity, Verdict
from juesuan.readers import open_accounts
from juesuan.relations import execute
from planting import off
from saving import edit, save

T5 = "一般公共预算财政拨款支出决算表（一）"


@pytest.mark.parametrize(
    ("printed", "right", "kind"),
    [
        ("18.57", "18.75", "数字换位"), ("18.57", "16.57", "一位数字"), ("1.43", "18.43", "漏印一位"),
        ("18.4", "18.43", "漏印一位"), ("118.43", "18.43", "多印一位"), ("-18.43", "18.43", "正负号"),
        ("184300.00", "18.43", "单位或小数点"), ("0.18", "1843.21", "单位或小数点"), ("3", "30", "漏印一位"),
    ],
)  # fmt: skip
def test_a_slip_is_recognised(printed: str, right: str, kind: str) -> None:
    around = Interval.rounded(Decimal(right), 2)
    found = misprints(Quantity.parse(printed, "万元"), around)
    assert kind in {k for k, _, _ in found}
    assert all(value in around for _, value, _ in found)


def test_nothing_explains_just_any_value() -> None:
    assert misprints(Quantity.parse("18.57", "万元"), Interval.rounded(Decimal("4096.31"), 2)) == []


def test_one_cell_is_one_finding_with_all_its_places(book: Accounts) -> None:
    fact = book.fact("T5", "2080505", "基本支出")
    assert fact is not None
    wrong = with_fact(book, fact.address, off(fact, "90"))
    (finding,) = check(wrong).findings
    assert (finding.address, finding.severity, finding.gap) == (fact.address, "error", Fraction(90))
    assert set(finding.relations) >= {"R501", "R502"}
    assert finding.places[0].address == fact.address
    assert len(finding.places) >= 3
    assert finding.expected is not None
    assert fact.quantity.exact() in finding.expected
    assert fact.quantity.printed in finding.message
    assert finding.hypotheses[0].address == fact.address
    assert finding.id in {f["id"] for f in check(wrong).as_json()["findings"]}


def test_the_id_stays_whatever_the_figure(book: Accounts) -> None:
    fact = book.fact("T5", "2080505", "基本支出")
    assert fact is not None
    ids = {check(with_fact(book, fact.address, off(fact, by))).findings[0].id for by in ("9", "-77", "12345")}
    assert len(ids) == 1


def test_two_wrong_cells_are_two_findings(book: Accounts) -> None:
    wrong = book
    for row in ("2080505", "2101102"):
        fact = wrong.fact("T5", row, "基本支出")
        assert fact is not None
        wrong = with_fact(wrong, fact.address, off(fact, "31.70"))
    assert {f.address for f in check(wrong).findings} == {"T5[2080505].基本支出", "T5[2101102].基本支出"}


def test_a_cell_left_empty_is_told(book: Accounts) -> None:
    fact = book.fact("T3", "2080505", "基本支出")
    assert fact is not None
    (finding,) = check(with_fact(book, fact.address, Quantity.blank("万元", fact.quantity.cell))).findings
    assert (finding.address, finding.hypotheses[0].kind) == (fact.address, "漏填")
    assert fact.quantity.printed in finding.hypotheses[0].text


def test_a_table_in_another_unit_is_one_finding(book: Accounts) -> None:
    records = tuple(
        replace(f, quantity=replace(f.quantity, value=f.quantity.value * 10_000))
        if f.table == "T5" and f.quantity.value
        else f
        for f in book.records
    )
    found = [f for f in check(replace(book, records=records)).findings if f.severity == "error"]
    assert [f.hypotheses[0].kind for f in found] == ["单位或小数点"]
    assert "一万倍" in found[0].message


def test_what_the_reading_doubts_is_one_finding(tmp_path: Path) -> None:
    def exchange(sheet: Worksheet) -> None:
        heads = [c for row in sheet.iter_rows(max_row=6) for c in row if c.value in ("基本支出", "项目支出")]
        for cell in heads:
            cell.value = "项目支出" if cell.value == "基本支出" else "基本支出"

    folder = edit(save(full_book(), tmp_path / "甲单位" / "2021"), exchange, T5)
    accounts = open_accounts(folder)
    (doubt,) = {f.suspect for f in accounts.records if f.suspect}
    errors = [f for f in check(accounts).findings if f.severity == "error"]
    assert [f.message.startswith(doubt) for f in errors] == [True]
    assert errors[0].hypotheses[0].kind == "栏对调"


def shares(book: Accounts, *printed: str) -> Accounts:
    base = "T3[合计].本年支出合计"
    rows = [
        {
            "section": "三",
            "quote": f"{c}占{p}",
            "kind": "share",
            "value": p,
            "of": f"T3[合计].{c}",
            "base": base,
        }
        for c, p in zip(("基本支出", "项目支出"), printed, strict=True)
    ]
    return with_prose(book, printed=rows)


def natural(book: Accounts, column: str) -> Decimal:
    part, whole = (book.get("T3", "合计", c).value or Decimal(0) for c in (column, "本年支出合计"))
    return (100 * part / whole).quantize(Decimal("0.01"))


def test_a_share_plugged_to_a_hundred_is_told(book: Accounts) -> None:
    basic = natural(book, "基本支出")
    off_by = Decimal("0.40")
    # The first share is rounded rightly, the second takes what is left of 100.40.
    wrong = shares(book, f"{basic}%", f"{100 - basic + off_by}%")
    (finding,) = (f for f in check(wrong).findings if f.severity == "error")
    assert finding.relation == "R1003"
    assert set(finding.relations) == {"R1003", "R1004"}
    plugged = shares(book, f"{basic + off_by}%", f"{100 - basic - off_by}%")
    assert len([f for f in check(plugged).findings if f.severity == "error"]) == 2


def test_a_truncated_rate_says_so(book: Accounts) -> None:
    basic, project = (natural(book, c) for c in ("基本支出", "项目支出"))
    exact = (
        100
        * (book.get("T3", "合计", "基本支出").value or 0)
        / (book.get("T3", "合计", "本年支出合计").value or 1)
    )
    column, share = ("基本支出", basic) if basic > exact else ("项目支出", project)
    cut = {column: share - Decimal("0.01")}
    wrong = shares(book, *(f"{cut.get(c, s)}%" for c, s in (("基本支出", basic), ("项目支出", project))))
    told = [f for f in check(wrong).findings if f.verdict is Verdict.TRUNCATED]
    assert [(f.severity, f.hypotheses[0].kind) for f in told] == [("warning", "截位")]


def test_severity_is_a_policy_in_a_file(book: Accounts, monkeypatch: pytest.MonkeyPatch) -> None:
    injected = next(injecting.injections([book], "digit", 1, seed=3))
    (failed, *_) = (c for c in execute(injected.accounts) if c.judgement.verdict is Verdict.INCONSISTENT)
    assert severity(failed) == "error"
    lenient = (policy.Row(verdict=Verdict.INCONSISTENT, severity="none"),)
    monkeypatch.setattr(policy, "rows", lambda: lenient)
    assert severity(failed) is None
    assert check(injected.accounts).findings == []


def test_hypotheses_are_few_and_differ(book: Accounts) -> None:
    rng = Random(7)
    for _ in range(10):
        injected = injecting.CLASSES["swap"](book, rng)
        assert injected is not None
        for finding in check(injected.accounts).findings:
            texts = [h.text for h in finding.hypotheses]
            assert len(texts) == len(set(texts)) <= 6
