"""The words of a diagnosis: a hypothesis, a suspected figure, a cause with all that it explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Interval, Quantity
from juesuan.relations import Check

# No printed amount reaches it: an interval that does is open on that side.
LIMIT = 10**18


@dataclass(frozen=True)
class Hypothesis:
    """A possible cause; `breaks` counts other relations that the correction would break.

    `address` is the figure that would be wrong and `value` what it would have to be, where one figure is meant;
    `beside` that this is not just what the others reckon, but within their rounding; `nearer` how many times
    nearer last year's figure it lies than what is printed; `needed` is all that the relations allow.
    """

    kind: str
    text: str
    breaks: int = 0
    address: str = ""
    value: Fraction | None = None
    beside: bool = False
    nearer: Fraction = Fraction(1)
    needed: Interval | None = None


@dataclass(frozen=True)
class Figure:
    """A printed figure that takes part in relations: a cell by its address, or a number of the text by its place."""

    key: str
    quantity: Quantity
    fact: Fact | None = None
    section: str = ""
    quote: str = ""

    @property
    def is_text(self) -> bool:
        """It stands in the explanation and nowhere else."""
        return self.fact is None

    def named(self, accounts: Accounts) -> str:
        """As a person calls it: 支出决算表“2080501 机关养老·基本支出”, or 情况说明三 for a number there."""
        if self.fact is None:
            return f"情况说明{self.section}"
        table, fact = self.fact.table.rstrip("′"), self.fact
        titles = {t.id: t.title for t in accounts.layout.tables}
        code = f"{fact.code} " if fact.code else ""
        return f"{titles.get(table, '')}“{code}{fact.label}·{fact.column}”"


@dataclass(frozen=True)
class Suspect:
    """One figure that could be wrong: what the failed relations demand of it, and what that would cost.

    `needed` is where its printed value would have to lie, `value` the likeliest such value; `fixed` and
    `broken` are the positions of the checks that would then hold, or no longer hold.
    """

    figure: Figure
    needed: Interval
    value: Fraction
    fixed: tuple[int, ...]
    broken: tuple[int, ...]
    net: int

    @property
    def bounds(self) -> tuple[bool, bool]:
        """Whether anything is demanded from below, and from above."""
        return self.needed.low > -LIMIT, self.needed.high < LIMIT


@dataclass
class Cause:
    """One cause and the failed checks that it explains.

    `suspect` is the figure, where one is to blame beyond doubt; `others` are figures that would do as well;
    `words` tells a cause of another sort (columns exchanged, a table in another unit).
    """

    checks: list[Check]
    suspect: Suspect | None = None
    others: list[Suspect] = field(default_factory=list)
    kind: str = ""
    words: str = ""
    table: str = ""
