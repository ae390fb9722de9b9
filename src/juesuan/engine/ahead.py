"""The next kernel, started while this one still runs: it waits for its notebook instead of the other way round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path
from typing import NamedTuple

from jupyter_core.utils import run_sync

from juesuan.engine.kernels import ForkedManager


class _Waiting(NamedTuple):
    """A kernel without a notebook, and the world it was started in."""

    manager: ForkedManager
    kernel_name: str
    arguments: list[str]
    env: dict[str, str]
    cwd: Path

    def fits(self, kernel_name: str, arguments: Sequence[str]) -> bool:
        """A kernel started now would find the same world."""
        asked = (kernel_name, list(arguments), dict(os.environ), Path.cwd())
        return asked == (self.kernel_name, self.arguments, self.env, self.cwd)


_waiting: list[_Waiting] = []


def start_ahead(kernel_name: str, arguments: Sequence[str]) -> None:
    """Start a kernel for the notebook after this one."""
    _end_at_exit()
    manager = ForkedManager(kernel_name=kernel_name)
    try:
        run_sync(manager.start_kernel)(extra_arguments=list(arguments))
    except BaseException:
        manager.drop()
        raise
    _waiting.append(_Waiting(manager, kernel_name, list(arguments), dict(os.environ), Path.cwd()))


def take(kernel_name: str, arguments: Sequence[str]) -> ForkedManager | None:
    """The kernel that was started ahead; None where there is none, or it has died or was meant for another world."""
    while _waiting:
        waiting = _waiting.pop()
        if waiting.fits(kernel_name, arguments) and waiting.manager.is_running:
            return waiting.manager
        waiting.manager.drop()
    return None


@cache
def _end_at_exit() -> None:
    # Before the forge ends; done in processes of multiprocessing as well, which know no atexit.
    Finalize(None, _drop_all, exitpriority=20)


def _drop_all() -> None:
    while _waiting:
        _waiting.pop().manager.drop()
