"""A sentence into tokens: numbers with their units, years, items of the section, words with a fixed role."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from juesuan.claims.lexicon import Item, Lexicon
from juesuan.quantity import Quantity

_NUMBER = re.compile(
    r"(?P<n>(?<![\d.])-?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
    r"(?P<u>%|千万元|百万元|万元|亿元|千元|百元|元|千万|百万|万(?![一-鿿])|亿(?![一-鿿])|个百分点|台（套）|台/套|台套|余名|余人|余|人次|批次|辆次|次|批|辆|台|套|个|项|人|名|户|分|年度|年|月|日|平方米|条|家|份|倍)?"
)
_FULL = {0xFF10 + i: str(i) for i in range(10)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("－"): "-",
    ord("−"): "-",
}
_MARKS = {"(": "（", ")": "）", ";": "；", ":": "：", "＂": '"'}
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
# Units of money that the tables are counted in; 千元 and its like are left unmatched.
MONEY = {"元", "万元", "亿元", "万"}


@dataclass(frozen=True)
class Token:
    """`kind` is number, year, item, mark or a group of words.yml; the span is one of the clean text."""

    kind: str
    text: str
    start: int
    end: int
    item: Item | None = None
    unit: str = ""

    def quantity(self, unit: str, place: str) -> Quantity:
        """The number as printed; 万 stands for 万元, a bare number counts in `unit`."""
        named = {"万": "万元", "台（套）": "台/套", "台套": "台/套"}.get(self.unit, self.unit) or unit
        return Quantity.parse(self.text, named, place)


@dataclass(frozen=True)
class Clean:
    """A sentence without spaces and in one kind of characters; `at` gives each character's place in the original."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the clean text as one of the original."""
        return self.at[start], self.at[end - 1] + 1


def clean(text: str) -> Clean:
    """Take out spaces; digits, signs and brackets in one width; thousands keep their comma, others become ，."""
    kept = [(i, c) for i, c in enumerate(text) if not c.isspace()]
    plain = "".join(_MARKS.get(c, c) for _, c in kept).translate(_FULL)
    grouped = {m.start() for m in _THOUSANDS.finditer(plain)}
    joined = "".join("," if i in grouped else "，" if c == "," else c for i, c in enumerate(plain))
    return Clean(joined, tuple(i for i, _ in kept))


@cache
def _words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    rows = yaml.safe_load(files(__package__).joinpath("words.yml").read_text("utf-8"))
    return tuple((kind, re.compile(says)) for kind, says in rows.items())


def tokens(text: str, lexicon: Lexicon, extra: Iterator[Token] | tuple[Token, ...] = ()) -> list[Token]:
    """The tokens of a clean sentence in order: of those that begin at one place the longest, none overlapping."""
    found = [*extra, *_numbers(text)]
    found += [Token(kind, m[0], m.start(), m.end()) for kind, p in _words() for m in p.finditer(text) if m[0]]
    found += [
        Token("item", m[0], m.start(), m.end(), i) for p, i in lexicon.own for m in p.finditer(text) if m[0]
    ]
    found += [Token("mark", c, i, i + 1) for i, c in enumerate(text) if c in "，。；：、（）"]
    chosen: list[Token] = []
    for token in sorted(found, key=lambda t: (t.start, -t.end, t.kind != "item")):
        if not chosen or token.start >= chosen[-1].end:
            chosen.append(token)
    return chosen


def _numbers(text: str) -> Iterator[Token]:
    for m in _NUMBER.finditer(text):
        unit = m["u"] or ""
        kind = "year" if unit in ("年", "年度") and len(m["n"]) == 4 else "number"
        yield Token(kind, m["n"], m.start(), m.end(), unit=unit)
