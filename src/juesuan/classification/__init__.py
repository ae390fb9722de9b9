"""Functional (功能分类) and economic (经济分类) codes by year.

The lists beside this file were observed in published final accounts (`status` observed) or follow
from the printed class order (assumed); they are not the official catalogue, so a code that is not
listed is *not assessable*, never wrong.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Code:
    """One classification code: 3, 5 or 7 digits; `observed` means seen in published accounts."""

    code: str
    level: str
    name: str
    observed: bool


@cache
def codes(kind: str, year: int) -> dict[str, Code]:
    """All listed codes of `kind` ('functional' or 'economic') that were valid in `year`, ascending."""
    text = files(__name__).joinpath(f"{kind}.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    valid = (r for r in rows if int(r["from"]) <= year and (not r["to"] or year <= int(r["to"])))
    return {r["code"]: Code(r["code"], r["level"], r["name"], r["status"] == "observed") for r in valid}


def classes(kind: str, year: int) -> list[Code]:
    """The classes (类) of a year in the order of their codes."""
    return [code for code in codes(kind, year).values() if code.level == "类"]


def code_of(name: str, kind: str, year: int) -> str:
    """The class code behind a printed class name, or '' where the year's list has none."""
    return next((code.code for code in classes(kind, year) if code.name == name), "")


@cache
def class_names(kind: str) -> dict[str, str]:
    """Class code by name, with the names of all years: departments go on printing last year's."""
    text = files(__name__).joinpath(f"{kind}.csv").read_text(encoding="utf-8")
    return {r["name"]: r["code"] for r in csv.DictReader(text.splitlines()) if r["level"] == "类"}


def level_of(code: str) -> str:
    """类, 款 or 项 by the number of digits; '' for anything else."""
    return {3: "类", 5: "款", 7: "项"}.get(len(code), "") if code.isdigit() else ""


@cache
def moves() -> dict[str, tuple[int, str]]:
    """Old code → the year from which its money stands under another code, and that code (`renamed.csv`).

    A class that only changed its name keeps its code and needs no entry. The list is assumed, not official.
    """
    text = files(__name__).joinpath("renamed.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {r["from_code"]: (int(r["year"]), r["to_code"]) for r in rows}


def bridged(code: str, from_year: int, to_year: int) -> str:
    """The code under which the money of `code` in `from_year` stands in `to_year`: lower levels move with their 款."""
    for length in (7, 5, 3):
        year, target = moves().get(code[:length], (0, ""))
        if target and from_year < year <= to_year:
            return target
    return code
