"""Checks into findings: one cause, one finding, worded for the analyst; and the JSON of `check`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby
from typing import Any

from juesuan.accounts import Accounts
from juesuan.diagnosis import Hypothesis, hypotheses
from juesuan.quantity import Interval, Quantity, Verdict
from juesuan.relations import Check, execute, ledger
from juesuan.wording import amount, decimal_text, fixed, percent

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
VERDICTS = {
    "exact": "相符", "within": "在印数允许的范围内", "boundary": "尾差", "truncated": "截位",
    "inconsistent": "不符", "not_assessable": "无法判断", "not_applicable": "不适用",
}  # fmt: skip


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


@dataclass(frozen=True)
class Finding:
    """One cause with all its places. `printed`, `expected` and `gap` are in the printed unit."""

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

    @property
    def id(self) -> str:
        """Stable for the same relation at the same places, whatever the figures."""
        words = (re.sub(r"[\d.,%]+", "", p.quote) for p in self.places)
        named = (p.section + p.table + p.address + p.about for p in self.places)
        seed = "|".join([self.relation, *named, *words])
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
        return any(f.verdict is Verdict.INCONSISTENT and f.grade in "BL" for f in self.findings)

    def as_json(self) -> dict[str, Any]:
        """The contract of `juesuan check --json`; numbers travel as strings."""
        accounts = self.accounts
        return {
            "department": str(accounts.department),
            "year": accounts.year,
            "profile": accounts.layout.name,
            "ledger": self.ledger,
            "findings": [_finding_json(f) for f in self.findings],
            "unmatched": [],
        }


def check(accounts: Accounts) -> Report:
    """Execute every relation on the accounts and word what needs a person's attention."""
    checks = execute(accounts)
    noted = [c for c in checks if severity(c) is not None]
    groups = groupby(sorted(noted, key=_cause), key=_cause)
    findings = [_finding(accounts, list(group), checks) for _, group in groups]
    order = list(SEVERITIES)
    findings.sort(key=lambda f: (order.index(f.severity), list(Verdict).index(f.verdict)))
    return Report(accounts, checks, findings, ledger(checks))


def severity(check: Check) -> str | None:
    """Policy on top of the verdict; None where there is nothing to report."""
    verdict, kind = check.judgement.verdict, check.relation.kind
    if verdict is Verdict.INCONSISTENT:
        return "warning" if check.relation.grade == "H" else "error"
    if verdict is Verdict.TRUNCATED:
        return "warning"
    if verdict is Verdict.BOUNDARY or kind == "presence" and verdict is Verdict.NOT_ASSESSABLE:
        return "info"
    # A statement whose cell is blank is a question to the department, never an error.
    return "info" if verdict is Verdict.NOT_ASSESSABLE and _is_question(check) else None


def _is_question(check: Check) -> bool:
    return check.kind == "carry_over"


def _cause(check: Check) -> tuple[str, str, str]:
    """What belongs to one finding: zero bases of one section, missing tables, rounding tails."""
    verdict = check.judgement.verdict
    if check.relation.kind == "zero_base":
        return check.relation.id, verdict, check.section
    if check.relation.kind in ("no_prior", "empty_note"):
        return check.relation.id, verdict, ""
    if check.relation.kind == "presence":
        return check.relation.id, verdict, ""
    if verdict is Verdict.BOUNDARY:
        return "尾差", verdict, ""
    return check.relation.id, verdict, f"{check.section}{check.place}{check.quote}"


def _finding(accounts: Accounts, group: list[Check], checks: list[Check]) -> Finding:
    first = group[0]
    judgement = first.judgement
    question = _is_question(first)
    return Finding(
        relation=first.relation.id,
        grade="H" if question else first.relation.grade,
        verdict=judgement.verdict,
        severity=severity(first) or "info",
        title=_title(first),
        message=_message(first, group),
        places=tuple(_place(c) for c in group),
        printed=_printed(first),
        expected=judgement.expected,
        gap=judgement.gap,
        hypotheses=tuple(hypotheses(accounts, first, checks)) if len(group) == 1 else (),
    )


