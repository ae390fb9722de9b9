"""The page of a chart: message, measure, panels and notes from top to bottom, every length in points."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from juesuan.accounts import Accounts
from juesuan.accounts.source import SYNTHETIC
from juesuan.charts.chart import Chart
from juesuan.charts.lettering import (
    BODY,
    LEADING,
    SMALL,
    TITLE,
    balanced,
    clauses,
    joined,
    leading,
    width,
    wrap,
)
from juesuan.charts.style import palette, styled

# 17 cm, the text width of an A4 page: the sizes below are the sizes in print.
WIDTH = 17 / 2.54 * 72
EDGE, GAP, PAD = 6.0, 9.0, 6.0
LABEL = 150.0
INNER = WIDTH - 2 * EDGE


@dataclass(frozen=True)
class Panel(ABC):
    """Rows of one set of axes: labels at the left, marks, figures at their right."""

    heading: str

    @property
    @abstractmethod
    def labels(self) -> list[str]:
        """Row labels from top to bottom."""

    @abstractmethod
    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """Put the marks at the heights `at`; `room` is the width of the axes in points."""

    def lines(self, row: int) -> int:
        """Lines of text at the right of a row."""
        return 1

    @property
    def foot(self) -> float:
        """Room below the rows, for tick labels."""
        return 0.0

    @cached_property
    def wrapped(self) -> list[list[str]]:
        """The row labels broken into lines."""
        return [balanced(label, BODY, LABEL) for label in self.labels]

    @property
    def heights(self) -> list[float]:
        """The height of each row."""
        return [leading(BODY, max(len(w), self.lines(i))) + 6 for i, w in enumerate(self.wrapped)]


@dataclass(frozen=True)
class Line:
    """One line of text with its top edge."""

    text: str
    top: float
    size: float
    colour: str


def compose(
    synthetic: bool, title: str, measure: str, panels: Sequence[Panel], notes: Sequence[str], alt: str
) -> Chart:
    """Lay the panels out under the message and draw them; margins follow from the widths of the labels.

    A chart of generated data says so (`synthetic`).
    """
    gutter = max(width(line, BODY) for p in panels for w in p.wrapped for line in w) + PAD
    lines: list[Line] = []

    def write(texts: Sequence[str], top: float, size: float, role: str) -> float:
        lines.extend(Line(text, top + leading(size, i), size, role) for i, text in enumerate(texts))
        return top + leading(size, len(texts))

    cursor = write([SYNTHETIC] if synthetic else [], EDGE, SMALL, "mark")
    cursor = write(clauses(title, TITLE, INNER), cursor, TITLE, "ink") + 2
    cursor = write(joined(measure, SMALL, INNER), cursor, SMALL, "muted") + GAP
    tops = []
    for panel in panels:
        cursor = write(wrap(panel.heading, BODY, INNER) if panel.heading else [], cursor, BODY, "ink")
        tops.append(cursor)
        cursor += sum(panel.heights) + panel.foot + GAP
    height = write(wrap("".join(notes), SMALL, INNER) if notes else [], cursor, SMALL, "muted") + EDGE
    with styled():
        fig = Figure(figsize=(WIDTH / 72, height / 72))
        for line in lines:
            fig.text(
                EDGE / WIDTH, 1 - line.top / height, line.text,
                size=line.size, color=palette()[line.colour], va="top", ha="left",
            )  # fmt: skip
        for panel, top in zip(panels, tops, strict=True):
            _draw(fig, panel, EDGE + gutter, top, height)
    said = f"{SYNTHETIC}。{alt}" if synthetic else alt
    return Chart(fig, said, title)


def _draw(fig: Figure, panel: Panel, left: float, top: float, height: float) -> None:
    heights = panel.heights
    tall, room = sum(heights), WIDTH - EDGE - left
    axes = fig.add_axes((left / WIDTH, 1 - (top + tall) / height, room / WIDTH, tall / height))
    at = [sum(heights[:i]) + h / 2 for i, h in enumerate(heights)]
    axes.set_ylim(tall, 0)
    axes.set_yticks(at, ["\n".join(w) for w in panel.wrapped], linespacing=LEADING * 0.8)
    axes.set_xticks([])
    panel.draw(axes, at, room)


def measure(accounts: Accounts, what: str, unit: str, *more: str) -> str:
    """The line under the message: whose figures, of what, in which unit."""
    parts = [f"{accounts.department} {accounts.year} 年度{what}", f"单位：{unit}", *more]
    return " · ".join(filter(None, parts))
