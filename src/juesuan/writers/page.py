"""A publication as one plain web page: tables with real spans, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from pathlib import Path

from juesuan.accounts.heading import Cell
from juesuan.writers.blocks import Block, Heading, Papers, Paragraph, Printed, shown
from juesuan.writers.files import write_text

_STYLE = """
body { font-family: "FangSong", "仿宋", "Songti SC", serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.8; color: #111; }
h1, h2, h3, h4, h5 { font-family: "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; line-height: 1.4; }
h1, h2, .title { text-align: center; }
h2 { margin-top: 3em; }
p { text-indent: 2em; margin: .4em 0; }
p.mark, p.title, p.note { text-indent: 0; }
p.mark { margin-top: 2em; }
p.title { font-family: "SimHei", "黑体", "Noto Sans CJK SC", sans-serif; font-size: 1.2em; }
.label { text-align: center; color: #a00; text-indent: 0; }
.line { display: flex; justify-content: space-between; gap: 1em; }
.line p { text-indent: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .85em; line-height: 1.4; }
th, td { border: 1px solid #555; padding: .2em .4em; }
th { font-weight: normal; background: #f3f3f3; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
td.code, td.line { text-align: center; white-space: nowrap; }
@page { size: A4; }
@media print { thead { display: table-header-group; } tr { break-inside: avoid; } body { max-width: none; } }
"""


def write_page(papers: Papers, path: Path) -> Path:
    """Write `papers` to one HTML file."""
    title = escape(papers.title + (f"　{papers.label}" if papers.label else ""))
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>'
    body = "\n".join(line for block in papers.blocks for line in _block(block, papers.label))
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )
    return write_text(path, page)


def _block(block: Block, label: str) -> Iterator[str]:
    if isinstance(block, Heading):
        level = min(block.level + 1, 6)
        yield f"<h{level}>{escape(block.text)}</h{level}>"
    elif isinstance(block, Paragraph):
        kind = ' class="label"' if label and block.text == label else ""
        yield f"<p{kind}>{escape(block.text)}</p>"
    else:
        yield from _table(block)


def _table(table: Printed) -> Iterator[str]:
    yield f'<p class="mark">{table.mark}</p>\n<p class="title">{escape(table.title)}</p>'
    line = "".join(f"<p>{escape(text)}</p>" for text in table.line)
    yield f'<div class="line">{line}</div>\n<div class="wide"><table>'
    heads = len(table.grid.head)
    for row, placed in groupby(table.grid.placed(), key=lambda at: at[0]):
        if row in (0, heads):
            yield "<thead>" if row == 0 else "</thead>\n<tbody>"
        yield f"<tr>{''.join(_cell(cell) for _, _, cell in placed)}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f'<p class="note">注：{escape(table.note)}</p>'


def _cell(cell: Cell) -> str:
    name = "th" if cell.kind == "head" else "td"
    kind = "" if cell.kind in ("head", "label") else f' class="{cell.kind}"'
    spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
        f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    )
    return f"<{name}{kind}{spans}>{escape(shown(cell))}</{name}>"
