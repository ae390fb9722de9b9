"""The kinds about what the text must say or must not: reasons, absence, a sentence for each item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from juesuan.accounts import Accounts, Claim, Fact, Sentence
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import judge_sum
from juesuan.relations.stated import check_of, claimed, claims, of

_EXACT = Judgement(Verdict.EXACT)
_REASON = re.compile(r"(?:原因|主要是|主要系|由于|系因|因为|变动情况)(?!(?:是|为|：)?。?$)")
# What is said not to be there, and the table that would hold it.
_WHOLE_TABLES = {"政府性基金": "T8", "国有资本": "T9", "三公": "T7"}
_FUNDS = {"T8": "政府性基金预算财政拨款", "T9": "国有资本经营预算财政拨款"}


def _wrong(note: str) -> Judgement:
    return Judgement(Verdict.INCONSISTENT, note=note)


def absences(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """没有…收入和支出 holds where the cells hold no money; 全部为 is judged with the amounts."""
    for claim in claimed(accounts, relation, "nothing"):
        tables = [table for word, table in _WHOLE_TABLES.items() if word in claim.word]
        for table in tables:
            yield check_of(accounts, relation, claim, _nothing(accounts, table))
        if not tables and claim.of:
            yield check_of(accounts, relation, claim, _zero(of(accounts, claim.of)[0].fact))
        elif not tables:
            yield check_of(accounts, relation, claim, not_assessable("没有看出说的是哪一格"))


def _nothing(accounts: Accounts, table: str) -> Judgement:
    cells = [f for f in accounts.records if f.table == table]
    if table == "T7":
        cells = [f for f in cells if f.column == "决算数" and f.label == "合计"]
    fund = _FUNDS.get(table, "")
    cells += [f for f in accounts.records if f.table == "T4" and fund and fund in (f.column, f.label)]
    money = next((f for f in cells if f.quantity.value), None)
    if money is not None:
        return _wrong(f"称没有，而“{money.label}·{money.column}”印出 {money.quantity.printed}")
    if any(f.quantity.is_number for f in cells) or table in accounts.disclosure.empty_tables:
        return _EXACT
    return not_assessable("表里没有数")


def _zero(fact: Fact) -> Judgement:
    if fact.quantity.value:
        return _wrong(f"称没有，而“{fact.label}·{fact.column}”印出 {fact.quantity.printed}")
    return _EXACT if fact.quantity.is_number else not_assessable("表里没有数")


def reasons(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """A change is explained; 持平 needs no reason, and one that is given contradicts it."""
    texts = accounts.sentences
    for claim in claims(accounts):
        if claim.kind not in ("change", "level", "gap") or claim.note == "reason" or claim.sentence < 0:
            continue
        around = [s.text for s in texts if s.section == texts[claim.sentence].section]
        following = [s for s in texts[claim.sentence : claim.sentence + 3] if s.section == claim.section]
        given = any(_REASON.search(s.text) for s in following)
        if claim.kind == "change":
            if not any(_REASON.search(text) for text in around):
                yield check_of(accounts, relation, claim, _wrong("有增减而这一部分没有写原因"))
            else:
                yield check_of(accounts, relation, claim, _EXACT)
        elif claim.kind == "level" and given and _contradicts(following, texts[claim.sentence].text, claim):
            yield check_of(accounts, relation, claim, _wrong("称持平，却写了增减的原因"))


def _contradicts(following: Sequence[Sentence], sentence: str, claim: Claim) -> bool:
    """The very next words give the reason of a change."""
    rest = sentence[claim.end :].strip("。，； ")
    after = following[1].text if len(following) > 1 else ""
    return (not rest and after.startswith("主要原因")) or rest.startswith("主要原因")


def items(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The classes (结构) and the 项 of T5 are each spoken of, and the outturns of the 项 add to the total."""
    yield from _left_out(accounts, relation, "类", _spoken(accounts, 3))
    said = _spoken(accounts, 7)
    rows = {f"T5[{code}].合计": code for code in accounts.rows("T5", "项")}
    if len(said) * 2 <= len(rows) or not said:
        return
    yield from _left_out(accounts, relation, "项", said)
    total = accounts.fact("T5", "合计", "合计")
    terms = tuple(Term(1, c.said[0]) for c in said.values() if c.said)
    if total is not None and all(
        a in said for a, code in rows.items() if accounts.get("T5", code, "合计").value
    ):
        judgement = judge_sum(accounts, total.quantity, "合计·合计", terms, set())
        yield Check(relation, total.address, judgement, total.quantity, total, terms)


def required(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """What the text must give among figures that only it states: one of a group left out beside others of it.

    In `requires` of a profile a name with ? only says that the group is spoken of.
    """
    for table, groups in accounts.layout.requires.items():
        given = {f.row for f in accounts.records if f.table == table and f.quantity.is_number}
        said = [c for c in claims(accounts) if c.of.startswith(f"{table}[")]
        for group in groups if said else []:
            if not given & {row.rstrip("?") for row in group}:
                continue
            lacking = [row for row in group if not row.endswith("?") and row not in given]
            judgement = _wrong(f"没有写{'、'.join(lacking)}") if lacking else _EXACT
            quote = f"（{accounts.layout.table(table).title}：{'、'.join(r.rstrip('?') for r in group)}）"
            yield Check(relation, table, judgement, section=said[0].section, quote=quote, kind="required")


def _spoken(accounts: Accounts, digits: int) -> dict[str, Claim]:
    pattern = re.compile(rf"T5\[\d{{{digits}}}\]\.合计")
    return {c.of: c for c in claims(accounts) if c.kind == "amount" and pattern.fullmatch(c.of)}


def _left_out(accounts: Accounts, relation: Relation, level: str, said: dict[str, Claim]) -> Iterator[Check]:
    """Codes with money that a text, which speaks of at least half of its level, does not name."""
    rows = accounts.rows("T5", level)
    if len(said) < 2 or len(said) * 2 < len(rows):
        return
    for code, name in rows.items():
        cell = accounts.get("T5", code, "合计")
        if f"T5[{code}].合计" not in said and cell.value:
            note = f"{code} {name} 有支出 {cell.printed}，文字里没有写到"
            section = next(iter(said.values())).section
            yield Check(
                relation,
                f"T5[{code}].合计",
                _wrong(note),
                section=section,
                quote=f"（{level}级科目逐项说明）",
            )
