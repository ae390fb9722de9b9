"""Failed checks of the text that say the same: about the same number, out by the same amount, in the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence

from juesuan.diagnosis.model import Cause
from juesuan.wording import decimal_text


def merged(
    causes: Sequence[Cause],
    key: Callable[[Cause], Hashable | None],
    join: Callable[[list[Cause]], Cause | None],
) -> list[Cause]:
    """Causes of one key in the place of the first of them, as `join` puts them together (None: they stay apart)."""
    groups: dict[Hashable, list[Cause]] = defaultdict(list)
    for cause in causes:
        if (name := key(cause)) is not None:
            groups[name].append(cause)
    made: dict[int, Cause] = {}
    gone: set[int] = set()
    for mine in groups.values():
        one = join(mine) if len(mine) > 1 else None
        if one is not None:
            made[id(mine[0])] = one
            gone |= {id(cause) for cause in mine[1:]}
    return [made.get(id(cause), cause) for cause in causes if id(cause) not in gone]


def same_words(causes: Sequence[Cause]) -> list[Cause]:
    """Checks about one and the same number of the text (its value, its unit)."""
    return merged(causes, _place, _joined)


def same_gap(causes: Sequence[Cause]) -> list[Cause]:
    """Amounts of one section that are all out by the same: a whole and its part taken from elsewhere."""

    def join(mine: list[Cause]) -> Cause | None:
        if len({c.printed for cause in mine for c in cause.checks}) < len(mine):
            return None
        one, first = _joined(mine), mine[0].checks[0]
        shown = "、".join(c.printed.printed for c in one.checks if c.printed)
        assert first.judgement.gap is not None
        one.words = (
            f"情况说明{first.section}的 {shown} 都相差 {decimal_text(first.judgement.gap)}，疑取自另一口径"
        )
        one.kind = "另一格的数"
        return one

    return merged(causes, _gap, join)


def same_note(causes: Sequence[Cause]) -> list[Cause]:
    """The same remark at several places, such as a name that is written wrongly throughout."""
    return merged(causes, _note, _joined)


def _joined(causes: Sequence[Cause]) -> Cause:
    checks = [c for cause in causes for c in cause.checks]
    blamed = next((cause for cause in causes if cause.suspect is not None), causes[0])
    others = list({id(s): s for cause in [blamed, *causes] for s in cause.others}.values())
    return Cause(checks, blamed.suspect, others)


def _place(cause: Cause) -> Hashable | None:
    spans = {c.claim.span for c in cause.checks if c.claim and c.kind in ("amount", "short_unit", "no_unit")}
    text = cause.suspect is None or cause.suspect.figure.is_text
    same = len(spans) == 1 and all(c.claim for c in cause.checks) and min(spans)[0] >= 0
    return spans.pop() if same and text and not cause.words else None


def _gap(cause: Cause) -> Hashable | None:
    first = cause.checks[0]
    text = cause.suspect is None or cause.suspect.figure.is_text
    if len(cause.checks) > 1 or first.kind != "amount" or not text or not first.judgement.gap or cause.words:
        return None
    return first.section, first.judgement.gap


def _note(cause: Cause) -> Hashable | None:
    first = cause.checks[0]
    words = first.section and first.judgement.gap is None and first.judgement.note
    return (first.relation.id, words) if len(cause.checks) == 1 and words else None
