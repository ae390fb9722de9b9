"""Where the figures of the departments come from: their records, or one tidy table of all facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd

from juesuan.accounts import Accounts, Fact
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity, State
from juesuan.relations.many.columns import Raw, raw_of

_FIELDS = ("table", "code", "label", "column", "value", "decimals", "unit", "state")


class Shelf:
    """The accounts of many departments; with `facts` they may lack their records."""

    def __init__(self, accounts: Sequence[Accounts], facts: pd.DataFrame | None = None) -> None:
        self.accounts = list(accounts)
        self._facts = facts
        if facts is not None:
            self._rows, self._starts = _by_department(self.accounts, facts)

    def raw(self, members: Sequence[int]) -> Raw:
        """The figures of some departments, numbered from 0, field by field."""
        if self._facts is None:
            return raw_of([self.accounts[i] for i in members])
        spans = [self._rows[self._starts[i] : self._starts[i + 1]] for i in members]
        part = self._facts.iloc[np.concatenate(spans)]
        raw: Raw = {name: part[name].tolist() for name in _FIELDS}
        # A parquet or csv file keeps the printed decimals as text.
        raw["value"] = [Decimal(v) if isinstance(v, str) and v else v for v in raw["value"]]
        raw["dept"] = np.repeat(np.arange(len(members)), [len(span) for span in spans]).tolist()
        return raw

    def full(self, member: int) -> Accounts:
        """One department with its records."""
        accounts = self.accounts[member]
        if self._facts is None:
            return accounts
        rows = self._rows[self._starts[member] : self._starts[member + 1]]
        part = self._facts.iloc[rows].to_dict("records")
        return replace(accounts, records=tuple(_fact({str(k): v for k, v in row.items()}) for row in part))


def _by_department(accounts: Sequence[Accounts], facts: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the table department by department, and where each begins; others are left out."""
    keys = pd.MultiIndex.from_tuples([(a.department, a.year) for a in accounts], names=["department", "year"])
    if not keys.is_unique:
        twice = keys[keys.duplicated()][0]
        raise JuesuanError(
            "参数 accounts", f"{twice[0]} {twice[1]} 年度出现了两次", "同一部门同一年度请只给一份"
        )
    dept = keys.get_indexer(pd.MultiIndex.from_frame(facts[["department", "year"]]))
    order = np.argsort(dept, kind="stable")
    starts = np.searchsorted(dept[order], np.arange(len(accounts) + 1))
    return order, starts


def _fact(row: dict[str, object]) -> Fact:
    decimals = row["decimals"]
    quantity = Quantity(
        Decimal(str(row["value"])) if row["state"] == State.NUMBER else None,
        None if decimals is None or pd.isna(decimals) else int(decimals),  # type: ignore[call-overload]
        str(row["unit"]), State(str(row["state"])), str(row.get("cell", "")), str(row.get("text", "")),
    )  # fmt: skip
    return Fact(str(row["table"]), str(row["code"]), str(row["label"]), str(row["column"]), quantity)
