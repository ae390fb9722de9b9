"""A batch: every task of a plan run to its end, whatever becomes of the others, and what is made of all of them."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from juesuan.extras import module
from juesuan.runs.alone import alone
from juesuan.runs.cluster import check_address
from juesuan.runs.endings import Endings
from juesuan.runs.gather import gather
from juesuan.runs.manifest import NAME, manifest
from juesuan.runs.order import Order
from juesuan.runs.places import is_remote, join, store, working
from juesuan.runs.plan import Plan
from juesuan.runs.stamp import json_of
from juesuan.runs.task import Task


def run(planned: Plan, order: Order, tasks: Sequence[Task] | None = None) -> dict[str, Any]:
    """Run what is planned, collect the dataset, make the index; what run.json says.

    `tasks` are a choice of the plan's: only they are run, the dataset and the index keep the others.
    """
    tasks = planned.tasks if tasks is None else tasks
    check_address(order.scheduler)
    for needed in ("pyarrow", "duckdb"):
        module(needed, "batch", "juesuan batch", "数据集和总览")
    out = order.out if is_remote(order.out) else str(Path(order.out).resolve())
    began, clock = datetime.datetime.now().astimezone().isoformat(timespec="seconds"), time.perf_counter()
    with alone(out):
        ending = Endings(tasks, out, order).run()
        records = sorted(ending.records, key=lambda r: (r["department"], r["year"], r["notebook"]))
        made = manifest(
            order.source, records, len(tasks) - len(records), began, time.perf_counter() - clock,
            jobs=None if order.scheduler else ending.jobs, scheduler=order.scheduler,
            interrupted=ending.interrupted, notices=ending.notices,
        )  # fmt: skip
        _finish(planned, out, made)
    if went_wrong(made) and not ending.interrupted:
        _call(order.on_fail, made, join(out, NAME))
    return made


def went_wrong(made: Mapping[str, Any]) -> bool:
    """Somebody has to look: a report that failed or had no turn, a dataset or index that is not whole."""
    return bool(made["counts"]["failed"] or made["counts"]["left"] or made["notices"])


def _finish(planned: Plan, out: str, made: dict[str, Any]) -> None:
    """The dataset, the index and, whatever becomes of these, run.json."""
    with working(out) as work:
        made["notices"] += gather(planned, made["reports"], out, work)
        for line in made["notices"]:
            tqdm.write(f"注意　{line}", file=sys.stderr)
        written = work / NAME
        written.write_text(json_of(made), encoding="utf-8")
        store([written], out)


def _call(command: str, made: dict[str, Any], run_json: str) -> None:
    """Run the user's command, with what happened in its environment."""
    if not command:
        return
    failed = [r for r in made["reports"] if r["status"] == "failed"]
    told = "\n".join([*(f"{r['department']} {r['year']}：{r['error']}" for r in failed), *made["notices"]])
    known = {
        "JUESUAN_FAILED": str(len(failed)),
        "JUESUAN_LEFT": str(made["counts"]["left"]),
        "JUESUAN_RUN": run_json,
        "JUESUAN_ERRORS": told[:32000],
    }
    # The command is the caller's own, written for a shell.
    done = subprocess.run(command, shell=True, env={**os.environ, **known}, check=False)
    if done.returncode:
        tqdm.write(f"注意　--on-fail 的命令以 {done.returncode} 结束：{command}", file=sys.stderr)
