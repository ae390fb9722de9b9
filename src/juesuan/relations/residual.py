"""What is spent beside the fiscal grants: the residual of T3 over T5, T8 and T9, code by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.accounts import Accounts
from juesuan.quantity import Estimate, Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.formula import Ref, terms
from juesuan.relations.model import Check, Relation, Term
from juesuan.relations.reckon import estimates, name
from juesuan.wording import decimal_text

_SPENT = "本年支出合计"
_FISCAL = (("T5", "合计"), ("T8", "本年支出"), ("T9", "本年支出"))


@dataclass(frozen=True)
class Residual:
    """One row of the residual table: non-fiscal expenditure under a code, in the unit of `unit`.

    `estimate` is the reckoning from printed figures with all that their digits allow.
    """

    code: str
    label: str
    estimate: Estimate
    unit: str


def residuals(accounts: Accounts) -> list[Residual]:
    """T3 − T5 − T8 − T9 for every row of T3 that prints a total, in printed order (合计 has no code).

    Nothing where T5 was not read: all expenditure would look non-fiscal.
    """
    found: list[Residual] = []
    if accounts.is_empty("T5"):
        return found
    for row, label in accounts.rows("T3").items():
        spent, fiscal = _terms(accounts, row)
        if spent.fact.quantity.is_number:
            scale = spent.fact.quantity.scale
            estimate = estimates([spent, *fiscal], scale, accounts.layout.decimals)[0]
            code = row if row != label else ""
            found.append(Residual(code, label, estimate, spent.fact.quantity.unit))
    return found


def _terms(accounts: Accounts, row: str) -> tuple[Term, list[Term]]:
    """Total expenditure under a code, and what the fiscal tables print for it (a blank is left out)."""
    cells = [terms(accounts, Ref(-1, False, table, row, column, True))[0] for table, column in _FISCAL]
    spent = terms(accounts, Ref(1, False, "T3", row, _SPENT, False))[0]
    return spent, [t for t in cells if t.fact.quantity.is_number]


def attributed(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """The residual of the whole is not negative; `residuals` shows it code by code."""
    if "合计" not in accounts.rows("T3"):
        return
    spent, fiscal = _terms(accounts, "合计")
    left = spent.fact
    if not left.quantity.is_number or accounts.is_empty("T5"):
        judgement = not_assessable(f"“{name(left)}”或财政拨款支出没有数")
    else:
        norm, scale = accounts.layout.decimals, left.quantity.scale
        strict, lenient = estimates([spent, *fiscal], scale, norm)
        rest = strict.point
        if rest == 0:
            judgement = Judgement(Verdict.EXACT, strict.range, rest)
        elif (lenient or strict).range.high >= 0:
            judgement = Judgement(Verdict.WITHIN, strict.range, rest)
        else:
            note = f"财政拨款支出比本年支出合计还多 {decimal_text(-rest)}，请说明"
            judgement = Judgement(Verdict.INCONSISTENT, strict.range, rest, note)
    yield Check(relation, left.address, judgement, None, left, tuple(fiscal))
