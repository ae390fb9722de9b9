"""The dataset of a batch: the parts of every department and year, collected into three files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from juesuan.runs.arrow import growing, library, schema, write_table
from juesuan.runs.parts import SUMMARY, failed_part, failed_row, write_parts

_BODIES = ("facts", "findings")
# What a failed year has in common with the other years of its department.
_NAMES = ("key", "department", "synthetic")


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


def collect(folders: Iterable[Path], target: Path) -> list[str]:
    """Put the parts in `folders` together as target/facts.parquet, findings.parquet and reports.parquet.

    Sorted by department and year; each file is moved into place whole, reports last. A folder whose parts
    are missing or damaged becomes a row of `reports` with status failed and the reason.

    Returns
    -------
    One Chinese sentence for each such folder.

    Raises
    ------
    JuesuanError : pyarrow is not installed.
    """
    parts = _named(sorted((_opened(Path(folder)) for folder in folders), key=lambda part: part.order))
    with ExitStack() as stack:
        files = {n: stack.enter_context(growing(target / f"{n}.parquet", schema(n))) for n in _BODIES}
        for i, part in enumerate(parts):
            if part.is_done:
                try:
                    bodies = {name: _body(part, name) for name in _BODIES}
                except _DamagedError as damage:
                    parts[i] = _failed(part, str(damage))
                else:
                    for name, body in bodies.items():
                        files[name].add(body)
    write_table(target / "reports.parquet", schema("reports"), [part.row for part in parts])
    return [
        f"{p.row['department']} {p.row['year'] or ''}：{p.row['error']}"
        for p in parts
        if p.row.get("damaged")
    ]


def _opened(folder: Path) -> _Part:
    """The summary row of a part; a failed row named by the folder where there is none."""
    try:
        rows = _read(folder / f"{SUMMARY}.parquet", "reports").to_pylist()
        if len(rows) != 1:
            raise _DamagedError(f"{SUMMARY}.parquet 有 {len(rows)} 行，应是 1 行")
        return _Part(folder, rows[0])
    except _DamagedError as damage:
        year = int(folder.name) if folder.name.isdecimal() else None
        name = folder.parent.name if year is not None else folder.name
        return _failed(_Part(folder, failed_row(name, year, "")), str(damage))


def _failed(part: _Part, damage: str) -> _Part:
    """The part as what could not be collected; the counts of its summary no longer stand for rows."""
    told = f"数据集的分文件不可用：{damage}；请重新运行这个部门"
    kept = {
        name: part.row.get(name)
        for name in ("department", "year", "key", "page", "data", "seconds", "synthetic", "profile")
    }
    return replace(part, row=kept | {"status": "failed", "error": told, "damaged": True})


def _named(parts: list[_Part]) -> list[_Part]:
    """Failed years under the name that other years of the same data folder were read with."""
    known: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for part in parts:
        if part.is_done:
            known[_place(part)][part.row["key"]] = {name: part.row[name] for name in _NAMES}
    for i, part in enumerate(parts):
        names = known.get(_place(part), {})
        if not part.is_done and len(names) == 1:
            parts[i] = replace(part, row=part.row | next(iter(names.values())))
    return sorted(parts, key=lambda part: part.order)


def _place(part: _Part) -> str:
    return str(part.row["key"] or "").rpartition("|")[0] or f"?{part.folder}"


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


__all__ = ["collect", "failed_part", "write_parts"]
