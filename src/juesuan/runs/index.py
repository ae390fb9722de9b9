"""The index page of a batch: the overview notebook run on the dataset."""

from __future__ import annotations

from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.report.exporter import JuesuanExporter
from juesuan.report.produce import QUIET, notebook
from juesuan.writers.files import write_text

NAME = "index.html"


def index(work: Path, title: str) -> Path:
    """Make the page from `work`/dataset; where it is.

    Raises
    ------
    JuesuanError : the notebook did not run, or what it needs is not installed.
    """
    import papermill
    from papermill.exceptions import PapermillExecutionError

    try:
        done = papermill.execute_notebook(
            str(notebook("overview")), None, {"dataset": "dataset", "title": title}, engine_name="juesuan",
            kernel_name="python3", progress_bar=False, cwd=str(work), extra_arguments=QUIET,
        )  # fmt: skip
    except PapermillExecutionError as error:
        raise JuesuanError("overview.ipynb", error.evalue, "改正后用 --resume 再运行一次") from error
    for cell in done.cells:
        # The index is read; whoever wants the code has the notebook.
        cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), "hide-input"})
    page, _ = JuesuanExporter().from_notebook_node(done)
    return write_text(work / NAME, page)
