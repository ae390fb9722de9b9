"""“三公” over all departments: budget and outturn by kind and year."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from juesuan.overview.dataset import Dataset
from juesuan.overview.page import shown
from juesuan.report.display import Shown, note
from juesuan.wording import percent

# The two kinds that 公务用车购置及运行费 is made of.
_PARTS = {"公务用车购置费", "公务用车运行维护费"}


def overview_three_public(data: Dataset) -> Shown:
    """Sums of the departments that print both figures, so that the two are comparable; the others are counted."""
    rows = data.ask("three_public")
    if not rows:
        return note("没有一个部门印了“三公”经费。")
    kinds: dict[str, list[dict[str, Any]]] = {"合计": []}
    for row in rows:
        kinds.setdefault(row["label"], []).append({**row, "over": over(row), "done": executed(row)})
    plain = "\n".join(f"{r['label']} {r['year']} 预算 {r['budget']} 决算 {r['outturn']} 元" for r in rows)
    return shown("three_public.html.j2", plain, kinds=kinds, parts=_PARTS)


def over(row: Mapping[str, Any]) -> Fraction | None:
    """Outturn less budget in 元, exact; None where no department prints both."""
    if row["budget"] is None or row["outturn"] is None:
        return None
    return Fraction(row["outturn"]) - Fraction(row["budget"])


def executed(row: Mapping[str, Any]) -> str:
    """Outturn over budget, '' where no department prints both or the budget is 0."""
    budget, outturn = row["budget"], row["outturn"]
    if not isinstance(budget, Decimal) or not isinstance(outturn, Decimal) or budget <= 0:
        return ""
    return percent(Fraction(outturn) * 100 / Fraction(budget))
