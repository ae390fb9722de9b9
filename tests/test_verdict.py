"""Ratios and the verdict ladder (method.md §1–2)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from juesuan.quantity import Estimate, Interval, Quantity, Verdict, judge, ratio, total
from juesuan.wording import half_up

CENT = Fraction(1, 100)
exact = st.fractions(-(10**6), 10**6, max_denominator=10**6)
positive = st.integers(1, 10**9).map(lambda cents: Quantity.of(Decimal(cents).scaleb(-2), "万元"))


def printed(value: Fraction, decimals: int = 2, unit: str = "万元") -> Quantity:
    return Quantity.of(half_up(value, decimals), unit)


def of(text: str, unit: str = "万元") -> Estimate:
    return Estimate.of(Quantity.of(text, unit))


@given(positive, positive, st.fractions(-1, 1), st.fractions(-1, 1))
def test_the_ratio_interval_holds_every_ratio_inside(
    a: Quantity, b: Quantity, x: Fraction, y: Fraction
) -> None:
    part, base = a.exact() + x * CENT / 2, b.exact() + y * CENT / 2
    assume(base > 0)
    estimate = ratio(Estimate.of(a), Estimate.of(b))
    if estimate is not None:
        assert 100 * part / base in estimate.range


@given(positive, positive, st.fractions(-1, 1), st.fractions(-1, 1))
def test_a_share_is_narrower_and_still_holds_every_share(
    a: Quantity, b: Quantity, x: Fraction, y: Fraction
) -> None:
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
    assert (half_up(expected.range.low, 2), half_up(expected.range.high, 2)) == (
        Decimal("99.19"),
        Decimal("99.30"),
    )


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
