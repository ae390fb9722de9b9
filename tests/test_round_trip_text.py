"""The explanation of generated books, read back from documents: what only the words state is there again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.accounts import Disclosure, disclosed_facts
from juesuan.layouts import layout, names
from juesuan.sample import Book, Order, books
from test_round_trip import EXAMPLES, read_back

TOLD = [n for n in names() if layout(n).text and all(t.is_known for t in layout(n).printed_tables)]
DOCUMENTS = ("docx", "pdf", "html")


def inputs(disclosure: Disclosure) -> dict[str, object]:
    """The inputs that a document carries, as plain texts."""
    items = {i.code: (i.name, i.budget, i.purpose, i.reason) for i in disclosure.items}
    return {
        "items": items, "total": disclosure.budget_total, "stated": disclosure.stated, "reasons": disclosure.reasons,
        "duties": disclosure.duties, "glossary": {term.name: term.text for term in disclosure.glossary},
    }  # fmt: skip


def same_text(book: Book, format: str) -> None:
    """Budgets by item, counts, purchases, reasons and the year before come back as they were given."""
    back = read_back(book, format)
    given_, read = book.accounts.disclosure, back.disclosure
    assert inputs(read) == inputs(given_)
    assert {str(t) for t in given_.empty_tables} <= {str(t) for t in read.empty_tables}
    if book.accounts.previous is None and not given_.no_prior:
        assert read.prior == given_.prior
    units = book.accounts.layout.units()
    stated = {f.address: f.quantity for f in disclosed_facts(given_, book.habits.unit, units)}
    found = {f.address: f.quantity for f in back.records if f.address in stated}
    assert {a: (q.value, q.decimals, q.unit) for a, q in found.items()} == {
        a: (q.value, q.decimals, q.unit) for a, q in stated.items()
    }


@pytest.mark.parametrize("format", DOCUMENTS)
@pytest.mark.parametrize("profile", TOLD)
def test_the_words_of_every_profile_come_back(profile: str, format: str) -> None:
    for book in books(Order(profile, 1, (2021, 2022), 12)):
        same_text(book, format)


@pytest.mark.parametrize("format", DOCUMENTS)
def test_the_words_of_random_books_come_back(format: str) -> None:
    @settings(max_examples=EXAMPLES)
    @given(seed=st.integers(0, 10**6), year=st.integers(2019, 2025), unit=st.sampled_from(["", "元"]))
    def check(seed: int, year: int, unit: str) -> None:
        (book,) = books(Order("national", 1, (year,), seed, unit))
        same_text(book, format)

    check()
