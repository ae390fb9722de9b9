"""What a report was made from, by content: the stamp that lies beside it and says whether it is up to date."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from juesuan.readers.opening import last_year_beside
from juesuan.runs.places import PARTS, join, read_text, sizes
from juesuan.runs.task import Task

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_CODE = (".py", ".yml", ".csv", ".j2", ".css", ".js", ".sql", ".json", ".mplstyle")


def name_of(task: Task) -> str:
    """The stamp's file name, beside the report."""
    return f"{task.name}.run.json"


@cache
def library() -> str:
    """The version of juesuan, and a digest of its files: a change of either makes every report out of date."""
    digest = hashlib.sha256()
    home = Path(__file__).parents[1]
    for file in sorted(f for f in home.rglob("*") if f.suffix in _CODE):
        digest.update(f"{file.relative_to(home)}\n".encode() + file.read_bytes())
    return f"{version('juesuan')}+{digest.hexdigest()[:16]}"


def made_from(task: Task, accounts: Path, previous: Path | None = None) -> dict[str, Any]:
    """Inputs by name with their sha256, notebook, library and what was asked for."""
    inputs = {name: sha256(file) for name, file in _files(accounts)}
    for before in [previous] if previous else _beside(task, accounts):
        inputs |= {f"{before.name}/{name}": sha256(file) for name, file in _files(before)}
    return {
        "inputs": inputs,
        "notebook_sha256": sha256(Path(task.notebook)),
        "library": library(),
        "parameters": {"accounts": task.accounts, **task.parameters},
        "formats": list(task.formats),
        "audience": task.audience,
        "fills": task.fills,
    }


def _beside(task: Task, accounts: Path) -> list[Path]:
    """Last year's accounts, which a report looks for; any year's for a notebook of which we do not know."""
    if task.name in ("report", "audit"):
        found = last_year_beside(accounts, task.year)
        return [found] if found else []
    return [p for p in sorted(accounts.parent.iterdir()) if p != accounts and _YEAR.search(p.name)]


def sha256(file: Path) -> str:
    """The digest of a file."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _files(place: Path) -> Iterator[tuple[str, Path]]:
    """What a reader may open: all of a folder, or a document with the yml files beside it."""
    if place.is_dir():
        found = [f for f in place.rglob("*") if f.is_file() and not f.name.startswith((".", "~$"))]
        yield from ((f.relative_to(place).as_posix(), f) for f in sorted(found))
    elif place.is_file():
        yield place.name, place
        for beside in sorted(place.parent.glob("*.yml")):
            # 公开.decisions.yml belongs to one document of the folder, disclosure.yml to all of them.
            if re.fullmatch(r"[^.]+\.yml", beside.name) or beside.name.startswith(f"{place.stem}."):
                yield beside.name, beside


def kept(task: Task, out: str, made: dict[str, Any]) -> dict[str, Any] | None:
    """The record of a report that is up to date and whole; None where it has to be made (again)."""
    place, parts = join(out, task.folder), join(out, PARTS, task.folder)
    record = _read(task, out)
    fresh = record.get("status") == "done" and all(record.get(key) == value for key, value in made.items())
    return record if fresh and _whole(place, record["files"]) and _whole(parts, record["parts"]) else None


def ended(task: Task, out: str) -> dict[str, Any]:
    """How the last run of a report ended: `status` done or failed, left where there was none; `errors` found."""
    return {"status": "left", "errors": 0, **_read(task, out)}


def _read(task: Task, out: str) -> dict[str, Any]:
    """The stamp, empty where there is none that can be read."""
    try:
        record: dict[str, Any] = json.loads(read_text(join(out, task.folder, name_of(task))) or "{}")
    except ValueError:
        return {}
    return record


def _whole(place: str, files: Mapping[str, int]) -> bool:
    there = sizes(place) if files else {}
    return all(there.get(name) == size for name, size in files.items())


def json_of(record: dict[str, Any]) -> str:
    """A record as it is kept."""
    return json.dumps(record, ensure_ascii=False, indent=1) + "\n"
