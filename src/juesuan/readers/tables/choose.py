"""Which profile a file follows, and which of its sheets is which table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, Table, layout, names, plain
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.tables.assemble import title_in
from juesuan.readers.tables.heads import HEAD_ROWS
from juesuan.readers.tables.names import column_of

# The profile of a file that fits several equally well.
_FIRST = ("shanxi-2020", "national")
_ORDINAL = re.compile(r"^(?:t|表|公开)?0?(\d{1,2})(?:表)?$", re.IGNORECASE)
# A table without a title is known by its columns if it has nearly all of them.
_MOST = 0.9
# So much better another profile must fit before a person is contradicted: about two tables.
_CLEARLY = 5.0
# What a sheet adds at most: its title word for word, and all columns of the table.
_SHEET = 3.0


@dataclass
class Placed:
    """The sheet of each table id, and the sheets that are none (`again`: a table that was there already)."""

    tables: dict[str, Sheet] = field(default_factory=dict)
    again: list[tuple[Table, Sheet]] = field(default_factory=list)
    unknown: list[Sheet] = field(default_factory=list)
    score: float = 0.0


def choose(sheets: Sequence[Sheet], passages: Sequence[Passage], file: str) -> tuple[Layout, str]:
    """The profile that explains most of a file, and the reason in words; none at all is an error."""
    placed = {name: place(sheets, layout(name)) for name in names()}
    scores = _scores(placed, passages)
    order = [*_FIRST, *names()]
    best, *others = sorted(names(), key=lambda name: (-scores[name], order.index(name)))
    if not placed[best].tables and (named := max(order, key=lambda n: len(titled(passages, layout(n))))):
        tables = titled(passages, layout(named))
        if tables:
            return layout(named), f"没有印出表格，按文字里的 {len(tables)} 个表名认定"
    if not placed[best].tables:
        seen = "、".join(sheet.name for sheet in sheets[:8]) or "没有表格"
        raise JuesuanError(
            file,
            f"没有一张表是认得的部门决算公开表（现有：{seen}）",
            "请核对文件；若是新的版式，请照 layouts/ 里的样子加一个版式文件",
        )
    found, total = len(placed[best].tables), len(layout(best).printed_tables)
    close = layout(others[0]).title if scores[others[0]] == scores[best] else ""
    return layout(best), f"{total} 张表认出 {found} 张" + (f"，与“{close}”同样符合" if close else "")


def titled(passages: Sequence[Passage], profile: Layout) -> list[str]:
    """Ids of the tables whose titles stand in the text of a publication that prints no tables; [] where
    fewer than half of the sections of the profile do, too."""
    lines = {plain(p.text) for p in passages if len(p.text) < 60}
    sections = sum(plain(s) in lines for s in profile.sections)
    tables = [t.id for t in profile.printed_tables if plain(t.title) in lines]
    return tables if 2 * sections > len(profile.sections) else []


def likeliest(sheets: Sequence[Sheet], passages: Sequence[Passage], given: Layout) -> Layout | None:
    """A profile that fits clearly better than the one that was named; None where the named one does well."""
    # Mostly the named one leaves no room for a better one, and the others need not be tried.
    own = _scores({given.name: place(sheets, given)}, passages)[given.name]
    ideal = _scores(dict.fromkeys(names(), Placed(score=_SHEET * len(sheets))), passages)
    if max(ideal.values()) - own <= _CLEARLY:
        return None
    scores = _scores({name: place(sheets, layout(name)) for name in names()}, passages)
    best = max(names(), key=scores.__getitem__)
    return layout(best) if scores[best] - scores[given.name] > _CLEARLY else None


def _scores(placed: Mapping[str, Placed], passages: Sequence[Passage]) -> dict[str, float]:
    """How much of the file each profile explains: its tables, and the headings of its sections."""
    headings = {plain(p.text) for p in passages if len(p.text) < 40}
    return {
        name: found.score + sum(plain(s) in headings for s in layout(name).sections) / 4
        for name, found in placed.items()
    }


def place(sheets: Sequence[Sheet], profile: Layout) -> Placed:
    """Give each sheet to the table whose title it bears, else by its number, else by its columns."""
    result = Placed()
    titles = {plain(t): table for table in profile.printed_tables for t in table.titles()}
    for sheet in sheets:
        table, worth = _table_of(sheet, profile, titles)
        if table is None:
            result.unknown.append(sheet)
            result.score -= 0.2
        elif table.id in result.tables:
            result.again.append((table, sheet))
        else:
            result.tables[table.id] = sheet
            result.score += worth + _likeness(sheet, table)
    result.score -= 0.5 * sum(t.id not in result.tables for t in profile.printed_tables)
    return result


def _table_of(sheet: Sheet, profile: Layout, titles: Mapping[str, Table]) -> tuple[Table | None, float]:
    longest = sorted(titles, key=len, reverse=True)
    texts = [sheet.text(row, c) for row in range(1, min(HEAD_ROWS, sheet.height) + 1) for c in range(1, 4)]
    for text in (sheet.name, *texts):
        title = title_in(text, longest) or title_in(text, [t[:31] for t in longest if len(t) > 31])
        if title:
            table = next(titles[t] for t in longest if t.startswith(title))
            return table, 2.0 if plain(table.title) == title else 1.5
    if (ordinal := _ORDINAL.match(plain(sheet.name))) and 0 < int(ordinal[1]) <= len(profile.printed_tables):
        table = profile.printed_tables[int(ordinal[1]) - 1]
        if _likeness(sheet, table) >= 0.5:
            return table, 1.0
    alike = [(_likeness(sheet, table), table) for table in profile.printed_tables if table.is_known]
    sure = [table for likeness, table in alike if likeness >= _MOST]
    return (sure[0], 0.5) if len(sure) == 1 else (None, 0.0)


def _likeness(sheet: Sheet, table: Table) -> float:
    """How many of a table's columns (or items in the head) the sheet's first rows name, from 0 to 1."""
    wanted = table.across or list(dict.fromkeys(table.all_columns))
    if not wanted:
        return 0.0
    texts = {t for row in range(1, min(HEAD_ROWS, sheet.height) + 1) for t in sheet.texts(row) if t}
    printed = {table.shown(name): name for name in wanted}
    found = {printed.get(n, n) for t in texts if (n := column_of([t], [*wanted, *printed]))}
    return len(found & set(wanted)) / len(wanted)
