"""What docs/batch.zh-CN.md and docs/schedules.zh-CN.md tell to type is typed here, and does what they say."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import zipfile
from pathlib import Path

import duckdb
import pytest
from click.testing import CliRunner, Result

from batches import run_json
from juesuan.cli import main
from juesuan.runs.runlist import Chapter, RunList
from scheduling import ROOT, at_home, commands, damage, environment, fenced, fill, project, webhook

BATCH, SCHEDULES = "docs/batch.zh-CN.md", "docs/schedules.zh-CN.md"
# What cannot be typed here, and why.
ELSEWHERE = {
    "make setup": "installs over the network",
    ".venv/bin/juesuan batch list.yml --out s3:": "needs a bucket and s3fs; test_dask.py writes to another address",
    "crontab": "needs cron; test_schedules.py runs the line",
    "sudo ": "needs systemd and root; test_schedules.py runs what the units start",
    "systemctl ": "needs systemd",
    "journalctl ": "needs systemd",
    ".venv/bin/pip install": "installs over the network",
    "pip install apache-airflow": "installs Airflow over the network",
    'cp docs/schedules/juesuan_dag.py "$AIRFLOW_HOME': "needs Airflow; test_airflow.py runs the DAG's steps",
    "airflow ": "needs Airflow",
}
# What other tests type.
ELSEHOW = {
    ".venv/bin/jupyter lab": "test_jupyter_scheduler.py",
    ".venv/bin/jupyter nbconvert --to juesuan out/jobs": "test_jupyter_scheduler.py",
    "sh docs/schedules/dask.sh": "test_schedules.py",
}
ON_FAIL = "--on-fail "


def typed(document: str) -> list[str]:
    """The commands that are to be typed here."""
    return [c for c in commands(document) if not c.startswith((*ELSEWHERE, *ELSEHOW))]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the accounts that the lists of the document speak of."""
    folder = tmp_path_factory.mktemp("srv") / "juesuan"
    lists = []
    for number, text in enumerate(fenced(BATCH, "yaml")):
        lists.append(folder.parent / f"list-{number}.yml")
        lists[-1].write_text(at_home(text, folder), "utf-8")
    project(folder, *lists)
    for path in lists[1:]:
        shutil.copy(path, folder)
    before = folder.parent / "before.yml"
    before.write_text("years: 2023\nparts: [{chapters: [{department: 教育局}]}]", "utf-8")
    fill(folder, before)
    with zipfile.ZipFile(folder / "received.zip", "w") as archive:
        for file in (folder / "data").rglob("教育局/2024/*.*"):
            archive.write(file, file.relative_to(folder / "data"))
    return folder


def juesuan(command: str, home: Path) -> Result:
    """A `juesuan` command of the document, one report at a time."""
    words = shlex.split(at_home(command, home))
    assert words[0] == ".venv/bin/juesuan"
    alone = ["--jobs", "1", "--quiet"] if words[1] == "batch" and "--list" not in words else []
    return CliRunner().invoke(main, [*words[1:], *alone])


@pytest.fixture(scope="module")
def said(home: Path) -> dict[str, Result]:
    """Every command of the batch's document, one after another."""
    before = Path.cwd()
    os.chdir(home)
    try:
        return {command: juesuan(command, home) for command in typed(BATCH)}
    finally:
        os.chdir(before)


def test_every_command_of_the_document_does_its_work(said: dict[str, Result], home: Path) -> None:
    assert {command: r.exit_code for command, r in said.items()} == dict.fromkeys(said, 0)
    assert len(said) == 12
    outputs = {command: r.output for command, r in said.items()}
    assert all("共 " in text for command, text in outputs.items() if "--list" in command)
    again = next(text for command, text in outputs.items() if "out/try --resume" in command)
    assert "完成 0，跳过（未变） 2，失败 0" in again
    only = next(text for command, text in outputs.items() if "--only" in command)
    assert "共 2 份：完成 2" in only
    assert (home / "out/audit/教育局/2024/audit.csv").exists()
    assert {f.name for f in (home / "out/shared/教育局/2024").iterdir()} >= {"report.html", "report.run.json"}


def test_the_outputs_lie_where_the_document_says(said: dict[str, Result], home: Path) -> None:
    (tree,) = fenced(BATCH, "text")
    named = [line.split()[0] for line in tree.splitlines()[1:]]
    assert len(named) == 10
    for name in named:
        assert (home / "out" / name.rstrip("…")).exists(), name


