"""The kinds about single words: years, template residue, units."""

from __future__ import annotations

from collections.abc import Iterator

from juesuan.accounts import Accounts, Claim
from juesuan.quantity import YUAN, Judgement, Quantity, Verdict
from juesuan.relations.model import Check, Relation
from juesuan.relations.stated import check_of, claimed, claims, of

_EXACT = Judgement(Verdict.EXACT)


def _wrong(note: str) -> Judgement:
    return Judgement(Verdict.INCONSISTENT, note=note)


def years(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The year of the accounts, and the one before only where something is compared with it."""
    for claim in claimed(accounts, relation, "year"):
        if claim.base_name == "prior":
            right = {accounts.year - 1} | ({accounts.previous.year} if accounts.previous else set())
            wanted = f"上年应为 {accounts.year - 1}"
        else:
            right, wanted = {accounts.year}, f"本年度为 {accounts.year}"
        good = claim.word.isdigit() and int(claim.word) in right
        yield check_of(
            accounts, relation, claim, _EXACT if good else _wrong(f"写的是“{claim.word}”，{wanted}")
        )


def residues(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """What a template leaves behind: both words of a choice, XX, a percentage without %, an amount without unit."""
    said = {
        "residue": "模板里的“{}”没有改完",
        "no_percent": "百分数“{}”后面漏了 %",
        "no_unit": "金额“{}”后面没有单位",
    }
    found = [c for c in claims(accounts) if c.kind in said]
    for claim in found:
        yield check_of(accounts, relation, claim, _wrong(said[claim.kind].format(claim.word)))
    if accounts.sentences and not found:
        yield Check(relation, "", Judgement(Verdict.EXACT, note="没有模板残留"))


def units(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Every amount in the unit of the text; digits that fit the table only in another unit are in the wrong one."""
    unit = accounts.text_unit
    for claim in claims(accounts):
        if claim.kind == "short_unit":
            note = f"“{claim.word}万”应为“{claim.word}万元”"
            yield check_of(accounts, relation, claim, Judgement(Verdict.NOT_APPLICABLE, note=note))
        elif claim.kind == "amount" and claim.figure.unit in YUAN:
            yield check_of(
                accounts, relation, claim, _unit(claim, unit, of(accounts, claim.of)[0].fact.quantity)
            )


def _unit(claim: Claim, unit: str, cell: Quantity) -> Judgement:
    printed = claim.figure
    if cell.is_number and cell.value and printed.value and not claim.note:
        right = cell.interval() * cell.scale
        fits = {u for u, scale in YUAN.items() if (printed.interval() * scale).meet(right) is not None}
        if fits and printed.unit not in fits:
            wanted = "、".join(sorted(fits))
            return _wrong(
                f"{printed.printed} 的单位印作“{printed.unit}”，以“{wanted}”计才与表中的 {cell.printed} {cell.unit} 一致"
            )
    if printed.unit != unit:
        note = f"以“{printed.unit}”计，正文以“{unit}”计：换算后核对"
        return Judgement(Verdict.NOT_APPLICABLE, note=note)
    return _EXACT
