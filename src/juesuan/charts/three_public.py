"""“三公”经费: budget against outturn, item by item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matplotlib.axes import Axes

from juesuan.accounts import Accounts
from juesuan.charts.bars import OFFSET, THICK, Bar, limits
from juesuan.charts.chart import Chart
from juesuan.charts.lettering import BODY
from juesuan.charts.page import Panel, compose, measure
from juesuan.charts.style import bar
from juesuan.charts.sums import money
from juesuan.quantity import Quantity
from juesuan.wording import amount, direction, fixed, percent


@dataclass(frozen=True)
class Pair:
    """Budget and outturn of one item."""

    label: str
    budget: Quantity
    outturn: Quantity
    decimals: int

    @property
    def text(self) -> str:
        """The direct label, `决算 8.00 / 预算 12.00 · 66.67%`; no rate where the budget is 0 or unknown."""
        figures = [("决算", self.outturn), ("预算", self.budget)]
        said = " / ".join(
            f"{name} {amount(q, thousands=True)}" if q.is_number else f"{name}未披露" for name, q in figures
        )
        if self.outturn.value is None or not self.budget.value:
            return said
        return f"{said} · {percent(100 * self.outturn.exact() / self.budget.exact(), self.decimals)}"

    @property
    def known(self) -> set[str]:
        """Which of the two are disclosed."""
        return {n for n, q in (("预算", self.budget), ("决算", self.outturn)) if q.is_number}

    @property
    def end(self) -> Fraction:
        """The longer of the two bars."""
        return max(_value(self.budget), _value(self.outturn))


@dataclass(frozen=True)
class Pairs(Panel):
    """The outturn as a solid bar inside the outline of the budget."""

    pairs: tuple[Pair, ...]

    @property
    def labels(self) -> list[str]:
        """One label an item."""
        return [p.label for p in self.pairs]

    @property
    def heights(self) -> list[float]:
        """Room for the outline."""
        return [h + 4 for h in super().heights]

    def draw(self, axes: Axes, at: Sequence[float], room: float) -> None:
        """Both bars from 0, the figures at the end of the longer one."""
        axes.set_xlim(*limits([Bar(p.label, p.end, p.text) for p in self.pairs], room))
        for p, y in zip(self.pairs, at, strict=True):
            axes.barh(y, float(_value(p.budget)), height=THICK + 5, **bar("outline"))
            axes.barh(y, float(_value(p.outturn)), height=THICK - 4, **bar("focus"))
            axes.annotate(
                p.text, (max(float(p.end), 0.0), y), (OFFSET, 0),
                textcoords="offset points", va="center", ha="left", size=BODY, annotation_clip=False,
            )  # fmt: skip


def three_public(accounts: Accounts) -> Chart | None:
    """Budget and outturn of each item of T7; None where every figure is 0 or blank."""
    pairs = items(accounts)
    if not any(p.budget.value or p.outturn.value for p in pairs):
        return None
    title = _title(next((p for p in pairs if p.label == "合计"), None), pairs)
    unit = next(q.unit for p in pairs for q in (p.outturn, p.budget) if q.is_number)
    text = measure(accounts, "一般公共预算财政拨款“三公”经费", unit, "实心条为决算数，空心框为预算数")
    alt = f"条形图：{title}。{'；'.join(f'{p.label} {p.text}' for p in pairs)}。单位：{unit}。"
    return compose(accounts.source.is_synthetic, title, text, [Pairs("", tuple(pairs))], [], alt)


def items(accounts: Accounts) -> list[Pair]:
    """合计, then the items: the parts of an item where they tell as much as it does, else the item itself."""
    parents = accounts.layout.table("T7").parents
    pairs = {row: _pair(accounts, row) for row in accounts.rows("T7")}

    def split(row: str) -> bool:
        below = [pairs[child] for child, parent in parents.items() if parent == row and child in pairs]
        told = {column for pair in below for column in pair.known}
        return row != "合计" and bool(told) and pairs[row].known <= told

    whole = {row for row in pairs if row in parents.values() and not split(row)} - {"合计"}
    return [
        pair for row, pair in pairs.items() if pair.known and not split(row) and parents.get(row) not in whole
    ]


def _pair(accounts: Accounts, row: str) -> Pair:
    budget, outturn = (accounts.get("T7", row, column) for column in ("预算数", "决算数"))
    return Pair(row, budget, outturn, accounts.layout.rate_decimals)


def _title(total: Pair | None, pairs: list[Pair]) -> str:
    if total is None or not total.outturn.is_number:
        return f"“三公”经费披露了{'、'.join(p.label for p in pairs if p is not total) or '预算数'}"
    spent = f"“三公”经费支出 {money(total.outturn)}"
    if not total.budget.is_number:
        return spent
    change = total.outturn.exact() - total.budget.exact()
    if change == 0:
        return f"{spent}，与预算持平"
    decimals = max(total.outturn.decimals or 0, total.budget.decimals or 0)
    word = direction(change, up="多", down="少")
    return f"{spent}，比预算{word} {fixed(abs(change), decimals, thousands=True)} {total.budget.unit}"


def _value(quantity: Quantity) -> Fraction:
    return quantity.exact() if quantity.is_number else Fraction(0)
