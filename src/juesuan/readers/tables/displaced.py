"""Did values slide against their names? Other readings of a table are tried, and told, never taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, groupby

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check, Relation, execute

# Fewer failures than this are errors of single figures, more may be values beside the wrong names.
MANY = 3
# Another reading explains the failures if it leaves no more than a fifth of them.
_EXPLAINED = 5

Change = Callable[[Sequence[Fact]], list[Fact]]


@dataclass(frozen=True)
class Doubt:
    """The table and columns whose values may have slid, and what would make the relations hold."""

    table: str
    columns: frozenset[str]
    words: str


@dataclass(frozen=True)
class _Reading:
    """Another reading of a table: in words, the columns that it moves, and the move."""

    words: str
    columns: frozenset[str]
    change: Change


def find_displaced(accounts: Accounts, relations: Mapping[str, list[Relation]]) -> list[Doubt]:
    """One doubt for each table whose failures another reading explains, the most telling first.

    `relations` are those that speak for each table. A table that fails only because of another one is
    spared: once the better explanation is found, the rest is judged as if it were mended.
    """
    doubts: list[Doubt] = []
    open_ = dict(relations)
    while True:
        found: list[tuple[int, int, Doubt, tuple[Fact, ...]]] = []
        everything = {relation.id: relation for chosen in relations.values() for relation in chosen}
        for table, chosen in open_.items():
            failed = _failures(accounts, chosen)
            if failed >= MANY and (best := _best(accounts, table, chosen, failed)):
                mended = replace(accounts, records=best[1])
                found.append((_failures(mended, everything.values()), -failed, *best))
        if not found:
            return doubts
        _, _, doubt, records = min(found, key=lambda each: each[:2])
        doubts.append(doubt)
        accounts = replace(accounts, records=records)
        del open_[doubt.table]


def _failures(accounts: Accounts, relations: Iterable[Relation]) -> int:
    return failures(execute(accounts, relations))


def failures(checks: Iterable[Check]) -> int:
    """How many of the checks failed."""
    return sum(check.judgement.verdict is Verdict.INCONSISTENT for check in checks)


def _best(
    accounts: Accounts, table: str, relations: list[Relation], failed: int
) -> tuple[Doubt, tuple[Fact, ...]] | None:
    rows = [fact for fact in accounts.records if fact.table == table]
    others = [fact for fact in accounts.records if fact.table != table]
    best, chosen = failed, None
    for reading in _readings(rows):
        records = (*others, *reading.change(rows))
        left = _failures(replace(accounts, records=records), relations)
        if left < best:
            best, chosen = left, (reading, records)
    if chosen is None or best * _EXPLAINED > failed:
        return None
    words = f"{chosen[0].words}，不符就由 {failed} 处减为 {best} 处"
    return Doubt(table, chosen[0].columns, words), chosen[1]


def _readings(rows: Sequence[Fact]) -> Iterator[_Reading]:
    """Two columns exchanged; the values of one column, or of all, a row lower or higher."""
    filled = {fact.column for fact in rows if fact.quantity.value}
    columns = [column for column in dict.fromkeys(fact.column for fact in rows) if column in filled]
    for a, b in combinations(columns, 2):
        yield _Reading(f"“{a}”与“{b}”两栏对调", frozenset((a, b)), _exchanged(a, b))
    for by, word in ((1, "下"), (-1, "上")):
        moves = [(f"“{column}”一栏的数{word}移一行", frozenset((column,))) for column in columns]
        moves += [(f"各栏的数都{word}移一行", frozenset(columns))] if len(columns) > 1 else []
        for words, moved in moves:
            # The total may have slid with the rows, or stand where it should.
            for total in (True, False):
                yield _Reading(words, moved, _slid(moved, by, total))


def _exchanged(a: str, b: str) -> Change:
    other = {a: b, b: a}
    return lambda rows: [replace(fact, column=other.get(fact.column, fact.column)) for fact in rows]


def _slid(columns: frozenset[str], by: int, total: bool) -> Change:
    def change(rows: Sequence[Fact]) -> list[Fact]:
        moved: dict[int, Quantity] = {}
        for column in columns:
            places = [i for i, fact in enumerate(rows) if fact.column == column]
            # Values slide along the rows with codes; the sums below and the other side stay.
            for coded, run in groupby(
                places, key=lambda i: bool(rows[i].code) or (total and rows[i].label == "合计")
            ):
                run_ = list(run)
                if coded:
                    values = [rows[i].quantity for i in run_]
                    moved |= dict(zip(run_, values[-by:] + values[:-by], strict=True))
        return [replace(fact, quantity=moved.get(i, fact.quantity)) for i, fact in enumerate(rows)]

    return change
