"""The one formatter: every number in prose, tables, charts and alt text is worded here."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from juesuan.quantity import Quantity, State

Number = Decimal | Fraction | int


def half_up(value: Number, decimals: int) -> Decimal:
    """`value` rounded half away from zero, exactly, to `decimals` places (0 carries no sign)."""
    scaled = Fraction(value) * 10**decimals
    digits = abs(scaled.numerator) * 2 + scaled.denominator
    whole = digits // (2 * scaled.denominator)
    # Built from its digits: arithmetic of Decimal would round to 28 of them.
    return Decimal(f"{'-' if scaled < 0 and whole else ''}{whole}E{-decimals}")


def fixed(value: Number, decimals: int = 2, *, thousands: bool = False) -> str:
    """`value` with exactly `decimals` places: 1234.5 → `1234.50`, or `1,234.50`."""
    return f"{half_up(value, decimals):{',' if thousands else ''}.{decimals}f}"


def amount(quantity: Quantity, *, thousands: bool = False, unit: bool = False) -> str:
    """A printed figure with the decimals it was printed with; blank stays empty, a dash a dash."""
    if quantity.state is State.UNPARSED:
        return quantity.text
    if quantity.value is None:
        return "—" if quantity.state is State.DASH else ""
    text = f"{quantity.value:{',' if thousands else ''}.{quantity.decimals or 0}f}"
    return text + (quantity.unit if unit else "")


def percent(value: Number, decimals: int = 2) -> str:
    """A rate with its sign: `72.39%`; the whole of something is `100%`."""
    return "100%" if value == 100 else f"{fixed(value, decimals)}%"


def direction(change: Number, *, up: str = "增加", down: str = "减少", level: str = "持平") -> str:
    """The direction word for a change of printed values."""
    return up if change > 0 else down if change < 0 else level


def shares_to_hundred(parts: Sequence[Number], decimals: int = 2) -> list[Decimal]:
    """Percentages of the parts' sum that add to exactly 100 (largest remainder; first wins ties).

    Parts must not be negative and must not all be zero.
    """
    exact = [Fraction(part) for part in parts]
    whole = sum(exact)
    if whole <= 0 or min(exact) < 0:
        raise ValueError("shares need parts that are not negative and not all zero")
    scaled = [part * 100 * 10**decimals / whole for part in exact]
    floors = [int(s) for s in scaled]
    missing = 100 * 10**decimals - sum(floors)
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - scaled[i])
    for i in by_remainder[:missing]:
        floors[i] += 1
    return [Decimal(f).scaleb(-decimals).quantize(Decimal(1).scaleb(-decimals)) for f in floors]


_NUMERALS = "零一二三四五六七八九十"


def numeral(n: int) -> str:
    """A Chinese numeral for headings and row numbers, 1–99."""
    if not 0 < n < 100:
        raise ValueError(f"no heading numeral for {n}")
    tens, ones = divmod(n, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _NUMERALS[tens] + "十"
    return head + (_NUMERALS[ones] if ones else "")


def decimal_text(value: Number, places: int = 6) -> str:
    """An exact value as a plain decimal, half-up at `places`, without trailing zeros."""
    text = fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text
