"""项目绩效: how much of its budget a project spent, against the score it gave itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from juesuan.accounts import Accounts
from juesuan.charts.bars import THICK
from juesuan.charts.chart import Chart
from juesuan.charts.execution import SIGN, beside, mark, rate_axis
from juesuan.charts.lettering import BODY, SMALL, leading, width
from juesuan.charts.page import Panel, compose, measure
from juesuan.charts.style import bar
from juesuan.quantity import Quantity, rate
from juesuan.wording import amount, percent

_FULL = 100
_END = 106


@dataclass(frozen=True)
class Project:
    """One project with a rate: spent of budget, and the score of its self-evaluation (0–100)."""

    label: str
    spent: Quantity
    budget: Quantity
    score: Quantity
    decimals: int

    @property
    def rate(self) -> Fraction:
        """Spent in percent of the full-year budget."""
        return rate(self.spent, self.budget)

    @property
    def text(self) -> str:
        """The direct labels, two lines: rate with amounts, score."""
        pair = f"{amount(self.spent, thousands=True)} / {amount(self.budget, thousands=True)}"
        score = f"得分 {amount(self.score)}" if self.score.is_number else "得分未披露"
        return f"执行率 {percent(self.rate, self.decimals)} · {pair}\n{SIGN} {score}"


@dataclass(frozen=True)
class Projects(Panel):
    """Bars of the rate and ◇ of the score on one axis from 0 to 100."""

    rows: tuple[Project, ...]

    @property
    def labels(self) -> list[str]:
        """One label a project."""
        return [p.label for p in self.rows]

    def lines(self, row: int) -> int:
        """Rate and score."""
        return 2

    @property
    def foot(self) -> float:
        """The ticks."""
        return leading(SMALL) + 6

    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """Bars cut at the full rate, scores as ◇, figures in a column at the right."""
        column = max(width(line, BODY) for p in self.rows for line in p.text.split("\n")) + 10
        rate_axis(axes, _END, (room - column) / room)
        for p, y in zip(self.rows, at, strict=True):
            axes.barh(y, min(float(p.rate), _END), height=THICK, **bar("quiet"))
            if p.rate > _END:
                mark(axes, _END * 0.985, y, ">")
            if p.score.value is not None and 0 <= p.score.value <= _FULL:
                mark(axes, float(p.score.value), y, "D")
            beside(axes, p.text, y)


def projects(accounts: Accounts) -> list[Project]:
    """The projects whose rate can be reckoned, in the order of the text."""
    found = []
    for name in accounts.rows("S8"):
        spent, budget, score = (accounts.get("S8", name, c) for c in ("执行数", "全年预算数", "自评得分"))
        if spent.value is not None and spent.value >= 0 and budget.value and budget.value > 0:
            found.append(Project(name, spent, budget, score, accounts.layout.rate_decimals))
    return found


def performance(accounts: Accounts) -> Chart | None:
    """Execution rate and score of each self-evaluated project; None without any rate."""
    rows = projects(accounts)
    if not rows:
        return None
    title = _title(rows)
    text = measure(
        accounts,
        "项目绩效自评",
        rows[0].budget.unit,
        "条为执行率，旁为执行数 / 全年预算数",
        f"{SIGN} 为得分（满分 100）",
    )
    notes = ["超出轴端的条截断，以箭头表示。"] if any(p.rate > _END for p in rows) else []
    said = "；".join(f"{p.label} {p.text}".replace(f"\n{SIGN} ", "，") for p in rows)
    alt = f"条形图：{title}。{said}。{''.join(notes)}"
    return compose(accounts.source.is_synthetic, title, text, [Projects("", tuple(rows))], notes, alt)


def _title(rows: list[Project]) -> str:
    if len(rows) == 1:
        score = f"，自评得分 {amount(rows[0].score)}" if rows[0].score.is_number else ""
        return f"{rows[0].label}执行率 {percent(rows[0].rate, rows[0].decimals)}{score}"
    least = min(rows, key=lambda p: p.rate)
    scores = sorted({p.score.value for p in rows if p.score.value is not None})
    said = f"{len(rows)} 个项目自评得分 {scores[0]}–{scores[-1]}，" if len(scores) > 1 else ""
    lowest = percent(least.rate, least.decimals)
    if sum(p.rate == least.rate for p in rows) == 1:
        return f"{said}执行率最低的是{least.label}（{lowest}）"
    return f"{said}执行率最低为 {lowest}"
