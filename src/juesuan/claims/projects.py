"""Where the text turns to one project of the performance self-evaluation (项目绩效自评)."""

from __future__ import annotations

import re

_BEGINS = re.compile(
    r"^(?:[（(]?[\d一二三四五六七八九十]+[）)、.．])?(?P<name>[^，。；：]{2,60}?)(?:项目)?(?:绩效)?自评(?:综述|情况)"
)


def project_of(text: str) -> str:
    """The name of the project whose summary begins here, '' for anything else."""
    found = _BEGINS.match(text)
    return found["name"] if found else ""
