"""The reading report as plain lines of Chinese: what was found, taken for what, confirmed by what."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts, TableRead


def reading_lines(accounts: Accounts) -> Iterator[str]:
    """One line for the file, one for each table, then what is missing, unread or to be known."""
    understood = accounts.understood
    if understood is not None:
        cells = len(accounts.records)
        words = f"，说明 {understood.sentences} 句" if understood.sentences else ""
        yield (
            f"{accounts.department} {accounts.year} 年度，“{understood.profile}”版式（{understood.profile_reason}），"
            f"{len(understood.tables)} 张表，{cells} 个格{words}"
        )
        yield from (_table(table) for table in understood.tables)
        if understood.missing:
            yield f"缺少　{'、'.join(understood.missing)}"
        yield from (f"未读入　{line}" for line in understood.unread)
    yield from (f"读入　{notice.place}：{notice.text}" for notice in accounts.notices)


def unjudged(accounts: Accounts) -> str:
    """What a clean result does not cover: figures that may have slid, figures of the text that were not
    matched, or no text at all."""
    doubts = [t.title for t in accounts.understood.tables if t.suspect] if accounts.understood else []
    said = f"“{'”“'.join(doubts)}”的数可能与名称错位，见“读入”。" if doubts else ""
    loose = sum(c.kind == "unmatched" for c in accounts.claims)
    if loose:
        said += f"正文有 {loose} 个数没有看出说的是什么，没有核对。"
    elif not accounts.sentences and accounts.understood is not None and not accounts.disclosure.printed:
        said += "没有读到情况说明的正文，只核对了各张表。"
    return said


def _table(table: TableRead) -> str:
    unsure = "、".join(
        f"“{c.printed}”认作“{c.name}”（{c.confidence}）" for c in table.columns if c.confidence < 100
    )
    held = "、".join(f"{c.relation}×{c.held}" for c in table.confirmed if c.held)
    failed = "、".join(f"{c.relation}×{c.failed}" for c in table.confirmed if c.failed)
    parts = [
        f"{table.title}　{table.place}　{table.unit}　{table.rows} 行 {len(table.columns)} 栏　{table.standing}",
        f"由 {held} 证实" if held else "",
        f"不符 {failed}" if failed else "",
        unsure,
        table.suspect,
    ]
    return "；".join(part for part in parts if part)
