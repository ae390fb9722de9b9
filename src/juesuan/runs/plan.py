"""From a run list or a folder to tasks, everything checked before the first kernel starts."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import nbformat

from juesuan.errors import JuesuanError, SeveralError
from juesuan.layouts import layout
from juesuan.report.formats import check_formats
from juesuan.report.produce import check_audience
from juesuan.runs.places import exists
from juesuan.runs.runlist import Entry, notebook_path, read_folder, read_runlist
from juesuan.runs.task import Task

# The notebooks that make every finding, the fuller one first.
_OURS = {"report": 0, "audit": 1}


class Plan(NamedTuple):
    """What a batch is to make."""

    title: str
    tasks: list[Task]


def plan(source: str, **given: Any) -> Plan:
    """The tasks of a run list (.yml, .yaml) or of a folder of departments.

    Parameters
    ----------
    source : path of the list or folder.
    given : for a folder: notebook, formats, audience, timeout.

    Raises
    ------
    SeveralError : everything that cannot be: a path that is not there, a parameter that the notebook
        does not know, two reports that would be written to one place.
    """
    path = Path(source).expanduser()
    if path.is_dir():
        title, entries, root = "", read_folder(path, given), Path.cwd()
    elif path.is_file():
        if given:
            raise JuesuanError(f"参数 {next(iter(given))}", "只用于文件夹", "请写在运行清单里")
        (title, entries), root = read_runlist(path), path.resolve().parent
    else:
        raise JuesuanError(f"参数 RUNLIST（{source}）", "没有这个文件或文件夹", "请给出运行清单或数据文件夹")
    tasks, wrong = [], []
    for entry in entries:
        try:
            tasks.append(_task(entry, root))
        except JuesuanError as error:
            wrong.append(error)
    wrong += _twice(entries)
    if wrong:
        raise SeveralError(wrong)
    return Plan(title, _filling(tasks))


def _task(entry: Entry, root: Path) -> Task:
    task = Task(
        entry.department.strip("/"), entry.year, str(notebook_path(entry.notebook, root)), entry.accounts, str(root),
        entry.params, entry.formats, entry.audience, entry.timeout, part=entry.part,
    )  # fmt: skip
    steps = Path(task.department).parts
    if (
        not steps
        or Path(task.department).is_absolute()
        or steps[0] == "dataset"
        or any(s[0] == "." for s in steps)
    ):
        raise JuesuanError(entry.place, f"部门写的是“{entry.department}”", "请写 data 之下的文件夹")
    try:
        check_formats(task.name, entry.formats)
        check_audience(entry.audience, task.name, entry.formats)
    except JuesuanError as error:
        raise JuesuanError(f"{entry.place} 的{error.where}", error.found, error.todo) from error
    if "accounts" in entry.params:
        raise JuesuanError(entry.place, "params 里写了 accounts", "请写在这一项的 accounts 里")
    known = parameters(task.notebook)
    for name, value in task.given.items():
        if name not in known:
            raise JuesuanError(
                entry.place, f"笔记本 {task.name} 没有参数“{name}”", f"它的参数是：{'、'.join(known)}"
            )
        if not isinstance(value, type(known[name])) and not (
            type(known[name]) is float and type(value) is int
        ):
            kind = {"str": "文字", "int": "整数", "float": "数", "bool": "true 或 false", "list": "列表"}
            asked = kind.get(type(known[name]).__name__, type(known[name]).__name__)
            raise JuesuanError(entry.place, f"参数 {name} 写的是 {value!r}", f"应是{asked}；编码请加引号")
    if profile := str(task.given.get("profile", "")):
        layout(profile)
    for name in ("accounts", "previous"):
        if (value := str(task.given.get(name, ""))) and not exists(value, root):
            raise JuesuanError(entry.place, f"找不到 {name} 的 {value}", "请核对部门、年度和路径")
    return task


@cache
def parameters(path: str) -> dict[str, Any]:
    """The parameters of a notebook with their defaults, as its cell tagged `parameters` assigns them.

    Raises
    ------
    JuesuanError : no notebook, or none with such a cell.
    """
    try:
        nb = nbformat.read(path, as_version=4)
    except Exception as error:  # nbformat raises whatever its parsers raise
        raise JuesuanError(f"笔记本 {Path(path).name}", "读不出来", "请在 JupyterLab 里打开看看") from error
    cells = [c for c in nb.cells if "parameters" in c.metadata.get("tags", [])]
    if not cells:
        found = "没有标签为 parameters 的一格"
        raise JuesuanError(f"笔记本 {Path(path).name}", found, "请加上这一格，写好参数和默认值")
    defaults: dict[str, Any] = {}
    for node in ast.parse(cells[0].source).body:
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                defaults[name] = ast.literal_eval(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                defaults[name] = ast.literal_eval(value)
    return defaults


def _twice(entries: Sequence[Entry]) -> list[JuesuanError]:
    """Entries whose reports would be written to one place."""
    places: dict[str, list[str]] = {}
    for entry in entries:
        id = f"{entry.department.strip('/')}/{entry.year}/{Path(entry.notebook).stem}"
        places.setdefault(id, []).append(entry.place)
    return [
        JuesuanError(where[0], f"{id} 写了 {len(where)} 次", "请删去重复的一项")
        for id, where in places.items() if len(where) > 1
    ]  # fmt: skip


def _filling(tasks: Sequence[Task]) -> list[Task]:
    """One notebook on the accounts of a department and year fills the dataset: a report rather than an audit, an
    audit rather than the user's own."""
    first: dict[str, Task] = {}
    for task in sorted(tasks, key=lambda t: _OURS.get(t.name, len(_OURS))):
        first.setdefault(task.folder, task)
    return [replace(task, fills=first[task.folder] is task) for task in tasks]


def chosen(tasks: Sequence[Task], only: Sequence[str] = (), limit: int = 0) -> list[Task]:
    """The tasks whose id (部门/年度/笔记本), department or group of departments matches, the first `limit` of them.

    Raises
    ------
    JuesuanError : a pattern that matches nothing.
    """
    missed = [pattern for pattern in only if not any(_matches(t, pattern) for t in tasks)]
    if missed:
        raise JuesuanError(
            f"参数 only（{'、'.join(missed)}）",
            "没有一项符合",
            "用 --list 可以看到每一项的名字；名字要写全，或用 * 代替任意文字，如 '*教育*'",
        )
    found = [t for t in tasks if not only or any(_matches(t, pattern) for pattern in only)]
    return found[:limit] if limit else found


def _matches(task: Task, pattern: str) -> bool:
    names = (task.id, task.folder, task.department, task.department.rpartition("/")[2])
    below = task.department.startswith(f"{pattern.rstrip('/')}/")
    return below or any(name == pattern or fnmatch(name, pattern) for name in names)
