"""Where else the same amount stands: a figure that is exactly another cell, or last year's."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Quantity

# Amounts of fewer digits coincide by chance.
_TELLING = 3


class Cells:
    """The figures of the accounts by unit and value."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts

    @cached_property
    def _by_value(self) -> dict[tuple[str, Decimal], list[Fact]]:
        found: dict[tuple[str, Decimal], list[Fact]] = defaultdict(list)
        for fact in self.accounts.records:
            if fact.quantity.value:
                found[fact.quantity.unit, fact.quantity.value].append(fact)
        return found

    def same(self, quantity: Quantity, fact: Fact | None) -> list[Fact]:
        """Other cells that print just this amount and have no reason to; none where it is too short to tell."""
        value = quantity.value
        if not value or not _tells(value):
            return []
        found = self._by_value.get((quantity.unit, value), [])
        return [other for other in found if fact is None or _unrelated(fact, other)]

    def with_value(self, value: Fraction, unit: str, without: set[str]) -> list[Fact]:
        """Cells that print this value."""
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        if not _tells(exact):
            return []
        return [f for f in self._by_value.get((unit, exact), []) if f.address not in without]

    def before(self, fact: Fact) -> Quantity:
        """Last year's figure at the place of a fact."""
        return self.accounts.before(fact.table, fact.row, fact.column)

    def title(self, fact: Fact) -> str:
        """A cell as a person calls it, with its table."""
        titles = {t.id: t.title for t in self.accounts.layout.tables}
        code = f"{fact.code} " if fact.code else ""
        cell = f"（{fact.quantity.cell}）" if fact.quantity.cell else ""
        return f"{titles.get(fact.table.rstrip('′'), '')}“{code}{fact.label}·{fact.column}”{cell}"


def _tells(value: Decimal) -> bool:
    return len(f"{value:f}".replace(".", "").strip("-0")) >= _TELLING


def _unrelated(one: Fact, other: Fact) -> bool:
    """Two codes, neither above the other: what they print is the same only by mistake."""
    if not one.code or not other.code or one.address == other.address:
        return False
    return not one.code.startswith(other.code) and not other.code.startswith(one.code)
