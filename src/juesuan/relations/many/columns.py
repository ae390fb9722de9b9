"""The facts of many departments as arrays: whole numbers of half hundredths, nothing rounded.

An amount becomes `value · yuan per unit · 200`. In this measure the last digit of 元 with two decimals is 2, half
of it 1, so that every interval has whole ends. What does not fit (more decimals, more than 15 digits) and what
prints one cell twice is left to the executor that judges one department at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from juesuan.accounts import Accounts
from juesuan.classification import level_of
from juesuan.quantity import COUNTED, YUAN, State

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# How many steps make one yuan (or one of anything else).
STEPS = 200
# Sums of a hundred such amounts, times a hundred, still fit 64 bits.
LIMIT = 10**14
NUMBER, BLANK, DASH, UNPARSED = range(4)
_STATES: dict[str, int] = {
    State.NUMBER: NUMBER,
    State.BLANK: BLANK,
    State.DASH: DASH,
    State.UNPARSED: UNPARSED,
}


@dataclass(frozen=True)
class Words:
    """Strings by number, and numbers by string."""

    names: list[str]
    number: dict[str, int]

    @classmethod
    def of(cls, texts: Sequence[str]) -> tuple[Ints, Words]:
        """The texts as numbers, in order of appearance."""
        codes, uniques = pd.factorize(np.asarray(texts, dtype=object))
        names = [str(text) for text in uniques]
        return codes.astype(np.int64), cls(names, {name: i for i, name in enumerate(names)})


@dataclass(frozen=True)
class Columns:
    """One entry a fact, departments one after another, each in reading order; `size` departments.

    `strict` and `lenient` are half the last digit, read with the norm of decimals or as printed. The last
    entry is no fact: it stands for a cell that was not read.
    """

    size: int
    dept: Ints
    table: Ints
    row: Ints
    label: Ints
    column: Ints
    coded: Bools
    x: Ints
    strict: Ints
    lenient: Ints
    scale: Ints
    state: Ints
    unit: Ints
    tables: Words
    rows: Words
    labels: Words
    columns: Words
    units: Words


Raw = dict[str, list[Any]]


def raw_of(accounts: Sequence[Accounts]) -> Raw:
    """The figures of the records, field by field."""
    facts = [fact for each in accounts for fact in each.records]
    quantities = [fact.quantity for fact in facts]
    return {
        "dept": [i for i, each in enumerate(accounts) for _ in each.records],
        "table": [f.table for f in facts],
        "code": [f.code for f in facts],
        "label": [f.label for f in facts],
        "column": [f.column for f in facts],
        "value": [q.value for q in quantities],
        "decimals": [q.decimals for q in quantities],
        "unit": [q.unit for q in quantities],
        "state": [q.state for q in quantities],
    }


def columns_of(raw: Raw, size: int, norm: int) -> tuple[Columns, Bools]:
    """The arrays of `size` departments, and which of them do not fit."""
    dept = np.asarray(raw["dept"], dtype=np.int64)
    unit, units = Words.of([str(u) for u in raw["unit"]])
    scales = [YUAN.get(name, 1) for name in units.names] or [1]
    scale = np.asarray(scales, dtype=np.int64)[unit]
    steps, decimals, fits = _steps(raw, scales, unit)
    powers = np.asarray([STEPS // 2 * 10**8 // 10**d for d in range(11)], dtype=np.int64)

    def half(places: Ints) -> Ints:
        # Half of 10^-d of a unit in steps; what would be no whole number of steps does not fit.
        return powers[np.clip(places, 0, 10)] * scale // 10**8

    exact = np.asarray([name in COUNTED for name in units.names] or [False])[unit]
    used = np.maximum(decimals, norm)
    fits &= decimals < len(powers)
    fits &= exact | (half(used) * 10**8 == powers[np.clip(used, 0, 10)] * scale)
    state = np.asarray([_STATES[s] for s in raw["state"]], dtype=np.int64)
    point = exact | (state != NUMBER)
    strict, lenient = (np.where(point, 0, half(places)) for places in (used, decimals))
    texts = [(str(c), str(la)) for c, la in zip(raw["code"], raw["label"], strict=True)]
    row, rows = Words.of([code or label for code, label in texts])
    label, labels = Words.of([la for _, la in texts])
    coded = np.asarray([bool(code) for code, _ in texts], dtype=np.bool_)
    table, tables = Words.of([str(t) for t in raw["table"]])
    column, columns = Words.of([str(c) for c in raw["column"]])

    def closed(values: Ints, last: int) -> Ints:
        return np.append(values, np.int64(last))

    made = Columns(
        size, closed(dept, -1), closed(table, -1), closed(row, -1), closed(label, -1), closed(column, -1),
        np.append(coded, False), closed(steps, 0), closed(strict, 0), closed(lenient, 0), closed(scale, 1),
        closed(state, BLANK), closed(unit, -1), tables, rows, labels, columns, units,
    )  # fmt: skip
    return made, _odd(made, fits)


def _steps(raw: Raw, scales: Sequence[int], unit: Ints) -> tuple[Ints, Ints, Bools]:
    """Values in steps, printed decimals, and whether a value is a whole number of steps below the limit."""
    factors = [Decimal(scale * STEPS) for scale in scales]
    values: list[int] = []
    odd: list[int] = []
    for at, (value, number) in enumerate(zip(raw["value"], unit.tolist(), strict=True)):
        whole = 0
        if isinstance(value, Decimal) and value.is_finite():
            times = value * factors[number]
            whole = int(times)
            if whole != times or not -LIMIT < whole < LIMIT:
                odd.append(at)
                whole = 0
        elif raw["state"][at] == State.NUMBER:
            odd.append(at)
        values.append(whole)
    decimals = [0 if d is None or d is pd.NA else int(d) for d in raw["decimals"]]
    fits = np.ones(len(values), np.bool_)
    fits[odd] = False
    return np.asarray(values, np.int64), np.asarray(decimals, np.int64), fits


def _odd(made: Columns, fits: Bools) -> Bools:
    """Departments that only the executor of one department reads rightly."""
    dept, table, row, column = made.dept[:-1], made.table[:-1], made.row[:-1], made.column[:-1]
    odd = np.zeros(made.size, np.bool_)
    odd[dept[~fits]] = True
    place = ((dept * (len(made.tables.names) + 1) + table) * (len(made.rows.names) + 1) + row) * (
        len(made.columns.names) + 1
    ) + column
    odd[dept[pd.Series(place).duplicated(keep=False).to_numpy()]] = True
    # A name that is the label of a coded row and a row of its own, or a code that is only a label.
    coded, label, loose = made.coded[:-1], made.label[:-1], ~made.coded[:-1]
    names = set(zip(table[loose].tolist(), (made.rows.names[i] for i in row[loose]), strict=True))
    wide = len(made.labels.names) + 1
    for pair in pd.unique(table[coded] * wide + label[coded]).tolist():
        at, name = divmod(pair, wide)
        if (at, made.labels.names[name]) in names:
            odd[dept[coded & (table == at) & (label == name)]] = True
    digits = np.asarray([bool(level_of(name)) for name in made.rows.names] or [False], np.bool_)
    odd[dept[loose & digits[row]]] = True
    return odd
