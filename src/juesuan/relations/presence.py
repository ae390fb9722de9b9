"""The kinds that ask whether something is there: tables, empty tables, money where none belongs."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Judgement, State, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import Ref, instances, parse
from juesuan.relations.instance import is_known
from juesuan.relations.model import Check, Relation


def presence(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Every table of the profile is there."""
    for table in accounts.layout.printed_tables:
        if table.id not in accounts.tables_read and not table.is_known:
            judgement = not_assessable(f"“{table.title}”在版式里只有表名，没有读")
        elif table.id not in accounts.tables_read:
            judgement = Judgement(Verdict.INCONSISTENT, note=f"缺少“{table.title}”")
        elif accounts.source.tables == "titles-only":
            judgement = not_assessable("公开文本只有表名，没有印出表格")
        else:
            judgement = Judgement(Verdict.EXACT)
        yield Check(relation, table.id, judgement, quote=table.title)


def empty_notes(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A fund table that is declared empty holds no money; one without any is declared so, or prints 0."""
    for table in accounts.layout.tables:
        if not table.empty_note:
            continue
        declared = table.id in accounts.disclosure.empty_tables
        money = next((f for f in accounts.records if f.table == table.id and f.quantity.value), None)
        if money is not None:
            note = f"声明“{table.title}”没有收支，表里却有 {money.quantity.printed}{money.quantity.unit}"
            told = (Verdict.INCONSISTENT, note) if declared else (Verdict.NOT_APPLICABLE, "不是空表")
            judgement = Judgement(told[0], note=told[1])
        elif declared or not accounts.is_empty(table.id):
            judgement = Judgement(Verdict.EXACT)
        else:
            judgement = not_assessable(f"“{table.title}”没有数，也没有声明为空表")
        yield Check(relation, table.id, judgement, left=money, quote=table.title)


def empty_alike(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A fund's own table holds money if and only if its column of T4 does."""
    fund, table = relation.column, next((t for t in accounts.layout.tables if t.id == relation.table), None)
    if table is None or not is_known(accounts, Ref(1, False, "T4", "本年支出合计", fund, False)):
        return
    own = next((f for f in accounts.records if f.table == table.id and f.quantity.value), None)
    moved = [f for f in accounts.records if f.table == "T4" and (f.column == fund or f.label.endswith(fund))]
    # A table that prints only expenditure stays empty in a year that spends nothing.
    shows_all = "年末结转和结余" in table.columns
    due = [f for f in moved if shows_all or f.column == fund and not f.label.startswith("年末")]
    told = next((f for f in due if f.quantity.value), None)
    mute = any(f.table == table.id and f.quantity.state is State.UNPARSED for f in accounts.records)
    blank = accounts.source.blank_is_undisclosed and not any(f.quantity.is_number for f in moved)
    if table.id not in accounts.tables_read or accounts.is_empty("T4") or blank:
        judgement = not_assessable(f"“{table.title}”或财政拨款总表没有数")
    elif own is None and told is not None and mute:
        judgement = not_assessable(f"“{table.title}”里有读不出的格")
    elif own is None and told is not None:
        note = f"财政拨款总表“{told.label}·{told.column}”为 {told.quantity.printed}，“{table.title}”却没有数"
        judgement = Judgement(Verdict.INCONSISTENT, note=note)
    elif own is not None and not any(f.quantity.value for f in moved):
        note = f"“{table.title}”有 {own.quantity.printed}，财政拨款总表的“{fund}”却没有数"
        judgement = Judgement(Verdict.INCONSISTENT, note=note)
    else:
        judgement = Judgement(Verdict.EXACT)
    yield Check(relation, table.id, judgement, left=own or told, quote=table.title)


def nothing_in(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The cells of each formula hold no money: not printed, blank, a dash or 0."""
    for text in relation.formula.split("；"):
        formula = parse(text)
        ref = formula.left
        if all(t.id != ref.table for t in accounts.layout.tables):
            continue
        cells = [accounts.fact(ref.table, r, c) for r, c in instances(accounts, formula)]
        money = next((f for f in cells if f is not None and f.quantity.value), None)
        place = f"{ref.table}[{ref.row}].{ref.column}"
        if money is not None:
            note = f"“{money.label}·{money.column}”印出 {money.quantity.printed}：{relation.title}"
            yield Check(relation, money.address, Judgement(Verdict.INCONSISTENT, note=note), None, money)
        elif not accounts.is_empty(ref.table) and not accounts.source.blank_is_undisclosed:
            yield Check(relation, place, Judgement(Verdict.EXACT))
        elif ref.table in accounts.disclosure.empty_tables:
            yield Check(relation, place, Judgement(Verdict.NOT_APPLICABLE, note="空表"))
        else:
            yield Check(relation, place, not_assessable("表里没有数"))


def zeros_are_said(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Where a column holds no money, 0 is printed in it or the table is declared empty."""
    cells = [f for f in accounts.records if (f.table, f.column) == (relation.table, relation.column)]
    if not cells:
        return
    declared = relation.table in accounts.disclosure.empty_tables
    beside = any(f.table == relation.table and f.quantity.is_number for f in accounts.records)
    if any(f.quantity.value for f in cells):
        judgement = Judgement(Verdict.NOT_APPLICABLE, note="不是全部为 0")
    elif declared or any(f.quantity.is_number for f in cells):
        judgement = Judgement(Verdict.EXACT)
    elif beside and not accounts.source.blank_is_undisclosed:
        note = f"“{relation.column}”一栏全部空白，既没有印 0，也没有说明为什么没有"
        judgement = Judgement(Verdict.INCONSISTENT, note=note)
    else:
        judgement = not_assessable("表里没有数，也没有声明为空表")
    yield Check(relation, cells[0].address, judgement, left=_first(cells))


def _first(cells: list[Fact]) -> Fact:
    return next((f for f in cells if f.quantity.is_number), cells[0])
