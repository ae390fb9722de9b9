"""Text on a chart: how wide it is in points and where its lines break."""

from __future__ import annotations

import re
from functools import lru_cache

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from juesuan.charts.style import font

TITLE, BODY, SMALL = 12.5, 9.5, 9.0
LEADING = 1.35

# A number stays in one piece; a closing mark never opens a line, an opening one never ends it.
_TOKEN = re.compile(r"[（《“]*(?:[A-Za-z0-9.,%+\-−]+(?:\s*·\s*[0-9.,%]+)?|.)[，。、；：）》”！？]*")
_CLAUSE = re.compile(r"(.*[，；。、])(.*)")


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """Width in points of one line of `text` set at `size` points."""
    prop = FontProperties(fname=str(font()), size=size)
    measured: float = text_to_path.get_text_width_height_descent(text, prop, False)[0]
    return measured


def wrap(text: str, size: float, limit: float) -> list[str]:
    """`text` in lines no wider than `limit` points, broken behind a clause where one ends in the second half.

    A single unbreakable token may exceed the limit.
    """
    # Every line that is measured has to be shaped; most texts fit as a whole.
    if "\n" not in text and width(text.strip(), size) <= limit:
        return [text.strip()]
    lines = [""]
    for token in _TOKEN.findall(text):
        if lines[-1] and width((lines[-1] + token).rstrip(), size) > limit:
            clause = _CLAUSE.fullmatch(lines[-1])
            if clause and width(clause[1], size) > limit / 2:
                lines[-1:] = [clause[1], clause[2]]
            else:
                lines.append("")
        lines[-1] += token if lines[-1] else token.lstrip()
    return [line.strip() for line in lines]


def balanced(text: str, size: float, limit: float) -> list[str]:
    """`text` in as few lines as `limit` allows, of about equal width; a bracket stays whole where it can."""
    head, bracket, tail = text.partition("（")
    if head and width(text, size) > limit >= max(width(head, size), width(bracket + tail, size)):
        return [head, bracket + tail]
    count = len(wrap(text, size, limit))
    narrow = width(text, size) / count
    while narrow < limit and len(wrap(text, size, narrow)) > count:
        narrow += size / 4
    return wrap(text, size, min(narrow, limit))


def clauses(text: str, size: float, limit: float) -> list[str]:
    """`text` in one line, or in two that part at the clause nearest the middle, or wrapped where neither fits."""
    if width(text, size) <= limit:
        return [text]
    halves = [(text[: m.end()], text[m.end() :]) for m in re.finditer("[，；。](?=.)", text)]
    fitting = {max(width(a, size), width(b, size)): [a, b] for a, b in halves}
    best = min(fitting, default=limit + 1)
    return fitting[best] if best <= limit else balanced(text, size, limit)


def joined(text: str, size: float, limit: float) -> list[str]:
    """`text`, whose pieces ` · ` joins, in lines that break between pieces first."""
    if width(text, size) <= limit:
        return wrap(text, size, limit)
    lines: list[str] = []
    for piece in text.split(" · "):
        if lines and width(f"{lines[-1]} · {piece}", size) <= limit:
            lines[-1] += f" · {piece}"
        else:
            lines += wrap(piece, size, limit)
    return lines


def leading(size: float, lines: int = 1) -> float:
    """Height in points of `lines` lines."""
    return size * LEADING * lines
