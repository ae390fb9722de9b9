"""A file that holds the accounts of two departments or two years: the first stays, the second is left out whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from juesuan.accounts import Notice
from juesuan.layouts import plain
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import Sheet, unwrapped
from juesuan.readers.tables.assemble import Assembled, all_titles, title_of
from juesuan.readers.tables.identity import headed, named_on

_CHAPTER = re.compile(r"第([一二三四五六七八九])部分")
# A heading is short; a sentence that begins with the same words is not.
_HEADING = 45


@dataclass(frozen=True)
class _Owner:
    """Whose accounts a table or heading belongs to, as far as it says so."""

    department: str = ""
    year: str = ""

    def contradicts(self, other: _Owner) -> bool:
        """Both say something, and not the same."""
        pairs = ((plain(self.department), plain(other.department)), (self.year, other.year))
        return any(a and b and a != b for a, b in pairs)

    @property
    def words(self) -> str:
        """For a sentence; without a name it is simply another one."""
        return f"（“{self.department}”{self.year}年度）" if self.department and self.year else ""


def first_only(assembled: Assembled) -> Assembled:
    """What belongs to the first accounts of a file; what begins after them is named and nothing of it is read.

    The second begins where chapter one comes again after the tables, or, in a file with a table that comes
    twice, at a heading or table that names another department or year.
    """
    titles = all_titles()
    found = [title_of(sheet, titles) for sheet in assembled.sheets]
    first = next((i for i, title in enumerate(found) if title), None)
    if first is None:
        return assembled
    twice = next((i for i, title in enumerate(found) if title and title in found[:i]), None)
    if (cut := _cut(assembled, found, first, twice)) is not None:
        at, owner = cut
        end = len(found) if twice is None else twice
        return _without(assembled, found, lambda i: assembled.before[i] > at or i >= end, at, owner)
    owners = list(_owners(assembled.sheets))
    if twice is not None and owners[twice].contradicts(owners[found.index(found[twice])]):
        mine = owners[first]
        other = [owner.contradicts(mine) for owner in owners]
        at = min(assembled.before[i] for i in range(len(other)) if other[i])
        at = at if at > assembled.before[first] else len(assembled.passages)
        return _without(assembled, found, other.__getitem__, at, owners[twice])
    return assembled


def _cut(
    assembled: Assembled, found: Sequence[str], first: int, twice: int | None
) -> tuple[int, _Owner] | None:
    """The passage at which the second accounts begin, and whose they are."""
    passages, names = assembled.passages, dict(_headings(assembled.passages))
    last = max(i for i, title in enumerate(found) if title)
    begin, end = assembled.before[first], assembled.before[twice if twice is not None else last]
    mine = next(iter(names.values()), _Owner())
    later = any(number != "一" for number in _numbers(passages[:begin]))
    for at in range(begin, len(passages)):
        here = names.get(at, _Owner())
        if twice is not None and here.contradicts(mine):
            return at, here
        number = next(_numbers(passages[at : at + 1]), "")
        if number == "一" and later and at < end:
            return at, next((owner for i, owner in names.items() if i >= at), _Owner())
        later = later or bool(number)
    return None


def _numbers(passages: Sequence[Passage]) -> Iterator[str]:
    """The numbers of the chapter headings among passages."""
    for passage in passages:
        if len(passage.text) < _HEADING and (chapter := _CHAPTER.match(unwrapped(passage.text))):
            yield chapter[1]


def _headings(passages: Sequence[Passage]) -> Iterator[tuple[int, _Owner]]:
    """Each heading that names a department and year; the lines of a cover may stand one below the other."""
    at = 0
    while at < len(passages):
        for lines in (1, 2, 3):
            parts = passages[at : at + lines]
            if all(len(p.text) < _HEADING for p in parts) and (
                said := headed("".join(p.text for p in parts))
            ):
                yield at, _Owner(*said)
                at += lines - 1
                break
        at += 1


def _owners(sheets: Sequence[Sheet]) -> Iterator[_Owner]:
    """Whose each table is; one that does not say so goes with the table before it."""
    owner = _Owner()
    for sheet in sheets:
        department, year = named_on(sheet)
        owner = _Owner(department or owner.department, year or owner.year)
        yield owner


def _without(
    assembled: Assembled, found: Sequence[str], leaves: Callable[[int], bool], at: int, owner: _Owner
) -> Assembled:
    """Without the tables for which `leaves` holds and the passages from `at`; both are named."""
    stay = [i for i in range(len(found)) if not leaves(i)]
    gone = [i for i in range(len(found)) if leaves(i)]
    tables = [f"{assembled.sheets[i].name}“{found[i]}”" for i in gone if found[i]]
    starts = [p.place for p in assembled.passages[at : at + 1]] + [assembled.sheets[i].name for i in gone]
    words = "和这以后的文字" if at < len(assembled.passages) else ""
    listed = f"{'、'.join(tables[:3])}{f' 等 {len(tables)} 张表' if len(tables) > 3 else ''}"
    text = f"从这里起是另一份决算{owner.words}，{listed}{words}都未读入；请分开后分别读入"
    return replace(
        assembled,
        sheets=[assembled.sheets[i] for i in stay],
        before=[assembled.before[i] for i in stay],
        passages=assembled.passages[:at],
        notices=[*assembled.notices, Notice(starts[0], text)],
        left_out=[f"{table}（另一份决算）" for table in tables],
    )
