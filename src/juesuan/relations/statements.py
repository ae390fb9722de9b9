"""The kinds that a figure of the text triggers: amounts, shares, completion rates, totals, zero bases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from juesuan.accounts import Accounts, Claim, Fact
from juesuan.quantity import Judgement, Quantity, Verdict, judge, ratio
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.kinds import sums
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, judge_sum, name
from juesuan.relations.shares import made_up
from juesuan.relations.stated import RATES, check_of, claimed, claims, of

_JUDGED = (*RATES, "amount", "total", "part", "all_of", "carry_over")


def judged(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """All claims of a figure that this relation judges."""
    for claim in claimed(accounts, relation, *_JUDGED):
        parts, base = of(accounts, claim.of), of(accounts, claim.base if claim.kind in _BASED else "")
        if claim.kind in RATES:
            judgement = _rate(accounts, claim, parts, base)
        elif claim.kind == "all_of":
            judgement = _sum(accounts, base[0].fact.quantity, name(base[0].fact), parts)
            claim = replace(claim, figure=base[0].fact.quantity)
        elif claim.kind == "part":
            judgement = _part(accounts, claim, base)
        elif claim.note == "partly":
            judgement = _partly(_sum(accounts, claim.figure, claim.quote, parts))
        elif claim.note and claim.kind == "amount":
            judgement = not_assessable(claim.note)
        else:
            judgement = _sum(accounts, claim.figure, claim.quote, parts)
            if not judgement.verdict.holds and len(claim.said) > 1:
                judgement = _better(judgement, _sum(accounts, claim.figure, claim.quote, _said(claim.said)))
        terms = parts if claim.kind == "all_of" else (*parts, *base)
        yield check_of(accounts, relation, claim, judgement, terms)


_BASED = (*RATES, "all_of", "part")


def _sum(accounts: Accounts, printed: Quantity, words: str, parts: Sequence[Term]) -> Judgement:
    return judge_sum(accounts, printed, words, parts, {t.fact.address for t in parts})


def _partly(judgement: Judgement) -> Judgement:
    """A sum over what the text happens to list says something only where it fits."""
    if judgement.verdict.holds or judgement.verdict is Verdict.NOT_ASSESSABLE:
        return judgement
    note = "文字所列的项目不一定是全部，口径也可以不同"
    return Judgement(Verdict.NOT_APPLICABLE, judgement.expected, judgement.gap, note)


def _said(facts: Sequence[Fact]) -> tuple[Term, ...]:
    return tuple(Term(1, fact) for fact in facts)


def _better(judgement: Judgement, again: Judgement) -> Judgement:
    """A figure that follows from those of its own sentence is not wrong; where those are, they are told."""
    if not again.verdict.holds:
        return judgement
    return replace(again, note="按本句印出的数成立，与表中的数不符的另有发现")


def unstated(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The relation's own formula, where no claim says the same sum of the same total."""
    stated = claimed(accounts, relation)
    said = {(c.about, frozenset(t.fact.address for t in of(accounts, c.of))) for c in stated}
    for check in sums(accounts, relation):
        if (check.place, frozenset(t.fact.address for t in check.terms)) not in said:
            yield check


