"""Charts are tested through their artists: what stands there, how long the bars are, and that all of it fits."""

from __future__ import annotations

import hashlib
import re
import warnings
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import matplotlib
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox

from juesuan import charts
from juesuan.accounts import Accounts, Cited, Disclosure, Fact, Source
from juesuan.charts import Chart, Form, choose
from juesuan.charts.breakdown import breakdown, in_unit, share
from juesuan.charts.lettering import BODY, balanced, width, wrap
from juesuan.charts.style import palette, styled
from juesuan.classification import classes
from juesuan.errors import JuesuanError
from juesuan.layouts import layout
from juesuan.quantity import Quantity

Figures = tuple[Callable[[Accounts], Chart | None], ...]
EVERY: Figures = (
    charts.income_expenditure, charts.structure, charts.structure_apart,
    charts.basic, charts.execution, charts.three_public,
)  # fmt: skip
LONG = "国有资本经营预算支出及其他名称很长用以检验换行是否会与相邻的行重叠的一类支出"


def fact(table: str, row: str, column: str, value: str | None, label: str = "") -> Fact:
    quantity = Quantity.blank("万元") if value is None else Quantity.of(value, "万元")
    return Fact(table, row if row.isdigit() else "", label or row, column, quantity)


def accounts(*facts: Fact, synthetic: bool = False, name: str = "某厅") -> Accounts:
    source = Source(synthetic=Cited("是")) if synthetic else Source()
    return Accounts(name, 2021, layout("shanxi-2020"), facts, source=source)


def t5(values: list[str | None], total: str | None) -> list[Fact]:
    listed = classes("functional", 2021)
    rows = [fact("T5", c.code, "合计", v, c.name) for c, v in zip(listed, values, strict=False)]
    return [fact("T5", "合计", "合计", total), *rows]


