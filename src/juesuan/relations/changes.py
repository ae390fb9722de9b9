"""The kinds about two years: change, growth, both together, the figure of last year."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from juesuan.accounts import Accounts, Claim
from juesuan.accounts.disclosure import split_address
from juesuan.quantity import Estimate, Interval, Judgement, Quantity, Verdict, judge
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation
from juesuan.relations.stated import check_of, claimed, of

_DOWN = ("减", "降", "压", "滑", "少", "节约", "小于", "低于")


def is_down(word: str) -> bool:
    """A word for a decrease."""
    return any(part in word for part in _DOWN)


def known_before(accounts: Accounts, address: str) -> Quantity:
    """Last year's figure from last year's accounts or as typed; one that was reckoned from this text is no proof."""
    if accounts.previous is None:
        given = accounts.disclosure.prior.get(address)
        if given is None or given.place:
            return Quantity.blank()
    return accounts.before(*split_address(address))


def changes(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """增减额 ＝ 本年 − 上年, 幅度 ＝ 增减额 ÷ 上年: each against whatever of the others is printed."""
    for claim in claimed(accounts, relation, "change", "growth"):
        now, before = of(accounts, claim.of)[0].fact.quantity, known_before(accounts, claim.of)
        norm = accounts.layout.decimals
        if not now.is_number:
            judgement = not_assessable("本年数没有印出")
        elif claim.kind == "change":
            judgement = _change(claim, now, before, norm)
        else:
            judgement = _growth(accounts, claim, now, before)
        yield check_of(accounts, relation, claim, judgement, of(accounts, claim.of))


def _change(claim: Claim, now: Quantity, before: Quantity, norm: int) -> Judgement:
    if not before.is_number:
        return not_assessable("上年数没有公布在这里，增减额只能与增减幅度互相核对")
    # The sentence may print this year's figure with another tail than the table.
    readings = [now, *(f.quantity for f in claim.said)]
    return min((difference(claim, q, before, norm) for q in readings), key=_order)


def difference(claim: Claim, now: Quantity, before: Quantity, norm: int) -> Judgement:
    """What a printed difference may be: now − before, the other way round for a decrease."""
    sign, scale = (-1 if is_down(claim.word) else 1), claim.figure.scale

    def expected(decimals: int | None) -> Estimate:
        a = Estimate.of(now, decimals).in_unit(now.scale, scale)
        return (a + Estimate.of(before, decimals).in_unit(before.scale, scale).weighted(-1)).weighted(sign)

    return _judged(claim.figure, expected, norm, norm, now, before)


def _judged(
    printed: Quantity,
    expected: Callable[[int | None], Estimate | None],
    norm: int,
    printed_norm: int,
    *others: Quantity,
) -> Judgement:
    """Strictly (29.3 as 29.30) first, then as printed, where a figure has fewer decimals than the norm."""
    strict = expected(norm)
    if strict is None:
        return not_assessable("按印出的增减额，上年数可能不大于 0")
    coarse = any(q.is_coarse(norm) for q in others)
    return judge(printed, strict, norm=printed_norm, lenient=expected(None) if coarse else None)


def _growth(accounts: Accounts, claim: Claim, now: Quantity, before: Quantity) -> Judgement:
    down = is_down(claim.word)
    by = next((f.quantity for f in claim.said if f.label == "增减额"), None)
    said = [f.quantity for f in claim.said if f.label != "增减额"]
    judgements = []
    for this in [now, *said]:
        if by is not None:
            judgements.append(_from_change(accounts, claim.figure, this, by, down=down))
        if before.is_number:
            judgements.append(_from_prior(accounts, claim.figure, this, before, down=down))
    if not judgements:
        return not_assessable("没有印出增减额，也没有上年数")
    # Each must hold with one reading of this year's figure.
    each = len(judgements) // (1 + len(said))
    readings = [judgements[i : i + each] for i in range(0, len(judgements), each)]
    return min((_worst(r) for r in readings), key=_order)


def _worst(judgements: list[Judgement]) -> Judgement:
    """The worst of those that could be judged at all."""
    judged = [j for j in judgements if j.verdict is not Verdict.NOT_ASSESSABLE]
    return max(judged or judgements, key=_order)


def _order(judgement: Judgement) -> int:
    return list(Verdict).index(judgement.verdict)


def _from_change(
    accounts: Accounts, printed: Quantity, now: Quantity, by: Quantity, *, down: bool
) -> Judgement:
    """The rate that change and this year's figure allow: δ ÷ (now ∓ δ)."""
    norm, sign = accounts.layout.decimals, 1 if down else -1
    point = now.exact() * now.scale + sign * by.exact() * by.scale
    if point == 0:
        return _zero_base(printed)

    def expected(decimals: int | None) -> Estimate | None:
        n, d = Estimate.of(now, decimals).in_unit(now.scale, by.scale), Estimate.of(by, decimals)
        ends = [(a, b) for a in (n.range.low, n.range.high) for b in (d.range.low, d.range.high)]
        bases = [a + sign * b for a, b in ends]
        if min(bases) <= 0:
            return None
        rates = [100 * b / base for (_, b), base in zip(ends, bases, strict=True)]
        return Estimate(100 * d.point / (n.point + sign * d.point), Interval(min(rates), max(rates)))

    return _judged(printed, expected, norm, accounts.layout.rate_decimals, now, by)


def _from_prior(
    accounts: Accounts, printed: Quantity, now: Quantity, before: Quantity, *, down: bool
) -> Judgement:
    if not before.value:
        return _zero_base(printed)
    sign = -1 if down else 1

    def expected(decimals: int | None) -> Estimate | None:
        a, b = Estimate.of(now, decimals).in_unit(now.scale, before.scale), Estimate.of(before, decimals)
        quotient = a.range.divided_by(b.range)
        if quotient is None:
            return None
        change = quotient * 100 + Interval.point(-100)
        return Estimate((a.point / b.point - 1) * 100 * sign, change * sign)

    return _judged(printed, expected, accounts.layout.decimals, accounts.layout.rate_decimals, now, before)


def _zero_base(printed: Quantity) -> Judgement:
    return Judgement(Verdict.INCONSISTENT, note=f"上年数为 0，没有增减幅度可言，却印了 {printed.printed}%")


def priors(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Last year's figure as the text quotes it, against last year's accounts."""
    norm = accounts.layout.decimals
    for claim in claimed(accounts, relation, "prior"):
        before = known_before(accounts, claim.of)
        if before.is_number:
            judgement = _judged(claim.figure, _as(before, claim.figure.scale), norm, norm, before)
        else:
            judgement = not_assessable("没有上年决算可以核对")
        yield check_of(accounts, relation, claim, judgement, of(accounts, claim.of))


def _as(quantity: Quantity, scale: int) -> Callable[[int | None], Estimate]:
    return lambda decimals: Estimate.of(quantity, decimals).in_unit(quantity.scale, scale)
