"""The forge: a process without threads that has imported what kernels need and forks one for each order.

`python -m juesuan.engine.forge FD PATH MODULE[:FUNCTION]` speaks lines of JSON over the socket FD. It is told
`{"start": {"arguments", "env", "cwd"}}` or `{"kill": [pid, signal]}` and answers `{"ready": true}` once,
`{"started": pid}` or `{"refused": why}` and, when a kernel ends, `{"ended": [pid, status, CPU seconds, KiB]}`. It ends
with the other side of the socket, and its kernels end with it. Where PATH is not empty, whoever connects to the
socket there gets a forge of its own, a copy of this one.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import socket
import sys
import warnings
from pathlib import Path
from typing import Any, NamedTuple

from juesuan.engine.grammar import spare_grammar
from juesuan.engine.kernel import become_kernel

# What a kernel imports while it starts, and at its first cells.
_KERNEL = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "ipykernel.subshell_manager", "psutil", "pdb",
    "tornado.platform.asyncio", "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib",
    "IPython.core.pylabtools", "IPython.extensions.storemagic", "sqlite3", "faulthandler",
)  # fmt: skip


class _Order(NamedTuple):
    """A kernel to be."""

    arguments: list[str]
    env: dict[str, str]
    cwd: str
    lifeline: int


class _Forge:
    """The kernels of one socket, and further forges for those who come to another."""

    def __init__(self, line: socket.socket, door: socket.socket | None) -> None:
        self._line, self._door = line, door
        self._forges: set[int] = set()
        self._lifelines: dict[int, int] = {}
        self._buffer = b""

    def serve(self) -> _Order | socket.socket | None:
        """Answer until the other side is gone (None), or this process is a new kernel (its order) or forge (its line)."""
        woken, bell = socket.socketpair()
        bell.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
        try:
            with woken, bell, selectors.DefaultSelector() as selector:
                for each in filter(None, (self._line, woken, self._door)):
                    selector.register(each, selectors.EVENT_READ)
                self.say(ready=True)
                while True:
                    for key, _ in selector.select():
                        if key.fileobj is woken:
                            woken.recv(4096)
                            self._bury()
                        elif key.fileobj is self._door:
                            if (line := self._admit()) is not None:
                                self._shut()
                                return line
                        else:
                            for message in self._heard():
                                if message is None:
                                    self._end()
                                    return None
                                if (order := self._obey(message)) is not None:
                                    self._shut()
                                    return order
        finally:
            signal.set_wakeup_fd(-1)

    def _shut(self) -> None:
        """In a copy of this process: what belongs to the one it is a copy of."""
        for each in filter(None, (self._line, self._door)):
            each.close()

    def _admit(self) -> socket.socket | None:
        """Copy this process for who has come; its line in the copy, None here."""
        assert self._door is not None
        try:
            line, _ = self._door.accept()
            pid = os.fork()
        except OSError:  # who has come sees the line close, and starts a forge without us
            return None
        if pid:
            self._forges.add(pid)
            line.close()
            return None
        for end in self._lifelines.values():
            os.close(end)
        return line

    def say(self, **message: Any) -> None:
        """One line to the other side, which may be gone already."""
        with contextlib.suppress(OSError):
            self._line.sendall(json.dumps(message).encode() + b"\n")

    def _heard(self) -> list[dict[str, Any] | None]:
        try:
            chunk = self._line.recv(1 << 16)
        except OSError:
            chunk = b""
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        told: list[dict[str, Any] | None] = [json.loads(line) for line in lines]
        return told if chunk else [*told, None]

    def _obey(self, message: dict[str, Any]) -> _Order | None:
        if "kill" in message:
            pid, number = message["kill"]
            # A number that is no kernel of ours (any more) may be somebody else's process by now.
            if pid in self._lifelines:
                _signal_group(pid, number)
            return None
        order = message["start"]
        try:
            read, write = os.pipe()
        except OSError as error:
            self.say(refused=str(error))
            return None
        try:
            pid = os.fork()
        except OSError as error:
            os.close(read)
            os.close(write)
            self.say(refused=str(error))
            return None
        if pid:
            os.close(read)
            self._lifelines[pid] = write
            self.say(started=pid)
            return None
        for end in (write, *self._lifelines.values()):
            os.close(end)
        return _Order(order["arguments"], order["env"], order["cwd"], read)

    def _bury(self) -> None:
        """Tell of the kernels that have ended, and end what they left behind."""
        self._forges -= {pid for pid in self._forges if os.waitpid(pid, os.WNOHANG)[0]}
        for pid in list(self._lifelines):
            done, status, used = os.wait4(pid, os.WNOHANG)
            if done:
                # The number may be another process's by now, its group is still the kernel's.
                with contextlib.suppress(OSError):
                    os.killpg(pid, signal.SIGKILL)
                os.close(self._lifelines.pop(pid))
                seconds = used.ru_utime + used.ru_stime
                self.say(ended=[pid, os.waitstatus_to_exitcode(status), seconds, used.ru_maxrss])

    def _end(self) -> None:
        for pid in self._lifelines:
            _signal_group(pid, signal.SIGKILL)


def _signal_group(pid: int, number: int) -> None:
    """To the kernel and what it has started; to the kernel alone while it has not yet left our group."""
    try:
        os.killpg(pid, number)
    except OSError:
        with contextlib.suppress(OSError):
            os.kill(pid, number)


def _prepare(named: str) -> None:
    """Import a module, or call `module:function`, without leaving a trace of warnings."""
    module, _, function = named.partition(":")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()


def main(number: str, path: str = "", *prepared: str) -> None:
    """Import everything, then fork until told to stop."""
    # A module that is started has its folder in front of the path; a kernel must not find modules there.
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    given = set(os.environ)
    spare_grammar()
    # What ipykernel sets before anything is drawn; matplotlib reads it when it is imported, here.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Who comes before everything is imported waits.
    door = socket.create_server(path, family=socket.AF_UNIX) if path else None
    for named in (*_KERNEL, *prepared):
        _prepare(named)
    gc.collect()
    # What stands here is never collected: a kernel then shares these pages instead of copying them.
    gc.freeze()
    gc.disable()
    # What imports have put into the environment belongs to every kernel that does not import them again.
    grown = {name: value for name, value in os.environ.items() if name not in given}
    next_: _Order | socket.socket | None = socket.socket(fileno=int(number))
    while isinstance(next_, socket.socket):
        next_ = _Forge(next_, door).serve()
        door = None
    if next_ is not None:
        become_kernel(next_.arguments, grown | next_.env, next_.cwd, next_.lifeline)


if __name__ == "__main__":
    main(*sys.argv[1:])
