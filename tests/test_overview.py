"""The overview of many departments: its numbers worked out by hand, its sentences, what it refuses."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from bs4 import BeautifulSoup

import juesuan as js
import overview_data
from juesuan import extras
from juesuan.errors import JuesuanError
from juesuan.overview.dataset import Dataset
from juesuan.overview.figures import distribution, structure
from juesuan.overview.ranking import ranked, spreads
from juesuan.overview.settings import settings
from juesuan.overview.structure import structures
from overview_data import BUDGET, TOTAL, figure, report, write


@pytest.fixture
def enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two departments are enough for quartiles."""
    rules = settings().outliers.model_copy(update={"among": 2})
    few = settings().model_copy(update={"outliers": rules})
    monkeypatch.setattr("juesuan.overview.ranking.settings", lambda: few)


@pytest.fixture
def small(tmp_path: Path) -> Dataset:
    return js.open_dataset(overview_data.small(tmp_path / "set"), title="某市")


def cells(page: str, row: str) -> list[str]:
    """The texts of the first table row that begins with `row`."""
    lines = BeautifulSoup(page, "lxml").find_all("tr")
    texts = [[cell.get_text(strip=True) for cell in line.find_all(["th", "td"])] for line in lines]
    return next(t for t in texts if t and row in t[:2])


def test_completion_is_outturn_against_initial_budget_in_any_unit(small: Dataset) -> None:
    found = {(line.department, line.year): line.completed for line in small.lines}
    assert found == {
        ("甲局", 2022): "90.00%", ("甲局", 2023): "99.00%", ("乙局", 2022): "105.00%", ("乙局", 2023): "",
        ("丙局", 2022): "", ("丙局", 2023): "100%",
    }  # fmt: skip
    assert [(r.rank, r.line.department) for r in ranked(small, 2022)] == [(1, "乙局"), (2, "甲局")]
    # One column, one unit: 丙局 prints its budget in 元.
    assert cells(js.overview_ranking(small).html, "1") == ["1", "丙局", "100%", "80.00", "80.00"]


@pytest.mark.usefixtures("enough")
def test_quartiles_by_year(small: Dataset) -> None:
    assert [(s.year, s.count, s.without) for s in spreads(small)] == [(2022, 2, 1), (2023, 2, 0)]
    assert spreads(small)[0].points[2] == Fraction("97.5")


def test_two_departments_have_no_quartiles(small: Dataset) -> None:
    assert spreads(small) == []
    page = js.overview_ranking(small).html
    assert "不到 8 个的年度，不列分位" in page
    assert "下四分位" not in page
    assert "不画分布" in js.overview_chart(small, "distribution").html  # type: ignore[union-attr]


def test_a_long_ranking_shows_both_ends(tmp_path: Path) -> None:
    rows = [report(f"{i:03}局", 2023) for i in range(40)]
    facts = [figure(row, TOTAL, f"{i}.00") for i, row in enumerate(rows)] + [
        figure(row, BUDGET, "50.00") for row in rows
    ]
    page = BeautifulSoup(js.overview_ranking(js.open_dataset(write(tmp_path, rows, facts))).html, "lxml")
    assert "下四分位" in page.text
    low, high = page.select("table")[1:]
    firsts = [
        [td.get_text() for td in table.select("tbody tr")[0].find_all(["td", "th"])] for table in (low, high)
    ]
    assert [row[:3] for row in firsts] == [["40", "000局", "0.00%"], ["1", "039局", "78.00%"]]
    assert [len(table.select("tbody tr")) for table in (low, high)] == [15, 15]


def test_the_matrix_marks_by_the_worst_and_links(small: Dataset) -> None:
    page = js.overview_matrix(small).html
    rows = {tr.th.contents[0].strip(): tr for tr in BeautifulSoup(page, "lxml").select("tbody tr")}
    shown = {name: [td.get_text(strip=True) for td in tr.find_all("td")] for name, tr in rows.items()}
    assert shown == {
        "乙局": ["✓", "105.00%", "未完成", ""],
        "甲局": ["错 2", "90.00%", "警 1", "99.00%"],
        "丙局": ["✓", "", "提 3", "100%"],
    }
    # Failed and worst of the last year first.
    assert list(shown) == ["乙局", "甲局", "丙局"]
    assert rows["甲局"].a["href"] == "甲局/2022/report.html"
    assert rows["乙局"]["data-k"] == "2022o 2023f"


def test_the_summary_adds_the_verdicts_and_failures_keep_their_message(small: Dataset) -> None:
    page = js.overview_summary(small).html
    assert cells(page, "未完成")[-2:] == ["0", "1"]
    assert cells(page, "错误")[-2:] == ["2", "0"]
    assert cells(page, "合计")[-2:] == ["300", "200"]
    assert cells(page, "不符")[-2:] == ["2", "0"]
    lost = js.overview_failed(small).html
    assert "表&lt;1&gt;读不出" in lost
    assert "<1>" not in lost


