"""The compressed parts of a PDF, looked at before its library opens them: is all there, and is it no trap?"""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from types import ModuleType
from typing import Any

from juesuan.errors import JuesuanError

# Unpacked: the drawing orders of one page, and any other part that is no picture (fonts are the largest).
_PAGE, _PART = 3 * 2**20, 64 * 2**20
_STREAM = re.compile(rb"stream\r?\n")
_COLUMNS = re.compile(rb"/Columns\s+(\d+)")
# A line of a packed part, and a run of codes or glyphs in a font (there are 65 536 of them), are never longer.
_LINE, _RUN = 100_000, 70_000
_STEP = 2**20


def check_streams(path: Path) -> None:
    """Refuse a file with a part that unpacks to more than memory should hold; pictures are never unpacked."""
    data = path.read_bytes()
    for found in _STREAM.finditer(data):
        end = data.find(b"endstream", found.end())
        head = data[max(0, found.start() - 400) : found.start()].rpartition(b" obj")[2]
        if b"/Image" in head or end < 0:
            continue
        if any(len(wide) > 9 or int(wide) > _LINE for wide in _COLUMNS.findall(head)):
            raise JuesuanError(path.name, "里面有一段的行宽不合理", "请重新导出或重新下载这个 pdf 文件")
        if _unpacked(data[found.end() : end], _PART)[0] > _PART:
            many = f"里面有一段展开后超过 {_PART // 2**20} MB，超出一份决算的合理大小"
            raise JuesuanError(path.name, many, "请核对是不是选错了文件")


def bound_fonts(*modules: ModuleType) -> None:
    """Let the library's modules for fonts count no run of codes that no font has: 0–4294967295 would take for ever.

    They count with `range`, so they are given one that refuses; the page with that font is then a broken one.
    """
    for module in modules:
        vars(module)["range"] = _short_range


def _short_range(*bounds: int) -> range:
    run = range(*bounds)
    if run and abs(run[-1] - run[0]) > _RUN:
        raise ValueError(f"no font has a run of codes like {run}")
    return run


def is_too_large(page: Any) -> bool:
    """Whether a page has more drawing orders than any table or chart needs."""
    return sum(_unpacked(raw, _PAGE)[0] for raw in _packed(page)) > _PAGE


def is_whole(page: Any) -> bool:
    """Whether all drawing orders of a page can be unpacked.

    The library takes a part that cannot be unpacked for an empty one, and a cut one for whole, without a word.
    """
    return all(_unpacked(raw, _PAGE)[1] for raw in _packed(page))


def _packed(page: Any) -> list[bytes]:
    """The compressed drawing orders of a page; those of a file with a password are not looked at."""
    streams = [part.resolve() if hasattr(part, "resolve") else part for part in page.contents]
    packed = []
    for stream in streams:
        raw = getattr(stream, "rawdata", None)
        if raw and not stream.decipher and (filters := stream.get_filters()):
            packed += [bytes(raw)] if getattr(filters[0][0], "name", "") in ("FlateDecode", "Fl") else []
    return packed


def _unpacked(raw: bytes, most: int) -> tuple[int, bool]:
    """How many bytes come out (no more than a little over `most`), and whether the end was reached in order."""
    unpacker, size, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not unpacker.eof and size <= most:
            size += len(unpacker.decompress(rest, _STEP))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return size, False
    return size, unpacker.eof
