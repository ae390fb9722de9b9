"""`python -m juesuan.charts.save PATH FOLDER`: draw every chart of PATH into FOLDER as svg and png."""

from __future__ import annotations

import sys
from pathlib import Path

from juesuan.accounts import Accounts
from juesuan.charts import FIGURES, draw
from juesuan.readers import open_accounts
from juesuan.writers.files import replacing, write_text


def save(accounts: Accounts, folder: Path) -> list[Path]:
    """Write `<figure>.svg` and a 300-dpi `<figure>.png` for every figure that there is something to draw for."""
    written = []
    for name in FIGURES:
        chart = draw(name, accounts)
        if chart is not None:
            written.append(write_text(folder / f"{name}.svg", chart.svg()))
            with replacing(folder / f"{name}.png") as temporary:
                temporary.write_bytes(chart.png())
            written.append(folder / f"{name}.png")
    return written


if __name__ == "__main__":
    for file in save(open_accounts(sys.argv[1]), Path(sys.argv[2])):
        print(file)
