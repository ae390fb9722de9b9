"""Printed numbers, intervals, ratios and the verdict ladder (method.md §1–2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from juesuan.quantity import Estimate, Interval, Quantity, State, total
from juesuan.wording import half_up

CENT = Fraction(1, 100)
exact = st.fractions(-(10**6), 10**6, max_denominator=10**6)
positive = st.integers(1, 10**9).map(lambda cents: Quantity.of(Decimal(cents).scaleb(-2), "万元"))


def printed(value: Fraction, decimals: int = 2, unit: str = "万元") -> Quantity:
    return Quantity.of(half_up(value, decimals), unit)


def of(text: str, unit: str = "万元") -> Estimate:
    return Estimate.of(Quantity.of(text, unit))


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("29.3", "29.3", 1), ("29.30", "29.30", 2), ("0", "0", 0), ("-5.00", "-5.00", 2),
        ("1,234,567.8", "1234567.8", 1),
        ("１２３．４５", "123.45", 2), (" 1，234.50 ", "1234.50", 2), ("007", "7", 0), ("+3.1", "3.1", 1),
    ],
)  # fmt: skip
def test_numbers_are_read_with_their_decimals(text: str, value: str, decimals: int) -> None:
    quantity = Quantity.parse(text, "万元")
    assert (quantity.value, quantity.decimals, quantity.unit) == (Decimal(value), decimals, "万元")


@pytest.mark.parametrize(("text", "decimals"), [("72.39%", 2), ("98 %", 0), ("７２．３９％", 2)])
def test_a_percent_sign_is_the_unit(text: str, decimals: int) -> None:
    quantity = Quantity.parse(text, "万元")
    assert (quantity.unit, quantity.decimals) == ("%", decimals)


@pytest.mark.parametrize(
    ("text", "state"),
    [
        (None, State.BLANK), ("", State.BLANK), (" 　", State.BLANK), ("-", State.DASH), ("—", State.DASH),
        ("——", State.DASH),
        ("－", State.DASH), ("无", State.UNPARSED), ("12万", State.UNPARSED), ("1,23", State.UNPARSED),
        ("1.2.3", State.UNPARSED),
        ("#REF!", State.UNPARSED),
    ],
)  # fmt: skip
def test_no_number_is_never_zero(text: str | None, state: State) -> None:
    quantity = Quantity.parse(text)
    assert quantity.state is state
    assert quantity.value is None
    assert quantity.printed == ""
    with pytest.raises(ValueError, match="holds no number"):
        quantity.exact()


@pytest.mark.parametrize("text", ["21.5²", "21.5①"])
def test_a_footnote_mark_is_not_a_digit(text: str) -> None:
    assert Quantity.parse(text).value != Decimal("21.52")
    assert Quantity.parse(text).value != Decimal("21.51")


def test_the_printed_precision_is_part_of_the_value() -> None:
    assert Quantity.of("29.3").interval() == Interval(Fraction(2925, 100), Fraction(2935, 100))
    assert Quantity.of("29.30").interval() == Interval(Fraction(29295, 1000), Fraction(29305, 1000))
    assert Quantity.of("29.3").is_coarse(2)
    assert not Quantity.of("29.30").is_coarse(2)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_printing_and_reading_give_the_same(value: Decimal) -> None:
    assert Quantity.parse(f"{value:,.2f}").value == value
    assert Quantity.parse(Quantity.of(value).printed).value == value


@given(exact, st.integers(0, 4))
def test_the_interval_holds_what_was_rounded_and_what_was_cut(value: Fraction, decimals: int) -> None:
    assert value in printed(value, decimals).interval()
    cut = Fraction(int(value * 10**decimals), 10**decimals)
    assert value in Interval.truncated(cut, decimals)


@given(st.lists(st.tuples(exact, st.integers(-3, 3)), min_size=1, max_size=8))
def test_intervals_of_weighted_sums_hold_exact_sums(terms: list[tuple[Fraction, int]]) -> None:
    estimate = total(Estimate.of(printed(v)).weighted(w) for v, w in terms)
    assert sum(v * w for v, w in terms) in estimate.range
    assert estimate.point in estimate.range


@given(exact, exact, exact, exact)
def test_meeting_is_intersection(a: Fraction, b: Fraction, c: Fraction, value: Fraction) -> None:
    one, two = Interval(min(a, b), max(a, b)), Interval(min(b, c), max(b, c))
    common = one.meet(two)
    assert common is not None  # they share b
    assert (value in common) == (value in one and value in two)


def test_open_ends_do_not_touch() -> None:
    assert Interval.truncated(1, 0).meet(Interval.point(2)) is None
    assert Interval.truncated(-1, 0).meet(Interval.point(-2)) is None
    assert Interval.truncated(0, 0).meet(Interval.point(1)) is None
    assert Interval.truncated(1, 0).meet(Interval.point(1)) == Interval.point(1)
