"""The kinds of relation between table cells: one small function a kind."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts
from juesuan.classification import level_of
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import Ref, instances, parse, terms
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, judge_sum, name


def sums(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left = a + b + c?`, once for each row that an open formula matches."""
    formula = parse(relation.formula)
    for row in instances(accounts, formula):
        left = terms(accounts, formula.left.bound(row))[0].fact
        bound = [ref.bound(row) for ref in formula.right]
        right = [term for ref in bound for term in terms(accounts, ref)]
        needed = {
            t.fact.address for ref in bound if not (ref.optional or ref.every) for t in terms(accounts, ref)
        }
        judgement = judge_sum(accounts, left.quantity, name(left), right, needed)
        if judgement.verdict is Verdict.INCONSISTENT and relation.below and (judgement.gap or 0) < 0:
            judgement = Judgement(Verdict.NOT_APPLICABLE, judgement.expected, judgement.gap, relation.below)
        yield Check(relation, left.address, judgement, left.quantity, left, tuple(right))


def at_most(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left ≤ right`: fails only where even the smallest left exceeds the largest right."""
    formula = parse(relation.formula)
    for row in instances(accounts, formula):
        left = terms(accounts, formula.left.bound(row))[0].fact
        right = [term for ref in formula.right for term in terms(accounts, ref.bound(row))]
        blank = [f for f in (left, *(t.fact for t in right)) if not f.quantity.is_number]
        judgement = (
            not_assessable(f"“{name(blank[0])}”没有数") if blank else _at_most(accounts, Term(1, left), right)
        )
        yield Check(relation, left.address, judgement, left.quantity, left, tuple(right))


def _at_most(accounts: Accounts, left: Term, right: list[Term]) -> Judgement:
    scale, norm = left.fact.quantity.scale, accounts.layout.decimals
    ours, theirs = estimates([left], scale, norm), estimates(right, scale, norm)
    small, large = ours[1] or ours[0], theirs[1] or theirs[0]
    gap = ours[0].point - theirs[0].point
    if gap <= 0:
        return Judgement(Verdict.WITHIN if gap else Verdict.EXACT, theirs[0].range, gap)
    fits = small.range.low <= large.range.high
    return Judgement(Verdict.WITHIN if fits else Verdict.INCONSISTENT, large.range, gap)


def children(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Each parent row equals the sum of its printed children, column by column."""
    table = relation.table
    for parent, level in zip(relation.parent.split(), relation.level.split(), strict=True):
        below = list(accounts.rows(table, level))
        for row in _parents(accounts, table, parent):
            codes = [c for c in below if row == "合计" or c.startswith(row)]
            for column in accounts.layout.table(table).columns if codes else []:
                left = terms(accounts, Ref(1, False, table, row, column, False))[0].fact
                right = tuple(terms(accounts, Ref(1, False, table, c, column, True))[0] for c in codes)
                if not left.quantity.is_number and not any(t.fact.quantity.is_number for t in right):
                    continue
                judgement = judge_sum(accounts, left.quantity, name(left), right, set())
                yield Check(relation, left.address, judgement, left.quantity, left, right)


def _parents(accounts: Accounts, table: str, parent: str) -> list[str]:
    if parent == "合计" or level_of(parent):
        return [parent] if parent in accounts.rows(table) else []
    return list(accounts.rows(table, parent))


def presence(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Every table of the profile is there."""
    for table in accounts.layout.tables:
        if table.id not in accounts.tables_read:
            judgement = Judgement(Verdict.INCONSISTENT, note=f"缺少“{table.title}”")
        elif accounts.source.tables == "titles-only":
            judgement = not_assessable("公开文本只有表名，没有印出表格")
        else:
            judgement = Judgement(Verdict.EXACT)
        yield Check(relation, table.id, judgement, quote=table.title)


def empty_notes(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A fund table that is declared empty holds no money; one without any is declared so, or prints 0."""
    for table in accounts.layout.tables:
        if not table.empty_note:
            continue
        declared = table.id in accounts.disclosure.empty_tables
        money = next((f for f in accounts.records if f.table == table.id and f.quantity.value), None)
        if money is not None:
            note = f"声明“{table.title}”没有收支，表里却有 {money.quantity.printed}{money.quantity.unit}"
            told = (Verdict.INCONSISTENT, note) if declared else (Verdict.NOT_APPLICABLE, "不是空表")
            judgement = Judgement(told[0], note=told[1])
        elif declared or not accounts.is_empty(table.id):
            judgement = Judgement(Verdict.EXACT)
        else:
            judgement = not_assessable(f"“{table.title}”没有数，也没有声明为空表")
        yield Check(relation, table.id, judgement, left=money, quote=table.title)
