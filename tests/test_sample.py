"""The generator of synthetic books: every relation holds to the 分, and after each cell was rounded on its own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.accounts import Accounts
from juesuan.accounts.grid import grid
from juesuan.errors import JuesuanError
from juesuan.layouts import layout, names
from juesuan.narrative import PARTS, narrative
from juesuan.quantity import State, Verdict
from juesuan.relations import Check, execute
from juesuan.sample import Book, Order, books

# Profiles whose every table has known heads; of the others some tables are titles only (R1205 says so).
KNOWN = [n for n in names() if all(t.is_known for t in layout(n).printed_tables)]
SUMS = {"sum", "children", "again", "total"}
seeds = st.integers(0, 10**6)


def judged(accounts: Accounts) -> list[Check]:
    """All checks, without the presence of tables that the profile knows by title only."""
    unknown = {t.id for t in accounts.layout.printed_tables if not t.is_known}
    return [c for c in execute(accounts) if not (c.relation.id == "R1205" and c.place in unknown)]


@settings(max_examples=40)
@given(
    seed=seeds,
    profile=st.sampled_from(names()),
    first=st.integers(2018, 2025),
    unit=st.sampled_from(["", "万元"]),
)
def test_every_relation_holds_after_rounding(seed: int, profile: str, first: int, unit: str) -> None:
    for book in books(Order(profile, 1, (first, first + 1), seed, unit)):
        wrong = [
            (c.relation.id, c.place)
            for c in judged(book.accounts)
            if c.judgement.verdict is Verdict.INCONSISTENT
        ]
        assert wrong == []


@settings(max_examples=20)
@given(seed=seeds, profile=st.sampled_from(names()))
def test_every_sum_is_exact_before_rounding(seed: int, profile: str) -> None:
    """In 元 two decimals show every 分, so that nothing is rounded: no sum may then rest on a tail."""
    for book in books(Order(profile, 1, (2022, 2023), seed, "元")):
        for check in judged(book.accounts):
            tail = check.relation.kind in SUMS and check.judgement.verdict in (
                Verdict.WITHIN,
                Verdict.BOUNDARY,
            )
            assert not tail, check.place


def tails(profile: str, count: int) -> Iterator[int]:
    """How many sums of each book rest on rounding."""
    for book in books(Order(profile, count, (2022,), 3, "万元")):
        yield sum(
            c.relation.kind in SUMS and c.judgement.verdict is Verdict.WITHIN for c in judged(book.accounts)
        )


@pytest.mark.parametrize("profile", KNOWN)
def test_rounding_tails_occur(profile: str) -> None:
    found = list(tails(profile, 8))
    assert sum(n > 0 for n in found) >= 7
    assert sum(found) >= 40


@pytest.mark.parametrize("profile", names())
def test_the_narrative_is_complete(profile: str) -> None:
    for book in books(Order(profile, 6, (2021, 2022, 2024), 5)):
        for part in PARTS:
            made = narrative(book.accounts, part)
            assert made.missing == (), (part, book.habits)
            assert not {w for w in ("未提供", "未披露", "未列数", "无法比较") if w in made.text}


@pytest.mark.parametrize("unit", ["元", "万元"])
def test_years_open_with_what_the_last_one_left(unit: str) -> None:
    counted: Counter[Verdict] = Counter()
    for book in books(Order("national", 6, (2020, 2021, 2022), 11, unit)):
        assert (book.accounts.previous is None) == (book.accounts.year == 2020)
        counted.update(
            c.judgement.verdict for c in judged(book.accounts) if c.relation.id in ("R1201", "R1202")
        )
    # Where nothing is carried over and nothing is printed for it, there is nothing to judge.
    assert set(counted) <= {Verdict.EXACT, Verdict.NOT_ASSESSABLE, Verdict.NOT_APPLICABLE}
    assert counted[Verdict.EXACT] > 20


def test_a_gap_between_years_leaves_no_previous_year() -> None:
    made = list(books(Order("national", 1, (2024, 2019, 2020), 2)))
    assert [b.accounts.year for b in made] == [2019, 2020, 2024]
    assert [b.accounts.previous is not None for b in made] == [False, True, False]


def test_the_same_seed_gives_the_same_books_and_another_one_others() -> None:
    order = Order("shanxi-2020", 3, (2021, 2022), 9)
    once, again = list(books(order)), list(books(order))
    assert [b.accounts.records for b in once] == [b.accounts.records for b in again]
    assert [b.accounts.disclosure for b in once] == [b.accounts.disclosure for b in again]
    other = list(books(Order("shanxi-2020", 3, (2021, 2022), 10)))
    assert not {b.accounts.records for b in once} & {b.accounts.records for b in other}
    # A department does not depend on how many others there are.
    assert next(iter(books(Order("shanxi-2020", 1, (2021, 2022), 9)))) == once[0]


def test_the_seed_holds_in_another_process() -> None:
    code = "from juesuan.sample import *; print(hash_of(books(Order('national', 2, (2022,), 4))))"
    define = "from hashlib import sha256\ndef hash_of(made):\n return sha256(repr([b.accounts.records for b in made]).encode()).hexdigest()\n"
    runs = [
        subprocess.run([sys.executable, "-c", define + code], env={"PYTHONHASHSEED": h}, capture_output=True, text=True, check=True)
        for h in ("1", "2")
    ]  # fmt: skip
    assert runs[0].stdout == runs[1].stdout


def traits(book: Book) -> set[str]:
    """What is particular about a book."""
    accounts, how = book.accounts, book.habits
    quantities = [f.quantity for f in accounts.records]
    fiscal = (
        accounts.get("T2", "合计", "本年收入合计").value == accounts.get("T2", "合计", "财政拨款收入").value
    )
    found = {f"unit {how.unit}", f"zero {how.zero}", f"kind {accounts.disclosure.unit_type}"}
    found |= {f"state {q.state}" for q in quantities}
    return found | {
        "fund" if accounts.has_money("T8") else "no fund", "capital" if accounts.has_money("T9") else "no capital",
        "only grants" if fiscal else "own income", "note" if accounts.empty_note("T8") else "no note",
        "negative" if any(f.table == "T5" and (f.quantity.value or 0) < 0 for f in accounts.records) else "no negative",
        "projects" if accounts.get("T5", "合计", "项目支出").value else "no projects",
        "cars" if accounts.get("T10", "车辆数", "统计数").value else "no cars",
        "thousands" if any("," in q.text for q in quantities) else "no thousands",
        "all classes" if accounts.fact("T1", "232", "决算数") else "no debt classes",
        "zero rows" if accounts.fact("T6", "31021", "决算数") else "no zero rows",
    }  # fmt: skip


def test_books_vary() -> None:
    counted = Counter(t for book in books(Order("national", 120, (2022,), 1)) for t in traits(book))
    wanted = "fund,capital,own income,only grants,note,no note,negative,no projects,projects,cars,no cars,thousands,no thousands"
    wanted += ",all classes,no debt classes,zero rows,no zero rows,unit 元,unit 万元,zero ,zero -,zero 0.00,kind 行政,kind 参公,kind 事业"
    assert {t: counted[t] for t in wanted.split(",") if counted[t] < 3} == {}
    assert {f"state {s}" for s in (State.NUMBER, State.BLANK, State.DASH)} <= set(counted)


def test_department_names_differ_and_belong_to_no_real_place() -> None:
    found = [book.accounts.department for book in books(Order("national", 60, (2022,), 1))]
    assert len(set(found)) == 60
    assert all(name.startswith("示例市") for name in found)


def test_every_cell_of_every_grid_is_a_fact() -> None:
    for book in books(Order("numbered", 4, (2018,), 6)):
        for table in book.accounts.layout.printed_tables:
            cells = [c.fact for _, _, c in grid(book.accounts, table.id).placed() if c.fact is not None]
            assert {f.address for f in cells} <= {f.address for f in book.accounts.records}


@pytest.mark.parametrize("years", [(), (2017,), (2040,)])
def test_years_without_a_code_list_are_refused(years: tuple[int, ...]) -> None:
    with pytest.raises(JuesuanError, match="参数 years"):
        list(books(Order(years=years)))
