"""Accounts, text and findings as HTML fragments; every text from a document is escaped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from juesuan.accounts import Accounts
from juesuan.accounts.grid import Grid, grid
from juesuan.accounts.heading import Cell
from juesuan.findings import SEVERITIES, VERDICTS, Finding, Report
from juesuan.findings.decisions import Decision
from juesuan.narrative import Number, narrative
from juesuan.narrative.provenance import TEXT_TABLES, source_of
from juesuan.quantity import State
from juesuan.relations import relations
from juesuan.wording import amount, decimal_text, numeral


def anchor(address: str) -> str:
    """The id of a fact's cell on the page: short and ASCII, since PDF limits the names of link targets."""
    return f"{address.partition('[')[0]}-{hashlib.sha256(address.encode()).hexdigest()[:8]}"


def environment(package: str, **filters: Callable[..., object]) -> Environment:
    """The templates of a package that make HTML: every text is escaped, an unknown name is an error."""
    made = Environment(
        loader=PackageLoader(package, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(filters)
    return made


@cache
def _environment() -> Environment:
    return environment(
        "juesuan.report", next=next, anchor=anchor, numeral=numeral, decimal=decimal_text, figure=_figure
    )


def render(template: str, **context: object) -> str:
    """One of the templates beside this module."""
    return _environment().get_template(template).render(**context)


def _figure(cell: Cell) -> Markup:
    """What a number cell shows; an unparsed one shows its text, marked."""
    assert cell.fact is not None
    quantity = cell.fact.quantity
    if quantity.state is State.UNPARSED:
        return Markup('<mark title="未能读作数字">{}</mark>').format(quantity.text)
    return escape(amount(quantity, thousands=True))


def table(accounts: Accounts, id: str, back: dict[str, str] | None = None) -> str:
    """One public table with a caption; each number cell is an anchor, with a way `back` to the text."""
    made: Grid = grid(accounts, id)
    return render(
        "table.html.j2",
        grid=made,
        number=accounts.layout.number(id),
        unit=accounts.unit_of(id),
        missing=id not in accounts.tables_read,
        note=accounts.empty_note(id),
        blank=accounts.is_empty(id),
        undisclosed=accounts.source.blank_is_undisclosed,
        back=back or {},
        suspect=next((f.suspect for f in accounts.records if f.table == id and f.suspect), ""),
        stated=lambda fact: accounts.fact(fact.table, fact.row, fact.column) not in (fact, None),
    )


def loose_facts(accounts: Accounts, back: dict[str, str] | None = None) -> str:
    """The facts that no table carries, so that every number on the page has a cell to go to."""
    printed = {t.id for t in accounts.layout.printed_tables}
    facts = [
        fact
        for fact in accounts.records
        if fact.table not in printed or fact is not accounts.printed(fact.table, fact.row, fact.column)
    ]
    titles = {t.id: t.title for t in accounts.layout.tables} | TEXT_TABLES
    shown = {"titles": titles, "amount": amount, "back": back or {}}
    return render("loose.html.j2", facts=facts, **shown) if facts else ""


def text(accounts: Accounts, part: str, found: list[Finding] | None = None) -> str:
    """One part of the text as headings and paragraphs, two levels under the page's title.

    Numbers link to their cells and say where they come from; one that carries a finding links to it
    too. For paper, the sources follow as a numbered list.
    """
    written = narrative(accounts, part)
    flags = {p.address: f for f in found or [] if f.severity != "info" for p in f.places if p.address}
    numbers = [n for block in written.blocks for n in block.numbers]
    sources = {n: source_of(accounts, n) for n in numbers}
    linked = {sources[n]: None for n in numbers if n.addresses}
    return render(
        "text.html.j2",
        blocks=written.blocks,
        flags=flags,
        sources=sources,
        order={source: i for i, source in enumerate(linked, 1)},
        is_number=_is_number,
        ids=iter(range(1, len(numbers) + 1)),
        prefix="n" if part == "explanation" else part[0],
    )


def mentions(accounts: Accounts) -> dict[str, str]:
    """For each fact that the explanation prints or reckons with: the id of the first number that does."""
    numbers = [n for block in narrative(accounts, "explanation").blocks for n in block.numbers]
    found: dict[str, str] = {}
    for i, number in enumerate(numbers, 1):
        for address in number.addresses[:1]:
            found.setdefault(address, f"n{i}")
    return found


def _is_number(fragment: object) -> bool:
    return isinstance(fragment, Number)


def findings(
    report: Report,
    decisions: Mapping[str, Decision] | None = None,
    labels: Mapping[str, str] | None = None,
    lost: Sequence[str] = (),
    shown: Collection[str] = (),
) -> str:
    """Findings by severity with recomputed value, interval, places and hypotheses, and the ledger.

    With `labels` (the audit page) decisions are shown, and findings that are `shown` in the marked text lead there.
    """
    listed = relations() | {c.relation.id: c.relation for c in report.checks}
    return render(
        "findings.html.j2",
        report=report,
        severities=SEVERITIES,
        verdicts=VERDICTS,
        titles={t.id: t.title for t in report.accounts.layout.tables},
        relations={id: r.title for id, r in listed.items()},
        decisions=decisions or {},
        labels=labels or {},
        lost=lost,
        shown=shown,
        linked=labels is not None,
    )
