"""An OpenDocument workbook (ods) into sheets of cells; each holds the text that it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import library
from juesuan.readers.files.document import Document
from juesuan.readers.files.libraries import parsing
from juesuan.readers.files.limits import COLUMNS, ROWS, check_archive
from juesuan.readers.files.sheet import Cell, Sheet, Span

_NAMES = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_OFFICE, _TABLE, _TEXT = (_NAMES % name for name in ("office", "table", "text"))
_GROUPS = {f"{_TABLE}{name}" for name in ("table-header-rows", "table-row-group", "table-rows")}
_EMPTY = Cell()


def read_ods(path: Path) -> Document:
    """All sheets of an ods file; encrypted or damaged files are one clear error."""
    etree = library("lxml.etree", path)
    check_archive(path)
    with parsing(path):
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            manifest = archive.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in names else b""
            if b"encryption-data" in manifest or "encrypted-package" in names:
                raise JuesuanError(path.name, "文件有打开密码", "请去掉密码，另存后再试")
            content = archive.read("content.xml")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        root = etree.fromstring(content, parser)
        tables = root.iterfind(f"{_OFFICE}body/{_OFFICE}spreadsheet/{_TABLE}table")
        sheets = [each for table in tables if (each := _sheet(table))]
    if not sheets:
        raise JuesuanError(path.name, "工作簿里没有内容", "请核对文件")
    return Document(path.name, sheets, is_workbook=True)


def _sheet(table: Any) -> Sheet | None:
    rows: list[list[Cell]] = []
    spans: list[Span] = []
    blank = 0
    for source in _rows(table):
        times = _count(source, "number-rows-repeated")
        row, joined = _row(source)
        if not row and not joined:
            # A sheet ends with a million empty rows; they count only if something follows.
            blank += times
            continue
        rows += [[] for _ in range(min(blank, ROWS - len(rows)))]
        blank = 0
        for _ in range(min(times, ROWS - len(rows))):
            rows.append(row)
            top = len(rows)
            spans += [(left, top, right, min(top + down - 1, ROWS)) for left, right, down in joined]
        if len(rows) >= ROWS:
            break
    return Sheet(str(table.get(f"{_TABLE}name") or ""), rows, spans) if any(rows) else None


def _rows(parent: Any) -> Iterator[Any]:
    for child in parent:
        if child.tag == f"{_TABLE}table-row":
            yield child
        elif child.tag in _GROUPS:
            yield from _rows(child)


def _row(source: Any) -> tuple[list[Cell], list[tuple[int, int, int]]]:
    """The cells up to the last that holds something, and the joined ones: left, right, rows."""
    row: list[Cell] = []
    joined: list[tuple[int, int, int]] = []
    blank = 0
    for element in source:
        if element.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        covered = element.tag == f"{_TABLE}covered-table-cell"
        cell = _EMPTY if covered else _cell(element)
        times = _count(element, "number-columns-repeated")
        across, down = _count(element, "number-columns-spanned"), _count(element, "number-rows-spanned")
        left = len(row) + blank + 1
        if left > COLUMNS:
            break
        if across > 1 or down > 1:
            joined.append((left, min(left + across - 1, COLUMNS), min(down, ROWS)))
        if cell == _EMPTY:
            blank += times
            continue
        row += [_EMPTY] * blank
        blank = 0
        row += [cell] * min(times, COLUMNS - len(row))
    return row, joined


def _cell(element: Any) -> Cell:
    lines = [_shown(each) for each in element if each.tag == f"{_TEXT}p"]
    # Some programs write the value alone.
    text = "\n".join(lines) or str(element.get(f"{_OFFICE}value") or "")
    formula = str(element.get(f"{_TABLE}formula") or "")
    return Cell(text, formula=formula) if text or formula else _EMPTY


def _shown(element: Any) -> str:
    text = element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            text += " " * min(int(child.get(f"{_TEXT}c") or 1), 100)
        elif child.tag == f"{_TEXT}tab":
            text += " "
        elif child.tag == f"{_TEXT}line-break":
            text += "\n"
        # Remarks of the author hang in the cell but do not show.
        elif isinstance(child.tag, str) and not child.tag.startswith(_OFFICE):
            text += _shown(child)
        text += child.tail or ""
    return text


def _count(element: Any, name: str) -> int:
    text = str(element.get(f"{_TABLE}{name}") or "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 10 else 1
