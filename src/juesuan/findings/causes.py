"""Causes into findings: the figure to blame with all the places where it shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from juesuan.accounts import Accounts
from juesuan.diagnosis import Cause, Hypothesis, Suspect, diagnose
from juesuan.findings.messages import (
    blamed,
    message,
    moved_title,
    open_message,
    printed_text,
    suspect_title,
    title,
)  # fmt: skip
from juesuan.findings.model import SEVERITIES, Finding, Place, place
from juesuan.findings.policy import severity
from juesuan.relations import Check

# Checks of one kind that are always one finding: zero bases of one section, words that must agree everywhere.
_TOGETHER = ("zero_base", "no_prior", "empty_note", "presence")


def found_causes(accounts: Accounts, checks: Sequence[Check]) -> list[Finding]:
    """A finding for each cause of the inconsistent and truncated checks, as far as the policy reports it."""
    found = list(_grouped(diagnose(accounts, checks)))
    told = [(cause, why) for cause, why in found if any(severity(c) for c in cause.checks)]
    order = {id(check): i for i, check in enumerate(checks)}
    told.sort(key=lambda pair: min(order[id(c)] for c in pair[0].checks))
    return [_finding(accounts, cause, why) for cause, why in told]


def _grouped(found: list[tuple[Cause, list[Hypothesis]]]) -> Iterator[tuple[Cause, list[Hypothesis]]]:
    groups: dict[tuple[str, str], list[Check]] = {}
    for cause, why in found:
        first = cause.checks[0]
        if len(cause.checks) > 1 or first.relation.kind not in _TOGETHER:
            yield cause, why
            continue
        section = first.section if first.relation.kind == "zero_base" else ""
        groups.setdefault((first.relation.id, section), []).append(first)
    for group in groups.values():
        yield Cause(group), []


def _finding(accounts: Accounts, cause: Cause, why: list[Hypothesis]) -> Finding:
    suspect, first = cause.suspect, _first(cause)
    order = list(SEVERITIES)
    levels = [level for c in cause.checks if (level := severity(c))]
    finding = Finding(
        relation=first.relation.id,
        grade=min((c.relation.grade for c in cause.checks), key="BLH".index),
        verdict=first.judgement.verdict,
        severity=min(levels, key=order.index),
        title=title(first),
        message=message(first, cause.checks),
        places=_once(place(c) for c in cause.checks),
        printed=printed_text(first),
        expected=first.judgement.expected,
        gap=first.judgement.gap,
        hypotheses=tuple(why),
        relations=tuple(dict.fromkeys(c.relation.id for c in [first, *cause.checks])),
        address=suspect.figure.key if suspect else "",
        checks=tuple(cause.checks),
    )
    if cause.words:
        count = f"{len(cause.checks)} 处"
        words = f"{cause.words}{f'；这里列出 {count}' if '不符' in cause.words else f'，由此 {count}不符'}"
        head = moved_title(accounts, cause) if cause.table else title(first)
        return replace(finding, title=head, message=words, printed="", expected=None, gap=None)
    if suspect is not None and len(cause.checks) > 1:
        return _blamed(accounts, finding, cause, suspect)
    if len(cause.checks) > 1 and cause.others:
        return replace(finding, message=open_message(accounts, cause))
    return finding


def _blamed(accounts: Accounts, finding: Finding, cause: Cause, suspect: Suspect) -> Finding:
    """One figure is to blame for several failed checks: it is what the finding is about."""
    quantity = suspect.figure.quantity
    number = quantity.is_number
    own = _own_place(suspect)
    rest = [p for p in finding.places if p.address != suspect.figure.key or own is None]
    return replace(
        finding,
        title=suspect_title(suspect, finding.title),
        message=blamed(accounts, cause, suspect),
        places=(*([own] if own else []), *rest),
        printed=quantity.printed + ("%" if quantity.unit == "%" else ""),
        expected=suspect.needed if all(suspect.bounds) else None,
        gap=quantity.exact() - suspect.value if number else None,
    )


def _own_place(suspect: Suspect) -> Place | None:
    fact = suspect.figure.fact
    if fact is None:
        return None
    quote = f"{fact.label}·{fact.column} {fact.quantity.printed}"
    return Place(table=fact.table, cell=fact.quantity.cell, quote=quote, address=fact.address)


def _first(cause: Cause) -> Check:
    """The check that puts the suspected figure itself on trial, else the first one of the gravest class."""
    key = cause.suspect.figure.key if cause.suspect else ""
    own = [c for c in cause.checks if c.left is not None and c.left.address == key]
    return min(own or cause.checks, key=lambda c: "BLH".index(c.relation.grade))


def _once(places: Iterable[Place]) -> tuple[Place, ...]:
    """Each place once, whatever it is judged against."""
    return tuple({(p.section, p.table, p.cell, p.quote): p for p in reversed(list(places))}.values())[::-1]
