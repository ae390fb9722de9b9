"""The ranked hypotheses of a cause: which slip turns the needed value into the printed one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.diagnosis.cells import Cells
from juesuan.diagnosis.misprints import DIGIT, DOUBLED, EXTRA, LOST, POWER, SIGN, SWAP, misprints
from juesuan.diagnosis.model import Cause, Hypothesis, Suspect
from juesuan.diagnosis.rates import rate_reasons
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check
from juesuan.wording import fixed

SCOPE, OLD, OTHER, BASE, WANTED, RECKONED, BLANK = (
    "口径", "旧数", "另一格的数", "分母", "另一格的数（应印的数）", "由其余的数推得", "漏填"
)  # fmt: skip
WORDS = {"direction": "方向词", "gap": "方向词", "year": "年度", "names": "名称"}
# The smaller, the more it says that the figures fit: what fits many figures by chance comes late.
_RANK = {
    SCOPE: 0, **dict.fromkeys(WORDS.values(), 1), OLD: 5, SWAP: 10, OTHER: 12, SIGN: 14, POWER: 16, BASE: 17,
    LOST: 18, DOUBLED: 20, "凑足 100": 21, "截位": 22, DIGIT: 24, EXTRA: 32, BLANK: 40, WANTED: 42, RECKONED: 50,
}  # fmt: skip
# A slip that gives not just the value that the others reckon, but one that their rounding allows.
_BESIDE = 7
_EACH = 2
_MOST = 6


def hypotheses(accounts: Accounts, cells: Cells, cause: Cause, checks: Sequence[Check]) -> list[Hypothesis]:
    """Ranked causes, best first, at most six: those of the figure to blame, then of those that would do as well.

    What breaks nothing else comes before what does.
    """
    found = [Hypothesis(cause.kind, cause.words)] if cause.words else []
    if cause.words and not cause.others:
        return found
    first = cause.checks[0]
    mine = {
        f.address for c in cause.checks for f in [*(t.fact for t in c.terms), *([c.left] if c.left else [])]
    }
    for check in cause.checks:
        if check.relation.kind in WORDS and check.judgement.note:
            found.append(Hypothesis(WORDS[check.relation.kind], check.judgement.note))
    blamed = cause.suspect.figure.quantity if cause.suspect else None
    on_trial = next((c for c in cause.checks if c.printed is blamed), first)
    found += rate_reasons(accounts, on_trial, checks)
    ranked = [(bool(s.broken), s) for s in cause.others]
    if cause.suspect is not None:
        about = next(
            (c.terms[0].fact for c in cause.checks if c.kind == "amount" and len(c.terms) == 1), None
        )
        found = _sorted([*found, *_of(accounts, cells, cause.suspect, mine, sure=True, about=about)])
        return _kept(found + _sorted([h for _, s in ranked for h in _of(accounts, cells, s, mine)]))
    found += [h for broken, s in ranked for h in _of(accounts, cells, s, mine, sure=not broken)]
    return _kept(_noted(_sorted(found), cause, checks), _EACH)


def _sorted(found: Sequence[Hypothesis]) -> list[Hypothesis]:
    return sorted(
        found, key=lambda h: (h.breaks > 0, _RANK[h.kind] + (_BESIDE if h.beside else 0), -h.nearer)
    )


def _kept(found: Sequence[Hypothesis], most: int = _MOST) -> list[Hypothesis]:
    """Each figure with each value once, in the words that come first; no figure more than `most` times."""
    seen: set[object] = set()
    counted: Counter[str] = Counter()
    kept = []
    for one in found:
        key = (one.address, one.value) if one.address and one.value is not None else one.text
        if key not in seen and (not one.address or counted[one.address] < most):
            seen.add(key)
            counted[one.address] += 1
            kept.append(replace(one, kind=one.kind.split("（")[0]))
    return kept[:_MOST]


def _of(
    accounts: Accounts,
    cells: Cells,
    suspect: Suspect,
    mine: set[str],
    *,
    sure: bool = False,
    about: Fact | None = None,
) -> Iterator[Hypothesis]:
    figure, quantity = suspect.figure, suspect.figure.quantity
    name, breaks = figure.named(accounts), len(suspect.broken)
    about = figure.fact or about
    before = cells.before(about) if about else Quantity.blank()
    end = f"，但会使另外 {breaks} 处不符" if breaks else ""

    def told(kind: str, text: str, value: Fraction | None = None) -> Hypothesis:
        wanted = suspect.value if value is None else value
        near = _nearer(before, quantity, wanted)
        beside = wanted != suspect.value
        return Hypothesis(kind, text + end, breaks, figure.key, wanted, beside, near, suspect.needed)

    decimals = max(quantity.decimals or 0, 2) if quantity.decimals != 0 else 0
    unit = "%" if quantity.unit == "%" else ""
    wanted = fixed(suspect.value, decimals) + unit
    if not quantity.is_number:
        if sure:
            yield told(BLANK, f"{name}是空白，若应印 {wanted}，有关各式成立")
        return
    holds = "本式成立" if len(suspect.fixed) == 1 else f"{len(suspect.fixed)} 处都成立"
    if before.is_number and before.value and before.value == quantity.value:
        yield told(OLD, f"{name}印的 {quantity.printed} 正是上年的数，应为 {wanted}")
    if same := cells.same(quantity, figure.fact):
        more = f" 等 {len(same)} 格" if len(same) > 1 else ""
        text = (
            f"{name}印的 {quantity.printed} 正是{cells.title(same[0])}{more}的数（疑口径错用），应为 {wanted}"
        )
        yield told(OTHER, text)
    for kind, value, what in misprints(quantity, suspect.needed):
        shown = fixed(value, decimals) + unit
        yield told(kind, f"{name}的 {quantity.printed}{unit} 若为 {shown}（{what}），{holds}", value)
    if found := cells.with_value(suspect.value, quantity.unit, mine | {figure.key}):
        more = f" 等 {len(found)} 格" if len(found) > 1 else ""
        text = (
            f"{name}的 {quantity.printed} 若为 {wanted}，{holds}，而这正是{cells.title(found[0])}{more}的数"
        )
        yield told(WANTED, text)
    if sure and wanted != quantity.printed + unit:
        yield told(RECKONED, f"{name}的 {quantity.printed}{unit} 若为 {wanted}，{holds}")


def _nearer(before: Quantity, printed: Quantity, wanted: Fraction) -> Fraction:
    """How many times nearer last year's figure the wanted value lies than the printed one; 1 where nobody knows."""
    if not before.is_number or not printed.is_number or before.unit != printed.unit:
        return Fraction(1)
    was, now = before.exact(), printed.exact()
    if min(was, now, wanted) <= 0:
        return Fraction(0) if wanted < 0 < now else Fraction(1)
    return _apart(now, was) / _apart(wanted, was)


