"""How a report ends: its files, its part of the dataset and its stamp in place, or a page that says why there is none."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from juesuan.findings import VERDICTS
from juesuan.report.exporter import JuesuanExporter
from juesuan.runs import stamp
from juesuan.runs.arrow import library
from juesuan.runs.failure import failed_page
from juesuan.runs.parts import FILES, SUMMARY, failed_part
from juesuan.runs.places import PARTS, join, remove, store
from juesuan.runs.task import Task
from juesuan.writers.files import write_text

_ENDINGS = ("md", "xlsx", "csv", "json", "ipynb")


class Placing:
    """The files of one report while they are made in `work`, and their way to `out`."""

    def __init__(self, task: Task, out: str, work: Path) -> None:
        self.task, self.out = task, out
        self.made, self.parts = work / "made", work / "parts"
        self.made.mkdir()
        self.began = time.time()

    @property
    def executed(self) -> Path:
        """The executed notebook."""
        return self.made / f"{self.task.name}.ipynb"

    def export(self, done: Any) -> None:
        """The page of the executed notebook."""
        page, _ = JuesuanExporter(audience=self.task.audience, home=self.task.home).from_notebook_node(done)
        self._page(page)

    def fail(self, failure: str) -> None:
        """Only the page that says so, with what the notebook had shown until then."""
        for file in [f for f in self.made.iterdir() if f != self.executed]:
            file.unlink()
        self._page(failed_page(self.task, self.executed, failure))
        shutil.rmtree(self.parts, ignore_errors=True)
        if self.task.fills:
            failed_part(
                self.parts, key=self.task.department, year=self.task.year, page=self.task.page,
                error=failure, seconds=round(time.time() - self.began, 3), data=self.task.accounts,
            )  # fmt: skip

    def put(self, made_from: Mapping[str, Any], seconds: Mapping[str, float], failure: str) -> dict[str, Any]:
        """Everything into place; the record of it.

        The stamp goes first and comes back last, so that it never vouches for a mixture; the summary of a part is the
        last of its files for the same reason.
        """
        task, place, parts = (
            self.task,
            join(self.out, self.task.folder),
            join(self.out, PARTS, self.task.folder),
        )
        files, portion = _in_order(self.made), _in_order(self.parts) if task.fills else []
        record = {
            "department": task.department, "year": task.year, "notebook": task.name, "page": task.page,
            "status": "failed" if failure else "done", "inputs": {}, "fills": task.fills, **made_from,
            "files": {f.name: f.stat().st_size for f in files}, "parts": {f.name: f.stat().st_size for f in portion},
            "error": failure,
            "seconds": {**seconds, "total": round(time.time() - self.began, 4)}, **_counts(self.parts),
        }  # fmt: skip
        outdated = {f"{task.name}.{ending}" for ending in _ENDINGS} - set(record["files"])
        remove(place, [stamp.name_of(task), *sorted(outdated)])
        if task.fills:
            remove(parts, reversed(FILES))
            store(portion, parts)
        store(files, place)
        stamped = self.made / stamp.name_of(task)
        stamped.write_text(stamp.json_of(record), encoding="utf-8")
        store([stamped], place)
        return record

    def _page(self, page: str) -> None:
        write_text(self.made / f"{self.task.name}.html", page)
        if self.task.audience == "reader":
            # The executed notebook holds the findings and the code.
            self.executed.unlink(missing_ok=True)


def _in_order(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _counts(parts: Path) -> dict[str, Any]:
    """How many places were judged how, and how many findings are errors, from what the kernel left."""
    summary = parts / f"{SUMMARY}.parquet"
    if not summary.exists():
        return {"verdicts": {}, "errors": 0}
    (row,) = library().parquet.read_table(summary).to_pylist()
    verdicts = {name: row[name] for name in (*VERDICTS, "total") if row[name] is not None}
    return {"verdicts": verdicts, "errors": row["errors"] or 0}
