"""The kinds about two years: change, growth, both together, the figure of last year; words of direction."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from juesuan.accounts import Accounts, Claim
from juesuan.accounts.disclosure import split_address
from juesuan.quantity import Estimate, Interval, Judgement, Quantity, Verdict, judge
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation
from juesuan.relations.stated import check_of, claimed, claims, of

_DOWN = ("减", "降", "压", "滑", "少")


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
    scale = claim.figure.scale
    down = is_down(claim.word)
    expected = _difference(now, before, scale, norm)
    expected = expected.weighted(-1) if down else expected
    found = judge(claim.figure, expected, norm=norm)
    if found.verdict.holds:
        return found
    # The sentence may print this year's figure with another tail than the table.
    said = next((f.quantity for f in claim.said), None)
    again = (
        judge(claim.figure, _difference(said, before, scale, norm).weighted(-1 if down else 1), norm=norm)
        if said
        else found
    )
    return again if again.verdict.holds else found


def _difference(now: Quantity, before: Quantity, scale: int, norm: int) -> Estimate:
    a = Estimate.of(now, norm).in_unit(now.scale, scale)
    return a + Estimate.of(before, norm).in_unit(before.scale, scale).weighted(-1)


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
    return max(judgements, key=_order)


def _order(judgement: Judgement) -> int:
    return list(Verdict).index(judgement.verdict) if judgement.verdict is not Verdict.NOT_ASSESSABLE else -1


def _from_change(
    accounts: Accounts, printed: Quantity, now: Quantity, by: Quantity, *, down: bool
) -> Judgement:
    """The rate that change and this year's figure allow: δ ÷ (now ∓ δ)."""
    norm = accounts.layout.decimals
    n = Estimate.of(now, norm).in_unit(now.scale, by.scale)
    d = Estimate.of(by, norm)
    base = n.point + d.point if down else n.point - d.point
    if base == 0:
        return _zero_base(printed)
    lows = [_rate(a, b, down) for a in (n.range.low, n.range.high) for b in (d.range.low, d.range.high)]
    if base < 0 or any(v is None for v in lows):
        return not_assessable("按印出的增减额，上年数可能不大于 0")
    values = [v for v in lows if v is not None]
    expected = Estimate(100 * d.point / base, Interval(min(values), max(values)))
    return judge(printed, expected, norm=accounts.layout.rate_decimals)


def _rate(now: Fraction, by: Fraction, down: bool) -> Fraction | None:
    base = now + by if down else now - by
    return 100 * by / base if base > 0 else None


def _from_prior(
    accounts: Accounts, printed: Quantity, now: Quantity, before: Quantity, *, down: bool
) -> Judgement:
    norm = accounts.layout.decimals
    if not before.value:
        return _zero_base(printed)
    a = Estimate.of(now, norm).in_unit(now.scale, before.scale)
    b = Estimate.of(before, norm)
    quotient = a.range.divided_by(b.range)
    if quotient is None:
        return not_assessable("上年数不大于 0")
    sign = -1 if down else 1
    change = quotient * 100 + Interval.point(-100)
    expected = Estimate((a.point / b.point - 1) * 100 * sign, change * sign)
    return judge(printed, expected, norm=accounts.layout.rate_decimals)


def _zero_base(printed: Quantity) -> Judgement:
    return Judgement(Verdict.INCONSISTENT, note=f"上年数为 0，没有增减幅度可言，却印了 {printed.printed}%")


def priors(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Last year's figure as the text quotes it, against last year's accounts."""
    for claim in claimed(accounts, relation, "prior"):
        before = known_before(accounts, claim.of)
        if before.is_number:
            expected = Estimate.of(before, accounts.layout.decimals).in_unit(before.scale, claim.figure.scale)
            judgement = judge(claim.figure, expected, norm=accounts.layout.decimals)
        else:
            judgement = not_assessable("没有上年决算可以核对")
        yield check_of(accounts, relation, claim, judgement, of(accounts, claim.of))


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
    if signs & wanted or "基本" in claim.word:
        return Judgement(Verdict.EXACT)
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
    difference = spent.exact() * spent.scale - planned.exact() * planned.scale
    if claim.kind == "over":
        down = is_down(claim.word) or "小于" in claim.word or "低于" in claim.word
        norm, scale = accounts.layout.decimals, claim.figure.scale
        return judge(
            claim.figure, _difference(spent, planned, scale, norm).weighted(-1 if down else 1), norm=norm
        )
    sign, word = _sign(difference), claim.word
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
