"""How a notebook of this house looks."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
TAGS = {"parameters", "hide-input", "hide-output", "remove-cell"}
TYPES = {"str": str, "int": int, "float": float, "bool": bool, "list[str]": list}

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)


def notebook(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def cells(path: Path, kind: str = "code") -> list[dict[str, Any]]:
    return [c | {"source": "".join(c["source"])} for c in notebook(path)["cells"] if c["cell_type"] == kind]


def tags(cell: dict[str, Any]) -> list[str]:
    return list(cell["metadata"].get("tags", []))


def test_nothing_is_stored_but_the_kernel(path: Path) -> None:
    assert all(c["outputs"] == [] and c["execution_count"] is None for c in cells(path))
    kernel = notebook(path)["metadata"]["kernelspec"]
    assert (kernel["name"], kernel["language"]) == ("python3", "python")


def test_the_file_name_is_ascii_and_the_title_chinese(path: Path) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_-]*\.ipynb", path.name)
    first = notebook(path)["cells"][0]
    assert first["cell_type"] == "markdown"
    assert re.match(r"# .*[\u4e00-\u9fff]", "".join(first["source"]))


def test_one_cell_of_typed_parameters(path: Path) -> None:
    (cell,) = (c for c in cells(path) if "parameters" in tags(c))
    lines = [line for line in cell["source"].splitlines() if line.strip()]
    assert lines
    for line in lines:
        (node,) = ast.parse(line).body
        assert isinstance(node, ast.AnnAssign), line
        assert node.value is not None
        value = ast.literal_eval(node.value)
        assert type(value) is TYPES[ast.unparse(node.annotation)], line
        assert not isinstance(value, list) or all(isinstance(v, str) for v in value)
        assert re.search(r"#.*[\u4e00-\u9fff]", line), f"no Chinese comment: {line}"


def test_code_cells_are_short_and_plain(path: Path) -> None:
    for cell in cells(path):
        assert len(cell["source"].splitlines()) <= 12
        nodes = list(ast.walk(ast.parse(cell["source"])))
        banned = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.Try)
        assert not [n for n in nodes if isinstance(n, banned)], cell["source"]


def test_tags_are_known(path: Path) -> None:
    used = {tag for c in notebook(path)["cells"] for tag in tags(c)}
    assert used <= TAGS


def test_headings_go_down_one_level_at_a_time(path: Path) -> None:
    lines = [line for c in cells(path, "markdown") for line in c["source"].splitlines()]
    levels = [len(m[1]) for line in lines if (m := re.match(r"(#+) ", line))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:], strict=False))
