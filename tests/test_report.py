"""The report notebook through papermill and the pages exported from it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from juesuan import open_accounts
from juesuan.report.exporter import JuesuanExporter
from juesuan.report.html import anchor, table
from juesuan.report.produce import default_folder, produce

ROOT = Path(__file__).parents[1]
SEED = ROOT / "data" / "xinzhou-shebao" / "2021"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample's report in every format."""
    folder = tmp_path_factory.mktemp("report")
    written = produce(str(SEED), out=str(folder), formats=("html", "md", "xlsx", "json"), progress=False)
    assert {p.name for p in written} == {
        "report.html",
        "report.ipynb",
        "report.md",
        "report.xlsx",
        "report.json",
    }
    return folder


@pytest.fixture(scope="module")
def page(made: Path) -> str:
    return (made / "report.html").read_text(encoding="utf-8")


def test_the_page_is_self_contained(page: str) -> None:
    assert "<script" not in page
    assert not re.findall(r'(?:src|href)="(?!data:|#)', page)
    assert not re.findall(r"url\((?!data:)", page)
    assert '<html lang="zh-CN">' in page


def test_headings_go_down_one_level_at_a_time(page: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_every_figure_has_its_own_alt_text(page: str) -> None:
    alts = re.findall(r'<img [^>]*alt="([^"]*)"', page)
    assert len(alts) >= 4
    assert all(len(alt) > 20 for alt in alts)
    assert len(set(alts)) == len(alts)


def test_every_number_links_to_a_cell_that_is_there(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    links = soup.select("a.num")
    assert len(links) > 60
    for link in links:
        cell = soup.find(id=str(link["href"])[1:])
        assert cell is not None
        assert cell.name == "td"
        assert link["data-what"]


def test_a_cell_leads_back_to_the_text(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    backs = soup.select("td a.back")
    assert len(backs) > 30
    for back in backs:
        number = soup.find(id=str(back["href"])[1:])
        assert number is not None
        assert back.parent is not None
        assert number["href"] == f"#{back.parent['id']}"


def test_a_number_says_what_it_is_where_it_stands_and_what_its_digits_allow(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    said = {a.text: (a["data-what"], a.get("data-cell")) for a in soup.select("a.num")}
    table = "一般公共预算财政拨款支出决算表（一）"
    assert said["29.3"] == (f"{table}·住房保障支出·合计；按所印位数为 29.25–29.35 万元", f"{table}!C8")
    assert said["99.25%"] == ("计算：18.43 ÷ 18.57；按所印位数在 99.1925%–99.2998% 之间", None)
    listed = [li.text for li in soup.select(".sources li")]
    assert any(f"{table}·住房保障支出·合计" in line for line in listed)


def test_every_link_on_the_page_leads_somewhere(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    ids = {tag["id"] for tag in soup.select("[id]")}
    assert {str(a["href"])[1:] for a in soup.select("a[href]")} <= ids
    assert {"概况", "核对", "附件"} <= ids


def test_a_number_with_a_finding_points_to_it(page: str) -> None:
    soup = BeautifulSoup(page, "html.parser")
    number = next(a for a in soup.select("a.num") if a.text == "29952.05")
    flag = number.find_next("a", class_="flag")
    assert flag is not None
    assert str(flag["href"]).startswith("#R1010-")
    finding = soup.find(id=str(flag["href"])[1:])
    assert finding is not None
    assert "0.18" in finding.text


def test_figures_are_numbered(page: str) -> None:
    captions = [c.text for c in BeautifulSoup(page, "html.parser").select("figcaption")]
    assert [c.split("　")[0] for c in captions] == [f"图{i}" for i in range(1, len(captions) + 1)]
    assert len(captions) == 7


def test_the_page_is_small_enough(made: Path) -> None:
    assert (made / "report.html").stat().st_size < 1_500_000


def test_the_reader_sees_no_findings_code_or_paths(made: Path) -> None:
    notebook = nbformat.read(made / "report.ipynb", as_version=4)
    page, _ = JuesuanExporter(audience="reader").from_notebook_node(notebook)
    body = page[page.index("<main") :]
    assert 'class="finding' not in body
    assert "<details" not in body
    assert "disclosure.yml" not in body
    assert "核对</h2>" not in body
    assert "21681.07" in body


def test_markdown_and_json_and_workbook_say_the_same(made: Path) -> None:
    text = (made / "report.md").read_text(encoding="utf-8")
    assert "## 第三部分 2021年度部门决算情况说明" in text
    assert "完成年初预算的99.25%" in text
    (made / "2021").mkdir()
    shutil.copy(made / "report.xlsx", made / "2021")
    ours = {f.address: f.quantity.printed for f in open_accounts(SEED).records if f.table.startswith("T")}
    assert {f.address: f.quantity.printed for f in open_accounts(made / "2021").records} == ours


def test_text_from_documents_is_escaped() -> None:
    accounts = open_accounts(SEED)
    first = accounts.records[0]
    hostile = replace(
        accounts, records=(replace(first, table="T5", code="299", label="<script>alert(1)</script>"),)
    )
    page = table(hostile, "T5")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_anchors_are_distinct_for_distinct_addresses() -> None:
    addresses = {f.address for f in open_accounts(SEED).records}
    assert len({anchor(a) for a in addresses}) == len(addresses)


def test_plain_papermill_works_from_the_root_and_from_the_notebooks_folder(tmp_path: Path) -> None:
    for folder, notebook in ((ROOT, "notebooks/report.ipynb"), (ROOT / "notebooks", "report.ipynb")):
        target = tmp_path / f"{folder.name}.ipynb"
        command = [
            sys.executable,
            "-m",
            "papermill",
            notebook,
            str(target),
            "-p",
            "accounts",
            "data/xinzhou-shebao/2021",
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        outputs = [o for c in nbformat.read(target, as_version=4).cells for o in c.get("outputs", [])]
        assert not [o for o in outputs if o.output_type == "error"]
        assert len(outputs) >= 12


def test_the_default_folder_is_named_like_the_data() -> None:
    assert default_folder(str(SEED), open_accounts(SEED)) == Path("out/xinzhou-shebao/2021")


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report.html").write_text("old", encoding="utf-8")
    monkeypatch.setattr("juesuan.report.formats.markdown", lambda accounts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        produce(str(SEED), out=str(tmp_path), formats=("md",), progress=False)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
