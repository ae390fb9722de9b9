"""A small city for the tests of the batch: some departments are well, one is damaged, one hangs, one dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from juesuan.sample import Order, write_samples
from kinds import written

ROOT = Path(__file__).parents[1]
# A report that takes a moment of a kernel, for tests of everything around it.
QUICK = (
    "accounts: str = ''\nprevious: str = ''\nprofile: str = ''",
    "import juesuan as js\ndept = js.open_accounts(accounts)\nreport = js.check(dept)\njs.title(dept)",
)


def notebook(path: Path, *cells: str) -> str:
    """A notebook whose first cell is its parameters."""
    import nbformat

    made = nbformat.read(written(path, *cells[1:]), as_version=4)
    made.cells[0].source = cells[0]
    made.cells.insert(0, nbformat.v4.new_markdown_cell("# 决算", id="title"))
    nbformat.write(made, path)
    return str(path)


def books(folder: Path, departments: int, years: tuple[int, ...] = (2022,)) -> list[str]:
    """Generated departments below `folder`; their names."""
    write_samples(Order("national", departments, years, 5), folder, ["xlsx"], progress=False)
    return sorted(p.name for p in folder.iterdir())


def city(folder: Path) -> Path:
    """A run list of six departments, of which the fourth is damaged, the fifth hangs and the sixth dies."""
    names = books(folder / "books", 6)
    (folder / "books" / names[3] / "2022" / "accounts.xlsx").write_bytes(b"PK\x03\x04 torn")
    quick = notebook(folder / "report.ipynb", *QUICK)
    hang = notebook(folder / "hang.ipynb", *QUICK, "while True: pass")
    dies = notebook(folder / "dies.ipynb", *QUICK, "import os\nos.kill(os.getpid(), 9)")
    chapters: list[dict[str, Any]] = [{"department": name, "notebook": quick} for name in names]
    chapters[4] |= {"notebook": hang, "timeout": 2}
    chapters[5] |= {"notebook": dies}
    path = folder / "list.yml"
    parts = [{"title": "市直", "chapters": chapters}]
    path.write_text(
        yaml.safe_dump({"data": "books", "years": 2022, "parts": parts}, allow_unicode=True), "utf-8"
    )
    return path


def typed(*arguments: str | Path) -> list[str]:
    """What is typed for `juesuan batch`."""
    return [sys.executable, "-m", "juesuan", "batch", *map(str, arguments), "--quiet"]


def batch(*arguments: str | Path, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """`juesuan batch` as a program of its own, to its end."""
    env = {**os.environ, **(env or {})}
    return subprocess.run(typed(*arguments), capture_output=True, text=True, check=False, env=env)


def run_json(out: Path) -> dict[str, Any]:
    """What the run says of itself."""
    return dict(json.loads((out / "run.json").read_text(encoding="utf-8")))


def soon(condition: Callable[[], bool], seconds: float = 10) -> bool:
    """The condition comes true before the seconds are over."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.02)
    return condition()


def hear_ctrl_c() -> None:
    """For a program about to be started: hear SIGINT even where these tests run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def alive(pid: int) -> bool:
    """The process is there, and not merely waiting to be buried."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def descendants(pid: int) -> set[int]:
    """Every process below one."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(stat.parent.name))
    found, waiting = set(), [pid]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found.update(below)
        waiting += below
    return found
