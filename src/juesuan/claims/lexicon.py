"""What the items of an explanation are called, section by section, and which cells they are; see topics.yml."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from juesuan.accounts import Accounts
from juesuan.accounts.disclosure import split_address
from juesuan.classification import codes, level_of
from juesuan.layouts import Layout

_SECTION = re.compile(r"([一二三四五六七八九十]+)(.*)")
_NUMERALS = (
    "一",
    "二",
    "三",
    "四",
    "五",
    "六",
    "七",
    "八",
    "九",
    "十",
    "十一",
    "十二",
    "十三",
    "十四",
    "十五",
)
# Measures that may stand in for one that an item does not tell apart.
_INSTEAD = {"initial": ("initial", "budget"), "adjusted": ("adjusted", "budget"),
            "budget": ("budget", "adjusted", "initial"), "outturn": ("outturn",)}  # fmt: skip


@dataclass(frozen=True)
class Item:
    """Something that the text gives figures of. `cells` are addresses by measure, `units` by counting unit."""

    name: str
    cells: dict[str, str] = field(default_factory=dict, hash=False)
    units: dict[str, str] = field(default_factory=dict, hash=False)
    also: str = ""
    asks: bool = False

    def cell(self, measure: str, unit: str = "") -> str:
        """The address of a measure (or of what is counted in `unit`); '' where the item has no such figure."""
        if unit in self.units:
            return self.units[unit]
        return next((self.cells[m] for m in _INSTEAD[measure] if m in self.cells), "")


@dataclass(frozen=True)
class Lexicon:
    """The ways of naming the items of one section, those that hold everywhere, and the bases of shares."""

    own: tuple[tuple[re.Pattern[str], Item], ...]
    bases: tuple[tuple[re.Pattern[str], str], ...]

    def base(self, words: str) -> str:
        """The address of the whole that `占…的` names; '' where it is not known."""
        for pattern, address in self.bases:
            if pattern.fullmatch(words):
                return address
        named = [item for pattern, item in self.own if pattern.fullmatch(words)]
        return named[0].cell("outturn") if named else ""


@cache
def data() -> dict[str, Any]:
    """The file of topics."""
    loaded: dict[str, Any] = yaml.safe_load(files(__package__).joinpath("topics.yml").read_text("utf-8"))
    return loaded


def title_of(layout: Layout, section: str) -> str:
    """The title of the section that `五（三）` belongs to, '' where the profile has none of that number."""
    found = _SECTION.match(section)
    number = _NUMERALS.index(found[1]) if found and found[1] in _NUMERALS else -1
    return layout.sections[number] if 0 <= number < len(layout.sections) else ""


class Lexicons:
    """The lexicons of one department's sections, each made once."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._made: dict[str, Lexicon] = {}

    def of(self, section: str) -> Lexicon:
        """The lexicon of a section."""
        title = title_of(self._accounts.layout, section)
        if title not in self._made:
            rows = [row for topic in data()["topics"] if _fits(topic, title) for row in topic["items"]]
            own = [pair for row in [*rows, *data()["common"]] for pair in self._pairs(row)]
            self._made[title] = Lexicon(tuple(own), tuple(self._bases(title)))
        return self._made[title]

    def _bases(self, title: str) -> Iterator[tuple[re.Pattern[str], str]]:
        """The wholes that `占…的` may name in a section; of several cells the first that holds a number."""
        for row in data()["bases"]:
            if re.search(row.get("title", ""), title):
                cells = row["is"] if isinstance(row["is"], list) else [row["is"]]
                held = (c for c in cells if self._accounts.get(*split_address(c)).is_number)
                yield re.compile(row["says"]), next(held, cells[-1])

    def _pairs(self, row: dict[str, Any]) -> Iterator[tuple[re.Pattern[str], Item]]:
        accounts = self._accounts
        if row.get("where", accounts.layout.narrative) != accounts.layout.narrative:
            return
        if "says" in row:
            yield re.compile(row["says"]), _item(row)
        elif "columns" in row:
            table, _, line = row["columns"].partition("[")
            for column in columns_of(accounts, table)[1:]:
                yield _named(column), Item(column, {"outturn": f"{table}[{line}.{column}"})
        elif "rows" in row and "level" in row:
            for code, name in _coded(accounts, row["rows"], row["level"]).items():
                cells = {str(m): row[m].format(code) for m in ("outturn", "initial") if m in row}
                yield re.compile(f"{re.escape(name)}(?:（类）|（款）|（项）)?"), Item(name, cells)
        elif "rows" in row:
            for label in (r for r in accounts.rows(row["rows"]) if not level_of(r)):
                yield _named(label), Item(label, {"outturn": f"{row['rows']}[{label}].决算数"})
        elif "outside" in row:
            for fact in accounts.records:
                if fact.table == "S5" and fact.column == "口径外预算数":
                    yield _named(fact.label), Item(fact.label, {"outturn": fact.address})
        elif "projects" in row:
            named = (f.label for f in accounts.records if f.table == "S8" and f.column == "执行数")
            for label in dict.fromkeys(named):
                yield re.compile(f"{re.escape(label)}(?:项目)?"), project(label)


def project(name: str) -> Item:
    """A project of the performance self-evaluation."""
    cells = {"outturn": f"S8[{name}].执行数", "adjusted": f"S8[{name}].全年预算数"}
    return Item(name, cells, {"分": f"S8[{name}].自评得分"})


def _item(row: dict[str, Any]) -> Item:
    cells = {str(m): row[m] for m in ("outturn", "budget", "initial", "adjusted") if m in row}
    return Item(row["says"], cells, row.get("units", {}), row.get("also", ""), "asks" in row)


def _fits(topic: dict[str, Any], title: str) -> bool:
    barred = topic.get("unless")
    return bool(re.search(topic["title"], title)) and not (barred and re.search(barred, title))


def _named(words: str) -> re.Pattern[str]:
    return re.compile(re.escape(words))


def columns_of(accounts: Accounts, table: str) -> list[str]:
    """The columns of a table: those of the profile, then others that were read."""
    known = next((t for t in accounts.layout.tables if t.id == table), None)
    return list(dict.fromkeys([*(known.columns if known else []), *accounts.columns(table)]))


def _coded(accounts: Accounts, table: str, level: str) -> dict[str, str]:
    """Codes and names of a level: those of the table, then all that the year knows."""
    kind = "economic" if table == "T6" else "functional"
    listed = {c.code: c.name for c in codes(kind, accounts.year).values() if c.level == level}
    return {**listed, **accounts.rows(table, level)}
