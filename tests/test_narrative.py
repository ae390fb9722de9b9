"""The explanation: the seed's own words where they are right, provenance for every digit, all branches."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from books import full_book
from juesuan.accounts import Accounts
from juesuan.narrative import PARTS, Text, narrative
from juesuan.quantity import Estimate, Quantity, judge, ratio
from juesuan.relations.formula import refs

SHARED = Path(__file__).parents[2] / "shared" / "seed"
TOTAL = "T3[合计].本年支出合计"
# Digits of the fixed wording: equipment thresholds, the numbered headings of 八（四）.
FIXED = re.compile(r"50万元|100万元|[123]、|上年基数为0|20\d\d年")


def sentences(text: str) -> list[str]:
    """Sentences without layout, markdown and kinds of quotation mark."""
    text = re.sub(r"[\s*#]+", "", unicodedata.normalize("NFKC", text))
    return [s for s in re.split("[。;]", re.sub("[“”]", '"', text)) if s]


def published() -> str:
    files = sorted(SHARED.glob("*.txt"))
    if not files:
        pytest.skip("../shared/seed is absent: nothing to compare the text with")
    text = files[0].read_text(encoding="utf-8")
    start, end = text.index("### **第三部分"), text.index("## 第四部分 名词解释")
    return text[text.index("\n", start) : end]


def explain(accounts: Accounts) -> str:
    return narrative(accounts, "explanation").text


def test_the_seed_reads_as_published_except_where_it_was_wrong(seed: Accounts) -> None:
    theirs, ours = sentences(published()), sentences(explain(seed))
    assert len(theirs) == len(ours)
    changes = [(a, b) for a, b in zip(theirs, ours, strict=True) if a != b]
    rate, *zeros, scope = changes
    assert rate[0].replace("99.68%", "99.25%") == rate[1]
    assert len(zeros) == 5
    assert all(a.replace("完成全年预算的0.00%", "与全年预算持平") == b for a, b in zeros)
    assert scope[0].replace(",占一般公共预算项目支出总额的100%", "") == scope[1]


def test_the_words_of_the_other_parts_are_the_analysts(seed: Accounts) -> None:
    for part in PARTS:
        written = narrative(seed, part)
        assert written.text
        assert written.missing == ()
    assert all(term.name in narrative(seed, "glossary").text for term in seed.disclosure.glossary)


@pytest.mark.parametrize("which", ["book", "seed"])
def test_every_number_has_provenance(which: str, request: pytest.FixtureRequest) -> None:
    accounts: Accounts = request.getfixturevalue(which)
    for part in PARTS:
        for block in narrative(accounts, part).blocks:
            for number in block.numbers:
                assert number.addresses or number.cell, number
                assert number.addresses or number.cell.startswith("disclosure.yml"), number
                assert all(accounts.fact(r.table, r.row, r.column) for a in number.addresses for r in refs(a))
                assert number.formula or number.cell, number


@pytest.mark.parametrize("which", ["book", "seed"])
def test_every_digit_belongs_to_a_number(which: str, request: pytest.FixtureRequest) -> None:
    for block in narrative(request.getfixturevalue(which), "explanation").blocks:
        words = "|".join(f.text for f in block.fragments if isinstance(f, Text))
        assert not re.search(r"\d", FIXED.sub("", words)), words


def test_a_number_as_printed_is_the_fact_itself(book: Accounts) -> None:
    numbers = [
        n for b in narrative(book, "explanation").blocks for n in b.numbers if not n.formula and n.addresses
    ]
    assert len(numbers) > 30
    for number in numbers:
        (ref,) = refs(number.addresses[0])
        quantity = book.get(ref.table, ref.row, ref.column)
        assert (number.text, number.cell) == (quantity.printed, quantity.cell)


@given(st.integers(0, 10**6))
@settings(max_examples=25)
def test_every_rate_of_the_text_would_pass_our_own_check(seed: int) -> None:
    book = full_book(seed=seed)
    rates = [n for b in narrative(book, "explanation").blocks for n in b.numbers if n.text.endswith("%")]
    for number in rates:
        part, *rest = (book.get(r.table, r.row, r.column) for a in number.addresses for r in refs(a))
        base = rest[0] if len(rest) == 1 else Quantity.of(sum(q.value or 0 for q in rest), part.unit)
        expected = ratio(Estimate.of(part), Estimate.of(base))
        assert expected is not None
        printed = Quantity.parse(number.text)
        if "最大余额法" in number.formula:
            # The profile's option: shares add to 100.00, each within one unit of the exact share.
            assert abs(printed.exact() - expected.point) < Fraction(1, 100), number
        else:
            assert judge(printed, expected).verdict.holds, number
