"""The dataset of a batch: the parts of every department and year, collected into three files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from juesuan.runs.arrow import growing, library, schema, write_table
from juesuan.runs.parts import SUMMARY, unread

_BODIES = ("facts", "findings")
# What a year that was not read has in common with the other years of its department.
_NAMES = ("department", "synthetic")


class Listed(NamedTuple):
    """A department and year of the run list: its folder (甲县/教育局/2024), its part of the list, how its other
    notebooks ended (`audit=done:2`, two errors), its place in the list; `is_left` where it has not been run."""

    folder: str
    part: str = ""
    others: str = ""
    place: int = 0
    is_left: bool = False


@dataclass(frozen=True)
class _Part:
    folder: Path
    row: dict[str, Any]

    @property
    def is_done(self) -> bool:
        return bool(self.row["status"] == "done")

    @property
    def order(self) -> tuple[str, str, int]:
        return self.row["department"] or "", self.row["key"] or "", self.row["year"] or 0


class _DamagedError(Exception):
    """A part file that is missing, cannot be read, or is not what its summary counts."""


def collect(parts: Path, listed: Sequence[Listed], target: Path) -> list[str]:
    """Put the parts below `parts` together as target/facts.parquet, findings.parquet and reports.parquet.

    Sorted by department and year; each file is moved into place whole, reports last. What is left becomes a row of
    `reports` with status left; a folder whose parts are missing or damaged one with status failed and the reason.

    Returns
    -------
    One Chinese sentence for each such folder.

    Raises
    ------
    JuesuanError : pyarrow is not installed.
    """
    found = _named([_opened(parts, one) for one in listed])
    with ExitStack() as stack:
        files = {n: stack.enter_context(growing(target / f"{n}.parquet", schema(n))) for n in _BODIES}
        for i, part in enumerate(found):
            if part.is_done:
                try:
                    bodies = {name: _body(part, name) for name in _BODIES}
                except _DamagedError as damage:
                    found[i] = _failed(part, str(damage))
                else:
                    for name, body in bodies.items():
                        files[name].add(body)
    write_table(target / "reports.parquet", schema("reports"), [part.row for part in found])
    return [
        f"{p.row['department']} {p.row['year'] or ''}：{p.row['error']}"
        for p in found
        if p.row.get("damaged")
    ]


def _opened(parts: Path, listed: Listed) -> _Part:
    """The summary row of a part; a row that knows no more than the list where there is none."""
    folder, (key, _, year) = parts / listed.folder, listed.folder.rpartition("/")
    more = {"part": listed.part or None, "others": listed.others or None, "place": listed.place}
    if listed.is_left:
        return _Part(folder, unread(key, int(year), "left", **more))
    try:
        rows = _read(folder / f"{SUMMARY}.parquet", "reports").to_pylist()
        if len(rows) != 1:
            raise _DamagedError(f"{SUMMARY}.parquet 有 {len(rows)} 行，应是 1 行")
        return _Part(folder, rows[0] | more)
    except _DamagedError as damage:
        return _failed(_Part(folder, unread(key, int(year), "failed", **more)), str(damage))


def _failed(part: _Part, damage: str) -> _Part:
    """The part as what could not be collected; the counts of its summary no longer stand for rows."""
    told = f"数据集的分文件不可用：{damage}；请重新运行这个部门"
    kept = {
        name: part.row.get(name)
        for name in (*_NAMES, "key", "year", "part", "place", "others", "page", "data", "seconds", "profile")
    }
    return replace(part, row=kept | {"status": "failed", "error": told, "damaged": True})


def _named(parts: Iterable[_Part]) -> list[_Part]:
    """What was not read under the name that other years of its department were read with; in order."""
    parts, known = list(parts), defaultdict[str, list[dict[str, Any]]](list)
    for part in parts:
        if part.is_done:
            known[part.row["key"]].append({name: part.row[name] for name in _NAMES})
    for i, part in enumerate(parts):
        names = known[part.row["key"]]
        if not part.is_done and names and all(name == names[0] for name in names):
            parts[i] = replace(part, row=part.row | names[0])
    return sorted(parts, key=lambda part: part.order)


def _body(part: _Part, name: str) -> Any:
    found = _read(part.folder / f"{name}.parquet", name)
    if found.num_rows != part.row[name]:
        raise _DamagedError(f"{name}.parquet 有 {found.num_rows} 行，应是 {part.row[name]} 行")
    return found


def _read(path: Path, file: str) -> Any:
    """One part file with exactly the columns of the dataset."""
    pa, wanted = library(), schema(file)
    try:
        # Opened here, since a name ending in a year is otherwise taken for a partition of a dataset.
        with path.open("rb") as opened:
            found = pa.parquet.read_table(opened, page_checksum_verification=True)
        fits = found.schema.names == wanted.names and found.schema.types == wanted.types
    except FileNotFoundError as error:
        raise _DamagedError(f"缺少 {path.name}") from error
    except (OSError, ValueError, pa.ArrowException) as error:  # ValueError: a name that is no UTF-8
        raise _DamagedError(f"{path.name} 读不出") from error
    if not fits:
        raise _DamagedError(f"{path.name} 的列不合约定")
    return found
