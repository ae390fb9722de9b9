"""A total and its parts, ready to be drawn: values, shares and their wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from juesuan.accounts import Accounts
from juesuan.charts.form import Form, choose
from juesuan.charts.sums import in_unit, money, summed
from juesuan.quantity import Quantity
from juesuan.quantity import tallies as tally
from juesuan.wording import amount, half_up, percent, shares_to_hundred

Cell = tuple[str, Quantity]


@dataclass(frozen=True)
class Part:
    """One part: its figure, its exact percentage and the one shown (None where shares say nothing)."""

    label: str
    quantity: Quantity
    exact: Fraction | None = None
    shown: Decimal | None = None

    @property
    def share(self) -> str:
        """The share in words: `99.78%`, `不足 0.01%`; '' where there is none."""
        return "" if self.exact is None or self.shown is None else share(self.exact, self.shown)

    @property
    def takes(self) -> str:
        """The share as a predicate: 占 99.78%, 不足 0.01%."""
        return f"占 {self.share}" if self.share[:1].isdigit() else self.share

    @property
    def text(self) -> str:
        """The direct label, `21,633.34 · 99.78%`."""
        return " · ".join(filter(None, (amount(self.quantity, thousands=True), self.share)))

    @property
    def said(self) -> str:
        """The part in the alt text, from the same values as the label."""
        return f"{self.label} {money(self.quantity)}" + (f"，{self.takes}" if self.share else "")


@dataclass(frozen=True)
class Breakdown:
    """`parts` are not 0 and ordered for drawing; `zeros` and `blanks` count what is not drawn.

    `printed`: the total was published; `tallies`: the parts are the whole of it, as far as the digits tell.
    """

    name: str
    counted: str
    total: Quantity
    parts: tuple[Part, ...]
    zeros: int
    blanks: int
    printed: bool
    tallies: bool

    @property
    def unit(self) -> str:
        """The unit of every figure here."""
        return self.total.unit

    @property
    def sum_name(self) -> str:
        """What the total is: printed, or only the sum of what is listed."""
        return "合计" if self.printed else "所列之和"

    @property
    def base(self) -> str:
        """What the shares refer to, '' where there are none."""
        shares = any(part.share for part in self.parts)
        return f"{self.sum_name} {amount(self.total, thousands=True)}＝{percent(100)}" if shares else ""

    @property
    def named(self) -> str:
        """What a finding may speak of: all of it, or only what is listed."""
        return self.name if self.printed and self.tallies else f"所列{self.name}"

    @property
    def form(self) -> Form:
        """The form that fits the parts."""
        shares = [part.exact for part in self.parts if part.exact is not None]
        if shares:
            return choose(shares)
        return Form.BARS if len(self.parts) > 1 else Form.SENTENCE

    def rest(self, parts: Sequence[Part]) -> Part:
        """Several parts as one; the shown shares add up."""
        exact = [p.exact for p in parts if p.exact is not None]
        shown = [p.shown for p in parts if p.shown is not None]
        every = summed([p.quantity for p in parts], self.unit)
        others = "其余" if self.printed and self.tallies else "所列其余"
        return Part(
            f"{others} {len(parts)} {self.counted}合计",
            every,
            sum(exact, Fraction(0)),
            sum(shown, Decimal(0)),
        )

    def notes(self, accounts: Accounts) -> list[str]:
        """What the reader must know of parts that are not drawn and of a total that does not tally."""
        silent = "未披露" if accounts.source.blank_is_undisclosed else "空白"
        left = [f"{n} {self.counted}{why}" for n, why in ((self.blanks, silent), (self.zeros, "为 0")) if n]
        notes = [f"{self.name}另有 {'、'.join(left)}，未画出。"] if left else []
        if self.printed and not self.tallies:
            every = amount(summed([p.quantity for p in self.parts], self.unit), thousands=True)
            told = f"{self.name}所列各{self.counted}之和 {every}"
            notes.append(f"{told} 与印出的合计 {amount(self.total, thousands=True)} 不等。")
        return notes


def breakdown(
    accounts: Accounts,
    name: str,
    counted: str,
    cells: Iterable[Cell],
    whole: Quantity,
    *,
    to_hundred: bool = False,
) -> Breakdown:
    """Reckon the shares of `cells` (label, figure; in printed order) in the printed `whole`.

    `to_hundred` lets the profile make the shares add to 100 (the text does so for the same parts);
    it needs parts that tally with the total.
    """
    listed = list(cells)
    numbers = [(label, q) for label, q in listed if q.is_number]
    unit = whole.unit if whole.is_number else numbers[0][1].unit if numbers else accounts.layout.unit
    found = [(label, in_unit(q, unit)) for label, q in numbers if q.value]
    sum_ = summed([q for _, q in found], unit)
    base = whole if whole.is_number else sum_
    tallies = tally([q for _, q in found], base)
    largest = to_hundred and tallies and accounts.layout.shares == "largest-remainder"
    return Breakdown(
        name, counted, base, _parts(found, sum_ if largest else base, accounts.layout.rate_decimals, largest),
        len(numbers) - len(found), len(listed) - len(numbers), whole.is_number, tallies,
    )  # fmt: skip


def _parts(found: list[Cell], base: Quantity, decimals: int, largest: bool) -> tuple[Part, ...]:
    values = [q.exact() for _, q in found]
    if not values or base.exact() <= 0 or min(values) < 0:
        return _ordered(Part(label, q) for label, q in found)
    exact = [100 * value / base.exact() for value in values]
    shown = shares_to_hundred(values, decimals) if largest else [half_up(e, decimals) for e in exact]
    return _ordered(Part(label, q, e, s) for (label, q), e, s in zip(found, exact, shown, strict=True))


def _ordered(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Largest first, 其他 last."""
    return tuple(sorted(parts, key=lambda p: (p.label.startswith("其他"), -p.quantity.exact())))


def share(exact: Fraction, shown: Decimal) -> str:
    """A share that never reads 0.00% for something, nor 100% for less than all."""
    step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
    if shown == 0 and exact > 0:
        return f"不足 {percent(step, -int(step.as_tuple().exponent))}"
    if shown == 100 and exact < 100:
        return f"超过 {percent(100 - step, -int(step.as_tuple().exponent))}"
    return percent(shown, -int(shown.as_tuple().exponent))


def lead(whole: Breakdown) -> str:
    """The finding about the largest part, worded so that it is always true."""
    parts = sorted(whole.parts, key=lambda p: -p.quantity.exact())
    name, first = whole.named, parts[0]
    if len(parts) == 1 and first.share == "100%":
        return f"{name}全部为{first.label}"
    ties = [p.label for p in parts if p.quantity.value == first.quantity.value]
    if len(ties) > 1:
        listed = "、".join(ties[:3]) + (f"等 {len(ties)} {whole.counted}" if len(ties) > 3 else "")
        return f"{name}中{listed}并列最多，均为 {money(first.quantity)}"
    most = "最多，" if len(parts) > 1 else ""
    return f"{name}中{first.label}{most}{first.takes if first.share else f'为 {money(first.quantity)}'}"
