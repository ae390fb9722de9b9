"""The executed copy on disk while cells run: in one move, now and then instead of twice a cell."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from papermill.engines import NotebookExecutionManager
from papermill.iorw import write_ipynb

from juesuan.writers.files import replacing

# Seconds between two copies while cells run.
EVERY = 5.0


class Autosaved(NotebookExecutionManager):
    """papermill's manager, saving seldom and in one move."""

    nb: NotebookNode
    _saved = float("-inf")
    _final = False

    def save(self, **given: Any) -> None:
        """Write the copy, unless that was done a moment ago and cells are still to run."""
        self.nb = given.get("nb", self.nb)
        if self.output_path and (self._final or time.monotonic() - self._saved > EVERY):
            write_whole(self.nb, self.output_path)
            self._saved = time.monotonic()
        self.last_save_time = self.now()

    def notebook_complete(self, **given: Any) -> None:
        """End with a copy of everything."""
        self._final = True
        super().notebook_complete(**given)


def write_whole(nb: Any, path: str) -> None:
    """Write a notebook to a local path in one move; other places have their own ways of being whole."""
    if "://" in path or path == "-":
        write_ipynb(nb, path)
        return
    with replacing(Path(path)) as temporary:
        write_ipynb(nb, str(temporary))