def zero_bases(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A percentage on a base of 0 does not exist, so printing one is wrong."""
    for claim in claims(accounts):
        if claim.kind not in RATES:
            continue
        base, parts = of(accounts, claim.base), of(accounts, claim.of)
        if base and base_is_zero(accounts, base):
            judgement = Judgement(
                Verdict.INCONSISTENT, note=f"{claim.base_name or '基数'}为 0，百分比没有定义"
            )
        elif not base or not all(t.fact.quantity.is_number for t in base):
            judgement = not_assessable("基数没有数")
        else:
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="基数不为 0")
        yield check_of(accounts, relation, claim, judgement, (*parts, *base))


def no_priors(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Who says once that there is no prior year says so in every comparing section, and has none."""
    said = [c for c in claims(accounts) if c.kind == "no_prior"]
    if not said:
        yield Check(relation, "", Judgement(Verdict.NOT_APPLICABLE, note="没有称无上年数据"))
    elif accounts.previous is not None:
        wrong = Judgement(
            Verdict.INCONSISTENT, note=f"称无上年数据，却有 {accounts.previous.year} 年度决算可比"
        )
        yield check_of(accounts, relation, replace(said[0], figure=Quantity.blank()), wrong)
    else:
        for section in accounts.layout.comparing:
            found = next((c for c in said if c.section == section), None)
            compared = any(c.section == section and c.kind in ("change", "growth") for c in claims(accounts))
            if found is not None:
                yield check_of(accounts, relation, found, Judgement(Verdict.EXACT))
            elif not compared:
                note = "别处称无上年数据对比，这里既不比较也没有说明"
                judgement = Judgement(Verdict.INCONSISTENT, note=note)
                yield Check(relation, "", judgement, section=section, quote="（没有关于上年的话）")


def base_is_zero(accounts: Accounts, base: tuple[Term, ...]) -> bool:
    """The base is printed as 0, or is a blank part of a printed 0 (parts of nothing are nothing)."""
    for term in base:
        fact, quantity = term.fact, term.fact.quantity
        parents = accounts.layout.table(fact.table).parents if fact.table.startswith("T") else {}
        label = fact.label
        while not quantity.is_number and label in parents:
            label = parents[label]
            quantity = accounts.get(fact.table, label, fact.column)
            if quantity.is_number and quantity.value:
                return False
        if quantity.value is None or quantity.value:
            return False
    return True


def _part(accounts: Accounts, claim: Claim, base: tuple[Term, ...]) -> Judgement:
    """A part that no table names: it cannot be more than its whole."""
    if not base or not base[0].fact.quantity.is_number or not claim.figure.is_number:
        return not_assessable(f"“{claim.word}”不在表中，没有可比的合计")
    whole = base[0].fact.quantity
    room = whole.interval().high * whole.scale - claim.figure.interval().low * claim.figure.scale
    if room < 0:
        return Judgement(
            Verdict.INCONSISTENT, note=f"“{claim.word}”{claim.figure.printed} 大于它所属的 {whole.printed}"
        )
    return not_assessable(f"“{claim.word}”不在表中，只能判断它不超过所属的 {whole.printed}")


def _rate(accounts: Accounts, claim: Claim, parts: tuple[Term, ...], base: tuple[Term, ...]) -> Judgement:
    judgement = _quotient(accounts, claim, parts, base)
    if judgement.verdict.holds or judgement.verdict is Verdict.NOT_ASSESSABLE:
        return judgement
    if claim.kind == "share" and made_up(accounts, claim):
        return replace(judgement, verdict=Verdict.WITHIN, note="按最大余额法凑足 100")
    if len(claim.said) == 2:
        return _better(judgement, _quotient(accounts, claim, *(_said([f]) for f in claim.said)))
    return judgement


def _quotient(accounts: Accounts, claim: Claim, parts: tuple[Term, ...], base: tuple[Term, ...]) -> Judgement:
    blank = [t.fact for t in (*parts, *base) if not t.fact.quantity.is_number]
    printed = claim.figure
    if base and base_is_zero(accounts, base):
        return not_assessable("基数为 0")
    if blank or not base or not printed.is_number:
        return not_assessable(f"“{name(blank[0])}”没有数" if blank else "没有写明基数或比率")
    norm, scale = accounts.layout.decimals, base[0].fact.quantity.scale
    part, whole = estimates(parts, scale, norm), estimates(base, scale, norm)
    share = claim.kind == "share"
    strict = ratio(part[0], whole[0], share=share)
    if strict is None:
        return not_assessable("基数可能为 0")
    coarse = part[1] is not None or whole[1] is not None
    lenient = ratio(part[1] or part[0], whole[1] or whole[0], share=share) if coarse else None
    return judge(printed, strict, norm=accounts.layout.rate_decimals, lenient=lenient)