def test_the_structure_is_exact_and_tells_what_classes_leave(small: Dataset) -> None:
    first, second = structures(small)
    assert {code: (c.yuan, c.share) for code, c in first.classes.items()} == {
        "201": (Decimal(600_000), Fraction(120, 7)),
        "205": (Decimal(2_100_000), Fraction(60)),
        "208": (Decimal(300_000), Fraction(60, 7)),
    }
    assert (first.total, first.rest, first.unclassified) == (Decimal(3_500_000), Decimal(500_000), 1)
    assert (second.total, second.rest, second.classes["208"].yuan) == (
        Decimal(1_988_000),
        0,
        Decimal(1_394_000),
    )
    page = js.overview_structure(small).html
    assert cells(page, "208 社会保障和就业支出")[1:] == ["30.00", "8.57%", "139.40", "70.12%"]
    assert cells(page, "205 教育支出")[1:] == ["210.00", "60.00%", "", ""]
    assert "2022 年度有 1 个部门印了合计而没有印分类" in page


def test_three_public_adds_only_pairs(small: Dataset) -> None:
    (first, second) = (r for r in small.ask("three_public") if r["label"] == "合计")
    # 乙局 prints no outturn in 2022: its budget of 3.00 is left out.
    assert (first["budget"], first["outturn"]) == (Decimal(50_000), Decimal(41_000))
    assert (first["departments"], first["lone"]) == (2, 1)
    assert (second["budget"], second["outturn"], second["departments"]) == (
        Decimal(50_000),
        Decimal(65_000),
        1,
    )
    page = js.overview_three_public(small).html
    assert cells(page, "2022")[-5:] == ["5.00", "4.10", "-0.90", "82.00%", "2"]
    assert "只印了“三公”经费合计的预算数或决算数之一" in page


@pytest.mark.usefixtures("enough")
def test_charts_say_in_words_what_they_show(small: Dataset) -> None:
    drawn = distribution(small)
    assert drawn is not None
    assert drawn.title == "2023 年度完成率的中位数为 99.50%，居中的一半部门在 99.25% 至 99.75% 之间"
    assert "95%–100% 1 个 · 50.0%；100%–105% 1 个 · 50.0%" in drawn.alt
    assert drawn.alt.startswith("示例数据（合成）")
    classes = structure(small)
    assert classes is not None
    assert classes.title == "2023 年度社会保障和就业支出最多，占 70.12%"
    assert "一般公共服务支出 59.40 · 占 29.88%" in classes.alt


def test_what_a_document_says_stays_text(tmp_path: Path) -> None:
    row = report("<img src=x>局", 2023, page='java"script:alert(1)')
    data = js.open_dataset(write(tmp_path, [row], [figure(row, TOTAL, "1.00"), figure(row, BUDGET, "1.00")]))
    pages = [js.overview_matrix(data).html, js.overview_ranking(data).html, js.overview_title(data).html]
    assert not re.search(r"<img|href=\"javascript|script:alert", "".join(pages))


def test_the_same_name_twice_and_the_same_year_twice(tmp_path: Path, small: Dataset) -> None:
    rows = [report("财政局", 2023, key=f"{p}/财政局") for p in ("north", "south", "south")]
    data = js.open_dataset(write(tmp_path / "twice", rows, []))
    assert "财政局（north/财政局）" in js.overview_matrix(data).html
    assert "请核对：财政局 2023 年度" in js.overview_summary(data).html
    assert "请核对" not in js.overview_summary(small).html


def test_an_unusable_dataset_is_one_clear_error(small: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small.folder
    with pytest.raises(JuesuanError, match=r"dataset.*nowhere.*找不到"):
        js.open_dataset(folder / "nowhere")
    facts = folder / "facts.parquet"
    whole = pq.read_table(facts)
    pq.write_table(whole.drop_columns(["yuan"]), facts)
    with pytest.raises(JuesuanError, match=r"facts\.parquet：缺少列 yuan。"):
        js.open_dataset(folder)
    facts.write_bytes(b"PAR1 no more")
    with pytest.raises(JuesuanError, match=r"facts\.parquet：不是完好的 Parquet"):
        js.open_dataset(folder)
    facts.unlink()
    with pytest.raises(JuesuanError, match=r"facts\.parquet：数据集缺少这个文件"):
        js.open_dataset(folder)

    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(JuesuanError, match=r"juesuan\[batch\]"):
        js.open_dataset(folder)
