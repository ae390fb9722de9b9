"""A relation as a row of data, and what came of judging one instance of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from juesuan.accounts import Claim, Fact
from juesuan.quantity import Judgement, Quantity


class Relation(BaseModel):
    """One row of `table.yml` or `text.yml`; `kind` names the function that executes it.

    What the other keys mean stands at the head of `table.yml`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    kind: str
    grade: Literal["B", "L", "H"] = Field(alias="class")
    source: str
    title: str
    formula: str = ""
    otherwise: str = ""
    each: str = ""
    given: str = ""
    of: str = ""
    without: str = ""
    table: str = ""
    column: str = ""
    parent: str = ""
    level: str = ""
    within: str = ""
    unless: str = ""
    unit: str = ""
    low: int | None = None
    high: int | None = None
    below: str = ""
    bands: str = ""
    fault: str = ""
    confirms: bool = False


@cache
def relations() -> dict[str, Relation]:
    """All relations by id, table relations first. An id declared twice is a ValueError."""
    found: dict[str, Relation] = {}
    for name in ("table.yml", "text.yml"):
        for row in yaml.safe_load(files(__package__).joinpath(name).read_text(encoding="utf-8")):
            relation = Relation.model_validate(row)
            if relation.id in found:
                raise ValueError(f"{relation.id} is declared twice")
            found[relation.id] = relation
    return found


@cache
def table_relations() -> dict[str, Relation]:
    """Those of `table.yml`: judged between figures, whatever the text says."""
    rows = yaml.safe_load(files(__package__).joinpath("table.yml").read_text(encoding="utf-8"))
    return {row["id"]: relations()[row["id"]] for row in rows}


@dataclass(frozen=True)
class Term:
    """A participant: its weight on the right-hand side and the figure."""

    weight: int
    fact: Fact


@dataclass(frozen=True)
class Check:
    """One relation instance (a row, a column, a statement) and its judgement.

    `printed` is the figure on trial, `left` its fact where it stands in a table, `terms` what it is
    judged against. `section` and `quote` place a statement of the published text, `claim` is that statement itself.
    """

    relation: Relation
    place: str
    judgement: Judgement
    printed: Quantity | None = None
    left: Fact | None = None
    terms: tuple[Term, ...] = ()
    section: str = ""
    quote: str = ""
    base_name: str = ""
    kind: str = ""
    claim: Claim | None = None
