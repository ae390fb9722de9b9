"""The forge as its users see it: kernels asked for over a socket, and how each ended."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

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
        # Who waits for it may be called off; the future itself may not.
        self.ended.set_running_or_notify_cancel()

    def poll(self) -> int | None:
        """The exit status, None while the kernel runs."""
        return self.ended.result().status if self.ended.done() else None

    def send_signal(self, number: int) -> None:
        """To the kernel and everything it has started."""
        self._forge.tell(kill=[self.pid, number])


class Forge:
    """The prepared process at the other end of a socket.

    Starts it, with what it is to prepare; `shared` gives it a door at `path` where other processes get copies of it
    (see `reach`).
    """

    def __init__(
        self, prepared: Sequence[str] = (), *, shared: bool = False, line: socket.socket | None = None
    ) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._door = _Door() if shared else None
        if line is not None:
            self._line = line
        else:
            self._line, theirs = socket.socketpair()
            with theirs:
                self._process = _started(theirs, self._door, prepared)
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
    def path(self) -> str:
        """Where other processes reach it; empty where they cannot."""
        return self._door.path if self._door else ""

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
        if self._door is not None:
            self._door.remove()

    def _listen(self) -> None:
        try:
            with self._line.makefile("rb") as lines:
                for line in lines:
                    self._heard(json.loads(line))
        except (OSError, ValueError):
            pass
        finally:
            self._gone()

    def _heard(self, message: Mapping[str, Any]) -> None:
        with self._lock:
            self._take(message)

    def _take(self, message: Mapping[str, Any]) -> None:
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
            if (gone := self._kernels.pop(pid, None)) is not None:
                gone.ended.set_result(Ending(*used))

    def _gone(self) -> None:
        """Kernels die with the forge; whoever waits for one is told."""
        with self._lock:
            while self._asked:
                asked = self._asked.pop(0)
                if asked.set_running_or_notify_cancel():
                    asked.set_exception(ChildProcessError("the forge has ended"))
            while self._kernels:
                self._kernels.popitem()[1].ended.set_result(Ending(-signal.SIGKILL, 0.0, 0))


class _Door:
    """A socket in a folder of its own, at which a forge lets others in."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="juesuan-")
        self.path = str(Path(self._folder, "forge"))
        self.socket: socket.socket | None = None
        try:
            self.socket = socket.create_server(self.path, family=socket.AF_UNIX)
        except OSError:  # longer than a socket's path may be: then nobody is let in
            self.path = ""

    def remove(self) -> None:
        """Take it away."""
        shutil.rmtree(self._folder, ignore_errors=True)


def _started(theirs: socket.socket, door: _Door | None, prepared: Sequence[str]) -> subprocess.Popen[bytes]:
    """The program of a forge, at the other end of `theirs`."""
    let_in = door.socket if door else None
    passed = [theirs.fileno(), *([let_in.fileno()] if let_in else [])]
    ends = (str(theirs.fileno()), str(let_in.fileno() if let_in else -1))
    command = [sys.executable, "-m", "juesuan.engine.forge", *ends, *prepared]
    # One thread each: many kernels share the processors, and a process with threads cannot be forked safely.
    few = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    # The debugger that every kernel imports would warn of Python's frozen modules.
    quiet = {"PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    env = {**os.environ, **few, **quiet}
    # Dask has its workers give every freed page back at once; a kernel would fetch them again and again.
    env.pop("MALLOC_TRIM_THRESHOLD_", None)
    try:
        return subprocess.Popen(
            command, pass_fds=passed, stdin=subprocess.DEVNULL, start_new_session=True, env=env
        )
    finally:
        if let_in is not None:
            let_in.close()
