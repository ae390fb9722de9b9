"""What is judged one department at a time: what the arrays cannot hold, and kinds that ask the inputs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from juesuan.accounts import Accounts
from juesuan.relations import KINDS
from juesuan.relations.formula import parse, refs
from juesuan.relations.many.columns import Bools
from juesuan.relations.many.found import Found, of_checks
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Relation
from juesuan.relations.vocabulary import REST


def alone(accounts: Accounts, relation: Relation, dept: int) -> Iterator[Found]:
    """One relation of one department by the executor of one department."""
    for kind in KINDS[relation.kind]:
        yield from of_checks(dept, kind(accounts, relation))


def asks_inputs(sheets: Sheets, relation: Relation) -> Bools | None:
    """The departments for which a relation is judged alone; None where the arrays know its kind."""
    texts = [text for text in (relation.formula, relation.otherwise) if text]
    if any("′" in text for text in texts):
        before = sheets.flags([a.previous is not None for a in sheets.accounts])
        return before if _needs_last_year(relation) else np.ones(sheets.size, np.bool_)
    if any(_is_label(sheets, text, relation.each) for text in texts):
        return np.ones(sheets.size, np.bool_)
    disclosed = [a.disclosure for a in sheets.accounts]
    match relation.kind:
        case "codes_kept":
            return sheets.flags([a.previous is not None for a in sheets.accounts])
        case "in_time":
            return sheets.flags([d.dates is not None for d in disclosed])
        case "published":
            return sheets.flags([bool(d.published_budget) for d in disclosed])
        case "rate":
            return sheets.mask("column", relation.table, relation.column)
        case "adjusted":
            whole = relation.column.split()[0]
            return np.any([sheets.mask("column", t, whole) for t in relation.table.split()], axis=0)  # type: ignore[no-any-return]
        case "left_out":
            return np.any([sheets.known(ref) for ref in refs(relation.without)], axis=0)  # type: ignore[no-any-return]
    return None


def _needs_last_year(relation: Relation) -> bool:
    """Every part of the formula has a term of last year that it cannot do without."""
    parts = relation.formula.replace("{}", "甲").split("；")
    needed = (any(ref.prior and not ref.optional for ref in parse(p.strip()).right) for p in parts)
    return not relation.otherwise and all(needed)


def _is_label(sheets: Sheets, text: str, each: str) -> bool:
    """A row is named by the label of a coded row: only the executor of one department finds it."""
    data = sheets.data
    formulas = (text.replace("{}", word) for word in each.split() or [""])
    named = [
        (ref.table, ref.row)
        for formula in formulas
        for part in formula.split("；")
        for side in re.split("[=≤≥⇒⇔÷]", part.replace(REST, "").rstrip().removesuffix("+"))
        for ref in refs(side.strip())
        if not ref.row.isdigit() and ref.row in data.labels.number
    ]
    if not named:
        return False
    coded = {(data.tables.number.get(table, -2), data.labels.number[row]) for table, row in named}
    return any(bool(np.any(data.coded & (data.table == t) & (data.label == label))) for t, label in coded)
