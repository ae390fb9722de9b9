"""One file or folder into the accounts of one department and year."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from juesuan.accounts import (
    Accounts,
    Cited,
    Disclosure,
    Fact,
    Notice,
    Source,
    Understood,
    disclosed_facts,
    read_disclosure,
    read_source,
)
from juesuan.accounts.source import SYNTHETIC
from juesuan.classification import classes
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout
from juesuan.layouts import layout as load_layout
from juesuan.quantity import State
from juesuan.readers.files.document import Passage
from juesuan.readers.files.sheet import Sheet
from juesuan.readers.received import Received, read_files, received
from juesuan.readers.tables.assemble import Assembled, assemble
from juesuan.readers.tables.choose import choose, likeliest, place, titled
from juesuan.readers.tables.confirm import confirm
from juesuan.readers.tables.contents import Contents, read_tables
from juesuan.readers.tables.identity import identify
from juesuan.readers.tables.magnitude import check_magnitude
from juesuan.readers.tables.second import first_only
from juesuan.readers.text.chapters import chapters
from juesuan.readers.text.explanation import outline, sentences, unit_of_text
from juesuan.readers.text.told import told


def read_one(where: Path, profile: str) -> Accounts:
    """Everything behind a path, judged by nothing but itself: tables, text, prose inputs, source."""
    files = received(where)
    name = files.tables[0].name if len(files.tables) == 1 else f"{where.name}/"
    assembled = first_only(assemble(read_files(files.tables, name)))
    beside = _beside(files)
    passages = [*assembled.passages, *beside.passages]
    prose, origin = files.folder / "disclosure.yml", files.folder / "source.yml"
    disclosure = read_disclosure(prose) if prose.exists() else Disclosure()
    source = _labelled(read_source(origin) if origin.exists() else Source(), assembled.sheets, passages)
    layout, why = _profile(profile or source.profile or "", assembled.sheets, passages, name)
    placed = place(assembled.sheets, layout)
    identity = identify(placed.tables, layout, disclosure, where, passages)
    unit, unit_from = _unit(source, passages, layout)
    contents = read_tables(placed, layout, identity.year, unit, unit_from, name)
    if not placed.tables:
        contents.read = titled(passages, layout)
        source = source.model_copy(update={"tables": Cited("titles-only"), "blank": Cited("undisclosed")})
    words = sentences(passages, layout)
    accounts = Accounts(
        department=identity.department,
        year=identity.year,
        layout=layout,
        records=tuple(contents.facts),
        source=source,
        tables_read=tuple(contents.read),
        sentences=tuple(words),
        outline=tuple(outline(passages, layout)),
        folder=files.folder,
    )
    from_text = told(accounts, contents.empty, unit)
    merged = disclosure.over(from_text.disclosure).over(chapters(passages, placed.unknown))
    # What a person typed and what the text states is in the unit of the text.
    stated = disclosed_facts(merged, unit, layout.units())
    facts = [*contents.facts, *stated]
    check_magnitude(facts, name, contents.unstated, {t.id: t.title for t in layout.tables})
    notices = [*assembled.notices, *beside.notices, *identity.notices, *contents.notices, *from_text.notices]
    notices += [*_altered(source, files.folder), *_unread_numbers(stated)]
    if not classes("functional", identity.year):
        text = (
            f"功能分类科目表没有收录 {identity.year} 年度（从 2018 年起收录），类级科目不能按名称对应和核对"
        )
        notices.append(Notice(where.name, text))
    if passages and not words:
        first = layout.sections[0]
        notices.append(Notice(name, f"有 {len(passages)} 段文字，没有找到“{first}”这一节，情况说明没有读入"))
    if not any(f.quantity.is_number for f in contents.facts):
        notices.append(Notice(name, "各张表里没有一个数，像是空白的模板"))
    if not prose.exists() and not passages:
        notices.append(Notice(where.name, "没有 disclosure.yml，也没有说明文字：情况说明里的文字部分从缺"))
    accounts = replace(
        accounts,
        records=tuple(facts),
        disclosure=merged,
        notices=tuple(notices),
        understood=_understood(contents, layout, why, name, len(words), assembled.left_out),
    )
    return confirm(accounts)


def _labelled(source: Source, sheets: Sequence[Sheet], passages: Sequence[Passage]) -> Source:
    """Generated data says so itself, wherever it was copied to."""
    heads = (
        text for sheet in sheets for row in range(1, min(4, sheet.height) + 1) for text in sheet.texts(row)
    )
    said = any(SYNTHETIC in text for text in (*heads, *(p.text for p in passages)))
    return (
        source.model_copy(update={"synthetic": Cited("是")}) if said and source.synthetic is None else source
    )


def _unit(source: Source, passages: Sequence[Passage], layout: Layout) -> tuple[str, str]:
    """The money unit where a table names none, and where it comes from."""
    if source.unit:
        return str(source.unit), "source.yml"
    if told := unit_of_text(passages):
        return told, "正文"
    return layout.unit, "版式"


def _profile(
    wanted: str, sheets: Sequence[Sheet], passages: Sequence[Passage], name: str
) -> tuple[Layout, str]:
    if not wanted:
        return choose(sheets, passages, name)
    given, why = load_layout(wanted), "按参数或 source.yml 指定"
    like = likeliest(sheets, passages, given)
    return given, f"{why}；这个文件更像“{like.title}”（{like.name}），请核对" if like else why


def _beside(files: Received) -> Assembled:
    """The words of the document that lies beside a workbook or csv; one that cannot be read costs only them."""
    if files.text is None:
        told = [Notice(f.name, "旁边的文件不止一个，没有作说明文字读入") for f in files.ignored]
        return Assembled(notices=told)
    name = files.text.name
    try:
        read = first_only(assemble(read_files([files.text], name)))
    except JuesuanError as error:
        return Assembled(notices=[Notice(name, f"旁边的说明文字读不出来：{error}")])
    passages = [replace(p, place=f"{name} {p.place}") for p in read.passages]
    return Assembled(passages=passages, notices=read.notices)


def _understood(
    contents: Contents, layout: Layout, why: str, name: str, sentences: int, left_out: Sequence[str]
) -> Understood:
    found = {table.id for table in contents.tables}
    missing = tuple(t.title for t in layout.printed_tables if t.id not in found and t.is_known)
    unread = (*contents.unread, *left_out)
    return Understood(name, layout.title, why, tuple(contents.tables), missing, unread, sentences)


def _unread_numbers(stated: Sequence[Fact]) -> list[Notice]:
    return [
        Notice(f.quantity.cell, f"“{f.label}”的{f.column}写的是“{f.quantity.text}”，不是一个数，未作数字读入")
        for f in stated
        if f.quantity.state is State.UNPARSED
    ]


def _altered(source: Source, folder: Path) -> list[Notice]:
    """Files beside source.yml whose content is not the one that it lists."""
    listed = ((folder / Path(name).name, digest) for name, digest in source.sha256.items())
    return [
        Notice(file.name, "文件与 source.yml 登记的 sha256 不同，可能改动过")
        for file, digest in listed
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != digest.strip().lower()
    ]
