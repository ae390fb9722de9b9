"""Printed numbers, intervals, ratios and the verdict ladder (method.md §1–2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from juesuan.quantity import Estimate, Interval, Quantity, State, Verdict, judge, ratio, total
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
        ("29.3", "29.3", 1), ("29.30", "29.30", 2), ("0", "0", 0), ("-5.00", "-5.00", 2), ("1,234,567.8", "1234567.8", 1),
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
        (None, State.BLANK), ("", State.BLANK), (" 　", State.BLANK), ("-", State.DASH), ("—", State.DASH), ("——", State.DASH),
        ("－", State.DASH), ("无", State.UNPARSED), ("12万", State.UNPARSED), ("1,23", State.UNPARSED), ("1.2.3", State.UNPARSED),
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


@given(positive, positive, st.fractions(-1, 1), st.fractions(-1, 1))
def test_the_ratio_interval_holds_every_ratio_inside(a: Quantity, b: Quantity, x: Fraction, y: Fraction) -> None:
    part, base = a.exact() + x * CENT / 2, b.exact() + y * CENT / 2
    assume(base > 0)
    estimate = ratio(Estimate.of(a), Estimate.of(b))
    if estimate is not None:
        assert 100 * part / base in estimate.range


@given(positive, positive, st.fractions(-1, 1), st.fractions(-1, 1))
def test_a_share_is_narrower_and_still_holds_every_share(a: Quantity, b: Quantity, x: Fraction, y: Fraction) -> None:
    part, rest = a.exact() + x * CENT / 2, b.exact()
    base = Quantity.of(Decimal(a.value or 0) + Decimal(b.value or 0))
    true_base = base.exact() + y * CENT / 2
    assume(part >= 0 and true_base >= part and rest > 0)
    share, plain = (ratio(Estimate.of(a), Estimate.of(base), share=s) for s in (True, False))
    assert share is not None
    assert plain is not None
    assert plain.range.low <= share.range.low <= share.range.high <= plain.range.high
    assert 100 * part / true_base in share.range


def test_no_ratio_on_a_base_that_admits_zero() -> None:
    assert ratio(of("1.00"), of("0.00")) is None
    assert ratio(of("1.00"), of("0")) is None
    assert ratio(of("0.00"), of("0.00")) is None


@pytest.mark.parametrize(
    ("part", "base", "shown", "verdict"),
    [
        ("18.43", "18.57", "99.68", Verdict.INCONSISTENT), ("18.43", "18.57", "99.25", Verdict.WITHIN),
        ("18.43", "21681.07", "0.08", Verdict.WITHIN), ("21602.22", "21681.07", "99.64", Verdict.WITHIN),
        ("78.85", "21681.07", "0.36", Verdict.WITHIN), ("2000.00", "3000.00", "66.66", Verdict.TRUNCATED),
        ("2000.00", "3000.00", "66.67", Verdict.WITHIN), ("56", "56", "100", Verdict.EXACT),
    ],
)  # fmt: skip
def test_the_worked_rates(part: str, base: str, shown: str, verdict: Verdict) -> None:
    expected = ratio(of(part), of(base))
    assert expected is not None
    assert judge(Quantity.of(shown, "%"), expected).verdict is verdict


def test_the_rate_of_the_seed_has_the_interval_of_the_method() -> None:
    expected = ratio(of("18.43"), of("18.57"))
    assert expected is not None
    assert (half_up(expected.range.low, 2), half_up(expected.range.high, 2)) == (Decimal("99.19"), Decimal("99.30"))


def test_touching_is_a_rounding_tail_and_truncation_is_for_rates_only() -> None:
    assert judge(Quantity.of("236.63"), of("236.64")).verdict is Verdict.BOUNDARY
    assert judge(Quantity.of("236.63"), of("236.65")).verdict is Verdict.INCONSISTENT
    cut = Estimate.of(Quantity.of("66.666666"))
    assert judge(Quantity.of("66.66"), cut).verdict is Verdict.INCONSISTENT
    assert judge(Quantity.of("66.66"), cut, truncates=True).verdict is Verdict.TRUNCATED


def test_a_coarse_figure_is_judged_strictly_then_leniently() -> None:
    sum_ = Estimate(Fraction("78.84"), Interval.rounded(Fraction("78.84"), 2))
    lenient = Estimate(Fraction("78.84"), Interval.rounded(Fraction("78.84"), 0))
    strict = judge(Quantity.of("79.10"), sum_)
    assert strict.verdict is Verdict.INCONSISTENT
    assert strict.gap == Fraction("0.26")
    loose = judge(Quantity.of("79.10"), sum_, lenient=lenient)
    assert loose.verdict is Verdict.WITHIN
    assert loose.note
    assert judge(Quantity.of("78.8"), sum_).verdict is Verdict.WITHIN
    assert judge(Quantity.of("78.7"), sum_).verdict is Verdict.INCONSISTENT


@given(positive, positive)
def test_exact_if_and_only_if_equal(a: Quantity, b: Quantity) -> None:
    assert (judge(a, Estimate.of(b)).verdict is Verdict.EXACT) == (a.value == b.value)
    assert judge(a, Estimate.of(a)).gap == 0


@given(st.lists(exact, min_size=1, max_size=30))
def test_rounding_alone_is_never_inconsistent(addends: list[Fraction]) -> None:
    expected = total(Estimate.of(printed(v)) for v in addends)
    assert judge(printed(sum(addends, Fraction(0))), expected).verdict.holds


@given(st.lists(exact, min_size=1, max_size=30), st.integers(1, 10**6), st.sampled_from([1, -1]))
def test_more_than_rounding_is_always_inconsistent(addends: list[Fraction], extra: int, sign: int) -> None:
    terms = [Estimate.of(printed(v)) for v in addends]
    off = (len(terms) + 1) * CENT / 2 + Fraction(extra, 10**6)
    wrong = half_up(total(terms).point, 2) + sign * Decimal(-int(-off * 100 // 1)).scaleb(-2)
    judgement = judge(Quantity.of(wrong), total(terms))
    assert judgement.verdict is Verdict.INCONSISTENT
    assert judgement.gap == Fraction(wrong) - total(terms).point
