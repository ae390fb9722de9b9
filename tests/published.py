"""Published texts to plant errors in: the seed's own, and the text of a synthetic department read back."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from juesuan import open_accounts
from juesuan.accounts import Accounts
from juesuan.claims import with_claims
from juesuan.narrative.proof import read_back
from juesuan.quantity import Verdict
from juesuan.relations import Check, execute, relations
from juesuan.sample import Order, books

SEED = Path(__file__).parents[1] / "data" / "xinzhou-shebao" / "2021"


@cache
def seed_text() -> Accounts:
    """The seed as published: its text with the workbook made from it."""
    return open_accounts(SEED)


@cache
def only_text() -> Accounts:
    """The seed's published text alone, which prints no tables."""
    return open_accounts(SEED / "published.md")


@cache
def national_text(seed: int = 1) -> Accounts:
    """A clean synthetic department of the national profile, its text read back, with the year before."""
    *_, last = books(Order("national", 1, (2023, 2024), seed))
    return replace(read_back(last.accounts), claims=())


def reworded(accounts: Accounts, old: str, new: str, *, all: bool = False) -> Accounts:
    """The same with other words in the first sentence that has them (or in each)."""
    changed, done = [], False
    for sentence in accounts.sentences:
        if old in sentence.text and (all or not done):
            sentence, done = replace(sentence, text=sentence.text.replace(old, new, 1)), True
        changed.append(sentence)
    assert done, old
    return replace(accounts, sentences=tuple(changed))


def without_sentences(accounts: Accounts, words: str, section: str = "") -> Accounts:
    """The same without the sentences (of one section) that have these words."""
    kept = tuple(s for s in accounts.sentences if words not in s.text or section not in ("", s.section))
    assert len(kept) < len(accounts.sentences)
    return replace(accounts, sentences=kept)


def wrong(accounts: Accounts, id: str) -> list[Check]:
    """The inconsistent checks of one relation."""
    checks = execute(with_claims(accounts), [relations()[id]])
    return [c for c in checks if c.judgement.verdict is Verdict.INCONSISTENT]
