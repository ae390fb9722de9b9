"""Errors put into the explanation of clean books: stale sentences, wrong bases, wrong words, wrong years."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from juesuan.accounts import Accounts, Claim
from juesuan.accounts.disclosure import split_address
from juesuan.claims import with_claims
from juesuan.findings import Finding, check
from juesuan.narrative.proof import read_back
from juesuan.quantity import Verdict, rate
from juesuan.wording import fixed

OPPOSITE = {"增加": "减少", "减少": "增加", "增长": "下降", "下降": "增长", "大于": "小于", "小于": "大于"}


@dataclass(frozen=True)
class Said:
    """Accounts whose explanation has one wrong sentence, and the hypotheses that would tell why."""

    accounts: Accounts
    sentence: int
    kinds: tuple[str, ...]


def _with(accounts: Accounts, at: int, text: str) -> Accounts:
    sentences = list(accounts.sentences)
    sentences[at] = replace(sentences[at], text=text)
    return with_claims(replace(accounts, sentences=tuple(sentences), claims=()))


def _put(accounts: Accounts, claim: Claim, new: str) -> Accounts:
    text = accounts.sentences[claim.sentence].text
    return _with(accounts, claim.sentence, text[: claim.start] + new + text[claim.end :])


def stale(accounts: Accounts, rng: Random) -> Said | None:
    """A sentence of last year's text, with this year's number on it."""
    before = accounts.previous
    if before is None:
        return None
    old: dict[tuple[str, str], str] = {}
    for sentence in read_back(before).sentences:
        text = re.sub(rf"{before.year - 1}|{before.year}", lambda m: str(int(m[0]) + 1), sentence.text)
        old.setdefault((sentence.section, re.sub(r"[\d.,]+", "#", text)), text)
    found = []
    for at, sentence in enumerate(accounts.sentences):
        text = old.get((sentence.section, re.sub(r"[\d.,]+", "#", sentence.text)), sentence.text)
        if text != sentence.text:
            found.append((at, text))
    if not found:
        return None
    at, text = rng.choice(found)
    return Said(_with(accounts, at, text), at, ("旧句", "旧数"))


def base(accounts: Accounts, rng: Random) -> Said | None:
    """A completion rate or share reckoned on another base."""
    claims = [c for c in accounts.claims if c.kind in ("completion", "share") and "+" not in c.of]
    if not claims:
        return None
    claim = rng.choice(claims)
    part = accounts.get(*split_address(claim.of))
    table, row, column = split_address(claim.base)
    others = [accounts.get(table, "合计", column), accounts.get("T3", "合计", "本年支出合计")]
    others += [accounts.get("T7", row, "决算数"), accounts.before(table, row, column)]
    right = accounts.get(*split_address(claim.base))
    usable = [q for q in others if q.value and q.value > 0 and q.value != right.value]
    if not usable or not part.value:
        return None
    wrong = fixed(rate(part, rng.choice(usable)))
    if Decimal(wrong) == claim.figure.value or abs(Decimal(wrong) - (claim.figure.value or 0)) < Decimal(
        "0.1"
    ):
        return None
    return Said(_put(accounts, claim, f"{wrong}%"), claim.sentence, ("分母", "旧数"))


def direction(accounts: Accounts, rng: Random) -> Said | None:
    """增加 for 减少, 小于 for 大于."""
    found = []
    for claim in accounts.claims:
        if claim.kind in ("change", "gap"):
            text = accounts.sentences[claim.sentence].text
            near = [(m.start(), m[0]) for m in re.finditer("|".join(OPPOSITE), text[: claim.end])]
            near = [(i, w) for i, w in near if i >= claim.start or w == claim.word and i + 2 >= claim.start]
            if near:
                found.append((claim, *near[-1]))
    if not found:
        return None
    claim, at, word = rng.choice(found)
    text = accounts.sentences[claim.sentence].text
    new = text[:at] + OPPOSITE[word] + text[at + len(word) :]
    return Said(_with(accounts, claim.sentence, new), claim.sentence, ("方向词",))


def year(accounts: Accounts, rng: Random) -> Said | None:
    """Another year."""
    claims = [c for c in accounts.claims if c.kind == "year" and c.word == str(accounts.year)]
    if not claims:
        return None
    claim = rng.choice(claims)
    text = accounts.sentences[claim.sentence].text[claim.start : claim.end]
    new = text.replace(str(accounts.year), str(accounts.year - 1))
    return Said(_put(accounts, claim, new), claim.sentence, ("年度",))


CLASSES: dict[str, Callable[[Accounts, Random], Said | None]] = {
    "stale sentence": stale, "wrong base": base, "direction word": direction, "wrong year": year,
}  # fmt: skip


def told(said: Said) -> list[Finding]:
    """The findings of severity error."""
    found = check(said.accounts).findings
    return [f for f in found if f.verdict is Verdict.INCONSISTENT and f.severity == "error"]


def rank(said: Said, findings: list[Finding]) -> int:
    """The place of the true reason among the first three hypotheses of a finding; 0 where it is none of them."""
    places = [i for f in findings for i, h in enumerate(f.hypotheses[:3], 1) if h.kind in said.kinds]
    return min(places, default=0)
