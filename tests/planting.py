"""Ways to spoil or extend a synthetic book, and to ask what one relation says of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from importlib.resources import files

import yaml

from books import full_book, with_fact, with_prose
from juesuan.accounts import Accounts, Fact
from juesuan.classification import codes
from juesuan.findings import check
from juesuan.layouts import layout
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check, execute, relations
from juesuan.relations.formula import refs

# What is counted, in every profile.
UNITS = layout("national").units()
_ROWS = yaml.safe_load(files("juesuan.relations").joinpath("table.yml").read_text(encoding="utf-8"))
TABLE = [row["id"] for row in _ROWS]
TEXT = [id for id in relations() if id not in TABLE]


def ran(accounts: Accounts, id: str) -> list[Check]:
    """All instances of one relation."""
    return execute(accounts, [relations()[id]])


def fired(accounts: Accounts, id: str) -> set[str]:
    """Places at which one relation is inconsistent."""
    return {c.place for c in ran(accounts, id) if c.judgement.verdict is Verdict.INCONSISTENT}


def verdicts(accounts: Accounts, id: str) -> set[str]:
    """The verdicts of all instances of one relation."""
    return {c.judgement.verdict.value for c in ran(accounts, id)}


def instances(accounts: Accounts, id: str) -> list[Check]:
    """The checks of one relation that are judged between table cells, and hold."""
    return [c for c in ran(accounts, id) if c.left and c.judgement.verdict.holds]


def found(accounts: Accounts, id: str) -> set[str]:
    """Places of the inconsistent findings of one relation, as they are worded."""
    bad = (f for f in check(accounts).findings if id in f.relations and f.verdict is Verdict.INCONSISTENT)
    return {f"{p.address}{p.section}{p.quote}" for f in bad for p in f.places}


def judged(accounts: Accounts, id: str, place: str) -> Verdict:
    """The verdict of one relation at one place, without the diagnosis."""
    return next(c for c in ran(accounts, id) if c.place == place).judgement.verdict


def off(fact: Fact, by: str) -> Quantity:
    """The figure of a fact, moved."""
    return replace(fact.quantity, value=(fact.quantity.value or Decimal(0)) + Decimal(by))


def with_facts(accounts: Accounts, changes: dict[str, str]) -> Accounts:
    """A copy with other printed figures; a cell that is not there yet is added in its place."""
    for address, text in changes.items():
        (ref,) = refs(address)
        if accounts.fact(ref.table, ref.row, ref.column) is not None:
            accounts = with_fact(accounts, address, text)
            continue
        code = ref.row if ref.row.isdigit() else ""
        kind = accounts.layout.table(ref.table).codes or "functional"
        known = codes(kind, accounts.year).get(code)
        fact = Fact(
            ref.table, code, known.name if known else ref.row, ref.column,
            Quantity.parse(text, UNITS.get(ref.row, accounts.layout.unit), f"{ref.table}!{ref.row}·{ref.column}"),
        )  # fmt: skip
        later = (i for i, f in enumerate(accounts.records) if code and f.table == ref.table and f.code > code)
        at = next(later, len(accounts.records))
        records = (*accounts.records[:at], fact, *accounts.records[at:])
        accounts = replace(accounts, records=records)
    return accounts


def plus(accounts: Accounts, changes: dict[str, str]) -> Accounts:
    """A copy in which amounts are added to the figures at these addresses (to nothing, where none is)."""
    new = {}
    for address, by in changes.items():
        (ref,) = refs(address)
        old = accounts.get(ref.table, ref.row, ref.column).value or Decimal(0)
        new[address] = f"{old + Decimal(by):.2f}"
    return with_facts(accounts, new)


def without(accounts: Accounts, table: str, *rows: str) -> Accounts:
    """A copy in which a table does not print these rows (none given: no row at all)."""
    gone = [f for f in accounts.records if f.table == table and (not rows or f.row in rows)]
    assert gone
    return replace(accounts, records=tuple(f for f in accounts.records if f not in gone))


def copied(accounts: Accounts, table: str, column: str, to: str) -> Accounts:
    """A copy with one more column, equal to another."""
    facts = [f for f in accounts.records if (f.table, f.column) == (table, column)]
    return replace(accounts, records=(*accounts.records, *(replace(f, column=to) for f in facts)))


def fund_book(table: str = "T8") -> Accounts:
    """The clean book with a second fund: 100 carried over, 500 received, 520 spent, 80 left."""
    name, row = {"T8": ("政府性基金", "212"), "T9": ("国有资本经营", "223")}[table]
    fund = f"{name}预算财政拨款"
    coded = [row, f"{row}08", f"{row}0801"]
    changes = {
        f"T1[{fund}收入].决算数": "500", "T1[本年收入合计].决算数": "500", "T1[年初结转和结余].决算数": "100",
        "T1[收入总计].决算数": "600", f"T1[{row}].决算数": "520", "T1[本年支出合计].决算数": "520",
        "T1[年末结转和结余].决算数": "80", "T1[支出总计].决算数": "600",
        f"T4[{fund}].决算数": "500", "T4[本年收入合计].决算数": "500",
        "T4[年初财政拨款结转和结余].决算数": "100", f"T4[年初结转：{fund}].决算数": "100",
        "T4[收入总计].决算数": "600",
    }  # fmt: skip
    for code in ["合计", *coded]:
        changes |= {f"T2[{code}].{c}": "500" for c in ("本年收入合计", "财政拨款收入")}
        changes |= {f"T3[{code}].{c}": "520" for c in ("本年支出合计", "项目支出")}
        changes |= {f"{table}[{code}].{c}": "520" for c in ("本年支出", "项目支出")}
        rest = {"年初结转和结余": "100", "本年收入": "500", "年末结转和结余": "80"}
        changes |= {f"T8[{code}].{c}": v for c, v in rest.items()} if table == "T8" else {}
    for place, amount in (
        (row, "520"),
        ("本年支出合计", "520"),
        ("年末财政拨款结转和结余", "80"),
        ("支出总计", "600"),
    ):
        changes |= {f"T4[{place}].{c}": amount for c in ("合计", fund)}
    empty = ["T9"] if table == "T8" else ["T8"]
    return with_prose(plus(full_book(), changes), empty_tables=empty)


def fiscal_book() -> Accounts:
    """The clean book without any money but fiscal grants."""
    book = full_book()
    own = book.get("T1", "事业收入", "决算数").value
    kept = book.get("T1", "年初结转和结余", "决算数").value
    left = book.get("T4", "年初财政拨款结转和结余", "决算数").value
    assert own is not None
    assert kept is not None
    assert left is not None
    less = dict.fromkeys(["T1[年初结转和结余].决算数", "T1[年末结转和结余].决算数"], str(left - kept))
    less |= dict.fromkeys(["T1[收入总计].决算数", "T1[支出总计].决算数"], str(left - kept - own))
    less |= {f"T1[{r}].决算数": str(-own) for r in ("事业收入", "本年收入合计", "201", "本年支出合计")}
    for code in ("合计", "201", "20106", "2010602"):
        less |= {f"T2[{code}].{c}": str(-own) for c in ("本年收入合计", "事业收入")}
        less |= {f"T3[{code}].{c}": str(-own) for c in ("本年支出合计", "项目支出")}
    return plus(book, less)