def _title(check: Check) -> str:
    """What is the matter, in a few words."""
    if _is_question(check):
        return "文字所称的结余待说明"
    if check.judgement.verdict is Verdict.BOUNDARY:
        return "尾差"
    if check.relation.kind == "presence" and check.judgement.verdict is Verdict.NOT_ASSESSABLE:
        return "只有表名，没有印出表格"
    return check.relation.fault or f"不成立：{check.relation.title}"


def _place(check: Check) -> Place:
    if check.section:
        cell = check.printed.cell if check.printed else ""
        about = check.left.address if check.left else ""
        return Place(section=check.section, cell=cell, quote=check.quote, address=about, about=check.place)
    fact = check.left
    return Place(
        table=fact.table if fact else check.place.split("[")[0],
        cell=fact.quantity.cell if fact else "",
        quote=f"{fact.label}·{fact.column} {fact.quantity.printed}" if fact else check.quote,
        address=fact.address if fact else "",
    )


def _printed(check: Check) -> str:
    if check.printed is None or not check.printed.is_number:
        return ""
    return check.printed.printed + ("%" if check.printed.unit == "%" else "")


def _message(check: Check, group: list[Check]) -> str:
    judgement, printed = check.judgement, check.printed
    where = f"{len(group)} 处" if len(group) > 1 else ""
    if check.relation.kind == "presence" and judgement.verdict is Verdict.INCONSISTENT:
        return f"缺少 {len(group)} 张表：{'、'.join(c.quote for c in group)}"
    if _is_question(check):
        return f"文字称“{check.quote}”，而表中{judgement.note}，无法核对：请说明这笔结余是结转资金还是预算指标结余"
    if judgement.verdict is Verdict.BOUNDARY:
        return f"{where or '1 处'}只差印数末位的舍入（尾差），不影响平衡"
    if judgement.note and judgement.verdict in (Verdict.INCONSISTENT, Verdict.NOT_ASSESSABLE):
        return f"{where and where + '：'}{judgement.note}"
    if judgement.expected is None or judgement.gap is None or printed is None:
        return judgement.note or check.relation.title
    if printed.unit == "%":
        return _rate_message(check, judgement.expected)
    value, said = printed.exact() - judgement.gap, _sayer(check)
    sums = "＋".join(said(t.fact.quantity) for t in check.terms if t.fact.quantity.is_number)
    if check.relation.kind == "at_most":
        return f"印出 {printed.printed}，大于 {sums}，多出 {decimal_text(judgement.gap)}"
    if len(check.terms) == 1:
        fact = check.terms[0].fact
        return f"印出 {printed.printed}，而“{fact.label}·{fact.column}”为 {sums}，相差 {decimal_text(judgement.gap)}"
    return f"印出 {printed.printed}，而 {sums} ＝ {fixed(value, printed.decimals or 0)}，相差 {decimal_text(judgement.gap)}"


def _sayer(check: Check) -> Callable[[Quantity], str]:
    """Figures bare where all are in one unit, with their units where they differ."""
    units = {t.fact.quantity.unit for t in check.terms if t.fact.quantity.is_number}
    return lambda quantity: amount(quantity, unit=len(units) > 1)


def _rate_message(check: Check, expected: Interval) -> str:
    assert check.printed is not None
    assert check.judgement.gap is not None
    value = check.printed.exact() - check.judgement.gap
    said = _sayer(check)
    part, base = said(check.terms[0].fact.quantity), said(check.terms[-1].fact.quantity)
    named = f"（{check.base_name}）" if check.base_name else ""
    low, high = fixed(expected.low), fixed(expected.high)
    if low == high:
        low, high = decimal_text(expected.low), decimal_text(expected.high)
    reading = "只能是截去尾数得来" if check.judgement.verdict is Verdict.TRUNCATED else "不在其中"
    return (
        f"{part} ÷ {base}{named}＝ {percent(value)}，按所印位数应在 {low}%–{high}% 之间，"
        f"印出的 {check.printed.printed}% {reading}"
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
