"""The tables, rows and columns that a relation may name, over all profiles; and what `…` stands for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from juesuan.accounts import Accounts
from juesuan.classification import classes, level_of
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, layout, names
from juesuan.relations.formula import Formula, Ref, refs
from juesuan.relations.model import relations

REST = "…"
_OPEN = ("*", "类", "款", "项", "编码", "合计")
_YEARS = range(2018, 2036)
# Rows of these are named by the department: projects, sources of money.
_FREE_ROWS = ("S5", "S8")


@cache
def columns_of() -> dict[str, set[str]]:
    """Every column that some profile or some relation names, by table."""
    found: dict[str, set[str]] = {"S5": {"全年预算数", "调增数", "调减数"}, "S8": set()}
    for profile in map(layout, names()):
        for table in profile.tables:
            found.setdefault(table.id, set()).update(table.all_columns)
    for ref in _known_refs():
        found.setdefault(ref.table, set()).add(ref.column)
    found["S8"] |= {"自评得分", "全年预算数", "执行数", "执行率", "涉及预算金额"}
    return {table: columns - {"*"} for table, columns in found.items() if columns - {"*"}}


@cache
def rows_of() -> dict[str, set[str]]:
    """Every labelled row that some profile or some relation names, by table."""
    found: dict[str, set[str]] = {}
    for profile in map(layout, names()):
        for table in profile.tables:
            mine = found.setdefault(table.id, set())
            mine.update(table.across, (label for foot in table.foot for label in foot))
            for side in table.sides:
                mine.update(side.foot, () if side.rows == "functional" else side.rows)
    for ref in _known_refs():
        found.setdefault(ref.table, set()).add(ref.row)
    return {table: {row for row in rows if row and not row.isdigit()} for table, rows in found.items()}


def _known_refs() -> Iterable[Ref]:
    for relation in relations().values():
        for text in (relation.formula, relation.otherwise):
            for word in relation.each.split() or [""]:
                for part in re.split("[；=≤≥⇒⇔÷]", text.replace("{}", word)):
                    yield from refs(part.strip())


def total_column(table: str) -> str:
    """What `合计` means as a column: that of the table, or its one column of such a name (本年支出合计)."""
    columns = columns_of().get(table, set())
    like = [column for column in columns if column.endswith("合计")]
    return like[0] if "合计" not in columns and len(like) == 1 else "合计"


def check_table(id: str, where: str) -> None:
    """Raise a JuesuanError for a table that no profile has."""
    if id not in columns_of():
        tables = sorted(columns_of(), key=lambda t: (t[0] != "T", len(t), t))
        raise JuesuanError(where, f"没有“{id}”这张表", f"可用：{'、'.join(tables)}")


def check_names(formula: Formula, where: str, accounts: Accounts | None = None) -> None:
    """Raise a JuesuanError for a table, column or row that no profile has, nor `accounts` where they are given."""
    for ref in (formula.left, *formula.right):
        check_table(ref.table, where)
        columns = columns_of()[ref.table] | set(accounts.columns(ref.table) if accounts else ())
        if ref.column not in columns | {"*"}:
            found = f"{ref.table} 没有“{ref.column}”这一栏"
            raise JuesuanError(where, found, f"可用：{'、'.join(_nearest(ref.column, columns))}")
        free = ref.table in _FREE_ROWS or ref.row in _OPEN or bool(level_of(ref.row))
        rows = rows_of().get(ref.table, set()) | set(accounts.rows(ref.table) if accounts else ())
        if not free and ref.row not in rows and ref.row not in _class_names():
            found = f"{ref.table} 没有“{ref.row}”这一行"
            raise JuesuanError(
                where, found, f"可用：{'、'.join(_nearest(ref.row, rows))}，或 3、5、7 位科目编码"
            )


@cache
def _class_names() -> set[str]:
    return {code.name for year in _YEARS for code in classes("functional", year)}


def _nearest(name: str, known: set[str]) -> list[str]:
    """The likeliest names first, at most a dozen."""
    like = get_close_matches(name, sorted(known), n=3)
    return list(dict.fromkeys([*like, *sorted(known)]))[:12]


def completed(profile: Layout, text: str) -> str:
    """A sum that ends in `+ …` with the columns of the profile's table that it does not name, each optional."""
    if REST not in text:
        return text
    head = text.replace(REST, "").rstrip().removesuffix("+").rstrip()
    left, _, right = head.partition("=")
    (first,) = refs(left.strip())
    table = next((t for t in profile.tables if t.id == first.table), None)
    named = {ref.column for ref in (first, *refs(right.strip()))}
    rest = [c for c in table.all_columns if c not in named] if table else []
    return " + ".join([head, *(f"{first.table}[{first.row}].{column}?" for column in rest)])
