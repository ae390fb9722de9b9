"""Sums, units and the wording of money on a chart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from juesuan.quantity import YUAN, Quantity
from juesuan.wording import amount


def summed(quantities: Sequence[Quantity], unit: str) -> Quantity:
    """The exact sum of figures in one unit, with the most decimals among them."""
    value = sum((q.value for q in quantities if q.value is not None), Decimal(0))
    return Quantity(value, max((q.decimals or 0 for q in quantities), default=0), unit)


def in_unit(quantity: Quantity, unit: str) -> Quantity:
    """The same money in another unit, exactly; anything that is no money stays."""
    if quantity.value is None or quantity.unit == unit or not {quantity.unit, unit} <= set(YUAN):
        return quantity
    shift = len(str(YUAN[unit])) - len(str(YUAN[quantity.unit]))
    decimals = max(0, (quantity.decimals or 0) + shift)
    return Quantity(quantity.value.scaleb(-shift), decimals, unit, cell=quantity.cell)


def money(quantity: Quantity) -> str:
    """A figure and its unit in a sentence of a chart."""
    return f"{amount(quantity, thousands=True)} {quantity.unit}"
