"""Who makes the reports: this process, or the workers of a Dask scheduler, here or elsewhere."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.one import run_one
from juesuan.runs.task import Task

Records = Iterator[tuple[Task, dict[str, Any]]]
# A report whose worker was lost this many times is given up: it may be what kills them.
_LOSSES = 3
_SECONDS = 30
# From so many reports a worker on, it pays to rehearse one.
_MANY = 8


def in_turn(tasks: Sequence[Task], out: str, resume: bool) -> Records:
    """One report after another, in this process."""
    for task in tasks:
        try:
            yield task, run_one(task, out, resume, len(tasks) >= _MANY)
        except Exception as error:  # the disk, say: the next report may still find its place
            yield task, _given_up(task, f"没有写出结果（{type(error).__name__}：{error}）")


def on_dask(client: Any, tasks: Sequence[Task], out: str, resume: bool) -> Records:
    """On the workers of a Dask scheduler, in the order in which they end; a lost worker's reports go to another.

    Every task gives one record: what Dask gives up is a failure like any other. What has not ended when the caller
    stops asking is called off.
    """
    distributed = module("distributed", "batch", "参数 jobs", "多个进程")
    many = len(tasks) >= _MANY * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    futures = {
        client.submit(
            run_one, task, out, resume, many, key=f"{task.id}-{number}", pure=False, retries=_LOSSES
        ): task
        for number, task in enumerate(tasks)
    }
    try:
        for future in distributed.as_completed(list(futures), loop=client.loop):
            task = futures.pop(future)
            if future.status == "finished":
                yield task, future.result()
            else:
                error = None if future.cancelled() else future.exception()
                told = (
                    f"运行它的进程几次中断，没有结果（{type(error).__name__}：{error}）"
                    if error
                    else "被取消了"
                )
                yield task, _given_up(task, told)
            future.release()
    finally:
        client.cancel(list(futures), force=True)


def _given_up(task: Task, told: str) -> dict[str, Any]:
    """The record of a report that left none: no page, no stamp."""
    return {
        "department": task.department, "year": task.year, "notebook": task.name, "page": "", "status": "failed",
        "error": f"{told}。请单独运行这个部门查明原因。", "seconds": {}, "verdicts": {}, "inputs": {},
    }  # fmt: skip


@contextmanager
def cluster(jobs: int, scheduler: str, say: Callable[[str], None]) -> Iterator[Any]:
    """A client of the scheduler at an address, or of `jobs` workers of our own on this machine.

    Raises
    ------
    JuesuanError : Dask is not installed, or nobody answers at the address.
    """
    where = "参数 scheduler" if scheduler else "参数 jobs"
    distributed = module("distributed", "batch", where, "多个进程或多台机器")
    if scheduler:
        try:
            client = distributed.Client(scheduler, timeout=_SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise JuesuanError(
                f"{where}（{scheduler}）", f"连不上（{error}）", "请先启动 dask scheduler 和 dask worker"
            ) from error
        with client:
            say(f"Dask 调度器 {scheduler}，面板 {client.dashboard_link}")
            yield client
        return
    # Its profiler looks at every worker a hundred times a second.
    calm = {"distributed.worker.profile.enabled": False}
    with (
        module("dask.config", "batch", where, "多个进程或多台机器").set(calm),
        distributed.LocalCluster(
            n_workers=jobs, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0,
            dashboard_address="127.0.0.1:0", silence_logs="ERROR",
        ) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):  # fmt: skip
        say(f"{jobs} 个进程，Dask 面板 {client.dashboard_link}")
        yield client


def processors() -> int:
    """How many reports to make at once by default."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
