"""The part files of one department and year: its facts, its findings and one row that sums it up."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from juesuan.accounts import Accounts, Fact
from juesuan.findings import SEVERITIES, Finding, Report
from juesuan.runs.arrow import schema, write_table
from juesuan.wording import decimal_text

SUMMARY = "summary"
# The files of a part; the summary, which counts the others, last.
FILES = ("facts.parquet", "findings.parquet", f"{SUMMARY}.parquet")


def write_parts(report: Report, folder: Path, *, key: str, page: str, seconds: float, data: str = "") -> None:
    """Write what one department and year add to the dataset: facts, findings and summary (.parquet) in `folder`.

    Parameters
    ----------
    key : the department of the run list, which holds its years together; 甲县/教育局.
    page : link to the report, relative to where the overview will stand.
    seconds : how long the report took.
    data : where the accounts are, as the run list names it; by default their folder.

    Raises
    ------
    JuesuanError : pyarrow is not installed.
    """
    accounts = report.accounts
    data = data or _shown(accounts.folder)
    head = {
        "key": key, "department": str(accounts.department), "year": accounts.year,
        "synthetic": accounts.source.is_synthetic,
    }  # fmt: skip
    facts, findings = _facts(accounts), [_finding(report, f) for f in report.findings]
    found = Counter(f.severity for f in report.findings)
    row = {
        **head,
        "profile": accounts.layout.name, "status": "done", "page": page, "data": data, "seconds": seconds,
        "unit": accounts.text_unit, "rate_decimals": accounts.layout.rate_decimals,
        **report.ledger, **{f"{severity}s": found[severity] for severity in SEVERITIES},
        "facts": len(facts), "findings": len(findings),
    }  # fmt: skip
    # Summary last: where it stands, the two files it counts are those of the same run.
    _clear(folder)
    for name, rows in (("facts", facts), ("findings", findings)):
        write_table(folder / f"{name}.parquet", schema(name), rows, head)
    write_table(folder / f"{SUMMARY}.parquet", schema("reports"), [row])


def failed_part(
    folder: Path, *, key: str, year: int | None, page: str, error: str, seconds: float, data: str = ""
) -> None:
    """Write the summary row of a department and year that gave no report; what stood there before is removed."""
    _clear(folder)
    row = unread(key, year, "failed", error=error, page=page, seconds=seconds, data=data)
    write_table(folder / f"{SUMMARY}.parquet", schema("reports"), [row])


def unread(key: str, year: int | None, status: str, **more: Any) -> dict[str, Any]:
    """The row of `reports` for what was not read (`status` failed or left); counts are unknown, not 0."""
    name = key.rpartition("/")[2]
    return {"key": key, "department": name, "year": year, "status": status, "synthetic": False} | more


def _shown(folder: Path | None) -> str:
    """The last parts of the folder: no path of the machine it was read on."""
    return "/".join(folder.parts[-2:]) if folder else ""


def _clear(folder: Path) -> None:
    for name in reversed(FILES):
        (folder / name).unlink(missing_ok=True)


def _facts(accounts: Accounts) -> list[dict[str, Any]]:
    return [
        _fact(fact, accounts.fact(fact.table, fact.row, fact.column) is fact) for fact in accounts.records
    ]


def _fact(fact: Fact, chosen: bool) -> dict[str, Any]:
    q = fact.quantity
    return {
        "table": fact.table, "code": fact.code, "label": fact.label, "column": fact.column,
        "printed": q.text or q.printed or None, "value": q.value, "decimals": q.decimals, "state": q.state.value,
        "unit": q.unit or None, "yuan": q.yuan, "cell": q.cell or None, "suspect": fact.suspect or None,
        "chosen": chosen,
    }  # fmt: skip


def _finding(report: Report, finding: Finding) -> dict[str, Any]:
    titles = {table.id: table.title for table in report.accounts.layout.tables}
    expected, gap, first = finding.expected, finding.gap, finding.places[:1]
    return {
        "id": finding.id, "relation": finding.relation, "class": finding.grade, "verdict": finding.verdict.value,
        "severity": finding.severity, "title": finding.title, "message": finding.message,
        "printed": finding.printed or None,
        "low": decimal_text(expected.low) if expected else None,
        "high": decimal_text(expected.high) if expected else None,
        "gap": None if gap is None else decimal_text(gap),
        "place": " ".join(filter(None, (first[0].named(titles), first[0].cell))) if first else None,
        "places": len(finding.places),
    }  # fmt: skip
