"""Each relation of the text catches one planted error in the seed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts, Cited
from juesuan.findings import check
from planting import TEXT, found


def stated(quote: str, value: str) -> Callable[[Accounts], Accounts]:
    """Change the printed value of the statement that begins with `quote`."""

    def change(accounts: Accounts) -> Accounts:
        printed = [
            s.model_copy(update={"value": Cited(value)}) if s.quote.startswith(quote) else s
            for s in accounts.disclosure.printed
        ]
        assert printed != accounts.disclosure.printed
        return replace(accounts, disclosure=accounts.disclosure.model_copy(update={"printed": printed}))

    return change


def unsaid(section: str) -> Callable[[Accounts], Accounts]:
    """Take the words about the prior year out of one section."""

    def change(accounts: Accounts) -> Accounts:
        kept = [s for s in accounts.disclosure.printed if (s.kind, s.section) != ("no_prior", section)]
        return replace(accounts, disclosure=accounts.disclosure.model_copy(update={"printed": kept}))

    return change


def drop_table(accounts: Accounts) -> Accounts:
    return replace(accounts, tables_read=tuple(t for t in accounts.tables_read if t != "T6"))


PLANTED: dict[str, Callable[[Accounts], Accounts]] = {
    "R1001": stated("执行数22.84万元；", "80.85"),
    "R1002": stated("收入总计", "21681.17"),
    "R1003": stated("基本支出21602.22万元，占比", "99.46%"),
    "R1004": stated("基本支出21602.22万元，占比", "98.64%"),
    "R1005": stated("支出决算21633.34万元", "72.63%"),
    "R1006": lambda seed: with_fact(seed, "S8[台账联网及印刷费].全年预算数", "0"),
    "R1010": stated("基本支出21602.22万元，其中", "21602.32"),
    "R1020": unsaid("四"),
    "R1021": lambda seed: with_fact(seed, "T2[合计].财政拨款收入", "21600.00"),
    "R1109": stated("政府采购授予中小企业合同金额", "90%"),
    "R1110": stated("涉及预算金额22086万元，占", "28.00%"),
    "R1205": drop_table,
    "R806": lambda seed: with_fact(seed, "T8[合计].本年支出", "55.00"),
}


# Where the seed itself breaks a relation: put it right before another error is planted.
CORRECTED = {"R1110": stated("涉及预算金额22086万元，占", "28010.15%")}


def test_every_text_relation_has_a_planted_error() -> None:
    assert set(PLANTED) == set(TEXT)


@pytest.mark.parametrize("id", TEXT)
def test_an_error_planted_in_the_text_is_found(seed: Accounts, id: str) -> None:
    right = CORRECTED.get(id, lambda seed: seed)(seed)
    before, after = found(right, id), found(PLANTED[id](right), id)
    assert after - before


def test_a_prior_year_contradicts_the_words_once(seed: Accounts) -> None:
    told = [f for f in check(replace(seed, previous=full_book(2020))).findings if f.relation == "R1020"]
    assert [(len(f.places), f.gap) for f in told] == [(1, None)]


def test_the_performance_share_passes_on_the_right_rate(seed: Accounts) -> None:
    assert not found(stated("涉及预算金额22086万元，占", "28010.15%")(seed), "R1110")


def test_a_table_identity_stated_in_words_is_judged_too(seed: Accounts) -> None:
    spoiled = stated("政府采购支出总额15.92万元，其中", "15.29")(seed)
    (place,) = found(spoiled, "R1107")
    assert "八（二）政府采购支出总额15.92万元" in place


def test_published_words_are_kept_with_their_quotes(book: Accounts) -> None:
    stated_ = {"section": "三", "quote": "占比1%", "kind": "share", "value": "1%", "of": "T3[合计].基本支出"}
    wrong = with_prose(book, printed=[stated_ | {"base": "T3[合计].本年支出合计"}])
    (finding,) = check(wrong).findings
    assert (finding.relation, finding.places[0].quote) == ("R1003", "占比1%")


def test_two_errors_in_one_section_keep_two_ids(seed: Accounts) -> None:
    once = stated("全年预算数30万元", "71.13%")(seed)
    wrong = [
        f for f in check(stated("全年预算数22000万元", "59.45%")(once)).findings if f.relation == "R1005"
    ]
    assert len({f.id for f in wrong}) == len(wrong) == 3
