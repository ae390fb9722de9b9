"""One report of a batch, from the inputs to files in place; a failure is a page and a record, not an exception."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from juesuan.engine.prepared import can_fork, prepare
from juesuan.errors import JuesuanError
from juesuan.findings import VERDICTS, check
from juesuan.findings.decisions import decisions_file
from juesuan.readers import locate, open_accounts
from juesuan.report.exporter import JuesuanExporter
from juesuan.report.formats import PAGE
from juesuan.report.produce import QUIET
from juesuan.runs import stamp
from juesuan.runs.arrow import library
from juesuan.runs.failure import Failure, failed_page, failure_of
from juesuan.runs.leaving import Bequest, is_left, leave
from juesuan.runs.parts import SUMMARY, failed_part
from juesuan.runs.places import fetch, is_remote, join, remove, store
from juesuan.runs.task import Task
from juesuan.writers.files import write_text

PARTS = "dataset/parts"
WORK = ".work"
# What kernels begin with where many are to come; pyarrow is only imported, since its threads would not survive a fork.
_READY = ("juesuan.report.ready:rehearse", "juesuan.runs.leaving", "pyarrow.parquet")
# Notebooks change the working folder of the process: one at a time in each, whatever a scheduler thinks.
_alone = threading.Lock()


@dataclass
class _Clock:
    """Seconds by stage."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - began, 4)


def run_one(task: Task, out: str, resume: bool = False, many: bool = False) -> dict[str, Any]:
    """Make one report below `out`; the record of it, as it stands in the stamp beside the report.

    `status` of the record is done, failed, or skipped where `resume` found it up to date. Where `many` are to
    come, their kernels are prepared for longer.
    """
    # What papermill logs of a failure stands in the record, in our words.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    with _alone, tempfile.TemporaryDirectory(prefix="juesuan-", dir=_near(out)) as name:
        return _Run(task, out, Path(name), many).record(resume)


def _near(out: str) -> str | None:
    """A folder for unfinished work on the disk of the outputs, so that to finish is to rename."""
    if is_remote(out):
        return None
    near = Path(out, WORK)
    near.mkdir(parents=True, exist_ok=True)
    return str(near)


