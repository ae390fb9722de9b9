"""How the charts look and travel: nothing clips or overlaps, alt text, SVG, black and white."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable

import matplotlib
import pytest

from drawing import EVERY, assert_fits, drawn, long_book, many_classes, texts
from juesuan import charts
from juesuan.accounts import Accounts
from juesuan.charts import Chart
from juesuan.charts.lettering import BODY, balanced, clauses, width, wrap
from juesuan.charts.style import font, palette, styled
from juesuan.errors import JuesuanError


@pytest.fixture(scope="module")
def many() -> Accounts:
    """All classes of a year."""
    return many_classes()


@pytest.fixture(scope="module")
def long() -> Accounts:
    """Long labels, long numbers, gaps."""
    return long_book()


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
                assert number.removeprefix("◇ ").removeprefix("可比 ") in chart.alt


@pytest.mark.parametrize("figure", EVERY)
def test_synthetic_data_says_so(figure: Callable[[Accounts], Chart | None], long: Accounts) -> None:
    chart = figure(long)
    if chart is not None:
        assert "示例数据（合成）" in texts(chart)
        assert chart.alt.startswith("示例数据（合成）")


def test_real_data_carries_no_such_label(seed: Accounts) -> None:
    assert "示例数据（合成）" not in texts(drawn(charts.structure(seed)))


def test_a_chart_unpacks_and_travels_as_svg_with_alt(seed: Accounts) -> None:
    chart = drawn(charts.draw("structure", seed))
    fig, alt, *_ = chart
    data, metadata = chart._repr_mimebundle_()
    assert (fig, alt) == (chart.fig, chart.alt)
    assert data == {"image/svg+xml": chart.svg(), "text/plain": alt}
    assert metadata == {"image/svg+xml": {"alt": alt, "caption": "支出功能结构"}}
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
        assert all(any(number in line for line in lines) for number in ("72.39%", "95.20%", "76.06%"))
    assert balanced("社会保障和就业支出（扣除单列数）", BODY, 120) == ["社会保障和就业支出", "（扣除单列数）"]


def test_a_title_breaks_at_a_clause() -> None:
    title = "机关事业单位基本养老保险基金缺口补助单列后，部门自身支出 681.07 万元，占 3.14%"
    assert clauses(title, BODY, 1000) == [title]
    assert clauses(title, BODY, 300)[0].endswith("单列后，")


def test_the_check_of_fit_sees_what_does_not_fit(seed: Accounts) -> None:
    chart = drawn(charts.structure(seed))
    with styled():
        chart.fig.text(0.98, 0.5, "伸出页边的文字")
    with pytest.raises(AssertionError, match="clipped"):
        assert_fits(chart)
    chart = drawn(charts.structure(seed))
    with styled():
        chart.fig.text(0.02, 0.97, "压在标题上", va="top")
    with pytest.raises(AssertionError, match="overlaps"):
        assert_fits(chart)


def test_a_missing_font_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pylopdf_fonts_zh_cn", None)
    with pytest.raises(JuesuanError, match="中文字体"):
        font.__wrapped__()
