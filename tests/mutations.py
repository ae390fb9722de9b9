"""Deterministic damage to files: bytes, members of a zip, XML, objects of a PDF, lines of text (for the fuzz test)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

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
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
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
            members[name] = rng.choice((*BYTES, markup, markup, *special, *special))(old or b"<a/>", rng)
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
        if rng.random() < 0.3:
            return re.sub(pattern, new.replace(b"\\", b"\\\\"), data)
        match = rng.choice(found)
        return data[: match.start()] + new + data[match.end() :]

    return change


NESTED = b"<table><tr><td>"
XLSX = replaced(
    (rb'r="[A-Z]+\d+"', b'r="A1048576"'), (rb'r="[A-Z]+\d+"', b'r="XFD1"'), (rb'r="[A-Z]+\d+"', b'r="ZZZZ9"'),
    (rb'<row r="\d+"', b'<row r="1048576"'), (rb'<row r="\d+"', b'<row r="99999999999"'),
    (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    (rb"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A1:ZZ9"/></mergeCells>'),
    (rb"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576"/></hyperlinks>'),
    (rb"<v>[^<]*</v>", b"<v>1e999999999</v>"), (rb"<v>[^<]*</v>", b"<v>NaN</v>"), (rb"<v>[^<]*</v>", b"<v>-1e-320</v>"),
    (rb' s="\d+"', b' s="99999"'), (rb't="s"', b't="d"'), (rb't="s"', b't="e"'), (rb"<v>[^<]*</v>", b"<f>A1</f><v/>"),
    (rb'formatCode="[^"]*"', b'formatCode="[h]:mm:ss;;;@@@"'), (rb'numFmtId="\d+"', b'numFmtId="14"'),
    (rb"</row>", b"</row>" + b"<row><c><v>1</v></c></row>" * 3000),
)  # fmt: skip
DOCX = replaced(
    (rb"<w:tcPr>", b'<w:tcPr><w:gridSpan w:val="99999"/>'), (rb"<w:tcPr>", b'<w:tcPr><w:vMerge/>'),
    (rb"<w:p>", b"<w:tbl><w:tr><w:tc>" * 100 + b"<w:p>"), (rb"<w:t>", b"<w:t>" + b"1.0 " * 50_000),
    (rb"<w:p>", b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60 + b"<w:p>"),
    (rb"</w:p>", b"</w:p>" + b"<w:p><w:r><w:t>a</w:t></w:r></w:p>" * 5000), (rb"</w:tr>", b"</w:tr>" + b"<w:tr/>" * 5000),
    (rb"<w:p>", b'<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr>'),
)  # fmt: skip
ODS = replaced(
    (rb"<table:table-cell", b'<table:table-cell table:number-columns-repeated="999999999"'),
    (rb"<table:table-row", b'<table:table-row table:number-rows-repeated="999999999"'),
    (rb"<table:table-cell", b'<table:table-cell table:number-columns-spanned="99999" table:number-rows-spanned="99999"'),
    (rb"<text:p>", b'<text:p><text:s text:c="999999999"/>'), (rb"<text:p>", b"<text:p>" + b"<text:span>" * 400),
)  # fmt: skip
HTML = replaced(
    (rb"<td>", b'<td colspan="99999">'), (rb"<td>", b'<td rowspan="99999" colspan="0">'), (rb"<td>", NESTED * 4000),
    (rb"<td>", NESTED * 100 + b"1" + b"</table>" * 100), (rb"<p>", b"<p>" + b" " * 300_000), (rb"<p>", b"<p>" + b"\n" * 300_000),
    (rb"<tr>", b"<tr>" + b"<td>1.00</td>" * 20_000), (rb"<p>", b"<div>" * 5000), (rb"</tr>", b"</tr>" + b"<tr><td>x</td></tr>" * 30_000),
    (rb"</table>", b"</table>" + b"<table><tr><td>a</td><td>b</td></tr></table>" * 1500),
    (rb"<body>", b"<body><!--" * 9000), (rb"charset=utf-8", b"charset=utf-7"), (rb"<p>", b"<p>" + "１.０".encode() * 40_000),
)  # fmt: skip
TEXT = replaced(
    (rb"\n", b"\n" + b"<!--" * 40_000), (rb"\n", b"\n" + b"`*_" * 30_000), (rb"\|", b"|" * 50_000), (rb"\n", b"\n" + b"**a" * 30_000),
    (rb"\n", b" " * 200_000 + b"\n"), (rb"[\d.]+", b"9" * 100_000), (rb"[\d.]+", b"1,234,5.67.89"), (rb"\n", b"\n\x00\n"),
    (rb"\n", b""), (rb"\n", b"\xed\xa0\x80"), (rb"\n", "\u202e\u200f".encode()), (rb"\n", b"\r"), (rb",", b'"'), (rb"\n", b'"\n' * 3000),
    ("。".encode(), "与年度相比，其中：增加1.00万元，".encode() * 3000), (rb"\n", b"\n" + b"|-" * 30_000 + b"\n"),
)  # fmt: skip
YAML = replaced(
    (rb": ", b": " + b"[" * 3000), (rb": ", b": " + b"{a: " * 3000), (rb"\n", b"\n\t"), (rb": ", b": &a "), (rb": .+", b": *a"),
    (rb": .+", b": !!python/object:os.system x"), (rb": .+", b': "\\ud800"'), (rb": .+", b": 1e400"), (rb": .+", b": 2021-13-45"),
    (rb"\A", b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b"*%c," % (97 + i) * 9) for i in range(9))),
    (rb": .+", b": " + b"9" * 50_000), (rb"\n", b"\n<<: *a\n"), (rb": .+", b": .nan"), (rb": .+", b": |\n" + b" x\n" * 3000),
)  # fmt: skip
PDF = replaced(
    (rb"/Kids \[[^\]]*\]", b"/Kids [1 0 R 1 0 R]"), (rb"/Count \d+", b"/Count 99999999"), (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 1e9 1e9]"),
    (rb"/MediaBox \[[^\]]*\]", b"/MediaBox [0 0 0 0]"), (rb"/Length \d+", b"/Length 99999999"), (rb"/W \[", b"/W [0 99999999 500 "),
    (rb"\d+ 0 R", b"1 0 R"), (rb"\d+ 0 R", b"99999 0 R"), (rb"/FlateDecode", b"/LZWDecode"), (rb"/Type /Page\b", b"/Type /Pages"),
    (rb"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"), (rb"startxref\n\d+", b"startxref\n7"), (rb"trailer", b"trailor"),
    (rb"/Filter /FlateDecode", b"/Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 99999999 >>"), (rb"/Parent \d+ 0 R", b"/Parent 99 0 R"),
    (rb"/DW \d+", b"/DW 1e30"), (rb"/Rotate 0", b"/Rotate 45"), (rb"obj\n<<", b"obj\n" + b"[" * 2000 + b"<<"), (rb"endobj", b""),
)  # fmt: skip


def in_stream(data: bytes, rng: Random) -> bytes:
    """Damage to the text behind one compressed part of a PDF."""
    found = [m for m in re.finditer(rb"stream\n(.*?)\nendstream", data, re.DOTALL) if m[1][:1] == b"x"]
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
        else old + b" 0 0 m 9 9 l S" * 900_000
    )
    return data[: match.start(1)] + zlib.compress(new) + data[match.end(1) :]


# What is done to the files of each kind, in equal shares.
CHANGES: dict[str, tuple[Change, ...]] = {
    "xlsx": (*BYTES, *[in_zip(XLSX, XLSX)] * 7), "docx": (*BYTES, *[in_zip(DOCX)] * 6), "ods": (*BYTES, *[in_zip(ODS)] * 6),
    "xls": BYTES, "pdf": (*BYTES, digits, PDF, PDF, PDF, in_stream, in_stream, in_stream), "html": (*BYTES, markup, HTML, HTML, HTML),
    "md": (*BYTES, digits, TEXT, TEXT, TEXT), "txt": (*BYTES, digits, TEXT), "csv": (*BYTES, digits, TEXT, TEXT),
    "disclosure": (*BYTES, digits, YAML, YAML), "source": (*BYTES, digits, YAML, YAML),
}  # fmt: skip
