"""The publication as Markdown: five parts, plain tables, no HTML."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts
from juesuan.accounts.grid import Grid
from juesuan.publication import publication
from juesuan.wording import amount
from juesuan.writers.blocks import Block, Heading, Printed

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def markdown(accounts: Accounts) -> str:
    """The whole publication as one Markdown text."""
    papers = publication(accounts)
    lines = [line for block in papers.blocks for line in _block(block, papers.label)]
    return "\n\n".join(lines) + "\n"


def _block(block: Block, label: str) -> Iterator[str]:
    if isinstance(block, Printed):
        yield f"### {block.heading}"
        yield f"单位：{block.unit}"
        yield _table(block.grid)
        if block.note:
            yield f"注：{block.note.translate(_SPECIAL)}"
        return
    text = block.text.translate(_SPECIAL)
    if isinstance(block, Heading):
        yield f"{'#' * (block.level + 1)} {text}"
    else:
        yield f"> {text}" if label and block.text == label else text


def _table(made: Grid) -> str:
    texts = _texts(made)
    # Markdown has one head row: a cell under a span is named after both.
    heads = texts[: len(made.head)]
    names = ["·".join(dict.fromkeys(filter(None, column))) for column in zip(*heads, strict=True)]
    rows = [names, ["---"] * made.width, *texts[len(made.head) :]]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _texts(made: Grid) -> list[list[str]]:
    """One text a column; in the head a span repeats its text to the right, in the body it does not."""
    texts = [[""] * made.width for _ in (*made.head, *made.body)]
    for row, column, cell in made.placed():
        shown = amount(cell.fact.quantity, thousands=True) if cell.fact else cell.text
        wide = cell.columns if row < len(made.head) else 1
        texts[row][column : column + wide] = [" ".join(shown.split()).translate(_SPECIAL)] * wide
    return texts
