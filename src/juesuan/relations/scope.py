"""The kinds about scope (口径): what only some units have, and what a total must leave out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from juesuan.accounts import Accounts
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.conditions import explained
from juesuan.relations.formula import fact_at, parse, refs
from juesuan.relations.instance import Instance, instances_of, is_known
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import judge_sum, name


def only_units(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Money in the cells of the formula belongs to units of the types in `unit` only."""
    kind = str(accounts.disclosure.unit_type or "")
    for text in relation.formula.split("；"):
        ref = parse(text).left
        if not is_known(accounts, ref):
            continue
        fact = fact_at(accounts, ref)
        shown = fact.quantity.printed
        if not fact.quantity.is_number:
            judgement = not_assessable(f"“{name(fact)}”没有数")
        elif not fact.quantity.value or kind in relation.unit.split():
            judgement = Judgement(Verdict.EXACT)
        elif not kind:
            judgement = not_assessable("没有写明单位类型（disclosure.yml 的 unit_type）")
        else:
            note = f"单位类型为{kind}，却印出 {shown}：{relation.title}"
            judgement = explained(accounts, relation, fact, Judgement(Verdict.INCONSISTENT, note=note))
        yield Check(relation, fact.address, judgement, None, fact)


def left_out(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A total that only adds up with items of `without` counts what does not belong to it."""
    for instance in instances_of(accounts, relation):
        left = instance.left
        outside = [ref.bound("", left.column) for ref in refs(relation.without)]
        others = [Term(1, fact_at(accounts, ref)) for ref in outside if is_known(accounts, ref)]
        money = [t for t in others if t.fact.quantity.value]
        if not others:
            continue
        if not money:
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="没有这些费用")
        else:
            judgement = judge_sum(accounts, left.quantity, name(left), instance.right, set())
        if judgement.verdict is Verdict.INCONSISTENT:
            what = _counted(accounts, instance, money)
            told = f"印出 {left.quantity.printed}，算进了{what}：{relation.title}"
            other = Judgement(Verdict.NOT_APPLICABLE, note="合计不等于三项之和，但也不是多算了这些费用")
            judgement = Judgement(Verdict.INCONSISTENT, note=told) if what else other
        yield Check(relation, left.address, judgement, None, left, instance.right)


def _counted(accounts: Accounts, instance: Instance, money: list[Term]) -> str:
    """The items that make the total add up, as a list of words; '' where none do."""
    left = instance.left
    for extra in (c for n in range(len(money)) for c in combinations(money, n + 1)):
        with_it = [*instance.right, *extra]
        if judge_sum(accounts, left.quantity, name(left), with_it, set()).verdict.holds:
            return "、".join(t.fact.label for t in extra)
    return ""
