"""House rules as tests that walk the tree: dependencies, layers, size, docstrings, tools."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).parents[1]
SRC = ROOT / "src" / "juesuan"
MODULES = sorted(SRC.rglob("*.py"))
# From the bottom up; parts in one tuple stand side by side.
LAYERS = [
    ("errors",), ("extras", "machine"), ("quantity",), ("wording",), ("classification",), ("layouts",), ("accounts",),
    ("relations",), ("readers", "writers"), ("claims",), ("diagnosis",), ("findings",), ("narrative",), ("publication",), ("sample",), ("engine",),
    ("charts",),
    ("report",), ("overview",), ("juesuan",), ("runs",), ("doctor",), ("cli",), ("__main__",),
]  # fmt: skip
HEIGHT = {part: height for height, parts in enumerate(LAYERS) for part in parts}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def specifiers(lines: list[str]) -> dict[str, SpecifierSet]:
    requirements = [Requirement(line) for line in lines]
    return {r.name.lower().replace("_", "-"): r.specifier for r in requirements}


def test_environment_yml_names_the_same_dependencies() -> None:
    declared = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    (by_pip,) = (entry["pip"] for entry in declared if isinstance(entry, dict))
    conda = specifiers([entry for entry in declared if isinstance(entry, str)])
    assert conda.pop("python") == SpecifierSet(PROJECT["requires-python"])
    conda.pop("pip", None)
    pip = specifiers([line for line in by_pip if not line.startswith("-")])
    assert not set(conda) & set(pip)
    assert conda | pip == specifiers(PROJECT["dependencies"])


def test_constraints_admit_every_floor_and_hold_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    assert "://" not in text
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    pinned: dict[str, set[str]] = {}
    for line in lines:
        requirement = Requirement(line)
        (pin,) = requirement.specifier
        assert pin.operator == "==", line
        pinned.setdefault(requirement.name.lower().replace("_", "-"), set()).add(pin.version)
    extras = PROJECT["optional-dependencies"].values()
    for name, floor in specifiers(
        [*PROJECT["dependencies"], *(line for extra in extras for line in extra)]
    ).items():
        assert pinned.get(name), f"{name} is not pinned"
        assert all(floor.contains(version) for version in pinned[name]), (
            f"{name}: {pinned[name]} against {floor}"
        )


def part_of(dotted: str) -> str:
    """`juesuan.quantity.interval` → quantity; the package itself → juesuan."""
    return (dotted.split(".") + ["juesuan"])[1] if "." in dotted else dotted


def imported(tree: ast.Module) -> Iterator[str]:
    """Parts of the package that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (part_of(alias.name) for alias in node.names if alias.name.split(".")[0] == "juesuan")
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            if node.module == "juesuan":
                yield from (alias.name if alias.name in HEIGHT else "juesuan" for alias in node.names)
            elif node.module and node.module.startswith("juesuan."):
                yield part_of(node.module)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(SRC)))
def test_a_module_keeps_the_house_rules(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    mine = path.relative_to(SRC).parts[0].removesuffix(".py")
    mine = "juesuan" if mine == "__init__" else mine
    assert mine in HEIGHT, f"{mine} has no place in LAYERS"
    for part in imported(tree):
        assert part == mine or HEIGHT[part] < HEIGHT[mine], f"{mine} imports {part}"
    assert len(source.splitlines()) <= 300
    assert ast.get_docstring(tree), "no module docstring"
    assert list(undocumented(tree)) == []


def undocumented(node: ast.AST, inside: str = "") -> Iterator[str]:
    """Public functions, classes and methods without a docstring."""
    for child in ast.iter_child_nodes(node):
        if isinstance(
            child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        ) and not child.name.startswith("_"):
            if not ast.get_docstring(child):
                yield f"{inside}{child.name}"
            if isinstance(child, ast.ClassDef):
                yield from undocumented(child, f"{child.name}.")


def test_side_by_side_parts_do_not_know_each_other() -> None:
    pairs = {
        (p.relative_to(SRC).parts[0], part)
        for p in MODULES
        for part in imported(ast.parse(p.read_text("utf-8")))
    }
    beside = set(LAYERS[7])
    assert not {pair for pair in pairs if set(pair) <= beside and pair[0] != pair[1]}


def test_tests_are_short() -> None:
    long = {
        p.name: n
        for p in Path(__file__).parent.glob("*.py")
        if (n := len(p.read_text("utf-8").splitlines())) > 210
    }
    assert long == {}


def test_no_float_takes_part_in_arithmetic() -> None:
    exact = {"quantity", "relations", "wording.py", "accounts"}
    for path in (p for p in MODULES if p.relative_to(SRC).parts[0] in exact):
        source = path.read_text(encoding="utf-8")
        constants = (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant))
        assert not [n for n in constants if isinstance(n.value, float)], path.name
        assert not re.search(r"\bfloat\(|\bround\(|\bisclose|tolerance *=", source), path.name


@pytest.mark.parametrize(
    "command",
    ["ruff check src tests notebooks", "ruff format --check src tests notebooks", "mypy"],
    ids=lambda c: c,
)
def test_tools(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
