"""The ways to make many reports that the benchmark lays side by side, each as commands to be measured."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
_API = """
import sys, papermill
from pathlib import Path
from juesuan.report.exporter import JuesuanExporter
out, *folders = sys.argv[1:]
for i, folder in enumerate(folders):
    nb = papermill.execute_notebook("notebooks/report.ipynb", f"{out}/{i}.ipynb", {"accounts": folder}, progress_bar=False)
    page, _ = JuesuanExporter().from_notebook_node(nb)
    Path(out, f"{i}.html").write_text(page, encoding="utf-8")
"""
# A scheduler with two workers, a batch on them, and the end of all three.
_DASK = """
{python} -m distributed.cli.dask_scheduler --host tcp://127.0.0.1:{port} --dashboard-address 127.0.0.1:0 & scheduler=$!
{python} -m distributed.cli.dask_worker tcp://127.0.0.1:{port} --nthreads 1 --no-nanny --no-dashboard --local-directory {out}/w1 & one=$!
{python} -m distributed.cli.dask_worker tcp://127.0.0.1:{port} --nthreads 1 --no-nanny --no-dashboard --local-directory {out}/w2 & two=$!
{python} -m juesuan batch {data} --out {out} --limit {limit} --scheduler tcp://127.0.0.1:{port} --quiet; status=$?
kill $one $two; wait $one $two; kill $scheduler; wait $scheduler; exit $status
"""


def halves(folders: Sequence[str]) -> list[Sequence[str]]:
    """Two parts of the same size."""
    return [folders[::2], folders[1::2]]


def loop(folders: Sequence[str], out: Path) -> list[str]:
    """The plain way: papermill, then nbconvert, once for each department."""
    steps = []
    for folder in folders:
        nb = out / f"{Path(folder).parent.name}.ipynb"
        steps.append(
            f"{BIN}/papermill notebooks/report.ipynb {shlex.quote(str(nb))} -p accounts {shlex.quote(folder)}"
            f" && {BIN}/jupyter nbconvert --to juesuan {shlex.quote(str(nb))}"
        )
    return ["bash", "-c", "set -e; " + "; ".join(f"{{ {step}; }}" for step in steps)]


def api(folders: Sequence[str], out: Path) -> list[str]:
    """papermill's own engine and our exporter from one long-lived process."""
    return [str(BIN / "python"), "-c", _API, str(out), *folders]


def ours(data: Path, limit: int, out: Path, jobs: int) -> list[str]:
    """`juesuan batch`."""
    return [
        str(BIN / "juesuan"),
        "batch",
        str(data),
        "--out",
        str(out),
        "--limit",
        str(limit),
        "--jobs",
        str(jobs),
        "--quiet",
    ]


def dask(data: Path, limit: int, out: Path, port: int) -> list[str]:
    """`juesuan batch` on a scheduler with two workers that are processes of their own."""
    out.mkdir(parents=True, exist_ok=True)
    return ["bash", "-c", _DASK.format(python=BIN / "python", port=port, out=out, data=data, limit=limit)]


def floor(folders: Sequence[str], out: Path) -> list[str]:
    """The same work as a plain function."""
    return [str(BIN / "python"), "tests/bench_floor.py", str(out), *folders]


def one_report(folder: str, out: Path) -> list[str]:
    """`juesuan report` for one department."""
    return [str(BIN / "juesuan"), "report", folder, "--out", str(out), "--quiet"]
