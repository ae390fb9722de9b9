"""Shares of one whole: their sum, and the profile's way of making it 100."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from juesuan.accounts import Accounts, Statement
from juesuan.quantity import Estimate, Judgement, Quantity, Verdict, judge, tallies, total
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.stated import figure, of
from juesuan.wording import shares_to_hundred


def share_sums(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Shares of one section on one base add to 100, where their parts make up the whole base."""
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in accounts.disclosure.printed:
        if statement.kind == "share":
            groups[statement.section, statement.base or ""].append(statement)
    for (section, base), group in groups.items():
        parts = [t for s in group for t in of(accounts, s.of)]
        whole = of(accounts, base)
        if len(group) < 2:
            continue
        shares = total(Estimate.of(figure(accounts, s)) for s in group)
        if not all(t.fact.quantity.is_number for t in (*parts, *whole)):
            judgement = not_assessable("分项或合计没有数")
        elif not _makes_up(parts, whole):
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="所列分项不是完整分解")
        else:
            judgement = judge(Quantity.of(100, "%"), shares, norm=2)
        quote = "；".join(s.quote for s in group)
        yield Check(relation, base, judgement, None, None, tuple(parts), section, quote)


def made_up(accounts: Accounts, statement: Statement) -> bool:
    """The profile's shares add to 100 by largest remainder, and this one is just what that gives."""
    group = [s for s in accounts.disclosure.printed if _siblings(s, statement)]
    parts = [of(accounts, s.of) for s in group]
    whole = of(accounts, statement.base)
    if accounts.layout.shares != "largest-remainder" or any(len(p) != 1 for p in parts):
        return False
    flat = [p[0] for p in parts]
    if not all(t.fact.quantity.is_number for t in (*flat, *whole)) or not _makes_up(flat, whole):
        return False
    amounts = [t.fact.quantity.exact() for t in flat]
    if min(amounts) < 0:
        return False
    shares = shares_to_hundred(amounts, accounts.layout.rate_decimals)
    return [figure(accounts, s).value for s in group] == shares


def _siblings(one: Statement, other: Statement) -> bool:
    return one.kind == "share" and one.section == other.section and one.base == other.base


def _makes_up(parts: Sequence[Term], whole: tuple[Term, ...]) -> bool:
    return len(whole) == 1 and tallies([t.fact.quantity for t in parts], whole[0].fact.quantity)
