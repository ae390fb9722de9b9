"""The kinds that need what disclosure.yml adds: dates, the published budget, adjustments, project rates."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts, Fact
from juesuan.accounts.disclosure import day, split_address
from juesuan.quantity import Judgement, Quantity, Verdict, judge, ratio
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.conditions import explained
from juesuan.relations.formula import Ref, terms
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, judge_sum, name


def in_time(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """From approval to publication it took at most `high` days; source.yml's date stands in for the second."""
    dates = accounts.disclosure.dates
    if dates is None:
        return
    approved, published = dates.approved, dates.published or accounts.source.date
    first, last = (day(text) if text else None for text in (approved, published))
    if first is None or last is None:
        judgement = not_assessable(f"没有写明{'批复' if first is None else '公开'}日期")
    else:
        days, limit = (last - first).days, relation.high or 0
        judgement = Judgement(Verdict.EXACT)
        if days < 0:
            note = f"公开日期 {last} 早于批复日期 {first}"
            judgement = Judgement(Verdict.INCONSISTENT, note=note)
        elif days > limit:
            note = f"{first} 批复，{last} 公开，相隔 {days} 天，超过 {limit} 天，请说明"
            judgement = Judgement(Verdict.INCONSISTENT, note=note)
    yield Check(relation, "批复与公开日期", judgement, quote=f"{approved or ''}—{published or ''}")


def as_published(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A budget figure is the one of the published budget, as far as the digits of both tell."""
    for address, text in accounts.disclosure.published_budget.items():
        table, row, column = split_address(address)
        fact = accounts.fact(table, row, column)
        if fact is None:
            blank = Fact(table, "", row, column, Quantity.blank(accounts.text_unit))
            judgement = not_assessable(f"决算里没有“{name(blank)}”")
            yield Check(relation, address, judgement, None, blank)
            continue
        quantity = Quantity.parse(text, fact.quantity.unit or accounts.text_unit, text.cell)
        budget = Term(1, Fact("预算公开", "", f"预算公开的{fact.label}", column, quantity))
        judgement = judge_sum(accounts, fact.quantity, name(fact), [budget], {budget.fact.address})
        judgement = explained(accounts, relation, fact, judgement)
        yield Check(relation, fact.address, judgement, fact.quantity, fact, (budget,))


def adjusted(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The budget of the whole year = the approved one + 调增 − 调减, where a row prints an adjustment."""
    whole, initial, more, less = relation.column.split()
    for table in relation.table.split():
        columns = accounts.columns(table)
        if whole not in columns or not {more, less} & set(columns):
            continue
        for row in accounts.rows(table):
            left, base, up, down = (
                terms(accounts, Ref(weight, False, table, row, column, False))[0]
                for weight, column in ((1, whole), (1, initial), (1, more), (-1, less))
            )
            moved = [t for t in (up, down) if t.fact.quantity.is_number]
            if not moved:
                continue
            fact, right = left.fact, (base, up, down)
            judgement = judge_sum(accounts, fact.quantity, name(fact), right, {base.fact.address})
            yield Check(relation, fact.address, judgement, fact.quantity, fact, right)


def rates(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A percentage printed in `column` of a row is what the two other columns of `parent` make."""
    part, base = relation.parent.split()
    for row in accounts.rows(relation.table):
        fact = accounts.fact(relation.table, row, relation.column)
        if fact is None or not fact.quantity.text and not fact.quantity.is_number:
            continue
        over, under = (
            terms(accounts, Ref(1, False, relation.table, row, column, False))[0] for column in (part, base)
        )
        judgement = _rate(accounts, fact, over, under)
        yield Check(relation, fact.address, judgement, fact.quantity, fact, (over, under))


def _rate(accounts: Accounts, fact: Fact, over: Term, under: Term) -> Judgement:
    blank = [f for f in (fact, over.fact, under.fact) if not f.quantity.is_number]
    if blank:
        return not_assessable(f"“{name(blank[0])}”没有数")
    scale, norm = under.fact.quantity.scale, accounts.layout.decimals
    part, whole = (estimates([term], scale, norm) for term in (over, under))
    strict = ratio(part[0], whole[0])
    if strict is None:
        return not_assessable("基数为 0")
    coarse = part[1] is not None or whole[1] is not None
    lenient = ratio(part[1] or part[0], whole[1] or whole[0]) if coarse else None
    return judge(fact.quantity, strict, norm=accounts.layout.rate_decimals, lenient=lenient)
