"""Why is it wrong? Ranked hypotheses for a failed check; never an automatic correction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.layouts import Layout
from juesuan.quantity import Interval, Quantity, Verdict
from juesuan.relations import Check, Term
from juesuan.relations.reckon import estimates
from juesuan.wording import fixed, percent

# Kinds that say "these add up to that"; the others cannot be broken by another value in this simple way.
_RECKONED = {"sum", "children", "total", "amount"}
_RANK = ["口径", "数字换位", "单位或小数点", "正负号", "另一格的数", "分母", "一位数字"]


@dataclass(frozen=True)
class Hypothesis:
    """A possible cause; `breaks` counts other relations that the correction would break."""

    kind: str
    text: str
    breaks: int = 0


def hypotheses(accounts: Accounts, check: Check, checks: Iterable[Check]) -> list[Hypothesis]:
    """Ranked causes for an inconsistent check, best first, at most six."""
    if (
        check.judgement.verdict is not Verdict.INCONSISTENT
        or check.printed is None
        or not check.printed.is_number
    ):
        return []
    rate = check.printed.unit == "%"
    found = list(_rate_causes(accounts, check) if rate else _sum_causes(accounts, check, list(checks)))
    return sorted(found, key=lambda h: (h.breaks > 0, _RANK.index(h.kind)))[:6]


def misprints(quantity: Quantity) -> Iterator[tuple[str, Decimal, str]]:
    """What the figure may have been before it was misprinted: kind, value, description."""
    digits, decimals = quantity.printed.lstrip("-").replace(".", ""), quantity.decimals or 0
    sign = -1 if quantity.printed.startswith("-") else 1

    def value(text: str) -> Decimal:
        return sign * Decimal(int(text)).scaleb(-decimals)

    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            yield "数字换位", value(swapped), "相邻两位数字颠倒"
    for i in range(len(digits)):
        for d in "0123456789":
            if d != digits[i]:
                yield "一位数字", value(digits[:i] + d + digits[i + 1 :]), "一位数字印错"
    exact = quantity.value or Decimal(0)
    yield "正负号", -exact, "正负号相反"
    for power in (1, -1, 2, -2, 4, -4):
        yield "单位或小数点", exact.scaleb(power), f"相差 10 的 {abs(power)} 次方"


def _sum_causes(accounts: Accounts, check: Check, checks: list[Check]) -> Iterator[Hypothesis]:
    assert check.printed is not None
    norm, scale = accounts.layout.decimals, check.printed.scale
    terms = [t for t in check.terms if t.fact.quantity.is_number]
    left = Term(-1, check.left or Fact("", "", "合计", "印出数", check.printed))
    everyone = [left, *terms]
    for term in everyone:
        others = [t for t in everyone if t is not term]
        rest = estimates(others, scale, norm)[0].weighted(-term.weight)
        needed = (
            rest.range * Fraction(scale, term.fact.quantity.scale),
            rest.point * scale / term.fact.quantity.scale,
        )
        for kind, value, what in misprints(term.fact.quantity):
            if value in needed[0]:
                yield _hypothesis(accounts.layout, term.fact, kind, value, what, check, checks)
        mine = {t.fact.address for t in everyone}
        same = [
            f
            for f in accounts.records
            if f.quantity.unit == term.fact.quantity.unit and f.address not in mine
        ]
        cells = [f.quantity.cell for f in same if f.quantity.value and f.quantity.exact() == needed[1]]
        if cells:
            more = f" 等 {len(cells)} 格" if len(cells) > 1 else ""
            wanted = fixed(needed[1], check.printed.decimals or 0)
            yield Hypothesis(
                "另一格的数", f"“{_called(term.fact)}”若为 {wanted}，正是 {cells[0]}{more}的数（疑口径错用）"
            )


def _hypothesis(
    layout: Layout, fact: Fact, kind: str, value: Decimal, what: str, check: Check, checks: list[Check]
) -> Hypothesis:
    decimals = fact.quantity.decimals or 0
    others = [c for c in checks if c is not check]
    broken = [c for c in others if c.judgement.verdict.holds and _again(layout, c, fact, value) is False]
    unsettled = [c for c in others if _is_wrong_rate(c) and _again(layout, c, fact, value) is False]
    text = f"“{_called(fact)}”的 {fact.quantity.printed} 若为 {fixed(value, decimals)}（{what}），本式成立"
    if broken:
        text += f"，但会使另外 {len(broken)} 处不符（{broken[0].relation.id}）"
    elif unsettled:
        text += f"；“{unsettled[0].quote}”无论用哪个数都不符，所以只是一种可能"
    return Hypothesis(kind, text, len(broken))


def _called(fact: Fact) -> str:
    return f"{fact.label}·{fact.column}"


def _again(layout: Layout, check: Check, fact: Fact, value: Decimal) -> bool | None:
    """Does another sum or rate hold once `fact` has `value`? None where the fact takes no part in it."""
    if check.relation.kind not in _RECKONED and check.printed is not None and check.printed.unit != "%":
        return None
    if all(t.fact.address != fact.address for t in check.terms) and (check.left or fact) is not check.left:
        return None
    changed = replace(fact.quantity, value=value)
    terms = [
        Term(t.weight, replace(t.fact, quantity=changed) if t.fact.address == fact.address else t.fact)
        for t in check.terms
    ]
    printed = changed if check.left and check.left.address == fact.address else check.printed
    numbers = [t for t in terms if t.fact.quantity.is_number]
    if printed is None or not printed.is_number or not numbers:
        return None
    if printed.unit == "%":
        if len(numbers) != 2 or numbers[1].fact.quantity.exact() <= 0:
            return None
        part, base = (estimates([t], 1, layout.decimals)[0] for t in numbers)
        quotient = part.range.divided_by(base.range)
        return (
            quotient is not None and (quotient * 100).meet(_strict(printed, layout.rate_decimals)) is not None
        )
    expected = estimates(numbers, printed.scale, layout.decimals)[0].range
    return expected.meet(_strict(printed, layout.decimals)) is not None


def _strict(printed: Quantity, norm: int) -> Interval:
    return printed.interval(max(printed.decimals or 0, norm))


def _is_wrong_rate(check: Check) -> bool:
    wrong = bool(check.quote) and check.judgement.verdict is Verdict.INCONSISTENT
    return wrong and check.printed is not None and check.printed.unit == "%"


def _rate_causes(accounts: Accounts, check: Check) -> Iterator[Hypothesis]:
    expected, printed = check.judgement.expected, check.printed
    if expected is None or printed is None or not check.terms:
        return
    part = check.terms[0].fact
    yield from _scope(accounts, check)
    for kind, value, what in misprints(printed):
        if value in expected and value != printed.value:
            yield Hypothesis(kind, f"印出的 {printed.printed}% 若为 {percent(value)}（{what}），本式成立")
    tried = {t.fact.address for t in check.terms}
    for fact in accounts.records:
        q = fact.quantity
        if fact.address in tried or q.unit != part.quantity.unit or not q.value or q.value < 0:
            continue
        quotient = part.quantity.interval(2).divided_by(q.interval(2))
        if quotient is not None and (quotient * 100).meet(printed.interval(2)) is not None:
            yield Hypothesis(
                "分母", f"以“{_called(fact)}”{q.printed} 为分母则为 {printed.printed}%（疑分母用错）"
            )


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
