"""预算执行: a bullet chart of completion rates, with a line at 100%."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes

from juesuan.accounts import Accounts
from juesuan.charts.apart import COMPUTED
from juesuan.charts.bars import THICK
from juesuan.charts.chart import Chart
from juesuan.charts.lettering import BODY, SMALL, leading, width
from juesuan.charts.page import Panel, compose, measure
from juesuan.charts.rates import Rate, lowest, rates, summed_budgets
from juesuan.charts.style import bar, palette
from juesuan.wording import percent

# A rate beyond the axis is cut and marked: one class must not flatten the others.
FARTHEST = 200
SIGN = "◇"


@dataclass(frozen=True)
class Rates(Panel):
    """Bars on a rate axis; ◇ marks the rate on the comparable scope."""

    rows: tuple[Rate, ...]

    @property
    def labels(self) -> list[str]:
        """One label a row."""
        return [r.label for r in self.rows]

    def lines(self, row: int) -> int:
        """Two where there is a comparable scope."""
        return 2 if self.rows[row].comparable else 1

    @property
    def foot(self) -> float:
        """The rate ticks."""
        return leading(SMALL) + 6

    @property
    def end(self) -> float:
        """The right end of the axis in percent."""
        values = [float(v) for r in self.rows for v in (r.value, r.second) if v is not None]
        return min(FARTHEST, max(100.0, *values)) * 1.06

    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """Bars from 0%, the 100% line, the second marks, and the figures in a column at the right."""
        column = max(width(t, BODY) for r in self.rows for t in (r.text, _second(r))) + 10
        rate_axis(axes, self.end, (room - column) / room)
        for r, y in zip(self.rows, at, strict=True):
            self._row(axes, r, y)

    def _row(self, axes: Axes, rate: Rate, y: float) -> None:
        role = "focus" if rate.label == "合计" else "quiet"
        axes.barh(y, min(float(rate.value), self.end), height=THICK, **bar(role))
        if rate.value > FARTHEST:
            mark(axes, self.end * 0.985, y, ">")
        if rate.second is not None and rate.second <= FARTHEST:
            mark(axes, float(rate.second), y, "D")
        beside(axes, "\n".join(filter(None, (rate.text, _second(rate)))), y)


def rate_axis(axes: Axes, end: float, part: float) -> None:
    """An axis of rates from 0 to `end` percent with a line at 100%, on `part` of the width of the axes."""
    x0, y0, wide, tall = axes.get_position().bounds
    axes.set_position((x0, y0, wide * part, tall))
    axes.set_xlim(0, end)
    ticks = [t for t in range(0, FARTHEST + 1, 50) if t <= end]
    axes.set_xticks(ticks, [percent(t, 0) for t in ticks])
    axes.spines["bottom"].set_visible(True)
    axes.tick_params(axis="x", bottom=True, length=3)
    axes.axvline(100, color=palette()["ink"], linewidth=1.4, zorder=3)


def mark(axes: Axes, x: float, y: float, marker: str) -> None:
    """A second value on a bar's row."""
    axes.plot(
        [x], [y], marker=marker, markersize=6.5, linestyle="none", zorder=4, clip_on=False,
        markerfacecolor="white", markeredgecolor=palette()["ink"],
    )  # fmt: skip


def beside(axes: Axes, text: str, y: float) -> None:
    """The figures of a row, in the column at the right of the axes."""
    axes.annotate(
        text, (1, y), (10, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
        va="center", ha="left", size=BODY, annotation_clip=False,
    )  # fmt: skip


def _second(rate: Rate) -> str:
    return f"{SIGN} {rate.second_text}" if rate.comparable else ""


def execution(accounts: Accounts) -> Chart | None:
    """Outturn in percent of the initial budget, for the total and each class; None without any rate."""
    rows, left = rates(accounts)
    if not rows:
        return None
    title = _title(rows)
    text = measure(accounts, "支出完成率", rows[0].outturn.unit, "条旁为完成率、决算数 / 年初预算数")
    alt = f"子弹图：{title}。{'；'.join(_said(r) for r in rows)}。100% 处有竖线。"
    notes = _notes(accounts, rows, left)
    return compose(
        accounts.source.is_synthetic, title, text, [Rates("", tuple(rows))], notes, alt + "".join(notes)
    )


def _title(rows: list[Rate]) -> str:
    total = next((r for r in rows if r.label == "合计"), None)
    named = total or rows[0]
    what = "支出" if total else named.label
    title = f"{what}完成年初预算的 {named.rate}"
    if named.comparable:
        title += f"；按可比口径（{COMPUTED}）为 {named.second_rate}"
    elif any(r.comparable for r in rows):
        title += f"；按可比口径（{COMPUTED}）"
    least = lowest(rows) if total else None
    return f"{title}，各类中{least.label}最低（{least.second_rate or least.rate}）" if least else title


def _said(rate: Rate) -> str:
    return "，".join(filter(None, (f"{rate.label} {rate.text}", rate.second_text)))


def _notes(accounts: Accounts, rows: list[Rate], left: list[str]) -> list[str]:
    notes = []
    if any(r.comparable for r in rows):
        names = [f.label for f in accounts.records if f.column == "口径外预算数" and f.quantity.is_number]
        notes.append(f"{SIGN} 可比口径（{COMPUTED}）：年初预算数减去不在决算中体现的{'、'.join(names)}。")
    if summed_budgets(accounts):
        notes.append("没有印出年初预算的类，取其下各项年初预算之和。")
    if any(r.value > FARTHEST for r in rows):
        notes.append(f"超过 {percent(FARTHEST, 0)} 的条在轴端截断，以箭头表示。")
    if left:
        notes.append(f"无法计算完成率，未画出：{'、'.join(left)}。")
    return notes
