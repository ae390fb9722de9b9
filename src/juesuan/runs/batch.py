"""A batch: every task of a plan run to its end, whatever becomes of the others, and what is made of all of them."""

from __future__ import annotations

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.alone import alone
from juesuan.runs.dataset import collect
from juesuan.runs.index import index
from juesuan.runs.manifest import NAME, STATUS, manifest
from juesuan.runs.places import PARTS, exists, fetch, is_remote, join, near, store
from juesuan.runs.plan import Plan
from juesuan.runs.stamp import json_of
from juesuan.runs.task import Task
from juesuan.runs.workers import Records, cluster, in_turn, on_dask


@dataclass(frozen=True)
class Order:
    """How a batch is run.

    `out` is a folder or an address; `jobs` how many reports at once; `scheduler` the address of a Dask scheduler;
    `on_fail` a command for when something failed.
    """

    source: str
    out: str = "out"
    jobs: int = 1
    scheduler: str = ""
    resume: bool = False
    keep_going: bool = True
    on_fail: str = ""
    progress: bool = True


def run(planned: Plan, order: Order, tasks: Sequence[Task] | None = None) -> dict[str, Any]:
    """Run what is planned, collect the dataset, make the index; what run.json says.

    `tasks` are a choice of the plan's: only they are run, the dataset and the index keep the others.
    """
    tasks = planned.tasks if tasks is None else tasks
    for needed in ("pyarrow", "duckdb"):
        module(needed, "batch", "juesuan batch", "数据集和总览")
    out = order.out if is_remote(order.out) else str(Path(order.out).resolve())
    began, clock = datetime.datetime.now().astimezone().isoformat(timespec="seconds"), time.perf_counter()
    with alone(out):
        records, interrupted = _ended(tasks, out, order)
        records.sort(key=lambda r: (r["department"], r["year"], r["notebook"]))
        made = manifest(
            order.source, records, len(tasks) - len(records), began, time.perf_counter() - clock,
            jobs=order.jobs, scheduler=order.scheduler, interrupted=interrupted,
        )  # fmt: skip
        _finish(planned, out, made)
    if made["counts"]["failed"]:
        _call(order.on_fail, made, join(out, NAME))
    return made


def _ended(tasks: Sequence[Task], out: str, order: Order) -> tuple[list[dict[str, Any]], bool]:
    """The records of all reports that came to an end, and whether the user broke off."""
    records: list[dict[str, Any]] = []
    try:
        with _workers(tasks, out, order) as ending:
            for task, record in _shown(ending, len(tasks), order.progress):
                records.append(record)
                if record["status"] == "failed":
                    tqdm.write(f"失败　{task.id}：{record['error']}", file=sys.stderr)
                    if not order.keep_going:
                        break
    except KeyboardInterrupt:
        return records, True
    return records, False


@contextmanager
def _workers(tasks: Sequence[Task], out: str, order: Order) -> Iterator[Records]:
    if order.jobs <= 1 and not order.scheduler:
        yield in_turn(tasks, out, order.resume)
        return
    with cluster(
        min(order.jobs, len(tasks)), order.scheduler, lambda line: tqdm.write(line, file=sys.stderr)
    ) as client:
        yield on_dask(client, tasks, out, order.resume)


def _shown(records: Records, total: int, progress: bool) -> Records:
    """The records as they come, with a bar: how many, how fast, how long still, how they ended."""
    counted: Counter[str] = Counter()
    with tqdm(records, total=total, desc="报告", unit="份", disable=not progress) as bar:
        for task, record in bar:
            counted[record["status"]] += 1
            bar.set_postfix_str("，".join(f"{STATUS[s]} {n}" for s, n in counted.items()), refresh=False)
            yield task, record


def _finish(planned: Plan, out: str, made: dict[str, Any]) -> None:
    """The dataset, the index and, whatever becomes of these, run.json."""
    # On the disk of the outputs, so that to finish is to rename.
    with tempfile.TemporaryDirectory(prefix="juesuan-", dir=near(out)) as name:
        work = Path(name)
        made["notices"] = []
        try:
            made["notices"] += _collect(planned.tasks, made["reports"], out, work)
            store([index(work, planned.title)], out)
        except Exception as error:
            told = str(error) if isinstance(error, JuesuanError) else f"{type(error).__name__}：{error}"
            made["notices"].append(f"数据集和总览没有做完：{told}")
        for line in made["notices"]:
            tqdm.write(f"注意　{line}", file=sys.stderr)
        written = work / NAME
        written.write_text(json_of(made), encoding="utf-8")
        store([written], out)


def _collect(tasks: Sequence[Task], records: Sequence[dict[str, Any]], out: str, work: Path) -> list[str]:
    """Put all parts together; one that is missing although its report has ended is told as well."""
    ended = {f"{r['department']}/{r['year']}" for r in records if r["fills"]}
    parts = Path(out, PARTS)
    if is_remote(out):
        address = join(out, PARTS)
        parts = fetch(address, work) if exists(address) else work / "parts"
    folders = [task.folder for task in tasks if task.fills]
    told = collect((parts / f for f in folders if f in ended or (parts / f).is_dir()), work / "dataset")
    # The index is made from these; what is stored is moved.
    files = sorted((work / "dataset").glob("*.parquet"))
    store([_copied(file, work) for file in files], join(out, "dataset"))
    return told


def _copied(file: Path, folder: Path) -> Path:
    return Path(shutil.copy(file, folder))


def _call(command: str, made: dict[str, Any], run_json: str) -> None:
    """Run the user's command, with what happened in its environment."""
    if not command:
        return
    failed = [r for r in made["reports"] if r["status"] == "failed"]
    told = "\n".join(f"{r['department']} {r['year']}：{r['error']}" for r in failed)
    known = {"JUESUAN_FAILED": str(len(failed)), "JUESUAN_RUN": run_json, "JUESUAN_ERRORS": told[:32000]}
    # The command is the caller's own, written for a shell.
    done = subprocess.run(command, shell=True, env={**os.environ, **known}, check=False)
    if done.returncode:
        tqdm.write(f"注意　--on-fail 的命令以 {done.returncode} 结束：{command}", file=sys.stderr)
