"""The kinds that say “these figures make up that one”: sums, children of a code, the same again by column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.accounts import Accounts
from juesuan.classification import level_of
from juesuan.quantity import Judgement, Verdict
from juesuan.relations.conditions import explained, unmet
from juesuan.relations.formula import Ref, terms
from juesuan.relations.instance import Instance, instances_of, judge_instance
from juesuan.relations.model import Check, Relation, relations
from juesuan.relations.reckon import judge_sum, name


def sums(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left = a + b + c?`, once for each row that an open formula matches."""
    found = list(instances_of(accounts, relation))
    stopped = unmet(accounts, relation) if found else None
    if stopped is not None:
        yield Check(relation, "", stopped)
        return
    for instance in found:
        yield _sum(accounts, relation, instance)


def _sum(accounts: Accounts, relation: Relation, instance: Instance) -> Check:
    left, judgement = instance.left, judge_instance(accounts, instance)
    if judgement.verdict is Verdict.INCONSISTENT and relation.below and (judgement.gap or 0) < 0:
        judgement = Judgement(Verdict.NOT_APPLICABLE, judgement.expected, judgement.gap, relation.below)
    judgement = explained(accounts, relation, left, judgement)
    return Check(relation, left.address, judgement, left.quantity, left, instance.right)


def again(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The relations of `of` in the other columns of the same table."""
    for column in relation.column.split():
        for id in relation.of.split():
            formula = relations()[id].formula.replace("].决算数", f"].{column}")
            for instance in instances_of(accounts, relation.model_copy(update={"formula": formula})):
                check = _sum(accounts, relation, instance)
                # Two of them are about the same total, so each keeps the id that it repeats.
                yield replace(check, place=f"{check.place}（{id}）")


def children(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Each parent row equals the sum of its printed children, column by column."""
    for table in relation.table.split():
        for parent, level in zip(relation.parent.split(), relation.level.split(), strict=True):
            yield from _family(accounts, relation, table, parent, level)


def _family(accounts: Accounts, relation: Relation, table: str, parent: str, level: str) -> Iterator[Check]:
    below, columns = list(accounts.rows(table, level)), accounts.columns(table)
    for row in _parents(accounts, table, parent):
        codes = [c for c in below if row == "合计" or c.startswith(row)]
        for column in columns if codes else []:
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
