"""The phrases of an explanation as data, and their translation into patterns; see the yml files."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from juesuan.quantity import Quantity

NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
_UNIT = r"(?:万元|亿元|元|万|个|辆|人次|批次|分|台（套）|台/套)?"
_TOKEN = re.compile(r"\{(数|比|因|文|略)(?: ([^{}]+))?\}|([\[\]<>|$])|([^\[\]<>|${}]+)")
_BEFORE = r"(?:[比与](?:上一?年度?|\d{4}年度?)(?:相比)?，?)?"
# …比2023年度减少0.15万元，下降（增长）27.78% · 支出决算为0.00万元，与2024年持平 · 减少为0.00万元，与2024年持平
_CHANGE = (
    rf"(?:支出决算|决算数?|支出)?(?:减少为|增加为|为)?(?:{NUMBER}{_UNIT}，)?{_BEFORE}"
    rf"(?:(?P<@way>增加|减少)(?P<@by>{NUMBER})(?P<@byu>{_UNIT})(?:，(?:增长|下降)(?:[（(](?:增长|下降)[）)])?{NUMBER}%?|，上年基数为0，不可比)?"
    r"|(?P<@same>持平))"
)
_SIGNS = {"[": "(?:", "]": ")?", "<": "(?:", ">": ")", "|": "|", "$": "$"}


@dataclass(frozen=True)
class Phrase:
    """One phrase: the section it stands in, its pattern, and what each group of the pattern means."""

    section: str
    pattern: re.Pattern[str]
    groups: dict[str, tuple[str, str]] = field(default_factory=dict)
    when: str = ""


@dataclass(frozen=True)
class Phrases:
    """All phrases of one way of writing."""

    figures: list[Phrase]
    items: Phrase
    empty: dict[str, Phrase]


@cache
def phrases(name: str) -> Phrases | None:
    """The phrases of that name, None where there are none."""
    file = files(__name__).joinpath(f"{name}.yml")
    if not name or not file.is_file():
        return None
    data: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Phrases(
        [compiled(**_named(row)) for row in data["figures"]],
        compiled(**_named(data["items"])),
        {row["table"]: compiled(row["in"], row["says"]) for row in data["empty"]},
    )


def said(found: re.Match[str], name: str, unit: str) -> Quantity:
    """A number of the text in the unit printed behind it, else in the text's own; 万 stands for 万元."""
    printed = found[f"{name}u"] or unit
    return Quantity.parse(found[name], "万元" if printed == "万" else printed)


def _named(row: dict[str, str]) -> dict[str, str]:
    return {"section": row["in"], "says": row["says"], "when": row.get("when", "")}


def compiled(section: str, says: str, when: str = "") -> Phrase:
    """Translate one phrase; a brace that is none of the known ones is a ValueError."""
    groups: dict[str, tuple[str, str]] = {}
    parts, at = [], 0
    for found in _TOKEN.finditer(says):
        if found.start() != at:
            raise ValueError(f"not a phrase: {says[at:]}")
        at = found.end()
        kind, target, sign, words = found.groups()
        name = f"g{len(groups)}"
        if kind == "略":
            parts.append("[^。]*?")
        elif kind == "数":
            groups[name] = (kind, target)
            parts.append(rf"(?P<{name}>{NUMBER})(?P<{name}u>{_UNIT})")
        elif kind == "比":
            groups[name] = (kind, target)
            parts.append(_CHANGE.replace("@", name))
        elif kind:
            groups[name] = (kind, target)
            parts.append(rf"(?P<{name}>{'.+?' if kind == '文' else '[^。]+'})")
        else:
            parts.append(_SIGNS[sign] if sign else re.escape(words))
    return Phrase(section, re.compile("".join(parts)), groups, when)
