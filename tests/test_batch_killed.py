"""A batch that is killed at any moment leaves whole files and no process, and goes on where it stopped."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import time
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest
import yaml

from batches import QUICK, alive, batch, books, descendants, hear_ctrl_c, notebook, run_json, soon, typed

MANY = 8


def quick_list(folder: Path) -> Path:
    """Eight departments with a short notebook."""
    names = books(folder / "books", MANY)
    quick = notebook(folder / "report.ipynb", *QUICK)
    chapters = [{"department": name} for name in names]
    path = folder / "list.yml"
    listed = {
        "data": "books",
        "years": 2022,
        "notebook": quick,
        "formats": ["html", "json"],
        "parts": [{"chapters": chapters}],
    }
    path.write_text(yaml.safe_dump(listed, allow_unicode=True), "utf-8")
    return path


def check_whole(out: Path) -> int:
    """Every file below `out` is whole; how many reports have their stamp."""
    for file in out.rglob("*"):
        if any(part.startswith(".") for part in file.relative_to(out).parts) or not file.is_file():
            continue
        if file.suffix == ".html":
            assert file.read_text(encoding="utf-8").rstrip().endswith("</html>"), file
        elif file.suffix == ".json":
            json.loads(file.read_text(encoding="utf-8"))
        elif file.suffix == ".ipynb":
            nbformat.validate(nbformat.read(file, as_version=4))
        elif file.suffix == ".parquet":
            pd.read_parquet(file)
        else:
            raise AssertionError(f"unexpected {file}")
    stamps = list(out.glob("*/*/report.run.json"))
    for stamp in stamps:
        for name, size in json.loads(stamp.read_text(encoding="utf-8"))["files"].items():
            assert (stamp.parent / name).stat().st_size == size
    return len(stamps)


def reached(out: Path, count: int, program: subprocess.Popen[bytes]) -> bool:
    """So many reports are done, or the batch has ended before."""
    return len(list(out.glob("*/*/report.run.json"))) >= count or program.poll() is not None


def none_alive(pids: set[int]) -> bool:
    return not any(map(alive, pids))


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_kill_9_at_any_moment(jobs: str, tmp_path: Path) -> None:
    path, out = quick_list(tmp_path), tmp_path / "out"
    command = typed(path, "--out", out, "--jobs", jobs, "--resume")
    moments, done = random.Random(7), 0
    for target in (1, 3, 6):
        program = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(__file__).parents[1]
        )
        assert soon(partial(reached, out, target, program), 120)
        time.sleep(moments.uniform(0, 0.4))
        assert program.poll() is None or target == 6
        below = descendants(program.pid)
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        assert soon(partial(none_alive, below), 20)
        done = check_whole(out)
    assert target <= done
    batch(path, "--out", out, "--jobs", jobs, "--resume")
    made = run_json(out)
    assert made["counts"] == {"done": MANY - done, "skipped": done, "failed": 0, "left": 0}
    assert check_whole(out) == MANY
    assert len(pd.read_parquet(out / "dataset/reports.parquet")) == MANY
    assert not list(out.rglob(".*"))


def test_ctrl_c_says_how_far_it_came(tmp_path: Path) -> None:
    path, out = quick_list(tmp_path), tmp_path / "out"
    command = typed(path, "--out", out, "--jobs", "1")
    program = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, preexec_fn=hear_ctrl_c
    )
    assert soon(lambda: bool(list(out.glob("*/*/report.run.json"))), 60)
    below = descendants(program.pid)
    program.send_signal(signal.SIGINT)
    _, said = program.communicate(timeout=60)
    assert program.returncode == 130
    assert "已中断" in said
    counts = run_json(out)["counts"]
    assert counts["done"] >= 1
    assert counts["left"] == MANY - counts["done"]
    assert soon(lambda: not any(map(alive, below)))
    check_whole(out)
