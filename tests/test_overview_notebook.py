"""From real reports to the overview page: parts, dataset, notebook through papermill, export."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import nbformat
import papermill
import pytest
from bs4 import BeautifulSoup

import juesuan as js
from juesuan.accounts import Accounts
from juesuan.findings import check
from juesuan.report.exporter import JuesuanExporter
from juesuan.runs.dataset import Listed, collect
from juesuan.runs.parts import failed_part, write_parts
from juesuan.sample import Order, books

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "overview.ipynb"


@pytest.fixture(scope="module")
def accounts(seed: Accounts) -> list[Accounts]:
    return [seed, *(book.accounts for book in books(Order(departments=4, years=(2021, 2022), seed=3)))]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory, accounts: list[Accounts]) -> Path:
    """The folder of a batch with a dataset and the executed notebook."""
    out = tmp_path_factory.mktemp("batch")
    listed = []
    for one in accounts:
        place = f"{one.department}/{one.year}"
        listed.append(Listed(place))
        write_parts(check(one), out / place, key=place[:-5], page=f"{place}/report.html", seconds=0.4)
    page, error = "某中心/2022/report.html", "超时：300 秒"
    failed_part(out / "某中心/2022", key="某中心", year=2022, page=page, error=error, seconds=300)
    listed.append(Listed("某中心/2022"))
    assert collect(out, listed, out / "dataset") == []
    papermill.execute_notebook(
        str(NOTEBOOK), str(out / "overview.ipynb"), {"dataset": str(out / "dataset"), "title": "某市决算总览"},
        progress_bar=False, kernel_name="python3",
    )  # fmt: skip
    return out


@pytest.fixture(scope="module")
def page(batch: Path) -> str:
    executed = nbformat.read(batch / "overview.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    html, _ = JuesuanExporter().from_notebook_node(executed)
    return html


def test_every_rate_is_the_one_of_the_report(batch: Path, accounts: list[Accounts]) -> None:
    lines = {(line.department, line.year): line for line in js.open_dataset(batch / "dataset").lines}
    for one in accounts:
        line = lines[str(one.department), one.year]
        keys = BeautifulSoup(js.title(one).html, "lxml").select(".keys li")
        (told,) = (k.select_one(".value").text for k in keys if "完成年初预算" in k.text)  # type: ignore[union-attr]
        assert line.completed == told
    assert lines["忻州市社会保险中心", 2021].completed == "72.39%"


def test_the_sums_are_those_of_the_printed_figures(batch: Path, accounts: list[Accounts]) -> None:
    data = js.open_dataset(batch / "dataset")
    wanted: dict[int, Decimal] = {}
    for one in accounts:
        total = one.get("T5", "合计", "合计")
        wanted[one.year] = wanted.get(one.year, Decimal(0)) + (total.value or 0) * total.scale
    assert {row["year"]: row["yuan"] for row in data.ask("totals")} == wanted


def test_the_page_holds_every_section_and_asks_for_nothing(page: str) -> None:
    heads = re.findall(r'<h2 id="[^"]*">(.*?)</h2>', page)
    assert heads == ["概况", "各部门各年度", "完成率", "支出结构", "“三公”经费", "异常", "未完成的部门"]
    assert "<title>某市决算总览</title>" in page
    assert 'role="alert"' not in page
    soup = BeautifulSoup(page, "lxml")
    assert [s.get("src") for s in soup.find_all("script")] == [None, None]
    assert not [e for e in soup.select("link[href], img[src]") if "data:" not in str(e)]
    assert "https:" not in page.replace("https://www.w3.org", "")
    assert "超时：300 秒" in page


def test_synthetic_departments_are_told_from_real_ones(page: str) -> None:
    assert "示例数据（合成）：6 个部门中的 4 个" in page
    names = [row.th.contents[0] for row in BeautifulSoup(page, "lxml").select(".matrix tbody tr")]
    assert sorted(name.endswith("〔合成〕") for name in names) == [False, False, True, True, True, True]
    charts = [str(image["alt"]) for image in BeautifulSoup(page, "lxml").select("figure img")]
    # Four departments of a year are too few for a distribution.
    assert len(charts) == 1
    assert all(alt.startswith("示例数据（合成）") for alt in charts)


def test_links_lead_to_the_reports(page: str, accounts: list[Accounts]) -> None:
    links = {str(a["href"]) for a in BeautifulSoup(page, "lxml").select(".matrix a")}
    wanted = {f"{one.department}/{one.year}/report.html" for one in accounts}
    assert links == wanted | {"某中心/2022/report.html"}
