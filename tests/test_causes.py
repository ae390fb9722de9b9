"""One injected error is one finding, and its first hypotheses name the true cause: by class of error."""

from __future__ import annotations

import time
from itertools import islice
from random import Random

import pytest

import injecting
import injecting_text
from juesuan.accounts import Accounts
from juesuan.diagnosis import diagnose
from juesuan.narrative.proof import read_back
from juesuan.quantity import Verdict
from juesuan.relations import execute
from juesuan.sample import Order, books

COUNT = 16


def clean(text: bool) -> list[Accounts]:
    orders = [Order(p, 2, (2022, 2023), 5) for p in ("shanxi-2020", "national", "sichuan")]
    made = [b.accounts for order in orders for b in books(order) if b.accounts.year == 2023]
    return [read_back(a) for a in made] if text else made


@pytest.fixture(scope="module")
def tables() -> list[Accounts]:
    return clean(text=False)


@pytest.fixture(scope="module")
def texts() -> list[Accounts]:
    return clean(text=True)


@pytest.mark.parametrize("kind", injecting.CLASSES)
def test_an_error_in_a_table_is_one_finding_with_its_cause(tables: list[Accounts], kind: str) -> None:
    found = [injecting.outcome(i) for i in injecting.injections(tables, kind, COUNT)]
    seen = [o for o in found if o is not None]
    assert len(seen) > COUNT // 2
    assert [o.findings for o in seen] == [1] * len(seen)
    assert sum(o.rank > 0 for o in seen) >= 0.9 * len(seen)
    assert sum(o.rank == 1 for o in seen) >= 0.8 * len(seen)


@pytest.mark.parametrize("kind", injecting.CLASSES)
def test_the_text_beside_the_tables_adds_no_finding(texts: list[Accounts], kind: str) -> None:
    found = [injecting.outcome(i) for i in injecting.injections(texts, kind, 6, seed=2)]
    seen = [o for o in found if o is not None]
    assert [o.findings for o in seen] == [1] * len(seen)
    assert sum(o.rank > 0 for o in seen) >= len(seen) - 1


@pytest.mark.parametrize("kind", injecting_text.CLASSES)
def test_an_error_in_the_text_is_one_finding_with_its_cause(texts: list[Accounts], kind: str) -> None:
    rng, spoil = Random(kind), injecting_text.CLASSES[kind]
    drawn = (spoil(texts[i % len(texts)], rng) for i in range(4 * COUNT))
    some = list(islice((said for said in drawn if said is not None), COUNT))
    assert len(some) > COUNT // 2
    told = [(said, found) for said in some if (found := injecting_text.told(said))]
    assert [len(found) for _, found in told] == [1] * len(told)
    assert sum(injecting_text.rank(said, found) > 0 for said, found in told) >= 0.9 * len(told)


def test_many_errors_are_told_apart_and_in_time(texts: list[Accounts]) -> None:
    rng, accounts, cells = Random(5), texts[2], set[str]()
    while len(cells) < 20:
        injected = injecting.CLASSES[rng.choice(["digit", "lost"])](accounts, rng)
        if injected is not None and not cells & set(injected.truth):
            accounts, cells = injected.accounts, cells | set(injected.truth)
    checks = execute(accounts)
    failed = sum(c.judgement.verdict is Verdict.INCONSISTENT for c in checks)
    began = time.process_time()
    causes = diagnose(accounts, checks)
    # 0.3 s on the machine it was made for, with room for a slow one.
    assert time.process_time() - began < 1.5
    assert failed > 40
    assert (
        sum(len(c.checks) for c, _ in causes if c.checks[0].judgement.verdict is Verdict.INCONSISTENT)
        == failed
    )
    blamed = {c.suspect.figure.key for c, _ in causes if c.suspect}
    assert len(blamed & cells) >= 0.7 * len(cells)
    assert len(blamed - cells) <= 2
