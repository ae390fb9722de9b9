"""Which instances of a relation these accounts can have: cells the profile knows, something printed in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from juesuan.accounts import Accounts, Fact
from juesuan.classification import level_of
from juesuan.layouts import Table
from juesuan.quantity import Judgement, State, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import Formula, Ref, fact_at, instances, parse, terms
from juesuan.relations.model import Relation, Term
from juesuan.relations.reckon import judge_sum, name
from juesuan.relations.vocabulary import completed

# What every explanation may state, whatever the profile: initial budgets, performance.
EVERYWHERE = ("S5", "S8")


@dataclass(frozen=True)
class Instance:
    """One formula for one row: the figure on trial, what it is judged against, which cells must be numbers.

    `absent` names the table that has other rows of this level, but not this row.
    """

    left: Fact
    right: tuple[Term, ...]
    needed: frozenset[str]
    operator: str
    absent: str = ""


def instances_of(accounts: Accounts, relation: Relation) -> Iterator[Instance]:
    """Every instance of the formulas of a relation, without rows in which nothing is printed."""
    found = formulas(accounts, relation)
    for formula in found:
        for row, column in instances(accounts, formula):
            instance = _instance(accounts, formula, row, column)
            several = len(found) > 1 or formula.is_open
            if not (several and _says_nothing(accounts, instance)):
                yield instance


def formulas(accounts: Accounts, relation: Relation) -> list[Formula]:
    """The formulas of a relation as far as the profile prints their cells.

    A formula whose left side or whose required term is not in the profile is left out; of the optional
    terms only those that are. `otherwise` takes the place of the formula where that cannot be judged.
    """
    written = _applied(accounts, relation.formula, relation.each)
    if relation.otherwise and not _are_printed(accounts, written):
        instead = _applied(accounts, relation.otherwise, relation.each)
        return instead if not written or _are_printed(accounts, instead) else written
    return written


def _applied(accounts: Accounts, text: str, each: str) -> list[Formula]:
    texts = [part.replace("{}", word) for part in text.split("；") for word in _words(part, each)]
    formulas = (parse(completed(accounts.layout, t.strip())) for t in texts)
    return [found for formula in formulas if (found := _known_part(accounts, formula)) is not None]


def _words(part: str, each: str) -> list[str]:
    return each.split() if "{}" in part else [""]


def _known_part(accounts: Accounts, formula: Formula) -> Formula | None:
    required = [ref for ref in formula.right if not ref.optional]
    if not all(is_known(accounts, ref) for ref in (formula.left, *required)):
        return None
    right = tuple(ref for ref in formula.right if is_known(accounts, ref))
    return replace(formula, right=right) if right else None


def is_known(accounts: Accounts, ref: Ref) -> bool:
    """The profile prints such a cell, or one was read all the same."""
    if ref.prior:
        last = accounts.previous
        # Closing and opening balances meet in neighbouring years only.
        return (
            last is not None and last.year == accounts.year - 1 and is_known(last, replace(ref, prior=False))
        )
    if ref.table in EVERYWHERE:
        return True
    table = next((t for t in accounts.layout.tables if t.id == ref.table), None)
    if not has_column(table, ref.column) and ref.column not in accounts.columns(ref.table):
        return False
    if ref.every or ref.is_open or ref.row in accounts.rows(ref.table):
        return True
    return has_row(table, ref.row, accounts.year)


def has_column(table: Table | None, column: str) -> bool:
    """The profile prints the column; * stands for any."""
    if column == "*":
        return True
    return table is not None and (
        column in table.columns or any(column in side.columns for side in table.sides)
    )


def has_row(table: Table | None, row: str, year: int) -> bool:
    """The profile prints the row in any department; a code is never sure to be printed."""
    if level_of(row) or table is None:
        return False
    sides = {label for side in table.sides for label in (*side.foot, *side.labels(year))}
    feet = {label for foot in table.foot for label in foot}
    return row in {*sides, *feet, *table.across} or bool(table.codes) and row == "合计"


def _are_printed(accounts: Accounts, found: list[Formula]) -> bool:
    """All cells on the right of the formulas hold numbers."""
    return bool(found) and all(fact_at(accounts, ref).quantity.is_number for f in found for ref in f.right)


def _instance(accounts: Accounts, formula: Formula, row: str, column: str) -> Instance:
    left = terms(accounts, formula.left.bound(row, column))[0].fact
    refs = [ref.bound(row, column) for ref in formula.right]
    right = tuple(term for ref in refs for term in terms(accounts, ref))
    required = (
        ref for ref in refs if not ref.every and (not ref.optional or _unread(accounts, ref, formula))
    )
    needed = frozenset(t.fact.address for ref in required for t in terms(accounts, ref))
    absent = ""
    if formula.left.is_open and all(ref.table != formula.left.table for ref in refs):
        level = level_of(row)
        tables = [t for t in dict.fromkeys(r.table for r in refs) if accounts.rows(t, level)]
        if level and tables and not any(row in accounts.rows(t) for t in tables):
            absent = tables[0]
    return Instance(left, right, needed, formula.operator, absent)


def _unread(accounts: Accounts, ref: Ref, formula: Formula) -> bool:
    """The table of an optional term, or its 合计 row, is missing: that is no cell left blank.

    Where the right side is only a lower bound, less of it is no harm.
    """
    held = accounts.previous if ref.prior else accounts
    rows = held.rows(ref.table) if held else {}
    return formula.operator != "≥" and (not rows or ref.row == "合计" and ref.row not in rows)


def _says_nothing(accounts: Accounts, instance: Instance) -> bool:
    """All cells blank or dashes, or a printed 0 beside tables that do not list the row."""
    nothing = (State.BLANK, State.DASH)
    if any(t.fact.quantity.state not in nothing for t in instance.right):
        return False
    left = instance.left.quantity
    listed = any(t.fact.row in accounts.rows(t.fact.table) for t in instance.right)
    return left.state in nothing or (left.is_number and not left.value and not listed)


def judge_instance(accounts: Accounts, instance: Instance) -> Judgement:
    """Judge an instance of a sum; a row that the other table should list and does not is no blank."""
    left = instance.left
    silent = accounts.source.blank_is_undisclosed
    if instance.absent and left.quantity.value and not silent:
        title = accounts.layout.table(instance.absent).title
        note = f"印出 {left.quantity.printed}，而“{title}”没有“{left.code or left.label}”这一行"
        return Judgement(Verdict.INCONSISTENT, None, left.quantity.exact(), note)
    tables = {t.fact.table for t in instance.right}
    is_zero = left.quantity.is_number and not left.quantity.value
    if is_zero and not silent and all(t in accounts.tables_read and accounts.is_empty(t) for t in tables):
        return Judgement(Verdict.NOT_APPLICABLE, note="印作 0，对应的是空表")
    found = judge_sum(accounts, left.quantity, name(left), instance.right, set(instance.needed))
    unread = _unread_column(accounts, instance)
    if found.verdict is Verdict.INCONSISTENT and unread:
        return not_assessable(f"“{unread}”一栏没有读到，差额可能在其中")
    return found


def _unread_column(accounts: Accounts, instance: Instance) -> str:
    """A column of the right side that the profile prints and of which nothing was read, '' for none."""
    for fact in (term.fact for term in instance.right):
        if fact.table in accounts.tables_read and fact.column not in accounts.columns(fact.table):
            return fact.column
    return ""
