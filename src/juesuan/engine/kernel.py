"""What a freshly forked process does to become a kernel like any other."""

from __future__ import annotations

import atexit
import gc
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence


def become_kernel(arguments: Sequence[str], env: Mapping[str, str], cwd: str, lifeline: int) -> None:
    """Run an IPython kernel in this process until it is shut down; never returns.

    Parameters
    ----------
    arguments : command line of the kernel behind its program, `-f <connection file>` first.
    env, cwd : environment and working folder of the kernel.
    lifeline : read end of a pipe whose other end the forge alone holds.
    """
    forge = os.getppid()
    _shed(env, cwd)
    threading.Thread(target=_end_with, args=(lifeline,), daemon=True).start()
    from ipykernel.kernelapp import IPKernelApp

    sys.argv = ["ipykernel_launcher.py", *arguments]
    # The class read the pid of its parent from the environment when the forge imported it.
    app = IPKernelApp.instance(parent_handle=forge)
    status = 0
    try:
        app.initialize(list(arguments))
        app.start()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else int(error.code is not None)
    except BaseException:
        status = 1
        traceback.print_exc(file=sys.__stderr__)
    finally:
        # Nobody listens any more, and to close the channels one by one can block on a last flush for seconds.
        atexit.unregister(app.close)
        _leave(status)


def _shed(env: Mapping[str, str], cwd: str) -> None:
    """Put off what the forge's life has left in this process."""
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(env, JPY_PARENT_PID=str(os.getppid()))
    os.chdir(cwd)
    # Otherwise every kernel would draw the same numbers.
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    gc.enable()


def _end_with(lifeline: int) -> None:
    """Wait for the forge to die, then take this process and all it has started along."""
    os.read(lifeline, 1)
    os.killpg(0, signal.SIGKILL)


def _leave(status: int) -> None:
    """End as a Python program does, without taking the imported world apart piece by piece."""
    try:
        # What the interpreter does first: wait for threads that are no daemons, then the exit functions.
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    finally:
        os._exit(status & 0xFF)
