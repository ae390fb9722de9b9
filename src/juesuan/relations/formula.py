"""The formula language of relations: `T3[*].合计 = T3[*].基本支出 + T3[*].项目支出?`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from juesuan.accounts import Accounts, Fact
from juesuan.classification import level_of
from juesuan.quantity import Quantity
from juesuan.relations.model import Term

_TERM = re.compile(r"([+-]?)\s*(Σ\s*)?([TS]\d+)(′?)\[((?:(?!\]\.).)+)\]\.([^\s+=≤≥⇒⇔÷?-]+)(\?)?")
_OPERATOR = re.compile(r"[=≤≥⇒⇔÷]")
_LEVELS = {"类", "款", "项"}
_CODED = "编码"


@dataclass(frozen=True)
class Ref:
    """One term as written.

    `weight`, `every` (Σ over a level), table, row, column, `optional` (?), `prior` (′: last year's accounts).
    """

    weight: int
    every: bool
    table: str
    row: str
    column: str
    optional: bool
    prior: bool = False

    @property
    def is_open(self) -> bool:
        """The row stands for several rows, one instance each."""
        return not self.every and self.row in {"*", _CODED, *_LEVELS}

    def bound(self, row: str, column: str = "*") -> Ref:
        """The same term for one row and, where it leaves the column open, one column."""
        if not self.is_open:
            row = self.row
        if self.column != "*":
            column = self.column
        if (row, column) == (self.row, self.column):
            return self
        return replace(self, row=row, column=column)


@dataclass(frozen=True)
class Formula:
    """Left term, operator (= ≤ ≥ ⇒ ⇔ ÷), right terms; ⇔ may stand between all of them."""

    left: Ref
    operator: str
    right: tuple[Ref, ...]

    @property
    def is_open(self) -> bool:
        """It stands for several instances, one for each row or column."""
        return self.left.is_open or self.left.column == "*"


@lru_cache(maxsize=4096)
def refs(text: str) -> tuple[Ref, ...]:
    """The terms of an expression; anything that is no term is a ValueError."""
    if _TERM.sub("", text).strip():
        raise ValueError(f"not a formula: {text}")
    return tuple(
        Ref(-1 if sign == "-" else 1, bool(every), table, row, column, bool(optional), bool(prior))
        for sign, every, table, prior, row, column, optional in _TERM.findall(text)
    )


@lru_cache(maxsize=4096)
def parse(text: str) -> Formula:
    """One formula; what has no operator has no right side."""
    found = _OPERATOR.search(text)
    operator = found.group() if found else "="
    left, _, right = text.partition(operator)
    (first,) = refs(left.strip())
    parts = right.split("⇔") if operator == "⇔" else [right]
    return Formula(first, operator, tuple(ref for part in parts for ref in refs(part.strip())))


def instances(accounts: Accounts, formula: Formula) -> list[tuple[str, str]]:
    """The rows and columns that a formula is judged for; its own where it names its cells."""
    left, rows = formula.left, [formula.left.row]
    if left.is_open:
        level = left.row if left.row in _LEVELS else ""
        rows = [r for r in accounts.rows(left.table, level) if left.row != _CODED or level_of(r)]
    if left.column != "*":
        return [(row, left.column) for row in rows]
    columns = accounts.columns(left.table)
    return [(r, c) for r in rows for c in columns if accounts.fact(left.table, r, c) is not None]


def terms(accounts: Accounts, ref: Ref) -> list[Term]:
    """The facts behind a term; a cell that was not read is a blank fact."""
    if not ref.every:
        return [Term(ref.weight, fact_at(accounts, ref))]
    rows = accounts.rows(ref.table, ref.row)
    return [Term(ref.weight, fact_at(accounts, replace(ref, row=row))) for row in rows]


def fact_at(accounts: Accounts, ref: Ref) -> Fact:
    """The fact at a term that names one cell; a blank one where nothing was read."""
    if ref.prior:
        before = accounts.previous
        quantity = before.get(ref.table, ref.row, ref.column) if before else Quantity.blank()
        # Its own table name keeps last year's cell apart from this year's at the same address.
        return Fact(f"{ref.table}′", "", f"上年{ref.row}", ref.column, quantity)
    found = accounts.fact(ref.table, ref.row, ref.column)
    return found or Fact(ref.table, "", ref.row, ref.column, Quantity.blank(accounts.layout.unit))
