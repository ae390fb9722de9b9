"""Whose accounts and of which year: what disclosure.yml says, what the sheets print, what the names suggest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from juesuan.accounts import Disclosure, Notice
from juesuan.accounts.source import SYNTHETIC
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, plain
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import Sheet, unwrapped
from juesuan.readers.tables.heads import find_head

_NAMED = re.compile(
    r"(?:部门名称|单位名称|编制单位|填报单位|公开部门|公开单位|编制部门|填报部门|部门)[:：](.*)"
)
_NEXT = re.compile(r"\s{2,}|[\t\n]|(?<!\d)20\d\d\s*年|(?:金额)?单位[:：]|公开\d")
# A day (2022年3月5日) is no accounting year.
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\s*\d+\s*月)")
_HEADING = re.compile(
    r"(?:第[一二三四五]部分)?[　 ]*((?:(?!第.部分)[^，。；：、]){3,40}?)(20\d\d)年度?(?:部门|单位)?决算(?:情况说明|说明|报表|表|公开表?)?$"
)
_IN_NAME = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass
class Identity:
    """Department and year, and what there is to say about where they come from."""

    department: str = ""
    year: int = 0
    notices: list[Notice] = field(default_factory=list)


@dataclass(frozen=True)
class _Said:
    cell: str
    text: str


def identify(
    sheets: dict[str, Sheet],
    layout: Layout,
    disclosure: Disclosure,
    place: Path,
    passages: Sequence[Passage] = (),
) -> Identity:
    """disclosure.yml comes first, then the lines above the tables and the headings of the text
    (…局2024年度部门决算), then the names of file and folder.

    A sheet that says something else is a notice; tables that all say another year than disclosure.yml, and no year
    anywhere, are errors.
    """
    lines = [line for id, sheet in sheets.items() for line in _lines(sheet, id, layout)]
    identity = Identity()
    headings = list(_headings(passages))
    years = [_Said(cell, year) for cell, text, _ in lines for year in _YEAR.findall(text)]
    years += [_Said(where, year) for where, _, year in headings]
    named = [_Said(cell, name) for cell, text, beside in lines if (name := _name(text, beside))]
    named += [_Said(where, name) for where, name, _ in headings if name]
    _refuse_another_year(disclosure.year, years)
    identity.year = int(_settle(identity, "年度", disclosure.year, years) or _year_in_names(identity, place))
    identity.department = _settle(identity, "部门", disclosure.department, named) or _in_names(
        identity, place
    )
    return identity


def headed(text: str) -> tuple[str, str] | None:
    """Department and year of a line like 某市财政局2024年度部门决算."""
    found = _HEADING.match(unwrapped(text))
    # Two headings read as one have the first in their name.
    return (found[1], found[2]) if found and "决算" not in found[1] else None


def named_on(sheet: Sheet) -> tuple[str, str]:
    """Department and year in the lines above a table, '' for what they do not say."""
    rows = range(1, min(4, sheet.height) + 1)
    texts = [(sheet.printed(r, c), sheet.printed(r, c + 1)) for r in rows for c in range(1, sheet.width + 1)]
    departments = (name for text, beside in texts if (name := _name(text, beside)))
    years = (year for text, _ in texts for year in _YEAR.findall(text))
    return next(departments, ""), next(years, "")


def _headings(passages: Sequence[Passage]) -> Iterable[tuple[str, str, str]]:
    """Place, department and year of each short line like 第三部分 某市财政局2024年度部门决算情况说明.

    The lines of a cover may stand one below the other, so the first two and three are also read as one.
    """
    short = [p for p in passages[:3] if len(p.text) < 40]
    covers = [Passage("".join(p.text for p in short[:n]), short[0].place) for n in (2, 3) if len(short) >= n]
    for passage in (*covers, *passages):
        if found := headed(passage.text):
            yield passage.place, *found


def _lines(sheet: Sheet, id: str, layout: Layout) -> Iterable[tuple[str, str, str]]:
    """Cell, text and the text beside it, above the head of a table."""
    head = find_head(sheet, layout.table(id))
    for row in range(1, head.first if head else 4):
        for column in range(1, sheet.width + 1):
            yield sheet.ref(row, column), sheet.printed(row, column), sheet.printed(row, column + 1)


def _name(text: str, beside: str) -> str:
    found = _NAMED.search(text)
    if not found:
        return ""
    name = found[1].strip() or ("" if re.search(r"[:：]", beside) else beside)
    return unwrapped(_NEXT.split(name)[0]).removesuffix(f"（{SYNTHETIC}）")


def _settle(identity: Identity, what: str, declared: str | None, said: list[_Said]) -> str:
    """The declared word or the one most sheets print; each other one is a notice at its first cell."""
    if what == "年度" and declared and not re.fullmatch(r"20\d\d", declared):
        raise JuesuanError("disclosure.yml 的“year”", f"“{declared}”不是四位数的年度", "请写成 year: 2021")
    counted = Counter(plain(s.text) for s in said).most_common(1)
    common = next((s.text for s in said if counted and plain(s.text) == counted[0][0]), "")
    chosen = str(declared or common)
    others: dict[str, list[_Said]] = {}
    for one in said:
        if plain(one.text) != plain(chosen):
            others.setdefault(plain(one.text), []).append(one)
    by = "disclosure.yml" if declared else "多数表"
    for cells in others.values():
        more = f"（共 {len(cells)} 处）" if len(cells) > 1 else ""
        text = f"写的{what}是“{cells[0].text}”{more}，与{by}的“{chosen}”不一致，按后者处理，请核对"
        identity.notices.append(Notice(cells[0].cell, text))
    return chosen


def _refuse_another_year(declared: str | None, said: list[_Said]) -> None:
    """Where no table prints the declared year, the file is another year's: its figures would pass for this one's."""
    if declared and said and all(one.text != str(declared) for one in said):
        found = f"写的是“{declared}”，表上写的都是“{said[0].text}”（{len(said)} 处，第一处 {said[0].cell}）"
        raise JuesuanError(
            "disclosure.yml 的“year”", found, "请核对是不是放了别的年度的文件；文件没有错就改正 year"
        )


def _year_in_names(identity: Identity, place: Path) -> str:
    for name in (place.name, place.parent.name):
        if found := _IN_NAME.search(name):
            identity.notices.append(Notice(name, f"表上没有写明年度，{found[0]} 取自文件（夹）名，请核对"))
            return found[0]
    raise JuesuanError(
        place.name, "看不出决算年度", "请在 disclosure.yml 写 year: 2021，或让文件夹以年度命名"
    )


def _in_names(identity: Identity, place: Path) -> str:
    """The folder above a folder named by year; else the folder's own name, or the file's."""
    year = place if place.is_dir() else place.parent
    own = place.name if place.is_dir() else place.stem
    name = year.parent.name if _IN_NAME.fullmatch(year.name) else own
    identity.notices.append(Notice(place.name, f"表上没有写明部门，“{name}”取自文件（夹）名，请核对"))
    return name
