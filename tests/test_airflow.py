"""The example DAG: what it gives Airflow's operators, and that a report comes of it.

Airflow itself is too large for these tests; stand-ins record what the file gives it.
"""

from __future__ import annotations

import runpy
import shlex
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from juesuan.runs.plan import parameters
from scheduling import EXAMPLES, project, shell, webhook


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the accounts of the example's run list."""
    return project(tmp_path_factory.mktemp("srv") / "juesuan", EXAMPLES / "list.yml")


class Recorded:
    """Stands in for Airflow's DAG and operators: keeps what it was given and what comes after it."""

    made: list[Recorded] = []
    defaults: dict[str, Any] = {}

    def __init__(self, *given: str, **arguments: Any) -> None:
        self.kind, self.arguments, self.after = type(self).__name__, arguments, []
        self.arguments |= {"dag_id": given[0]} if given else {}
        Recorded.made.append(self)

    def __enter__(self) -> None:
        Recorded.defaults = self.arguments["default_args"]

    def __exit__(self, *_: object) -> None:
        pass

    def __rshift__(self, other: Recorded) -> Recorded:
        self.after.append(other)
        return other


@pytest.fixture
def dags(home: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The DAG file executed without Airflow, which is too large for these tests: stand-ins take its arguments."""
    for name, kind in (
        ("airflow.sdk", "DAG"),
        ("airflow.providers.papermill.operators.papermill", "PapermillOperator"),
        ("airflow.providers.standard.operators.bash", "BashOperator"),
    ):
        module = types.ModuleType(name)
        setattr(module, kind, type(kind, (Recorded,), {}))
        monkeypatch.setitem(sys.modules, name, module)
    monkeypatch.setenv("JUESUAN_HOME", str(home))
    monkeypatch.setattr(Recorded, "made", [])
    return runpy.run_path(str(EXAMPLES / "juesuan_dag.py"))


def test_the_dag_gives_the_notebook_what_it_knows(home: Path, dags: dict[str, Any]) -> None:
    by_kind = {kind: [m for m in Recorded.made if m.kind == kind] for kind in ("DAG", "PapermillOperator")}
    assert [dag.arguments["dag_id"] for dag in by_kind["DAG"]] == ["juesuan_reports", "juesuan_batch"]
    assert Recorded.defaults["on_failure_callback"] is dags["tell"]
    # 市直/教育局 and 市直/统计局 of 2024: the file of the third is no folder.
    reports = by_kind["PapermillOperator"]
    assert len(reports) == len({m.arguments["task_id"] for m in reports}) == 2
    for each in reports:
        notebook, given = each.arguments["input_nb"], each.arguments["parameters"]
        assert set(given) <= set(parameters(notebook))
        assert Path(given["accounts"]).is_absolute()
        assert Path(given["accounts"]).is_dir()
        # Chinese identifiers break what Airflow 3 sends about tasks.
        assert each.arguments["task_id"].isascii()
        (page,) = each.after
        assert each.arguments["output_nb"] in page.arguments["bash_command"]
    assert shlex.split(Recorded.made[-1].arguments["bash_command"])[:3] == [
        ".venv/bin/juesuan",
        "batch",
        "list.yml",
    ]
    assert Recorded.made[-1].arguments["cwd"] == str(home)


def test_a_task_of_the_dag_makes_its_report_and_tells_of_its_failure(
    home: Path, dags: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import papermill

    task = types.SimpleNamespace(task_display_name="市直/教育局 报告")
    with webhook() as (address, heard):
        monkeypatch.setenv("WEBHOOK", address)
        dags["tell"]({"task": task, "exception": ValueError("经过\nJuesuanError: 文件已损坏")})
    assert "市直/教育局 报告：JuesuanError: 文件已损坏\n" in heard[0]["text"]["content"]
    install = [sys.executable, "-m", "ipykernel", "install", "--prefix", str(tmp_path), "--name", "juesuan"]
    subprocess.run(install, check=True, capture_output=True)
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "share/jupyter"))
    # Airflow's worker is in a folder of its own.
    monkeypatch.chdir(tmp_path)
    folder, report, page = next(
        [m, *m.after, *m.after[0].after]
        for m in Recorded.made
        if "统计局" in m.arguments.get("bash_command", "")
    )
    shell(folder.arguments["bash_command"], tmp_path)
    asked = {name: report.arguments[name] for name in ("parameters", "kernel_name")}
    # As the operator calls it.
    papermill.execute_notebook(
        report.arguments["input_nb"],
        report.arguments["output_nb"],
        progress_bar=False,
        report_mode=True,
        **asked,
    )
    shell(page.arguments["bash_command"], tmp_path)
    made = Path(report.arguments["output_nb"]).with_suffix(".html")
    assert "收入总计" in made.read_text(encoding="utf-8")
