"""Errors put into clean books one at a time, and what the diagnosis says of each: for tests and measurement."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from juesuan.accounts import Accounts, Fact
from juesuan.findings import Finding, check
from juesuan.quantity import Quantity, Verdict

Slip = Callable[[Quantity, Random], Quantity | None]


@dataclass(frozen=True)
class Injected:
    """Spoiled accounts: the cells changed with what they should print, and how the cause is called."""

    accounts: Accounts
    truth: dict[str, Quantity]
    word: str = ""


def _printing(quantity: Quantity, text: str) -> Quantity | None:
    changed = Quantity.parse(text, quantity.unit, quantity.cell)
    return changed if changed.is_number and changed.value != quantity.value else None


def swapped(quantity: Quantity, rng: Random) -> Quantity | None:
    """Two adjacent digits exchanged."""
    text = list(quantity.printed)
    pairs = [
        (i, j)
        for i, j in zip(range(len(text)), range(1, len(text)), strict=False)
        if text[i].isdigit() and text[j].isdigit() and text[i] != text[j] and (i or text[j] != "0")
    ]
    if not pairs:
        return None
    i, j = rng.choice(pairs)
    text[i], text[j] = text[j], text[i]
    return _printing(quantity, "".join(text))


def misread(quantity: Quantity, rng: Random) -> Quantity | None:
    """One digit changed."""
    text = list(quantity.printed)
    i = rng.choice([i for i, c in enumerate(text) if c.isdigit()])
    text[i] = rng.choice([d for d in "0123456789" if d != text[i] and (i or d != "0")])
    return _printing(quantity, "".join(text))


def lost(quantity: Quantity, rng: Random) -> Quantity | None:
    """One digit before the point missing."""
    text = quantity.printed
    whole = text.split(".")[0].lstrip("-")
    if len(whole) < 2:
        return None
    i = rng.randrange(len(whole)) + text.startswith("-")
    return _printing(quantity, text[:i] + text[i + 1 :])


def negated(quantity: Quantity, rng: Random) -> Quantity | None:
    """The sign turned."""
    return _printing(quantity, quantity.printed[1:] if quantity.printed[0] == "-" else f"-{quantity.printed}")


def myriad(quantity: Quantity, rng: Random) -> Quantity | None:
    """元 for 万元."""
    return _printing(quantity, f"{(quantity.value or Decimal(0)).scaleb(4):.{quantity.decimals or 0}f}")


SLIPS: dict[str, Slip] = {
    "swap": swapped, "digit": misread, "lost": lost, "sign": negated, "ten thousand": myriad,
}  # fmt: skip


def money(accounts: Accounts) -> list[Fact]:
    """The cells of the tables that print an amount."""
    known = {t.id for t in accounts.layout.printed_tables}
    return [f for f in accounts.records if f.table in known and f.quantity.value and f.quantity.decimals == 2]


def with_cells(accounts: Accounts, new: dict[str, Quantity]) -> Accounts:
    """The accounts with other figures at these addresses."""
    records = tuple(replace(f, quantity=new[f.address]) if f.address in new else f for f in accounts.records)
    return replace(accounts, records=records)


def slip(kind: str) -> Callable[[Accounts, Random], Injected | None]:
    """One cell misprinted."""

    def inject(accounts: Accounts, rng: Random) -> Injected | None:
        fact = rng.choice(money(accounts))
        new = SLIPS[kind](fact.quantity, rng)
        return new and Injected(with_cells(accounts, {fact.address: new}), {fact.address: fact.quantity})

    return inject


def wrong_cell(accounts: Accounts, rng: Random) -> Injected | None:
    """The value of another cell printed: of the same row or column."""
    fact = rng.choice(money(accounts))
    near = [
        f.quantity
        for f in money(accounts)
        if f.table == fact.table and (f.row == fact.row or f.column == fact.column) and f is not fact
        and f.quantity.value != fact.quantity.value
    ]  # fmt: skip
    if not near:
        return None
    new = replace(rng.choice(near), cell=fact.quantity.cell)
    return Injected(with_cells(accounts, {fact.address: new}), {fact.address: fact.quantity})


def _coded(accounts: Accounts, rng: Random) -> dict[tuple[str, str], Fact]:
    tables = [t.id for t in accounts.layout.printed_tables if t.codes and accounts.has_money(t.id)]
    table = rng.choice(tables)
    return {(f.row, f.column): f for f in accounts.records if f.table == table}


def slid(accounts: Accounts, rng: Random) -> Injected | None:
    """The values of one column a row lower: the last one falls off, the first cell stays empty."""
    cells = _coded(accounts, rng)
    column = rng.choice(list(dict.fromkeys(c for _, c in cells)))
    mine = [f for (_, c), f in cells.items() if c == column and f.code]
    values = [f.quantity for f in mine]
    if len({q.value for q in values if q.value}) < 3:
        return None
    by = rng.choice((1, -1))
    empty = Quantity.blank(values[0].unit, "")
    moved = [empty, *values[:-1]] if by == 1 else [*values[1:], empty]
    new = {f.address: replace(q, cell=f.quantity.cell) for f, q in zip(mine, moved, strict=True)}
    return Injected(with_cells(accounts, new), {f.address: f.quantity for f in mine}, "行错位")


def exchanged(accounts: Accounts, rng: Random) -> Injected | None:
    """The values of two columns exchanged."""
    cells = _coded(accounts, rng)
    columns = list(dict.fromkeys(c for (_, c), f in cells.items() if f.quantity.value))
    if len(columns) < 2:
        return None
    a, b = rng.sample(columns, 2)
    new = {}
    for (row, column), fact in cells.items():
        if column in (a, b):
            new[fact.address] = cells[row, b if column == a else a].quantity
    if all(accounts.fact(*_split(k)).quantity.value == q.value for k, q in new.items()):  # type: ignore[union-attr]
        return None
    truth = {f.address: f.quantity for f in cells.values() if f.column in (a, b)}
    return Injected(with_cells(accounts, new), truth, "栏对调")


def _split(address: str) -> tuple[str, str, str]:
    table, _, rest = address.partition("[")
    row, _, column = rest.partition("].")
    return table, row, column


CLASSES: dict[str, Callable[[Accounts, Random], Injected | None]] = {
    **{name: slip(name) for name in SLIPS}, "wrong cell": wrong_cell, "row slide": slid, "column swap": exchanged,
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What came of one injected error: findings of severity error (or else warning), and the rank of the truth (0: none)."""

    findings: int
    rank: int
    found: list[Finding]