@pytest.fixture(scope="module")
def many() -> Accounts:
    """All classes of a year, seven-digit amounts, rates from 0 to far beyond 100%."""
    listed = classes("functional", 2021)
    values = [(Decimal("1234567.89") / (i + 1) ** 2).quantize(Decimal("0.01")) for i in range(len(listed))]
    factors = [Decimal(f) for f in ("1.1", "0.3", "0.9", "1", "0")]
    budgets = [(v * factors[i % 5]).quantize(Decimal("0.01")) for i, v in enumerate(values)]
    return accounts(
        *t5([str(v) for v in values], str(sum(values))),
        fact("S5", "合计", "年初预算数", str(sum(budgets))),
        *(
            fact("S5", c.code, "年初预算数", str(b), c.name)
            for c, b in zip(listed, budgets, strict=True)
        ),
        synthetic=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def long() -> Accounts:
    """Long labels, long numbers, a negative amount, gaps."""
    return accounts(
        fact("T5", "合计", "合计", "3234567989.24"),
        fact("T5", "201", "合计", "1234567890.12", LONG),
        fact("T5", "208", "合计", "99.00", "社会保障和就业支出"),
        fact("T5", "229", "合计", "2000000000.12", "其他支出"),
        fact("S5", "201", "年初预算数", "1334567890.12", LONG),
        fact("S5", "208", "年初预算数", "12", "社会保障和就业支出"),
        fact("T7", "合计", "预算数", "12.00"), fact("T7", "合计", "决算数", "13.5"),
        fact("T7", "公务用车购置及运行费", "预算数", "12"), fact("T7", "公务用车购置及运行费", "决算数", "8"),
        fact("T7", "公务用车运行维护费", "预算数", None), fact("T7", "公务用车运行维护费", "决算数", "8"),
        fact("T7", "公务接待费", "预算数", "0"), fact("T7", "公务接待费", "决算数", "5.5"),
        fact("T1", "一般公共预算财政拨款收入", "决算数", "500.00"), fact("T1", "其他收入", "决算数", "80"),
        fact("T1", "政府性基金预算财政拨款收入", "决算数", "30.00"), fact("T1", "事业收入", "决算数", "-3"),
        fact("T1", "本年收入合计", "决算数", "607.00"),
        fact("T3", "合计", "基本支出", "300"), fact("T3", "合计", "项目支出", "307"),
        fact("T6", "人员经费合计", "决算数", "150"), fact("T6", "公用经费合计", "决算数", "150"),
        synthetic=True, name="某省一个名称很长的测试单位（检验口径行怎样换行的情况）",
    )  # fmt: skip


def drawn(chart: Chart | None) -> Chart:
    assert chart is not None
    return chart


def texts(chart: Chart) -> list[str]:
    """Every text of the figure, top to bottom by kind."""
    inside = [t.get_text() for axes in chart.fig.axes for t in axes.texts]
    labels = [t.get_text() for axes in chart.fig.axes for t in axes.get_yticklabels()]
    return [t.get_text() for t in chart.fig.texts] + inside + labels


def bars(chart: Chart, panel: int = 0) -> list[float]:
    return [patch.get_width() for patch in chart.fig.axes[panel].patches]


def boxes(chart: Chart, dpi: int = 150) -> tuple[dict[str, Bbox], Bbox]:
    """The extent of each visible text, and of the figure."""
    with styled():
        chart.fig.set_dpi(dpi)
        canvas = FigureCanvasAgg(chart.fig)
        canvas.draw()
        renderer = canvas.get_renderer()
        found = list(chart.fig.texts)
        for axes in chart.fig.axes:
            found += [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels()]
        named = {f"{i}:{t.get_text()}": t.get_window_extent(renderer) for i, t in enumerate(found) if t.get_text()}
    return named, chart.fig.bbox


def assert_fits(chart: Chart) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        named, page = boxes(chart)
    for text, box in named.items():
        assert box.x0 >= page.x0 - 0.5, f"clipped at the left: {text}"
        assert box.x1 <= page.x1 + 0.5, f"clipped at the right: {text}"
        assert box.y0 >= page.y0 - 0.5, f"clipped at the foot: {text}"
        assert box.y1 <= page.y1 + 0.5, f"clipped at the top: {text}"
    # A text box holds the full line height of the font: ink is what must not touch.
    ink = {t: Bbox.from_extents(b.x0, b.y0 + 0.15 * b.height, b.x1, b.y1 - 0.15 * b.height) for t, b in named.items()}
    for (a, one), (b, other) in combinations(ink.items(), 2):
        assert not _overlap(one, other), f"“{a}” overlaps “{b}”"
    for axes in chart.fig.axes:
        for text in axes.texts:
            box = text.get_window_extent()
            marks = [p.get_window_extent() for p in axes.patches]
            assert not any(_overlap(box, mark) for mark in marks), f"“{text.get_text()}” lies on a bar"


def _overlap(a: Bbox, b: Bbox) -> bool:
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 0.5 and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5


# --- the choice of form -------------------------------------------------------------------------


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


# --- the seed -----------------------------------------------------------------------------------


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
        assert charts.sentence(figure.__name__, empty).endswith(("", "未作图。"))
    single = accounts(*t5(["5.00"], "5.00"))
    assert charts.structure(single) is None
    assert charts.sentence("structure", single) == "支出全部为一般公共服务支出（5.00 万元），只此一项，未作图。"


# --- variations ---------------------------------------------------------------------------------


@pytest.mark.parametrize("figure", EVERY)
@pytest.mark.parametrize("which", ["seed", "book", "many", "long"])
def test_text_neither_clips_nor_overlaps(
    figure: Callable[[Accounts], Chart | None], which: str, request: pytest.FixtureRequest
) -> None:
    chart = figure(request.getfixturevalue(which))
    if chart is not None:
        assert_fits(chart)


@pytest.mark.parametrize("figure", EVERY)
@pytest.mark.parametrize("which", ["seed", "long"])
def test_type_is_large_enough_at_printed_width(
    figure: Callable[[Accounts], Chart | None], which: str, request: pytest.FixtureRequest
) -> None:
    chart = figure(request.getfixturevalue(which))
    if chart is None:
        return
    assert chart.fig.get_figwidth() * 2.54 == pytest.approx(17)
    found = list(chart.fig.texts)
    for axes in chart.fig.axes:
        found += [*axes.texts, *axes.get_yticklabels(), *axes.get_xticklabels()]
        assert axes.get_legend() is None
    assert min(t.get_size() for t in found) >= 9


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


# --- what a chart is ----------------------------------------------------------------------------


@pytest.mark.parametrize("figure", EVERY)
@pytest.mark.parametrize("which", ["seed", "book", "many", "long"])
def test_every_label_is_said_in_the_alt_text(
    figure: Callable[[Accounts], Chart | None], which: str, request: pytest.FixtureRequest
) -> None:
    chart = figure(request.getfixturevalue(which))
    if chart is None:
        return
    for axes in chart.fig.axes:
        for text in axes.texts:
            for number in text.get_text().replace("\n", " · ").split(" · "):
                assert number.removeprefix("◇ 可比 ") in chart.alt


@pytest.mark.parametrize("figure", EVERY)
def test_synthetic_data_says_so(figure: Callable[[Accounts], Chart | None], long: Accounts) -> None:
    chart = figure(long)
    if chart is not None:
        assert "示例数据（合成）" in texts(chart)
        assert chart.alt.startswith("示例数据（合成）")


def test_real_data_carries_no_such_label(seed: Accounts) -> None:
    assert "示例数据（合成）" not in texts(drawn(charts.structure(seed)))


def test_a_chart_unpacks_and_travels_as_svg_with_alt(seed: Accounts) -> None:
    chart = drawn(charts.structure(seed))
    fig, alt, *_ = chart
    data, metadata = chart._repr_mimebundle_()
    assert (fig, alt) == (chart.fig, chart.alt)
    assert data == {"image/svg+xml": chart.svg(), "text/plain": alt}
    assert metadata == {"image/svg+xml": {"alt": alt}}
    assert f"<title>{chart.title}</title>" in chart.svg()
    assert "<text" not in chart.svg(), "letters are paths: the reader needs no Chinese font"


def test_svg_is_the_same_whatever_the_settings_of_the_day(seed: Accounts) -> None:
    def digest() -> str:
        return hashlib.sha256(drawn(charts.execution(seed)).svg().encode()).hexdigest()

    first = digest()
    with matplotlib.rc_context({"font.size": 20, "svg.fonttype": "none", "axes.facecolor": "red"}):
        assert digest() == first
    chart = drawn(charts.execution(seed))
    assert chart.svg() == chart.svg()
    assert chart.png().startswith(b"\x89PNG")


def test_identifiers_do_not_clash_on_one_page(seed: Accounts) -> None:
    ids = [set(_ids(drawn(figure(seed)).svg())) for figure in (charts.structure, charts.basic)]
    assert not ids[0] & ids[1]


def _ids(svg: str) -> list[str]:
    return re.findall(r' id="([^"]+)"', svg)


def test_drawing_leaves_the_settings_alone(seed: Accounts) -> None:
    before = dict(matplotlib.rcParams)
    charts.structure(seed)
    assert dict(matplotlib.rcParams) == before


def test_bars_differ_in_black_and_white(seed: Accounts) -> None:
    apart = drawn(charts.structure_apart(seed)).fig.axes[0].patches
    assert [bool(p.get_hatch()) for p in apart] == [True, False]
    rest = drawn(charts.structure(seed)).fig.axes[0].patches
    assert [bool(p.get_hatch()) for p in rest] == [False, True]


def test_palette_is_dark_enough_on_white() -> None:
    for colour in palette()["cycle"]:
        red, green, blue = matplotlib.colors.to_rgb(colour)
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 3, colour


def test_lines_break_inside_the_limit_and_keep_numbers_whole() -> None:
    text = "支出完成年初预算的 72.39%，按可比口径（本报告计算）为 95.20%；其中住房保障支出最低，为 76.06%。"
    for limit in (120, 200, 300):
        lines = wrap(text, BODY, limit)
        assert all(width(line, BODY) <= limit for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
        assert not any(line[0] in "，。；）" for line in lines)
        assert all("95.20%" in "".join(lines) for _ in lines)
    assert balanced("社会保障和就业支出（扣除单列数）", BODY, 120) == ["社会保障和就业支出", "（扣除单列数）"]
