"""The kind that follows codes from last year to this one: what is gone, what is new, what only moved."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts
from juesuan.classification import bridged, level_of
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.conditions import explained
from juesuan.relations.model import Check, Relation


def codes_kept(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Codes with money in one of two neighbouring years that the other does not print are listed.

    A code that moved to another one (`renamed.csv`) is kept; a printed row without money is an answer.
    Only levels that both years print are compared. The reason for the change of the table's total settles it.
    """
    before = accounts.previous
    if before is None or before.year != accounts.year - 1:
        return
    tables = {table.id: table for table in accounts.layout.tables}
    for table in (id for id in relation.table.split() if id in tables):
        total = accounts.fact(table, "合计", relation.column)
        if before.is_empty(table) or accounts.is_empty(table):
            judgement = not_assessable("本年或上年的这张表没有数")
        else:
            judgement = _compared(accounts, before, table)
            if total is not None:
                judgement = explained(accounts, relation, total, judgement)
        yield Check(relation, table, judgement, None, total, quote=tables[table].title)


def _compared(accounts: Accounts, before: Accounts, table: str) -> Judgement:
    levels = _levels(accounts, table) & _levels(before, table)
    now, then = (_with_money(a, table, levels) for a in (accounts, before))
    kept = {c for c in before.rows(table) if level_of(c)}
    moved = {code: bridged(code, before.year, accounts.year) for code in then}
    here = {c for c in accounts.rows(table) if level_of(c)}
    gone = [c for c in then if c not in here and (moved[c] == c or moved[c] not in here)]
    targets = tuple({to for code, to in moved.items() if to != code})
    new = [c for c in now if c not in kept and not (targets and c.startswith(targets))]
    new = [c for c in new if not any(target.startswith(c) for target in targets)]
    told = [f"{words}{_named(a, table, codes)}" for words, a, codes in (
        ("上年有而本年没有：", before, _tops(gone)), ("本年有而上年没有：", accounts, _tops(new)),
    ) if codes]  # fmt: skip
    if not told:
        return Judgement(Verdict.EXACT)
    return Judgement(Verdict.INCONSISTENT, note=f"{'；'.join(told)}，请说明")


def _levels(accounts: Accounts, table: str) -> set[str]:
    return {level_of(row) for row in accounts.rows(table)} - {""}


def _with_money(accounts: Accounts, table: str, levels: set[str]) -> list[str]:
    facts = (f for f in accounts.records if f.table == table and f.quantity.value)
    return list(dict.fromkeys(f.code for f in facts if level_of(f.code) in levels))


def _tops(codes: list[str]) -> list[str]:
    """Without the codes below another one of the list."""
    return [c for c in codes if not any(c != other and c.startswith(other) for other in codes)]


def _named(accounts: Accounts, table: str, codes: list[str]) -> str:
    return "、".join(f"{code} {accounts.name_of(table, code)}" for code in codes)
