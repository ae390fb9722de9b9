"""A whole publication as blocks: 概况, 决算报表, 情况说明, 名词解释, 附件, in the order in which departments print them."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts
from juesuan.accounts.grid import grid
from juesuan.accounts.source import SYNTHETIC
from juesuan.narrative import narrative
from juesuan.wording import numeral
from juesuan.writers.blocks import Block, Heading, Papers, Paragraph, Printed

ABSENT = "（收到的文件里没有这张表。）"


def publication(accounts: Accounts, *, contents: bool = False) -> Papers:
    """Lay out the publication of one department and year; `contents` puts a table of contents first."""
    label = SYNTHETIC if accounts.source.is_synthetic else ""
    title = f"{accounts.department}{accounts.year}年度部门决算"
    body = list(_body(accounts))
    front: list[Block] = [Heading(0, title)]
    front += [Paragraph(label)] if label else []
    if contents:
        front += [Heading(1, "目录"), *(Paragraph(entry) for block in body if (entry := _entry(block)))]
    return Papers(title, [*front, *body], label)


def _body(accounts: Accounts) -> Iterator[Block]:
    year = f"{accounts.year}年度部门决算"
    parts = [
        ("概况", "overview"),
        (f"{year}报表", ""),
        (f"{year}情况说明", "explanation"),
        ("名词解释", "glossary"),
    ]
    if accounts.disclosure.attachments or accounts.layout.narrative == "shanxi":
        parts.append(("附件", "attachments"))
    for i, (title, part) in enumerate(parts, 1):
        yield Heading(1, f"第{numeral(i)}部分 {title}")
        yield from _text(accounts, part) if part else _tables(accounts)


def _entry(block: Block) -> str:
    """The line of a block in the table of contents, '' for none."""
    if isinstance(block, Printed):
        return block.heading
    return block.text if isinstance(block, Heading) and block.level <= 2 else ""


def _text(accounts: Accounts, part: str) -> Iterator[Block]:
    for block in narrative(accounts, part).blocks:
        # The narrative counts its headings from 3 for 一、.
        yield Heading(block.level - 1, block.text) if block.level else Paragraph(block.text)


def _tables(accounts: Accounts) -> Iterator[Block]:
    for number, table in enumerate(accounts.layout.printed_tables, 1):
        if table.id not in accounts.tables_read or not table.is_known:
            yield Heading(2, f"{numeral(number)}、{table.title}")
            yield Paragraph(ABSENT)
            continue
        label = f"（{SYNTHETIC}）" if accounts.source.is_synthetic else ""
        unit, made = accounts.unit_of(table.id), grid(accounts, table.id)
        note = accounts.empty_note(table.id)
        yield Printed(number, table.title, accounts.department + label, accounts.year, unit, made, note)
