"""One report of a batch, from the inputs to files in place; a failure is a page and a record, not an exception."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from juesuan.engine.prepared import can_fork, prepare
from juesuan.errors import JuesuanError
from juesuan.findings import check
from juesuan.findings.decisions import decisions_file
from juesuan.readers import locate, open_accounts
from juesuan.report.formats import PAGE
from juesuan.report.produce import QUIET
from juesuan.runs import stamp
from juesuan.runs.failure import failure_of
from juesuan.runs.leaving import Bequest, is_left, leave
from juesuan.runs.places import fetch, is_remote, working
from juesuan.runs.placing import Placing
from juesuan.runs.task import Task

# What kernels begin with where many are to come; pyarrow is only imported, since its threads would not survive a fork.
READY = ("juesuan.report.ready:rehearse", "juesuan.runs.leaving", "pyarrow.parquet")
# Notebooks change the working folder of the process: one at a time in each, whatever a scheduler thinks.
_alone = threading.Lock()


def run_one(task: Task, out: str, resume: bool = False, many: bool = False) -> dict[str, Any]:
    """Make one report below `out`; the record of it, as it stands in the stamp beside the report.

    `status` of the record is done, failed, or skipped where `resume` found it up to date. Where `many` are to
    come, their kernels are prepared for longer.
    """
    # What papermill logs of a failure stands in the record, in our words.
    logging.getLogger("papermill").setLevel(logging.CRITICAL)
    with _alone, working(out) as work:
        return _Run(task, out, work, many).record(resume)


def up_to_date(task: Task, out: str) -> dict[str, Any] | None:
    """The record of a report whose inputs are on this machine and the same as when it was made, else None."""
    given = task.given
    if any(is_remote(str(given.get(key, ""))) for key in ("accounts", "previous")):
        return None
    try:
        with _alone:
            found = stamp.kept(task, out, _made_from(task, Path(task.root), given))
    except (JuesuanError, OSError):  # to be told by who makes the report
        return None
    return {**found, "status": "skipped"} if found else None


def give_up(task: Task, out: str, told: str) -> dict[str, Any]:
    """A page and a record for a report that nobody could finish; what stood there before would be taken for it."""
    with working(out) as work:
        placing = Placing(task, out, work)
        placing.fail(told)
        return placing.put({}, {}, told)


class _Run:
    """The steps of one report, and the seconds each takes."""

    def __init__(self, task: Task, out: str, work: Path, many: bool) -> None:
        self.task, self.out, self.many = task, out, many
        self.placing, self.inputs = Placing(task, out, work), work / "inputs"
        self.seconds: dict[str, float] = {}

    def record(self, resume: bool) -> dict[str, Any]:
        """Run all steps."""
        made_from: dict[str, Any] = {}
        failure = ""
        try:
            with self._timed("inputs"):
                root, given = self._given()
                made_from = _made_from(self.task, root, given)
            if resume and (kept := stamp.kept(self.task, self.out, made_from)):
                return {**kept, "status": "skipped"}
            self._make(root, given)
        except Exception as error:
            # Whatever a notebook or a document brings about is this report's failure alone.
            failure = failure_of(error)
            with self._timed("page"):
                self.placing.fail(failure)
        return self.placing.put(made_from, self.seconds, failure)

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = round(time.perf_counter() - began, 4)

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

    def _make(self, root: Path, given: dict[str, Any]) -> None:
        import papermill

        task = self.task
        if self.many and can_fork():
            prepare(*READY)
        with _folder(root):
            wanted = self._bequest(locate(given["accounts"]))
            with self._timed("notebook"):
                done = papermill.execute_notebook(
                    task.notebook, str(self.placing.executed), given, engine_name="juesuan",
                    progress_bar=False, cwd=str(root), execution_timeout=task.timeout or None,
                    afterwards=wanted.statement, ahead=self.many, extra_arguments=QUIET,
                )  # fmt: skip
            if not is_left(wanted):
                # The notebook made no report of its own, or its kernel was no forked one.
                profile, previous = str(given.get("profile", "")), str(given.get("previous", ""))
                leave(check(open_accounts(given["accounts"], previous=previous, profile=profile)), wanted)
        with self._timed("page"):
            self.placing.export(done)

    def _bequest(self, accounts: Path) -> Bequest:
        task, placing = self.task, self.placing
        others = tuple(format for format in task.formats if format != PAGE)
        return Bequest(
            task.name, str(placing.made), others, str(placing.parts),
            task.department, task.year, task.page, task.accounts, str(decisions_file(accounts)), placing.began,
        )  # fmt: skip


def _made_from(task: Task, root: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    with _folder(root):
        previous = given.get("previous")
        return stamp.made_from(task, locate(given["accounts"]), locate(previous) if previous else None)


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
