"""Then and now on one line: an open dot, a filled dot, and what lay between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from juesuan.charts.bars import OFFSET, Bar, limits
from juesuan.charts.lettering import BODY
from juesuan.charts.page import Panel
from juesuan.charts.style import palette
from juesuan.wording import percent


@dataclass(frozen=True)
class Dumbbell:
    """One item: its values from the first year to the last, in percent."""

    label: str
    values: tuple[Fraction, ...]
    decimals: int = 2

    @property
    def text(self) -> str:
        """The direct label, `12.30% → 15.01%`."""
        return f"{percent(self.values[0], self.decimals)} → {percent(self.values[-1], self.decimals)}"


@dataclass(frozen=True)
class Dumbbells(Panel):
    """Items on one scale; the label stands behind the larger end."""

    items: tuple[Dumbbell, ...]

    @property
    def labels(self) -> list[str]:
        """One label an item."""
        return [item.label for item in self.items]

    @property
    def heights(self) -> list[float]:
        """Room for the dots."""
        return [height + 3 for height in super().heights]

    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """A line between the extremes, ticks for the years between, the two dots, the figures."""
        axes.set_xlim(*limits([Bar(i.label, max(i.values), f"  {i.text}") for i in self.items], room))
        ink, muted = palette()["focus"], palette()["muted"]
        for item, y in zip(self.items, at, strict=True):
            values = [float(value) for value in item.values]
            axes.plot([min(values), max(values)], [y, y], color=muted, linewidth=1.2, zorder=1)
            axes.plot(values[1:-1], [y] * len(values[1:-1]), "|", color=muted, markersize=7, zorder=2)
            axes.plot(values[0], y, "o", markersize=7, markerfacecolor="white", markeredgecolor=ink, zorder=3)
            axes.plot(values[-1], y, "o", markersize=7, color=ink, zorder=4)
            axes.annotate(
                item.text, (max(values), y), (OFFSET + 5, 0),
                textcoords="offset points", va="center", ha="left", size=BODY, annotation_clip=False,
            )  # fmt: skip
