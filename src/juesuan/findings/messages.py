"""The words of a finding: what is the matter, and why the printed figure cannot be."""

from __future__ import annotations

from collections.abc import Callable

from juesuan.accounts import Accounts
from juesuan.diagnosis import Cause, Suspect
from juesuan.quantity import Interval, Quantity, Verdict
from juesuan.relations import Check
from juesuan.relations.changes import is_down
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
    if check.judgement.verdict is Verdict.TRUNCATED:
        return "百分比截去了尾数"
    if check.kind == "required":
        return "应写明的内容没有写"
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
    if check.relation.kind == "presence" and judgement.verdict is Verdict.INCONSISTENT and not check.section:
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
    if check.relation.kind in ("change", "gap"):
        other = "上年数" if check.relation.kind == "change" else "预算数"
        turned = "，方向相反" if value < 0 else ""
        return f"印出 {printed.printed}，按本年数与{other}应为 {fixed(abs(value), printed.decimals or 0)}{turned}"
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


def _quotient(check: Check) -> str:
    """How a rate is reckoned: `18.43 ÷ 18.57（年初预算）`, or the change over last year's figure."""
    said = _sayer(check)
    part, base = check.terms[0].fact.quantity, check.terms[-1].fact.quantity
    if check.relation.kind == "change" and check.claim is not None:
        by = next((f.quantity for f in check.claim.said if f.label == "增减额"), None)
        sign = "＋" if is_down(check.claim.word) else "－"
        return (
            f"{amount(by)} ÷（{amount(part)} {sign} {amount(by)}）"
            if by
            else f"本年 {amount(part)} 比上年的增减 "
        )
    named = f"（{check.base_name}）" if check.base_name else ""
    return f"{said(part)} ÷ {said(base)}{named}"


def _rate_message(check: Check, expected: Interval) -> str:
    assert check.printed is not None
    assert check.judgement.gap is not None
    value, reckoned = check.printed.exact() - check.judgement.gap, _quotient(check)
    low, high, shown = fixed(expected.low), fixed(expected.high), percent(value)
    if low == high:
        low, high = decimal_text(expected.low), decimal_text(expected.high)
        shown = f"{decimal_text(value)}%"
    if low == high:
        whole = percent(value)
        return f"{reckoned}＝ {whole}，印出的却是 {check.printed.printed}%"
    reading = "只能是截去尾数得来" if check.judgement.verdict is Verdict.TRUNCATED else "不在其中"
    return (
        f"{reckoned}＝ {shown}，按所印位数应在 {low}%–{high}% 之间，印出的 {check.printed.printed}% {reading}"
    )


def suspect_title(suspect: Suspect, otherwise: str) -> str:
    """The cell that is most likely wrong; a number of the text keeps the words of its relation."""
    fact = suspect.figure.fact
    return otherwise if fact is None else f"疑为“{fact.label}·{fact.column}”印错"


def moved_title(accounts: Accounts, cause: Cause) -> str:
    """A table whose values stand beside the wrong names, or in another unit."""
    titles = {t.id: t.title for t in accounts.layout.tables}
    return f"疑为“{titles.get(cause.table, cause.table)}”{cause.kind if cause.kind != '单位或小数点' else '单位有误'}"


def blamed(accounts: Accounts, cause: Cause, suspect: Suspect) -> str:
    """What the figure prints, what the others demand, and which relations say so."""
    quantity, needed = suspect.figure.quantity, suspect.needed
    unit = "%" if quantity.unit == "%" else ""
    decimals = 0 if quantity.decimals == 0 else max(quantity.decimals or 0, 2)
    # Words that go wrong with the figure demand no value of it.
    demanding = [c for c in cause.checks if c.judgement.expected is not None] or cause.checks
    ids = "、".join(dict.fromkeys(c.relation.id for c in demanding))
    wanted = fixed(suspect.value, decimals)
    shown = f"印出 {quantity.printed}{unit}" if quantity.is_number else "没有印数"
    around = f"在 {fixed(needed.low, 3)}–{fixed(needed.high, 3)} 之间，即 {wanted}"
    if not all(suspect.bounds):
        around = f"{'不小于' if suspect.bounds[0] else '不大于'} {wanted}"
    gap = f"，相差 {decimal_text(quantity.exact() - suspect.value)}" if quantity.is_number else ""
    return f"{suspect.figure.named(accounts)}{shown}，而 {len(demanding)} 处关系（{ids}）都要求它{around}{unit}{gap}"


def open_message(accounts: Accounts, cause: Cause) -> str:
    """Several checks that several figures explain equally well."""
    ids = "、".join(dict.fromkeys(c.relation.id for c in cause.checks))
    names = list(dict.fromkeys(s.figure.named(accounts) for s in cause.others))[:3]
    return f"{len(cause.checks)} 处不符（{ids}），{'、'.join(names)}中有一个印错就能解释"
