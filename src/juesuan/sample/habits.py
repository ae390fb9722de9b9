"""How a department prints: unit, zeros, thousands, which empty rows it keeps. Drawn once for all its years."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from juesuan.quantity import YUAN, Quantity, State
from juesuan.sample.draw import chance, stream
from juesuan.wording import fixed, half_up

Zero = Literal["0.00", "", "-"]


@dataclass(frozen=True)
class Habits:
    """`zero` is what stands for nothing; `all_classes` and `all_divisions` keep rows without money,
    `declares` says under an empty table that it is; `repeats_heads` and `contents` are for documents."""

    unit: str = "万元"
    zero: Zero = "0.00"
    thousands: bool = True
    all_classes: bool = True
    all_divisions: bool = False
    declares: bool = True
    repeats_heads: bool = True
    contents: bool = True

    def printed(self, cents: int, cell: str, *, always: bool = False) -> Quantity:
        """An amount of 分 as a cell shows it, rounded by itself; `always` prints 0.00 whatever the habit."""
        if not cents and not always:
            if self.zero == "":
                return Quantity.blank(self.unit, cell)
            if self.zero == "-":
                return Quantity(None, None, self.unit, State.DASH, cell, "-")
        value = half_up(Fraction(cents, 100 * YUAN[self.unit]), 2)
        return replace(Quantity.of(value, self.unit, cell), text=fixed(value, 2, thousands=self.thousands))


def counted(number: int, unit: str, cell: str) -> Quantity:
    """A number of things; a score has two decimals."""
    return Quantity.of(Decimal(number).scaleb(-2) if unit == "分" else Decimal(number), unit, cell)


def habits(seed: str, unit: str = "") -> Habits:
    """The habits of the department of that seed; `unit` holds for it where one is given."""
    rng = stream(seed, "habits")
    zeros: list[Zero] = ["0.00", "0.00", "", "-"]
    drawn = Habits(
        unit="元" if chance(rng, 20) else "万元",
        zero=rng.choice(zeros),
        thousands=chance(rng, 60),
        all_classes=chance(rng, 50),
        all_divisions=chance(rng, 60),
        declares=chance(rng, 75),
        repeats_heads=chance(rng, 60),
        contents=chance(rng, 60),
    )
    return replace(drawn, unit=unit) if unit else drawn
