"""How serious a verdict is: policy on top of the arithmetic, kept in `severity.yml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from juesuan.quantity import Verdict
from juesuan.relations import Check


class Row(BaseModel):
    """One line of the policy: which checks it speaks of, and how serious they are."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    verdict: Verdict
    grade: Literal["", "B", "L", "H"] = Field("", alias="class")
    kind: str = ""
    severity: Literal["error", "warning", "info", "none"]

    def fits(self, check: Check) -> bool:
        """The row speaks of such a check."""
        return (
            self.verdict is check.judgement.verdict
            and self.grade in ("", check.relation.grade)
            and self.kind in ("", check.relation.kind, check.kind)
        )


@cache
def rows() -> tuple[Row, ...]:
    """The policy in its order."""
    text = files(__package__).joinpath("severity.yml").read_text(encoding="utf-8")
    return tuple(Row.model_validate(row) for row in yaml.safe_load(text))


def severity(check: Check) -> str | None:
    """What the first fitting row says; None where there is nothing to report."""
    found = next((row.severity for row in rows() if row.fits(check)), "none")
    return None if found == "none" else found
