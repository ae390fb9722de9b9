"""Dask for a batch: processes of our own on this machine, or a scheduler that others have started."""

from __future__ import annotations

import logging
import re
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from juesuan.engine.prepared import SHARED, can_fork, prepare
from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.runs.one import READY, run_one

_CONNECT_SECONDS = 10
_WHAT = "多个进程或多台机器"
# Protocols by which a scheduler is reached.
_ADDRESS = re.compile(r"(tcp|tls|ws|wss|ucx)://[^\s/]+")
_HERE = {
    # It looks at every worker a hundred times a second.
    "distributed.worker.profile.enabled": False,
    # A report waits at the scheduler until a worker is free: what has not begun can be called off.
    "distributed.scheduler.worker-saturation": 1.0,
    **({"distributed.worker.multiprocessing-method": "forkserver"} if can_fork() else {}),
}


@contextmanager
def here(jobs: int, many: bool, say: Callable[[str], None]) -> Iterator[Any]:
    """A client of `jobs` workers of our own.

    Where `many` reports a worker are to come, what is prepared for their kernels is prepared for longer.

    Raises
    ------
    JuesuanError : Dask is not installed.
    """
    config = module("dask.config", "batch", "参数 jobs", _WHAT)
    with ExitStack() as stack:
        stack.enter_context(config.set(_HERE))
        # Prepared once, while Dask starts, and in memory once.
        path = prepare(*(READY if many else ()), shared=True).path if can_fork() else ""
        distributed = module("distributed", "batch", "参数 jobs", _WHAT)
        with _ctrl_c_later():
            if can_fork():
                _start_forkserver(distributed)
            local = distributed.LocalCluster(
                n_workers=jobs, threads_per_worker=1, processes=True, host="127.0.0.1", memory_limit=0,
                dashboard_address="127.0.0.1:0", silence_logs="ERROR", env={SHARED: path} if path else {},
            )  # fmt: skip
            stack.enter_context(local)
        client = stack.enter_context(distributed.Client(local, set_as_default=False))
        say(f"{jobs} 个进程，Dask 面板 {client.dashboard_link}")
        yield client


@contextmanager
def elsewhere(scheduler: str, say: Callable[[str], None]) -> Iterator[Any]:
    """A client of the scheduler at an address.

    Raises
    ------
    JuesuanError : Dask is not installed, nobody answers at the address, or the scheduler has no workers.
    """
    where = f"参数 scheduler（{scheduler}）"
    distributed = module("distributed", "batch", where, _WHAT)
    # It tells a lost connection in many lines; we tell it in one.
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)
    try:
        client = distributed.Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise JuesuanError(where, f"连不上（{error}）", "请先启动 dask scheduler 和 dask worker") from error
    say(f"Dask 调度器 {scheduler}，面板 {client.dashboard_link}")
    try:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError as error:
            raise JuesuanError(where, "还没有 worker", "请先在各台机器上启动 dask worker") from error
        yield client
    finally:
        with suppress(Exception):  # nobody may be there any more to take leave of
            client.close()


def check_address(scheduler: str) -> None:
    """Refuse what is no address of a scheduler before anything is run."""
    if scheduler and not _ADDRESS.fullmatch(scheduler):
        raise JuesuanError(
            f"参数 scheduler（{scheduler}）", "不是 Dask 调度器的地址", "请写成 tcp://主机:端口"
        )


def _start_forkserver(distributed: Any) -> None:
    """Workers are copies of a process that has imported what makes reports, and that never hears Ctrl-C.

    A terminal sends that to all processes; this one ends the others.
    """
    # Only where processes can be copied are there such modules.
    from multiprocessing import forkserver, resource_tracker

    # Dask sets a list of its own first.
    context = distributed.utils.get_mp_context()
    context.set_forkserver_preload(["distributed", "papermill", run_one.__module__])
    before = signal.signal(signal.SIGINT, signal.SIG_IGN) if _is_main() else None
    try:
        resource_tracker.ensure_running()
        forkserver.ensure_running()
    finally:
        if _is_main():
            signal.signal(signal.SIGINT, before)


@contextmanager
def _ctrl_c_later() -> Iterator[None]:
    """Ctrl-C while workers start is heard when they have started: half a cluster cannot be ended in order.

    Where there is no forkserver it is not heard at all until then, since workers begin with what holds here.
    """
    if not _is_main():
        yield
        return
    heard: list[int] = []
    later = (lambda number, _: heard.append(number)) if can_fork() else signal.SIG_IGN
    before = signal.signal(signal.SIGINT, later)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if heard:
        raise KeyboardInterrupt


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()
