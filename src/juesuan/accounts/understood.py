"""What a reader understood of a file: tables, columns, the identities that confirm them, what stayed unread."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnRead:
    """The printed head `printed` at `place` was taken for column `name`, with `confidence` of 100."""

    name: str
    printed: str
    place: str
    confidence: int


@dataclass(frozen=True)
class Confirmation:
    """How the instances of one relation ended: `held`, `failed`, or `open` for want of figures."""

    relation: str
    title: str
    held: int
    failed: int
    open: int


@dataclass(frozen=True)
class TableRead:
    """One table as it was found; `suspect` says why its figures may stand beside the wrong names;
    `empty` that it is declared to hold nothing."""

    id: str
    title: str
    place: str
    unit: str
    rows: int
    columns: tuple[ColumnRead, ...]
    confirmed: tuple[Confirmation, ...] = ()
    suspect: str = ""
    empty: bool = False

    @property
    def standing(self) -> str:
        """In one word: is the mapping of this table confirmed by the table's own sums?"""
        held = sum(c.held for c in self.confirmed)
        failed = sum(c.failed for c in self.confirmed)
        if self.suspect:
            return "存疑"
        if failed:
            return "有不符"
        if self.empty:
            return "空表"
        return "已证实" if held else "无从证实"


@dataclass(frozen=True)
class Sentence:
    """One sentence of the explanation: its section (`五（三）`), where it stands, its words, and the
    number of its paragraph."""

    section: str
    place: str
    text: str
    paragraph: int = 0


@dataclass(frozen=True)
class Understood:
    """The reading report of one file.

    `profile_reason` says why this layout was taken; `missing` are the profile's tables that were not
    found, `unread` the tables of the file that belong to none of them.
    """

    file: str
    profile: str
    profile_reason: str
    tables: tuple[TableRead, ...] = ()
    missing: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    sentences: int = 0
