"""What a kernel leaves behind when its notebook has run: its part of the dataset, and the other formats."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.findings import Report
from juesuan.findings.decisions import read_decisions
from juesuan.report.formats import write_format
from juesuan.runs.parts import SUMMARY, write_parts


@dataclass(frozen=True)
class Bequest:
    """What is wanted: files called `name` in `folder`, the dataset's part in `parts`.

    `key` and `year` are the department and year of the run list;
    `decisions` is the file of what analysts decided; `began` is the time (seconds since the epoch) at which the work on this report began.
    """

    name: str
    folder: str
    formats: tuple[str, ...]
    parts: str
    key: str
    year: int
    page: str
    data: str
    decisions: str
    began: float

    @property
    def statement(self) -> str:
        """Python that a kernel runs behind the last cell."""
        given = json.dumps(asdict(self), ensure_ascii=True)
        return f"__import__('juesuan.runs.leaving').runs.leaving.leave_from(globals(), {given!r})"


def leave_from(names: Mapping[str, Any], given: str) -> None:
    """Leave what the notebook's last `Report` holds; nothing where it made none."""
    found = [value for value in names.values() if isinstance(value, Report)]
    if found:
        wanted = json.loads(given)
        leave(found[-1], Bequest(**{**wanted, "formats": tuple(wanted["formats"])}))


def leave(report: Report, wanted: Bequest) -> None:
    """Write the part of the dataset and the formats.

    Raises
    ------
    JuesuanError : the accounts are of another year than the list says.
    """
    if report.accounts.year != wanted.year:
        raise JuesuanError(
            wanted.data,
            f"清单写的是 {wanted.year} 年度，文件是 {report.accounts.year} 年度",
            "请核对文件和年度",
        )
    seconds = round(time.time() - wanted.began, 3)
    write_parts(
        report, Path(wanted.parts), key=wanted.key, page=wanted.page, seconds=seconds, data=wanted.data
    )
    decided = read_decisions(Path(wanted.decisions))
    for format in wanted.formats:
        write_format(report, wanted.name, format, Path(wanted.folder, f"{wanted.name}.{format}"), decided)


def is_left(wanted: Bequest) -> bool:
    """The kernel did it."""
    files = [Path(wanted.folder, f"{wanted.name}.{format}") for format in wanted.formats]
    return all(file.exists() for file in [*files, Path(wanted.parts, f"{SUMMARY}.parquet")])
