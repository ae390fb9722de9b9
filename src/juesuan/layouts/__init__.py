"""Profiles: which tables a province prints, their columns, rows and wording options, as data files."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict

from juesuan.classification import classes
from juesuan.errors import JuesuanError


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Side(_Model):
    """One half of a label-keyed table: its value columns and its printed rows in order."""

    columns: list[str]
    rows: list[str] | Literal["functional"]
    numbered: bool = False
    foot: list[str] = []
    units: dict[str, str] = {}

    def labels(self, year: int) -> list[str]:
        """The row labels above the foot; functional classes are those of the year."""
        return [c.name for c in classes("functional", year)] if self.rows == "functional" else list(self.rows)


class Table(_Model):
    """One public table.

    Ids, column and row names are the same in every profile, so that relations, charts and templates
    hold for all of them; what a province prints instead stands in `prints`, and `groups` are columns under a head of their own.

    `sides` are label-keyed halves side by side (T1, T4, T10), `codes` marks a table whose rows carry
    classification codes (T2, T3, T5, T6, T8, T9; `blocks` side by side), `across` one whose items
    stand in the head (T7), its figures `pairs` by item, in two blocks, or one item a line.
    A table that is not `printed` holds facts that only the text of this profile states.
    """

    id: str
    title: str
    aliases: list[str] = []
    printed: bool = True
    total: Literal["first", "last"] = "first"
    pairs: Literal["blocked", "interleaved", "vertical"] = "blocked"
    prints: dict[str, str] = {}
    groups: dict[str, list[str]] = {}
    columns: list[str] = []
    sides: list[Side] = []
    codes: Literal["functional", "economic"] | None = None
    blocks: list[list[str]] = []
    foot: list[list[str]] = []
    across: list[str] = []
    parents: dict[str, str] = {}
    empty_note: str = ""
    assumed: bool = False

    @property
    def all_columns(self) -> list[str]:
        """Every value column of the table, left to right."""
        return self.columns or [c for side in self.sides for c in side.columns]

    @property
    def is_known(self) -> bool:
        """The profile holds more of the table than its title."""
        return bool(self.all_columns)

    def titles(self) -> list[str]:
        """The names under which the table is printed, the profile's own first."""
        return [self.title, *self.aliases]

    def shown(self, name: str) -> str:
        """What this profile prints for a column or row."""
        return self.prints.get(name, name)


class Layout(_Model):
    """A profile; see the data files beside this module."""

    name: str
    title: str
    unit: str
    decimals: int
    rate_decimals: int
    shares: Literal["largest-remainder", "rounded"]
    narrative: str
    truncates: bool = False
    code_cells: Literal[1, 3] = 1
    numbered_lines: bool = False
    omits: list[str] = []
    assumed: bool = False
    text: str = ""
    sections: list[str]
    comparing: list[str] = []
    requires: dict[str, list[list[str]]] = {}
    tables: list[Table]

    @property
    def printed_tables(self) -> list[Table]:
        """The tables that a department of this profile publishes, in their order."""
        return [table for table in self.tables if table.printed]

    def table(self, id: str) -> Table:
        """The table `T1` … `T10`; KeyError for an id the profile lacks."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def units(self) -> dict[str, str]:
        """The units of all rows that count something other than money."""
        return {
            row: unit for table in self.tables for side in table.sides for row, unit in side.units.items()
        }

    def number(self, id: str) -> int:
        """The table's place in the publication, from 1."""
        return [table.id for table in self.printed_tables].index(id) + 1


def names() -> list[str]:
    """The profiles at hand."""
    return sorted(f.name[:-4] for f in files(__name__).iterdir() if f.name.endswith(".yml"))


@cache
def layout(name: str) -> Layout:
    """The profile `name`; an unknown one is an error that lists those at hand."""
    if name not in names():
        raise JuesuanError("参数 profile", f"没有名为“{name}”的版式", f"可用的版式：{'、'.join(names())}")
    return Layout.model_validate(_read(name))


@cache
def _read(name: str) -> dict[str, Any]:
    """A profile's data; `extends` takes everything that it does not say from another profile.

    Its `tables` then list the order of ids; an entry with more than `id` changes those keys of the table.
    """
    own: dict[str, Any] = yaml.safe_load(files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8"))
    if "extends" not in own:
        return own
    base = _read(own.pop("extends"))
    inherited = {table["id"]: table for table in base["tables"]}
    tables = [inherited.get(table["id"], {}) | table for table in own.get("tables", base["tables"])]
    return base | own | {"tables": tables}


_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、])")


def plain(label: object) -> str:
    """A printed label for comparison: NFKC, no spaces, no numbering, one kind of quotation mark."""
    text = str(label or "")
    # A whole paragraph is no label: it is not worth keeping.
    return _plain(text) if len(text) < 200 else _plain.__wrapped__(text)


@lru_cache(maxsize=20_000)
def _plain(label: str) -> str:
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", label))
    return _NUMBERING.sub("", text).replace('"', "").replace("“", "").replace("”", "")
