"""The other parts of a published document: duties, the units behind the accounts, the glossary."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from juesuan.accounts import Cited, Disclosure
from juesuan.layouts import plain
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import Sheet, unwrapped

_CHAPTER = re.compile(r"第[一二三四五六七八九]部分(.*)")
_SECTION = re.compile(r"[一二三四五六七八九十]+、(.{2,30})")
_NUMBER = re.compile(
    r"^(?:[（(]?(?:[一二三四五六七八九十]+|\d+)[）)]|\d+[.．、]|第[一二三四五六七八九十]+条)\s*"
)
_TERM = re.compile(r"(?:[一二三四五六七八九十]+|\d+)[、.．]\s*([^：:]{2,30})[：:](.+)")
_DUTIES = ("职能", "职责")


def chapters(passages: Sequence[Passage], sheets: Sequence[Sheet]) -> Disclosure:
    """Duties, offices and glossary where the document has them."""
    found: dict[str, Any] = {
        "duties": list(_duties(passages)),
        "offices": list(_units(sheets)),
        "glossary": list(_glossary(passages)),
    }
    return Disclosure.model_validate({key: value for key, value in found.items() if value})


def _chapter(passages: Sequence[Passage], word: str) -> list[Passage]:
    """What stands below the last heading `第…部分 …word` (a table of contents has one too), up to the next."""
    heads = [i for i, p in enumerate(passages) if len(p.text) < 45 and _CHAPTER.match(unwrapped(p.text))]
    starts = [i for i in heads if word in unwrapped(passages[i].text)]
    if not starts:
        return []
    end = next((i for i in heads if i > starts[-1]), len(passages))
    return list(passages[starts[-1] + 1 : end])


def _duties(passages: Sequence[Passage]) -> Iterator[Cited]:
    inside = False
    for passage in _chapter(passages, "概况"):
        text = unwrapped(passage.text)
        if heading := _SECTION.fullmatch(text):
            inside = any(word in heading[1] for word in _DUTIES)
        elif inside and (words := _NUMBER.sub("", text)) and not words.endswith("："):
            yield Cited.at(words, passage.place)


def list_of_units(sheet: Sheet) -> tuple[int, int] | None:
    """The row and column of the head 单位名称, None where the table is no list of units."""
    for row in range(1, min(sheet.height, 10) + 1):
        for column, text in enumerate(sheet.texts(row), 1):
            if plain(text) in ("单位名称", "预算单位名称"):
                return row, column
    return None


def _units(sheets: Sequence[Sheet]) -> Iterator[dict[str, Cited]]:
    for sheet in sheets:
        row, column = list_of_units(sheet) or (sheet.height, 0)
        for below in range(row + 1, sheet.height + 1):
            if name := sheet.text(below, column):
                place = sheet.ref(below, column)
                yield {"name": Cited.at(name, place), "text": Cited.at(sheet.text(below, column + 1), place)}


def _glossary(passages: Sequence[Passage]) -> Iterator[dict[str, Cited]]:
    for passage in _chapter(passages, "名词解释"):
        if term := _TERM.fullmatch(unwrapped(passage.text)):
            name, text = term[1], term[2]
            yield {"name": Cited.at(name, passage.place), "text": Cited.at(text, passage.place)}
