"""nbclient's side of a forked kernel: how a run that a kernel does not survive is told."""

from __future__ import annotations

import signal
from contextlib import suppress
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from traitlets import Bool, Unicode

from juesuan.engine.ahead import start_ahead, take
from juesuan.engine.kernels import ForkedManager


class _EndingError(Exception):
    """A run that ended in a cell without that cell's own doing."""

    def __init__(self, cell: int, what: str) -> None:
        super().__init__(f"第 {cell} 格：{what}")


class KernelDiedError(_EndingError, DeadKernelError):
    """The kernel ended while a cell was running; the message says which cell and how."""


class OverTimeError(_EndingError, CellTimeoutError):
    """A cell ran longer than it may; the message says which."""


class ForkedNotebookClient(PapermillNotebookClient):
    """papermill's client of a forked kernel.

    `afterwards` is executed unseen when every cell has run well; with `ahead` the kernel of the next notebook is
    started while this one runs.
    """

    km: ForkedManager
    extra_arguments: list[str]
    afterwards = Unicode("")
    ahead = Bool(False)

    def __init__(self, nb_man: Any, **given: Any) -> None:
        super().__init__(nb_man, kernel_manager_class=ForkedManager, **given)

    def create_kernel_manager(self) -> Any:
        """A manager of a kernel to be started, or of the one that waits already."""
        # nbclient adds this when it starts a kernel; to be told apart from others a waiting one needs it before.
        self.extra_arguments = [*self.extra_arguments, f"--HistoryManager.hist_file={self.ipython_hist_file}"]
        self.km = take(self.kernel_name, self.extra_arguments) or super().create_kernel_manager()
        return self.km

    def papermill_execute_cells(self) -> None:
        """Run the cells; put an ending that no cell could tell of into the output of the cell that was running."""
        if self.ahead:
            # Only a head start: this notebook has its kernel.
            with suppress(Exception):
                start_ahead(self.kernel_name, self.extra_arguments)
        try:
            super().papermill_execute_cells()
        except DeadKernelError as error:
            raise self._told(KernelDiedError, _ending(self.km.status)) from error
        except CellTimeoutError as error:
            # A kernel that is still busy will not listen to a polite request.
            self.shutdown_kernel = "immediate"
            raise self._told(OverTimeError, f"运行超过了 {self.timeout} 秒的时限，已经停止") from error
        if self.afterwards and not self.nb.metadata.papermill.get("exception"):
            self.wait_for_reply(self.kc.execute(self.afterwards, silent=True, store_history=False))

    def _told(self, kind: type[_EndingError], what: str) -> _EndingError:
        """The error, which stands in the output of the cell as well."""
        begun = [c for c in self.nb.cells if c.cell_type == "code" and c.metadata.papermill.get("start_time")]
        error = kind(len(begun), what)
        self.nb_man.cell_exception(begun[-1])
        told = f"{kind.__name__}: {error}"
        begun[-1].outputs.append(
            new_output("error", ename=kind.__name__, evalue=str(error), traceback=[told])
        )
        return error


def _ending(status: int | None) -> str:
    """How a kernel ended, in words; `status` is its exit status, negative for a signal."""
    if status is None:
        return "内核没有应答"
    if status == -signal.SIGKILL:
        return "内核被强行结束（信号 9），多半是内存不足"
    if status < 0:
        return f"内核被信号 {-status}（{signal.Signals(-status).name}）结束"
    return f"内核自己退出了（退出码 {status}）"
