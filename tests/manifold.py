"""Many departments judged one by one, in the form in which `execute_many` tells it."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pandas as pd

from juesuan.accounts import Accounts
from juesuan.relations import KINDS
from juesuan.relations.model import Relation, table_relations

# Relation, place, verdict, gap.
Said = Counter[tuple[str, str, str, Fraction | None]]


def one_by_one(accounts: Accounts, only: list[Relation] | None = None) -> Said:
    """What the table relations say of one department; what the text says is left out."""
    chosen = table_relations().values() if only is None else only
    checks = (
        check for relation in chosen for kind in KINDS[relation.kind] for check in kind(accounts, relation)
    )
    return Counter(
        (c.relation.id, c.place, c.judgement.verdict.value, c.judgement.gap) for c in checks if not c.section
    )


def at_once(checks: pd.DataFrame) -> dict[tuple[str, int], Said]:
    """The same of every department and year."""
    said: dict[tuple[str, int], Said] = {}
    for department, year, relation, place, verdict, units, per in checks.itertuples(index=False):
        gap = Fraction(units, per) if per else None
        said.setdefault((department, year), Counter())[relation, place, verdict, gap] += 1
    return said
