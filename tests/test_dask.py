"""The batch on a Dask scheduler: a worker that is lost costs time, never a department."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from batches import alive, batch, descendants, run_json, soon, typed
from juesuan.runs import Order, plan, run
from test_batch_killed import MANY, check_whole, quick_list


def started(*arguments: str, log: Path) -> subprocess.Popen[bytes]:
    """A part of Dask as a process of its own."""
    with log.open("wb") as file:
        return subprocess.Popen(
            [sys.executable, "-m", "distributed.cli", *arguments], stdout=file, stderr=file
        )


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler with two workers on this machine, the two, and the scheduler."""
    address = f"tcp://127.0.0.1:{20000 + os.getpid() % 20000}"
    base = [sys.executable, "-m"]
    with (tmp_path / "scheduler.log").open("wb") as log:
        head = subprocess.Popen(
            [*base, "distributed.cli.dask_scheduler", "--host", address, "--dashboard-address", "127.0.0.1:0"],
            stdout=log, stderr=log,
        )  # fmt: skip
    workers = [
        subprocess.Popen(
            [*base, "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard",
             "--local-directory", str(tmp_path / f"worker-{i}")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for i in range(2)
    ]  # fmt: skip
    yield address, [*workers, head]
    below = {pid for each in (head, *workers) for pid in descendants(each.pid)}
    for each in (*workers, head):
        each.terminate()
        each.wait(20)
    assert soon(lambda: not any(map(alive, below)))


def test_one_of_two_workers_is_killed_and_every_department_ends_once(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = scheduler
    path, out = quick_list(tmp_path), tmp_path / "out"
    command = typed(path, "--out", out, "--scheduler", address)
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert soon(lambda: len(list(out.glob("*/*/report.run.json"))) >= 2, 90)
    assert program.poll() is None
    victim = workers[0]
    below = descendants(victim.pid)
    victim.send_signal(signal.SIGKILL)
    said, told = program.communicate(timeout=120)
    assert program.returncode == 0, told
    assert soon(lambda: not any(map(alive, below)))
    made = run_json(out)
    assert made["counts"] == {"done": MANY, "skipped": 0, "failed": 0, "left": 0}
    assert len({r["department"] for r in made["reports"]}) == len(made["reports"]) == MANY
    assert check_whole(out) == MANY
    assert len(pd.read_parquet(out / "dataset/reports.parquet")) == MANY
    assert re.search(r"面板 http://127\.0\.0\.1:\d+/status", told)
    assert f"完成 {MANY}" in said


def test_a_scheduler_that_stops_is_told_once_and_nothing_is_called_failed(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, (*_, head) = scheduler
    path, out = quick_list(tmp_path), tmp_path / "out"
    command = typed(path, "--out", out, "--scheduler", address, "--quiet")
    env = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=env)
    assert soon(lambda: len(list(out.glob("*/*/report.run.json"))) >= 2, 90)
    head.send_signal(signal.SIGKILL)
    said, told = program.communicate(timeout=120)
    assert program.returncode == 1, told
    assert [line for line in told.splitlines() if "面板" not in line] == [
        "注意　Dask 的调度器：中途停了，没有做完的报告不再做。请重新启动，加 --resume 再运行。"
    ]
    counts = run_json(out)["counts"]
    assert (counts["failed"], counts["left"] > 0, sum(counts.values())) == (0, True, MANY), said


def test_nobody_at_the_address_is_one_sentence(tmp_path: Path) -> None:
    path = quick_list(tmp_path)
    done = batch(
        path,
        "--out",
        tmp_path / "out",
        "--scheduler",
        "tcp://127.0.0.1:1",
        env={"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "1s"},
    )
    assert done.returncode == 2
    assert "连不上" in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr


def test_inputs_and_outputs_may_be_anywhere(tmp_path: Path) -> None:
    path = quick_list(tmp_path)
    names = sorted(p.name for p in (tmp_path / "books").iterdir())[:2]
    with zipfile.ZipFile(tmp_path / "books.zip", "w") as archive:
        for file in (tmp_path / "books").rglob("*.*"):
            archive.write(file, file.relative_to(tmp_path / "books"))
    chapters = "".join(
        f"      - {{department: {name}, accounts: 'zip://{name}/2022::{tmp_path}/books.zip'}}\n"
        for name in names
    )
    head = f"years: 2022\nnotebook: {tmp_path}/report.ipynb\nparts:\n  - chapters:\n"
    path.write_text(head + chapters, encoding="utf-8")
    tasks = plan(str(path))
    made = run(tasks, Order(str(path), "memory://city/out", progress=False))
    assert made["counts"]["done"] == 2, [r["error"] for r in made["reports"]]
    again = run(tasks, Order(str(path), "memory://city/out", resume=True, progress=False))
    assert again["counts"]["skipped"] == 2
    import fsspec

    memory = fsspec.filesystem("memory")
    found = {name.rpartition("/")[2] for name in memory.find("/city/out")}
    assert {
        "report.html",
        "report.ipynb",
        "report.run.json",
        "run.json",
        "facts.parquet",
        "reports.parquet",
    } <= found
    assert not [name for name in found if name.endswith(".part")]
    page = memory.cat_file(f"/city/out/{names[0]}/2022/report.html").decode()
    assert str(tmp_path) not in page
