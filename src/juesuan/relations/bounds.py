"""The kinds that set bounds: at most, at least, a ratio between two percentages, no negative amount."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts
from juesuan.quantity import YUAN, Interval, Judgement, State, Verdict, ratio
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.conditions import explained, unmet
from juesuan.relations.instance import Instance, instances_of
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, name
from juesuan.wording import decimal_text, fixed, percent


def at_most(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left ≤ right` or `left ≥ right`: fails only where no reading of the printed digits admits it."""
    for instance in instances_of(accounts, relation):
        stopped = unmet(accounts, relation)
        judgement = stopped or _unprinted(instance) or _bound(accounts, instance)
        judgement = explained(accounts, relation, instance.left, judgement)
        left = instance.left
        yield Check(relation, left.address, judgement, left.quantity, left, instance.right)


def _unprinted(instance: Instance) -> Judgement | None:
    """A figure that is needed and is no number; optional blanks count as nothing, what is unreadable does not."""
    facts = [t.fact for t in instance.right]
    needed = [instance.left, *(f for f in facts if f.address in instance.needed)]
    blank = [f for f in needed if not f.quantity.is_number]
    blank += [f for f in facts if f.quantity.state is State.UNPARSED]
    blank += [] if any(f.quantity.is_number for f in facts) else facts
    return not_assessable(f"“{name(blank[0])}”没有数") if blank else None


def _bound(accounts: Accounts, instance: Instance) -> Judgement:
    """Judge numbers only; `gap` is what the left side has too much (≤) or too little (≥, negative)."""
    printed, norm = instance.left.quantity, accounts.layout.decimals
    upper = instance.operator == "≤"
    numbers = [t for t in instance.right if t.fact.quantity.is_number]
    ours, theirs = (
        estimates([Term(1, instance.left)], printed.scale, norm),
        estimates(numbers, printed.scale, norm),
    )
    wide, limit = ours[1] or ours[0], theirs[1] or theirs[0]
    gap = ours[0].point - theirs[0].point
    if gap == 0 or (gap < 0) == upper:
        return Judgement(Verdict.WITHIN if gap else Verdict.EXACT, theirs[0].range, gap)
    fits = wide.range.low <= limit.range.high if upper else wide.range.high >= limit.range.low
    if fits:
        return Judgement(Verdict.WITHIN, limit.range, gap)
    missing = [t.fact for t in instance.right if not t.fact.quantity.is_number]
    if missing and accounts.source.blank_is_undisclosed:
        return not_assessable(f"“{name(missing[0])}”等 {len(missing)} 格未披露，差额可能在其中")
    note = ""
    if not upper or len(instance.right) > 1:
        words = ("大于", "多出") if upper else ("小于", "少")
        sides = "、".join(dict.fromkeys(name(t.fact) for t in numbers))
        note = (
            f"印出 {printed.printed}，{words[0]}由“{sides}”算得的 {fixed(theirs[0].point, printed.decimals or 0)}，"
            f"{words[1]} {decimal_text(abs(gap))}"
        )
    return Judgement(Verdict.INCONSISTENT, limit.range, gap, note)


def ratios(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left ÷ right` in per cent lies between `low` and `high`; where it must lie outside, it is told."""
    for instance in instances_of(accounts, relation):
        left, base = instance.left, instance.right[0]
        quotient = None
        judgement = _unprinted(instance)
        if judgement is None:
            part, whole = (
                estimates([t], left.quantity.scale, accounts.layout.decimals) for t in (Term(1, left), base)
            )
            quotient = ratio(part[1] or part[0], whole[1] or whole[0])
            judgement = not_assessable("基数为 0") if quotient is None else None
        if quotient is not None:
            judgement = _between(relation, quotient.range, percent(quotient.point), name(base.fact))
        assert judgement is not None
        judgement = explained(accounts, relation, left, judgement)
        yield Check(relation, left.address, judgement, None, left, instance.right)


def _between(relation: Relation, range: Interval, shown: str, base: str) -> Judgement:
    low, high = relation.low, relation.high
    if low is not None and range.high < low:
        return Judgement(Verdict.INCONSISTENT, note=f"为“{base}”的 {shown}，低于 {low}%，请说明原因")
    if high is not None and range.low > high:
        return Judgement(Verdict.INCONSISTENT, note=f"为“{base}”的 {shown}，高于 {high}%，请说明原因")
    return Judgement(Verdict.WITHIN, range)


def non_negative(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """No amount of the table is negative, unless the reason is given."""
    for fact in accounts.records:
        quantity = fact.quantity
        if fact.table != relation.table or quantity.value is None or quantity.unit not in YUAN:
            continue
        judgement = Judgement(Verdict.EXACT)
        if quantity.value < 0:
            note = f"印出负数 {quantity.printed}，请说明是什么调整"
            judgement = explained(accounts, relation, fact, Judgement(Verdict.INCONSISTENT, note=note))
        yield Check(relation, fact.address, judgement, None, fact)


def implied(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`left ⇒ right`: money on the left needs money on the right; decided on the printed values."""
    for instance in instances_of(accounts, relation):
        left, judgement = instance.left, _unprinted(instance)
        if judgement is None and (left.quantity.value or 0) <= 0:
            judgement = Judgement(Verdict.NOT_APPLICABLE, note=f"“{name(left)}”没有发生")
        if judgement is None:
            numbers = [t for t in instance.right if t.fact.quantity.is_number]
            source = estimates(numbers, left.quantity.scale, accounts.layout.decimals)[0]
            others = "，也没有可用的结余" if len(instance.right) > 1 else ""
            note = f"印出 {left.quantity.printed}，却没有“{name(instance.right[0].fact)}”{others}"
            judgement = (
                Judgement(Verdict.EXACT) if source.point > 0 else Judgement(Verdict.INCONSISTENT, note=note)
            )
            judgement = explained(accounts, relation, left, judgement)
        yield Check(relation, left.address, judgement, None, left, instance.right)
