"""The part files of one department and year: its facts, its findings and one row that sums it up."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from juesuan.accounts import Accounts, Fact
from juesuan.findings import SEVERITIES, Finding, Report
from juesuan.quantity import YUAN, Quantity
from juesuan.runs.arrow import schema, write_table
from juesuan.wording import decimal_text

SUMMARY = "summary"
# The files of a part; the summary, which counts the others, last.
FILES = ("facts.parquet", "findings.parquet", f"{SUMMARY}.parquet")
_ENDING = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
# Not those of s3://.
_SLASHES = re.compile(r"(?<!:)/{2,}")


def write_parts(report: Report, folder: Path, *, page: str, seconds: float, data: str = "") -> None:
    """Write what one department and year add to the dataset: facts, findings and summary (.parquet) in `folder`.

    Parameters
    ----------
    page : link to the report, relative to where the overview will stand.
    seconds : how long the report took.
    data : where the accounts are, as the run list names it; by default their folder.

    Raises
    ------
    JuesuanError : pyarrow is not installed.
    """
    accounts = report.accounts
    data = data or _shown(accounts.folder)
    department = str(accounts.department)
    head = {
        "key": key(data, accounts.year, department),
        "department": department,
        "year": accounts.year,
        "synthetic": accounts.source.is_synthetic,
    }
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
    folder: Path,
    *,
    department: str,
    year: int | None,
    page: str,
    error: str,
    seconds: float,
    data: str = "",
    synthetic: bool = False,
) -> None:
    """Write the summary row of a department and year that gave no report; what stood there before is removed."""
    _clear(folder)
    write_table(
        folder / f"{SUMMARY}.parquet",
        schema("reports"),
        [failed_row(department, year, error, data=data, page=page, seconds=seconds, synthetic=synthetic)],
    )


def failed_row(
    department: str, year: int | None, error: str, *, data: str = "", **more: Any
) -> dict[str, Any]:
    """The row of `reports` for what did not come about; counts are unknown, not 0."""
    head = {"key": key(data, year, department), "department": department, "year": year}
    return head | {"status": "failed", "error": error, "data": data, "synthetic": False} | more


def key(data: str, year: int | None, department: str) -> str:
    """What tells departments of one name apart and holds its years together.

    Where the data are without their year, which may stand anywhere (`a/2021`, `2021/a`, `a2021.xlsx`), and the name.
    """
    place = _ENDING.sub("", data)
    if year is not None:
        place = re.sub(rf"(?<!\d){year}(?!\d)", "", place)
    return f"{_SLASHES.sub('/', place).rstrip('/')}|{department}"


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
        "unit": q.unit or None, "yuan": yuan(q), "cell": q.cell or None, "suspect": fact.suspect or None,
        "chosen": chosen,
    }  # fmt: skip


def yuan(quantity: Quantity) -> Decimal | None:
    """The exact amount in 元; None for what is no number or no money."""
    if quantity.value is None or quantity.unit not in YUAN:
        return None
    return quantity.value.scaleb(len(str(YUAN[quantity.unit])) - 1)


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
