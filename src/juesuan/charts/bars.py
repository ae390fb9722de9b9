"""Ordered horizontal bars with direct labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from juesuan.charts.breakdown import Part
from juesuan.charts.lettering import BODY, width
from juesuan.charts.page import Panel
from juesuan.charts.style import bar

THICK = 10.0
OFFSET = 4.0


@dataclass(frozen=True)
class Bar:
    """One bar: where it ends, the text beside it, and its role in the style."""

    label: str
    value: Fraction
    text: str
    role: str = "quiet"

    @classmethod
    def of(cls, part: Part, role: str = "quiet") -> Bar:
        """The bar of a part."""
        return cls(part.label, part.quantity.exact(), part.text, role)


@dataclass(frozen=True)
class Bars(Panel):
    """A panel of bars; `beside` are bars of other panels that share its scale."""

    bars: tuple[Bar, ...]
    beside: tuple[Bar, ...] = ()

    @property
    def labels(self) -> list[str]:
        """One label a bar."""
        return [b.label for b in self.bars]

    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """Bars from 0, the text at the end of each (right of 0 for a negative one)."""
        axes.set_xlim(*limits([*self.bars, *self.beside], room))
        for b, y in zip(self.bars, at, strict=True):
            axes.barh(y, float(b.value), height=THICK, **bar(b.role))
            axes.annotate(
                b.text, (max(float(b.value), 0.0), y), (OFFSET, 0),
                textcoords="offset points", va="center", ha="left", size=BODY, annotation_clip=False,
            )  # fmt: skip
        axes.spines["left"].set_position(("data", 0))


def limits(bars: Sequence[Bar], room: float) -> tuple[float, float]:
    """The ends of the axis (from 0 or the lowest value) that leave room for every label."""
    low = min(0.0, *(float(b.value) for b in bars))
    ends = [(max(float(b.value), 0.0) - low, width(b.text, BODY) + OFFSET + 1) for b in bars]
    span = max(end * room / (room - text) for end, text in ends)
    return low, low + (span or 1.0)


def ranked(parts: Sequence[Part]) -> tuple[Bar, ...]:
    """Parts as bars: the largest in focus, 其他 hatched, the others quiet."""
    largest = max(p.quantity.exact() for p in parts)

    def role(part: Part) -> str:
        if part.quantity.exact() == largest:
            return "focus"
        return "rest" if part.label.startswith("其他") else "quiet"

    return tuple(Bar.of(part, role(part)) for part in parts)
