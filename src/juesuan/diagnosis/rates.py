"""Why a percentage is wrong: another base, another part, last year's, cut off, plugged to 100, another scope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.diagnosis.model import Hypothesis
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check
from juesuan.wording import fixed

# Bases that are used for one another, before any other cell.
_USUAL = ("年初预算数", "全年预算数", "预算数", "本年支出合计", "本年收入合计", "合计", "决算数")
_FEW = 3


def rate_reasons(accounts: Accounts, check: Check, checks: Sequence[Check]) -> Iterator[Hypothesis]:
    """Hypotheses about a printed rate and what it was reckoned from; none for what is no rate."""
    printed, facts = check.printed, [t.fact for t in check.terms]
    if printed is None or printed.unit != "%" or not printed.is_number or len(facts) != 2:
        return
    part, base = facts
    if check.judgement.expected is None or not part.quantity.is_number or not base.quantity.is_number:
        return
    yield from _scope(accounts, check)
    if check.judgement.verdict is Verdict.TRUNCATED:
        yield Hypothesis("截位", f"印出的 {printed.printed}% 是截去尾数得来，四舍五入应为 {_rounded(check)}%")
        return
    yield from _plugged(check, checks)
    yield from _last_year(accounts, check, part, base)
    bases = [f for f in _others(accounts, base, part) if gives(part, f, printed)]
    for fact in sorted(bases, key=lambda f: _usual(f, base))[:_FEW]:
        text = f"以“{fact.label}·{fact.column}”{fact.quantity.printed} 为分母则为 {printed.printed}%（疑分母用错）"
        yield Hypothesis("分母", text)
    parts = [f for f in _others(accounts, part, base) if f.column == part.column and f.table == part.table]
    for fact in [f for f in parts if gives(f, base, printed)][:1]:
        text = (
            f"{printed.printed}% 是“{fact.label}·{fact.column}”{fact.quantity.printed} 的占比（疑张冠李戴）"
        )
        yield Hypothesis("另一格的数", text)


def _rounded(check: Check) -> str:
    assert check.printed is not None
    assert check.judgement.gap is not None
    return fixed(check.printed.exact() - check.judgement.gap, check.printed.decimals or 0)


def _others(accounts: Accounts, instead: Fact, beside: Fact) -> Iterator[Fact]:
    """Cells that may have been taken for one of the two."""
    for fact in accounts.records:
        value, unit = fact.quantity.value, fact.quantity.unit
        another = value != instead.quantity.value and fact.address != beside.address
        if value and value > 0 and unit == instead.quantity.unit and another:
            yield fact


def _usual(fact: Fact, base: Fact) -> tuple[bool, bool, int]:
    """The same row first, then a usual base."""
    rank = _USUAL.index(fact.column) if fact.column in _USUAL else len(_USUAL)
    return fact.row != base.row, fact.label not in ("合计", "收入总计", "支出总计"), rank


def gives(part: Fact, base: Fact, printed: Quantity) -> bool:
    """Does this part of this base make the printed percentage? Not where one of them is no amount above 0."""
    if not all(f.quantity.value and f.quantity.value > 0 for f in (part, base)):
        return False
    p, b, rate = part.quantity, base.quantity, printed.interval()
    # Most cells are far off: one division tells.
    if not rate.low - 1 <= 100 * p.exact() * p.scale / (b.exact() * b.scale) <= rate.high + 1:
        return False
    quotient = (p.interval() * p.scale).divided_by(b.interval() * b.scale)
    return quotient is not None and (quotient * 100).meet(rate) is not None


def _last_year(accounts: Accounts, check: Check, part: Fact, base: Fact) -> Iterator[Hypothesis]:
    printed = check.printed
    assert printed is not None
    old = [replace(f, quantity=accounts.before(f.table, f.row, f.column)) for f in (part, base)]
    if gives(old[0], old[1], printed):
        yield Hypothesis("旧数", f"印出的 {printed.printed}% 正是上年的比率")
    if gives(part, old[1], printed):
        text = f"以上年的“{base.label}·{base.column}”{old[1].quantity.printed} 为分母则为 {printed.printed}%（疑分母用错）"
        yield Hypothesis("分母", text)


def _plugged(check: Check, checks: Sequence[Check]) -> Iterator[Hypothesis]:
    """The shares of one whole add to just 100, and this one alone is not what it should be."""
    if check.kind != "share" or check.printed is None:
        return
    base = check.terms[-1].fact.address
    group = [
        c
        for c in checks
        if c.kind == "share" and c.section == check.section and c.terms and c.terms[-1].fact.address == base
        and c.relation.id == check.relation.id and c.printed is not None and c.printed.is_number
    ]  # fmt: skip
    total = sum((c.printed.exact() for c in group if c.printed), Fraction(0))
    if len(group) > 1 and total == 100 and all(c is check or c.judgement.verdict.holds for c in group):
        text = f"各项占比之和恰为 100，这一项疑为凑足 100 而改，按数应为 {_rounded(check)}%"
        yield Hypothesis("凑足 100", text)


def _scope(accounts: Accounts, check: Check) -> Iterator[Hypothesis]:
    """An amount that holds more than its stated base: which project cannot be booked inside the base?"""
    amount, base = check.terms[0].fact, check.terms[-1].fact
    if amount.table != "S8" or amount.quantity.exact() <= base.quantity.exact():
        return
    for fact in accounts.records:
        if fact.table != "S8" or fact.column != "执行数" or not fact.quantity.is_number:
            continue
        room = accounts.get("T3", "合计", "基本支出")
        fits = not room.is_number or fact.quantity.exact() <= room.exact()
        if fact.quantity.exact() > base.quantity.exact() and fits:
            budget = accounts.get("S8", fact.label, "全年预算数").printed
            yield Hypothesis(
                "口径",
                f"“{fact.label}”全年预算 {budget}、执行 {fact.quantity.printed}，大于{base.column}决算"
                f" {base.quantity.printed}，应不在其中而列在基本支出，与所称分母口径不同（例如含人员类项目）",
            )
