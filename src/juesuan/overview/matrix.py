"""部门 × 年度: verdict and completion rate of every department in every year, each leading to its report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from juesuan.overview.dataset import Dataset
from juesuan.overview.line import Line
from juesuan.overview.page import inline, shown
from juesuan.overview.settings import settings
from juesuan.overview.summary import names
from juesuan.report.display import Shown

MARKS = {
    "e": "有错误",
    "w": "有警告",
    "ew": "有错误或警告",
    "io": "没有错误和警告",
    "f": "未完成",
    "l": "未运行",
}


def overview_matrix(data: Dataset) -> Shown:
    """One row a department, two columns a year; those with most errors in the last year first.

    It carries the script of the page: search, choice of year and verdict, order by any column. Without
    the script, and on paper, it is the whole table.
    """
    rows = _rows(data)
    called = names(data)
    plain = "\n".join(
        f"{called[key]} {' '.join(f'{y} {line.marked} {line.completed}' for y, line in cells.items())}"
        for key, cells in rows.items()
    )
    return shown(
        "matrix.html.j2", plain,
        rows=rows, names=called, years=data.years, marks=_marks(data), parts=_parts(data), page=settings().page,
        last={key: cells[max(cells)] for key, cells in rows.items()}, script=inline("overview.js"), undated=sum(line.year is None for line in data.lines),
    )  # fmt: skip


def _rows(data: Dataset) -> dict[str, Mapping[int, Line]]:
    found: dict[str, dict[int, Line]] = defaultdict(dict)
    for line in data.lines:
        if line.year is not None:
            found[line.key][line.year] = line

    def order(key: str) -> tuple[int, int, int, str, str]:
        last = found[key][max(found[key])]
        kind = 2 if last.is_left else int(last.is_done)
        return (kind, -last.worst, -(last.warnings or 0), last.department, key)

    return {key: found[key] for key in sorted(found, key=order)}


def _marks(data: Dataset) -> dict[str, str]:
    """The choices of the select; `未运行` only where something was not run."""
    left = any(line.is_left for line in data.lines)
    return {mark: name for mark, name in MARKS.items() if left or mark != "l"}


def _parts(data: Dataset) -> list[str]:
    """The parts of the run list, none where there is but one."""
    found = [row["part"] for row in data.ask("parts")]
    return found if len(found) > 1 else []
