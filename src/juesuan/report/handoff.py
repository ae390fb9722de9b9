"""Findings for hand-off: one row a finding as csv or xlsx, everything as json."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font

from juesuan.findings import SEVERITIES, VERDICTS, Finding, Report
from juesuan.findings.decisions import DECISIONS, Decision
from juesuan.relations import Relation, relations
from juesuan.wording import decimal_text
from juesuan.writers.files import replacing, write_text

COLUMNS = {
    "编号": 18, "程度": 8, "关系": 12, "类": 5, "判断": 10, "事项": 28, "说明": 60, "印出": 14, "应在（下限）": 14,
    "应在（上限）": 14, "差额": 12, "所在": 50, "可能的原因": 60, "处理意见": 10, "处理说明": 30,
}  # fmt: skip
# A cell that begins with one of these would be run as a formula.
_RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def rows(report: Report, decisions: Mapping[str, Decision]) -> list[list[str]]:
    """One row a finding, texts as they are."""
    titles = {t.id: t.title for t in report.accounts.layout.tables}
    return [_row(f, titles, decisions.get(f.id)) for f in report.findings]


def _row(finding: Finding, titles: Mapping[str, str], decision: Decision | None) -> list[str]:
    expected = finding.expected
    places = "；".join(
        f"{p.named(titles)}：{p.quote}" + (f"（{p.cell}）" if p.cell else "") for p in finding.places
    )
    return [
        finding.id, SEVERITIES[finding.severity], "、".join(finding.relations or (finding.relation,)), finding.grade,
        VERDICTS[finding.verdict.value], finding.title, finding.message, finding.printed,
        decimal_text(expected.low) if expected else "", decimal_text(expected.high) if expected else "",
        "" if finding.gap is None else decimal_text(finding.gap), places,
        "；".join(f"{i}. {h.kind}：{h.text}" for i, h in enumerate(finding.reasons, 1)),
        DECISIONS[decision.decision] if decision else "", decision.note if decision else "",
    ]  # fmt: skip


def write_csv(report: Report, path: Path, decisions: Mapping[str, Decision] | None = None) -> Path:
    """Findings as csv (UTF-8 with a mark, so that Excel reads the Chinese); no cell is a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([[_safe(cell) for cell in row] for row in rows(report, decisions or {})])
    return write_text(path, "\ufeff" + text.getvalue())


def _safe(cell: str) -> str:
    """A number stays a number (−0.18); any other text that Excel would run is set off by an apostrophe."""
    number = cell.lstrip("-").replace(".", "", 1).isdigit()
    return f"'{cell}" if cell.startswith(_RISKY) and not number else cell


def write_xlsx(report: Report, path: Path, decisions: Mapping[str, Decision] | None = None) -> Path:
    """A sheet of findings, one of the ledger by relation, one of the numbers that were not matched."""
    book = Workbook()
    book.remove(book.active)
    _sheet(book, "发现", list(COLUMNS), rows(report, decisions or {}), list(COLUMNS.values()))
    ledger = [[r.id, r.title, r.grade, *map(str, counts)] for r, counts in by_relation(report)]
    _sheet(
        book, "台账", ["关系", "内容", "类", *VERDICTS.values()], ledger, [10, 60, 5, *[10] * len(VERDICTS)]
    )
    loose = [
        [c.section, c.figure.text or c.word, c.quote, c.place]
        for c in report.accounts.claims
        if c.kind == "unmatched"
    ]
    _sheet(book, "没有对上的数", ["所在", "数", "原文", "位置"], loose, [10, 16, 80, 20])
    with replacing(path) as temporary:
        book.save(temporary)
    return path


def _sheet(book: Workbook, name: str, head: list[str], body: list[list[str]], widths: list[int]) -> None:
    sheet = book.create_sheet(name)
    for r, line in enumerate([head, *body], 1):
        for c, text in enumerate(line, 1):
            cell = sheet.cell(r, c)
            # Always a text: what a document prints is never run.
            cell.value, cell.data_type = ILLEGAL_CHARACTERS_RE.sub("", text), "s"
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if r == 1:
                cell.font = Font(bold=True)
    for c, width in enumerate(widths, 1):
        sheet.column_dimensions[sheet.cell(1, c).column_letter].width = width
    sheet.freeze_panes = "A2"


def by_relation(report: Report) -> list[tuple[Relation, list[int]]]:
    """Every relation with how many of its instances ended in each verdict; none judged has 0 everywhere."""
    listed = relations() | {c.relation.id: c.relation for c in report.checks}
    counted = Counter((c.relation.id, c.judgement.verdict.value) for c in report.checks)
    return [(r, [counted[id, v] for v in VERDICTS]) for id, r in listed.items()]


def write_json(report: Report, path: Path, decisions: Mapping[str, Decision] | None = None) -> Path:
    """The contract of `juesuan check --json`, with decisions where there are any."""
    content = report.as_json()
    for entry in content["findings"]:
        if decision := (decisions or {}).get(entry["id"]):
            entry["decision"] = {"decision": decision.decision, "note": decision.note}
    return write_text(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
