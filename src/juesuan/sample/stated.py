"""What is stated beside the tables: agency costs, purchases, cars, guests, performance."""

from __future__ import annotations

from collections.abc import MutableMapping
from random import Random

from juesuan.sample.draw import about, chance, split
from juesuan.sample.plan import Plan

Cells = MutableMapping[tuple[str, str, str], int]
_USES = (
    "主要领导干部用车",
    "机要通信用车",
    "应急保障用车",
    "执法执勤用车",
    "特种专业技术用车",
    "离退休干部用车",
    "其他用车",
)


def agency(plan: Plan, public: int) -> dict[str, int]:
    """机关运行经费: the public funds of an agency, nothing in an institution."""
    return {"机关运行经费": 0 if plan.kind == "事业" else public}


def purchases(rng: Random, basic: int) -> dict[str, int]:
    """政府采购 by kind and what small firms got of it."""
    kinds = {"政府采购货物支出": 30, "政府采购工程支出": 25, "政府采购服务支出": 45}
    if chance(rng, 40):
        kinds.pop("政府采购工程支出")
    bought = dict.fromkeys(("政府采购货物支出", "政府采购工程支出", "政府采购服务支出"), 0)
    bought |= split(rng, about(rng, basic // 8, 20, 200), kinds)
    total = sum(bought.values())
    small = total if chance(rng, 20) else about(rng, total, 30, 95)
    return {
        "政府采购支出总额": total, **bought,
        "授予中小企业合同金额": small, "授予小微企业合同金额": about(rng, small, 20, 95),
    }  # fmt: skip


def counts(rng: Random, plan: Plan, cents: Cells, numbers: Cells) -> None:
    """Cars and equipment (T10), journeys and guests (S7), performance (S10): something where money was spent."""
    spent = {
        item: cents["T7", item, "决算数"] for item in ("因公出国（境）费", "公务用车购置费", "公务接待费")
    }
    teams = rng.randint(1, 3) if spent["因公出国（境）费"] else 0
    batches = rng.randint(2, 60) if spent["公务接待费"] else 0
    foreign = rng.randint(1, batches // 2) if batches and chance(rng, 15) else 0
    for row, number in (
        ("出国团组数", teams), ("出国人次", teams * rng.randint(1, 4)),
        ("公务用车购置数", 1 if spent["公务用车购置费"] else 0), ("公务用车保有量", plan.cars),
        ("接待批次", batches), ("接待人次", batches * rng.randint(3, 12)),
        ("外宾批次", foreign), ("外宾人次", foreign * rng.randint(1, 3)),
    ):  # fmt: skip
        numbers["S7", row, "数量"] = number
    cents["S7", "国内接待支出", "金额"] = spent["公务接待费"]
    cents["S7", "外宾接待支出", "金额"] = about(rng, spent["公务接待费"], 5, 30) if foreign else 0
    # Cars that no fiscal grant runs are in the assets too.
    owned = plan.cars + rng.choice([0, 0, 1])
    uses = split(rng, owned, dict.fromkeys(_USES, 1))
    numbers["T10", "车辆数", "统计数"] = owned
    numbers["T10", "部级领导干部用车", "统计数"] = 0
    for use, number in uses.items():
        numbers["T10", use, "统计数"] = number
    for row in ("单价50万元以上通用设备", "单价100万元以上专用设备", "单价100万元以上设备"):
        numbers["T10", row, "统计数"] = rng.choice([0, 0, 1, 4])
    _performance(rng, cents, numbers)


def _performance(rng: Random, cents: Cells, numbers: Cells) -> None:
    """S10: as many projects as project money warrants; the grades count the projects evaluated."""
    project = cents.get(("T5", "合计", "项目支出"), 0)
    evaluated = rng.randint(1, 24) if project else 0
    followed = rng.randint(0, evaluated)
    for row, number in (("编报绩效目标", evaluated), ("绩效跟踪", followed), ("绩效自评", evaluated)):
        numbers["S10", f"{row}项目数", "数量"] = number
        cents["S10", f"{row}金额", "金额"] = project * number // evaluated if evaluated else 0
    grades = split(rng, evaluated, {"评级为优": 7, "评级为良": 3, "评级为合格": 1})
    for row, number in (grades | {"评级为不合格": 0}).items():
        numbers["S10", row, "数量"] = number
    # The average lies between the grades: with nothing but 优 at 90 or more, without any 优 below.
    least = 8_200 if grades["评级为良"] or grades["评级为合格"] else 9_000
    most = 9_900 if grades["评级为优"] else 8_900
    numbers["S10", "平均得分", "得分"] = rng.randint(least, most) if evaluated else 0
