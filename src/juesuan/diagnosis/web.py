"""The web of checks and figures: who takes part where, with values that a diagnosis may correct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from juesuan.accounts import Accounts, Fact
from juesuan.diagnosis.equation import EVERYWHERE, Equation, Span, equation, exact
from juesuan.diagnosis.model import Figure
from juesuan.quantity import State, Verdict
from juesuan.relations import Check, Term

# An error counts more than a question, an equality more than a bound.
EQUALITY = 8
_WEIGHT = {"B": EQUALITY, "L": EQUALITY, "H": 2}
_BOUND = 3


class Web:
    """All checks by the figures that take part in them; equations are made when they are asked for."""

    def __init__(self, accounts: Accounts, checks: Sequence[Check]) -> None:
        self.checks = checks
        # Tables that only the text states: what it says there is the very figure.
        self._stated = {t.id for t in accounts.layout.tables if not t.printed}
        self.figures: dict[str, Figure] = {}
        self.values: dict[str, int] = {}
        self._parts: list[tuple[str, list[tuple[str, Term]]]] = []
        self._at: dict[str, list[int]] = defaultdict(list)
        self._equations: dict[int, Equation | None] = {}
        self._said = {
            c.claim.span: c.claim.said[0].address
            for c in checks
            if c.claim is not None and c.claim.kind == "amount" and len(c.claim.said) == 1
        }
        for position, check in enumerate(checks):
            self._enter(position, check)

    def _enter(self, position: int, check: Check) -> None:
        verdict = check.judgement.verdict
        judged = verdict.holds or verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED)
        if not judged:
            self._parts.append(("", []))
            return
        terms = [(self.enter(t.fact), t) for t in check.terms if _takes_part(t.fact)]
        printed = self._printed(check)
        self._parts.append((printed, terms))
        for key in {printed, *(key for key, _ in terms)} - {""}:
            self._at[key].append(position)

    def enter(self, fact: Fact) -> str:
        """The key of a cell, which is known from now on."""
        key = fact.address
        if key not in self.figures:
            # A number that a sentence prints and other claims of the text reckon with.
            own = None if fact.table.startswith("文") else fact
            self.figures[key] = Figure(key, fact.quantity, own, "", "" if own else fact.label)
            self.values[key] = exact(fact.quantity)
        return key

    def _printed(self, check: Check) -> str:
        """The figure on trial: a cell, or a number of the text, which may be the very cell that it is about."""
        if not check.section:
            return self.enter(check.left) if check.left and check.left.quantity.is_number else ""
        quantity = check.printed
        if quantity is None or not quantity.is_number:
            return ""
        for fact in [check.left, *(t.fact for t in check.terms)]:
            if fact is not None and self._is_printed_here(fact, check):
                return self.enter(fact)
        claim = check.claim
        if claim is not None and claim.span in self._said:
            key = self._said[claim.span]
        else:
            place = f"{claim.sentence}:{claim.start}" if claim and claim.sentence >= 0 else check.quote
            key = f"{check.section}|{place}|{quantity.printed}{quantity.unit}"
        if key not in self.figures or not self.figures[key].section:
            self.figures[key] = Figure(key, quantity, None, check.section, check.quote)
            self.values[key] = exact(quantity)
        return key

    def _is_printed_here(self, fact: Fact, check: Check) -> bool:
        """A fact that these very words state."""
        quantity, printed = fact.quantity, check.printed
        if printed is None or quantity.value != printed.value or quantity.unit != printed.unit:
            return False
        if fact is check.left and not fact.table.startswith("T"):
            return True
        if check.kind == "amount" and len(check.terms) == 1:
            stated = fact.table in self._stated or fact.table.startswith("S")
            return stated or bool(quantity.cell) and quantity.cell == printed.cell
        return False

    def value(self, key: str) -> int:
        """The figure as corrected so far; a blank counts as nothing."""
        return self.values[key]

    def keys(self, position: int) -> tuple[str, ...]:
        """The figures of a check that can be solved for."""
        found = self.equation(position)
        return found.keys if found else ()

    def named(self, check: Check) -> set[str]:
        """All figures of a check, whether or not it can be solved."""
        facts = [t.fact for t in check.terms] + ([check.left] if check.left else [])
        return {self.enter(fact) for fact in facts}

    def around(self, key: str) -> list[int]:
        """The checks in which a figure takes part."""
        return self._at[key]

    def equation(self, position: int) -> Equation | None:
        """The condition behind a check, None for one that is no reckoning."""
        if position not in self._equations:
            printed, terms = self._parts[position]
            check = self.checks[position]
            found = equation(check, printed, terms) if printed else None
            # A judgement that was reckoned in another way (a plugged share) is nobody's witness.
            if found is not None and found.holds(self.values) != check.judgement.verdict.holds:
                found = None
            self._equations[position] = found
        return self._equations[position]

    def holds(self, position: int, values: Mapping[str, int] | None = None) -> bool:
        """Does a check hold with the values as corrected so far, or with these?"""
        found = self.equation(position)
        if found is None:
            return self.checks[position].judgement.verdict.holds
        return found.holds(self.values if values is None else values)

    def allowed(self, position: int, key: str) -> Span | None:
        """Where a check wants the printed value of a figure; None where it does not say."""
        found = self.equation(position)
        span = found.allowed(key, self.values) if found else None
        # A rate that may be 0 says nothing of its base; what fails is not mended by that.
        return None if span == EVERYWHERE and not self.holds(position) else span

    def weight(self, position: int) -> int:
        """How much a check counts when causes are compared."""
        relation = self.checks[position].relation
        weight = _WEIGHT[relation.grade]
        return min(weight, _BOUND) if relation.kind in ("at_most", "non_negative", "residual") else weight


def _takes_part(fact: Fact) -> bool:
    """A number, or a cell left empty that may have been forgotten; not a row that no table prints."""
    empty = fact.quantity.state in (State.BLANK, State.DASH) and bool(fact.quantity.cell)
    return fact.quantity.is_number or empty
