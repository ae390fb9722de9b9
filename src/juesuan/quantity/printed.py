"""A number as it was printed: value, decimals, unit, state and the cell it stands in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from juesuan.quantity.interval import Interval

# How many yuan one unit of money holds; other units (人, 辆, %) do not convert.
YUAN = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
# What is counted one by one: nothing was rounded, the printed number is the number.
COUNTED = frozenset({"个", "人", "人次", "批次", "辆", "台", "套", "台/套"})

# Full-width digits and signs only: a footnote mark (², ①) must not become a digit.
_FULL_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: " "}
_NUMBER = re.compile(r"([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)")
# More digits than any amount or rate has: such a text is no figure, and reckoning with it would take for ever.
_WHOLE, _DECIMALS = 15, 10
_DASHES = {"-", "—", "–", "－", "--", "——", "―"}


class State(StrEnum):
    """What a cell holds. None of the last three is ever read as 0.00."""

    NUMBER = "number"
    BLANK = "blank"
    DASH = "dash"
    UNPARSED = "unparsed"


@dataclass(frozen=True)
class Quantity:
    """One printed figure.

    `value` is exact and None unless `state` is NUMBER; `decimals` counts the printed decimals
    (29.3 has one, 29.30 two); `unit` is 元, 万元, 亿元, %, 人, 辆 …; `cell` says where it stands
    (`sheet!A1`, `disclosure.yml:12`); `text` is what was printed.
    """

    value: Decimal | None
    decimals: int | None = None
    unit: str = ""
    state: State = State.NUMBER
    cell: str = ""
    text: str = ""

    @classmethod
    def blank(cls, unit: str = "", cell: str = "") -> Quantity:
        """An empty cell."""
        return cls(None, None, unit, State.BLANK, cell)

    @classmethod
    def parse(cls, text: str | None, unit: str = "", cell: str = "") -> Quantity:
        """Read what a cell shows. Full-width digits and thousands separators are understood."""
        shown = (text or "").translate(_FULL_WIDTH).strip()
        if not shown:
            return cls.blank(unit, cell)
        if shown in _DASHES or (text or "").strip() in _DASHES:
            return cls(None, None, unit, State.DASH, cell, text or "")
        if shown.endswith("%"):
            shown, unit = shown[:-1].rstrip(), "%"
        matched = _NUMBER.fullmatch(shown)
        if matched is None:
            return cls(None, None, unit, State.UNPARSED, cell, text or "")
        decimals = len(matched[3] or "")
        if len(matched[2].replace(",", "")) - decimals > _WHOLE + 1 or decimals > _DECIMALS:
            return cls(None, None, unit, State.UNPARSED, cell, text or "")
        value = Decimal((matched[1] + matched[2]).replace(",", ""))
        return cls(value, decimals, unit, State.NUMBER, cell, text or "")

    @classmethod
    def of(cls, value: Decimal | str | int, unit: str = "", cell: str = "") -> Quantity:
        """A number whose printed decimals are those of its decimal literal."""
        d = Decimal(value)
        exponent = d.as_tuple().exponent
        assert isinstance(exponent, int), "a printed figure is finite"
        return cls(d, max(0, -exponent), unit, State.NUMBER, cell, str(d))

    @property
    def is_number(self) -> bool:
        """Whether there is a value to reckon with."""
        return self.state is State.NUMBER

    @property
    def printed(self) -> str:
        """The digits as printed, without thousands separators ('' where there is no number)."""
        return "" if self.value is None else f"{self.value:.{self.decimals or 0}f}"

    @property
    def scale(self) -> int:
        """Yuan in one unit of money; 1 for anything else."""
        return YUAN.get(self.unit, 1)

    @property
    def yuan(self) -> Decimal | None:
        """The exact amount in 元; None for what is no number or no money."""
        if self.value is None or self.unit not in YUAN:
            return None
        return self.value.scaleb(len(str(YUAN[self.unit])) - 1)

    @property
    def is_counted(self) -> bool:
        """A number of things, which is never rounded."""
        return self.unit in COUNTED

    def exact(self) -> Fraction:
        """The value; only for numbers."""
        if self.value is None:
            raise ValueError(f"{self.cell or 'quantity'} holds no number ({self.state})")
        return Fraction(self.value)

    def interval(self, decimals: int | None = None) -> Interval:
        """What the printed digits allow; `decimals` overrides how many count as printed.

        A counted number allows only itself.
        """
        if self.is_counted:
            return Interval.point(self.exact())
        return Interval.rounded(self.exact(), (self.decimals or 0) if decimals is None else decimals)

    def is_coarse(self, norm: int) -> bool:
        """Printed with fewer decimals than the document's norm (29.3, 56, 98%)."""
        return self.is_number and not self.is_counted and (self.decimals or 0) < norm
