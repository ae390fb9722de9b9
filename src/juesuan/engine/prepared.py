"""This process's forge: started once, asked for kernels, gone with the process."""

from __future__ import annotations

import atexit
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# What kernels find imported; `prepare` may ask for more.
IMPORTED = ("juesuan.report.ready",)

# In the environment of a process that shall get a copy of another's forge: where.
SHARED = "JUESUAN_FORGE"

# Seconds that a forge is given to end its kernels.
_PATIENCE = 0.5


class Ending(NamedTuple):
    """How a kernel ended: exit status (negative: the signal that killed it), CPU seconds, largest memory in KiB."""

    status: int
    seconds: float
    memory: int


class ForkedKernel:
    """One kernel: its pid and, once it has ended, how."""

    def __init__(self, pid: int, forge: Forge) -> None:
        self.pid, self._forge = pid, forge
        self.ended: Future[Ending] = Future()

    def poll(self) -> int | None:
        """The exit status, None while the kernel runs."""
        return self.ended.result().status if self.ended.done() else None

    def send_signal(self, number: int) -> None:
        """To the kernel and everything it has started."""
        self._forge.tell(kill=[self.pid, number])


class Forge:
    """The prepared process at the other end of a socket.

    Starts it, with what it is to prepare and the path of a socket at which other processes get copies of it (none
    where that is empty); or gets such a copy itself, see `reach`.
    """

    def __init__(self, prepared: Sequence[str] = IMPORTED, path: str = "", line: socket.socket | None = None):
        self._process: subprocess.Popen[bytes] | None = None
        if line is not None:
            self._line = line
        else:
            self._line, theirs = socket.socketpair()
            with theirs:
                self._process = _started(theirs, path, prepared)
        # Orders are answered in the order in which they were sent; the listener may have to send, too.
        self._lock = threading.RLock()
        self._asked: list[Future[ForkedKernel]] = []
        self._kernels: dict[int, ForkedKernel] = {}
        self._listener = threading.Thread(target=self._listen, daemon=True, name="juesuan-forge")
        self._listener.start()

    @classmethod
    def reach(cls, path: str) -> Forge:
        """A copy of the forge that lets others in at `path`.

        Raises
        ------
        OSError : nobody is there.
        """
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(path)
        except OSError:
            line.close()
            raise
        return cls(line=line)

    @property
    def pid(self) -> int:
        """The process that was started; 0 for a copy of somebody else's."""
        return self._process.pid if self._process else 0

    @property
    def alive(self) -> bool:
        """Kernels can still be had."""
        return self._listener.is_alive() and (self._process is None or self._process.poll() is None)

    def start(
        self, arguments: Sequence[str], env: Mapping[str, str], cwd: str | Path
    ) -> Future[ForkedKernel]:
        """Fork a kernel with these arguments (behind the program's name), environment and working folder.

        Raises
        ------
        ChildProcessError : (from the future) the forge has died.
        """
        asked: Future[ForkedKernel] = Future()
        with self._lock:
            self._asked.append(asked)
            self.tell(start={"arguments": list(arguments), "env": dict(env), "cwd": str(cwd)})
        return asked

    def tell(self, **message: Any) -> None:
        """One line to the forge; a dead one hears nothing, `_listen` has seen it."""
        try:
            with self._lock:
                self._line.sendall(json.dumps(message).encode() + b"\n")
        except OSError:
            self._gone()

    def close(self) -> None:
        """End the forge and all its kernels."""
        with suppress(OSError):  # the other side may be gone
            self._line.shutdown(socket.SHUT_RDWR)
        if self._process is not None:
            try:
                self._process.wait(_PATIENCE)
            except subprocess.TimeoutExpired:
                # It is still importing, and hears nothing.
                self._process.kill()
                self._process.wait()
        self._line.close()

    def _listen(self) -> None:
        try:
            with self._line.makefile("rb") as lines:
                for line in lines:
                    self._heard(json.loads(line))
        except (OSError, ValueError):
            pass
        self._gone()

    def _heard(self, message: Mapping[str, Any]) -> None:
        if "started" in message:
            kernel = ForkedKernel(message["started"], self)
            self._kernels[kernel.pid] = kernel
            asked = self._asked.pop(0)
            if asked.set_running_or_notify_cancel():
                asked.set_result(kernel)
            else:
                kernel.send_signal(signal.SIGKILL)
        elif "refused" in message:
            asked = self._asked.pop(0)
            if asked.set_running_or_notify_cancel():
                asked.set_exception(OSError(f"no kernel could be forked: {message['refused']}"))
        elif "ended" in message:
            pid, *used = message["ended"]
            self._kernels.pop(pid).ended.set_result(Ending(*used))

    def _gone(self) -> None:
        """Kernels die with the forge; whoever waits for one is told."""
        while self._asked:
            asked = self._asked.pop(0)
            if asked.set_running_or_notify_cancel():
                asked.set_exception(ChildProcessError("the forge has ended"))
        while self._kernels:
            self._kernels.popitem()[1].ended.set_result(Ending(-signal.SIGKILL, 0.0, 0))


def can_fork() -> bool:
    """This system copies processes, and its own libraries survive that (those of macOS do not)."""
    return hasattr(os, "fork") and sys.platform not in ("win32", "darwin")


def _started(theirs: socket.socket, path: str, prepared: Sequence[str]) -> subprocess.Popen[bytes]:
    """The program of a forge, at the other end of `theirs`."""
    command = [sys.executable, "-m", "juesuan.engine.forge", str(theirs.fileno()), path, *prepared]
    # One thread each: many kernels share the processors, and a process with threads cannot be forked safely.
    few = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    # The debugger that every kernel imports would warn of Python's frozen modules.
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    env = {**os.environ, **few, **quiet}
    # Dask has its workers give every freed page back at once; a kernel would fetch them again and again.
    env.pop("MALLOC_TRIM_THRESHOLD_", None)
    return subprocess.Popen(
        command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, start_new_session=True, env=env
    )


_current: list[Forge] = []
_asked: list[str] = []
_starting = threading.Lock()


def forge() -> Forge:
    """The forge of this process, started when first asked for and again when it has died."""
    return prepare(*_asked)


def prepare(*named: str, path: str = "") -> Forge:
    """Start the forge now, before a kernel is asked for, and have it import a `module` or call `module:function`.

    At `path` other processes get copies of it; where such a path stands in this process's environment, its forge is
    a copy. A forge that is there already stays as it is.
    """
    with _starting:
        if not _current or not _current[0].alive:
            _asked[:] = named or IMPORTED
            _current[:] = [_copy() or Forge(_asked, path)]
            _end_at_exit()
        return _current[0]


def _copy() -> Forge | None:
    """Of the forge that this process was told of; once, since one that has died has left no door."""
    path = os.environ.pop(SHARED, "")
    with suppress(OSError):
        return Forge.reach(path) if path else None
    return None


@cache
def _end_at_exit() -> None:
    atexit.register(_close_all)


def _close_all() -> None:
    for each in _current:
        each.close()
