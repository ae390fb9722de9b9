"""Kinds of cell that a notebook may hold, for comparing the warm engine with papermill's own."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
import papermill
from nbformat import NotebookNode

# Each is a cell of its own; together they run in one kernel.
RUNS = {
    "result": "1 + 1",
    "nothing": "x = 3",
    "text": "'决算 ' * 2",
    "print": "print('收入', 1)\nprint('支出', 2)",
    "stderr": "import sys\nprint('out')\nprint('err', file=sys.stderr)",
    "low level": "import os\nos.system('echo from a program')\nos.write(1, b'from the descriptor\\n');",
    "subprocess": "import subprocess\nsubprocess.run(['echo', 'child'], check=True)",
    "shell": "!echo shell",
    "magic": "%%capture kept\nprint('hidden')",
    "captured": "kept.stdout",
    "html": "from IPython.display import HTML, Markdown, JSON, Image, display\nHTML('<b>决算</b>')",
    "several displays": "display(1)\ndisplay(Markdown('**2**'))\nJSON({'a': [1, 2]})",
    "update": "shown = display('first', display_id='one')\nshown.update('second')",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
    "mimebundle": "class Own:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/html': '<i>own</i>', 'text/plain': 'own'}, {'text/html': {'alt': '图'}}\nOwn()",
    "frame": "import pandas as pd\npd.DataFrame({'类': ['201', '208'], '合计': [1.5, 2.25]})",
    "figure at the end": "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]);",
    "figure shown": "fig, ax = plt.subplots()\nax.bar([1, 2], [3, 4])\nplt.show()\nprint('after')",
    "two figures": "plt.figure(); plt.plot([1])\nplt.figure(); plt.plot([2]);",
    "figure as value": "from matplotlib.figure import Figure\nown = Figure(figsize=(2, 1))\nown.add_subplot().plot([1, 2])\nown",
    "rc": "import matplotlib\nprint(matplotlib.get_backend(), plt.isinteractive(), plt.get_fignums())\n"
    "sorted(f'{k}={v}' for k, v in matplotlib.rcParams.items() if not k.startswith('_'))[:400]",
    "svg": "%config InlineBackend.figure_formats = ['png', 'jpeg']\nplt.plot([1, 2]);",
    "thread": "import threading\nt = threading.Thread(target=lambda: print('in a thread'))\nt.start(); t.join()",
    "await": "import asyncio\nawait asyncio.sleep(0.01)\nprint('awaited')",
    "warning": "import warnings\nwarnings.warn('once', UserWarning, stacklevel=1)",
    "history": "In[3], Out[3], sorted(Out)[:2]",
    "names": "__name__, '__file__' in globals(), sorted(n for n in globals() if n.startswith('_i'))[:3]",
    "world": "import sys, os, signal\n(sys.argv[0].rsplit('/', 1)[-1], sys.path[0], os.getcwd() == os.path.realpath('.'), sys.flags.optimize,\n"
    " signal.getsignal(signal.SIGTERM), threading.current_thread().name, sys.stdin is not None)",
    "environment": "sorted(k for k in os.environ if k not in ('LINES', 'COLUMNS'))",
    "log": "import logging\nlogging.warning('logged')\nlogging.getLogger('own').info('silent')",
    "long": "print('长' * 70000)",
    "interrupt": "import signal as s\ntry:\n    os.kill(os.getpid(), s.SIGINT)\n    import time; time.sleep(1)\n"
    "except KeyboardInterrupt:\n    print('interrupted')",
    "exit hook": "import atexit\natexit.register(lambda: open(exit_file, 'w').write('left'))\nNone",
    "unicode name": "合计 = 5\n合计",
}
# Each ends its notebook.
ENDS = {
    "error": "def f():\n    raise ValueError('不对')\nf()",
    "syntax": "x = = 1",
    "chained": "try:\n    1 / 0\nexcept ZeroDivisionError as e:\n    raise RuntimeError('then') from e",
    "input": "input('名称')",
    "exit": "import sys\nsys.exit(3)",
    "assertion": "print('before')\nassert 1 == 2, '不平'",
    "missing": "undefined_name",
}


def written(path: Path, *sources: str) -> str:
    """A notebook of these cells, with a cell of parameters."""
    cells = [nbformat.v4.new_code_cell("exit_file: str = ''", metadata={"tags": ["parameters"]})]
    cells += [nbformat.v4.new_code_cell(source) for source in sources]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    return str(path)


def executed(source: str, target: Path, engine: str | None, **given: Any) -> NotebookNode:
    """Run it; the executed copy, also where it failed."""
    parameters = given.pop("parameters", {"exit_file": str(target.with_suffix(".left"))})
    quiet = ["--IPKernelApp.log_level=CRITICAL"]
    # A kernel that finds itself in a test does not catch what programs print.
    outside = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    with suppress(papermill.PapermillExecutionError), patch.dict(os.environ, outside, clear=True):
        papermill.execute_notebook(
            source,
            str(target),
            parameters,
            engine_name=engine,
            progress_bar=False,
            extra_arguments=quiet,
            **given,
        )
    return nbformat.read(target, as_version=4)


def comparable(nb: NotebookNode) -> dict[str, Any]:
    """What must not depend on the engine: everything but times, ids and the cell of injected parameters."""
    cells = []
    for cell in nb.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            continue
        metadata = {k: v for k, v in cell.metadata.items() if k not in ("papermill", "execution")}
        told = cell.metadata.get("papermill", {})
        cells.append(
            {
                "source": cell.source, "type": cell.cell_type, "metadata": metadata, "status": told.get("status"),
                "exception": told.get("exception"), "count": cell.get("execution_count"),
                "outputs": _outputs(cell.get("outputs", [])),
            }
        )  # fmt: skip
    kept = {k: v for k, v in nb.metadata.items() if k != "papermill"}
    return {"cells": cells, "metadata": kept}


def _outputs(outputs: list[NotebookNode]) -> list[str]:
    """Text that one stream sent in two messages is one text: where it is cut is a matter of moments."""
    joined: list[dict[str, Any]] = []
    for output in map(dict, outputs):
        last = joined[-1] if joined else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        else:
            joined.append(output)
    return [_output(output) for output in joined]


def _output(output: dict[str, Any]) -> str:
    """Without addresses of objects, process numbers and the places of temporary files."""
    text = repr(output)
    text = re.sub(r"0x[0-9a-f]+", "0x", text)
    text = re.sub(r"ipykernel_\d+", "ipykernel", text)
    return re.sub(r"/tmp/[^'\"\s]+?\.left", "left", text)