def _apart(one: Fraction, other: Fraction) -> Fraction:
    return max(one, other) / min(one, other)


def _noted(found: list[Hypothesis], cause: Cause, checks: Sequence[Check]) -> list[Hypothesis]:
    """A correction that leaves a wrong rate of the text wrong is only a possibility: say so."""
    wrong = [
        c
        for c in checks
        if c.judgement.verdict is Verdict.INCONSISTENT
        and c not in cause.checks
        and c.printed is not None
        and c.printed.unit == "%"
        and len(c.terms) == 2
    ]
    noted = []
    for one in found:
        unsettled = next((c for c in wrong if _stays_wrong(c, one)), None)
        text = f"；“{unsettled.quote}”无论用哪个数都不符，所以只是一种可能" if unsettled else ""
        noted.append(replace(one, text=one.text + text))
    return noted


def _stays_wrong(check: Check, one: Hypothesis) -> bool:
    if one.value is None or check.printed is None or all(t.fact.address != one.address for t in check.terms):
        return False
    part, base = (
        replace(t.fact.quantity, value=_decimal(one.value))
        if t.fact.address == one.address
        else t.fact.quantity
        for t in check.terms
    )
    if not part.is_number or not base.is_number:
        return False
    quotient = (part.interval() * part.scale).divided_by(base.interval() * base.scale)
    return quotient is not None and (quotient * 100).meet(check.printed.interval()) is None


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
