"""Deterministic damage to files: bytes, members of a zip, XML, objects of a replaced(*rules.PDF), lines of text (for the fuzz test)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

import mutation_rules as rules

Change = Callable[[bytes, Random], bytes]


def flipped(data: bytes, rng: Random) -> bytes:
    """A few bytes changed."""
    made = bytearray(data)
    for _ in range(rng.choice((1, 2, 8, 40))):
        made[rng.randrange(len(made))] = rng.randrange(256)
    return bytes(made)


def cut(data: bytes, rng: Random) -> bytes:
    """The end is missing."""
    return data[: rng.randrange(len(data))]


def block(data: bytes, rng: Random) -> bytes:
    """A block comes twice, is missing, is blank, or stands elsewhere."""
    start = rng.randrange(len(data))
    end = min(len(data), start + rng.choice((1, 16, 512, 4096)))
    piece = data[start:end]
    other = rng.randrange(len(data))
    return rng.choice(
        (
            data[:end] + piece * rng.choice((1, 2, 50)) + data[end:],
            data[:start] + data[end:],
            data[:start] + bytes(len(piece)) + data[end:],
            data[:other] + piece + data[other:],
        )
    )


def digits(data: bytes, rng: Random) -> bytes:
    """Numbers that mean something (sizes, counts, references) become others."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return flipped(data, rng)
    for match in sorted(rng.sample(found, min(len(found), rng.choice((1, 3)))), key=lambda m: -m.start()):
        new = rng.choice((b"0", b"-1", b"1048576", b"99999999", b"4294967296", b"1e400", b"007", b"9" * 400))
        data = data[: match.start()] + new + data[match.end() :]
    return data


BYTES: tuple[Change, ...] = (flipped, cut, block)


def markup(data: bytes, rng: Random) -> bytes:
    """Elements deleted, doubled, nested; entities, huge attributes, characters that no text should hold."""
    tags = list(re.finditer(rb"<[^<>]+>", data))
    if not tags:
        return flipped(data, rng)
    tag = rng.choice(tags)
    start, end = tag.span()
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">' + b"".join(
        b'<!ENTITY %c "%s">' % (99 + i, b"&%c;" % (98 + i) * 10) for i in range(9)
    )
    head = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    odd = rng.choice(
        ("\u202e", "\u200f", "\x00", "\ud800", "\ufffe", "\u2028", "\x0b", "&k;", "&#0;", "&#xD800;")
    )
    return rng.choice(
        (
            data[:start] + data[end:],
            data[:end] + tag[0] * rng.choice((1, 300, 3000)) + data[end:],
            data[:start] + re.sub(rb'"[^"]*"', b'"%s"' % (b"9" * rng.choice((9, 500))), tag[0]) + data[end:],
            data[:head] + bomb + b"]>" + data[head:end] + b"&k;" + data[end:],
            data[:end] + odd.encode("utf-8", "surrogatepass") * rng.choice((1, 2000)) + data[end:],
            digits(data, rng),
        )
    )


def in_zip(*special: Change) -> Change:
    """Damage to one member of a zip, whose checksum is right again afterwards."""

    def change(data: bytes, rng: Random) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                members = {name: archive.read(name) for name in archive.namelist()}
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError):
            return flipped(data or b"PK", rng)
        # The parts with the tables and text are the most interesting.
        weight = [1 + 6 * bool(re.search(r"sheet\d|document\.xml|content\.xml", name)) for name in members]
        name = rng.choices(list(members), weight)[0]
        old, extra = members[name], {}
        how = rng.randrange(20)
        if how == 0:
            del members[name]
        elif how == 1:
            members[name] = b""
        elif how == 2:
            members[name] = rng.randbytes(300)
        elif how == 3:
            extra = {f"{name}{i}": b" " * 100_000 for i in range(20)}
        elif how == 4:
            members[name] = old + b" " * 30_000_000
        else:
            members[name] = rng.choice((*BYTES, markup, markup, *special * 6))(old or b"<a/>", rng)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            for each, content in (members | extra).items():
                archive.writestr(each, content)
        return made.getvalue()

    return change


def replaced(*pairs: tuple[bytes, bytes]) -> Change:
    """One of several patterns replaced at one of the places where it stands, or at all of them."""

    def change(data: bytes, rng: Random) -> bytes:
        pattern, new = rng.choice(pairs)
        found = list(re.finditer(pattern, data))
        if not found:
            return markup(data, rng) if b"<" in data else flipped(data, rng)
        if rng.random() < 0.3 and len(new) < 200:
            return re.sub(pattern, new.replace(b"\\", b"\\\\"), data)
        match = rng.choice(found)
        return data[: match.start()] + new + data[match.end() :]

    return change


def in_stream(data: bytes, rng: Random) -> bytes:
    """Damage to the text behind one compressed part of a PDF."""
    found = [m for m in re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL) if m[1][:1] == b"x"]
    if not found:
        return flipped(data, rng)
    match = rng.choice(found)
    try:
        old = zlib.decompress(match[1])
    except zlib.error:
        return flipped(data, rng)
    ranges = replaced(
        (rb"beginbfrange\s+<[^>]+> <[^>]+>", b"beginbfrange <0000> <FFFFFFFF>"),
        (rb" Td", b" 1e30 Td"),
        (rb"\n", b"\nq" * 9000),
    )
    special = (
        ranges,
        replaced(
            (rb" re\b", b" re S 0 0 1 1 re"),
            (rb"\d+", b"9" * 300),
            (rb"\n", b"\nBI /W 9 ID \n"),
            (rb"\n", b"\n(" * 5000),
        ),
    )
    new = (
        rng.choice((*BYTES, digits, *special))(old, rng)
        if rng.random() < 0.97
        else old + b" 0 0 m 9 9 l S" * 300_000
    )
    return data[: match.start(1)] + zlib.compress(new) + data[match.end(1) :]


XLSX, DOCX, ODS = (in_zip(replaced(*pairs)) for pairs in (rules.XLSX, rules.DOCX, rules.ODS))
HTML, TEXT, YAML, PDF = (replaced(*pairs) for pairs in (rules.HTML, rules.TEXT, rules.YAML, rules.PDF))
# What is done to the files of each kind, in equal shares.
CHANGES: dict[str, tuple[Change, ...]] = {
    "xlsx": (*BYTES, *[XLSX] * 7),
    "docx": (*BYTES, *[DOCX] * 6),
    "ods": (*BYTES, *[ODS] * 6),
    "xls": BYTES,
    "pdf": (*BYTES, digits, *[PDF] * 3, *[in_stream] * 3),
    "html": (*BYTES, markup, *[HTML] * 3),
    "md": (*BYTES, digits, *[TEXT] * 3),
    "txt": (*BYTES, digits, TEXT),
    "csv": (*BYTES, digits, *[TEXT] * 2),
    "disclosure": (*BYTES, digits, *[YAML] * 2),
    "source": (*BYTES, digits, *[YAML] * 2),
}
