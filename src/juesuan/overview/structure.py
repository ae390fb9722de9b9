"""支出结构: the classes of the general public budget expenditure over all departments, year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from juesuan.overview.dataset import Dataset
from juesuan.overview.page import shown
from juesuan.report.display import Shown, note


@dataclass(frozen=True)
class Class:
    """One class in one year: its amount in 元, its share of the total in percent, how many departments have it."""

    label: str
    yuan: Decimal
    share: Fraction | None
    departments: int


@dataclass(frozen=True)
class Structure:
    """A year: its classes by code, the sum of the printed totals, and what the classes leave of it."""

    year: int
    classes: dict[str, Class]
    total: Decimal
    departments: int
    unclassified: int

    @property
    def rest(self) -> Decimal:
        """Totals less classes: rounding tails, and departments that print no classes."""
        return self.total - sum((c.yuan for c in self.classes.values()), Decimal(0))


def structures(data: Dataset) -> list[Structure]:
    """One a year in which some department prints a total."""
    classes: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in data.ask("structure"):
        classes[row["year"]].append(row)
    return [_structure(row, classes[row["year"]]) for row in data.ask("totals") if row["yuan"] is not None]


def _structure(row: dict[str, Any], classes: list[dict[str, Any]]) -> Structure:
    total = row["yuan"]

    def share(yuan: Decimal) -> Fraction | None:
        return Fraction(yuan) * 100 / Fraction(total) if total > 0 else None

    found = {c["code"]: Class(c["label"], c["yuan"], share(c["yuan"]), c["departments"]) for c in classes}
    lacking = max(0, row["departments"] - row["classified"])
    return Structure(row["year"], found, total, row["departments"], lacking)


def overview_structure(data: Dataset) -> Shown:
    """Amounts and shares by class, the largest of the last year first; sums are exact."""
    years = structures(data)
    if not years:
        return note("没有一个部门印了一般公共预算支出的合计。")
    labels = {code: c.label for year in years for code, c in year.classes.items()}
    codes = sorted(labels, key=lambda code: [-_yuan(year, code) for year in reversed(years)])
    plain = "\n".join(
        f"{labels[code]} {' '.join(str(_yuan(year, code)) for year in years)}" for code in codes
    )
    return shown("structure.html.j2", plain, years=years, codes=codes, labels=labels)


def _yuan(year: Structure, code: str) -> Decimal:
    return year.classes[code].yuan if code in year.classes else Decimal(0)
