"""The documentation of relations comes from the rows that are executed."""

from __future__ import annotations

from pathlib import Path

from juesuan.relations import relations
from juesuan.relations.listing import listing

DOCS = Path(__file__).parents[1] / "docs"


def test_the_page_is_what_the_rows_say() -> None:
    assert (DOCS / "relations.zh-CN.md").read_text(encoding="utf-8") == listing(), "run `make relations`"


def test_every_relation_of_the_field_is_a_row() -> None:
    assert len(relations()) == 127
