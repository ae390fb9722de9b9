"""When a relation is judged at all, and when an explanation settles what it asks."""

from __future__ import annotations

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import fact_at, parse
from juesuan.relations.model import Relation
from juesuan.relations.reckon import name


def unmet(accounts: Accounts, relation: Relation) -> Judgement | None:
    """Why the condition `given` keeps a relation from being judged; None where it is met.

    An equality must hold exactly as printed; a cell by itself must be more than 0.
    """
    for text in relation.given.split("；") if relation.given else []:
        formula = parse(text)
        facts = [fact_at(accounts, ref) for ref in (formula.left, *formula.right)]
        blank = [f for f in facts if not f.quantity.is_number]
        if blank:
            return not_assessable(f"“{name(blank[0])}”没有数")
        amounts = [f.quantity.exact() * f.quantity.scale for f in facts]
        if len(amounts) == 1 and amounts[0] <= 0:
            return Judgement(Verdict.NOT_APPLICABLE, note=f"“{name(facts[0])}”为 0")
        if len(amounts) == 2 and amounts[0] != amounts[1]:
            return Judgement(Verdict.NOT_APPLICABLE, note=f"“{name(facts[0])}”与“{name(facts[1])}”不等")
    return None


def explained(accounts: Accounts, relation: Relation, fact: Fact, judgement: Judgement) -> Judgement:
    """A class H relation asks for an explanation: where disclosure.yml gives one, there is nothing to report."""
    if judgement.verdict is not Verdict.INCONSISTENT or relation.grade != "H":
        return judgement
    reason = reason_for(accounts, fact.table, fact.row, fact.column)
    if not reason:
        return judgement
    return Judgement(Verdict.NOT_APPLICABLE, judgement.expected, judgement.gap, f"已说明：{reason}")


def reason_for(accounts: Accounts, table: str, row: str, column: str) -> str:
    """What disclosure.yml says about a figure; an item of the explanation speaks for its row of T5."""
    item = accounts.disclosure.item(row) if table == "T5" and row else None
    told = accounts.disclosure.reasons.get(f"{table}[{row}].{column}") or (item.reason if item else None)
    return str(told or "")
