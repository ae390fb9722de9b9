"""Many books spoiled at random: what real departments do to their tables, and more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random

from juesuan.accounts import Accounts, Cited, Fact
from juesuan.quantity import Quantity

CELLS = ["", "-", "见附注", "0.00", "0", "29.3", "56", "-5.00"]
# What no array of whole steps can hold.
HUGE = ["123456789012345.67", "0.123456789"]


def spoiled(accounts: Accounts, rng: Random) -> Accounts:
    """A copy with up to six things wrong or odd."""
    for change in rng.sample(CHANGES, rng.randint(0, 6)):
        accounts = change(accounts, rng)
    return accounts


def _with(accounts: Accounts, records: list[Fact]) -> Accounts:
    return replace(accounts, records=tuple(records))


def _cells(accounts: Accounts, rng: Random) -> Accounts:
    """Some cells print something else."""
    records = list(accounts.records)
    shown = CELLS + HUGE if rng.random() < 0.1 else CELLS
    for at in rng.sample(range(len(records)), rng.randint(1, 25)):
        old = records[at].quantity
        records[at] = replace(records[at], quantity=Quantity.parse(rng.choice(shown), old.unit, old.cell))
    return _with(accounts, records)


def _off(accounts: Accounts, rng: Random) -> Accounts:
    """Some figures are a little or much off."""
    records = list(accounts.records)
    numbers = [i for i, f in enumerate(records) if f.quantity.is_number]
    for at in rng.sample(numbers, min(len(numbers), rng.randint(1, 12))):
        old = records[at].quantity
        by = Decimal(rng.choice(["0.01", "-0.01", "0.02", "0.05", "1", "1000", "-0.1"]))
        records[at] = replace(
            records[at], quantity=Quantity.parse(f"{(old.value or 0) + by}", old.unit, old.cell)
        )
    return _with(accounts, records)


def _coarse(accounts: Accounts, rng: Random) -> Accounts:
    """Figures of one table print one decimal or none."""
    table, places = rng.choice([f.table for f in accounts.records]), rng.randint(0, 1)
    records = [
        replace(
            f, quantity=Quantity.parse(f"{f.quantity.value:.{places}f}", f.quantity.unit, f.quantity.cell)
        )
        if f.table == table and f.quantity.value is not None and rng.random() < 0.7
        else f
        for f in accounts.records
    ]
    return _with(accounts, records)


def _rows(accounts: Accounts, rng: Random) -> Accounts:
    """Rows are missing."""
    rows = list(dict.fromkeys((f.table, f.row) for f in accounts.records))
    gone = set(rng.sample(rows, min(len(rows), rng.randint(1, 10))))
    return _with(accounts, [f for f in accounts.records if (f.table, f.row) not in gone])


def _columns(accounts: Accounts, rng: Random) -> Accounts:
    """A column or a whole table is missing."""
    table, column = rng.choice([(f.table, f.column) for f in accounts.records])
    whole = rng.random() < 0.4
    kept = [f for f in accounts.records if f.table != table or not (whole or f.column == column)]
    read = accounts.tables_read
    if whole and rng.random() < 0.5:
        read = tuple(t for t in read if t != table)
    return replace(accounts, records=tuple(kept), tables_read=read)


def _extra(accounts: Accounts, rng: Random) -> Accounts:
    """A column more, a row twice, rows in another order."""
    records = list(accounts.records)
    what = rng.choice([0, 0, 0, 1, 2, 3, 3])
    if what == 0:
        more = [
            replace(f, column=rng.choice(["年初预算数", "全年预算数"])) for f in records if f.table == "T1"
        ]
        records += more
    elif what == 1:
        table, row = rng.choice([(f.table, f.row) for f in records])
        records += [f for f in records if (f.table, f.row) == (table, row)]
    elif what == 2:
        rng.shuffle(records)
    else:
        money = Quantity.of("5.00", accounts.layout.unit)
        places = [
            ("T5", "合计", "年初预算数"),
            ("T4", "结余分配", "决算数"),
            ("T2", "合计", "教育收费"),
            ("T7", "会议费", "决算数"),
        ]
        records += [Fact(t, "", row, c, money) for t, row, c in rng.sample(places, 2)]
    return _with(accounts, records)


def _units(accounts: Accounts, rng: Random) -> Accounts:
    """One table is in another unit."""
    table = rng.choice(["T1", "T3", "T6", "T7", "T8"])
    unit = rng.choice(["元", "万元", "亿元"])
    return _with(
        accounts,
        [
            replace(f, quantity=replace(f.quantity, unit=unit)) if f.table == table else f
            for f in accounts.records
        ],
    )


def _said(accounts: Accounts, rng: Random) -> Accounts:
    """Other words: what is empty, what kind of unit, why; or what a blank means."""
    told = {
        "empty_tables": [Cited(t) for t in rng.sample(["T7", "T8", "T9"], 2)],
        "unit_type": rng.choice([None, Cited("行政"), Cited("参公"), Cited("事业")]),
        "reasons": {f.address: Cited("已作说明") for f in rng.sample(accounts.records, 60)},
    }
    source = accounts.source.model_copy(update={"blank": Cited("undisclosed")})
    disclosure = accounts.disclosure.model_copy(update=told)
    return replace(accounts, disclosure=disclosure, source=source if rng.random() < 0.4 else accounts.source)


def _names(accounts: Accounts, rng: Random) -> Accounts:
    """A code under another name, or a code that stands in the place of a label."""
    records, code = list(accounts.records), rng.choice([f.code for f in accounts.records if f.code])
    label = rng.choice(["另一个名称", "合计", code, "本年支出合计"])
    if rng.random() < 0.3:
        return _with(accounts, [replace(f, code="", label=code) if f.code == code else f for f in records])
    return _with(accounts, [replace(f, label=label) if f.code == code else f for f in records])


CHANGES: list[Callable[[Accounts, Random], Accounts]] = [
    _cells, _cells, _off, _off, _coarse, _rows, _columns, _extra, _units, _said, _said, _names,
]  # fmt: skip
