"""A batch with departments that fail: the others are done, each failure is told, a second run mends them alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from batches import batch, city, run_json
from juesuan.runs.alone import alone
from juesuan.sample import Order, write_samples


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, str, int]:
    """The city's list, its outputs, what was said, and the exit code."""
    folder = tmp_path_factory.mktemp("city")
    path, out = city(folder), folder / "out"
    fail = f'echo "$JUESUAN_FAILED $JUESUAN_RUN" > {folder}/told; echo "$JUESUAN_ERRORS" >> {folder}/told'
    done = batch(path, "--out", out, "--jobs", "1", "--on-fail", fail)
    return path, out, done.stdout + done.stderr, done.returncode


def test_the_others_go_on_and_the_exit_code_is_1(ran: tuple[Path, Path, str, int]) -> None:
    _, out, said, code = ran
    made = run_json(out)
    assert code == 1
    assert made["counts"] == {"done": 3, "skipped": 0, "failed": 3, "left": 0}
    assert "完成 3，跳过（未变） 0，失败 3" in said
    errors = [r["error"] for r in made["reports"] if r["status"] == "failed"]
    assert len([line for line in said.splitlines() if line.startswith("失败　") and ".html" in line]) == 3
    assert "accounts.xlsx" in errors[0]
    assert "秒的时限" in errors[1]
    assert "多半是内存不足" in errors[2]


def test_every_department_has_a_page_and_a_failed_one_says_so(ran: tuple[Path, Path, str, int]) -> None:
    _, out, _, _ = ran
    for record in run_json(out)["reports"]:
        page = BeautifulSoup((out / record["page"]).read_text(encoding="utf-8"), "html.parser")
        banner = page.select_one("div.failed")
        assert (banner is not None) == (record["status"] == "failed")
        if banner is not None:
            assert record["error"] in banner.text
            # The damaged one had nothing to show yet; the others keep what they had got.
            assert ("收入总计" in page.text) == ("accounts.xlsx" not in record["error"])


def test_the_run_says_what_it_was_made_from(ran: tuple[Path, Path, str, int]) -> None:
    _, out, _, _ = ran
    made = run_json(out)
    done = next(r for r in made["reports"] if r["status"] == "done")
    assert set(done["inputs"]) == {"accounts.xlsx", "disclosure.yml", "source.yml"}
    assert done["parameters"]["accounts"].startswith("books/")
    assert {"inputs", "notebook", "page", "total"} <= set(done["seconds"])
    assert (
        done["verdicts"]["total"] == sum(n for name, n in done["verdicts"].items() if name != "total") > 300
    )
    assert made["verdicts"]["total"] == sum(r["verdicts"].get("total", 0) for r in made["reports"])
    assert {"juesuan", "papermill", "nbconvert", "python"} <= set(made["tools"])


def test_the_dataset_holds_the_done_and_names_the_failed(ran: tuple[Path, Path, str, int]) -> None:
    _, out, _, _ = ran
    reports = pd.read_parquet(out / "dataset/reports.parquet")
    assert reports["status"].value_counts().to_dict() == {"done": 3, "failed": 3}
    assert all((out / page).is_file() for page in reports["page"])
    facts = pd.read_parquet(out / "dataset/facts.parquet", columns=["department"])
    assert set(facts["department"]) == set(reports[reports["status"] == "done"]["department"])


def test_the_command_for_failures_is_told_of_them(ran: tuple[Path, Path, str, int]) -> None:
    path, out, _, _ = ran
    first, *rest = (path.parent / "told").read_text(encoding="utf-8").splitlines()
    assert first == f"3 {out}/run.json"
    assert len(rest) == 3


def test_nothing_unfinished_is_left_in_the_output(ran: tuple[Path, Path, str, int]) -> None:
    _, out, _, _ = ran
    assert not list(out.rglob(".*"))
    assert not list(out.rglob("*.part"))


def test_after_the_mend_only_the_failed_are_run(ran: tuple[Path, Path, str, int], tmp_path: Path) -> None:
    path, out, _, _ = ran
    mended = tmp_path / "city"
    shutil.copytree(path.parent, mended)
    for record in run_json(out)["reports"]:
        if "accounts.xlsx" in record["error"]:
            whole = write_samples(
                Order("national", 1, (2022,), 9), tmp_path / "whole", ["xlsx"], progress=False
            )
            shutil.copy(whole[0] / "accounts.xlsx", mended / "books" / record["department"] / "2022")
    for name in ("hang", "dies"):
        nb = nbformat.read(mended / f"{name}.ipynb", as_version=4)
        nb.cells[-1].source = "'mended'"
        nbformat.write(nb, mended / f"{name}.ipynb")
    text = (mended / "list.yml").read_text(encoding="utf-8").replace(str(path.parent), str(mended))
    (mended / "list.yml").write_text(text, encoding="utf-8")
    done = batch(mended / "list.yml", "--out", mended / "out", "--jobs", "1", "--resume")
    assert run_json(mended / "out")["counts"] == {"done": 3, "skipped": 3, "failed": 0, "left": 0}
    assert done.returncode == 0
    assert len(pd.read_parquet(mended / "out/dataset/reports.parquet").query("status == 'done'")) == 6
    # Now everything is up to date, until an input, the notebook or a page changes.
    names = sorted(p.name for p in (mended / "books").iterdir())
    with (mended / "books" / names[0] / "2022" / "disclosure.yml").open("a", encoding="utf-8") as file:
        file.write("# 改过\n")
    (mended / "out" / names[1] / "2022" / "report.html").unlink()
    batch(mended / "list.yml", "--out", mended / "out", "--jobs", "1", "--resume")
    again = run_json(mended / "out")
    assert [r["department"] for r in again["reports"] if r["status"] == "done"] == names[:2]
    assert again["counts"]["skipped"] == 4


def test_some_departments_alone_leave_the_dataset_whole(ran: tuple[Path, Path, str, int]) -> None:
    path, out, _, _ = ran
    name = run_json(out)["reports"][0]["department"]
    before = pd.read_parquet(out / "dataset/reports.parquet")
    batch(path, "--out", out, "--jobs", "1", "--only", name)
    assert run_json(out)["counts"]["done"] == 1
    after = pd.read_parquet(out / "dataset/reports.parquet")
    assert list(after["department"]) == list(before["department"])


def test_the_first_failure_ends_it_where_that_is_asked_for(tmp_path: Path) -> None:
    path = city(tmp_path)
    done = batch(path, "--out", tmp_path / "out", "--jobs", "1", "--fail-fast")
    assert done.returncode == 1
    assert run_json(tmp_path / "out")["counts"] == {"done": 3, "skipped": 0, "failed": 1, "left": 2}


def test_two_batches_never_write_one_folder(tmp_path: Path) -> None:
    path = city(tmp_path)
    with alone(str(tmp_path / "out")):
        refused = batch(path, "--out", tmp_path / "out", "--jobs", "1")
    assert refused.returncode == 2
    assert "另一个 juesuan batch 正在写这个文件夹" in refused.stderr
    assert list((tmp_path / "out").iterdir()) == []
