"""The kinds about words of direction: increase, decrease, 持平, and outturn beside budget."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from juesuan.accounts import Accounts, Claim
from juesuan.quantity import Judgement, Quantity, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.changes import difference, is_down, known_before
from juesuan.relations.model import Check, Relation
from juesuan.relations.stated import check_of, claimed, claims, of


def directions(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The word of direction agrees with the sign of the change; 持平 if and only if the printed values are equal."""
    for claim in claims(accounts):
        if claim.kind in ("change", "level", "growth"):
            yield check_of(
                accounts, relation, _worded(claim), _direction(accounts, claim), of(accounts, claim.of)
            )


def _worded(claim: Claim) -> Claim:
    return replace(claim, figure=Quantity.blank()) if claim.kind != "level" else claim


def _direction(accounts: Accounts, claim: Claim) -> Judgement:
    if claim.kind == "level" and "…" in claim.word:
        return Judgement(Verdict.INCONSISTENT, note=f"“{claim.word}”自相矛盾")
    if claim.kind == "growth" and claim.base_name and is_down(claim.base_name) != is_down(claim.word):
        return Judgement(
            Verdict.INCONSISTENT, note=f"前面说“{claim.base_name}”，后面说“{claim.word}”，方向相反"
        )
    now, before = of(accounts, claim.of)[0].fact.quantity, known_before(accounts, claim.of)
    if not now.is_number or not before.is_number:
        return not_assessable("上年数没有公布在这里，方向无从核对")
    figures = [now, *(f.quantity for f in claim.said if f.label != "增减额")]
    signs = {_sign(q.exact() * q.scale - before.exact() * before.scale) for q in figures}
    if claim.kind == "level":
        wanted = {0}
    else:
        wanted = {-1} if is_down(claim.word) else {1}
        # 增加0.00万元: the words of a change too small to print.
        wanted |= {0} if claim.figure.value == 0 else set()
    if signs & wanted:
        return Judgement(Verdict.EXACT)
    if "基本" in claim.word:
        return Judgement(Verdict.NOT_APPLICABLE, note="“基本持平”没有说多少，不作判断")
    true = {1: "增加", -1: "减少", 0: "持平"}[next(iter(signs))]
    return Judgement(
        Verdict.INCONSISTENT,
        note=f"本年 {now.printed}，上年 {before.printed}，应为“{true}”，却写“{claim.word}”",
    )


def _sign(value: Fraction) -> int:
    return (value > 0) - (value < 0)


def gaps(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """大于、小于、持平 of outturn and budget agree with the printed values; so does the amount between them."""
    for claim in claimed(accounts, relation, "gap", "over", "no_budget"):
        spent = of(accounts, claim.of)
        planned = of(accounts, claim.base)
        judgement = _gap(
            accounts, claim, spent[0].fact.quantity, planned[0].fact.quantity if planned else Quantity.blank()
        )
        yield check_of(accounts, relation, claim, judgement, (*spent, *planned))


def _gap(accounts: Accounts, claim: Claim, spent: Quantity, planned: Quantity) -> Judgement:
    if claim.kind == "no_budget":
        if not spent.is_number:
            return not_assessable("预算没有数")
        if spent.value:
            return Judgement(Verdict.INCONSISTENT, note=f"称“{claim.word}”，预算却印了 {spent.printed}")
        return Judgement(Verdict.EXACT)
    if not spent.is_number or not planned.is_number:
        return not_assessable("决算数或预算数没有印出")
    more = spent.exact() * spent.scale - planned.exact() * planned.scale
    if claim.kind == "over":
        return difference(claim, spent, planned, accounts.layout.decimals)
    sign, word = _sign(more), claim.word
    over = any(w in word for w in ("大于", "高于", "超过", "多于"))
    under = any(w in word for w in ("小于", "低于", "少于"))
    wanted = 1 if over else -1 if under else 0
    if sign == wanted:
        return Judgement(Verdict.EXACT)
    if wanted == 0 and "基本" in word:
        return Judgement(Verdict.NOT_APPLICABLE, note="“基本持平”没有说多少，不作判断")
    true = {1: "大于", -1: "小于", 0: "等于"}[sign]
    return Judgement(
        Verdict.INCONSISTENT, note=f"决算 {spent.printed} {true}预算 {planned.printed}，却写“{word}”"
    )
