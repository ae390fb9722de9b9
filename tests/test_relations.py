"""Every relation runs, holds on a clean book, and catches one planted error."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import full_book, with_fact
from juesuan.accounts import Accounts, Cited
from juesuan.claims import with_claims
from juesuan.findings import check
from juesuan.quantity import Verdict
from juesuan.relations import execute, relations
from juesuan.relations import model as relation_model
from juesuan.relations.formula import parse, refs
from planting import TABLE, found, fund_book, instances, judged, off
from test_planted_table import PLANTED
from test_planted_text import PLANTED as TEXTS

# Relations that a complete clean book gives a sum or a bound to judge.
RECKONED = ("sum", "children", "at_most")
ON_BOOK = [id for id in TABLE if relations()[id].kind in RECKONED and instances(full_book(), id)]


def test_every_relation_is_executed(book: Accounts, seed: Accounts) -> None:
    texts = (with_claims(text()) for pair in TEXTS.values() for text in pair)
    all_books = (book, seed, fund_book(), *(clean() for clean, _ in PLANTED.values()), *texts)
    assert {c.relation.id for accounts in all_books for c in execute(accounts)} == set(relations())


@pytest.mark.parametrize("which", ["book", "seed"])
def test_the_ledger_total_is_the_sum_of_the_other_seven(which: str, request: pytest.FixtureRequest) -> None:
    report = check(request.getfixturevalue(which))
    counts = dict(report.ledger)
    assert list(counts) == ["total", *(v.value for v in Verdict)]
    assert counts.pop("total") == sum(counts.values()) == len(report.checks)


@given(st.integers(0, 10**6), st.sampled_from([2020, 2021]))
@settings(max_examples=15)
def test_a_clean_book_has_no_findings(seed: int, year: int) -> None:
    report = check(full_book(year, seed))
    assert report.findings == []
    assert not report.failed
    assert not any(report.ledger[bad] for bad in ("inconsistent", "truncated", "boundary"))
    assert report.ledger["exact"] > 0.9 * report.ledger["total"]


@pytest.mark.parametrize("id", ON_BOOK)
def test_an_error_planted_in_the_total_is_found(book: Accounts, id: str) -> None:
    sign = "-" if "≥" in relations()[id].formula else ""
    for instance in instances(book, id)[:3]:
        assert instance.left is not None
        spoiled = with_fact(book, instance.left.address, off(instance.left, f"{sign}88888.88"))
        assert judged(spoiled, id, instance.place) is Verdict.INCONSISTENT, instance.place


@pytest.mark.parametrize("id", ON_BOOK)
def test_an_error_planted_in_each_participant_is_found(book: Accounts, id: str) -> None:
    instance = instances(book, id)[0]
    assert instance.terms
    lower = "≥" in relations()[id].formula
    for term in (t for t in instance.terms if t.fact.quantity.is_number):
        by = "-88888.88" if (term.weight > 0) != lower else "88888.88"
        spoiled = with_fact(book, term.fact.address, off(term.fact, by))
        assert judged(spoiled, id, instance.place) is Verdict.INCONSISTENT, term.fact.address


@pytest.mark.parametrize("id", [id for id in ON_BOOK if relations()[id].kind != "at_most"])
def test_a_hundredth_beyond_rounding_is_found(book: Accounts, id: str) -> None:
    instance = instances(book, id)[0]
    assert instance.left is not None
    least = (len(instance.terms) + 1) // 2 + 1
    for cents, wrong in ((1, False), (least, True)):
        spoiled = with_fact(book, instance.left.address, off(instance.left, f"0.{cents:02d}"))
        assert (judged(spoiled, id, instance.place) is Verdict.INCONSISTENT) == wrong


def test_a_blank_or_unread_cell_is_not_a_pass(book: Accounts) -> None:
    silent = replace(book, source=book.source.model_copy(update={"blank": Cited("undisclosed")}))
    for accounts, value, verdict in (
        (book, "见附注", Verdict.NOT_ASSESSABLE),
        (silent, "", Verdict.NOT_ASSESSABLE),
        (book, "", Verdict.INCONSISTENT),
        (book, "-", Verdict.INCONSISTENT),
    ):
        checks = execute(with_fact(accounts, "T3[合计].基本支出", value), [relations()["R301"]])
        (total,) = (c for c in checks if c.place == "T3[合计].本年支出合计")
        assert total.judgement.verdict is verdict, value


def test_agency_running_costs_below_public_funds_need_not_be_wrong(book: Accounts) -> None:
    lower = with_fact(book, "T10[机关运行经费].统计数", "1.00")
    assert not found(lower, "R920")
    assert execute(lower, [relations()["R920"]])[0].judgement.verdict is Verdict.NOT_APPLICABLE


def test_one_unit_at_the_end_is_a_rounding_tail(book: Accounts) -> None:
    fact = book.fact("T1", "收入总计", "决算数")
    assert fact is not None
    (finding,) = check(with_fact(book, fact.address, off(fact, "0.01"))).findings
    assert (finding.verdict, finding.severity) == (Verdict.BOUNDARY, "info")


def test_the_id_of_a_finding_does_not_depend_on_the_figures(book: Accounts) -> None:
    fact = book.fact("T3", "合计", "项目支出")
    assert fact is not None
    ids = [{f.id for f in check(with_fact(book, fact.address, off(fact, by))).findings} for by in ("7", "8")]
    assert ids[0] == ids[1]


@pytest.mark.parametrize(
    "junk", ["T3[合计", "合计", "T3[合计].a * 2", "T3[合计].a = 5", "T3.合计", "X1[a].b"]
)
def test_what_is_no_formula_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match=r"not a formula|unpack"):
        parse(f"T1[a].b = {junk}")
    with pytest.raises(ValueError, match="not a formula"):
        refs(junk)


def test_a_formula_keeps_signs_sums_and_options() -> None:
    formula = parse("T1[a].b = T2[*].c - T3[合计].d? + Σ T4[类].e")
    assert [(r.weight, r.optional, r.every, r.is_open) for r in formula.right] == [
        (1, False, False, True), (-1, True, False, False), (1, False, True, False),
    ]  # fmt: skip
    assert parse("T7[*].决算数 ≤ T7[*].预算数").operator == "≤"


def test_an_id_declared_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    row = {"id": "R1", "kind": "sum", "class": "B", "source": "M", "title": "两遍"}
    monkeypatch.setattr(relation_model.yaml, "safe_load", lambda _: [row])
    relations.cache_clear()
    with pytest.raises(ValueError, match="R1 is declared twice"):
        relations()
    monkeypatch.undo()
    relations.cache_clear()
