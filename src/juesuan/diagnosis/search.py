"""From failed checks to causes: what explains most comes first, and what it explains is not asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.diagnosis.equation import UNIT, whole
from juesuan.diagnosis.model import Cause, Suspect
from juesuan.diagnosis.moved import Moved, best_move
from juesuan.diagnosis.single import Suspects, is_level, suspects
from juesuan.diagnosis.web import Web
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check, execute, relations
from juesuan.wording import half_up

# Figures that would do as well as the best one, or nearly: more of them than this help nobody.
_SEVERAL = 40


def causes(accounts: Accounts, checks: Sequence[Check]) -> list[Cause]:
    """Every inconsistent check in exactly one cause."""
    failed = [i for i, c in enumerate(checks) if c.judgement.verdict is Verdict.INCONSISTENT]
    if not failed:
        return []
    return _Search(accounts, Web(accounts, checks), failed).run()


class _Search:
    def __init__(self, accounts: Accounts, web: Web, failed: Sequence[int]) -> None:
        self.accounts, self.web = accounts, web
        self.open = {p for p in failed if web.equation(p) is not None}
        self.opaque = [p for p in failed if p not in self.open]
        self.causes: list[Cause] = []
        self.mended: dict[str, Cause] = {}
        self.suspects = Suspects(web)

    def run(self) -> list[Cause]:
        """Doubts of the reading first, then causes one by one, then what is left."""
        self._doubted()
        look = True
        while self.open:
            found = self.suspects.ranked(self.open)
            best = found[0] if found else None
            net = max(best.net, 0) if best else 0
            # Other readings of tables are tried where no figure explains everything, and again after each that fits.
            if look or net == 0:
                alone = best is not None and len(best.fixed) == len(self.open) and not best.broken
                moved = None if alone else best_move(self.accounts, self.web, self.open, net)
                look = moved is not None
                if moved is not None:
                    self._move(moved)
                    continue
            if best is None or net == 0:
                break
            self._blame(best, found[1:])
        for position in sorted(self.open):
            if position in self.open:
                self._leave(position)
        self._follow()
        return self.causes

    def _checks(self, positions: Sequence[int]) -> list[Check]:
        return [self.web.checks[p] for p in sorted(positions)]

    def _doubted(self) -> None:
        """What the reading already doubts is one cause for each table; its better reading, if found, is taken."""
        doubts: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position in [*self.open, *self.opaque]:
            facts = (self.web.figures[key].fact for key in self.web.named(self.web.checks[position]))
            found = next(((f.table, f.suspect) for f in facts if f is not None and f.suspect), None)
            if found is not None:
                doubts[found].append(position)
        for (table, words), positions in doubts.items():
            moved = best_move(self.accounts, self.web, set(positions) & self.open, 0)
            if moved is not None and moved.table == table:
                self.web.values.update(moved.values)
            cause = Cause(
                self._checks(positions), kind=moved.kind if moved else "行错位", words=words, table=table
            )
            self._take(cause, positions)

    def _take(self, cause: Cause, positions: Sequence[int]) -> None:
        self.causes.append(cause)
        self.open -= set(positions)
        self.suspects.changed((), positions)
        self.opaque = [p for p in self.opaque if p not in positions]

    def _move(self, moved: Moved) -> None:
        self.web.values.update(moved.values)
        cause = Cause(self._checks(moved.checks), kind=moved.kind, words=moved.words, table=moved.table)
        self.mended |= dict.fromkeys(moved.values, cause)
        self._take(cause, moved.checks)
        self._settle(moved.values)

    def _blame(self, best: Suspect, others: list[Suspect]) -> None:
        """One figure explains most. Where another does as well, the failed checks stay a question."""
        level = [s for s in others if is_level(s, best) and set(s.fixed) & set(best.fixed)]
        same = [s for s in others if set(s.fixed) & set(best.fixed)][:_SEVERAL]
        positions = best.fixed
        cause = Cause(self._checks(positions), others=same)
        if level:
            cause.others = [best, *same]
        else:
            cause.suspect = best
        key = best.figure.key
        corrected = not level or len(positions) > 1
        if corrected:
            self.web.values[key] = whole(best.value)
            self.mended[key] = cause
        self._take(cause, positions)
        self._settle([key] if corrected else [])

    def _settle(self, keys: Iterable[str]) -> None:
        """What a correction settled beside its own checks."""
        around = {p for key in keys for p in self.web.around(key)}
        settled = {p for p in self.open & around if self.web.holds(p)}
        cause = self.causes[-1]
        cause.checks = [*cause.checks, *self._checks(sorted(settled))]
        self.open -= settled
        self.suspects.changed(keys, settled)

    def _leave(self, position: int) -> None:
        found = suspects(self.web, {position})[:_SEVERAL]
        self._take(Cause(self._checks([position]), others=found), [position])

    def _follow(self) -> None:
        """What is no reckoning (signs, codes, words) or stands alone in the text is judged again with the corrected cells."""
        alone = [c for c in self.causes if len(c.checks) == 1 and not self._has_cell(c)]
        again = [(self.web.checks[p], None) for p in self.opaque] + [(c.checks[0], c) for c in alone]
        corrected = any(self.web.figures[key].fact is not None for key in self.mended)
        still = _still_failing(self._corrected(), [c for c, _ in again]) if corrected and again else None
        for check, own in again:
            mended = still is not None and _name(check) not in still
            cause = self._cause_of(check) if mended else None
            if cause is not None and cause is not own:
                cause.checks.append(check)
                self.causes = [c for c in self.causes if c is not own]
            elif own is None:
                self.causes.append(Cause([check]))

    def _has_cell(self, cause: Cause) -> bool:
        """Some cell is corrected for its sake."""
        return any(c is cause and self.web.figures[key].fact is not None for key, c in self.mended.items())

    def _cause_of(self, check: Check) -> Cause | None:
        mine = self.web.named(check)
        named = next((cause for key, cause in self.mended.items() if key in mine), None)
        if named is not None:
            return named
        tables = {f.table for key in mine if (f := self.web.figures[key].fact) is not None}
        tables |= {check.place.split("[")[0]}
        for key, cause in self.mended.items():
            fact = self.web.figures[key].fact
            if fact is not None and fact.table in tables:
                return cause
        return max(self.mended.values(), key=lambda cause: len(cause.checks), default=None)

    def _corrected(self) -> Accounts:
        """The accounts with the values that the causes found call for."""
        new: dict[str, Fact] = {}
        for key in self.mended:
            fact = self.web.figures[key].fact
            if fact is not None:
                value = half_up(Fraction(self.web.value(key), UNIT), fact.quantity.decimals or 2)
                new[key] = replace(
                    fact, quantity=replace(Quantity.of(value, fact.quantity.unit), cell=fact.quantity.cell)
                )
        records = tuple(new.get(f.address, f) for f in self.accounts.records)
        return replace(self.accounts, records=records)


def _name(check: Check) -> tuple[str, str, str, str]:
    return check.relation.id, check.place, check.section, check.quote


def _still_failing(corrected: Accounts, checks: Iterable[Check]) -> set[tuple[str, str, str, str]]:
    known = relations()
    ids = dict.fromkeys(c.relation.id for c in checks if c.relation.id in known)
    judged = execute(corrected, [known[id] for id in ids])
    return {_name(c) for c in judged if c.judgement.verdict is Verdict.INCONSISTENT}
