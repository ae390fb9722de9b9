"""The words of a Word paragraph as the reader sees them: insertions stay, tracked deletions go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from juesuan.readers.files.word_numbers import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_EXTENT = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}extent"
_BLIP = "{http://schemas.openxmlformats.org/drawingml/2006/main}blip"
# Deleted and moved text, the phonetic gloss over characters, and text boxes, which are passages of their own.
_LEFT_OUT = {
    f"{W}{tag}" for tag in ("del", "moveFrom", "rt", "txbxContent", "pPr", "rPr", "instrText", "delText")
}
_WRAPPERS = {f"{W}{tag}" for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_SIGNS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": " "}
# A sixth of an A4 page in square English metric units; smaller pictures are logos.
_LARGE = 7_560_000 * 10_692_000 // 6


def blocks_of(container: Any) -> Iterator[Any]:
    """The paragraphs and tables of a body, cell or text box in order, also those in content controls."""
    for child in container:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from blocks_of(child)
        elif child.tag == f"{_MC}AlternateContent":
            yield from blocks_of(_alternative(child))


def children_of(parent: Any, tag: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls."""
    for child in parent:
        if child.tag == f"{W}{tag}":
            yield child
        elif child.tag in _WRAPPERS:
            yield from children_of(child, tag)


def text_of(paragraph: Any) -> str:
    """What a paragraph shows, without its automatic number."""
    return "".join(_pieces(paragraph)).strip()


def boxes_of(paragraph: Any) -> Iterator[Any]:
    """The text boxes that are anchored in a paragraph."""
    for child in paragraph:
        if child.tag == f"{W}txbxContent":
            yield child
        elif child.tag == f"{_MC}AlternateContent":
            yield from boxes_of(_alternative(child))
        elif child.tag not in _LEFT_OUT:
            yield from boxes_of(child)


def has_large_image(paragraph: Any) -> bool:
    """Whether a picture large enough to be a table stands in the paragraph."""
    if next(paragraph.iter(_BLIP), None) is None:
        return False
    return any(_area(extent) > _LARGE for extent in paragraph.iter(_EXTENT))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in (f"{W}t", _MATH):
            yield child.text or ""
        elif child.tag == f"{W}br" and child.get(f"{W}type") in ("page", "column"):
            continue
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag == f"{_MC}AlternateContent":
            yield from _pieces(_alternative(child))
        elif child.tag not in _LEFT_OUT and not _is_hidden(child):
            yield from _pieces(child)


def _alternative(choices: Any) -> Any:
    """One of the forms in which newer and older programs keep the same drawing."""
    for form in ("Choice", "Fallback"):
        found = choices.find(f"{_MC}{form}")
        if found is not None:
            return found
    return ()


def _is_hidden(run: Any) -> bool:
    if run.tag != f"{W}r":
        return False
    vanish = run.find(f"{W}rPr/{W}vanish")
    return vanish is not None and vanish.get(f"{W}val") not in ("0", "false", "off")


def _area(extent: Any) -> int:
    sides = [extent.get(side, "0") for side in ("cx", "cy")]
    return int(sides[0]) * int(sides[1]) if all(side.isdigit() for side in sides) else 0
