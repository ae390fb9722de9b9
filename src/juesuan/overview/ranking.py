"""完成率: the distribution of every year, the lowest and the highest of the last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from juesuan.overview.dataset import Dataset
from juesuan.overview.line import Line
from juesuan.overview.page import shown
from juesuan.overview.robust import quantile
from juesuan.overview.settings import settings
from juesuan.overview.summary import names
from juesuan.report.display import Shown, note

_ENDS = ("最低", "下四分位", "中位数", "上四分位", "最高")


@dataclass(frozen=True)
class Spread:
    """The completion rates of one year: five points of the distribution, in percent."""

    year: int
    count: int
    without: int
    points: tuple[Fraction, ...]


@dataclass(frozen=True)
class Ranked:
    """One department in the order of completion; equal rates share a rank."""

    rank: int
    line: Line


def ranked(data: Dataset, year: int) -> list[Ranked]:
    """The departments of a year that have a completion rate, the highest first."""
    known = [
        (line.completion, line) for line in data.lines if line.year == year and line.completion is not None
    ]
    known.sort(key=lambda pair: (-pair[0], pair[1].department, pair[1].key))
    found: list[Ranked] = []
    for i, (rate, line) in enumerate(known):
        level = bool(i) and known[i - 1][0] == rate
        found.append(Ranked(found[-1].rank if level else i + 1, line))
    return found


def last_ranked(data: Dataset) -> int | None:
    """The last year in which some department has a completion rate."""
    return max((line.year for line in data.lines if line.year and line.completion is not None), default=None)


def spreads(data: Dataset) -> list[Spread]:
    """One a year; a year with too few rates for quartiles to mean anything is left out."""
    found = []
    for year in data.years:
        done = [line for line in data.lines if line.year == year and line.is_done]
        rates = [line.completion for line in done if line.completion is not None]
        if len(rates) >= settings().outliers.among:
            points = tuple(quantile(rates, Fraction(i, 4)) for i in range(5))
            found.append(Spread(year, len(rates), len(done) - len(rates), points))
    return found


def overview_ranking(data: Dataset) -> Shown:
    """The distribution by year, then the ends of the last year's order; all of it stands in the matrix."""
    year = last_ranked(data)
    if year is None:
        return note("没有一个部门同时有一般公共预算支出的决算数和年初预算数，排不出完成率。")
    order = ranked(data, year)
    low, high = _ends(order, settings().ranks)
    plain = "\n".join(f"{r.rank} {r.line.department} {r.line.completed}" for r in (*low, *high))
    return shown(
        "ranking.html.j2", plain,
        spreads=spreads(data), ends=_ENDS, low=low, high=high, year=year, total=len(order), names=names(data),
        among=settings().outliers.among,
    )  # fmt: skip


def _ends(order: Sequence[Ranked], most: int) -> tuple[list[Ranked], list[Ranked]]:
    """The lowest, lowest first, and the highest; everybody is among the highest where that is not too long."""
    if len(order) <= 2 * most:
        return [], list(order)
    return list(reversed(order[-most:])), list(order[:most])
