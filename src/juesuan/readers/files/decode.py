"""Bytes into text: what the file declares, else the two encodings in which Chinese text is kept."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decoded(data: bytes, declared: str = "") -> str | None:
    """The text of a file; None if it is none. gb2312 and gbk are read as gb18030, which holds both."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    declared = "gb18030" if declared.lower().startswith("gb") else declared
    for name in (declared, "utf-8", "gb18030"):
        text = _strict(data, name) if name else None
        if text is not None:
            return text
    # A cut character or two must not cost the page; a file of other bytes is no text.
    text = data.decode(_known(declared) or "utf-8", errors="replace")
    return text if declared and text.count("\ufffd") * 50 < len(text) and not _is_binary(text) else None


def _strict(data: bytes, name: str) -> str | None:
    try:
        text = data.decode(name)
    except (UnicodeError, LookupError):
        return None
    return None if _is_binary(text) else text


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _is_binary(text: str) -> bool:
    return "\x00" in text or len(_CONTROL.findall(text)) * 200 > len(text)
