"""Many departments at once say exactly what one department after another says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from juesuan.accounts import Accounts, Cited
from juesuan.errors import JuesuanError
from juesuan.layouts import names
from juesuan.relations import execute, ledger
from juesuan.relations.many import columns, execute_many, ledgers, run
from juesuan.relations.model import table_relations
from juesuan.relations.own import own
from juesuan.sample import Order, books
from manifold import at_once, one_by_one
from planted_disclosed import DISCLOSED
from spoiling import spoiled
from test_planted_table import PLANTED
from writing import frame_of


def some_books(profile: str, count: int, seed: int, years: tuple[int, ...] = (2021, 2022)) -> list[Accounts]:
    """Clean books of one profile, each with a name of its own."""
    made = (book.accounts for book in books(Order(profile, count, years, seed)))
    return [replace(each, department=f"{each.department}{i}") for i, each in enumerate(made)]


def agrees(accounts: list[Accounts], **how: object) -> None:
    """Both ways give the same relations, places, verdicts and gaps."""
    said = at_once(execute_many(accounts, **how))  # type: ignore[arg-type]
    for each in accounts:
        assert said[each.department, each.year] == one_by_one(each), each.department


@pytest.mark.parametrize("profile", names())
def test_clean_books(profile: str) -> None:
    agrees(some_books(profile, 3, 5, (2018, 2021, 2022)))


@settings(max_examples=12)
@given(seed=st.integers(0, 10**6), profile=st.sampled_from(names()))
def test_spoiled_books(seed: int, profile: str) -> None:
    rng = Random(seed)
    agrees([spoiled(each, rng) for each in some_books(profile, 4, seed)])


def test_every_planted_error_is_found_at_once() -> None:
    planted = [spoil(clean()) for clean, spoil in PLANTED.values()]
    agrees([replace(each, department=f"第{i}个") for i, each in enumerate(planted)])
    found = execute_many(planted)
    assert set(found.loc[found["verdict"] == "inconsistent", "relation"]) >= set(PLANTED)
    assert set(DISCLOSED) <= set(PLANTED)


def test_clean_books_go_through_the_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judged alone is what asks for last year, and what is unusual: no more than a few in a hundred."""
    alone: list[str] = []
    each = run.alone
    monkeypatch.setattr(run, "alone", lambda a, r, d: (alone.append(r.id), each(a, r, d))[1])
    made = [a for name in ("national", "shanxi-2020") for a in some_books(name, 20, 9, (2022,))]
    checks = execute_many(made)
    assert len(alone) < len(made)
    assert len(checks) > 400 * len(made)


def test_what_does_not_fit_is_judged_alone() -> None:
    (book,) = some_books("national", 1, 4, (2022,))
    raw = columns.raw_of([book])
    at = next(i for i, value in enumerate(raw["value"]) if value is not None)
    for field, text in (("value", "123456789012345"), ("value", "0.12345678901"), ("decimals", 11)):
        changed = {name: list(values) for name, values in raw.items()}
        changed[field][at] = raw["value"][at].__class__(text) if field == "value" else text
        assert columns.columns_of(changed, 1, 2)[1].tolist() == [True], text
    assert columns.columns_of(raw, 1, 2)[1].tolist() == [False]


def test_the_ledger_of_each_department() -> None:
    made = some_books("national", 3, 8)
    counted = ledgers(execute_many(made))
    for each in made:
        checks = (c for c in execute(each, table_relations().values()) if not c.section)
        assert counted.loc[(each.department, each.year)].to_dict() == ledger(checks)


def test_own_relations() -> None:
    made = some_books("national", 3, 8, (2022,))
    mine = [
        own("T3[*].合计 = T3[*].基本支出 + T3[*].项目支出"),
        own("T3[*].合计 = T3[*].基本支出 + …"),
        own("T1[社会保障和就业支出].决算数 = T3[208].合计"),
        own("T1[收入总计].决算数 ≥ T4[收入总计].决算数"),
        own("T6[30299].决算数 ÷ T6[302].决算数", high=20),
    ]
    said = at_once(execute_many(made, mine))
    assert len({relation for each in said.values() for relation, *_ in each}) == len(mine)
    for each in made:
        assert said[each.department, each.year] == one_by_one(each, mine)


@pytest.mark.parametrize("suffix", [".parquet", ".frame"])
def test_from_tidy_facts(tmp_path: Path, suffix: str) -> None:
    """The records may stay away: one table of all facts, in any order of departments."""
    rng = Random(3)
    made = [spoiled(each, rng) for each in some_books("shanxi-2020", 6, 2, (2022,))]
    facts = frame_of(made[::-1], tmp_path / "facts.parquet" if suffix == ".parquet" else None)
    heads = [replace(each, records=()) for each in made]
    said = at_once(execute_many(heads, facts=facts))
    for each in made:
        assert said[each.department, each.year] == one_by_one(each)


def test_on_two_processes() -> None:
    made = some_books("national", 5, 2) + some_books("yunnan", 2, 2, (2022,))
    made = [replace(each, department=f"{i}") for i, each in enumerate(made)]
    agrees(made, processes=2)
    pd.testing.assert_frame_equal(
        ledgers(execute_many(made, processes=2)).sort_index(), ledgers(execute_many(iter(made))).sort_index()
    )


def test_nobody_and_nothing() -> None:
    assert len(execute_many([])) == 0
    (book,) = some_books("national", 1, 2, (2022,))
    empty = replace(book, records=(), tables_read=())
    agrees([empty, replace(book, department="另一个")])


def test_the_same_department_and_year_twice_is_refused() -> None:
    (book,) = some_books("national", 1, 2, (2022,))
    with pytest.raises(JuesuanError, match="出现了两次"):
        execute_many([book, book], facts=frame_of([book], None))


def test_a_profile_that_truncates_is_judged_alone() -> None:
    (book,) = some_books("national", 1, 2, (2022,))
    agrees([replace(book, layout=book.layout.model_copy(update={"truncates": True}))])
    silent = replace(book, source=book.source.model_copy(update={"blank": Cited("undisclosed")}))
    agrees([silent])
