"""Why is it wrong? Causes of failed checks and their ranked hypotheses; never an automatic correction."""

from __future__ import annotations

from collections.abc import Sequence

from juesuan.accounts import Accounts
from juesuan.diagnosis import text
from juesuan.diagnosis.cells import Cells
from juesuan.diagnosis.model import Cause, Figure, Hypothesis, Suspect
from juesuan.diagnosis.reasons import hypotheses
from juesuan.diagnosis.search import causes
from juesuan.quantity import Verdict
from juesuan.relations import Check


def diagnose(accounts: Accounts, checks: Sequence[Check]) -> list[tuple[Cause, list[Hypothesis]]]:
    """Every inconsistent or truncated check in exactly one cause, each cause with its hypotheses, best first."""
    found = text.joined(accounts, causes(accounts, checks), checks)
    found += [Cause([c]) for c in checks if c.judgement.verdict is Verdict.TRUNCATED]
    cells = Cells(accounts)
    return [(cause, hypotheses(accounts, cells, cause, checks)) for cause in found]


__all__ = ["Cause", "Figure", "Hypothesis", "Suspect", "diagnose"]