def test_the_lists_of_the_document_are_good(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    assert CliRunner().invoke(main, ["batch", "list.yml", "--list"]).exit_code == 0
    others = sorted(path.name for path in home.glob("list-*.yml"))
    assert len(others) == 2
    for name in others:
        told = ["batch", name, "--out", str(tmp_path / name), "--jobs", "1", "--quiet"]
        done = CliRunner().invoke(main, told)
        assert done.exit_code == 0, done.output
    assert run_json(tmp_path / others[0])["reports"][0]["page"] == "教育局/2024/audit.html"
    # An archive on this machine, and its year before is not found.
    assert not [n for n in run_json(tmp_path / others[1])["reports"][0]["inputs"] if n.startswith("2023/")]
    assert [n for n in run_json(home / "out/try")["reports"][0]["inputs"] if n.startswith("2023/")]


def test_a_failure_is_as_the_document_says(said: dict[str, Result], home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(home, tmp_path / "juesuan", symlinks=True))
    damage(folder, "教育局/2024")
    text = (folder / "list.yml").read_text("utf-8")
    assert (folder / "out/统计局/2024/report.xlsx").exists()
    (folder / "list.yml").write_text(re.sub(r" +- department: 统计局\n +years: .*\n", "", text), "utf-8")
    command = (
        ".venv/bin/juesuan batch list.yml --resume --jobs 1 --quiet --only '*/report' --on-fail 'exit 3'"
    )
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "--on-fail 的命令以 3 结束" in done.stderr
    assert run_json(folder / "out")["counts"] == {"done": 0, "skipped": 1, "failed": 1, "left": 0}
    place = folder / "out/教育局/2024"
    assert "本报告没有做完" in (place / "report.html").read_text("utf-8")
    assert not (place / "report.xlsx").exists()
    rows = f"SELECT DISTINCT page FROM '{folder}/out/dataset/reports.parquet'"
    assert {page for (page,) in duckdb.sql(rows).fetchall()} == {
        "教育局/2024/report.html", "甲县/教育局/2024/report.html",
    }  # fmt: skip
    assert (folder / "out/统计局/2024/report.html").exists()


def test_the_document_names_every_option_and_key() -> None:
    text = (ROOT / BATCH).read_text("utf-8")
    rows = set(
        re.findall(r"`(--[a-z-]+)[^`]*`", "\n".join(row for row in text.splitlines() if row[:1] == "|"))
    )
    known = {
        name for option in main.commands["batch"].params for name in (*option.opts, *option.secondary_opts)
    }
    assert rows == {name for name in known if name.startswith("--")}
    keys = set(re.findall(r"`([a-z]+)`", "\n".join(row for row in text.splitlines() if row[:2] == "| ")))
    assert set(Chapter.model_fields) <= keys
    assert set(RunList.model_fields) - set(Chapter.model_fields) == {"title", "parts"}


def test_every_command_about_schedules_is_typed_somewhere(home: Path, tmp_path: Path) -> None:
    assert all(
        any(c.startswith(p) for d in (BATCH, SCHEDULES) for c in commands(d))
        for p in {**ELSEWHERE, **ELSEHOW}
    )
    here = [c for c in typed(SCHEDULES) if ON_FAIL not in c]
    assert [shlex.split(c)[0].rpartition("/")[2] for c in here] == ["python", "papermill", "jupyter"]
    env = environment(HOME=str(tmp_path), JUPYTER_PLATFORM_DIRS="0")
    for command in here:
        done = subprocess.run(
            command, shell=True, cwd=home, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert "忻州市社会保险中心" in (home / "out/report.html").read_text("utf-8")
    (spec,) = tmp_path.rglob("kernels/juesuan/kernel.json")
    assert json.loads(spec.read_text())["argv"][0] == f"{home}/.venv/bin/python"


def test_the_commands_for_failures_tell_somebody(home: Path, tmp_path: Path) -> None:
    given = [c for c in typed(SCHEDULES) if ON_FAIL in c]
    assert len(given) == 3
    # A stand-in for the machine's mail.
    (tmp_path / "mail").write_text(f'#!/bin/sh\n{{ echo "$@"; cat; }} > {tmp_path}/mailed\n')
    (tmp_path / "mail").chmod(0o755)
    known = {
        "JUESUAN_FAILED": "1",
        "JUESUAN_ERRORS": "教育局 2024：文件已损坏",
        "JUESUAN_RUN": "out/run.json",
    }
    with webhook() as (address, heard):
        env = environment(PATH=f"{tmp_path}:{os.environ['PATH']}", WEBHOOK=address, **known)
        for command in given:
            told = command.partition(ON_FAIL)[2].strip("'")
            local = re.sub(r"http://10[\d.]+:\d+/notice", address, told)
            done = subprocess.run(
                local, shell=True, cwd=home, env=env, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
    assert (tmp_path / "mailed").read_text("utf-8") == (
        "-s 决算报告失败 1 份 finance@example.com\n教育局 2024：文件已损坏\n"
    )
    assert heard[0]["form"]["text"] == ["教育局 2024：文件已损坏"]
    assert "教育局 2024：文件已损坏" in heard[1]["text"]["content"]
