"""Checks into findings: one cause, one finding, worded for the analyst."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from juesuan.accounts import Accounts
from juesuan.claims import with_claims
from juesuan.findings.causes import found_causes
from juesuan.findings.messages import is_question, message, printed_text, title
from juesuan.findings.model import SEVERITIES, VERDICTS, Finding, Place, Report, place
from juesuan.findings.policy import severity
from juesuan.quantity import Verdict
from juesuan.relations import Check, Relation, execute, ledger
from juesuan.relations import relations as listed
from juesuan.relations.own import read_own

# Verdicts that ask why.
_DIAGNOSED = (Verdict.INCONSISTENT, Verdict.TRUNCATED)


def check(accounts: Accounts, relations: Iterable[Relation] = ()) -> Report:
    """Read the claims of the text, execute every relation, and word what needs a person's attention.

    `relations` are an analyst's own (see `juesuan.relation`), judged after those of `relations.yml` beside the
    accounts.

    Raises
    ------
    JuesuanError : a statement of disclosure.yml or a relation of relations.yml cannot be judged as written.
    """
    accounts = with_claims(accounts)
    filed = read_own(accounts.folder, accounts) if accounts.folder and accounts.folder.is_dir() else []
    checks = execute(accounts, [*listed().values(), *filed, *relations])
    findings = found_causes(accounts, checks)
    noted = [c for c in checks if c.judgement.verdict not in _DIAGNOSED and severity(c) is not None]
    findings += [_noted(list(group)) for _, group in groupby(sorted(noted, key=_together), key=_together)]
    order = list(SEVERITIES)
    findings.sort(key=lambda f: (order.index(f.severity), list(Verdict).index(f.verdict)))
    return Report(accounts, checks, findings, ledger(checks))


def _together(check: Check) -> tuple[str, str, str]:
    """What belongs to one note: rounding tails of the whole document, missing tables, else one statement."""
    verdict = check.judgement.verdict
    if verdict is Verdict.BOUNDARY:
        return "尾差", verdict, ""
    alone = "" if check.relation.kind == "presence" else f"{check.section}{check.place}{check.quote}"
    return check.relation.id, verdict, alone


def _noted(group: list[Check]) -> Finding:
    first = group[0]
    return Finding(
        relation=first.relation.id,
        grade="H" if is_question(first) else first.relation.grade,
        verdict=first.judgement.verdict,
        severity=severity(first) or "info",
        title=title(first),
        message=message(first, group),
        places=tuple(place(c) for c in group),
        printed=printed_text(first),
        expected=first.judgement.expected,
        gap=first.judgement.gap,
        relations=tuple(dict.fromkeys(c.relation.id for c in group)),
        checks=tuple(group),
    )


__all__ = ["SEVERITIES", "VERDICTS", "Finding", "Place", "Report", "check", "severity"]
