"""run.json: what a batch ran, on what, with which tools, and how it ended."""

from __future__ import annotations

import platform
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from juesuan.runs.stamp import library

NAME = "run.json"
_TOOLS = (
    "papermill", "nbconvert", "nbclient", "jupyter_client", "ipykernel", "matplotlib", "seaborn", "pandas",
    "numpy", "pyarrow", "duckdb", "distributed",
)  # fmt: skip
# The order in which the endings of a batch are told.
STATUS = {"done": "完成", "skipped": "跳过（未变）", "failed": "失败", "left": "未运行"}


def manifest(
    source: str, records: Sequence[Mapping[str, Any]], left: int, began: str, seconds: float, **how: Any
) -> dict[str, Any]:
    """The whole of run.json.

    Parameters
    ----------
    records : of every report that ended, as `run_one` gives them.
    left : tasks that were not run any more.
    how : jobs, scheduler and whatever else was asked for.
    """
    counted = Counter(record["status"] for record in records)
    return {
        "source": source,
        "began": began,
        "seconds": round(seconds, 2),
        "counts": {name: counted.get(name, 0) for name in STATUS} | {"left": left},
        "verdicts": _sum(record["verdicts"] for record in records if record["fills"]),
        "stages": _sum(r["seconds"] for r in records if r["status"] != "skipped"),
        **how,
        "tools": {"juesuan": library(), "python": platform.python_version(), **dict(_versions())},
        "machine": f"{platform.system()} {platform.machine()}",
        "reports": list(records),
    }


def _sum(each: Any) -> dict[str, Any]:
    total: Counter[str] = Counter()
    for mapping in each:
        total.update(mapping)
    return {name: round(value, 3) for name, value in total.items()}


def _versions() -> list[tuple[str, str]]:
    found = []
    for name in _TOOLS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            continue
    return found
