"""What printed growth implies of last year: priors that must add up, and the growth of a whole between its parts'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from juesuan.accounts import Accounts, Claim, Fact
from juesuan.quantity import Interval, Judgement, Quantity, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.changes import is_down
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.stated import claims, of


@dataclass(frozen=True)
class _Prior:
    """The interval of last year's figure of one address, in yuan, and of its growth in percent."""

    fact: Fact
    range: Interval
    growth: Interval | None
    claim: Claim


def _wholes(accounts: Accounts) -> list[tuple[str, list[str]]]:
    three = ["T7[因公出国（境）费].决算数", "T7[公务用车购置及运行费].决算数", "T7[公务接待费].决算数"]
    spending = [f"T3[合计].{c}" for c in accounts.columns("T3") if c != "本年支出合计"]
    income = [f"T2[合计].{c}" for c in accounts.columns("T2") if c not in ("本年收入合计", "教育收费")]
    return [
        ("T7[合计].决算数", three),
        ("T3[合计].本年支出合计", spending),
        ("T2[合计].本年收入合计", income),
        ("T5[合计].基本支出", ["T6[人员经费合计].决算数", "T6[公用经费合计].决算数"]),
    ]


def implied_sums(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The implied priors of the parts add to the whole's."""
    for whole, parts in _known(accounts):
        inside = Interval.point(0)
        for part in parts:
            inside = inside + part.range
        meets = inside.meet(whole.range)
        scale = whole.fact.quantity.scale
        if meets is None:
            middle = (whole.range.low + whole.range.high - inside.low - inside.high) / 2 / scale
            note = "由各项的增减推得的上年数之和，与由合计的增减推得的上年数对不上"
            judgement = Judgement(Verdict.INCONSISTENT, None, middle, note)
        else:
            verdict = Verdict.BOUNDARY if meets.low == meets.high else Verdict.WITHIN
            judgement = Judgement(verdict, inside * Fraction(1, scale))
        yield _check(relation, whole, parts, judgement)


def mix_bounds(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Where every part has a positive prior, the whole's growth lies between the smallest and largest of theirs."""
    for whole, parts in _known(accounts):
        # What is nothing in both years has no growth and moves none.
        growths = [
            p.growth for p in parts if p.fact.quantity.value or p.range.high > 0 and p.claim.kind != "level"
        ]
        if whole.growth is None or any(g is None for g in growths):
            judgement = not_assessable("上年数不都大于 0")
        else:
            known = [g for g in growths if g is not None]
            between = Interval(min(g.low for g in known), max(g.high for g in known))
            meets = whole.growth.meet(between)
            note = "合计的增减幅度不在各项增减幅度之间"
            judgement = (
                Judgement(Verdict.WITHIN) if meets else Judgement(Verdict.INCONSISTENT, between, None, note)
            )
        yield _check(relation, whole, parts, judgement)


def _check(relation: Relation, whole: _Prior, parts: list[_Prior], judgement: Judgement) -> Check:
    terms = tuple(Term(1, p.fact) for p in parts)
    claim = whole.claim
    return Check(
        relation,
        whole.fact.address,
        judgement,
        None,
        None,
        terms,
        claim.section,
        claim.quote,
        kind="implied",
        claim=claim,
    )


def _known(accounts: Accounts) -> Iterator[tuple[_Prior, list[_Prior]]]:
    """Wholes whose own change and all of whose parts' changes the text gives."""
    said: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims(accounts):
        if claim.kind in ("change", "growth", "level") and claim.note in ("", "alone"):
            said[claim.of].append(claim)
    for total, addresses in _wholes(accounts):
        printed = [a for a in addresses if _number(accounts, a)]
        silent = [a for a in printed if a not in said and _number(accounts, a).value]
        if total not in said or silent or not any(a in said for a in printed):
            continue
        whole = _prior(accounts, said[total])
        parts = [_prior(accounts, said[a]) for a in printed if a in said]
        if whole is not None and all(p is not None for p in parts):
            yield whole, [p for p in parts if p is not None]


def _number(accounts: Accounts, address: str) -> Quantity:
    quantity = of(accounts, address)[0].fact.quantity
    return quantity if quantity.is_number else Quantity.blank()


def _prior(accounts: Accounts, said: list[Claim]) -> _Prior | None:
    fact = of(accounts, said[0].of)[0].fact
    if not fact.quantity.is_number:
        return None
    norm = max(fact.quantity.decimals or 0, accounts.layout.decimals)
    now = fact.quantity.interval(norm) * fact.quantity.scale
    found: Interval | None = None
    # A rate may have been reckoned from printed figures: where the change itself is printed, that decides.
    sure = [c for c in said if c.kind != "growth"] or said
    half = Fraction(fact.quantity.scale, 2 * 10**norm)
    for claim in sure:
        sign = -1 if is_down(claim.word) else 1
        if claim.kind == "level":
            each: Interval | None = now
        elif claim.kind == "change":
            figure = claim.figure
            each = now - figure.interval() * figure.scale * sign
        else:
            each = _by_rate(now, claim.figure.interval(), sign)
            each = each and each + Interval(-half, half)
        if each is not None:
            found = each if found is None else found.meet(each) or found
    if found is None:
        return None
    growth = None
    if found.low > 0:
        quotient = now.divided_by(found)
        growth = quotient * 100 + Interval.point(-100) if quotient else None
    if all(c.kind == "level" for c in said) and now.high > 0:
        growth = Interval.point(0) if fact.quantity.value else None
    return _Prior(fact, found, growth, said[0])


def _by_rate(now: Interval, rate: Interval, sign: int) -> Interval | None:
    """`[c_lo/(1+g_hi), c_hi/(1+g_lo)]`; a rate of −100% says nothing."""
    factor = Interval.point(1) + rate * Fraction(sign, 100)
    return now.divided_by(factor) if now.low >= 0 else None
