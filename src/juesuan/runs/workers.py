"""Who makes the reports: this process, or the workers of a Dask scheduler, here or elsewhere."""

from __future__ import annotations

import logging
import re
import signal
import tempfile
import threading
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from juesuan.engine.prepared import SHARED, can_fork, prepare
from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.one import READY, give_up, run_one
from juesuan.runs.stamp import library
from juesuan.runs.task import Task

Records = Generator[tuple[Task, dict[str, Any]], None, None]
_SECONDS = 10
# For workers of our own. Dask's profiler looks at every worker a hundred times a second.
_HERE = {
    "distributed.worker.profile.enabled": False,
    **({"distributed.worker.multiprocessing-method": "forkserver"} if can_fork() else {}),
}
# Protocols by which Dask is reached.
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/]+")
_ALONE = "请单独运行这个部门查明原因"
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
            yield task, _given_up(task, out, f"没有写出结果（{type(error).__name__}：{error}）。{_ALONE}")


def on_dask(
    client: Any, tasks: Sequence[Task], out: str, resume: bool, late: list[dict[str, Any]]
) -> Records:
    """On the workers of a Dask scheduler, in the order in which they end; a lost worker's reports go to another.

    Every task gives one record: what Dask gives up is a failure like any other. When the caller stops asking, what
    has not begun is called off, and what is running comes to its end; the records of that go into `late`.

    Raises
    ------
    JuesuanError : a worker runs another version of juesuan.
    LostSchedulerError : the scheduler stopped.
    """
    distributed = module("distributed", "batch", "参数 jobs", "多个进程")
    _alike(client)
    many = pays(len(tasks), len(client.scheduler_info(n_workers=-1)["workers"]))
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
            elif future.cancelled() and client.status != "running":
                raise LostSchedulerError(
                    "Dask 的调度器", "中途停了，没有做完的报告不再做", "请重新启动，加 --resume 再运行"
                )
            else:
                yield task, _given_up(task, out, _why(future))
            future.release()
    finally:
        with suppress(Exception):
            running = {key for keys in client.processing().values() for key in keys}
            begun = [f for f in futures if f.status != "pending" or f.key in running]
            client.cancel([f for f in futures if f not in begun], force=True)
            # Asked for its exception, a future waits.
            late += [f.result() for f in begun if f.exception() is None]


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
        return "没有结果：调度器取消了它。请加 --resume 再运行"
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
def cluster(jobs: int, scheduler: str, many: bool, say: Callable[[str], None]) -> Iterator[Any]:
    """A client of the scheduler at an address, or of `jobs` workers of our own on this machine.

    `many` reports a worker are to come: our own then share what is prepared for their kernels.

    Raises
    ------
    JuesuanError : Dask is not installed, or nobody answers at the address.
    """
    where = "参数 scheduler" if scheduler else "参数 jobs"
    if scheduler:
        client = _elsewhere(scheduler, module("distributed", "batch", where, "多个进程或多台机器"))
        say(f"Dask 调度器 {scheduler}，面板 {client.dashboard_link}")
        try:
            yield client
        finally:
            with suppress(Exception):  # nobody may be there any more to take leave of
                client.close()
        return
    module("dask.config", "batch", where, "多个进程或多台机器").set(_HERE)
    with _shared_forge(many) as path, ExitStack() as stack:
        distributed = module("distributed", "batch", where, "多个进程或多台机器")
        with _deaf_to_ctrl_c():
            _preload(distributed)
            local = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=jobs, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0,
                    dashboard_address="127.0.0.1:0", silence_logs="ERROR", env={SHARED: path} if path else {},
                )
            )  # fmt: skip
        client = stack.enter_context(distributed.Client(local, set_as_default=False))
        say(f"{jobs} 个进程，Dask 面板 {client.dashboard_link}")
        yield client


def check_address(scheduler: str) -> None:
    """Refuse what is no address of a scheduler before anything is run."""
    if scheduler and not _ADDRESS.fullmatch(scheduler):
        raise JuesuanError(
            f"参数 scheduler（{scheduler}）", "不是 Dask 调度器的地址", "请写成 tcp://主机:端口"
        )


def _elsewhere(scheduler: str, distributed: Any) -> Any:
    """A client of a scheduler that others have started."""
    # It tells a lost connection in many lines; we tell it in one.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        return distributed.Client(scheduler, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise JuesuanError(
            f"参数 scheduler（{scheduler}）", f"连不上（{error}）", "请先启动 dask scheduler 和 dask worker"
        ) from error


@contextmanager
def _shared_forge(many: bool) -> Iterator[str]:
    """Where the workers of this machine get their forges: prepared once, while Dask starts, and in memory once."""
    if not can_fork():
        yield ""
        return
    with tempfile.TemporaryDirectory(prefix="juesuan-") as folder:
        path = str(Path(folder, "forge"))
        prepare(*(READY if many else ()), path=path)
        # It opens its door before it imports anything.
        while not Path(path).exists():
            time.sleep(0.01)
        yield path


def _preload(distributed: Any) -> None:
    """Workers of our own are copies of a process that has imported what reports are made with."""
    if can_fork():
        # distributed sets a list of its own first.
        distributed.utils.get_mp_context().set_forkserver_preload(
            ["distributed", "papermill", run_one.__module__]
        )


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
