"""A number through its Excel number format: what the cell shows, or nothing where the format is not understood."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Context, Decimal

from juesuan.quantity import Quantity, State
from juesuan.wording import half_up

_FIFTEEN = Context(prec=15)
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|_.|\*.|\[([^\]]*)\]|(.)', re.DOTALL)
_COLOUR = re.compile(r"black|blue|cyan|green|magenta|red|white|yellow|color\s*\d+", re.IGNORECASE)
# Digits with thousands separators between them; a comma behind the last digit would divide by a thousand.
_DIGITS = re.compile(r"[-+(¥￥$€ ]*[#0?]*(?:,[#0?]+)*(?:\.([#0?]*))?[-+)% ]*")
_LARGE = 15
_GENERAL = ("General", "G/通用格式", "@")


@dataclass
class _Section:
    """One of up to four parts of a format: its signs, its text, and whether a bracket is strange."""

    signs: str = ""
    text: str = ""
    strange: bool = field(default=False)


def formatted(value: Decimal, number_format: str, unit: str, ref: str = "") -> Quantity:
    """`value` as `number_format` prints it: 29.3 under `0.00` is 29.30; under `General` it is 29.3.

    A format that scales, spells or abbreviates the number is not understood: the figure is unparsed.
    """
    # No amount has that many digits, and written out the number might fill the memory.
    if not value.is_finite() or (value and abs(value.adjusted()) > _LARGE):
        return Quantity(None, None, unit, State.UNPARSED, ref, str(value))
    sections = _sections(number_format)
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0]
    if value == 0 and len(sections) > 2:
        section = sections[2]
        if not re.search(r"[0#]", section.signs):
            return Quantity.parse((section.signs + section.text).translate({63: None, 32: None}), unit, ref)
    signs = section.signs.strip()
    digits = _DIGITS.fullmatch(signs)
    general = signs in _GENERAL
    if section.strange or not _harmless(section.text, unit) or not (general or (signs and digits)):
        return Quantity(None, None, unit, State.UNPARSED, ref, format(value, "f"))
    if general or digits is None:
        # A double holds fifteen digits; what follows is binary noise that Excel does not show.
        plain = format(_FIFTEEN.plus(value).normalize(), "f")
        return Quantity.of("0" if value == 0 else plain, unit, ref)
    if "%" in signs:
        value, unit = value * 100, "%"
    places = digits[1] or ""
    shown = f"{half_up(value, len(places)):f}"
    optional = len(places) - places.count("0")
    while optional and shown.endswith("0"):
        shown, optional = shown[:-1], optional - 1
    return Quantity.of(shown.rstrip("."), unit, ref)


def _sections(number_format: str) -> list[_Section]:
    sections = [_Section()]
    for quoted, escaped, bracket, sign in _TOKEN.findall(number_format):
        here = sections[-1]
        if sign == ";":
            sections.append(_Section())
        elif bracket.startswith("$"):
            here.text += bracket[1:].partition("-")[0]
        elif bracket:
            here.strange = here.strange or not _COLOUR.fullmatch(bracket)
        else:
            here.signs += sign
            here.text += quoted + escaped
    return sections


def _harmless(text: str, unit: str) -> bool:
    """Text beside the digits may repeat the unit of the table; it must not look like digits or another unit."""
    bare = re.sub(r"\s", "", text)
    return bare in (unit, unit.removesuffix("元")) or not re.search(r"[\d.,%％元万亿千百]", bare)
