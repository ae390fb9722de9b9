"""The words of a finding: what is the matter, and why the printed figure cannot be."""

from __future__ import annotations

from collections.abc import Callable

from juesuan.quantity import Interval, Quantity, Verdict
from juesuan.relations import Check
from juesuan.wording import amount, decimal_text, fixed, percent


def is_question(check: Check) -> bool:
    """A statement that the department should explain; no error by itself."""
    return check.kind == "carry_over"


def title(check: Check) -> str:
    """What is the matter, in a few words."""
    if is_question(check):
        return "文字所称的结余待说明"
    if check.judgement.verdict is Verdict.BOUNDARY:
        return "尾差"
    if check.relation.kind == "presence" and check.judgement.verdict is Verdict.NOT_ASSESSABLE:
        return "只有表名，没有印出表格"
    return check.relation.fault or f"不成立：{check.relation.title}"


def printed_text(check: Check) -> str:
    """The figure on trial as printed, with its % if it is a rate."""
    if check.printed is None or not check.printed.is_number:
        return ""
    return check.printed.printed + ("%" if check.printed.unit == "%" else "")


def message(check: Check, group: list[Check]) -> str:
    """One sentence for a group of checks of one cause."""
    judgement, printed = check.judgement, check.printed
    where = f"{len(group)} 处" if len(group) > 1 else ""
    if check.relation.kind == "presence" and judgement.verdict is Verdict.INCONSISTENT:
        return f"缺少 {len(group)} 张表：{'、'.join(c.quote for c in group)}"
    if is_question(check):
        return f"文字称“{check.quote}”，而表中{judgement.note}，无法核对：请说明这笔结余是结转资金还是预算指标结余"
    if judgement.verdict is Verdict.BOUNDARY:
        return f"{where or '1 处'}只差印数末位的舍入（尾差），不影响平衡"
    if judgement.note and judgement.verdict in (Verdict.INCONSISTENT, Verdict.NOT_ASSESSABLE):
        return f"{where and where + '：'}{judgement.note}"
    if judgement.expected is None or judgement.gap is None or printed is None:
        return judgement.note or check.relation.title
    if printed.unit == "%":
        return _rate_message(check, judgement.expected)
    value, said = printed.exact() - judgement.gap, _sayer(check)
    numbers = [t for t in check.terms if t.fact.quantity.is_number]
    sums = "".join(f"{'－' if t.weight < 0 else '＋'}{said(t.fact.quantity)}" for t in numbers).lstrip("＋")
    if check.relation.kind == "at_most":
        return f"印出 {printed.printed}，大于 {sums}，多出 {decimal_text(judgement.gap)}"
    if len(check.terms) == 1:
        fact = check.terms[0].fact
        return f"印出 {printed.printed}，而“{fact.label}·{fact.column}”为 {sums}，相差 {decimal_text(judgement.gap)}"
    return f"印出 {printed.printed}，而 {sums} ＝ {fixed(value, printed.decimals or 0)}，相差 {decimal_text(judgement.gap)}"


def _sayer(check: Check) -> Callable[[Quantity], str]:
    """Figures bare where all are in one unit, with their units where they differ."""
    units = {t.fact.quantity.unit for t in check.terms if t.fact.quantity.is_number}
    return lambda quantity: amount(quantity, unit=len(units) > 1)


def _rate_message(check: Check, expected: Interval) -> str:
    assert check.printed is not None
    assert check.judgement.gap is not None
    value = check.printed.exact() - check.judgement.gap
    said = _sayer(check)
    part, base = said(check.terms[0].fact.quantity), said(check.terms[-1].fact.quantity)
    named = f"（{check.base_name}）" if check.base_name else ""
    low, high, shown = fixed(expected.low), fixed(expected.high), percent(value)
    if low == high:
        low, high = decimal_text(expected.low), decimal_text(expected.high)
        shown = f"{decimal_text(value)}%"
    reading = "只能是截去尾数得来" if check.judgement.verdict is Verdict.TRUNCATED else "不在其中"
    return (
        f"{part} ÷ {base}{named}＝ {shown}，按所印位数应在 {low}%–{high}% 之间，"
        f"印出的 {check.printed.printed}% {reading}"
    )
