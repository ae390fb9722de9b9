"""Facts: one printed figure with its place in the accounts, and the tidy table of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from juesuan.quantity import Quantity

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [
    "department", "year", "table", "code", "label", "column",
    "value", "decimals", "unit", "state", "cell", "text", "suspect",
]  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A figure of table `table` (T1…T10; S5, S7, S8 for facts that only the text states).

    `code` is the classification code ('' for labelled rows), `label` the printed row name,
    `column` the column's name. `suspect` says why the figure may stand beside the wrong name.
    """

    table: str
    code: str
    label: str
    column: str
    quantity: Quantity
    suspect: str = ""

    @property
    def row(self) -> str:
        """What a selector calls the row: its code, or its label where it has none."""
        return self.code or self.label

    @property
    def address(self) -> str:
        """The fact's name in relations and links, `T5[208].合计`."""
        return f"{self.table}[{self.row}].{self.column}"


def to_frame(department: str, year: int, facts: Iterable[Fact]) -> pd.DataFrame:
    """One row a fact, in reading order; `value` holds exact Decimals (None where there is no number)."""
    # Half of the time that a check takes to start, which needs no frame.
    import pandas as pd

    rows = [
        (
            department, year, f.table, f.code, f.label, f.column,
            f.quantity.value, f.quantity.decimals, f.quantity.unit,
            f.quantity.state.value, f.quantity.cell, f.quantity.text, f.suspect,
        )
        for f in facts
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=COLUMNS)
    frame["value"] = frame["value"].astype(object).where(frame["value"].notna(), None)
    return frame.astype({"decimals": "Int64"})
