"""What a statement of the published text names: its relation, its figure, its facts, its check."""

from __future__ import annotations

from juesuan.accounts import Accounts, Statement
from juesuan.quantity import Judgement, Quantity
from juesuan.relations.formula import refs, terms
from juesuan.relations.model import Check, Relation, Term

_DEFAULT = {
    "share": "R1003", "completion": "R1005", "total": "R1010", "amount": "R1002",
    "performance_share": "R1110", "carry_over": "R104", "no_prior": "R1020", "all_of": "R1021",
}  # fmt: skip
RATES = ("share", "completion", "performance_share")


def statement_relation(statement: Statement) -> str:
    """The relation that judges a statement."""
    return str(statement.relation or _DEFAULT[statement.kind])


def of(accounts: Accounts, formula: str | None) -> tuple[Term, ...]:
    """The facts a statement's formula names."""
    return tuple(t for ref in refs(formula or "") for t in terms(accounts, ref))


def figure(accounts: Accounts, statement: Statement) -> Quantity:
    """The printed figure of a statement."""
    line = f"disclosure.yml:{statement.value.line}" if statement.value else ""
    return Quantity.parse(statement.value, accounts.text_unit, line)


def check_of(
    accounts: Accounts,
    relation: Relation,
    statement: Statement,
    judgement: Judgement,
    printed: Quantity,
    terms_: tuple[Term, ...],
) -> Check:
    """The check of a statement; its `left` is the fact that it is about."""
    about = of(accounts, statement.about)
    return Check(
        relation,
        terms_[0].fact.address if terms_ else "",
        judgement,
        printed,
        about[0].fact if about else None,
        terms_,
        str(statement.section),
        str(statement.quote),
        str(statement.base_name or ""),
        statement.kind,
    )