class _Run:
    """The steps of one report."""

    def __init__(self, task: Task, out: str, work: Path, many: bool) -> None:
        self.task, self.out, self.many = task, out, many
        self.clock, self.began = _Clock(), time.time()
        self.made, self.parts = work / "made", work / "parts"
        self.made.mkdir()
        self.inputs = work / "inputs"

    def record(self, resume: bool) -> dict[str, Any]:
        task, failure = self.task, None
        made_from: dict[str, Any] = {}
        try:
            with self.clock.stage("inputs"):
                root, given = self._given()
                made_from = self._made_from(root, given)
            if resume and (kept := stamp.kept(task, self.out, made_from)):
                return {**kept, "status": "skipped"}
            self._make(root, given)
        except (
            Exception
        ) as error:  # whatever a notebook or a document brings about is this report's failure alone
            failure = failure_of(error)
            with self.clock.stage("page"):
                self._make_failed(failure)
        record = {
            "department": task.department, "year": task.year, "notebook": task.name, "page": task.page,
            "status": "failed" if failure else "done", **made_from,
            "files": {f.name: f.stat().st_size for f in sorted(self.made.iterdir())},
            "error": failure.text if failure else "",
            "seconds": {**self.clock.seconds, "total": round(time.time() - self.began, 4)},
            "verdicts": _verdicts(self.parts),
        }  # fmt: skip
        self._put(record)
        return record

    def _given(self) -> tuple[Path, dict[str, Any]]:
        """The working folder and the parameters of the notebook, remote accounts brought here."""
        given = self.task.given
        if not any(is_remote(str(given.get(key, ""))) for key in ("accounts", "previous")):
            return Path(self.task.root), given
        for key in ("accounts", "previous"):
            if is_remote(address := str(given.get(key, ""))):
                home = self.inputs / key / self.task.department
                home.mkdir(parents=True)
                given[key] = str(fetch(address, home).relative_to(self.inputs))
        return self.inputs, given

    def _made_from(self, root: Path, given: Mapping[str, Any]) -> dict[str, Any]:
        with _folder(root):
            previous = given.get("previous")
            return stamp.made_from(
                self.task, locate(given["accounts"]), locate(previous) if previous else None
            )

    def _make(self, root: Path, given: dict[str, Any]) -> None:
        import papermill

        task = self.task
        if self.many and can_fork():
            prepare(*_READY)
        with _folder(root):
            wanted = self._bequest(locate(given["accounts"]))
            with self.clock.stage("notebook"):
                done = papermill.execute_notebook(
                    task.notebook, str(self._executed), given, engine_name="juesuan",
                    progress_bar=False, cwd=str(root), execution_timeout=task.timeout or None,
                    afterwards=wanted.statement, ahead=self.many, extra_arguments=QUIET,
                )  # fmt: skip
            if not is_left(wanted):
                # The notebook made no report of its own, or its kernel was no forked one.
                profile, previous = str(given.get("profile", "")), str(given.get("previous", ""))
                leave(check(open_accounts(given["accounts"], previous=previous, profile=profile)), wanted)
        with self.clock.stage("page"):
            page, _ = JuesuanExporter(audience=task.audience).from_notebook_node(done)
            write_text(self.made / f"{task.name}.html", page)
        self._for_the_reader()

    def _bequest(self, accounts: Path) -> Bequest:
        task = self.task
        others = tuple(format for format in task.formats if format != PAGE)
        return Bequest(
            task.name, str(self.made), others, str(self.parts) if task.fills else "",
            task.page, task.accounts, str(decisions_file(accounts)), self.began,
        )  # fmt: skip

    @property
    def _executed(self) -> Path:
        return self.made / f"{self.task.name}.ipynb"

    def _for_the_reader(self) -> None:
        if self.task.audience == "reader":
            # The executed notebook holds the findings and the code.
            self._executed.unlink(missing_ok=True)

    def _make_failed(self, failure: Failure) -> None:
        """Only the page that says so, and what the notebook had shown until then."""
        for file in [f for f in self.made.iterdir() if f != self._executed]:
            file.unlink()
        page = failed_page(self.task, self._executed, failure)
        write_text(self.made / f"{self.task.name}.html", page)
        self._for_the_reader()
        if self.task.fills:
            shutil.rmtree(self.parts, ignore_errors=True)
            failed_part(
                self.parts, department=Path(self.task.department).name, year=self.task.year, page=self.task.page,
                error=failure.text, seconds=round(time.time() - self.began, 3), data=self.task.accounts,
            )  # fmt: skip

    def _put(self, record: dict[str, Any]) -> None:
        """Everything into place; the stamp goes first and comes back last, so that it never vouches for a mixture."""
        place, name = join(self.out, self.task.folder), stamp.name_of(self.task)
        outdated = [f"{self.task.name}.{ending}" for ending in ("md", "xlsx", "csv", "json", "ipynb")]
        remove(place, [name, *(old for old in outdated if old not in record["files"])])
        files = sorted(self.made.iterdir())
        if self.parts.is_dir():
            store(sorted(self.parts.iterdir()), join(self.out, PARTS, self.task.folder))
        store(files, place)
        stamped = self.made / name
        stamped.write_text(stamp.json_of(record), encoding="utf-8")
        store([stamped], place)


def _verdicts(parts: Path) -> dict[str, int]:
    """How many places were judged how, from the part that the kernel left; empty where there is none."""
    summary = parts / f"{SUMMARY}.parquet"
    if not summary.exists():
        return {}
    (row,) = library().parquet.read_table(summary).to_pylist()
    return {name: row[name] for name in (*VERDICTS, "total") if row[name] is not None}


@contextmanager
def _folder(path: Path) -> Iterator[None]:
    """Work in a folder: paths of a run list are found from its root."""
    before = Path.cwd()
    try:
        os.chdir(path)
    except OSError as error:
        raise JuesuanError(f"文件夹 {path}", "不能进入", "请核对运行清单的位置") from error
    try:
        yield
    finally:
        os.chdir(before)
