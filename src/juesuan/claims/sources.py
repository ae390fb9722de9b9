"""Accounts with what their text asserts: claims, and the figures that only the text prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from juesuan.accounts import Accounts, Cited, Claim, Fact
from juesuan.accounts.disclosure import split_address
from juesuan.claims.grammar import Grammar
from juesuan.claims.quoted import FIRST, quoted
from juesuan.claims.sums import projects, totals
from juesuan.claims.surroundings import around
from juesuan.classification import codes
from juesuan.quantity import State


def with_claims(accounts: Accounts) -> Accounts:
    """The accounts with the claims of their text and the facts that the tables leave to it.

    A figure that no table prints is a fact of the text: its first mention makes the fact and is no proof of
    itself, each later one is judged against it.
    """
    if not accounts.sentences or accounts.claims:
        return accounts
    claims, facts = _founded(accounts, Grammar(accounts).read())
    claims = [quoted(accounts, claim) for claim in claims]
    stated = {f.address: Cited.at(f.quantity.text, f.quantity.cell) for f in facts}
    disclosure = accounts.disclosure
    fuller = replace(
        accounts,
        records=(*accounts.records, *facts),
        disclosure=disclosure.model_copy(update={"stated": {**stated, **disclosure.stated}}),
    )
    return replace(
        fuller, claims=(*claims, *totals(fuller, claims), *projects(fuller, claims), *around(accounts))
    )


def _label(accounts: Accounts, table: str, row: str) -> str:
    """What a row is called: as the table prints it, else as the year's list of codes does."""
    if row in accounts.rows(table) or not row.isdigit():
        return accounts.name_of(table, row)
    listed = codes("functional", accounts.year).get(row)
    return listed.name if listed else row


def _founded(accounts: Accounts, claims: Sequence[Claim]) -> tuple[list[Claim], list[Fact]]:
    facts: dict[str, Fact] = {}
    settled: set[str] = set()
    marked: list[Claim] = []
    printed = {table.id for table in accounts.layout.printed_tables if table.id in accounts.tables_read}
    for claim in claims:
        if claim.kind != "amount":
            marked.append(claim)
            continue
        table, row, column = split_address(claim.of)
        known = accounts.fact(table, row, column)
        own = known is not None and known.quantity.is_number and known.quantity.cell != claim.place
        if own:
            relation = "R1002" if table in printed else "R1001"
            marked.append(replace(claim, relation=relation))
            continue
        if claim.of in settled:
            marked.append(replace(claim, relation="R1014"))
            continue
        settled.add(claim.of)
        if known is not None and known.quantity.state in (State.DASH, State.UNPARSED):
            marked.append(
                replace(claim, relation="R1001", note=f"表中这一格印的是“{known.quantity.text}”，无从核对")
            )
            continue
        if known is None or not known.quantity.is_number:
            code = row if row.isdigit() else ""
            facts[claim.of] = Fact(table, code, _label(accounts, table, row), column, claim.figure)
        marked.append(replace(claim, relation="R1001", note=FIRST))
    return marked, list(facts.values())
