"""The forge: a process without threads that has imported what kernels need and forks one for each order.

`python -m juesuan.engine.forge LINE DOOR MODULE[:FUNCTION]…` speaks lines of JSON over the socket LINE. It is told
`{"start": {"arguments", "env", "cwd"}}` or `{"kill": [pid, signal]}` and answers `{"started": pid}` or
`{"refused": why}` and, when a kernel ends, `{"ended": [pid, status, CPU seconds, KiB]}`. It ends with the other side of
the socket, and its kernels end with it. DOOR is a listening socket, -1 for none: who connects to it gets a forge of
its own, a copy of this one.
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
from typing import Any

from juesuan.engine.grammar import spare_grammar
from juesuan.engine.kernel import become_kernel
from juesuan.engine.offspring import Offspring, Order

# What a kernel imports while it starts, and at its first cells.
_KERNEL = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.debugger", "ipykernel.subshell_manager", "psutil", "pdb",
    "tornado.platform.asyncio", "IPython.core.debugger", "IPython.core.oinspect", "IPython.core.completerlib",
    "IPython.core.pylabtools", "IPython.extensions.storemagic", "sqlite3", "faulthandler",
)  # fmt: skip


class _Forge:
    """Serves one line; where there is a door, lets others in."""

    def __init__(self, line: socket.socket, door: socket.socket | None) -> None:
        self._line, self._door = line, door
        self._kernels = Offspring(self._say)
        self._copies: set[int] = set()
        self._buffer = b""

    def serve(self) -> Order | socket.socket | None:
        """Answer until the other side is gone (None), or this process is a new kernel (its order) or forge (its line)."""
        woken, bell = socket.socketpair()
        bell.setblocking(False)
        with woken, bell, selectors.DefaultSelector() as selector:
            signal.signal(signal.SIGCHLD, lambda *_: None)
            signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
            try:
                for each in filter(None, (self._line, woken, self._door)):
                    selector.register(each, selectors.EVENT_READ)
                while True:
                    for key, _ in selector.select():
                        if key.fileobj is woken:
                            woken.recv(4096)
                            self._bury()
                        elif key.fileobj is self._line:
                            over, order = self._heed()
                            if over or order:
                                return order
                        elif (line := self._admit(selector)) is not None:
                            return line
            finally:
                signal.set_wakeup_fd(-1)

    def _heed(self) -> tuple[bool, Order | None]:
        """What the line says: whether it is over, and in a new kernel its order."""
        try:
            chunk = self._line.recv(1 << 16)
        except OSError:
            chunk = b""
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        for message in map(json.loads, lines):
            if "kill" in message:
                self._kernels.kill(*message["kill"])
            elif (order := self._kernels.start(message["start"])) is not None:
                self._shut()
                return False, order
        if not chunk:
            self._kernels.end()
        return not chunk, None

    def _say(self, **message: Any) -> None:
        """One line to the other side, which may be gone already."""
        with contextlib.suppress(OSError):
            self._line.sendall(json.dumps(message).encode() + b"\n")

    def _admit(self, selector: selectors.BaseSelector) -> socket.socket | None:
        """Copy this process for who has come; its line in the copy, None here.

        Who cannot be served sees the line close and starts a forge of its own.
        """
        assert self._door is not None
        try:
            line, _ = self._door.accept()
        except OSError:  # no file left to open: who waits at a closed door goes away
            selector.unregister(self._door)
            self._door.close()
            self._door = None
            return None
        try:
            pid = os.fork()
        except OSError:
            line.close()
            return None
        if pid:
            self._copies.add(pid)
            line.close()
            return None
        self._kernels.disown()
        self._shut()
        return line

    def _shut(self) -> None:
        """In a copy of this process: what belongs to the one it is a copy of."""
        for each in filter(None, (self._line, self._door)):
            each.close()

    def _bury(self) -> None:
        self._kernels.bury()
        self._copies -= {pid for pid in self._copies if os.waitpid(pid, os.WNOHANG)[0]}


def _prepare(named: str) -> None:
    """Import a module, or call `module:function`, without leaving a trace of warnings."""
    module, _, function = named.partition(":")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        loaded = importlib.import_module(module)
        if function:
            getattr(loaded, function)()


def main(number: str, door_number: str = "-1", *prepared: str) -> None:
    """Import everything, then fork until told to stop."""
    # A module that is started has its folder in front of the path; a kernel must not find modules there.
    if sys.path[0] in ("", str(Path.cwd())):
        del sys.path[0]
    given = set(os.environ)
    spare_grammar()
    # What ipykernel sets before anything is drawn; matplotlib reads it when it is imported, here.
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for named in (*_KERNEL, *prepared):
        _prepare(named)
    gc.collect()
    # What stands here is never collected: a kernel then shares these pages instead of copying them.
    gc.freeze()
    gc.disable()
    # What imports have put into the environment belongs to every kernel that does not import them again.
    grown = {name: value for name, value in os.environ.items() if name not in given}
    door = None if int(door_number) < 0 else socket.socket(fileno=int(door_number))
    next_: Order | socket.socket | None = socket.socket(fileno=int(number))
    while isinstance(next_, socket.socket):
        next_, door = _Forge(next_, door).serve(), None
    if next_ is not None:
        become_kernel(next_.arguments, grown | next_.env, next_.cwd, next_.lifeline)


if __name__ == "__main__":
    main(*sys.argv[1:])
