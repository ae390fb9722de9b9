"""Values that stand beside the wrong names: columns exchanged, rows slid by one, a whole table in another unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from juesuan.accounts import Accounts, Fact
from juesuan.diagnosis.web import Web
from juesuan.quantity import YUAN, State

SWAPPED, SLID, UNIT = "栏对调", "行错位", "单位或小数点"


@dataclass(frozen=True)
class Moved:
    """Another reading of a table: the kind, in words, the value of each cell then, what it mends and breaks.

    `checks` are the failed checks that it settles, also those about a value that slid out of sight.
    """

    kind: str
    words: str
    table: str
    values: dict[str, int]
    checks: tuple[int, ...]
    net: int


@dataclass(frozen=True)
class _Reading:
    kind: str
    words: str
    values: dict[str, int]
    lost: frozenset[str] = frozenset()


def best_move(accounts: Accounts, web: Web, failed: Iterable[int], above: int) -> Moved | None:
    """The reading of one table that mends most, if it does better than `above`."""
    open_ = set(failed)
    best: Moved | None = None
    for table, facts in _tables(accounts, web, open_).items():
        for reading in _readings(web, table, facts, open_):
            found = _weigh(web, table, reading, open_)
            if found.net > max(above, best.net if best else 0):
                best = found
    return best


def _tables(accounts: Accounts, web: Web, failed: set[int]) -> dict[str, list[Fact]]:
    """The tables whose cells take part in failed checks, each with its cells in printed order."""
    keys = {key for position in failed for key in web.keys(position)}
    found = {f.table for key in keys if (f := web.figures[key].fact) is not None}
    tables: dict[str, list[Fact]] = {table: [] for table in sorted(found) if table.startswith("T")}
    for fact in accounts.records:
        if fact.table in tables and web.enter(fact):
            tables[fact.table].append(fact)
    return tables


def _weigh(web: Web, table: str, reading: _Reading, failed: set[int]) -> Moved:
    changed = {key: value for key, value in reading.values.items() if value != web.value(key)}
    values = {**web.values, **changed}
    touched = {p for key in (*changed, *reading.lost) for p in web.around(key)}
    silent = {p for key in reading.lost for p in web.around(key)}
    net, fixed = 0, []
    for position in sorted(touched):
        if web.equation(position) is None:
            continue
        held = position not in failed
        # Of a value that slid out of sight nobody knows what it was.
        holds = position in silent or web.holds(position, values)
        if holds != held and not (position in silent and held):
            net += web.weight(position) * (1 if holds else -1) if position not in silent else 0
            if holds:
                fixed.append(position)
    return Moved(reading.kind, reading.words, table, changed, tuple(fixed), net)


def _readings(web: Web, table: str, facts: list[Fact], failed: set[int]) -> Iterator[_Reading]:
    keys = {key for position in failed for key in web.keys(position)}
    doubtful = [f for f in facts if f.address in keys]
    columns = list(dict.fromkeys(f.column for f in facts if web.value(f.address)))
    grid = {(f.row, f.column): f for f in facts}
    bad_columns = {f.column for f in doubtful}
    for a, b in combinations(columns, 2):
        if a in bad_columns or b in bad_columns:
            yield _exchanged(web, grid, a, b, None)
            for row in dict.fromkeys(f.row for f in doubtful if f.column in (a, b)):
                yield _exchanged(web, grid, a, b, row)
    for column in columns:
        if column in bad_columns:
            yield from _slides(web, facts, column, {f.row for f in doubtful if f.column == column})
    amounts = [f for f in facts if f.quantity.unit in YUAN]
    for power in (4, -4):
        values = {f.address: web.value(f.address) * 10**4 // 10 ** (4 - power) for f in amounts}
        words = f"整张表的数{'小' if power > 0 else '大'}一万倍，单位疑为元与万元相混"
        yield _Reading(UNIT, words, values)


def _exchanged(web: Web, grid: dict[tuple[str, str], Fact], a: str, b: str, row: str | None) -> _Reading:
    values: dict[str, int] = {}
    for (name, column), fact in grid.items():
        if column == a and row in (None, name) and (other := grid.get((name, b))):
            values[fact.address], values[other.address] = web.value(other.address), web.value(fact.address)
    label = next((f.label for (name, _), f in grid.items() if name == row), "")
    where = f"“{label}”一行的" if row is not None else ""
    return _Reading(SWAPPED, f"{where}“{a}”与“{b}”两栏对调", values)


def _slides(web: Web, facts: list[Fact], column: str, rows: set[str]) -> Iterator[_Reading]:
    """The values of a column a row lower or higher: of all coded rows, with the total, or where checks fail."""
    whole = [f for f in facts if f.column == column and (f.code or f.label == "合计")]
    coded = [f for f in whole if f.code]
    inside = [i for i, f in enumerate(coded) if f.row in rows]
    runs = [whole, coded]
    if inside:
        first, last = inside[0], inside[-1]
        ends = [(i, j) for i in (first - 1, first, first + 1) for j in (last, last + 1)]
        runs += [coded[max(0, i) : j + 1] for i, j in ends] + [coded[max(0, i) :] for i in (first - 1, first)]
    seen: set[tuple[str, ...]] = set()
    for run in runs:
        named = tuple(f.address for f in run)
        if len(run) < 2 or named in seen:
            continue
        seen.add(named)
        values = [web.value(f.address) for f in run]
        for by, word in ((1, "上"), (-1, "下")):
            moved = values[-by:] + values[:-by]
            end = run[0 if by == 1 else -1]
            blank = run[-1 if by == 1 else 0].quantity.state is not State.NUMBER
            lost = frozenset({end.address}) if blank or len(run) > 2 else frozenset()
            part = "" if len(run) >= len(coded) else f"自“{run[0].label}”至“{run[-1].label}”"
            words = f"“{column}”一栏{part}的数相对于各行名称{word}移了一行"
            if len(run) == 2:
                words = f"“{run[0].label}”与“{run[1].label}”两行的“{column}”对调"
            yield _Reading(SLID, words, dict(zip(named, moved, strict=True)), lost)
