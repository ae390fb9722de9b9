"""jupyter-scheduler runs the report notebook as the document says: through its server, without a browser."""

from __future__ import annotations

import datetime
import json
import os
import re
import shlex
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest

from batches import alive, descendants, soon
from juesuan.readers import open_accounts
from scheduling import ROOT, SRV, at_home, commands, environment, project

DOCUMENT = "docs/schedules.zh-CN.md"
# The folders below data/ that the parameters typed in the tests name.
EXAMPLE, SEED = "data/example/2024", "data/xinzhou-shebao/2021"
# A job that has not begun is called STOPPED.
ENDED = {"COMPLETED", "FAILED"}
Call = Callable[..., Any]


def documented(start: str) -> list[str]:
    """The one command of the document that starts so."""
    (command,) = [line for line in commands(DOCUMENT) if line.startswith(start)]
    return shlex.split(command)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with generated accounts."""
    folder = project(tmp_path_factory.mktemp("srv") / "juesuan")
    (folder / "data/example").symlink_to(ROOT / "data/example")
    return folder


@pytest.fixture(scope="module")
def call(home: Path) -> Iterator[Call]:
    """The server as the document starts it, here without a browser; asks it over REST."""
    port = 40000 + os.getpid() % 10000
    command = [at_home(word, home) for word in documented(".venv/bin/jupyter lab")]
    here = ["--no-browser", "--allow-root", f"--ServerApp.port={port}", "--ServerApp.port_retries=0",
            "--IdentityProvider.token=secret", "--TaskRunner.poll_interval=1"]  # fmt: skip
    env = environment(
        **{f"JUPYTER_{name}_DIR": str(home / f".{name}") for name in ("DATA", "RUNTIME", "CONFIG")}
    )
    with (home / "server.log").open("wb") as log:
        server = subprocess.Popen([*command, *here], cwd=home, env=env, stdout=log, stderr=log)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(path: str, body: dict[str, Any] | None = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/{path}", json.dumps(body).encode() if body is not None else None,
            {"Authorization": "token secret", "Content-Type": "application/json"}, method=method,
        )  # fmt: skip
        with opener.open(request, timeout=30) as answer:
            said = answer.read()
        return json.loads(said) if said else None

    def is_up() -> bool:
        try:
            return bool(ask("api/status"))
        except OSError:
            return False

    assert soon(is_up, 60), (home / "server.log").read_text("utf-8")
    yield ask
    below = descendants(server.pid)
    server.terminate()
    # A server asked to end while something runs would wait for it.
    if not soon(lambda: server.poll() is not None, 20):
        server.kill()
    server.wait()
    assert soon(lambda: not any(map(alive, below)))


def order(name: str, accounts: str) -> dict[str, Any]:
    """What the form sends: the notebook, and a parameter exactly as it is typed."""
    return {
        "name": name, "input_uri": "notebooks/report.ipynb", "runtime_environment_name": "python3",
        "output_formats": ["ipynb"], "parameters": {"accounts": accounts},
    }  # fmt: skip


@pytest.fixture(scope="module")
def definition(call: Call) -> str:
    """A job definition that is due in a moment; the sixth field is the second, so that no minute is waited for."""
    due = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=3)
    when = {"schedule": f"{due.minute} {due.hour} * * * {due.second}", "timezone": "UTC"}
    made = call("scheduler/job_definitions", {**order("nightly", f'"{SEED}"'), **when})
    return str(made["job_definition_id"])


@pytest.fixture(scope="module")
def jobs(definition: str, call: Call, home: Path) -> dict[str, dict[str, Any]]:
    """Four jobs at once: a path from the project's root, a whole one, one without quotes, one that is not there.

    The first is started by its definition, the others at once.
    """
    typed = {"whole": f'"{home}/{EXAMPLE}"', "bare": SEED, "missing": '"data/no/2021"'}
    for name, text in typed.items():
        call("scheduler/jobs", order(name, text))

    def found() -> list[dict[str, Any]]:
        return list(call("scheduler/jobs")["jobs"])

    assert soon(lambda: [job["status"] in ENDED for job in found()] == [True] * 4, 120)
    return {"relative" if job["name"] == "nightly" else job["name"]: job for job in found()}


def executed(call: Call, home: Path, job: dict[str, Any]) -> nbformat.NotebookNode:
    """The notebook of a job, fetched as the download button does."""
    id = job["job_id"]
    call(f"scheduler/jobs/{id}/download_files")
    assert soon(lambda: bool(call(f"scheduler/jobs/{id}")["downloaded"]), 20)
    (file,) = [f for f in call(f"scheduler/jobs/{id}")["job_files"] if f["file_format"] == "ipynb"]
    assert file["file_path"].startswith("out/jobs/report-")
    return nbformat.read(home / file["file_path"], as_version=4)


def shown(nb: nbformat.NotebookNode) -> str:
    return "".join(o.data.get("text/html", "") for c in nb.cells for o in c.get("outputs", []) if "data" in o)


@pytest.mark.parametrize(("name", "folder"), [("relative", SEED), ("whole", EXAMPLE)])
def test_a_job_has_the_figures_of_its_department(
    name: str, folder: str, call: Call, home: Path, jobs: dict[str, dict[str, Any]]
) -> None:
    assert (jobs[name]["status"], jobs[name].get("status_message")) == ("COMPLETED", None)
    dept = open_accounts(ROOT / folder)
    page = re.sub(r"<[^>]+>", "", shown(executed(call, home, jobs[name])))
    assert dept.department in page
    spent = dept.get("T3", "合计", "本年支出合计").text
    assert spent.replace(",", "") in page.replace(",", "")


def test_a_failed_job_says_why(call: Call, home: Path, jobs: dict[str, dict[str, Any]]) -> None:
    assert {jobs[name]["status"] for name in ("bare", "missing")} == {"FAILED"}
    assert "NameError" in jobs["bare"]["status_message"]
    assert "路径 data/no/2021 不存在" in jobs["missing"]["status_message"]
    # The executed copy is kept as far as it came, with the error in it.
    nb = executed(call, home, jobs["missing"])
    assert [o.ename for c in nb.cells for o in c.get("outputs", []) if o.output_type == "error"] == [
        "JuesuanError"
    ]
    # Only the log of the server says more.
    assert "JuesuanError" in (home / "server.log").read_text("utf-8")


def test_the_fetched_notebook_becomes_the_page(
    call: Call, home: Path, jobs: dict[str, dict[str, Any]]
) -> None:
    executed(call, home, jobs["relative"])
    (command,) = [line for line in commands(DOCUMENT) if "nbconvert" in line and "out/jobs" in line]
    subprocess.run(command, shell=True, cwd=home, env=environment(), capture_output=True, check=True)
    pages = list((home / "out/jobs").glob("report-*/report-*.html"))
    assert any("忻州市社会保险中心" in page.read_text("utf-8") for page in pages)


def test_a_definition_starts_its_job_when_it_is_due(
    definition: str, call: Call, jobs: dict[str, dict[str, Any]]
) -> None:
    assert jobs["relative"]["job_definition_id"] == definition
    assert jobs["relative"]["parameters"] == {"accounts": f'"{SEED}"'}
    assert call(f"scheduler/job_definitions/{definition}")["active"]


def test_the_staging_folder_lies_below_the_project() -> None:
    options = dict(word.split("=") for word in documented(".venv/bin/jupyter lab") if "=" in word)
    assert options["--Scheduler.staging_path"].startswith(f"{SRV}/")
