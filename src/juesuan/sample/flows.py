"""One year of a synthetic department to the 分: what came in, what was spent, what is carried over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from juesuan.sample.draw import about, chance, stream
from juesuan.sample.plan import WAN, Plan

# The code lists begin here.
FIRST = 2018


@dataclass(frozen=True)
class Flow:
    """One functional code of one budget. The closing balance is what it must be."""

    opening: int = 0
    income: int = 0
    basic: int = 0
    project: int = 0

    @property
    def spent(self) -> int:
        """Expenditure of the year."""
        return self.basic + self.project

    @property
    def closing(self) -> int:
        """What is carried over to the next year."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True)
class Own:
    """Money beside the fiscal grants: by source, by column of the expenditure table, and its balances."""

    opening: int = 0
    income: Mapping[str, int] = field(default_factory=dict)
    spent: Mapping[str, int] = field(default_factory=dict)
    used: int = 0
    distributed: int = 0

    @property
    def closing(self) -> int:
        """What is carried over to the next year."""
        received = self.opening + sum(self.income.values()) + self.used
        return received - sum(self.spent.values()) - self.distributed


@dataclass(frozen=True)
class Year:
    """All flows of a year by 项, one mapping for each budget, and the department's own money."""

    year: int
    general: dict[str, Flow]
    fund: dict[str, Flow]
    state: dict[str, Flow]
    own: Own

    @property
    def listed(self) -> int:
        """The year whose code lists hold: the year before the first list takes that list."""
        return max(self.year, FIRST)

    @property
    def funds(self) -> tuple[dict[str, Flow], dict[str, Flow], dict[str, Flow]]:
        """The three budgets in the order in which tables print them."""
        return self.general, self.fund, self.state


def flows(plan: Plan, year: int, before: Year | None) -> Year:
    """Draw one year; what was carried over at the end of `before` opens it, exactly."""
    rng = stream(plan.seed, year, "flows")
    general = {
        code: _general(rng, plan, code, before.general[code].closing if before else _first(rng, plan, code))
        for code in sorted(plan.basic | plan.project)
    }
    fund = {
        code: _fund(rng, typical, before.fund[code].closing if before else 0)
        for code, typical in plan.fund.items()
    }
    state = {
        code: _fund(rng, typical, before.state[code].closing if before else 0)
        for code, typical in plan.state.items()
    }
    return Year(year, general, fund, state, _own(rng, plan, before.own.closing if before else None))


def _first(rng: Random, plan: Plan, code: str) -> int:
    """What the first year opens with."""
    typical = plan.project.get(code, 0)
    return about(rng, typical // 5) if typical and chance(rng, 30) else 0


def _general(rng: Random, plan: Plan, code: str, opening: int) -> Flow:
    if code == plan.refund and chance(rng, 60):
        # Money of earlier years comes back: the year's expenditure is negative, the refund stays.
        return Flow(opening, WAN + rng.randrange(WAN), -rng.randrange(WAN // 20, WAN))
    basic = about(rng, plan.basic.get(code, 0), 85, 118)
    project = about(rng, plan.project.get(code, 0), 60, 140)
    kept = about(rng, project // 6, 1, 200) if project and chance(rng, 35) else 0
    # An opening balance larger than the year's spending stays: income is never negative.
    return Flow(opening, max(0, basic + project + kept - opening), basic, project)


def _fund(rng: Random, typical: int, opening: int) -> Flow:
    spent = about(rng, typical, 60, 140)
    kept = about(rng, typical // 5, 1, 200) if chance(rng, 40) else 0
    return Flow(opening, max(0, spent + kept - opening), 0, spent)


def _own(rng: Random, plan: Plan, opening: int | None) -> Own:
    income = {name: about(rng, amount, 70, 130) for name, amount in plan.own.items()}
    if not income:
        return Own()
    total = sum(income.values())
    start = opening if opening is not None else about(rng, total // 6) if chance(rng, 60) else 0
    trade = about(rng, income["经营收入"], 60, 95) if "经营收入" in income else 0
    rest = about(rng, total - income.get("经营收入", 0), 70, 99)
    spent = {"经营支出": trade}
    if plan.kind == "事业" and chance(rng, 25):
        spent["上缴上级支出"] = about(rng, rest // 12)
    if plan.kind == "事业" and chance(rng, 25):
        spent["对附属单位补助支出"] = about(rng, rest // 12)
    work = rest - sum(spent.values()) + trade
    spent["基本支出"] = about(rng, work, 20, 70) if chance(rng, 60) else 0
    spent["项目支出"] = work - spent["基本支出"]
    used = about(rng, total // 9) if chance(rng, 15) else 0
    distributed = (
        about(rng, (total - rest - trade) // 2, 10, 90) if plan.kind == "事业" and chance(rng, 25) else 0
    )
    return Own(start, income, {name: cents for name, cents in spent.items() if cents}, used, distributed)
