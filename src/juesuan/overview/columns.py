"""Which columns the dataset has: one list for the side that writes it and the side that reads it."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import yaml

# The three files of a dataset; `reports` has one row for each department and year.
FILES = ("reports", "facts", "findings")


@cache
def columns() -> dict[str, dict[str, str]]:
    """File → column → type (text, int, bool, real, decimal), in the order in which they are written."""
    text = files(__package__).joinpath("columns.yml").read_text(encoding="utf-8")
    listed: dict[str, dict[str, list[str]]] = yaml.safe_load(text)
    return {file: {name: kind for name, (kind, _) in rows.items()} for file, rows in listed.items()}
