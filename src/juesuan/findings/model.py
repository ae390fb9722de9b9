"""A finding with its places, the report of one department, and the JSON of `juesuan check`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from juesuan.accounts import Accounts
from juesuan.diagnosis import Hypothesis
from juesuan.quantity import Interval, Verdict
from juesuan.relations import Check
from juesuan.wording import decimal_text

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
VERDICTS = {
    "exact": "相符", "within": "在印数允许的范围内", "boundary": "尾差", "truncated": "截位",
    "inconsistent": "不符", "not_assessable": "无法判断", "not_applicable": "不适用",
}  # fmt: skip

# What the sections of the explanation are counted with; what else a section may be called names itself.
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Place:
    """Where a finding shows: a section of the text, or a table, with the cell and the words there.

    `address` is the fact printed there, `about` what the statement is reckoned from.
    """

    section: str = ""
    table: str = ""
    cell: str = ""
    quote: str = ""
    address: str = ""
    about: str = ""

    def named(self, titles: Mapping[str, str]) -> str:
        """Where it is, for a person: 情况说明五（三）, 目录和标题, or the title of the table."""
        if not self.section:
            return titles.get(self.table, self.table)
        return f"情况说明{self.section}" if self.section[0] in _NUMERALS else self.section


@dataclass(frozen=True)
class Finding:
    """One cause with all its places. `printed`, `expected` and `gap` are in the printed unit.

    `relation` is the one that speaks most directly, `relations` are all that are concerned; `address` is the
    figure to blame, where one is beyond doubt (`printed`, `expected` and `gap` are then about it); `checks` are
    all that failed of it.
    """

    relation: str
    grade: str
    verdict: Verdict
    severity: str
    title: str
    message: str
    places: tuple[Place, ...]
    printed: str = ""
    expected: Interval | None = None
    gap: Fraction | None = None
    hypotheses: tuple[Hypothesis, ...] = ()
    relations: tuple[str, ...] = ()
    address: str = ""
    checks: tuple[Check, ...] = field(default=(), repr=False, compare=False)

    @property
    def reasons(self) -> tuple[Hypothesis, ...]:
        """The hypotheses that say more than the message does."""
        return tuple(h for h in self.hypotheses if h.text not in self.message)

    @property
    def id(self) -> str:
        """Stable for the same cell to blame, or the same relations at the same places, whatever the figures."""
        if "[" in self.address:
            return f"{self.relation}-{hashlib.sha256(self.address.encode()).hexdigest()[:8]}"
        words = (re.sub(r"[\d.,%]+", "", p.quote) for p in self.places)
        named = (p.section + p.table + p.address + p.about for p in self.places)
        seed = "|".join([*(self.relations or [self.relation]), *named, *words])
        return f"{self.relation}-{hashlib.sha256(seed.encode()).hexdigest()[:8]}"


@dataclass(frozen=True)
class Report:
    """Everything the checks say about one department and year."""

    accounts: Accounts
    checks: list[Check]
    findings: list[Finding]
    ledger: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """A finding of class B or L is inconsistent."""
        found = (c for f in self.findings for c in f.checks)
        return any(c.judgement.verdict is Verdict.INCONSISTENT and c.relation.grade in "BL" for c in found)

    def as_json(self) -> dict[str, Any]:
        """The contract of `juesuan check --json`; numbers travel as strings."""
        accounts = self.accounts
        return {
            "department": str(accounts.department),
            "year": accounts.year,
            "profile": accounts.layout.name,
            "ledger": self.ledger,
            "findings": [_finding_json(f) for f in self.findings],
            "unmatched": [
                {"section": c.section, "quote": c.quote} for c in accounts.claims if c.kind == "unmatched"
            ],
        }


def place(check: Check) -> Place:
    """Where a check shows."""
    if check.section:
        cell = (check.claim.place if check.claim else "") or (check.printed.cell if check.printed else "")
        about = check.left.address if check.left else ""
        return Place(section=check.section, cell=cell, quote=check.quote, address=about, about=check.place)
    fact = check.left
    return Place(
        table=fact.table if fact else check.place.split("[")[0],
        cell=fact.quantity.cell if fact else "",
        quote=f"{fact.label}·{fact.column} {fact.quantity.printed}" if fact else check.quote,
        address=fact.address if fact else "",
    )


def _finding_json(finding: Finding) -> dict[str, Any]:
    def place(p: Place) -> dict[str, str]:
        named = {"section": p.section} if p.section else {"table": p.table}
        return {**named, "cell": p.cell, "quote": p.quote}

    expected = finding.expected
    return {
        "id": finding.id,
        "relation": finding.relation,
        "class": finding.grade,
        "verdict": finding.verdict.value,
        "severity": finding.severity,
        "message": finding.message,
        "places": [place(p) for p in finding.places],
        "printed": finding.printed,
        "expected": {"low": decimal_text(expected.low), "high": decimal_text(expected.high)}
        if expected
        else None,
        "gap": None if finding.gap is None else decimal_text(finding.gap),
        "hypotheses": [{"kind": h.kind, "text": h.text} for h in finding.hypotheses],
    }
