"""The run list: which departments, years and notebooks, in a YAML file that an analyst writes, or from a folder.

A list has parts, a part has chapters, a chapter is a department with its years. What a chapter does not say it
takes from its part, what the part does not say from the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from juesuan.errors import JuesuanError, SeveralError
from juesuan.report.formats import PAGE
from juesuan.report.produce import notebook as notebook_of

Years = int | str | list[int]


class _Level(BaseModel):
    """What may be said at every level; None is taken from the level above."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    data: str | None = None
    years: Years | None = None
    notebook: str | None = None
    params: dict[str, Any] = Field(default_factory=dict)
    formats: list[str] | None = None
    audience: str | None = None
    timeout: int | None = Field(default=None, ge=0)


class Chapter(_Level):
    """One department: its folder below `data`, or `accounts` where its documents lie elsewhere."""

    department: str
    accounts: str | None = None


class Part(_Level):
    """Departments that belong together."""

    title: str = ""
    chapters: list[Chapter] = Field(min_length=1)


class RunList(_Level):
    """The whole list."""

    title: str = ""
    parts: list[Part] = Field(min_length=1)


class Entry(BaseModel):
    """One report to make, everything resolved; `place` says where in the list it stands."""

    place: str
    part: str = ""
    department: str
    year: int
    notebook: str
    accounts: str
    params: dict[str, Any]
    formats: tuple[str, ...]
    audience: str
    timeout: int


_DEFAULTS: dict[str, Any] = {
    "data": "data", "notebook": "report", "formats": [PAGE], "audience": "preparer", "timeout": 600,
}  # fmt: skip
_YEAR = re.compile(r"20\d\d")


def read_runlist(path: Path) -> tuple[str, list[Entry]]:
    """The title of a run list and its entries in their order.

    Raises
    ------
    JuesuanError : no YAML, an unknown word, or a value that cannot be; names file and place.
    """
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        listed = RunList.model_validate(read)
    except yaml.YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", -1) + 1
        raise JuesuanError(f"{path.name} 第{line}行", "不是合格的 YAML", "请核对缩进和冒号") from error
    except UnicodeDecodeError as error:
        raise JuesuanError(path.name, "不是 UTF-8 编码的文字", "请另存为 UTF-8") from error
    except ValidationError as error:
        raise SeveralError([_told(path.name, each) for each in error.errors()]) from error
    entries: list[Entry] = []
    wrong: list[JuesuanError] = []
    for p, part in enumerate(listed.parts, 1):
        for c, chapter in enumerate(part.chapters, 1):
            place = f"{path.name} 的 parts.{p}.chapters.{c}"
            try:
                entries += _entries(place, part, chapter, _resolved(listed, part, chapter))
            except JuesuanError as error:
                wrong.append(error)
    if wrong:
        raise SeveralError(wrong)
    return listed.title, entries


def _told(name: str, first: Mapping[str, Any]) -> JuesuanError:
    where = ".".join(str(step + 1) if isinstance(step, int) else step for step in first["loc"])
    match first["type"]:
        case "extra_forbidden":
            found = f"不认识“{first['loc'][-1]}”"
        case "missing":
            found = f"缺少“{first['loc'][-1]}”"
        case "too_short":
            found = "是空的，至少要有一项"
        case _:
            found = f"写的是“{first['input']}”，不合要求"
    return JuesuanError(f"{name} 的 {where or '开头'}", found, "写法见 docs/batch.zh-CN.md")


def _entries(place: str, part: Part, chapter: Chapter, said: Mapping[str, Any]) -> Iterator[Entry]:
    """One entry a year."""
    if said.get("years") is None:
        raise JuesuanError(place, "没有写年度（years）", "请在这一项、这一部分或整个清单里写上")
    for year in _years(said["years"], place):
        accounts = chapter.accounts or f"{said['data'].rstrip('/')}/{chapter.department}/{{year}}"
        yield Entry(
            place=place, part=part.title, department=chapter.department, year=year, notebook=said["notebook"],
            accounts=accounts.replace("{year}", str(year)), params=said["params"],
            formats=tuple(said["formats"]), audience=said["audience"], timeout=said["timeout"],
        )  # fmt: skip


def _resolved(*levels: _Level) -> dict[str, Any]:
    """From the list down to the chapter: the nearest level that says something counts; parameters add up."""
    said: dict[str, Any] = dict(_DEFAULTS)
    for level in levels:
        given = {key: getattr(level, key) for key in _Level.model_fields if getattr(level, key) is not None}
        said = {**said, **given, "params": {**said.get("params", {}), **level.params}}
    return said


def _years(years: Years, place: str) -> list[int]:
    """2022, [2021, 2022], "2020-2022"."""
    spelled = years if isinstance(years, list) else [years]
    if not spelled:
        raise JuesuanError(place, "年度是空的", "请写成 2022、[2021, 2022] 或 2020-2022")
    found: list[int] = []
    for each in map(str, spelled):
        first, _, last = each.replace("—", "-").replace("–", "-").partition("-")
        if (
            not _YEAR.fullmatch(first)
            or not _YEAR.fullmatch(last or first)
            or int(last or first) < int(first)
        ):
            raise JuesuanError(place, f"年度写的是“{each}”", "请写成 2022、[2021, 2022] 或 2020-2022")
        found += range(int(first), int(last or first) + 1)
    return found


def read_folder(folder: Path, given: Mapping[str, Any]) -> list[Entry]:
    """Every folder named by a year, with the folders above it as the department.

    An empty one is an entry too: a department that has handed in nothing yet is a failure to be told, not left out.
    """
    found = sorted(p for p in chain([folder], folder.rglob("*")) if p.is_dir() and _YEAR.fullmatch(p.name))
    found = [p for p in found if not _is_output(p, folder)]
    said = {**_DEFAULTS, **given}
    entries = [
        Entry(
            place=str(place), department=_named(folder, place), year=int(place.name), notebook=said["notebook"],
            accounts=str(place), params={}, formats=tuple(said["formats"]), audience=said["audience"],
            timeout=said["timeout"],
        )
        for place in found
        if not any(f.is_dir() for f in place.iterdir()) or any(f.is_file() for f in place.iterdir())
    ]  # fmt: skip
    if not entries:
        raise JuesuanError(
            str(folder), "里面没有以年度命名、放着决算数据的文件夹", "应是 <文件夹>/<部门>/<年度>/"
        )
    return entries


def _is_output(place: Path, folder: Path) -> bool:
    """Below a hidden folder, or below the output folder of a batch."""
    between = [p for p in place.parents if p == folder or folder in p.parents]
    return any(p.name.startswith(".") for p in between[:-1]) or any(
        (p / "run.json").exists() for p in between
    )


def _named(folder: Path, place: Path) -> str:
    """市本级/教育局; where the folder given is the department itself (or its year), its own name."""
    above = place.parent
    return (
        above.relative_to(folder).as_posix() if above not in (folder, folder.parent) else above.resolve().name
    )


def notebook_path(name: str, root: Path) -> Path:
    """A notebook by name (report), or by path, from `root` on."""
    path = root / name
    if path.suffix != ".ipynb":
        return notebook_of(name)
    if not path.is_file():
        raise JuesuanError(f"笔记本 {name}", "没有这个文件", "请核对路径")
    return path.resolve()
