"""Checks of many departments as arrays that grow, and the frame that they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from juesuan.accounts import Accounts
from juesuan.quantity import Verdict
from juesuan.relations.many.found import ORDER, Found
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Relation

# Texts of places; department, relation, place, verdict, gap and its denominator of each check.
Arrays = tuple[list[str], tuple[np.ndarray, ...]]


@dataclass
class Book:
    """Arrays of checks, and the texts of their places."""

    places: dict[str, int] = field(default_factory=dict)
    parts: list[tuple[np.ndarray, ...]] = field(default_factory=list)

    def add(self, sheets: Sheets | None, of: np.ndarray, relation: int, found: Found) -> None:
        """Keep what was found; `of` gives the number of each department among all."""
        if not len(found.dept):
            return
        at, texts = found.places(sheets) if sheets else (np.zeros(1, np.int64), [found.text])
        numbers = np.asarray([self.places.setdefault(text, len(self.places)) for text in texts], np.int32)
        self.parts.append(
            (
                of[found.dept].astype(np.int32), np.full(len(found.dept), relation, np.int16), numbers[at],
                found.verdict.astype(np.int8), found.gap, found.per,
            )
        )  # fmt: skip

    def whole(self) -> Arrays:
        """All checks in one."""
        kinds = (np.int32, np.int16, np.int32, np.int8, np.int64, np.int64)
        if not self.parts:
            return list(self.places), tuple(np.zeros(0, kind) for kind in kinds)
        return list(self.places), tuple(np.concatenate(column) for column in zip(*self.parts, strict=True))


def frame_of(
    accounts: Sequence[Accounts],
    chosen: Sequence[Relation],
    parts: list[Arrays],
) -> pd.DataFrame:
    """The checks of all parts as one table; `accounts` names the departments by their numbers."""
    places: dict[str, int] = {}
    columns = []
    for texts, arrays in parts:
        numbers = np.asarray([places.setdefault(text, len(places)) for text in texts] or [0], np.int32)
        columns.append((*arrays[:2], numbers[arrays[2]], *arrays[3:]))
    dept, relation, place, verdict, gap, per = (
        np.concatenate([part[i] for part in columns]) if columns else np.zeros(0, np.int64) for i in range(6)
    )
    names = list(dict.fromkeys(a.department for a in accounts))
    number = {name: i for i, name in enumerate(names)}
    of = np.asarray([number[a.department] for a in accounts] or [0], np.int32)
    years = np.asarray([a.year for a in accounts] or [0], np.int16)

    def category(values: Any, known: Sequence[str]) -> Any:
        return pd.Categorical.from_codes(values, categories=pd.Index(list(known), dtype=object))

    return pd.DataFrame(
        {
            "department": category(of[dept], names),
            "year": years[dept],
            "relation": category(relation, [r.id for r in chosen]),
            "place": category(place, list(places)),
            "verdict": category(verdict, [v.value for v in ORDER]),
            "gap_units": gap,
            "gap_per": per,
        }
    )


def ledgers(checks: pd.DataFrame) -> pd.DataFrame:
    """How many checks of each department and year ended in each verdict, and `total`."""
    by = checks.groupby(["department", "year"], observed=True, sort=False)["verdict"]
    counted = by.value_counts().unstack(fill_value=0)
    counted = counted.reindex(columns=[v.value for v in Verdict], fill_value=0)
    counted.insert(0, "total", counted.sum(axis=1))
    return counted
