"""Generated books written as workbook, Word, PDF and HTML and read back: the same figures, decimals and blanks.

JUESUAN_EXAMPLES sets how many random books each format is tried with (6 by default).
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.accounts import Accounts
from juesuan.layouts import layout, names
from juesuan.readers import open_accounts
from juesuan.sample import FORMATS, Book, Order, books, write_book

EXAMPLES = int(os.environ.get("JUESUAN_EXAMPLES", "6"))
# The heads of every table are known, so that a file alone shows which profile it follows.
KNOWN = [n for n in names() if all(t.is_known for t in layout(n).printed_tables)]


def printed(accounts: Accounts) -> dict[tuple[str, ...], tuple[object, ...]]:
    """Every cell of the printed tables, blanks and dashes too."""
    tables = {t.id for t in accounts.layout.printed_tables}
    cells = [f for f in accounts.records if f.table in tables]
    return {
        (f.table, f.code, f.label, f.column): (q.value, q.decimals, q.unit, q.state)
        for f in cells
        if (q := f.quantity)
    }


def read_back(book: Book, format: str, profile: str = "") -> Accounts:
    """Write the document alone, without what would lie beside it, and read it."""
    with tempfile.TemporaryDirectory() as name:
        folder = write_book(book, Path(name) / str(book.accounts.year), format)
        (file,) = (f for f in folder.iterdir() if f.suffix == f".{format}")
        alone = file.rename(Path(name) / file.name)
        return open_accounts(alone, profile=profile)


def same(book: Book, format: str) -> None:
    """Nothing was lost, added or changed on the way."""
    known = book.accounts.layout.name in KNOWN
    back = read_back(book, format, "" if known else book.accounts.layout.name)
    assert (back.department, back.year) == (book.accounts.department, book.accounts.year)
    assert back.layout.name == book.accounts.layout.name
    assert back.source.is_synthetic
    before, after = printed(book.accounts), printed(back)
    assert {k: (before.get(k), v) for k, v in after.items() if before.get(k) != v} == {}
    assert before.keys() - after.keys() == set()
    assert not [n for n in back.notices if "未读入" in n.text]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("profile", names())
def test_every_profile_comes_back(profile: str, format: str) -> None:
    (book,) = books(Order(profile, 1, (2021,), 7))
    same(book, format)


@pytest.mark.parametrize("format", FORMATS)
def test_random_books_come_back(format: str) -> None:
    @settings(max_examples=EXAMPLES)
    @given(
        seed=st.integers(0, 10**6),
        profile=st.sampled_from(names()),
        year=st.integers(2018, 2025),
        unit=st.sampled_from(["", "元"]),
    )
    def check(seed: int, profile: str, year: int, unit: str) -> None:
        (book,) = books(Order(profile, 1, (year,), seed, unit))
        same(book, format)

    check()


@cache
def first(case: str) -> Book:
    """The first book of a large city that is such a case."""
    return next(filter(CASES[case], books(Order("national", 400, (2022,), 21))))


CASES: dict[str, Callable[[Book], bool]] = {
    "negative": lambda b: any(f.table == "T5" and (f.quantity.value or 0) < 0 for f in b.accounts.records),
    "empty, said so": lambda b: bool(b.accounts.empty_note("T8") and b.accounts.empty_note("T9")),
    "empty, printed as zeros": lambda b: not b.accounts.has_money("T8") and not b.accounts.is_empty("T8"),
    "funds of all kinds": lambda b: b.accounts.has_money("T8") and b.accounts.has_money("T9"),
    "dashes in 元": lambda b: b.habits.zero == "-" and b.habits.unit == "元",
    "blanks, no thousands": lambda b: b.habits.zero == "" and not b.habits.thousands,
    "pages without heads": lambda b: not b.habits.repeats_heads and len(b.accounts.rows("T3")) > 25,
    "an ordinal in the name": lambda b: "第" in b.accounts.department,
}  # fmt: skip


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_special_books_come_back(case: str, format: str) -> None:
    same(first(case), format)
