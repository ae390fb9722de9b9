"""One batch at a time in an output folder, and nothing left of one that was killed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.runs.one import WORK
from juesuan.runs.places import is_remote


@contextmanager
def alone(out: str) -> Iterator[None]:
    """Hold the output folder; the system lets go of it when this process ends, however it ends.

    An address, and a system without such locks, is not held.

    Raises
    ------
    JuesuanError : another batch is writing there.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    if is_remote(out):
        yield
        return
    Path(out).mkdir(parents=True, exist_ok=True)
    held = os.open(out, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # What a batch that was killed had not finished.
        shutil.rmtree(Path(out, WORK), ignore_errors=True)
        yield
        shutil.rmtree(Path(out, WORK), ignore_errors=True)
    except BlockingIOError as error:
        raise JuesuanError(
            f"参数 out（{out}）", "另一个 juesuan batch 正在写这个文件夹", "请等它结束，或换一个文件夹"
        ) from error
    finally:
        os.close(held)
