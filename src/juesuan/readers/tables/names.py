"""Which known column or row a printed name means; the aliases are data (`words.yml`)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml
from rapidfuzz import fuzz, process

from juesuan.layouts import plain

# Below the first nothing is taken; between the two it is named as a question.
CERTAIN, ALIKE = 88, 60
# The best of the names must stand this far before the next.
_AHEAD = 8


@dataclass(frozen=True)
class Match:
    """`name` is what was understood ('' for nothing), `confidence` 0–100, `near` names that come close."""

    name: str = ""
    confidence: int = 0
    near: list[str] = field(default_factory=list)


@cache
def _words() -> dict[str, Any]:
    words = yaml.safe_load(files(__package__).joinpath("words.yml").read_text(encoding="utf-8"))
    for key in ("columns", "rows", "totals"):
        words[key] = {plain(printed): name for printed, name in words[key].items()}
    words["neutral"] = {plain(word) for word in words["neutral"]}
    words["silent"] = words["neutral"] - {"决算数", "金额"}
    words["foreign"] = re.compile("|".join(words["foreign"]))
    return dict(words)


def row_alias(label: str) -> str:
    """The usual name behind another way of printing a row, '' where there is none."""
    return str(_words()["rows"].get(plain(label), ""))


def is_code_head(word: str) -> bool:
    """科目编码, 功能分类科目编码, 支出功能分类科目编码, 经济分类科目代码, or 类, 款, 项 in columns of their own."""
    return plain(word).endswith(("编码", "代码")) or plain(word) in ("类", "款", "项")


def is_name_head(word: str) -> bool:
    """科目名称, 功能分类科目名称."""
    return plain(word).endswith("科目名称")


def is_silent(word: str) -> bool:
    """A head that announces no figures: 行次, 项目, the code and name columns."""
    return plain(word) in _words()["silent"] or is_code_head(word) or is_name_head(word)


def column_of(path: Iterable[str], wanted: Iterable[str], beside: Iterable[str] = ()) -> str:
    """The one of `wanted` that a head certainly means, '' for none; see `match_column`."""
    return match_column(path, wanted, beside, fuzzy=False).name


def match_column(
    path: Iterable[str], wanted: Iterable[str], beside: Iterable[str] = (), fuzzy: bool = True
) -> Match:
    """The one of `wanted` that a head means; `path` holds its words from the top down.

    `beside` are words that say something else about the column (预算数 beside 公务接待费).
    """
    known, neutral, foreign = _by_plain(tuple(wanted)), _words()["neutral"], _words()["foreign"]
    others = {plain(word) for word in beside}
    words = [w for w in map(plain, path) if w in known or not (w in neutral or w in others)]
    if not words or any(foreign.search(word) and not _known(word, known) for word in words):
        return Match()
    last, above = words[-1], words[:-1]
    totals = _words()["totals"]
    if last in totals:
        above = [name for word in above if (name := _known(word, known)) and word not in totals]
        alone = (known[word] for word in totals[last] if word in known)
        name = above[-1] if above else next(alone, "")
        return Match(name, 100 if name else 0)
    name = _known(last, known)
    return Match(name, 100) if name or not fuzzy else _alike(last, known)


@lru_cache(maxsize=512)
def _by_plain(names: tuple[str, ...]) -> dict[str, str]:
    return {plain(name): name for name in names}


def is_head_word(word: str, wanted: Iterable[str]) -> bool:
    """A word that stands in heads only, so that its row is no row of figures."""
    names, words = {plain(name) for name in wanted}, _words()
    heads = names | set(words["columns"]) | set(words["totals"]) | words["neutral"]
    return plain(word) in heads or is_silent(word)


def _known(word: str, known: dict[str, str]) -> str:
    return known.get(word) or known.get(plain(_words()["columns"].get(word, word)), "")


def _alike(word: str, known: dict[str, str]) -> Match:
    """A name that differs by a slip; two names that are opposites are never taken for each other."""
    scored = process.extract(word, list(known), scorer=fuzz.ratio, limit=3, score_cutoff=ALIKE)
    near = [known[name] for name, _, _ in scored]
    if not scored or _opposed(word, scored[0][0]):
        return Match(near=near)
    (best, score, _), *others = scored
    if score < CERTAIN or (others and score - others[0][1] < _AHEAD):
        return Match(near=near)
    return Match(known[best], int(score), near)


def _opposed(a: str, b: str) -> bool:
    return any(
        (one in a and other in b and one not in b) or (other in a and one in b and other not in b)
        for one, other in _words()["opposites"]
    )
