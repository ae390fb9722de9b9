"""The formula language of relations: `T3[*].合计 = T3[*].基本支出 + T3[*].项目支出?`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Quantity
from juesuan.relations.model import Term

_TERM = re.compile(r"([+-]?)\s*(Σ\s*)?([TS]\d+)\[((?:(?!\]\.).)+)\]\.([^\s+=≤?-]+)(\?)?")
_LEVELS = {"类", "款", "项"}


@dataclass(frozen=True)
class Ref:
    """One term as written: `weight`, `every` (Σ over a level), table, row, column, `optional` (?)."""

    weight: int
    every: bool
    table: str
    row: str
    column: str
    optional: bool

    @property
    def is_open(self) -> bool:
        """The row stands for several rows, one instance each."""
        return not self.every and (self.row == "*" or self.row in _LEVELS)

    def bound(self, row: str) -> Ref:
        """The same term for one row."""
        return replace(self, row=row) if self.is_open else self


@dataclass(frozen=True)
class Formula:
    """Left term, operator (= or ≤), right terms."""

    left: Ref
    operator: str
    right: tuple[Ref, ...]


@cache
def refs(text: str) -> tuple[Ref, ...]:
    """The terms of an expression; anything that is no term is a ValueError."""
    if _TERM.sub("", text).strip():
        raise ValueError(f"not a formula: {text}")
    return tuple(
        Ref(-1 if sign == "-" else 1, bool(every), table, row, column, bool(optional))
        for sign, every, table, row, column, optional in _TERM.findall(text)
    )


@cache
def parse(text: str) -> Formula:
    """A whole relation."""
    operator = "≤" if "≤" in text else "="
    left, _, right = text.partition(operator)
    (first,) = refs(left.strip())
    return Formula(first, operator, refs(right.strip()))


def instances(accounts: Accounts, formula: Formula) -> list[str]:
    """The rows that an open formula is judged for ('' where it names its cells)."""
    left = formula.left
    if not left.is_open:
        return [""]
    return list(accounts.rows(left.table, "" if left.row == "*" else left.row))


def terms(accounts: Accounts, ref: Ref) -> list[Term]:
    """The facts behind a term; a cell that was not read is a blank fact."""
    rows = accounts.rows(ref.table, ref.row) if ref.every else [ref.row]
    return [Term(ref.weight, fact_at(accounts, replace(ref, row=row))) for row in rows]


def fact_at(accounts: Accounts, ref: Ref) -> Fact:
    """The fact at a term that names one cell; a blank one where nothing was read."""
    found = accounts.fact(ref.table, ref.row, ref.column)
    return found or Fact(ref.table, "", ref.row, ref.column, Quantity.blank(accounts.layout.unit))
