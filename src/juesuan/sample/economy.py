"""Basic expenditure by economic class (T6) and the three public expenses (T7), which bound each other."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random

from juesuan.classification import codes
from juesuan.sample.draw import about, chance, data, some, split
from juesuan.sample.plan import WAN, Plan

ABROAD, CARS, BUYING, RUNNING, HOSTING = (
    "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费", "公务接待费"
)  # fmt: skip


def three_public(rng: Random, plan: Plan, basic: int) -> dict[str, int]:
    """Outturn of the four items in 分; all of it together stays far below the public funds of the basic part."""
    each = {
        ABROAD: about(rng, 12 * WAN, 50, 300) if chance(rng, 20) else 0,
        BUYING: about(rng, 18 * WAN) if plan.cars and chance(rng, 15) else 0,
        RUNNING: plan.cars * about(rng, 3 * WAN, 40, 140),
        HOSTING: about(rng, WAN, 10, 700) if chance(rng, 75) else 0,
    }
    limit = basic // 40
    return {item: min(cents, limit) for item, cents in each.items()}


def planned(rng: Random, outturn: Mapping[str, int]) -> dict[str, int]:
    """The budget of each item: never below what was spent, often a round sum, sometimes without any outturn."""
    budget = {}
    for item, cents in outturn.items():
        round_up = -(-about(rng, cents, 100, 160) // (WAN // 2)) * (WAN // 2)
        idle = rng.randrange(1, 9) * WAN // 2 if chance(rng, 25) else 0
        budget[item] = (cents if chance(rng, 15) else round_up) if cents else idle
    return budget


def with_totals(each: Mapping[str, int]) -> dict[str, int]:
    """The items with 用车 and 合计 above them."""
    cars = each[BUYING] + each[RUNNING]
    return {"合计": each[ABROAD] + cars + each[HOSTING], CARS: cars} | dict(each)


def economic(
    rng: Random, plan: Plan, basic: int, public_expenses: Mapping[str, int], year: int
) -> dict[str, int]:
    """Basic expenditure of the general budget by 类 and 款, in 分.

    What the basic part bears of the three public expenses is at most their outturn; 其他 stays below a fifth.
    """
    words = data("economy")
    personnel = about(rng, basic * 7 // 10, 80, 120)
    leaves = _divisions(rng, plan, "personnel", personnel, {})
    fixed = {
        code: about(rng, public_expenses[item], 0, 100) if chance(rng, 50) else public_expenses[item]
        for code, item in words["three_public"].items()
    }
    leaves |= _divisions(rng, plan, "public", basic - personnel, fixed)
    known = codes("economic", year)
    leaves = {code: cents for code, cents in leaves.items() if cents and code in known}
    above: dict[str, int] = {}
    for code, cents in leaves.items():
        above[code[:3]] = above.get(code[:3], 0) + cents
    return leaves | above


def _divisions(rng: Random, plan: Plan, kind: str, total: int, fixed: Mapping[str, int]) -> dict[str, int]:
    """One side of T6 by 款; `fixed` are amounts given beforehand."""
    words = data("economy")
    found = {code: cents for code, cents in fixed.items() if cents}
    for code, cents in split(rng, total - sum(found.values()), words[kind]).items():
        weights = dict(words["divisions"][code])
        if plan.kind != "事业":
            weights.pop("30107", None)
        kept = some(rng, list(weights), max(1, len(weights) // 2), len(weights))
        other = words["others"].get(code, "")
        rest = about(rng, cents * words["most"] // 100, 0, 90) if other and chance(rng, 70) else 0
        found |= split(rng, cents - rest, {name: weights[name] for name in kept})
        if rest:
            found[other] = rest
    return found
