"""Shares of one whole: their sum, and the profile's way of making it 100."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

from juesuan.accounts import Accounts, Claim
from juesuan.quantity import Estimate, Interval, Judgement, Verdict, tallies, total
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates
from juesuan.relations.stated import claims, of
from juesuan.wording import decimal_text, shares_to_hundred


def share_sums(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Shares of one section on one base add to 100, where their parts make up the whole base."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for statement in claims(accounts):
        if statement.kind == "share":
            groups[statement.section, statement.base].append(statement)
    for (section, base), group in groups.items():
        parts = [t for s in group for t in of(accounts, s.of)]
        whole = of(accounts, base)
        if len(group) < 2:
            continue
        shares = total(Estimate.of(s.figure) for s in group)
        if not all(t.fact.quantity.is_number for t in (*parts, *whole)):
            judgement = not_assessable("分项或合计没有数")
        elif not _makes_up(parts, whole):
            judgement = Judgement(Verdict.NOT_APPLICABLE, note="所列分项不是完整分解")
        else:
            judgement = _hundred(shares, _allowed(accounts, parts, whole))
        quote = "；".join(s.quote for s in group)
        yield Check(relation, base, judgement, None, None, tuple(parts), section, quote)


def _allowed(accounts: Accounts, parts: Sequence[Term], whole: tuple[Term, ...]) -> Interval:
    """What the printed amounts allow their shares to add to: rounded parts of a small whole need not make it up."""
    scale, norm = whole[0].fact.quantity.scale, accounts.layout.decimals
    found = estimates(parts, scale, norm)[0].range.divided_by(estimates(whole, scale, norm)[0].range)
    return found * 100 if found else Interval.point(100)


def _hundred(shares: Estimate, allowed: Interval) -> Judgement:
    """100 is no printed figure that may stand for 99.6: it must lie in what the shares (or the amounts) allow."""
    gap = shares.point - 100
    if gap == 0:
        return Judgement(Verdict.EXACT)
    meets = shares.range.meet(allowed)
    held = Fraction(100) in shares.range or meets is not None
    edge = held and meets is None and 100 in (shares.range.low, shares.range.high)
    verdict = Verdict.BOUNDARY if edge else Verdict.WITHIN if held else Verdict.INCONSISTENT
    note = "" if held else f"各项占比之和为 {decimal_text(shares.point)}%，不是 100%"
    return Judgement(verdict, shares.range, gap, note)


def made_up(accounts: Accounts, statement: Claim) -> bool:
    """The profile's shares add to 100 by largest remainder, and this one is just what that gives."""
    group = [s for s in claims(accounts) if _siblings(s, statement)]
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
    return [s.figure.value for s in group] == shares


def _siblings(one: Claim, other: Claim) -> bool:
    return one.kind == "share" and one.section == other.section and one.base == other.base


def _makes_up(parts: Sequence[Term], whole: tuple[Term, ...]) -> bool:
    return len(whole) == 1 and tallies([t.fact.quantity for t in parts], whole[0].fact.quantity)
