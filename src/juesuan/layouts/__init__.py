"""Profiles: which tables a province prints, their columns, rows and wording options, as data files."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Literal

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

    `sides` are label-keyed halves side by side (T1, T4, T10), `codes` marks a table whose rows carry
    classification codes (T2, T3, T5, T6, T8, T9; `blocks` side by side), `across` one whose items
    stand in the head (T7).
    """

    id: str
    title: str
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
    sections: list[str]
    comparing: list[str] = []
    tables: list[Table]

    def table(self, id: str) -> Table:
        """The table `T1` … `T10`; KeyError for an id the profile lacks."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def number(self, id: str) -> int:
        """The table's place in the publication, from 1."""
        return [table.id for table in self.tables].index(id) + 1


def names() -> list[str]:
    """The profiles at hand."""
    return sorted(f.name[:-4] for f in files(__name__).iterdir() if f.name.endswith(".yml"))


@cache
def layout(name: str) -> Layout:
    """The profile `name`; an unknown one is an error that lists those at hand."""
    if name not in names():
        raise JuesuanError("参数 profile", f"没有名为“{name}”的版式", f"可用的版式：{'、'.join(names())}")
    text = files(__name__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return Layout.model_validate(yaml.safe_load(text))


_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|[(（][一二三四五六七八九十]+[)）]|\d+[.、])")


def plain(label: object) -> str:
    """A printed label for comparison: NFKC, no spaces, no numbering, one kind of quotation mark."""
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", str(label or "")))
    return _NUMBERING.sub("", text).replace('"', "").replace("“", "").replace("”", "")
