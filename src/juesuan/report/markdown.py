"""The publication as Markdown: five parts, plain tables, no HTML."""

from __future__ import annotations

from juesuan.accounts import Accounts
from juesuan.accounts.grid import Grid, grid
from juesuan.narrative import narrative
from juesuan.wording import amount, numeral

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_[]<>|#"})


def publication(accounts: Accounts) -> str:
    """概况, 决算报表, 情况说明, 名词解释, 附件 as one Markdown text."""
    label = "\n\n> 示例数据（合成）" if accounts.source.is_synthetic else ""
    year = f"{accounts.year} 年度部门决算"
    parts = [
        f"# {accounts.department.translate(_SPECIAL)}\n\n{year}{label}",
        f"## 第一部分 概况\n\n{_text(accounts, 'overview')}",
        f"## 第二部分 {year}报表\n\n{_tables(accounts)}",
        f"## 第三部分 {year}情况说明\n\n{_text(accounts, 'explanation')}",
        f"## 第四部分 名词解释\n\n{_text(accounts, 'glossary')}",
        f"## 第五部分 附件\n\n{_text(accounts, 'attachments')}",
    ]
    return "\n\n".join(parts) + "\n"


def _text(accounts: Accounts, part: str) -> str:
    lines = []
    for block in narrative(accounts, part).blocks:
        text = block.text.translate(_SPECIAL)
        lines.append(f"{'#' * (block.level)} {text}" if block.level else text)
    return "\n\n".join(lines)


def _tables(accounts: Accounts) -> str:
    made = []
    for i, table in enumerate(accounts.layout.printed_tables, 1):
        body = (
            "（收到的文件里没有这张表。）"
            if table.id not in accounts.tables_read or not table.is_known
            else _table(accounts, table.id)
        )
        made.append(f"### {numeral(i)}、{table.title}\n\n单位：{accounts.unit_of(table.id)}\n\n{body}")
    return "\n\n".join(made)


def _table(accounts: Accounts, id: str) -> str:
    made = grid(accounts, id)
    texts = _texts(made)
    # Markdown has one head row: a cell under a span is named after both.
    heads = texts[: len(made.head)]
    names = ["·".join(dict.fromkeys(filter(None, column))) for column in zip(*heads, strict=True)]
    rows = [names, ["---"] * made.width, *texts[len(made.head) :]]
    table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
    note = accounts.empty_note(id)
    return f"{table}\n\n注：{note}" if note else table


def _texts(made: Grid) -> list[list[str]]:
    """One text a column; in the head a span repeats its text to the right, in the body it does not."""
    texts = [[""] * made.width for _ in (*made.head, *made.body)]
    for row, column, cell in made.placed():
        shown = amount(cell.fact.quantity, thousands=True) if cell.fact else cell.text
        wide = cell.columns if row < len(made.head) else 1
        texts[row][column : column + wide] = [" ".join(shown.split()).translate(_SPECIAL)] * wide
    return texts
