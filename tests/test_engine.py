"""The warm engine beside papermill's own: the same notebooks, the same outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from kinds import ENDS, RUNS, comparable, executed, written


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict, dict, Path]:
    """All kinds of cell, run by both."""
    folder = tmp_path_factory.mktemp("kinds")
    source = written(folder / "in.ipynb", *RUNS.values())
    made = [
        executed(source, folder / f"{name}.ipynb", engine)
        for name, engine in (("plain", None), ("warm", "juesuan"))
    ]
    plain, warm = (comparable(nb) for nb in made)
    return plain, warm, folder


@pytest.mark.parametrize("kind", RUNS)
def test_a_cell_gives_what_it_gives_with_papermill(kind: str, both: tuple[dict, dict, Path]) -> None:
    plain, warm, _ = both
    number = list(RUNS).index(kind) + 1
    assert warm["cells"][number] == plain["cells"][number]


def test_the_comparison_sees_outputs(both: tuple[dict, dict, Path]) -> None:
    plain, _, _ = both
    silent = {"nothing", "magic", "exit hook"}
    shown = {kind for kind, cell in zip(RUNS, plain["cells"][1:], strict=True) if cell["outputs"]}
    assert shown == set(RUNS) - silent
    pictures = [c for c in plain["cells"] if any("image/png" in o for o in c["outputs"])]
    assert len(pictures) == 5


def test_the_rest_of_the_notebook_is_the_same_too(both: tuple[dict, dict, Path]) -> None:
    plain, warm, _ = both
    assert warm["metadata"] == plain["metadata"]
    assert [c["status"] for c in warm["cells"]] == ["completed"] * len(warm["cells"])


def test_exit_functions_run(both: tuple[dict, dict, Path]) -> None:
    _, _, folder = both
    assert [(folder / f"{name}.left").read_text() for name in ("plain", "warm")] == ["left", "left"]


@pytest.mark.parametrize("kind", ENDS)
def test_a_failure_is_told_as_papermill_tells_it(kind: str, tmp_path: Path) -> None:
    source = written(tmp_path / "in.ipynb", "print('before')", ENDS[kind], "print('never')")
    plain, warm = (
        comparable(executed(source, tmp_path / f"{name}.ipynb", engine))
        for name, engine in (("plain", None), ("warm", "juesuan"))
    )
    assert warm == plain
    assert not any("never" in o for c in warm["cells"] for o in c["outputs"])


def test_values_are_written_as_they_were_typed(tmp_path: Path) -> None:
    source = written(tmp_path / "in.ipynb", "exit_file")
    typed = {"exit_file": "数据/“三公”\\经费's\n", "more": {"年度": [2021, None, True, 1.5]}}
    done = executed(source, tmp_path / "out.ipynb", "juesuan", parameters=typed)
    injected = next(c.source for c in done.cells if "injected-parameters" in c.metadata.get("tags", []))
    assert "数据/“三公”" in injected
    assert "\\u" not in injected
    names: dict[str, object] = {}
    exec(injected, names)
    assert {name: names[name] for name in typed} == typed
