"""Do the sums of the tables confirm that columns and rows were taken rightly? And if not, did values slide?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from juesuan.accounts import Accounts, Confirmation, Disclosure, Fact, Notice, TableRead
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check, Relation, execute, relations

_HELD = (Verdict.EXACT, Verdict.WITHIN, Verdict.BOUNDARY, Verdict.TRUNCATED)
_TABLE = re.compile(r"\bT\d+(?=\[)")
# Fewer failures than this are errors of single figures, more may be values beside the wrong names.
_MANY = 3
# Another reading explains the failures if it leaves no more than a fifth of them.
_EXPLAINED = 5

Alternative = tuple[str, set[str], Callable[[list[Fact]], list[Fact]]]


def confirm(accounts: Accounts) -> Accounts:
    """The accounts with the confirming relations of each table in their reading report.

    A table whose relations mostly hold only when columns are exchanged or values moved by a row is kept
    as printed; its facts are marked suspect and the reading report says why.
    """
    if accounts.understood is None:
        return accounts
    # The statements of disclosure.yml are judged later; here only the tables count.
    bare = replace(accounts, disclosure=Disclosure(), previous=None)
    by_table = {id: list(_relations_of(id)) for id in accounts.tables_read}
    tables, marked, notices = [], dict[int, Fact](), list[Notice]()
    for table in accounts.understood.tables:
        checks = execute(bare, by_table.get(table.id, []))
        suspect, columns = _suspect(bare, table, checks, by_table.get(table.id, []))
        tables.append(replace(table, confirmed=tuple(_confirmations(checks)), suspect=suspect))
        if suspect:
            notices.append(
                Notice(table.place, f"“{table.title}”的数可能与名称错位：{suspect}；按印出的读入，标为存疑")
            )
            for i, fact in enumerate(accounts.records):
                if fact.table == table.id and fact.column in columns:
                    marked[i] = replace(fact, suspect=suspect)
    records = tuple(marked.get(i, fact) for i, fact in enumerate(accounts.records))
    return replace(
        accounts,
        records=records,
        notices=(*accounts.notices, *notices),
        understood=replace(accounts.understood, tables=tuple(tables)),
    )


def _relations_of(table: str) -> Iterator[Relation]:
    """The balances (class B) in which the table takes part."""
    for relation in relations().values():
        if relation.grade == "B" and table in {relation.table, *_TABLE.findall(relation.formula)}:
            yield relation


def _confirmations(checks: Sequence[Check]) -> Iterator[Confirmation]:
    for relation in dict.fromkeys(check.relation for check in checks):
        verdicts = [check.judgement.verdict for check in checks if check.relation is relation]
        held, failed = sum(v in _HELD for v in verdicts), verdicts.count(Verdict.INCONSISTENT)
        open_ = verdicts.count(Verdict.NOT_ASSESSABLE)
        if held or failed or open_:
            yield Confirmation(relation.id, relation.title, held, failed, open_)


def _failures(checks: Sequence[Check]) -> int:
    return sum(check.judgement.verdict is Verdict.INCONSISTENT for check in checks)


def _suspect(
    accounts: Accounts, table: TableRead, checks: Sequence[Check], chosen: list[Relation]
) -> tuple[str, set[str]]:
    """The alternative that explains the failures of a table best, in words, and the columns it concerns."""
    failed = _failures(checks)
    if failed < _MANY:
        return "", set()
    rows = [f for f in accounts.records if f.table == table.id]
    best, words, columns = failed, "", set[str]()
    for text, concerned, change in _alternatives(rows):
        others = [f for f in accounts.records if f.table != table.id]
        left = _failures(execute(replace(accounts, records=(*others, *change(rows))), chosen))
        if left < best:
            best, words, columns = left, text, concerned
    if best * _EXPLAINED > failed:
        return "", set()
    return f"{words}，不符就由 {failed} 处减为 {best} 处", columns


def _alternatives(rows: Sequence[Fact]) -> Iterator[Alternative]:
    """Two columns exchanged; the values of one column, or of all, a row higher or lower."""
    columns = [
        c
        for c in dict.fromkeys(f.column for f in rows)
        if any(f.quantity.value for f in rows if f.column == c)
    ]
    for a, b in combinations(columns, 2):
        yield f"“{a}”与“{b}”两栏对调", {a, b}, _exchanged(a, b)
    for by, word in ((1, "下"), (-1, "上")):
        for column in columns:
            yield f"“{column}”一栏的数{word}移一行", {column}, _slid({column}, by)
        if len(columns) > 1:
            yield f"各栏的数都{word}移一行", set(columns), _slid(set(columns), by)


def _exchanged(a: str, b: str) -> Callable[[list[Fact]], list[Fact]]:
    other = {a: b, b: a}
    return lambda rows: [replace(fact, column=other.get(fact.column, fact.column)) for fact in rows]


def _slid(columns: set[str], by: int) -> Callable[[list[Fact]], list[Fact]]:
    def change(rows: list[Fact]) -> list[Fact]:
        moved: dict[int, Quantity] = {}
        for column in columns:
            places = [i for i, fact in enumerate(rows) if fact.column == column]
            values = [rows[i].quantity for i in places]
            values = values[-by:] + values[:-by]
            moved |= dict(zip(places, values, strict=True))
        return [replace(fact, quantity=moved.get(i, fact.quantity)) for i, fact in enumerate(rows)]

    return change
