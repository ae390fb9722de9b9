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
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'<a (?:aria-label="[^"]*" )?class="(?:num|flag)[^"]*" href="#([^"]+)"', page)
    assert len(links) > 60
    assert set(links) <= set(ids)


def test_every_link_on_the_page_leads_somewhere(page: str) -> None:
    ids = set(re.findall(r' id="([^"]+)"', page))
    assert set(re.findall(r' href="#([^"]+)"', page)) <= ids
    assert {"概况", "核对", "附件"} <= ids


def test_a_number_with_a_finding_points_to_it(page: str) -> None:
    assert re.search(r'29952\.05</a><a [^>]*class="flag" href="#R1010-', page)


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
    assert "## 第三部分 2021 年度部门决算情况说明" in text
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
    monkeypatch.setattr("juesuan.report.produce.publication", lambda accounts: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        produce(str(SEED), out=str(tmp_path), formats=("md",), progress=False)
    assert [p.name for p in tmp_path.iterdir()] == ["report.html"]
