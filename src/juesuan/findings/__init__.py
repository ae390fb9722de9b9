"""Checks into findings: one cause, one finding, worded for the analyst."""

from __future__ import annotations

from itertools import groupby

from juesuan.accounts import Accounts
from juesuan.diagnosis import hypotheses
from juesuan.findings.messages import is_question, message, printed_text, title
from juesuan.findings.model import SEVERITIES, VERDICTS, Finding, Place, Report
from juesuan.quantity import Verdict
from juesuan.relations import Check, execute, ledger


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
    return "info" if verdict is Verdict.NOT_ASSESSABLE and is_question(check) else None


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
    question = is_question(first)
    return Finding(
        relation=first.relation.id,
        grade="H" if question else first.relation.grade,
        verdict=judgement.verdict,
        severity=severity(first) or "info",
        title=title(first),
        message=message(first, group),
        places=tuple(_place(c) for c in group),
        printed=printed_text(first),
        expected=judgement.expected,
        gap=judgement.gap,
        hypotheses=tuple(hypotheses(accounts, first, checks)) if len(group) == 1 else (),
    )


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


__all__ = ["SEVERITIES", "VERDICTS", "Finding", "Place", "Report", "check", "severity"]
