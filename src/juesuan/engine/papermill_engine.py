"""The engine `juesuan` of papermill: `papermill --engine juesuan in.ipynb out.ipynb`.

papermill imports this module as its entry point; to import it by hand, import papermill first.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from juesuan.engine.prepared import can_fork
from juesuan.engine.saving import Autosaved
from juesuan.engine.values import readable


class WarmEngine(NBClientEngine):
    """papermill's own engine with kernels forked from a prepared process.

    Takes what papermill's engine takes; `execution_timeout` is the seconds a cell may run, `afterwards` a statement
    that the kernel executes unseen when every cell has run well, `ahead` that another notebook will follow in this
    process, for which a kernel may be started already. Where kernels cannot be forked (no `fork`, another
    kernel than this Python's) it is papermill's own engine, and the log says so.
    """

    @classmethod
    def execute_notebook(
        cls,
        nb: NotebookNode,
        kernel_name: str,
        output_path: str | None = None,
        progress_bar: bool | Mapping[str, Any] = True,
        log_output: bool = False,
        autosave_cell_every: int = 30,
        **given: Any,
    ) -> NotebookNode:
        """Run `nb` as papermill's engine does; parameters are written as they were typed, files whole."""
        readable(nb)
        manager = Autosaved(nb, output_path, log_output, progress_bar, autosave_cell_every)
        manager.notebook_start()
        try:
            cls.execute_managed_notebook(manager, kernel_name, log_output=log_output, **given)
        finally:
            manager.cleanup_pbar()
            manager.notebook_complete()
        return manager.nb

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        afterwards: str = "",
        ahead: bool = False,
        **given: Any,
    ) -> None:
        """Run the cells.

        Raises
        ------
        KernelDiedError, OverTimeError : told in the output of the cell as well.
        """
        if reason := _plain(kernel_name):
            # A logger of our own: papermill's is silent where many reports are made.
            logging.getLogger("juesuan").warning("引擎 juesuan 用 papermill 自己的方式启动内核：%s", reason)
            super().execute_managed_notebook(nb_man, kernel_name, **given)
            return
        # jupyter_client takes a while to import, and every `import papermill` passes here.
        from juesuan.engine.client import ForkedNotebookClient

        timeout = given.pop("timeout", None)
        timeout = given.pop("execution_timeout", None) or timeout
        given.pop("input_path", None)
        start = given.pop("start_timeout", 60)
        ForkedNotebookClient(
            nb_man, kernel_name=kernel_name, log=logger, timeout=timeout, startup_timeout=start,
            afterwards=afterwards, ahead=ahead, **given,
        ).execute()  # fmt: skip


def _plain(kernel_name: str) -> str:
    """Why a kernel of this name cannot be forked; empty where it can."""
    if not can_fork():
        return "这个系统不能（或不宜）复制进程"
    if os.environ.get("JUESUAN_ENGINE") == "plain":
        return "环境变量 JUESUAN_ENGINE 要求如此"
    command = KernelSpecManager().get_kernel_spec(kernel_name).argv
    ours = Path(command[0]).name.startswith("python") and "ipykernel_launcher" in command
    # The folder tells one environment from another; their programs may all be links to one Python.
    if ours and (
        "/" not in command[0] or Path(command[0]).parent.resolve() == Path(sys.executable).parent.resolve()
    ):
        return ""
    return f"内核 {kernel_name} 不是这个 Python 的"
