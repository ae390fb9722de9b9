"""Plain text and Markdown: each line a passage, pipe tables as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.readers.files.decode import decoded
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.limits import COLUMNS, ROWS
from juesuan.readers.files.sheet import Cell, Sheet

_RULE = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_HEAD = re.compile(r"#{1,6} +\S")
_HEADS = 3
_BAR = re.compile(r"(?<!\\)\|")
_MARKS = re.compile(r"(?:#{1,6}\s+|>\s*|[-*+]\s+)+")
# Marks farther apart do not belong together; without a bound a line of marks would take hours.
_BOLD = re.compile(r"(\*\*|__|`)(?=\S)(.{1,300}?)(?<=\S)\1")


def read_plain(path: Path) -> Document:
    """A txt or md file; a file that is no text is an error."""
    text = decoded(path.read_bytes())
    if text is None:
        raise JuesuanError(path.name, "不是文本文件，或编码读不出来", "请另存为 UTF-8 编码的文本后再试")
    lines = text.splitlines()
    # Text taken out of a document by a converter is Markdown under another name.
    markdown = path.suffix.lower() == ".md" or sum(map(bool, map(_HEAD.match, lines))) >= _HEADS
    blocks = list(_markdown(text) if markdown else _passages(lines))
    if not blocks:
        raise JuesuanError(path.name, "里面没有文字", "请核对文件")
    return Document(path.name, blocks)


def _passages(lines: list[str]) -> Iterator[Passage]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield Passage(line.strip(), f"第{number}行")


def _markdown(text: str) -> Iterator[Passage | Sheet]:
    lines = _without_comments(text).splitlines()
    number, tables = 0, 0
    while number < len(lines):
        height = _table_height(lines, number)
        if height:
            tables += 1
            yield _sheet(lines, number, height, f"表{tables}")
            number += height
            continue
        shown = _unmarked(lines[number])
        number += 1
        if shown:
            yield Passage(shown, f"第{number}行")


def _without_comments(text: str) -> str:
    """A comment keeps its line breaks, or the numbers of the lines below it would be wrong."""
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[at:start], "\n" * text.count("\n", start, end)]
        at = end + 3
    return "".join([*parts, text[at:]])


def _table_height(lines: list[str], first: int) -> int:
    """How many lines the pipe table that begins here has; 0 for none."""
    if first + 1 >= len(lines) or "|" not in lines[first]:
        return 0
    rule = lines[first + 1].strip()
    if "|" not in rule or not _RULE.fullmatch(rule):
        return 0
    end = first + 2
    while end < len(lines) and "|" in lines[end] and end - first < ROWS:
        end += 1
    return end - first


def _sheet(lines: list[str], first: int, height: int, name: str) -> Sheet:
    numbers = [first, *range(first + 2, first + height)]
    rows = [_cells(lines[number]) for number in numbers]
    wide = max(map(len, rows))
    rows = [row + [Cell()] * (wide - len(row)) for row in rows]
    return Sheet(name, rows, origins=[f"第{number + 1}行" for number in numbers])


def _cells(line: str) -> list[Cell]:
    line = line.strip().removeprefix("|")
    if line.endswith("|") and not line.endswith("\\|"):
        line = line[:-1]
    return [Cell(_plain(part.replace("\\|", "|"))) for part in _BAR.split(line)[:COLUMNS]]


def _unmarked(line: str) -> str:
    """A line without the marks of a heading, quotation or list; '' for a rule or fence."""
    line = line.strip()
    if re.fullmatch(r"(?:[-*_]\s*){3,}|`{3,}.*|~{3,}.*", line):
        return ""
    found = _MARKS.match(line)
    line = line[found.end() :] if found else line
    return _plain(re.sub(r"(?<!\s)\s+#+$", "", line))


def _plain(text: str) -> str:
    """Without the marks of bold type and code; <br> is a line break."""
    text = re.sub(r"<br\s*/?>", "\n", text.strip(), flags=re.IGNORECASE)
    text = _BOLD.sub(r"\2", re.sub(r"</?(?:b|i|em|strong|u)>", "", text, flags=re.IGNORECASE))
    return re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", text).strip()
