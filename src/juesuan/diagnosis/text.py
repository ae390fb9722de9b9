"""Causes in the explanation: several failed checks about the same words are one slip of the pen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from juesuan.accounts import Accounts
from juesuan.accounts.disclosure import split_address
from juesuan.diagnosis.alike import merged, same_gap, same_note, same_words
from juesuan.diagnosis.model import Cause
from juesuan.diagnosis.rates import gives
from juesuan.quantity import Verdict, tallies
from juesuan.relations import Check
from juesuan.wording import shares_to_hundred

WORD, STALE = "方向词", "旧句"
# Relations that sum up what single claims say: they fail because one of those does.
_DERIVED = ("share_sum", "implied_sum", "mix_bound")
# What a sentence takes from the tables; its rates follow from these.
_FIGURES = ("amount", "change", "growth", "prior")
_COMPARING = ("change", "growth", "level", "gap", "over")


def joined(accounts: Accounts, causes: Sequence[Cause], checks: Sequence[Check]) -> list[Cause]:
    """The causes, those of one slip in the text put together."""
    found = same_note(same_words(causes))
    found = merged(found, _compared, lambda mine: _comparison(accounts, mine))
    found = _attached(accounts, found, checks)
    judged: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for check in checks:
        verdict = check.judgement.verdict
        if check.kind in _FIGURES and (verdict.holds or verdict is Verdict.INCONSISTENT):
            judged[_sentence(check)].add(_span(check))
    return same_gap(merged(found, _alone_in, lambda mine: _stale(accounts, mine, judged)))


def _sentence(check: Check) -> int:
    return check.claim.sentence if check.claim else -1


def _span(check: Check) -> tuple[int, int]:
    return (check.claim.start, check.claim.end) if check.claim else (0, 0)


def _is_text(cause: Cause) -> bool:
    return not cause.words and (cause.suspect is None or cause.suspect.figure.is_text)


def _compared(cause: Cause) -> tuple[int, str] | None:
    """Sentence and figure of a comparison with last year or the budget."""
    found = {(_sentence(c), c.claim.of) for c in cause.checks if c.claim and c.claim.kind in _COMPARING}
    derived = any(not c.claim or c.relation.kind in _DERIVED for c in cause.checks)
    if len(found) != 1 or not _is_text(cause) or derived:
        return None
    ((at, of),) = found
    return (at, of) if at >= 0 else None


def _comparison(accounts: Accounts, causes: list[Cause]) -> Cause:
    """A word of direction that turns the amount round, an amount that the rate follows, or all of it out of date."""
    checks = [c for cause in causes for c in cause.checks]
    worded = [c for c in checks if c.relation.kind in ("direction", "gap") and not _is_amount(c)]
    amounts = [
        cause for cause in causes if any(_is_amount(c) and c.kind in ("change", "over") for c in cause.checks)
    ]
    turned = all(
        c.judgement.gap == 2 * c.printed.exact()
        for a in amounts
        for c in a.checks
        if _is_amount(c) and c.printed
    )
    rates_fit = all(_fits_last_year(accounts, c) for c in checks if c.kind == "growth" and _is_amount(c))
    if worded and turned:
        return Cause([*worded, *(c for c in checks if c not in worded)])
    if amounts and rates_fit:
        first = amounts[0]
        first.checks = [*first.checks, *(c for c in checks if c not in first.checks)]
        return first
    if not amounts or not any(c.kind == "growth" for c in checks):
        return Cause(checks, causes[0].suspect, causes[0].others)
    return Cause(checks, kind=STALE, words="这里的增减额、增减幅度都与本年、上年的数不符，疑为沿用的旧稿")


def _is_amount(check: Check) -> bool:
    return check.printed is not None and check.printed.is_number


def _fits_last_year(accounts: Accounts, check: Check) -> bool:
    """A growth rate that this year's and last year's figure give; the printed change beside it is then wrong."""
    if check.claim is None or check.printed is None or not check.terms:
        return False
    now, before = check.terms[0].fact.quantity, accounts.before(*split_address(check.claim.of))
    if not now.is_number or not before.is_number or not before.value:
        return False
    growth = 100 * (now.exact() * now.scale / (before.exact() * before.scale) - 1)
    return abs(growth) in check.printed.interval() or -abs(growth) in check.printed.interval()


def _attached(accounts: Accounts, causes: Sequence[Cause], checks: Sequence[Check]) -> list[Cause]:
    """What only sums up other claims, and a share plugged beside them, goes to the claim that is wrong."""
    kept = list(causes)
    for cause in causes:
        first = cause.checks[0]
        plugged = first.kind == "share" and _is_plugged(accounts, first, checks)
        if len(cause.checks) > 1 or not (plugged or first.relation.kind in _DERIVED):
            continue
        source = next(
            (c for c in kept if c is not cause and any(_feeds(one, first) for one in c.checks)), None
        )
        if source is not None:
            source.checks = [*source.checks, first]
            kept = [c for c in kept if c is not cause]
    return kept


def _is_plugged(accounts: Accounts, check: Check, checks: Sequence[Check]) -> bool:
    """A share that largest remainders give, if the other shares were as they give too."""
    group = [c for c in checks if c.kind == "share" and c.relation == check.relation and _siblings(c, check)]
    amounts = [c.terms[0].fact.quantity for c in group]
    if len(group) < 2 or any(not q.is_number or q.exact() < 0 for q in amounts) or check.printed is None:
        return False
    whole = check.terms[-1].fact.quantity
    if not whole.is_number or not tallies(amounts, whole) or not any(q.value for q in amounts):
        return False
    plugged = shares_to_hundred([q.exact() * q.scale for q in amounts], accounts.layout.rate_decimals)
    return plugged[group.index(check)] == check.printed.value


def _siblings(one: Check, other: Check) -> bool:
    return (
        one.section == other.section
        and len(one.terms) == len(other.terms) == 2
        and one.terms[-1].fact.address == other.terms[-1].fact.address
    )


def _feeds(check: Check, derived: Check) -> bool:
    if check.relation.kind in _DERIVED or not check.section:
        return False
    if derived.kind == "share":
        return check.kind == "share" and _siblings(check, derived)
    if derived.relation.kind == "share_sum":
        bases = {t.fact.address for t in check.terms[-1:]}
        return check.kind == "share" and check.section == derived.section and derived.place in bases
    figures = {derived.place, *(t.fact.address for t in derived.terms)}
    return check.claim is not None and check.claim.kind in _COMPARING and check.claim.of in figures


def _alone_in(cause: Cause) -> int | None:
    """The one sentence that a cause of the text lies in."""
    if not _is_text(cause):
        return None
    own = [c for c in cause.checks if c.relation.kind not in _DERIVED and c.relation.kind != "items"]
    sentences = {_sentence(c) for c in own}
    return sentences.pop() if len(sentences) == 1 and min(sentences) >= 0 else None


def _stale(accounts: Accounts, causes: list[Cause], judged: dict[int, set[tuple[int, int]]]) -> Cause | None:
    """At least half of the figures of a sentence are wrong, or two of them are last year's."""
    at = _alone_in(causes[0]) or 0
    checks = [c for cause in causes for c in cause.checks]
    old = {_span(c) for c in checks if _is_last_years(accounts, c)}
    wrong = old | {_span(c) for c in checks if _sentence(c) == at and c.kind in _FIGURES}
    if len(wrong) < 2 or (2 * len(wrong) < len(judged[at]) and len(old) < 2):
        return None
    figures = list(dict.fromkeys(c.printed.printed for c in checks if _is_amount(c) and c.printed))
    said = f"（{'、'.join(figures[:4])}{' 等' if len(figures) > 4 else ''}）" if figures else ""
    source = "有的正是上年的数，疑为上年的话" if old else "疑为沿用的旧稿"
    return Cause(checks, kind=STALE, words=f"这句话有 {len(wrong)} 处与表不符{said}，{source}")


def _is_last_years(accounts: Accounts, check: Check) -> bool:
    if check.printed is None or not check.printed.value or len(check.terms) not in (1, 2):
        return False
    facts = [t.fact for t in check.terms]
    old = [replace(f, quantity=accounts.before(f.table, f.row, f.column)) for f in facts]
    if len(old) == 1:
        return old[0].quantity.value == check.printed.value
    return check.printed.unit == "%" and gives(old[0], old[1], check.printed)
