"""Where inputs come from and outputs go: this machine's folders, or anything that fsspec can reach."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import module

# Below the output folder: unfinished work, and the dataset's part of each report.
WORK = ".work"
PARTS = "dataset/parts"


@contextmanager
def working(out: str) -> Iterator[Path]:
    """A folder for unfinished work, on the disk of the outputs, so that to finish is to rename."""
    near = None if is_remote(out) else Path(out, WORK)
    if near is not None:
        near.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="juesuan-", dir=near) as name:
        yield Path(name)


def is_remote(path: str) -> bool:
    """An address (s3://…, memory://…, zip://…::file.zip), not a path of this machine."""
    return "://" in path


def _reach(address: str) -> tuple[Any, str]:
    """The file system of an address and the path there.

    Raises
    ------
    JuesuanError : fsspec or the library for this kind of address is missing, or the place cannot be reached.
    """
    fsspec = module("fsspec", "batch", f"地址 {address}", "读写远程地址")
    try:
        return fsspec.core.url_to_fs(address)  # type: ignore[no-any-return]
    except (ImportError, ValueError, OSError) as error:
        raise JuesuanError(
            f"地址 {address}", f"不能访问（{error}）", "请核对地址，并安装它需要的库"
        ) from error


def exists(path: str, root: Path = Path()) -> bool:
    """There is a file or folder."""
    if not is_remote(path):
        return (root / path).exists()
    system, place = _reach(path)
    return bool(system.exists(place))


def fetch(address: str, folder: Path) -> Path:
    """Copy a remote file or folder into `folder`; where it then is.

    Raises
    ------
    JuesuanError : it cannot be reached or read.
    """
    system, place = _reach(address)
    target = folder / Path(place.rstrip("/")).name
    try:
        for found in system.find(place) if system.isdir(place) else [place]:
            name = found.removeprefix(place).lstrip("/")
            local = target / name if name else target
            local.parent.mkdir(parents=True, exist_ok=True)
            system.get_file(found, str(local))
    except OSError as error:
        raise JuesuanError(f"地址 {address}", f"读不出来（{error}）", "请核对地址和权限") from error
    if not target.exists():
        raise JuesuanError(f"地址 {address}", "没有文件", "请核对地址")
    return target


def join(place: str, *parts: str) -> str:
    """A path below a folder or address."""
    return "/".join([place.rstrip("/"), *parts])


def store(files: Iterable[Path], place: str) -> None:
    """Move files into a folder or address, in this order, each whole or not at all."""
    if is_remote(place):
        system, folder = _reach(place)
        system.makedirs(folder, exist_ok=True)
        for file in files:
            partial = f"{folder}/.{file.name}.{uuid.uuid4().hex[:8]}.part"
            system.put_file(str(file), partial)
            if system.exists(f"{folder}/{file.name}"):
                system.rm_file(f"{folder}/{file.name}")
            system.mv(partial, f"{folder}/{file.name}")
        return
    Path(place).mkdir(parents=True, exist_ok=True)
    for file in files:
        file.replace(Path(place, file.name))


def read_text(path: str) -> str | None:
    """A text file; None where there is none."""
    if not is_remote(path):
        file = Path(path)
        return file.read_text(encoding="utf-8") if file.is_file() else None
    system, place = _reach(path)
    return str(system.cat_file(place).decode("utf-8")) if system.exists(place) else None


def sizes(place: str) -> dict[str, int]:
    """The files directly in a folder or address, with their sizes."""
    if not is_remote(place):
        folder = Path(place)
        found = folder.iterdir() if folder.is_dir() else ()
        return {file.name: file.stat().st_size for file in found if file.is_file()}
    system, base = _reach(place)
    listed = system.ls(base, detail=True) if system.exists(base) else ()
    return {e["name"].rpartition("/")[2]: e["size"] for e in listed if e["type"] == "file"}


def remove(place: str, names: Iterable[str]) -> None:
    """Take files out of a folder or address, where they are there."""
    if not is_remote(place):
        for file in (Path(place, name) for name in names):
            file.unlink(missing_ok=True)
        return
    system, folder = _reach(place)
    for name in names:
        if system.exists(f"{folder}/{name}"):
            system.rm_file(f"{folder}/{name}")
