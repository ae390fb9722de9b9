"""The kernels that a process has forked: started, signalled, buried, and ended with it."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

Say = Callable[..., None]


class Order(NamedTuple):
    """A kernel to be: command line behind its program, environment, working folder, read end of its lifeline."""

    arguments: list[str]
    env: dict[str, str]
    cwd: str
    lifeline: int


class Offspring:
    """Each kernel holds the read end of a pipe, whose write end is here: it ends when that closes."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._lifelines: dict[int, int] = {}

    def start(self, asked: Mapping[str, Any]) -> Order | None:
        """Fork a kernel; in the new process what it is to become, None in this one."""
        try:
            read, write = os.pipe()
        except OSError as error:
            self._say(refused=str(error))
            return None
        try:
            pid = os.fork()
        except OSError as error:
            os.close(read)
            os.close(write)
            self._say(refused=str(error))
            return None
        if pid:
            os.close(read)
            self._lifelines[pid] = write
            self._say(started=pid)
            return None
        os.close(write)
        self.disown()
        return Order(asked["arguments"], asked["env"], asked["cwd"], read)

    def disown(self) -> None:
        """In a copy of this process: the kernels are another's."""
        for end in self._lifelines.values():
            os.close(end)
        self._lifelines.clear()

    def kill(self, pid: int, number: int) -> None:
        """Signal a kernel; a number that is none of ours (any more) may be somebody else's process by now."""
        if pid in self._lifelines:
            _signal_group(pid, number)

    def bury(self) -> None:
        """Tell of the kernels that have ended, and end what they left behind."""
        for pid in list(self._lifelines):
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
                continue
            # Until it is waited for, its number is nobody else's.
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
            _, status, used = os.wait4(pid, 0)
            os.close(self._lifelines.pop(pid))
            seconds = used.ru_utime + used.ru_stime
            self._say(ended=[pid, os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss])

    def end(self) -> None:
        """All of them, now."""
        for pid in self._lifelines:
            _signal_group(pid, signal.SIGKILL)


def _signal_group(pid: int, number: int) -> None:
    """To the kernel and what it has started; to the kernel alone while it has not yet left our group."""
    try:
        os.killpg(pid, number)
    except OSError:
        with contextlib.suppress(OSError):
            os.kill(pid, number)
