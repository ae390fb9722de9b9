"""Government procurement and the performance of projects."""

from __future__ import annotations

from dataclasses import replace

from drawing import bars, drawn
from juesuan import charts
from juesuan.accounts import Accounts


def test_procurement_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.procurement(seed))
    assert [round(w, 2) for w in bars(chart)] == [8.33, 7.59]
    assert chart.title == "政府采购支出中货物最多，占 52.32%"
    assert "授予中小企业合同金额 15.92 万元，占采购总额的 100%" in chart.alt


def test_performance_of_the_seed(seed: Accounts) -> None:
    chart = drawn(charts.performance(seed))
    assert [round(w, 2) for w in bars(chart)] == [95.45, 76.13, 100.0]
    marks = [float(line.get_xdata()[0]) for line in chart.fig.axes[0].lines if line.get_marker() == "D"]
    assert marks == [99.54, 97.61, 100.0]
    assert "执行率最低的是台账联网及印刷费（76.13%）" in chart.title


def test_one_project_is_named_with_its_rate_and_score(seed: Accounts) -> None:
    kept = tuple(f for f in seed.records if f.table != "S8" or f.label in ("绩效自评", "台账联网及印刷费"))
    chart = drawn(charts.performance(replace(seed, records=kept)))
    assert chart.title == "台账联网及印刷费执行率 76.13%，自评得分 97.61"
