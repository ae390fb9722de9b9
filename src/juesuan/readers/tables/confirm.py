"""Do the sums of the tables confirm that columns and rows were taken rightly?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from juesuan.accounts import Accounts, Confirmation, Disclosure, Notice
from juesuan.quantity import Verdict
from juesuan.readers.tables.displaced import MANY, failures, find_displaced
from juesuan.relations import Check, Relation, execute, relations

_HELD = (Verdict.EXACT, Verdict.WITHIN, Verdict.BOUNDARY, Verdict.TRUNCATED)
_TABLE = re.compile(r"\bT\d+(?=\[)")


def confirm(accounts: Accounts) -> Accounts:
    """The accounts with the confirming relations of each table in their reading report.

    A table whose relations mostly hold only when columns are exchanged or values moved by a row is kept
    as printed; its facts are marked suspect and the reading report says why.
    """
    if accounts.understood is None:
        return accounts
    # The statements of disclosure.yml are judged later; here only the tables count.
    bare = replace(accounts, disclosure=Disclosure(), previous=None)
    chosen = {id: relations_of(id, alone=not accounts.has_money(id)) for id in accounts.tables_read}
    checks = _checks(bare, chosen)
    many = any(failures(each) >= MANY for each in checks.values())
    doubts = {doubt.table: doubt for doubt in (find_displaced(bare, chosen) if many else ())}
    tables, notices = [], list[Notice]()
    for table in accounts.understood.tables:
        confirmed = _confirmations(checks.get(table.id, []))
        suspect = doubts[table.id].words if table.id in doubts else ""
        empty = table.id in accounts.disclosure.empty_tables and accounts.is_empty(table.id)
        tables.append(replace(table, confirmed=tuple(confirmed), suspect=suspect, empty=empty))
        if suspect:
            text = f"“{table.title}”的数可能与名称错位：{suspect}；按印出的读入，标为存疑"
            notices.append(Notice(table.place, text))
    records = tuple(
        replace(f, suspect=d.words) if (d := doubts.get(f.table)) and f.column in d.columns else f
        for f in accounts.records
    )
    understood = replace(accounts.understood, tables=tuple(tables))
    return replace(accounts, records=records, notices=(*accounts.notices, *notices), understood=understood)


def _checks(accounts: Accounts, chosen: Mapping[str, list[Relation]]) -> dict[str, list[Check]]:
    """The checks of each table. A relation speaks for every table that takes part in it, and is judged once."""
    everything = {relation.id: relation for each in chosen.values() for relation in each}
    judged = {id: execute(accounts, [relation]) for id, relation in everything.items()}
    return {table: [check for r in each for check in judged[r.id]] for table, each in chosen.items()}


def relations_of(table: str, alone: bool = False) -> list[Relation]:
    """The relations in which the table takes part and that speak for its columns.

    `alone` leaves out those with other tables, about which a table without any money says nothing.
    """
    found = []
    for relation in relations().values():
        tables = {*relation.table.split(), *_TABLE.findall(relation.formula)}
        if (
            (relation.grade == "B" or relation.confirms)
            and table in tables
            and not (alone and len(tables) > 1)
        ):
            found.append(relation)
    return found


def _confirmations(checks: Sequence[Check]) -> Iterator[Confirmation]:
    for relation in dict.fromkeys(check.relation for check in checks):
        verdicts = [check.judgement.verdict for check in checks if check.relation is relation]
        held, failed = sum(v in _HELD for v in verdicts), verdicts.count(Verdict.INCONSISTENT)
        open_ = verdicts.count(Verdict.NOT_ASSESSABLE)
        if held or failed or open_:
            yield Confirmation(relation.id, relation.title, held, failed, open_)
