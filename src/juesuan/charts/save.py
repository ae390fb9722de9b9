"""`python -m juesuan.charts.save PATH FOLDER`: draw every chart of PATH into FOLDER as svg."""

from __future__ import annotations

import sys
from pathlib import Path

from juesuan import charts
from juesuan.accounts import Accounts
from juesuan.readers import open_accounts
from juesuan.writers.files import write_text

FIGURES = (
    charts.income_expenditure,
    charts.structure,
    charts.structure_apart,
    charts.basic,
    charts.execution,
    charts.three_public,
)


def save(accounts: Accounts, folder: Path) -> list[Path]:
    """Write `<figure>.svg` for every figure that there is something to draw for."""
    drawn = [(figure.__name__, figure(accounts)) for figure in FIGURES]
    return [write_text(folder / f"{name}.svg", chart.svg()) for name, chart in drawn if chart is not None]


if __name__ == "__main__":
    for file in save(open_accounts(sys.argv[1]), Path(sys.argv[2])):
        print(file)
