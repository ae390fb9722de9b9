"""Who makes the reports: this process, or the workers of a Dask scheduler, here or elsewhere."""

from __future__ import annotations

import os
import signal
import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.one import give_up, run_one
from juesuan.runs.stamp import library
from juesuan.runs.task import Task

Records = Iterator[tuple[Task, dict[str, Any]]]
_SECONDS = 10
_ALONE = "请单独运行这个部门查明原因"
# From so many reports a worker on, it pays to rehearse one.
_MANY = 8


def in_turn(tasks: Sequence[Task], out: str, resume: bool) -> Records:
    """One report after another, in this process."""
    for task in tasks:
        try:
            yield task, run_one(task, out, resume, len(tasks) >= _MANY)
        except Exception as error:  # the disk, say: the next report may still find its place
            yield task, _given_up(task, out, f"没有写出结果（{type(error).__name__}：{error}）。{_ALONE}")


def on_dask(client: Any, tasks: Sequence[Task], out: str, resume: bool) -> Records:
    """On the workers of a Dask scheduler, in the order in which they end; a lost worker's reports go to another.

    Every task gives one record: what Dask gives up is a failure like any other. When the caller stops asking, what
    has not begun is called off, and what is running comes to its end.

    Raises
    ------
    JuesuanError : a worker runs another version of juesuan.
    """
    distributed = module("distributed", "batch", "参数 jobs", "多个进程")
    _alike(client)
    many = len(tasks) >= _MANY * max(1, len(client.scheduler_info(n_workers=-1)["workers"]))
    # Dask knows work by its key: another batch on this scheduler must not be taken for this one.
    batch = uuid.uuid4().hex
    futures = {
        client.submit(run_one, task, out, resume, many, key=f"{task.id}-{number}-{batch}"): task
        for number, task in enumerate(tasks)
    }
    try:
        for future in distributed.as_completed(list(futures), loop=client.loop):
            task = futures.pop(future)
            if future.status == "finished":
                yield task, future.result()
            else:
                yield task, _given_up(task, out, _why(future))
            future.release()
    finally:
        with suppress(Exception):
            running = {key for keys in client.processing().values() for key in keys}
            client.cancel([f for f in futures if f.key not in running], force=True)
            distributed.wait([f for f in futures if f.key in running])


def _alike(client: Any) -> None:
    """Refuse workers of another version: they would make other reports and take other ones for up to date."""
    ours = library()
    for address, theirs in client.run(library).items():
        if theirs != ours:
            raise JuesuanError(
                f"Dask 的 worker {address}",
                f"上面的 juesuan 是 {theirs}，这里是 {ours}",
                "请安装同一个版本并重启 worker",
            )


def _why(future: Any) -> str:
    """Why Dask has no result."""
    if future.cancelled():
        return "没有结果：调度器停了，或取消了它。请重新启动调度器，加 --resume 再运行"
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        return f"运行它的进程几次中断，没有结果。{_ALONE}"
    return f"没有写出结果（{type(error).__name__}：{error}）。{_ALONE}"


def _given_up(task: Task, out: str, told: str) -> dict[str, Any]:
    """The record of a report that left none, with a page that says so where one can be written."""
    told = f"{told}。"
    with suppress(Exception):
        return give_up(task, out, told)
    return {
        "department": task.department, "year": task.year, "notebook": task.name, "page": "", "status": "failed",
        "error": told, "seconds": {}, "verdicts": {}, "inputs": {}, "fills": task.fills,
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
    with module("dask.config", "batch", where, "多个进程或多台机器").set(calm):
        with _deaf_to_ctrl_c():
            local = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0,
                dashboard_address="127.0.0.1:0", silence_logs="ERROR",
            )  # fmt: skip
        with local, distributed.Client(local, set_as_default=False) as client:
            say(f"{jobs} 个进程，Dask 面板 {client.dashboard_link}")
            yield client


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """What is started inside never hears Ctrl-C, which a terminal sends to all: this process ends the others."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def processors() -> int:
    """How many reports to make at once by default."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
