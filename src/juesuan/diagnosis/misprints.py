"""What a figure may have been before it was misprinted: swaps, wrong, missing and doubled digits, signs, powers of ten."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from juesuan.quantity import Interval, Quantity
from juesuan.wording import half_up

SWAP, POWER, SIGN, LOST, DOUBLED, EXTRA, DIGIT = (
    "数字换位", "单位或小数点", "正负号", "漏印一位", "多印一位", "多印一位（不是重复）", "一位数字"
)  # fmt: skip
_POWERS = (1, -1, 2, -2, 4, -4)
# The printed digits as a whole number, and how many of them are decimals.
_Slip = tuple[str, int, int, str]


def misprints(quantity: Quantity, needed: Interval, norm: int = 2) -> list[tuple[str, Fraction, str]]:
    """The ways in which one slip turns a value of `needed` into the printed one: kind, value, description.

    `norm` are the decimals that the document prints as a rule.
    """
    found: dict[tuple[str, Fraction], str] = {}
    ends: dict[int, tuple[int, int]] = {}
    printed = quantity.exact()
    for kind, digits, decimals, words in _slips(quantity, norm):
        if decimals not in ends:
            unit = Fraction(10) ** decimals
            ends[decimals] = (-(-(needed.low * unit) // 1), (needed.high * unit) // 1)
        low, high = ends[decimals]
        if low <= digits <= high:
            value = Fraction(digits) / Fraction(10) ** decimals
            if value != printed:
                found.setdefault((kind, value), words)
    for power in (1, 2, 4):
        if (rounded := _before_power(quantity, needed, power, norm)) is not None and rounded != printed:
            found.setdefault((POWER, rounded), f"以大 10 的 {power} 次方的单位印出，舍入后正是所印的数")
    return [(kind, value, words) for (kind, value), words in found.items()]


def _slips(quantity: Quantity, norm: int) -> Iterator[_Slip]:
    digits, decimals = quantity.printed.lstrip("-").replace(".", ""), quantity.decimals or 0
    sign = -1 if quantity.printed.startswith("-") else 1
    for i in range(len(digits) - 1):
        if digits[i] != digits[i + 1]:
            swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
            yield SWAP, sign * int(swapped), decimals, "相邻两位数字颠倒"
    amount = sign * int(digits)
    yield SIGN, -amount, decimals, "正负号相反"
    for power in _POWERS:
        yield POWER, amount, decimals - power, f"相差 10 的 {abs(power)} 次方"
    yield from _lengths(quantity, digits, norm, sign)
    for i, digit in enumerate(digits):
        unit = 10 ** (len(digits) - 1 - i)
        for d in range(10):
            if d != int(digit):
                yield DIGIT, amount + sign * (d - int(digit)) * unit, decimals, "一位数字印错"


def _before_power(quantity: Quantity, needed: Interval, power: int, norm: int) -> Fraction | None:
    """The digits that a larger unit cut off are unknown: what is needed must only round to the printed ones."""
    scale, interval = 10**power, quantity.interval()
    meet = Interval(interval.low * scale, interval.high * scale).meet(needed)
    if meet is None or not quantity.value:
        return None
    return Fraction(half_up((meet.low + meet.high) / 2, max(quantity.decimals or 0, norm)))


def _lengths(quantity: Quantity, digits: str, norm: int, sign: int) -> Iterator[_Slip]:
    """One digit missing or too many; behind the point that shows in the number of decimals."""
    decimals = quantity.decimals or 0
    missing = 1 if decimals < norm and not quantity.is_counted else 0
    for shift in range(missing + 1):
        for i in range(len(digits) + 1):
            for d in "0123456789":
                yield LOST, sign * int(digits[:i] + d + digits[i:]), decimals + shift, "少印一位数字"
    shift = 1 if decimals > norm else 0
    for i in range(len(digits)):
        rest = sign * int(digits[:i] + digits[i + 1 :] or "0")
        if i > 0 and digits[i] == digits[i - 1]:
            yield DOUBLED, rest, decimals - shift, "一位数字印了两遍"
        else:
            yield EXTRA, rest, decimals - shift, "多了一位数字"
