"""The published explanation (情况说明) as sentences, each with its section and place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from juesuan.accounts import Sentence
from juesuan.layouts import Layout, plain
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import unwrapped
from juesuan.wording import numeral

_CHAPTER = re.compile(r"第[一二三四五六七八九]部分")
_SECTION = re.compile(r"([一二三四五六七八九十]+)、(.*)")
_PART = re.compile(r"[（(]([一二三四五六七八九十]+)[）)](.*)")
_ENDS = ("。", "！", "？", "；", "：", "…", "）", "”", ".", ";", ":", ")")
_NUMBER = re.compile(r"([1-9])[.．、](.+)")
_FULL = re.compile(r"[^。！？]*[。！？]?")
# A line of this length is a heading; one with an amount of money never is.
_HEADING = 45
_LINE = 60
_AMOUNT = re.compile(r"\d\s*(?:万|亿)?元")
_YEAR = re.compile(r"20\d\d年度?")
_UNIT = re.compile(r"\d\s*(亿元|万元|元)")


def sentences(passages: Sequence[Passage], layout: Layout) -> list[Sentence]:
    """The sentences of the explanation in order; none where the text holds no explanation."""
    found: list[Sentence] = []
    section = part = ""
    body = _body(passages, layout)
    lower = bool(body) and bool(_PART.fullmatch(unwrapped(body[0].text)))
    for number, passage in enumerate(_joined(body)):
        text = _raised(unwrapped(passage.text)) if lower else unwrapped(passage.text)
        if (heading := _SECTION.fullmatch(text)) and _is_heading(heading[2]):
            section, part = heading[1], ""
            continue
        if begun := _PART.fullmatch(text):
            part = f"（{begun[1]}）"
            if _is_heading(begun[2]):
                continue
        for one in _FULL.findall(text):
            if one.strip():
                found.append(Sentence(section + part, passage.place, one, number))
    return found


def _raised(text: str) -> str:
    """Headings a step higher, where a document counts its sections （一） and their parts 1．"""
    if (part := _PART.fullmatch(text)) and _is_heading(part[2]):
        return f"{part[1]}、{part[2]}"
    if (number := _NUMBER.fullmatch(text)) and _is_heading(number[2]):
        return f"（{numeral(int(number[1]))}）{number[2]}"
    return text


def outline(passages: Sequence[Passage], layout: Layout) -> list[Sentence]:
    """The short lines around the explanation: cover, table of contents, headings of parts and tables."""
    body = {id(passage) for passage in _body(passages, layout)}
    lines = (p for p in passages if id(p) not in body and len(p.text) <= _LINE)
    return [Sentence("目录和标题", p.place, unwrapped(p.text), n) for n, p in enumerate(lines)]


def _joined(passages: Sequence[Passage]) -> Iterator[Passage]:
    """The paragraphs whole: one that a page breaks in the middle of a clause goes on in the next passage."""
    held: Passage | None = None
    for passage in passages:
        if held is not None:
            passage = replace(held, text=f"{held.text.rstrip()}{passage.text.lstrip()}")
        held = passage if _breaks_off(unwrapped(passage.text)) else None
        if held is None:
            yield passage
    if held is not None:
        yield held


def _breaks_off(text: str) -> bool:
    return (
        not text.endswith(_ENDS)
        and any(c in text for c in "，,；")
        and bool(_AMOUNT.search(text) or "：" in text)
    )


def unit_of_text(passages: Sequence[Passage]) -> str:
    """The money unit in which the text counts most often, '' where it names none."""
    named = [unit for passage in passages for unit in _UNIT.findall(passage.text)]
    return max(dict.fromkeys(named), key=named.count, default="")


def _heads(text: str, first: str) -> bool:
    """一、2023年度收入支出决算总体情况 is the heading 收入支出决算总体情况说明 too."""
    line = plain(unwrapped(text))
    bare = _YEAR.sub("", line).removesuffix("说明").removesuffix("。").removesuffix("的").removesuffix("情况")
    wanted = first.removesuffix("说明").removesuffix("情况")
    # 关于某局2024年度收入支出决算总体情况的说明 is that heading too.
    fiscal = bare.endswith(f"财政拨款{wanted}")
    named = bare.endswith(wanted) and not fiscal and bool(_YEAR.search(line) or line.startswith("关于"))
    return len(line) <= _HEADING and (bare == wanted or named)


def _is_heading(text: str) -> bool:
    return len(text) <= _HEADING and not _AMOUNT.search(text) and "，" not in text


def _body(passages: Sequence[Passage], layout: Layout) -> Sequence[Passage]:
    """From the first heading of the first section with a sentence below it (a table of contents has none) to
    the next chapter, or to where the first section comes again: that is another explanation."""
    first = plain(layout.sections[0])
    starts = [i for i, p in enumerate(passages) if _heads(p.text, first)]
    for start, after in pairwise([*starts, len(passages)]):
        body = passages[start:after]
        chapter = (i for i, p in enumerate(body) if _CHAPTER.match(unwrapped(p.text)) and len(p.text) < 40)
        body = body[: next(chapter, None)]
        if any("。" in passage.text for passage in body):
            return body
    return []
