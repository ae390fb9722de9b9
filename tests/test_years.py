"""Charts and tables over the years, through their artists; the comparison notebook through papermill."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import papermill
import pytest

import juesuan as js
from books import full_book, with_fact
from drawing import assert_fits, texts
from juesuan.accounts import History
from juesuan.charts import YEARS, Chart, draw_years, year_on_year
from saving import save

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def history() -> History:
    return History.of(full_book(year, seed=year, department="甲单位") for year in range(2018, 2022))


def widths(chart: Chart) -> list[float]:
    return [patch.get_width() for axes in chart.fig.axes for patch in axes.patches]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", YEARS)
def test_each_chart_fits_and_says_what_it_shows(history: History, name: str) -> None:
    chart = draw_years(name, history)
    assert chart is not None
    assert_fits(chart)
    assert chart.caption
    assert chart.alt.startswith("示例数据（合成）")
    assert all(str(a.year) in chart.alt for a in history.years) or name == "structure_years"


def test_totals_are_the_printed_totals_on_one_scale(history: History) -> None:
    chart = draw_years("totals", history)
    assert chart is not None
    wanted = [
        float(a.get(*place).exact())
        for place in (("T1", "收入总计", "决算数"), ("T5", "合计", "合计"), ("T5", "合计", "基本支出"), ("T5", "合计", "项目支出"))
        for a in history.years
    ]  # fmt: skip
    assert widths(chart) == pytest.approx(wanted)
    assert len({axes.get_xlim() for axes in chart.fig.axes}) == 1


def test_structure_shows_first_and_last_share(history: History) -> None:
    chart = draw_years("structure_years", history)
    assert chart is not None
    last = history.latest
    total = last.get("T5", "合计", "合计").exact()
    for code, name in last.rows("T5", "类").items():
        share = last.get("T5", code, "合计").exact() * 100 / total
        assert any(f"→ {float(round(share, 2)):.2f}%" in text for text in texts(chart)), name
    dots = [line.get_xdata()[0] for line in chart.fig.axes[0].lines if line.get_marker() == "o"]  # type: ignore[index]
    assert len(dots) == 2 * len(last.rows("T5", "类"))


def test_execution_is_outturn_in_percent_of_the_initial_budget(history: History) -> None:
    chart = draw_years("execution_years", history)
    assert chart is not None
    rates = [
        a.get("T5", "合计", "合计").exact() * 100 / a.get("S5", "合计", "年初预算数").exact()
        for a in history.years
    ]
    assert widths(chart) == pytest.approx([float(r) for r in rates])


def test_nothing_to_compare_is_a_sentence(history: History) -> None:
    bare = History.of(replace(a, records=()) for a in history.years)
    for name in YEARS:
        assert draw_years(name, bare) is None
        assert "没有可以成图的比较" in js.years_chart(bare, name).plain  # type: ignore[union-attr]


def test_a_year_without_a_figure_leaves_a_gap_and_no_zero(history: History) -> None:
    first, *rest = history.years
    gap = History.of([with_fact(first, "T5[合计].基本支出", ""), *rest])
    chart = draw_years("totals", gap)
    assert chart is not None
    assert 0.0 not in widths(chart)
    lines = js.years_table(gap).plain.splitlines()
    basic = next(line for line in lines if "基本支出" in line)
    assert len([cell for cell in basic.split(" ")[1:] if cell]) == 3


def test_the_change_of_each_class_against_last_year(history: History) -> None:
    *_, last, now = history.years
    chart = year_on_year(replace(now, previous=last))
    assert chart is not None
    changes = {
        code: now.get("T5", code, "合计").exact() - last.get("T5", code, "合计").exact()
        for code in now.rows("T5", "类")
    }
    wanted = sorted(changes.values(), key=lambda c: -abs(c))
    assert widths(chart) == pytest.approx([float(c) for c in wanted])
    assert_fits(chart)
    assert year_on_year(now) is None
    assert Fraction(0) not in changes.values()


def test_names_that_changed_are_listed(history: History) -> None:
    assert "20805" in js.years_bridges(history).plain
    same = History.of([full_book(2020), full_book(2021)])
    assert "没有需要接续" in js.years_bridges(same).plain


def test_the_notebook_runs_over_a_folder_of_years(tmp_path: Path) -> None:
    for year in (2019, 2020):
        save(full_book(year, department="甲单位"), tmp_path / "甲单位" / str(year))
    done = papermill.execute_notebook(
        str(ROOT / "notebooks" / "compare.ipynb"),
        str(tmp_path / "out.ipynb"),
        {"accounts": str(tmp_path / "甲单位")},
        progress_bar=False,
    )
    outputs = [output for cell in done.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/svg+xml" in output.get("data", {}) for output in outputs) == len(YEARS)
    assert not [output for output in outputs if output.output_type == "error"]
