"""What a batch and those before it have made in one output folder, put together: the dataset, the index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.runs.dataset import Listed, collect
from juesuan.runs.index import index
from juesuan.runs.places import PARTS, exists, fetch, is_remote, join, store
from juesuan.runs.plan import Plan
from juesuan.runs.stamp import ended
from juesuan.runs.task import Task


def gather(planned: Plan, records: Sequence[Mapping[str, Any]], out: str, work: Path) -> list[str]:
    """Put `dataset/` and `index.html` in place, made in `work`; a Chinese sentence for whatever is not whole."""
    parts = Path(out, PARTS)
    try:
        if is_remote(out):
            address = join(out, PARTS)
            parts = fetch(address, work) if exists(address) else work / "parts"
        told = collect(parts, _listed(planned.tasks, records, out), work / "dataset")
    except Exception as error:
        return [f"数据集没有做成，总览和数据集没有更新：{_said(error)}"]
    try:
        store([index(work, planned.title)], out)
    except Exception as error:
        told.append(f"总览没有做成，index.html 没有更新：{_said(error)}")
    store(sorted((work / "dataset").glob("*.parquet")), join(out, "dataset"))
    return told


def _said(error: Exception) -> str:
    return str(error) if isinstance(error, JuesuanError) else f"{type(error).__name__}：{error}"


def _listed(tasks: Sequence[Task], records: Sequence[Mapping[str, Any]], out: str) -> list[Listed]:
    """Every department and year of the plan; left is what neither this batch nor one before has run."""
    known = {f"{r['department']}/{r['year']}/{r['notebook']}": r for r in records}
    last = {task.id: known.get(task.id) or ended(task, out) for task in tasks}
    others: dict[str, list[str]] = {}
    for task in (task for task in tasks if not task.fills):
        status = last[task.id]["status"].replace("skipped", "done")
        others.setdefault(task.folder, []).append(f"{task.name}={status}:{last[task.id].get('errors', 0)}")
    return [
        Listed(
            task.folder, task.part, ",".join(others.get(task.folder, ())), place,
            is_left=last[task.id]["status"] == "left",
        )
        for place, task in enumerate(tasks) if task.fills
    ]  # fmt: skip
