"""The kinds of relation that a published statement triggers: rates, totals, amounts, wordings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from juesuan.accounts import Accounts
from juesuan.quantity import Judgement, Quantity, Verdict, judge, ratio
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.kinds import sums
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, judge_sum, name
from juesuan.relations.shares import made_up
from juesuan.relations.stated import RATES, check_of, figure, of, statement_relation


def judged(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """All statements that this relation judges."""
    for statement in accounts.disclosure.printed:
        if statement_relation(statement) != relation.id:
            continue
        parts, base = of(accounts, statement.of), of(accounts, statement.base)
        printed = figure(accounts, statement)
        if statement.kind in RATES:
            judgement = _rate(accounts, printed, parts, base, share=statement.kind == "share")
            if statement.kind == "share" and not judgement.verdict.holds and made_up(accounts, statement):
                judgement = replace(judgement, verdict=Verdict.WITHIN, note="按最大余额法凑足 100")
        elif statement.kind == "all_of":
            needed = {t.fact.address for t in parts}
            judgement = judge_sum(accounts, base[0].fact.quantity, name(base[0].fact), parts, needed)
            printed = base[0].fact.quantity
        else:
            needed = {t.fact.address for t in parts}
            judgement = judge_sum(accounts, printed, statement.quote, parts, needed)
        yield check_of(accounts, relation, statement, judgement, printed, (*parts, *base))


def unstated(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The relation's own formula, where no statement says the same sum of the same total."""
    stated = [s for s in accounts.disclosure.printed if statement_relation(s) == relation.id]
    said = {(str(s.about), frozenset(t.fact.address for t in of(accounts, s.of))) for s in stated}
    for check in sums(accounts, relation):
        if (check.place, frozenset(t.fact.address for t in check.terms)) not in said:
            yield check


def zero_bases(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A percentage on a base of 0 does not exist, so printing one is wrong."""
    for statement in accounts.disclosure.printed:
        if statement.kind not in RATES:
            continue
        base = of(accounts, statement.base)
        if base and base_is_zero(accounts, base):
            judgement = Judgement(
                Verdict.INCONSISTENT, note=f"{statement.base_name or '基数'}为 0，百分比没有定义"
            )
        elif not base or not all(t.fact.quantity.is_number for t in base):
            judgement = not_assessable("基数没有数")
        else:
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="基数不为 0")
        terms_ = (*of(accounts, statement.of), *base)
        yield check_of(accounts, relation, statement, judgement, figure(accounts, statement), terms_)


def no_priors(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Who says once that there is no prior year says so in every comparing section, and has none."""
    said = [s for s in accounts.disclosure.printed if s.kind == "no_prior"]
    if not said:
        yield Check(relation, "", Judgement(Verdict.NOT_APPLICABLE, note="没有称无上年数据"))
    elif accounts.previous is not None:
        wrong = Judgement(
            Verdict.INCONSISTENT, note=f"称无上年数据，却有 {accounts.previous.year} 年度决算可比"
        )
        yield check_of(accounts, relation, said[0], wrong, Quantity.blank(), ())
    else:
        for section in accounts.layout.comparing:
            found = next((s for s in said if s.section == section), None)
            if found is not None:
                yield check_of(accounts, relation, found, Judgement(Verdict.EXACT), Quantity.blank(), ())
            else:
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


def _rate(
    accounts: Accounts, printed: Quantity, parts: tuple[Term, ...], base: tuple[Term, ...], *, share: bool
) -> Judgement:
    blank = [t.fact for t in (*parts, *base) if not t.fact.quantity.is_number]
    if base and base_is_zero(accounts, base):
        return not_assessable("基数为 0")
    if blank or not base or not printed.is_number:
        return not_assessable(f"“{name(blank[0])}”没有数" if blank else "没有写明基数或比率")
    norm, scale = accounts.layout.decimals, base[0].fact.quantity.scale
    part, whole = estimates(parts, scale, norm), estimates(base, scale, norm)
    strict = ratio(part[0], whole[0], share=share)
    if strict is None:
        return not_assessable("基数可能为 0")
    coarse = part[1] is not None or whole[1] is not None
    lenient = ratio(part[1] or part[0], whole[1] or whole[0], share=share) if coarse else None
    return judge(printed, strict, norm=accounts.layout.rate_decimals, lenient=lenient)
