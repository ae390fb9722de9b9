"""What a batch and those before it have made in one output folder, put together: the dataset, the index."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from juesuan.runs.dataset import Listed, collect
from juesuan.runs.index import index
from juesuan.runs.places import PARTS, exists, fetch, is_remote, join, store
from juesuan.runs.plan import Plan
from juesuan.runs.stamp import ended
from juesuan.runs.task import Task


def gather(planned: Plan, records: Sequence[Mapping[str, Any]], out: str, work: Path) -> list[str]:
    """Put `dataset/` and `index.html` in place, made in `work`; a Chinese sentence for each part that is damaged.

    Raises
    ------
    JuesuanError : the overview did not run, or what it needs is not installed.
    """
    parts = Path(out, PARTS)
    if is_remote(out):
        address = join(out, PARTS)
        parts = fetch(address, work) if exists(address) else work / "parts"
    told = collect(parts, _listed(planned.tasks, records, out, parts), work / "dataset")
    # The index is made from these; what is stored is moved.
    files = sorted((work / "dataset").glob("*.parquet"))
    store([Path(shutil.copy(file, work)) for file in files], join(out, "dataset"))
    store([index(work, planned.title)], out)
    return told


def _listed(
    tasks: Sequence[Task], records: Sequence[Mapping[str, Any]], out: str, parts: Path
) -> list[Listed]:
    """Every department and year of the plan; one whose part is missing although its report has ended is not left."""
    known = {f"{r['department']}/{r['year']}/{r['notebook']}": str(r["status"]) for r in records}
    others: dict[str, list[str]] = {}
    for task in (task for task in tasks if not task.fills):
        status = known.get(task.id) or ended(task, out)
        others.setdefault(task.folder, []).append(f"{task.name}={status.replace('skipped', 'done')}")
    return [
        Listed(
            task.folder, task.part, ",".join(others.get(task.folder, ())),
            is_left=task.id not in known and not (parts / task.folder).is_dir(),
        )
        for task in tasks if task.fills
    ]  # fmt: skip
