"""The audit page, the findings for hand-off, and decisions that survive."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

import juesuan as js
from juesuan.accounts import Accounts
from juesuan.cli import main
from juesuan.errors import JuesuanError
from juesuan.findings import Report, check
from juesuan.findings.decisions import decide, decisions_file, gone, read_decisions
from juesuan.report.handoff import write_csv, write_xlsx
from juesuan.report.marked import counts, sections
from published import SEED, national_text, reworded


@pytest.fixture(scope="module")
def report(seed: Accounts) -> Report:
    return check(seed)


def test_each_number_is_marked_by_its_verdict(report: Report) -> None:
    marks = {
        p.text: p.mark for s in sections(report) for paragraph in s.paragraphs for p in paragraph if p.mark
    }
    assert marks["99.68%"] == "inconsistent"
    assert marks["72.36%"] == "exact"
    assert marks["670万元"] == "quoted"
    assert counts(report)["inconsistent"] == 8


def test_the_text_stands_as_it_was_written(report: Report) -> None:
    shown = ["".join(p.text for p in paragraph) for s in sections(report) for paragraph in s.paragraphs]
    assert "".join(shown) == "".join(s.text for s in report.accounts.sentences)


def test_a_marked_number_leads_to_its_cell_and_its_finding(report: Report) -> None:
    page = js.marked_text(report).html
    cells = js.audit_tables(report).html
    (wrong,) = (f for f in report.findings if f.relation == "R1005")
    assert f'href="#{wrong.id}"' in page
    assert f'id="at-{wrong.id}"' in page
    targets = {part.split('"')[0] for part in page.split('href="#')[1:]} - {f.id for f in report.findings}
    assert targets
    assert all(f'id="{target}"' in cells for target in targets)


def test_a_text_is_escaped() -> None:
    accounts = reworded(national_text(), "主要原因：本年新增", "主要原因：<script>alert(1)</script>")
    assert "<script>" not in js.marked_text(check(accounts)).html


def test_unmatched_numbers_are_listed() -> None:
    accounts = reworded(national_text(), "主要原因：本年新增", "主要原因：来信4321件，本年新增")
    assert "4321" in js.unmatched(check(accounts)).html


def test_the_coverage_names_every_relation(report: Report) -> None:
    page = js.coverage(report).html
    assert page.count('<td class="code">R') == 127
    assert "文件里没有它要看的内容" in page


def test_decisions_survive_a_run(tmp_path: Path, report: Report) -> None:
    file = tmp_path / "decisions.yml"
    first = report.findings[0]
    decide(report, first.id, "explained", "口径：含人员类项目", path=file)
    again = read_decisions(file)
    assert again[first.id].note == "口径：含人员类项目"
    assert first.id in {f.id for f in check(report.accounts).findings}
    assert gone(report, again) == {}
    with pytest.raises(JuesuanError, match="没有这个编号"):
        decide(report, "R1-00000000", "explained", path=file)
    file.write_text(f"{first.id}: {{decision: 算了}}\n", encoding="utf-8")
    with pytest.raises(JuesuanError, match="第1行"):
        read_decisions(file)


def test_where_decisions_are_kept(tmp_path: Path) -> None:
    assert decisions_file(SEED).name == "decisions.yml"
    assert decisions_file(tmp_path / "某局.pdf") == tmp_path / "某局.decisions.yml"


def test_the_findings_as_csv_and_xlsx_run_nothing(tmp_path: Path) -> None:
    accounts = reworded(national_text(), "一般公共服务支出（类）", "=HYPERLINK(1)支出（类）")
    found = check(accounts)
    rows = list(csv.reader(write_csv(found, tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == len(found.findings) + 1
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)
    book = load_workbook(write_xlsx(found, tmp_path / "a.xlsx"))
    assert book.sheetnames == ["发现", "台账", "没有对上的数"]
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    assert book["台账"].max_row == 128


def test_the_command_writes_page_and_tables(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(
        main, ["check", str(SEED), "--formats", "html,json,csv,xlsx", "--out", str(out)]
    )
    assert done.exit_code == 1
    assert sorted(p.name for p in out.iterdir()) == [
        "audit.csv", "audit.html", "audit.ipynb", "audit.json", "audit.xlsx",
    ]  # fmt: skip
    page = (out / "audit.html").read_text(encoding="utf-8")
    assert "99.68%" in page
    assert all(f'id="{h}"' in page for h in ("发现", "原文", "台账", "决算报表"))
    assert json.loads((out / "audit.json").read_text(encoding="utf-8"))["ledger"]["inconsistent"] == 8


def test_a_wrong_format_is_one_line(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["check", str(SEED), "--formats", "docx", "--out", str(tmp_path)])
    assert done.exit_code == 2
    assert "docx" in done.output
