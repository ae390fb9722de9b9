"""The automatic numbers of a Word document: （一）, 1. and their like are not typed, yet headings depend on them."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "零一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
}  # fmt: skip
_CIRCLED = {"decimalEnclosedCircle", "decimalEnclosedCircleChinese"}


class Numbers:
    """Counts the list paragraphs of one document, in the order in which they are asked for."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._levels: dict[str, dict[int, Any]] = {}
        self._lists: dict[str, str] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._styles: dict[str, tuple[Any, str]] = {}
        for abstract in _all(numbering, "abstractNum"):
            levels = {_number(level.get(f"{W}ilvl")): level for level in _all(abstract, "lvl")}
            self._levels[abstract.get(f"{W}abstractNumId", "")] = levels
        for listed in _all(numbering, "num"):
            name = listed.get(f"{W}numId", "")
            self._lists[name] = _value(listed.find(f"{W}abstractNumId"))
            for override in _all(listed, "lvlOverride"):
                start = override.find(f"{W}startOverride")
                if start is not None:
                    self._restarts[name, _number(override.get(f"{W}ilvl"))] = _number(_value(start))
        for style in _all(styles, "style"):
            properties = style.find(f"{W}pPr/{W}numPr")
            based = _value(style.find(f"{W}basedOn"))
            self._styles[style.get(f"{W}styleId", "")] = (properties, based)

    def label(self, paragraph: Any) -> str:
        """The number that Word shows before this paragraph; '' for none or a bullet."""
        name, level = self._list_of(paragraph)
        abstract = self._lists.get(name)
        if abstract is None or level not in self._levels.get(abstract, {}):
            return ""
        counts = self._counts.setdefault(abstract, {})
        restart = self._restarts.pop((name, level), None)
        if restart is not None:
            counts[level] = restart
        elif level in counts:
            counts[level] += 1
        else:
            counts[level] = self._start(abstract, level)
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        return self._shown(abstract, level, counts)

    def _list_of(self, paragraph: Any) -> tuple[str, int]:
        own = paragraph.find(f"{W}pPr/{W}numPr")
        style = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        name, level = _listed(own)
        for _ in range(20):
            if name or style not in self._styles:
                break
            properties, style = self._styles[style]
            name, of_style = _listed(properties)
            level = of_style if level is None else level
        return name, level or 0

    def _start(self, abstract: str, level: int) -> int:
        start = self._levels[abstract][level].find(f"{W}start")
        return 1 if start is None else _number(_value(start))

    def _shown(self, abstract: str, level: int, counts: dict[int, int]) -> str:
        levels = self._levels[abstract]
        if _value(levels[level].find(f"{W}numFmt")) in ("bullet", "none"):
            return ""
        text = _value(levels[level].find(f"{W}lvlText"))
        for each in range(level + 1):
            if f"%{each + 1}" in text and each in levels:
                count = counts.get(each) or self._start(abstract, each)
                text = text.replace(f"%{each + 1}", spelt(count, _value(levels[each].find(f"{W}numFmt"))))
        return text


def spelt(count: int, form: str) -> str:
    """A count as Word spells it in a number format; in digits where the format is not one of the usual."""
    if form in _CHINESE:
        return chinese(count)
    if form in _CIRCLED and 0 < count <= 20:
        return chr(0x245F + count)
    if form == "decimalFullWidth":
        return "".join(chr(0xFEE0 + ord(digit)) for digit in str(count))
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26:
        return chr((97 if form == "lowerLetter" else 65) + count - 1)
    return str(count)


def chinese(count: int) -> str:
    """12 → 十二, 105 → 一百零五."""
    if not 0 < count < 1000:
        return str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    text = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (_DIGITS[ones] if ones else "")


def _all(parent: Any, tag: str) -> list[Any]:
    return [] if parent is None else parent.findall(f"{W}{tag}")


def _value(element: Any) -> str:
    return "" if element is None else str(element.get(f"{W}val") or "")


def _number(text: str | None) -> int:
    return int(text) if text and text.lstrip("-").isdigit() else 0


def _listed(properties: Any) -> tuple[str, int | None]:
    if properties is None:
        return "", None
    level = properties.find(f"{W}ilvl")
    return _value(properties.find(f"{W}numId")), None if level is None else _number(_value(level))
