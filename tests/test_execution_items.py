"""Budgets that are given by item: classes are the sums of their items, where every item is given."""

from __future__ import annotations

import pytest

from books import full_book
from drawing import accounts, fact
from juesuan.accounts import Accounts
from juesuan.charts import execution
from juesuan.charts.rates import rates, summed_budgets


def book(*budgets: str | None) -> Accounts:
    items = [("2080501", "60.00"), ("2080505", "40.00")]
    given = [fact("S5", code, "年初预算数", b) for (code, _), b in zip(items, budgets, strict=True) if b]
    return accounts(
        fact("T5", "合计", "合计", "100.00"), fact("T5", "208", "合计", "100.00"),
        fact("T5", "20805", "合计", "100.00"), *(fact("T5", code, "合计", v) for code, v in items), *given,
    )  # fmt: skip


def test_a_class_is_the_sum_of_its_items() -> None:
    (row,), left = rates(book("80.00", "45.00"))
    assert (row.label, row.rate) == ("208", "80.00%")
    assert left == ["合计（年初预算未披露，决算 100.00）"]
    chart = execution(book("80.00", "45.00"))
    assert chart is not None
    assert "各项年初预算之和" in chart.alt


@pytest.mark.parametrize("budgets", [("80.00", None), (None, None)])
def test_a_missing_item_leaves_the_class_unknown(budgets: tuple[str | None, str | None]) -> None:
    assert rates(book(*budgets))[0] == []


def test_a_budget_of_the_class_itself_comes_first() -> None:
    assert not summed_budgets(full_book())
