"""Departments that stand out, each with one sentence: the figure, and what it is compared with.

A sentence states figures only; why a figure is what it is, the data do not say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from juesuan.overview.dataset import Dataset
from juesuan.overview.line import Line, with_unit
from juesuan.overview.robust import Peers, peers
from juesuan.overview.settings import settings
from juesuan.overview.shifts import Shift, shifts
from juesuan.quantity import rate
from juesuan.wording import decimal_text, direction, fixed, percent


@dataclass(frozen=True)
class Outlier:
    """One department and year that stands out; `strength` orders those of one kind."""

    kind: str
    line: Line
    sentence: str
    strength: Fraction


def outliers(data: Dataset) -> dict[str, list[Outlier]]:
    """Kind → its outliers, the strongest first; every kind of the settings is there, even if empty."""
    done = [line for line in data.lines if line.is_done]
    found = {kind: list(_FINDERS[kind](data, done)) for kind in settings().outliers.kinds}
    return {
        kind: sorted(some, key=lambda o: (-o.strength, o.line.key, o.line.year or 0))
        for kind, some in found.items()
    }


def _completion(data: Dataset, done: Sequence[Line]) -> Iterator[Outlier]:
    rates = {line: line.completion for line in done}
    for line, value, group in _apart("completion", rates):
        gap = value - group.median
        yield _outlier(
            "completion", line, abs(gap),
            value=line.completed, outturn=with_unit(line.outturn), budget=with_unit(line.budget), count=group.count,
            median=percent(group.median), side=direction(gap, up="高出", down="低"), gap=fixed(abs(gap), 2),
        )  # fmt: skip


def _structure(data: Dataset, done: Sequence[Line]) -> Iterator[Outlier]:
    moved: Mapping[tuple[str, int | None], Shift] = shifts(data)
    largest = {line: shift for line in done if (shift := moved.get((line.key, line.year)))}
    for line, value, group in _apart(
        "structure", {line: shift.gap for line, shift in largest.items()}, up=True
    ):
        shift = largest[line]
        yield _outlier(
            "structure", line, value,
            label=shift.label, now=percent(shift.now), before=percent(shift.before), count=group.count,
            side=direction(shift.now - shift.before, up="升高", down="降低"), gap=fixed(value, 2),
            median=fixed(group.median, 2),
        )  # fmt: skip


def _three_public(data: Dataset, done: Sequence[Line]) -> Iterator[Outlier]:
    for line in done:
        outturn, budget = line.public_outturn, line.public_budget
        if outturn.value is None or budget.value is None:
            continue
        gap = outturn.exact() * outturn.scale - budget.exact() * budget.scale
        if gap <= 0:
            continue
        # Told in the unit and with the decimals of the outturn, or the finer ones of the budget.
        decimals = max(outturn.decimals or 0, budget.decimals or 0)
        over = f"{fixed(gap / outturn.scale, decimals, thousands=True)} {outturn.unit}".strip()
        ratio = f"（预算的 {percent(rate(outturn, budget) - 100)}）" if budget.value > 0 else "，预算为 0"
        yield _outlier(
            "three_public",
            line,
            gap,
            outturn=with_unit(outturn),
            budget=with_unit(budget),
            gap=over,
            ratio=ratio,
        )


def _jump(data: Dataset, done: Sequence[Line]) -> Iterator[Outlier]:
    earlier = {(line.key, line.year): line for line in done}
    pairs = {line: earlier.get((line.key, (line.year or 0) - 1)) for line in done}
    changes = {line: _change(line, before) for line, before in pairs.items() if before}
    for line, value, group in _apart("jump", changes):
        before = pairs[line]
        assert before is not None, "a change has two years"
        yield _outlier(
            "jump", line, abs(value - group.median),
            now=with_unit(line.outturn), before=with_unit(before.outturn), side=direction(value, up="增长", down="下降"),
            gap=percent(abs(value)), count=group.count, median=_signed(group.median),
        )  # fmt: skip


def _errors(data: Dataset, done: Sequence[Line]) -> Iterator[Outlier]:
    counts = {line: Fraction(line.errors) for line in done if line.errors is not None}
    for line, value, group in _apart("errors", counts, up=True):
        yield _outlier(
            "errors", line, value - group.median,
            value=line.errors, count=group.count, median=decimal_text(group.median),
        )  # fmt: skip


_FINDERS: dict[str, Callable[[Dataset, Sequence[Line]], Iterator[Outlier]]] = {
    "completion": _completion,
    "structure": _structure,
    "three_public": _three_public,
    "jump": _jump,
    "errors": _errors,
}


def _apart(
    kind: str, values: Mapping[Line, Fraction | None], *, up: bool = False
) -> Iterator[tuple[Line, Fraction, Peers]]:
    """The lines whose value lies far from those of the same year; with `up` only above."""
    rule = settings().outliers.kinds[kind]
    years: dict[int | None, dict[Line, Fraction]] = defaultdict(dict)
    for line, value in values.items():
        if value is not None:
            years[line.year][line] = value
    for known in years.values():
        group = peers(list(known.values()))
        if group.count < settings().outliers.among:
            continue
        least = max(rule.times * group.scale, Fraction(rule.least))
        for line, value in known.items():
            gap = value - group.median if up else abs(value - group.median)
            if gap > rule.times * group.scale and gap >= least:
                yield line, value, group


def _change(line: Line, before: Line) -> Fraction | None:
    now, then = line.outturn, before.outturn
    if not now.is_number or not then.value or then.value < 0:
        return None
    return rate(now, then) - 100


def _signed(change: Fraction) -> str:
    return f"{'−' if change < 0 else ''}{percent(abs(change))}"


def _outlier(kind: str, line: Line, strength: Fraction, **words: object) -> Outlier:
    return Outlier(kind, line, settings().outliers.kinds[kind].says.format(**words), strength)
