"""Completion rates: outturn against the initial budget, exact from the printed figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from juesuan.accounts import Accounts
from juesuan.charts.sums import in_unit, summed
from juesuan.quantity import Quantity
from juesuan.wording import amount, percent

BUDGET, OUTSIDE = "年初预算数", "口径外预算数"


@dataclass(frozen=True)
class Rate:
    """One row: outturn, budget, and the budget on the comparable scope (可比口径) where there is one."""

    label: str
    outturn: Quantity
    budget: Quantity
    comparable: Quantity | None = None
    decimals: int = 2

    @property
    def value(self) -> Fraction:
        """The rate in percent; the budget must not be 0."""
        return 100 * self.outturn.exact() / self.budget.exact()

    @property
    def second(self) -> Fraction | None:
        """The rate on the comparable scope in percent."""
        return 100 * self.outturn.exact() / self.comparable.exact() if self.comparable else None

    @property
    def best(self) -> Fraction:
        """The rate to compare classes by: on the comparable scope where there is one."""
        return self.value if self.second is None else self.second

    @property
    def rate(self) -> str:
        """The rate as shown."""
        return percent(self.value, self.decimals)

    @property
    def second_rate(self) -> str:
        """The rate on the comparable scope as shown, '' for none."""
        return percent(self.second, self.decimals) if self.second is not None else ""

    @property
    def text(self) -> str:
        """The direct label, `72.39% · 21,681.07 / 29,952.05`."""
        return f"{self.rate} · {_pair(self.outturn, self.budget)}"

    @property
    def second_text(self) -> str:
        """The direct label of the comparable scope, '' for none."""
        return f"可比 {self.second_rate} · {_pair(self.outturn, self.comparable)}" if self.comparable else ""


def _pair(outturn: Quantity, budget: Quantity) -> str:
    return f"{amount(outturn, thousands=True)} / {amount(budget, thousands=True)}"


def rates(accounts: Accounts) -> tuple[list[Rate], list[str]]:
    """The rows with a rate (合计 first, then classes by outturn, 其他 last) and, as text, those without."""
    rows = {"合计": "合计", **accounts.rows("T5", "类"), **accounts.rows("S5", "类")}
    found, left = [], []
    for row, label in rows.items():
        outturn = accounts.get("T5", row, "合计")
        budget = _budget(accounts, row, outturn.unit)
        if outturn.value is not None and outturn.value >= 0 and budget.value and budget.value > 0:
            outside = in_unit_sum(_outside(accounts, row), budget.unit)
            found.append(Rate(label, outturn, budget, _less(budget, outside), accounts.layout.rate_decimals))
        elif outturn.value or budget.value:
            left.append(f"{label}（{_why(outturn, budget)}）")
    found.sort(key=lambda r: (r.label != "合计", r.label.startswith("其他"), -r.outturn.exact()))
    return found, left


def summed_budgets(accounts: Accounts) -> bool:
    """Some class has no initial budget of its own, but all its items have."""
    return any(
        not accounts.get("S5", row, BUDGET).is_number and _budget(accounts, row, "万元").is_number
        for row in accounts.rows("T5", "类")
    )


def _budget(accounts: Accounts, row: str, unit: str) -> Quantity:
    """The initial budget of a row as given, else the sum of its items where every one of them is given."""
    given = in_unit(accounts.get("S5", row, BUDGET), unit)
    items = [code for code in accounts.rows("T5", "项") if code.startswith(row)]
    below = [in_unit(accounts.get("S5", code, BUDGET), unit) for code in items]
    if given.is_number or not below or not all(q.is_number for q in below):
        return given
    return summed(below, unit)


def _why(outturn: Quantity, budget: Quantity) -> str:
    def said(name: str, quantity: Quantity) -> str:
        return f"{name} {amount(quantity, thousands=True)}" if quantity.is_number else f"{name}未披露"

    return "，".join((said("年初预算", budget), said("决算", outturn)))


def _outside(accounts: Accounts, row: str) -> list[Quantity]:
    """Budget amounts that the outturn leaves out by scope: all of them, or those of one class."""
    facts = [f for f in accounts.records if f.table == "S5" and f.column == OUTSIDE and f.quantity.is_number]
    if row == "合计":
        return [f.quantity for f in facts]
    items = [item for item in accounts.disclosure.items if item.code[:3] == row]
    places = {(o.name, o.amount.cell) for item in items for o in item.outside}
    return [f.quantity for f in facts if (f.label, f.quantity.cell) in places]


def in_unit_sum(quantities: Iterable[Quantity], unit: str) -> Quantity:
    """The sum of figures of any money unit, in one unit."""
    return summed([in_unit(q, unit) for q in quantities], unit)


def _less(budget: Quantity, outside: Quantity) -> Quantity | None:
    if not outside.value or budget.value is None or budget.value <= outside.value:
        return None
    less = Quantity(-outside.value, outside.decimals, outside.unit)
    return summed([budget, less], budget.unit)


def lowest(rows: list[Rate]) -> Rate | None:
    """The class with the lowest rate (comparable where there is one), where one of several is lowest."""
    classes = sorted((r for r in rows if r.label != "合计"), key=lambda r: r.best)
    shown = [r.second_rate or r.rate for r in classes[:2]]
    return classes[0] if len(set(shown)) == 2 else None
