"""What must not go wrong around a batch: other disks, other batches, odd lists, a part that was spoilt."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import distributed
import pandas as pd
import pytest
import yaml
from bs4 import BeautifulSoup
from click.testing import CliRunner

from batches import QUICK, books, notebook
from juesuan.cli import main
from juesuan.runs import Order, Plan, chosen, plan, run, workers
from juesuan.runs.workers import on_dask


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A run list of two departments with a short notebook."""
    return listed(tmp_path, books(tmp_path / "books", 2))


def listed(folder: Path, names: list[str], **more: Any) -> Path:
    quick = notebook(folder / "report.ipynb", *QUICK)
    chapters = [{"department": name} for name in names]
    said = {"data": "books", "years": 2022, "notebook": quick, "parts": [{"chapters": chapters}], **more}
    (folder / "list.yml").write_text(yaml.safe_dump(said, allow_unicode=True), encoding="utf-8")
    return folder / "list.yml"


def made(path: Path, planned: Plan | None = None, **given: Any) -> dict[str, Any]:
    order = Order(str(path), str(path.parent / "out"), progress=False, **given)
    return run(planned or plan(str(path)), order)


def reports(path: Path) -> pd.DataFrame:
    return pd.read_parquet(path.parent / "out/dataset/reports.parquet")


def test_the_output_may_be_on_another_disk(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Path("/dev/shm").stat().st_dev != city.stat().st_dev
    monkeypatch.setattr(tempfile, "tempdir", "/dev/shm")
    result = made(city)
    assert (result["counts"]["done"], result["notices"]) == (2, [])
    assert (city.parent / "out/index.html").is_file()


def test_whatever_becomes_of_the_index_the_run_is_told(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("juesuan.runs.gather.index", lambda work, title: 1 / 0)
    result = CliRunner().invoke(
        main, ["batch", str(city), "--out", str(city.parent / "out"), "--jobs", "1", "--quiet"]
    )
    assert result.exit_code == 1
    assert "总览没有做成，index.html 没有更新：ZeroDivisionError" in result.output
    assert (city.parent / "out/run.json").is_file()
    assert len(reports(city)) == 2


def test_a_report_that_is_given_up_leaves_no_old_success(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = made(city)

    def lost(*given: object) -> dict[str, Any]:
        raise OSError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(workers, "run_one", lost)
        result = made(city)
    assert result["counts"]["failed"] == 2
    assert set(reports(city)["status"]) == {"failed"}
    for record in first["reports"]:
        page = BeautifulSoup((city.parent / "out" / record["page"]).read_text("utf-8"), "html.parser")
        assert "no space" in page.select_one("div.failed").text  # type: ignore[union-attr]
    assert not list((city.parent / "out/dataset/parts").rglob("facts.parquet"))
    assert made(city, resume=True)["counts"]["done"] == 2


def test_a_spoilt_part_is_made_again(city: Path) -> None:
    made(city)
    part = next((city.parent / "out/dataset/parts").rglob("facts.parquet"))
    part.write_bytes(b"spoilt")
    assert made(city, resume=True)["counts"] == {"done": 1, "skipped": 1, "failed": 0, "left": 0}
    assert set(reports(city)["status"]) == {"done"}


def test_a_second_notebook_alone_is_no_failure_of_the_first(city: Path) -> None:
    shutil.copy(city.parent / "report.ipynb", city.parent / "second.ipynb")
    names = [p.name for p in (city.parent / "books").iterdir()]
    chapters = [c for n in names for c in ({"department": n}, {"department": n, "notebook": "second.ipynb"})]
    listed(city.parent, names, parts=[{"chapters": chapters}])
    planned = plan(str(city))
    order = Order(str(city), str(city.parent / "out"), progress=False)
    result = run(planned, order, chosen(planned.tasks, ["*/second"]))
    assert (result["counts"]["done"], result["notices"]) == (2, [])
    assert list(reports(city)["status"]) == ["left", "left"]
    run(planned, order, chosen(planned.tasks, ["*/report"]))
    assert list(reports(city)["status"]) == ["done", "done"]
    assert list(reports(city)["others"]) == ["second=done:0", "second=done:0"]
    index = BeautifulSoup((city.parent / "out/index.html").read_text("utf-8"), "lxml")
    links = {str(a["href"]) for a in index.select("table.matrix a")}
    assert links == {f"{name}/2022/{n}.html" for name in names for n in ("report", "second")}
    for link in links:
        page = BeautifulSoup((city.parent / "out" / link).read_text("utf-8"), "lxml")
        (home,) = page.select(".home a")
        assert (city.parent / "out" / link).parent.joinpath(
            str(home["href"])
        ).resolve() == city.parent / "out/index.html"


def test_two_batches_on_one_scheduler_keep_apart(city: Path) -> None:
    tasks = plan(str(city)).tasks
    with (
        distributed.LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None) as local,
        distributed.Client(local, set_as_default=False) as one,
        distributed.Client(local, set_as_default=False) as two,
    ):
        outs = [str(city.parent / name) for name in ("one", "two")]
        both = [on_dask(client, tasks, out, False, []) for client, out in zip((one, two), outs, strict=True)]
        ended = [[record["status"] for _, record in each] for each in both]
    assert ended == [["done", "done"], ["done", "done"]]
    for out in outs:
        assert len(list(Path(out).glob("*/2022/report.html"))) == 2


def test_workers_of_another_version_are_refused(city: Path) -> None:
    class Other:
        def run(self, called: object) -> dict[str, str]:
            return {"tcp://10.0.0.5:1": "0.0.1+other"}

    with pytest.raises(Exception, match="请安装同一个版本并重启 worker"):
        next(on_dask(Other(), plan(str(city)).tasks, "", False, []))


def test_an_output_folder_inside_is_not_read_as_departments(city: Path) -> None:
    books_ = city.parent / "books"
    before = [task.id for task in plan(str(books_)).tasks]
    run(plan(str(city)), Order(str(city), str(books_ / "out"), progress=False))
    assert [task.id for task in plan(str(books_)).tasks] == before


def test_options_for_folders_are_not_swallowed_with_a_list(city: Path) -> None:
    result = CliRunner().invoke(main, ["batch", str(city), "--audience", "reader", "--list"])
    assert (result.exit_code, "只用于文件夹" in result.output) == (2, True)


def test_a_readers_page_of_a_failure_names_no_file(city: Path) -> None:
    listed(city.parent, [p.name for p in (city.parent / "books").iterdir()], audience="reader")
    for book in (city.parent / "books").rglob("accounts.xlsx"):
        book.write_bytes(b"PK torn")
    for record in made(city)["reports"]:
        assert "accounts.xlsx" in record["error"]
        page = (city.parent / "out" / record["page"]).read_text("utf-8")
        assert "没有做完" in page
        assert "accounts.xlsx" not in page
        assert str(city.parent) not in page
        assert "index.html" not in page
