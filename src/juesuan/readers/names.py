"""Which known column a printed head means: its words from top to bottom, the most specific one first."""

from __future__ import annotations

import re
from collections.abc import Iterable

from juesuan.layouts import plain

_SAME = {
    "公务用车购置及运行维护费": "公务用车购置及运行费",
    "公务用车购置和运行维护费": "公务用车购置及运行费",
    "公务用车购置及运行费": "公务用车购置及运行费",
    "购置费": "公务用车购置费",
    "运行费": "公务用车运行维护费",
    "运行维护费": "公务用车运行维护费",
    "公务用车运行费": "公务用车运行维护费",
    "因公出国(境)费用": "因公出国（境）费",
    "金额": "决算数",
}
# A total is that of the head above it; standing alone it is one of these, as far as the table has it.
_TOTALS = {"小计": ("合计", "本年支出"), "合计": ("合计", "本年收入合计", "本年支出合计")}
_NEUTRAL = {"决算数", "金额", "栏次", "行次", "序号", "项目", "类", "款", "项", "收入", "支出"}
_FOREIGN = re.compile("预算数|上年|增减")


def is_code_head(word: str) -> bool:
    """科目编码, 功能分类科目编码, 支出功能分类科目编码, 经济分类科目代码, or 类, 款, 项 in columns of their own."""
    return plain(word).endswith(("编码", "代码")) or plain(word) in ("类", "款", "项")


def is_name_head(word: str) -> bool:
    """科目名称, 功能分类科目名称."""
    return plain(word).endswith("科目名称")


def is_silent(word: str) -> bool:
    """A head that announces no figures: 行次, 项目, the code and name columns."""
    return plain(word) in _NEUTRAL - {"决算数", "金额"} or is_code_head(word) or is_name_head(word)


def column_of(path: Iterable[str], wanted: Iterable[str], beside: Iterable[str] = ()) -> str:
    """The one of `wanted` that a head means, '' for none; `path` holds its words from the top down.

    `beside` are words that say something else about the column (预算数 beside 公务接待费).
    """
    known = {plain(name): name for name in wanted}
    skipped = _NEUTRAL | {plain(word) for word in beside}
    words = [word for word in map(plain, path) if word in known or word not in skipped]
    if not words or any(_FOREIGN.search(word) and word not in known for word in words):
        return ""
    last, above = words[-1], words[:-1]
    if last in _TOTALS:
        above = [name for word in above if (name := _known(word, known)) and word not in _TOTALS]
        alone = (known[word] for word in _TOTALS[last] if word in known)
        return above[-1] if above else next(alone, "")
    return _known(last, known)


def is_head_word(word: str, wanted: Iterable[str]) -> bool:
    """A word that stands in heads only, so that its row is no row of figures."""
    names = {plain(name) for name in wanted}
    return plain(word) in names | set(_SAME) | set(_TOTALS) | _NEUTRAL or is_silent(word)


def _known(word: str, known: dict[str, str]) -> str:
    return known.get(word) or known.get(plain(_SAME.get(word, word)), "")
