"""Lists that claim to make up a whole (其中：…): one claim for each list that names all parts with money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from juesuan.accounts import Accounts, Claim, Fact
from juesuan.accounts.disclosure import split_address
from juesuan.claims.lexicon import columns_of, data


def totals(accounts: Accounts, claims: Sequence[Claim]) -> Iterator[Claim]:
    """A total for each complete list of a sentence, on each side (budget, outturn) that it gives."""
    groups: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.kind == "amount" and claim.group and claim.base:
            groups[claim.group, claim.base].append(claim)
    for (_, base), group in groups.items():
        parts = _complete(accounts, base, list(dict.fromkeys(c.of for c in group)))
        whole = next((c for c in reversed(claims) if _is_whole(c, base, group[0])), None)
        if len(parts) < 2 or whole is None:
            continue
        group = [c for c in group if c.of in parts]
        said = tuple(f for c in {c.of: c for c in group}.values() for f in c.said)
        yield replace(
            whole, kind="total", of=" + ".join(parts), about=base, base="", said=said, note="",
            relation="R1107" if base.startswith("T10[政府采购") else "", quote=_quote(whole, group),
        )  # fmt: skip


def projects(accounts: Accounts, claims: Sequence[Claim]) -> Iterator[Claim]:
    """The projects of the self-evaluation beside the amount evaluated (budgets) and 项目支出 (outturns).

    The text need not list every project, and personnel projects are no 项目支出: what the listed ones make up is
    told where it fits, and is no finding where it does not (`partly`).
    """
    rows = {
        f.label: f for f in accounts.records if f.table == "S8" and f.column == "执行数" and f.quantity.value
    }
    room = accounts.get("T3", "合计", "项目支出")
    inside = [r for r, f in rows.items() if room.is_number and f.quantity.exact() <= room.exact()]
    asked = (
        ("S8[绩效自评].涉及预算金额", "S8[绩效自评].涉及预算金额", "全年预算数", list(rows), "R1010"),
        ("T3[合计].项目支出", "T3[合计].项目支出", "执行数", inside, "R1001"),
    )
    for whole, about, column, named, relation in asked:
        said = next((c for c in claims if c.kind == "amount" and c.of == whole), None)
        if said is not None and len(named) > 1:
            of = " + ".join(f"S8[{name}].{column}" for name in named)
            yield replace(
                said, kind="total", of=of, about=about, base="", said=(), note="partly", relation=relation
            )


def _is_whole(claim: Claim, base: str, first: Claim) -> bool:
    before = (claim.sentence, claim.start) < (first.sentence, first.start)
    return claim.kind == "amount" and claim.of == base and before and claim.section == first.section


def _quote(whole: Claim, group: Sequence[Claim]) -> str:
    return "；".join(dict.fromkeys([whole.quote, *(c.quote for c in group)]))


def _complete(accounts: Accounts, base: str, named: Sequence[str]) -> list[str]:
    """Those of the named that are parts of the whole, where every part with money is among them; else []."""
    for whole in data()["wholes"].values():
        known = _parts(accounts, whole, base)
        inside = [p for p in named if p in known]
        if inside and all(p in inside for p in known if _money(accounts, p)):
            return inside
    return []


def _parts(accounts: Accounts, whole: dict[str, object], base: str) -> list[str]:
    """Addresses of the parts of a whole whose outturn or budget is at `base`; [] where it is another."""
    total = str(whole["total"])
    table, row, column = split_address(base)
    if "columns" in whole and total == base:
        return [f"{table}[{row}].{c}" for c in columns_of(accounts, table) if c != column]
    if "rows" in whole:
        source, level = str(whole["rows"]).split()
        if base in (total, "S5[合计].年初预算数"):
            return [f"{table}[{code}].{column}" for code in accounts.rows(source, level)]
    if "parts" in whole:
        named = [str(p) for p in whole["parts"]]  # type: ignore[attr-defined]
        if total == base:
            return named
        if total.rpartition(".")[0] == base.rpartition(".")[0]:
            return [f"{p.rpartition('.')[0]}.{column}" for p in named]
    return []


def _money(accounts: Accounts, address: str) -> bool:
    fact: Fact | None = accounts.fact(*split_address(address))
    return fact is not None and bool(fact.quantity.value)
