"""This process's forge: started once, asked for kernels, gone with the process."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from functools import cache
from multiprocessing.util import Finalize

from juesuan.engine.handle import Forge

# What kernels find imported; `prepare` may ask for more.
IMPORTED = ("juesuan.report.ready",)
# In the environment of a process that shall get a copy of another's forge: where.
SHARED = "JUESUAN_FORGE"

_current: list[Forge] = []
_imports: list[str] = []
_starting = threading.Lock()


def can_fork() -> bool:
    """This system copies processes, and its own libraries survive that (those of macOS do not)."""
    return hasattr(os, "fork") and sys.platform not in ("win32", "darwin")


def forge() -> Forge:
    """The forge of this process, started when first asked for and again when it has died."""
    return prepare(*_imports)


def prepare(*named: str, shared: bool = False) -> Forge:
    """Start the forge now, before a kernel is asked for, and have it import a `module` or call `module:function`.

    A `shared` one has a `path` at which other processes get copies of it; where such a path stands in this process's
    environment, its forge is a copy. A forge that is there already stays as it is.
    """
    with _starting:
        if _current and not _current[0].alive:
            _current.pop().close()
        if not _current:
            _imports[:] = named or IMPORTED
            _current.append(_copy() or Forge(_imports, shared=shared))
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
    # Unlike those of atexit, this is also done at the end of a process that multiprocessing has started.
    Finalize(None, _close_all, exitpriority=10)


def _close_all() -> None:
    while _current:
        _current.pop().close()
