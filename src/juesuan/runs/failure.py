"""A report that did not come about: what is said of it, and the page that says it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient.exceptions import CellTimeoutError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError
from papermill.execute import remove_error_markers

from juesuan.engine.client import KernelDiedError, OverTimeError
from juesuan.errors import JuesuanError
from juesuan.report import html
from juesuan.report.exporter import JuesuanExporter
from juesuan.runs.task import Task


def failure_of(error: Exception) -> str:
    """What happened, in one Chinese line."""
    match error:
        case PapermillExecutionError():
            # Our own refusals are a sentence already; anything else needs the name of the error.
            if error.ename == JuesuanError.__name__:
                return str(error.evalue)
            return f"第 {error.exec_count} 格没有运行成功：{error.ename}：{_first(error.evalue)}"
        case OverTimeError():
            return f"{error}。请查明原因，或在运行清单里放宽 timeout。"
        case CellTimeoutError():
            return "有一格运行超过了时限，已经停止。请查明原因，或在运行清单里放宽 timeout。"
        case KernelDiedError():
            return f"{error}。"
        case JuesuanError():
            return str(error)
        case _:
            return f"没有运行成功（{type(error).__name__}：{_first(str(error))}）。"


def _first(text: str) -> str:
    return " ".join(text.split())[:300]


def failed_page(task: Task, executed: Path, failure: str) -> str:
    """What the notebook had shown when it stopped, under a banner; the banner alone where it never began."""
    banner = nbformat.v4.new_output(
        "display_data",
        {"text/html": html.render("unfinished.html.j2", task=task, text=_said(task, failure))},
        metadata={
            "juesuan": {"audience": "reader", "title": f"{task.department} {task.year} 年度（未完成）"}
        },
    )
    shown = _executed(executed)
    if task.audience == "reader":
        for cell in (c for c in shown.cells if c.cell_type == "code"):
            cell.outputs = [o for o in cell.outputs if o.output_type != "error"]
    head = nbformat.v4.new_code_cell("", outputs=[banner], metadata={"tags": ["hide-input"]})
    shown.cells.insert(1 if shown.cells and shown.cells[0].cell_type == "markdown" else 0, head)
    page, _ = JuesuanExporter(audience=task.audience, home=task.home).from_notebook_node(shown)
    return page


def _said(task: Task, failure: str) -> str:
    """The reason; a reader is not told of files and cells."""
    return failure if task.audience == "preparer" else "原因见编制人的运行记录。"


def _executed(path: Path) -> NotebookNode:
    """The notebook as far as it came, without papermill's own banners: no heading over cells that were not run."""
    if not path.exists():
        empty: NotebookNode = nbformat.v4.new_notebook()
        return empty
    nb: NotebookNode = nbformat.read(path, as_version=4)
    nb = remove_error_markers(nb)
    begun = [i for i, c in enumerate(nb.cells) if c.get("outputs") or c.get("execution_count")]
    nb.cells = nb.cells[: max(begun, default=-1) + 1]
    return nb
