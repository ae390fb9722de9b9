"""Who makes the reports: this process, or the workers of a Dask scheduler."""

from __future__ import annotations

import uuid
from collections.abc import Generator, Sequence
from contextlib import suppress
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.one import give_up, run_one
from juesuan.runs.stamp import library
from juesuan.runs.task import Task

Ended = tuple[Task, dict[str, Any]]
Records = Generator[Ended, None, None]
_SINGLY = "请单独运行这个部门查明原因"
# From so many reports a worker on, it pays to rehearse one.
_MANY = 4


class LostSchedulerError(JuesuanError):
    """The scheduler went away while reports were being made."""


def pays(reports: int, workers: int) -> bool:
    """There are enough reports to rehearse one for."""
    return reports >= _MANY * max(1, workers)


def in_turn(tasks: Sequence[Task], out: str, resume: bool) -> Records:
    """One report after another, in this process."""
    for task in tasks:
        try:
            yield task, run_one(task, out, resume, pays(len(tasks), 1))
        except Exception as error:  # the disk, say: the next report may still find its place
            yield task, _given_up(task, out, f"没有写出结果（{type(error).__name__}：{error}）。{_SINGLY}")


def on_dask(client: Any, tasks: Sequence[Task], out: str, resume: bool, late: list[Ended]) -> Records:
    """On the workers of a Dask scheduler, in the order in which they end; a lost worker's reports go to another.

    Every task gives one record: what Dask gives up is a failure like any other. When the caller stops asking, what
    has not begun is called off, and what is running comes to its end; that goes into `late`, perhaps with the last one
    given.

    Raises
    ------
    JuesuanError : a worker runs another version of juesuan.
    LostSchedulerError : the scheduler stopped.
    """
    distributed = module("distributed", "batch", "参数 jobs", "多个进程")
    _alike(client)
    many = pays(len(tasks), len(client.scheduler_info(n_workers=-1)["workers"]))
    # Dask knows work by its key: another batch on this scheduler must not be taken for this one. The word in front
    # makes all of them one group, of which it hands a worker no more than that can do.
    batch = uuid.uuid4().hex
    futures = {
        client.submit(_run_alike, library(), task, out, resume, many, key=f"juesuan-{task.id}-{number}-{batch}"): task
        for number, task in enumerate(tasks)
    }  # fmt: skip
    try:
        for future in distributed.as_completed(list(futures), loop=client.loop):
            task = futures[future]
            yield task, _record(client, future, task, out)
            # Only now is it certain that the caller has it.
            del futures[future]
            future.release()
    except OSError as error:  # the line to the scheduler broke while it was asked something
        raise _lost() from error
    finally:
        with suppress(Exception):
            running = {key for keys in client.processing().values() for key in keys}
            begun = {f for f in futures if f.status != "pending" or f.key in running}
            client.cancel([f for f in futures if f not in begun], force=True)
            for future in begun:
                future.exception()  # which waits for it to end
                late.append((futures[future], _record(client, future, futures[future], out)))


def _lost() -> LostSchedulerError:
    return LostSchedulerError(
        "Dask 的调度器", "中途停了，没有做完的报告不再做", "请重新启动，加 --resume 再运行"
    )


def _record(client: Any, future: Any, task: Task, out: str) -> dict[str, Any]:
    if future.status == "finished":
        record: dict[str, Any] = future.result()
        return record
    if future.cancelled() and client.status != "running":
        raise _lost()
    return _given_up(task, out, _why(future))


def _run_alike(asked: str, task: Task, out: str, resume: bool, many: bool) -> dict[str, Any]:
    """On a worker, which may have come later than the first look at them all."""
    _check_alike("这个 worker", library(), asked)
    return run_one(task, out, resume, many)


def _alike(client: Any) -> None:
    """Refuse workers of another version: they would make other reports and take other ones for up to date."""
    for address, theirs in client.run(library).items():
        _check_alike(f"Dask 的 worker {address}", theirs, library())


def _check_alike(whose: str, theirs: str, ours: str) -> None:
    if theirs != ours:
        raise JuesuanError(
            whose, f"上面的 juesuan 是 {theirs}，这里是 {ours}", "请安装同一个版本并重启 worker"
        )


def _why(future: Any) -> str:
    """Why Dask has no result."""
    if future.cancelled():
        return "没有结果：调度器取消了它。请加 --resume 再运行"
    error = future.exception()
    if type(error).__name__ == "KilledWorker":
        return f"运行它的进程几次中断，没有结果。{_SINGLY}"
    return f"没有写出结果（{type(error).__name__}：{error}）。{_SINGLY}"


def _given_up(task: Task, out: str, told: str) -> dict[str, Any]:
    """The record of a report that left none, with a page that says so where one can be written."""
    told = f"{told}。"
    with suppress(Exception):
        return give_up(task, out, told)
    return {
        "department": task.department, "year": task.year, "notebook": task.name, "page": "", "status": "failed",
        "error": told, "seconds": {}, "verdicts": {}, "errors": 0, "inputs": {}, "fills": task.fills,
    }  # fmt: skip
