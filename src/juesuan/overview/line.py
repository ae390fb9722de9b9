"""One department and year in the overview: how it ended, and its key figures as printed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from juesuan.quantity import Quantity, rate
from juesuan.wording import amount, percent

# What a link must not hold raw; Chinese stays as it is, three bytes a sign instead of nine.
_UNSAFE = re.compile(r"""[\x00-\x20"#%'<>?:`\\]""")
_FIGURES = ("outturn", "budget", "public_outturn", "public_budget")


@dataclass(frozen=True)
class Line:
    """A row of `reports` with the figures it is compared by.

    `key` is the department of the run list, `part` its part; `others` are the further notebooks on the same accounts,
    how they ended and how many errors they found; `outturn` and `budget` are those of the general public budget expenditure, `public_…` those of 三公.
    """

    key: str
    department: str
    part: str
    year: int | None
    status: str
    error: str
    page: str
    others: tuple[tuple[str, str, int], ...]
    synthetic: bool
    rate_decimals: int
    errors: int | None
    warnings: int | None
    infos: int | None
    outturn: Quantity
    budget: Quantity
    public_outturn: Quantity
    public_budget: Quantity

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Line:
        """From what `lines.sql` gives."""
        return cls(
            key=row["key"] or "", department=row["department"] or "（名称不详）", part=row["part"] or "",
            year=row["year"], status=row["status"], error=row["error"] or "", page=row["page"] or "",
            others=_others(row["others"] or ""), synthetic=bool(row["synthetic"]),
            rate_decimals=2 if row["rate_decimals"] is None else row["rate_decimals"],
            errors=row["errors"], warnings=row["warnings"], infos=row["infos"],
            **{name: _quantity(row[name]) for name in _FIGURES},
        )  # fmt: skip

    @property
    def is_done(self) -> bool:
        """There is a finished report."""
        return self.status == "done"

    @property
    def is_left(self) -> bool:
        """It stands in the run list and has not been run."""
        return self.status == "left"

    @property
    def listed(self) -> str:
        """The department as the run list has it, '' where that says no more than its name."""
        return "" if self.key == self.department else self.key

    @property
    def completion(self) -> Fraction | None:
        """Outturn against initial budget in percent, as the report's key figure; None where that has none."""
        if not self.outturn.is_number or not self.budget.value:
            return None
        return rate(self.outturn, self.budget)

    @property
    def completed(self) -> str:
        """The completion rate as the report shows it, '' for none."""
        return "" if self.completion is None else percent(self.completion, self.rate_decimals)

    @property
    def worst(self) -> int:
        """The most errors that any of its notebooks has found: an audit judges the text as well, a report does not."""
        return max([self.errors or 0, *(errors for _, _, errors in self.others)])

    @property
    def mark(self) -> str:
        """l not run (left), f failed, e errors, w warnings, i remarks, o nothing found: by the worst."""
        if not self.is_done:
            return "l" if self.is_left else "f"
        return "e" if self.worst else "w" if self.warnings else "i" if self.infos else "o"

    @property
    def marked(self) -> str:
        """The mark in words."""
        count = {"e": self.worst, "w": self.warnings, "i": self.infos}.get(self.mark)
        words = {
            "l": "未运行",
            "f": "未完成",
            "e": f"错 {count}",
            "w": f"警 {count}",
            "i": f"提 {count}",
            "o": "✓",
        }
        return words[self.mark]

    @property
    def href(self) -> str:
        """The relative link to the report, '' where there is none."""
        return _link(self.page)

    @property
    def further(self) -> list[tuple[str, str]]:
        """Name and link of the pages of the other notebooks, a failed one said to be that."""
        place = self.key + (f"/{self.year}/" if self.year else "/")
        return [
            (f"{name}{' 未完成' if status != 'done' else f' 错 {errors}' if errors else ''}", _link(f"{place}{name}.html"))
            for name, status, errors in self.others if status != "left"
        ]  # fmt: skip


def _link(page: str) -> str:
    """A relative link; it cannot name another scheme or host."""
    return _UNSAFE.sub(lambda sign: f"%{ord(sign[0]):02X}", page).lstrip("/")


def _others(said: str) -> tuple[tuple[str, str, int], ...]:
    """From `audit=done:2,own=failed:0`."""
    found = []
    for each in filter(None, said.split(",")):
        name, _, ending = each.partition("=")
        status, _, errors = ending.partition(":")
        found.append((name, status, int(errors or 0)))
    return tuple(found)


def _quantity(figure: Mapping[str, Any] | None) -> Quantity:
    if figure is None:
        return Quantity.blank()
    return Quantity(figure["value"], figure["decimals"], figure["unit"] or "")


def with_unit(quantity: Quantity) -> str:
    """A figure with its thousands and unit, `1,234.50 万元`."""
    return f"{amount(quantity, thousands=True)} {quantity.unit}".strip()
