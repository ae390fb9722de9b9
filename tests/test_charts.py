"""What the charts say: form, bars, labels and messages, read off the artists."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import EVERY, accounts, bars, drawn, fact, long_book, many_classes, t5, texts
from juesuan import charts
from juesuan.accounts import Accounts, Cited, Disclosure
from juesuan.charts import Form, choose
from juesuan.charts.breakdown import breakdown, share
from juesuan.charts.sums import in_unit
from juesuan.classification import classes
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity


@pytest.fixture(scope="module")
def many() -> Accounts:
    """All classes of a year."""
    return many_classes()


@pytest.fixture(scope="module")
def long() -> Accounts:
    """Long labels, long numbers, gaps."""
    return long_book()


@pytest.mark.parametrize(
    ("shares", "form"),
    [
        ([], Form.SENTENCE),
        ([0, 0, 0], Form.SENTENCE),
        ([100, 0], Form.SENTENCE),
        ([50, 50], Form.BARS),
        ([60, 30, 10], Form.BARS),
        ([90, 6, 4], Form.BARS),
        ([Decimal("90.01"), 6, Decimal("3.99")], Form.BARS_AND_REST),
        ([Decimal("99.78"), Decimal("0.14"), Decimal("0.08")], Form.BARS_AND_REST),
        ([Decimal("99.64"), Decimal("0.36")], Form.BARS),
        ([120, -15, -5], Form.BARS),
    ],
)
def test_form_follows_from_the_shares(shares: list[Decimal], form: Form) -> None:
    assert choose(shares) is form


@given(st.lists(st.integers(0, 10**9), max_size=30))
def test_a_second_panel_always_has_something_to_compare(parts: list[int]) -> None:
    whole = sum(parts) or 1
    if choose([Fraction(100 * p, whole) for p in parts]) is Form.BARS_AND_REST:
        assert len([p for p in parts if p]) > 2


def test_income_and_expenditure_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.income_expenditure(seed))
    assert chart.title == "收入全部为财政拨款收入；支出的 99.64% 为基本支出"
    assert {"21,681.07 · 100%", "21,602.22 · 99.64%", "78.85 · 0.36%"} <= set(texts(chart))
    assert bars(chart, 0) == [21681.07]
    assert bars(chart, 1) == [21602.22, 78.85]
    assert chart.fig.axes[0].get_xlim() == chart.fig.axes[1].get_xlim()


def test_structure_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.structure(seed))
    assert chart.title == "社会保障和就业支出占 99.78%，其余 2 类合计占 0.22%"
    assert bars(chart, 0) == [21633.34, 47.73]
    assert bars(chart, 1) == [29.3, 18.43]
    assert {"21,633.34 · 99.78%", "47.73 · 0.22%", "29.3 · 0.14%", "18.43 · 0.08%"} <= set(texts(chart))
    assert any("单位：万元 · 合计 21,681.07＝100%" in text for text in texts(chart))


def test_pass_through_money_stands_apart(seed: Accounts) -> None:
    chart = drawn(charts.structure_apart(seed))
    assert bars(chart, 0) == [21000, 681.07]
    assert bars(chart, 1) == [633.34, 29.3, 18.43]
    assert {"21,000 · 96.86%", "681.07 · 3.14%", "633.34 · 92.99%"} <= set(texts(chart))
    assert any("本报告计算" in text for text in texts(chart))
    assert "681.07 万元" in chart.title
    assert charts.structure_apart(replace(seed, disclosure=Disclosure())) is None


def test_basic_expenditure_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.basic(seed))
    assert chart.title == "基本支出中人员经费占 99.67%，公用经费占 0.33%"
    assert bars(chart) == [21531.16, 71.06]


def test_execution_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.execution(seed))
    (axes,) = chart.fig.axes
    assert [round(w, 2) for w in bars(chart)] == [72.39, 72.36, 76.06, 99.25]
    assert "72.39% · 21,681.07 / 29,952.05\n◇ 可比 95.20% · 21,681.07 / 22,773.65" in texts(chart)
    assert "72.36% · 21,633.34 / 29,894.78\n◇ 可比 95.23% · 21,633.34 / 22,716.38" in texts(chart)
    marks = [line.get_xdata()[0] for line in axes.lines if line.get_marker() == "D"]
    assert [round(float(x), 2) for x in marks] == [95.20, 95.23]
    assert [t.get_text() for t in axes.get_xticklabels()] == ["0%", "50%", "100%"]
    assert any(list(line.get_xdata()) == [100, 100] for line in axes.lines)
    assert any("可比口径（本报告计算）" in text for text in texts(chart))
    assert chart.title == (
        "支出完成年初预算的 72.39%；按可比口径（本报告计算）为 95.20%，各类中住房保障支出最低（76.06%）"
    )


def test_nothing_to_draw_is_none_and_a_sentence(seed: Accounts) -> None:
    assert charts.three_public(seed) is None
    assert charts.sentence("three_public", seed) == "“三公”经费已披露的预算、决算各项均为 0，未作图。"
    empty = accounts()
    for figure in EVERY:
        assert figure(empty) is None
        said = charts.sentence(figure.__name__, empty)
        assert said.endswith("未作图。") or figure is charts.structure_apart
    single = accounts(*t5(["5.00"], "5.00"))
    assert charts.structure(single) is None
    assert (
        charts.sentence("structure", single) == "支出全部为一般公共服务支出（5.00 万元），只此一项，未作图。"
    )


def test_all_classes_are_ordered_with_others_last(many: Accounts) -> None:
    chart = drawn(charts.structure(many))
    lengths, labels = bars(chart), [t.get_text() for t in chart.fig.axes[0].get_yticklabels()]
    assert len(lengths) == len(classes("functional", 2021))
    assert labels[-1] == "其他支出"
    assert lengths[:-1] == sorted(lengths[:-1], reverse=True)
    assert chart.title == "支出中一般公共服务支出最多，占 62.22%；外交支出次之，占 15.55%"


def test_rates_beyond_the_axis_are_cut_and_zero_budgets_are_text(many: Accounts) -> None:
    chart = drawn(charts.execution(many))
    (axes,) = chart.fig.axes
    assert max(bars(chart)) <= axes.get_xlim()[1]
    assert any("333.33% · 308,641.97 / 92,592.59" in text for text in texts(chart))
    labels = [t.get_text() for t in axes.get_yticklabels()]
    assert "教育支出" not in labels
    assert any("教育支出（年初预算 0.00" in text for text in texts(chart))
    assert any("以箭头表示" in text for text in texts(chart))


def test_a_negative_part_has_no_share(long: Accounts) -> None:
    chart = drawn(charts.income_expenditure(long))
    assert {"500.00", "-3", "80"} <= set(texts(chart))
    assert min(chart.fig.axes[0].get_xlim()) <= -3


def test_three_public_pairs(long: Accounts) -> None:
    chart = drawn(charts.three_public(long))
    assert chart.title == "“三公”经费支出 13.5 万元，比预算多 1.50 万元"
    labels = [t.get_text() for t in chart.fig.axes[0].get_yticklabels()]
    assert labels == ["合计", "公务用车购置及运行费", "公务接待费"]
    assert "决算 13.5 / 预算 12.00 · 112.50%" in texts(chart)
    assert "决算 5.5 / 预算 0" in texts(chart)


def test_equal_parts_are_said_to_be_equal() -> None:
    chart = drawn(charts.structure(accounts(*t5(["40.00", "40.00", "20.00"], "100.00"))))
    assert chart.title == "支出中一般公共服务支出、外交支出并列最多，均为 40.00 万元"


def test_parts_that_do_not_tally_are_not_called_the_whole() -> None:
    chart = drawn(charts.structure(accounts(*t5(["950.00", "10.00", "5.00", None], "1000.00"))))
    assert chart.title == "一般公共服务支出占 95.00%，所列其余 2 类合计占 1.50%"
    assert any("之和 965.00 与印出的合计 1,000.00 不等" in text.replace("\n", "") for text in texts(chart))


def test_fallback_tables_carry_the_structure() -> None:
    t3 = [fact("T3", "201", "本年支出合计", "60.00"), fact("T3", "208", "本年支出合计", "40.00")]
    chart = drawn(charts.structure(accounts(*t3, fact("T3", "合计", "本年支出合计", "100.00"))))
    assert bars(chart) == [60, 40]


def test_units_are_converted_exactly() -> None:
    assert in_unit(Quantity.of("210000000.00", "元"), "万元") == Quantity(Decimal("21000.000000"), 6, "万元")
    assert in_unit(Quantity.of("2.1", "亿元"), "万元").value == 21000
    assert in_unit(Quantity.of("3", "人"), "万元").unit == "人"


def test_shares_never_read_nothing_or_all_when_it_is_not() -> None:
    assert share(Fraction(1, 10**6), Decimal("0.00")) == "不足 0.01%"
    assert share(100 - Fraction(1, 10**6), Decimal("100.00")) == "超过 99.99%"
    assert share(Fraction(100), Decimal("100.00")) == "100%"


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=24).filter(any))
def test_the_shown_shares_of_a_structure_add_to_a_hundred(cents: list[int]) -> None:
    cells = [(str(i), Quantity.of(Decimal(c).scaleb(-2), "万元")) for i, c in enumerate(cents)]
    total = Quantity.of(Decimal(sum(cents)).scaleb(-2), "万元")
    whole = breakdown(accounts(), "支出", "类", cells, total, to_hundred=True)
    assert sum(p.shown or 0 for p in whole.parts) == 100


def test_a_malformed_address_is_one_clear_error(seed: Accounts) -> None:
    wrong = seed.disclosure.apart[0].model_copy(update={"amount": Cited("二万一千")})
    spoiled = replace(seed, disclosure=seed.disclosure.model_copy(update={"apart": [wrong]}))
    with pytest.raises(JuesuanError, match="不是指标地址"):
        charts.structure_apart(spoiled)
