"""A batch that stops early: what has not begun is left, what runs is recorded, the next run goes on."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import distributed
import pandas as pd
import pytest
from click.testing import CliRunner

from batches import books, hear_ctrl_c, run_json, soon, typed
from juesuan.cli import main
from juesuan.runs import plan
from juesuan.runs.workers import on_dask
from test_batch_edges import city, listed, made, reports

__all__ = ["city"]


def test_after_a_stop_at_the_first_failure_the_others_have_their_turn(city: Path) -> None:
    first = min((city.parent / "books").iterdir()) / "2022" / "accounts.xlsx"
    first.write_bytes(b"PK torn")
    assert made(city, keep_going=False)["counts"] == {"done": 0, "skipped": 0, "failed": 1, "left": 1}
    assert sorted(reports(city)["status"]) == ["failed", "left"]
    again = made(city, keep_going=False, resume=True)
    assert again["counts"] == {"done": 1, "skipped": 0, "failed": 1, "left": 0}


def test_few_reports_need_no_processes_and_what_is_up_to_date_needs_none(city: Path) -> None:
    assert made(city, jobs=0)["jobs"] == 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("juesuan.runs.endings.here", lambda *given: 1 / 0)
        assert made(city, jobs=2, resume=True)["counts"]["skipped"] == 2


def test_what_is_no_address_of_a_scheduler_is_refused_at_once(city: Path) -> None:
    result = CliRunner().invoke(
        main, ["batch", str(city), "--out", str(city.parent / "out"), "--scheduler", "nonsense"]
    )
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert "不是 Dask 调度器的地址" in result.output


def test_reports_that_were_being_made_when_the_batch_is_broken_off_are_recorded(city: Path) -> None:
    late: list[Any] = []
    tasks = plan(str(city)).tasks
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        records = on_dask(client, tasks, str(city.parent / "out"), False, late)
        _, first = next(records)
        records.close()  # type: ignore[attr-defined]
    assert {first["department"], *(record["department"] for _, record in late)} == {
        t.department for t in tasks
    }


def test_with_several_workers_the_first_failure_stops_what_has_not_begun(tmp_path: Path) -> None:
    names = books(tmp_path / "books", 20)
    for name in names[:2]:
        (tmp_path / "books" / name / "2022" / "accounts.xlsx").write_bytes(b"PK torn")
    counts = made(listed(tmp_path, names), jobs=2, keep_going=False)["counts"]
    assert counts["failed"] >= 1
    assert counts["left"] >= 12
    assert sum(counts.values()) == 20
    # A second batch in this process finds the prepared process of the first one.
    assert made(listed(tmp_path, names), jobs=2)["counts"] == {
        "done": 18,
        "skipped": 0,
        "failed": 2,
        "left": 0,
    }


def test_ctrl_c_with_several_workers_calls_off_what_has_not_begun(tmp_path: Path) -> None:
    path, out = listed(tmp_path, books(tmp_path / "books", 30)), tmp_path / "out"
    program = subprocess.Popen(
        typed(path, "--out", out, "--jobs", "2", "--quiet"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=hear_ctrl_c,
    )  # fmt: skip
    assert soon(lambda: len(list(out.glob("*/*/report.run.json"))) >= 2, 90)
    os.kill(program.pid, signal.SIGINT)
    said = program.communicate(timeout=60)[0].decode()
    assert program.returncode == 130, said
    counts = run_json(out)["counts"]
    assert counts["left"] >= 15
    assert counts["done"] == len(list(out.glob("*/*/report.run.json"))), "what was published is recorded"
    statuses = pd.read_parquet(out / "dataset/reports.parquet")["status"].value_counts().to_dict()
    assert statuses == {"done": counts["done"], "left": counts["left"]}


def test_a_document_of_another_year_is_no_report_of_this_one(city: Path) -> None:
    names = sorted(p.name for p in (city.parent / "books").iterdir())
    (city.parent / "books" / names[0] / "2022").rename(city.parent / "books" / names[0] / "2023")
    chapters: list[dict[str, Any]] = [{"department": names[0], "years": 2023}, {"department": names[1]}]
    result = made(listed(city.parent, names, parts=[{"chapters": chapters}]))
    (told,) = (r["error"] for r in result["reports"] if r["status"] == "failed")
    assert "清单写的是 2023 年度，文件是 2022 年度" in told
    assert sorted(zip(reports(city)["year"], reports(city)["status"], strict=True)) == [
        (2022, "done"),
        (2023, "failed"),
    ]


def test_a_pattern_that_matches_nothing_is_refused(city: Path) -> None:
    name = min(p.name for p in (city.parent / "books").iterdir())
    result = CliRunner().invoke(main, ["batch", str(city), "--only", name, "--only", "财政局", "--list"])
    assert (result.exit_code, "参数 only（财政局）：没有一项符合" in result.output) == (2, True)


def test_a_workbook_of_another_year_beside_its_inputs_is_refused(city: Path) -> None:
    """The folder and disclosure.yml say 2023, every table of the workbook says 2022."""
    names = sorted(p.name for p in (city.parent / "books").iterdir())
    folder = (city.parent / "books" / names[0] / "2022").rename(city.parent / "books" / names[0] / "2023")
    inputs = folder / "disclosure.yml"
    inputs.write_text(
        inputs.read_text("utf-8").replace("year: '2022'", "year: '2023'").replace("year: 2022", "year: 2023"),
        "utf-8",
    )
    assert "2023" in inputs.read_text("utf-8")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert done.exit_code == 2
    assert re.search(r"disclosure\.yml 的“year”：写的是“2023”，表上写的都是“2022”（\d+ 处", done.output)


@pytest.mark.parametrize("seconds", [1.5, 2.5, 3.5])
def test_ctrl_c_is_heard_while_the_workers_start(tmp_path: Path, seconds: float) -> None:
    path, out = listed(tmp_path, books(tmp_path / "books", 40)), tmp_path / "out"
    program = subprocess.Popen(
        typed(path, "--out", out, "--jobs", "2", "--quiet"), stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        preexec_fn=hear_ctrl_c, start_new_session=True,
    )  # fmt: skip
    time.sleep(seconds)
    os.killpg(program.pid, signal.SIGINT)
    said = program.communicate(timeout=60)[0].decode()
    assert program.returncode == 130, said
    assert "Traceback" not in said
