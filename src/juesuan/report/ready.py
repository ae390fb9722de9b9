"""What the kernel of a report needs, imported and used once: a forked kernel then begins where this ends."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from juesuan import charts, readers
from juesuan.findings import check
from juesuan.narrative import PARTS
from juesuan.report import audit, display


def rehearse() -> None:
    """Make reports that nobody sees, so that fonts, layouts, templates and code are all where they are needed."""
    # Generated books that together use every table, form of chart and kind of sentence.
    from juesuan.sample import Order, write_samples

    books = (Order("national", 1, (2021, 2022), 1), Order("shanxi-2020", 1, (2022,), 2))
    with tempfile.TemporaryDirectory(prefix="juesuan-") as folder:
        for number, order in enumerate(books):
            for year in write_samples(order, Path(folder, str(number)), ["xlsx"], progress=False):
                _report(str(year))


def _report(path: str) -> None:
    accounts = readers.open_accounts(path)
    report = check(accounts)
    drawn = [display.chart(accounts, name) for name in charts.FIGURES]
    shown: list[Any] = [
        display.title(accounts), display.headline(report), display.reading(accounts), display.proof(report),
        *(display.text(accounts, part, report) for part in PARTS), display.missing(accounts),
        display.compared(accounts), display.tables(accounts), display.source(accounts),
        audit.audit_title(report), audit.coverage(report), audit.marked_text(report), *filter(None, drawn),
    ]  # fmt: skip
    for each in shown:
        each._repr_mimebundle_()
