"""Tables of a document put together: each with the lines above it, and with its continuation pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from juesuan.accounts import Notice
from juesuan.layouts import layout, names, plain
from juesuan.readers.files.document import Document, Passage
from juesuan.readers.files.sheet import Cell, Sheet
from juesuan.readers.tables.names import is_name_head
from juesuan.readers.tables.reading import is_note

# How far above a table its title may stand, and how much longer than the title the line may be.
_ABOVE, _LONGER = 6, 30


@dataclass
class Assembled:
    """Whole tables with their title lines on top, and the passages of text that belong to none.

    `before` counts for each table the passages that stand before it; `left_out` names what was not read.
    """

    sheets: list[Sheet] = field(default_factory=list)
    before: list[int] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def assemble(document: Document) -> Assembled:
    """Join the blocks of a document into tables; a workbook's sheets are whole already."""
    result = Assembled(notices=list(document.notices))
    if document.is_workbook:
        result.sheets, result.passages = document.sheets, document.passages
        result.before = [0] * len(result.sheets)
        return result
    titles, above = all_titles(), list[Passage]()
    open_sheet, after = False, False
    for block in document.blocks:
        if isinstance(block, Passage):
            if after and is_note(block.text):
                result.sheets[-1] = _with_rows(result.sheets[-1], [block])
            else:
                above.append(block)
                result.passages.append(block)
                after = False
                open_sheet = open_sheet and _may_interrupt(block.text)
            continue
        caption = _caption(above, block, titles)
        goes_on = caption is None and open_sheet and _continues(result.sheets[-1], block)
        # The lines that name a table are part of it and no sentences of the text.
        used = {id(passage) for passage in caption or ()}
        result.passages = [p for p in result.passages if id(p) not in used]
        whole = _captioned(block, caption if caption is not None else above[-2:])
        if goes_on:
            result.sheets[-1] = _joined(result.sheets[-1], block)
        elif result.sheets and caption is not None and _goes_on(result.sheets[-1], whole, titles):
            result.sheets[-1] = _joined(result.sheets[-1], _beyond(result.sheets[-1], whole))
        else:
            result.sheets.append(whole)
            result.before.append(len(result.passages))
        above, open_sheet, after = [], True, True
    return result


def all_titles() -> list[str]:
    """Every name under which any profile prints a table, plain, the longest first."""
    titles = {plain(t) for n in names() for table in layout(n).printed_tables for t in table.titles()}
    return sorted(titles, key=len, reverse=True)


def title_in(text: str, titles: Iterable[str]) -> str:
    """The longest title that a short line ends with (2021年度收入决算表 → 收入决算表), '' for none."""
    if len(text) > 4 * _LONGER:
        return ""
    line = plain(text)
    return next((t for t in titles if line.endswith(t) and len(line) <= len(t) + _LONGER), "")


def title_of(sheet: Sheet, titles: Sequence[str]) -> str:
    """The title that a table bears in its name or first rows, '' for none."""
    texts = (text for row in range(1, min(_ABOVE, sheet.height) + 1) for text in sheet.texts(row) if text)
    return next((t for text in (sheet.name, *texts) if (t := title_in(text, titles))), "")


def _caption(above: Sequence[Passage], sheet: Sheet, titles: list[str]) -> list[Passage] | None:
    """The lines from the nearest title down to the table; [] where the table holds its title; else None."""
    for row in range(1, min(4, sheet.height + 1)):
        if any(title_in(text, titles) for text in sheet.texts(row) if text):
            return []
    for back in range(1, min(_ABOVE, len(above)) + 1):
        if title_in(above[-back].text, titles):
            return list(above[-back:])
    return None


def _may_interrupt(text: str) -> bool:
    """A line that may stand between two pages of one table: a unit, a page number, 续表; never another title."""
    line = plain(text)
    named = line.endswith(("表", "情况")) and not line.startswith(("续", "公开"))
    return _is_caption(text) or (len(text) < 12 and not named and not line.startswith("附"))


def _is_caption(text: str) -> bool:
    return plain(text).startswith(("单位:", "金额单位:", "续表", "公开", "部门:", "编制单位:"))


def _continues(sheet: Sheet, more: Sheet) -> bool:
    """A table without a title of its own goes on the one before, if it is as wide or repeats its head."""
    head = next((row for row in range(1, more.height + 1) if any(more.texts(row))), 0)
    first = [text for text in more.texts(head) if text] if head else []
    heads = any(is_name_head(t) or plain(t) == "项目" for t in first)
    if heads:
        known = [[text for text in sheet.texts(row) if text] for row in range(1, min(sheet.height, 12) + 1)]
        return first in known
    return sheet.width == more.width


def _goes_on(sheet: Sheet, more: Sheet, titles: Sequence[str]) -> bool:
    """A page that repeats title and head, as Excel prints them, and brings rows that were not there yet."""
    title = title_of(more, titles)
    if not title or title != title_of(sheet, titles) or sheet.width != more.width:
        return False
    rest = _beyond(sheet, more)
    labels = [_label(rest, row) for row in range(1, rest.height + 1)]
    before = {_label(sheet, row) for row in range(1, sheet.height + 1)}
    named = [label for label in labels if label and not label.isdecimal() or len(label) > 2]
    return rest.height < more.height and bool(named) and not before & {label for label in labels if label}


def _label(sheet: Sheet, row: int) -> str:
    """What names a row: its texts before the first amount; '' for a row of amounts and a note."""
    texts = [text for text in sheet.texts(row) if text]
    words = list(takewhile(lambda text: "." not in text, texts))
    return "" if texts and is_note(texts[0]) else "|".join(words)


def _beyond(sheet: Sheet, more: Sheet) -> Sheet:
    """`more` without its first rows as long as they repeat those at the top of `sheet`."""
    known = [sheet.texts(row) for row in range(1, min(sheet.height, 2 * _ABOVE) + 1)]
    down = 0
    while down < more.height and more.texts(down + 1) in known:
        down += 1
    spans = [(a, top - down, c, bottom - down) for a, top, c, bottom in more.spans if top > down]
    return replace(more, rows=more.rows[down:], spans=spans, origins=more.origins[down:])


def _captioned(sheet: Sheet, caption: Sequence[Passage]) -> Sheet:
    """The table with the lines above it as rows of their own."""
    rows = [[Cell(passage.text)] for passage in caption]
    down = len(rows)
    spans = [(left, top + down, right, bottom + down) for left, top, right, bottom in sheet.spans]
    origins = [f"{p.place}“{p.text[:12]}”" for p in caption] + list(sheet.origins)
    return replace(sheet, rows=[*rows, *sheet.rows], spans=spans, origins=origins)


def _joined(sheet: Sheet, more: Sheet) -> Sheet:
    """The rows of a continuation page below those of the pages before."""
    down = sheet.height
    spans = [(left, top + down, right, bottom + down) for left, top, right, bottom in more.spans]
    rows, origins = [*sheet.rows, *more.rows], [*sheet.origins, *more.origins]
    return replace(sheet, rows=rows, spans=[*sheet.spans, *spans], origins=origins)


def _with_rows(sheet: Sheet, notes: Sequence[Passage]) -> Sheet:
    rows = [*sheet.rows, *([Cell(note.text)] for note in notes)]
    return replace(sheet, rows=rows, origins=[*sheet.origins, *(note.place for note in notes)])
