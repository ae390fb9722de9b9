"""Relations (勾稽关系) as rows of data, the executor that judges them, the coverage ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from juesuan.accounts import Accounts
from juesuan.quantity import Verdict
from juesuan.relations import (
    bounds,
    changes,
    coded,
    counts,
    directions,
    disclosed,
    implied,
    kept,
    kinds,
    naming,
    presence,
    residual,
    scope,
    shares,
    statements,
    told,
    wordings,
)  # fmt: skip
from juesuan.relations.model import Check, Relation, Term, relations
from juesuan.relations.residual import Residual, residuals
from juesuan.relations.validate import validate

Kind = Callable[[Accounts, Relation], Iterator[Check]]

KINDS: dict[str, tuple[Kind, ...]] = {
    # A table relation may also be stated in words, so statements can be judged under its id.
    "sum": (kinds.sums, statements.judged),
    "again": (kinds.again,),
    "children": (kinds.children,),
    "at_most": (bounds.at_most,),
    "ratio": (bounds.ratios,),
    "implies": (bounds.implied,),
    "non_negative": (bounds.non_negative,),
    "codes": (coded.listed,),
    "order": (coded.ordered,),
    "within": (coded.contained,),
    "nothing": (presence.nothing_in,),
    "empty_alike": (presence.empty_alike,),
    "zeros_said": (presence.zeros_are_said,),
    "units": (scope.only_units,),
    "left_out": (scope.left_out,),
    "residual": (residual.attributed,),
    "iff": (counts.alike,),
    "counted": (kinds.sums, counts.whole),
    "grades": (kinds.sums, counts.marks),
    "rate": (disclosed.rates,),
    "published": (disclosed.as_published,),
    "adjusted": (disclosed.adjusted,),
    "in_time": (disclosed.in_time,),
    "codes_kept": (kept.codes_kept,),
    "presence": (presence.presence, told.required),
    "empty_note": (presence.empty_notes,),
    "zero_base": (statements.zero_bases,),
    "share_sum": (shares.share_sums,),
    "no_prior": (statements.no_priors,),
    "change": (changes.changes,),
    "prior": (changes.priors,),
    "direction": (directions.directions,),
    "gap": (directions.gaps,),
    "implied_sum": (implied.implied_sums,),
    "mix_bound": (implied.mix_bounds,),
    "items": (told.items,),
    "names": (naming.names,),
    "text_units": (wordings.units,),
    "residue": (wordings.residues,),
    "reason": (told.reasons,),
    "year": (wordings.years,),
    "all_of": (statements.judged, told.absences),
    "total": (statements.judged, statements.unstated),
    **dict.fromkeys(("amount", "share", "completion", "performance_share"), (statements.judged,)),
}


def execute(accounts: Accounts, only: Iterable[Relation] | None = None) -> list[Check]:
    """Judge every instance of every relation (or of those given), in the order of their rows.

    Raises
    ------
    JuesuanError : a statement of disclosure.yml cannot be judged as written.
    """
    validate(accounts)
    chosen = list(relations().values() if only is None else only)
    return [check for r in chosen for kind in KINDS[r.kind] for check in kind(accounts, r)]


def ledger(checks: Iterable[Check]) -> dict[str, int]:
    """How many instances ended in each verdict; `total` is their sum. Nothing unrun counts as passed."""
    counted = Counter(check.judgement.verdict for check in checks)
    return {"total": sum(counted.values()), **{v.value: counted[v] for v in Verdict}}


__all__ = [
    "KINDS", "Check", "Relation", "Residual", "Term", "execute", "ledger", "relations", "residuals",
]  # fmt: skip
