"""The kinds about classification codes: valid ones, their order, a code of one table in another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from juesuan.accounts import Accounts
from juesuan.classification import codes, level_of
from juesuan.layouts import Table, plain
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import fact_at, parse
from juesuan.relations.model import Check, Relation


def listed(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Each code is on the year's list under its printed name, and the row of the level above is printed.

    The list is observed, not official: a code that is not on it is not assessable, and another name is
    for the department to explain (class H). A code counts once, in the first table that prints it.
    """
    seen: set[tuple[str, str]] = set()
    for table in _coded(accounts, relation.table):
        rows = {row: label for row, label in accounts.rows(table.id).items() if level_of(row)}
        lengths = {len(row) for row in rows}
        for code, label in rows.items():
            above = code[:-2] if len(code) > 3 else ""
            orphan = bool(above) and len(above) in lengths and above not in rows
            if (code, plain(label)) in seen and not orphan:
                continue
            seen.add((code, plain(label)))
            if orphan:
                judgement = Judgement(Verdict.INCONSISTENT, note=f"“{code} {label}”之上没有 {above} 这一行")
                yield _of_row(accounts, relation, table.id, code, judgement)
            else:
                yield _named(accounts, relation, table, code, label)


def _named(accounts: Accounts, relation: Relation, table: Table, code: str, label: str) -> Check:
    known = codes(table.codes or "", accounts.year).get(code)
    if known is not None and plain(known.name) == plain(label):
        judgement = Judgement(Verdict.EXACT)
    elif known is None or not known.observed:
        judgement = not_assessable(f"“{code} {label}”不在已收录的 {accounts.year} 年科目里")
    else:
        note = f"{code} 印作“{label}”，已收录的 {accounts.year} 年科目名称是“{known.name}”，请核对"
        relation = relation.model_copy(update={"grade": "H"})
        judgement = Judgement(Verdict.INCONSISTENT, note=note)
    return _of_row(accounts, relation, table.id, code, judgement)


def ordered(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """No code stands twice in a table, and codes ascend."""
    for table in _coded(accounts, relation.table):
        printed = _sequence(accounts, table.id)
        if not printed:
            continue
        wrong = next((pair for pair in pairwise(printed) if pair[0] >= pair[1]), None)
        twice = next((code for i, code in enumerate(printed) if code in printed[:i]), "")
        judgement, at = Judgement(Verdict.EXACT), printed[0]
        if twice:
            judgement, at = Judgement(Verdict.INCONSISTENT, note=f"{twice} 印了两行"), twice
        elif wrong:
            judgement = Judgement(Verdict.INCONSISTENT, note=f"{wrong[1]} 印在 {wrong[0]} 之后，不是升序")
            at = wrong[1]
        yield _of_row(accounts, relation, table.id, at, judgement)


def _sequence(accounts: Accounts, table: str) -> list[str]:
    """The codes of a table as its rows were printed, repeats included."""
    found: list[str] = []
    columns: set[str] = set()
    for fact in accounts.records:
        if fact.table == table and level_of(fact.code):
            if not found or fact.code != found[-1] or fact.column in columns:
                found.append(fact.code)
                columns = set()
            columns.add(fact.column)
    return found


def contained(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A code with money in `table` is printed in `within` too; `unless` names the cell that excuses it."""
    others = {row for row in accounts.rows(relation.within) if level_of(row)}
    if not others or not _coded(accounts, relation.table):
        return
    excuse = fact_at(accounts, parse(relation.unless).left).quantity if relation.unless else None
    money = (f for f in accounts.records if f.table == relation.table and f.quantity.value)
    for code in dict.fromkeys(f.code for f in money if level_of(f.code)):
        if code in others:
            judgement = Judgement(Verdict.EXACT)
        elif accounts.source.blank_is_undisclosed:
            judgement = not_assessable(f"{relation.within} 没有披露 {code}")
        elif excuse is not None and excuse.value:
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="年初有结转，本年可以没有这一科目的收入")
        else:
            where = accounts.layout.table(relation.within).title
            label = accounts.name_of(relation.table, code)
            judgement = Judgement(Verdict.INCONSISTENT, note=f"“{code} {label}”在“{where}”里没有")
        yield _of_row(accounts, relation, relation.table, code, judgement)


def _coded(accounts: Accounts, tables: str) -> list[Table]:
    return [t for t in accounts.layout.tables if t.id in tables.split() and t.codes]


def _of_row(accounts: Accounts, relation: Relation, table: str, code: str, judgement: Judgement) -> Check:
    cells = (accounts.fact(table, code, column) for column in accounts.layout.table(table).columns)
    return Check(relation, f"{table}[{code}]", judgement, None, next((f for f in cells if f), None))
