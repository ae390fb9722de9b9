"""What a report or an audit can be written as besides its page, each by one function."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.findings import Report
from juesuan.findings.decisions import Decision
from juesuan.report import handoff
from juesuan.report.markdown import markdown
from juesuan.writers.files import write_text
from juesuan.writers.workbook import write_workbook

PAGE = "html"
_Writer = Callable[[Report, Path, Mapping[str, Decision]], object]
# By notebook; the page comes from the notebook itself.
_WRITERS: dict[str, dict[str, _Writer]] = {
    "report": {
        "md": lambda report, path, _: write_text(path, markdown(report.accounts)),
        "xlsx": lambda report, path, _: write_workbook(report.accounts, path),
        "json": lambda report, path, _: handoff.write_json(report, path),
    },
    "audit": {"xlsx": handoff.write_xlsx, "csv": handoff.write_csv, "json": handoff.write_json},
}


def known(name: str) -> tuple[str, ...]:
    """The formats of a notebook, the page first."""
    return (PAGE, *_WRITERS.get(name, {}))


def check_formats(name: str, formats: Sequence[str]) -> None:
    """Refuse what the notebook `name` cannot be written as."""
    for format in formats or [""]:
        if format not in known(name):
            raise JuesuanError("参数 formats", f"不认识“{format}”", f"可用：{'、'.join(known(name))}")


def write_format(
    report: Report, name: str, format: str, path: Path, decisions: Mapping[str, Decision] | None = None
) -> None:
    """Write one of the formats that need no notebook."""
    _WRITERS[name][format](report, path, decisions or {})
