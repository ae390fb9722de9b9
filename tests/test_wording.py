"""The one formatter."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.quantity import Quantity
from juesuan.wording import amount, direction, fixed, half_up, numeral, percent, shares_to_hundred

numbers = st.fractions(-(10**12), 10**12, max_denominator=10**9)
parts = st.lists(st.integers(0, 10**9), min_size=1, max_size=20).filter(any)


@given(numbers, st.integers(0, 6))
def test_half_up_is_the_nearest_and_ties_go_away_from_zero(value: Fraction, decimals: int) -> None:
    rounded, unit = half_up(value, decimals), Fraction(1, 10**decimals)
    assert rounded.as_tuple().exponent == -decimals
    distance = abs(Fraction(rounded) - value)
    assert distance <= unit / 2
    if distance == unit / 2:
        assert abs(Fraction(rounded)) > abs(value)
    assert half_up(-value, decimals) == -rounded


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("1.015", "1.02"),
        ("-0.004", "0.00"),
        ("99.995", "100.00"),
        ("2.675", "2.68"),
    ],
)
def test_halves_and_the_sign_of_zero(value: str, shown: str) -> None:
    assert fixed(Fraction(value)) == shown


def test_half_up_is_exact_for_long_amounts() -> None:
    assert fixed(Decimal("12345678901234567890.005")) == "12345678901234567890.01"


def test_fixed_and_thousands() -> None:
    assert fixed(Decimal("1234567.5")) == "1234567.50"
    assert fixed(Decimal("1234567.5"), thousands=True) == "1,234,567.50"
    assert fixed(Decimal("1234567.5"), 0, thousands=True) == "1,234,568"


@given(parts, st.integers(0, 3))
def test_shares_add_to_a_hundred_each_within_one_unit(amounts: list[int], decimals: int) -> None:
    shares = shares_to_hundred(amounts, decimals)
    assert sum(shares) == 100
    for part, share in zip(amounts, shares, strict=True):
        assert abs(Fraction(share) - Fraction(100 * part, sum(amounts))) < Fraction(1, 10**decimals)


@given(parts)
def test_a_larger_part_never_has_a_smaller_share(amounts: list[int]) -> None:
    ordered = shares_to_hundred(sorted(amounts, reverse=True))
    assert ordered == sorted(ordered, reverse=True)


def test_shares_of_the_seed_and_of_thirds() -> None:
    seed = [Decimal("21633.34"), Decimal("18.43"), Decimal("29.3")]
    assert [str(s) for s in shares_to_hundred(seed)] == ["99.78", "0.08", "0.14"]
    assert [str(s) for s in shares_to_hundred([1, 1, 1])] == ["33.34", "33.33", "33.33"]


@pytest.mark.parametrize("amounts", [[], [0, 0], [-1, 3]])
def test_shares_need_something_to_share(amounts: list[int]) -> None:
    with pytest.raises(ValueError, match="shares need parts"):
        shares_to_hundred(amounts)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("72.391", "72.39%"),
        ("100", "100%"),
        ("99.999", "100.00%"),
        ("0", "0.00%"),
        ("-3.456", "-3.46%"),
        ("1234.5", "1234.50%"),
    ],
)
def test_percent(value: str, shown: str) -> None:
    assert percent(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("29.3", "29.3"),
        ("29.30", "29.30"),
        ("0", "0"),
        ("1,234.50", "1234.50"),
        ("-", "—"),
        ("", ""),
        ("无", "无"),
    ],
)
def test_amounts_keep_their_printed_decimals(text: str, shown: str) -> None:
    assert amount(Quantity.parse(text, "万元")) == shown


def test_amounts_with_thousands_and_unit() -> None:
    quantity = Quantity.of("21633.34", "万元")
    assert amount(quantity, thousands=True, unit=True) == "21,633.34万元"
    assert amount(Quantity.blank("万元"), unit=True) == ""


@given(numbers)
def test_direction_follows_the_sign(change: Fraction) -> None:
    word = direction(change)
    assert word == ("增加" if change > 0 else "减少" if change < 0 else "持平")


@pytest.mark.parametrize(("n", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九")])
def test_numeral(n: int, text: str) -> None:
    assert numeral(n) == text


def test_numerals_differ_and_end() -> None:
    assert len({numeral(n) for n in range(1, 100)}) == 99
    for n in (0, 100, -1):
        with pytest.raises(ValueError, match="no heading numeral"):
            numeral(n)
