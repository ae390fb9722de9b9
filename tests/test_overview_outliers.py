"""Outliers: thresholds worked out by hand, each sentence word by word."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import juesuan as js
import overview_data
from juesuan.overview import listing
from juesuan.overview import outliers as finding
from juesuan.overview.dataset import Dataset
from juesuan.overview.outliers import outliers
from juesuan.overview.robust import mad, median, quantile
from juesuan.overview.settings import settings
from overview_data import BUDGET, TOTAL, figure, report, write


def test_over_budget_needs_no_peers(tmp_path: Path) -> None:
    found = outliers(js.open_dataset(overview_data.small(tmp_path)))
    assert {kind: len(some) for kind, some in found.items() if some} == {"three_public": 2}
    assert [o.sentence for o in found["three_public"]] == [
        "“三公”经费决算 6.50 万元，预算 5.00 万元，超出 1.50 万元（预算的 30.00%）。",
        "“三公”经费决算 0.10 万元，预算 0.00 万元，超出 0.10 万元，预算为 0。",
    ]


@pytest.fixture
def peers(tmp_path: Path) -> Dataset:
    """Nine departments: eight alike, 寅局 unlike them in everything."""
    rows, facts = [], []
    for name, now in zip("子丑卯辰巳午未申寅", [96, 97, 98, 99, 100, 101, 102, 103, 40], strict=True):
        odd = name == "寅"
        before, after = report(f"{name}局", 2022), report(f"{name}局", 2023, errors=4 if odd else 0)
        rows += [before, after]
        facts += [figure(before, TOTAL, "100.00"), figure(before, "T5[208].合计", "20.00")]
        facts += [figure(before, "T5[201].合计", "80.00"), figure(after, TOTAL, f"{now}.00")]
        facts += [
            figure(after, BUDGET, "100.00"),
            figure(after, "T5[208].合计", str(now * (7 if odd else 2) / 10)),
        ]
        facts.append(figure(after, "T5[201].合计", str(now * (3 if odd else 8) / 10)))
    return js.open_dataset(write(tmp_path / "peers", rows, facts))


def test_each_outlier_is_one_sentence_of_figures(peers: Dataset) -> None:
    found = {
        kind: [(o.line.department, o.line.year, o.sentence) for o in some]
        for kind, some in outliers(peers).items()
    }
    # Median 99, deviations 0 1 1 2 2 3 3 4 59: MAD 2, five scales are 14.83 and at least 20 points.
    assert found == {
        "completion": [("寅局", 2023, "完成年初预算的 40.00%（决算 40.00 万元，年初预算 100.00 万元），比同年度 9 个部门的中位数 99.00% 低 59.00 个百分点。")],
        "structure": [("寅局", 2023, "社会保障和就业支出占一般公共预算支出的 70.00%，上年占 20.00%，升高 50.00 个百分点；同年度 9 个部门变动最大的一类，变动幅度的中位数为 0.00 个百分点。")],
        "three_public": [],
        "jump": [("寅局", 2023, "一般公共预算支出 40.00 万元，上年 100.00 万元，下降 60.00%；同年度 9 个部门增减率的中位数为 −1.00%。")],
        "errors": [("寅局", 2023, "核对查出错误 4 项，同年度 9 个部门的中位数为 0 项。")],
    }  # fmt: skip
    page = js.overview_outliers(peers).html
    assert page.count('<td class="t">') == 4
    assert "异常 · 共 4 条" in page


def test_too_many_outliers_are_counted(peers: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = settings()
    loose = {k: kind.model_copy(update={"times": 0, "least": 1}) for k, kind in rules.outliers.kinds.items()}
    few = rules.model_copy(update={"outliers": rules.outliers.model_copy(update={"most": 2, "kinds": loose})})
    for module in (finding, listing):
        monkeypatch.setattr(module, "settings", lambda: few)
    page = js.overview_outliers(peers).html
    # Eight of nine rates lie a point or more from the median.
    assert "“完成率”还有 6 条偏离较小的没有列出" in page
    assert "低 59.00 个百分点" in page


def test_robust_statistics_are_exact() -> None:
    values = [Fraction(n) for n in (1, 2, 4, 8, 100)]
    assert (median(values), mad(values), quantile(values, Fraction(1, 4))) == (4, 3, 2)
    assert median([Fraction(1), Fraction(2)]) == Fraction(3, 2)
