"""What of a web page is shown, and its text without the white space of the source."""

from __future__ import annotations

import re
from typing import Any

BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "html", "li", "main", "ol", "p", "pre", "section", "td", "th", "tr", "ul",
}  # fmt: skip
_UNSEEN = {
    "script", "style", "head", "template", "noscript", "svg", "math", "nav", "footer", "select", "option",
    "textarea", "button", "iframe", "object", "input",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u200b\ufeff]+")


def is_hidden(element: Any) -> bool:
    """Scripts, styles, navigation, and what a style hides."""
    return (
        element.tag in _UNSEEN
        or not isinstance(element.tag, str)
        or element.get("hidden") is not None
        or bool(_HIDDEN.search(element.get("style") or ""))
    )


def tidy(text: str) -> str:
    """One line of text as a browser shows it."""
    return _SPACE.sub(_space, text).strip()


def _space(found: re.Match[str]) -> str:
    """A line break of the source beside a Chinese character is no space; Word wraps the source anywhere."""
    text, (start, end) = found.string, found.span()
    breaks = "\n" in found[0] or "\r" in found[0]
    beside = text[max(0, start - 1) : start] + text[end : end + 1]
    return "" if breaks and not beside.isascii() else " "


def lines_in(element: Any) -> str:
    """The text of a cell, a line for each line that shows."""
    pieces: list[str] = []
    _collect(element, pieces)
    # NUL parts the lines: it cannot stand in a parsed page.
    lines = (tidy(line) for line in "".join(pieces).split("\x00"))
    return "\n".join(line for line in lines if line)


def _collect(element: Any, pieces: list[str]) -> None:
    if is_hidden(element):
        return
    block = element.tag in BLOCKS
    pieces += ["\x00" if block else "", element.text or ""]
    for child in element:
        _collect(child, pieces)
        pieces.append(child.tail or "")
    pieces.append("\x00" if block else "")
