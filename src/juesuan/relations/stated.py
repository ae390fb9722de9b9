"""The claims of the published text, read from it or typed as statements: their relation, figure, facts, check."""

from __future__ import annotations

from juesuan.accounts import Accounts, Claim, Statement
from juesuan.quantity import Judgement, Quantity
from juesuan.relations.formula import refs, terms
from juesuan.relations.model import Check, Relation, Term

_DEFAULT = {
    "amount": "R1002", "share": "R1003", "completion": "R1005", "total": "R1010", "part": "R1001",
    "performance_share": "R1110", "carry_over": "R104", "no_prior": "R1020", "all_of": "R1021", "nothing": "R1021",
    "change": "R1007", "growth": "R1007", "prior": "R1203", "level": "R1008", "gap": "R1009", "over": "R1009",
    "no_budget": "R1009", "name": "R1012", "list": "R1012", "department": "R1012", "year": "R1019",
    "residue": "R1017", "no_percent": "R1017", "no_unit": "R1017", "short_unit": "R1013",
}  # fmt: skip
RATES = ("share", "completion", "performance_share")


def statement_relation(statement: Statement | Claim) -> str:
    """The relation that judges a statement; '' where none does."""
    return str(statement.relation or _DEFAULT.get(statement.kind, ""))


def claims(accounts: Accounts) -> tuple[Claim, ...]:
    """What the text claims, and what `printed:` of disclosure.yml says that it does."""
    return (*accounts.claims, *(_typed(accounts, s) for s in accounts.disclosure.printed))


def claimed(accounts: Accounts, relation: Relation, *kinds: str) -> list[Claim]:
    """The claims that a relation judges, of these kinds only if any are named."""
    found = (c for c in claims(accounts) if statement_relation(c) == relation.id)
    return [c for c in found if not kinds or c.kind in kinds]


def _typed(accounts: Accounts, statement: Statement) -> Claim:
    line = f"disclosure.yml:{statement.value.line}" if statement.value else ""
    return Claim(
        statement.kind, str(statement.section), str(statement.quote),
        Quantity.parse(statement.value, accounts.text_unit, line),
        str(statement.of or ""), str(statement.base or ""), str(statement.base_name or ""),
        str(statement.about or ""), str(statement.relation or ""), place=line,
    )  # fmt: skip


def of(accounts: Accounts, formula: str | None) -> tuple[Term, ...]:
    """The facts a claim's formula names."""
    return tuple(t for ref in refs(formula or "") for t in terms(accounts, ref))


def check_of(
    accounts: Accounts, relation: Relation, claim: Claim, judgement: Judgement, terms_: tuple[Term, ...] = ()
) -> Check:
    """The check of a claim; its `left` is the fact that it is about."""
    about = of(accounts, claim.about) if "[" in claim.about else ()
    return Check(
        relation, terms_[0].fact.address if terms_ else "", judgement, claim.figure,
        about[0].fact if about else None, terms_, claim.section, claim.quote, claim.base_name, claim.kind,
        claim,
    )  # fmt: skip
