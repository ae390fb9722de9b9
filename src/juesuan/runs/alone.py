"""One batch at a time in an output folder, and nothing unfinished left there of one that was killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.runs.places import WORK, is_remote


@contextmanager
def alone(out: str) -> Iterator[None]:
    """Hold the output folder; the system lets go of it when this process ends, however it ends.

    An address, and a system without such locks, is not held.

    Raises
    ------
    JuesuanError : another batch is writing there.
    """
    if is_remote(out) or find_spec("fcntl") is None:
        yield
        return
    Path(out).mkdir(parents=True, exist_ok=True)
    held = os.open(out, os.O_RDONLY)
    try:
        _hold(held, out)
        # What a batch that was killed had not finished.
        shutil.rmtree(Path(out, WORK), ignore_errors=True)
        try:
            yield
        finally:
            shutil.rmtree(Path(out, WORK), ignore_errors=True)
    finally:
        os.close(held)


def _hold(held: int, out: str) -> None:
    import fcntl

    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise JuesuanError(
            f"参数 out（{out}）", "另一个 juesuan batch 正在写这个文件夹", "请等它结束，或换一个文件夹"
        ) from error