def outcome(injected: Injected) -> Outcome | None:
    """Diagnose; None where no relation fails at all."""
    told = [f for f in check(injected.accounts).findings if f.verdict is Verdict.INCONSISTENT]
    errors = [f for f in told if f.severity == "error"]
    if not errors:
        return None
    return Outcome(len(errors), min((r for f in errors if (r := rank(f, injected))), default=0), errors)


def rank(finding: Finding, injected: Injected) -> int:
    """1 where the finding itself or its first hypothesis names the true cell and value, 2 and 3 for the next ones."""
    if injected.word:
        kinds = [h.kind for h in finding.hypotheses[:3]]
        return kinds.index(injected.word) + 1 if injected.word in kinds else 0
    ((address, truth),) = injected.truth.items()
    near = truth.interval()
    for i, one in enumerate(finding.hypotheses[:3], 1):
        reckoned = one.kind in ("另一格的数", "由其余的数推得")
        if one.address != address or one.value is None:
            continue
        if one.value in near or (reckoned and one.needed is not None and truth.exact() in one.needed):
            return i
    return 0


def injections(clean: list[Accounts], kind: str, count: int, seed: int = 1) -> Iterator[Injected]:
    """So many errors of one kind, one book after another."""
    rng, made = Random(f"{kind}{seed}"), 0
    while made < count:
        injected = CLASSES[kind](clean[made % len(clean)], rng)
        if injected is not None:
            made += 1
            yield injected
