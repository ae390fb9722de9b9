"""The kinds about things that are counted: money and number go together, counts are whole, scores fit grades."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from juesuan.accounts import Accounts, Fact
from juesuan.quantity import YUAN, Interval, Judgement, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.bounds import at_most
from juesuan.relations.conditions import explained
from juesuan.relations.instance import Instance, instances_of
from juesuan.relations.model import Check, Relation
from juesuan.relations.reckon import name

_AVERAGE = ("S10", "平均得分", "得分")


def alike(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """`a ⇔ b ⇔ c`: all of them are more than 0, or none is, as printed. A part with ≤ is a bound as ever."""
    for part in relation.formula.split("；"):
        own = relation.model_copy(update={"formula": part.strip()})
        if "⇔" not in part:
            yield from at_most(accounts, own.model_copy(update={"kind": "at_most"}))
            continue
        for instance in instances_of(accounts, own):
            judgement = explained(accounts, relation, instance.left, _together(accounts, instance))
            yield Check(relation, instance.left.address, judgement, None, instance.left, instance.right)


def _together(accounts: Accounts, instance: Instance) -> Judgement:
    cells = [instance.left, *(term.fact for term in instance.right)]
    some = [f for f in cells if f.quantity.value is not None and f.quantity.value > 0]
    none = [f for f in cells if f.quantity.value is not None and f.quantity.value <= 0]
    # A printed 0 of few decimals (0 万元) leaves room for a small amount; what is counted does not.
    hard = [
        f for f in none if not (f.quantity.unit in YUAN and f.quantity.is_coarse(accounts.layout.decimals))
    ]
    if some and hard:
        note = f"“{name(some[0])}”印出 {some[0].quantity.printed}，“{name(hard[0])}”却是 {hard[0].quantity.printed}"
        return Judgement(Verdict.INCONSISTENT, note=note)
    blank = next((f for f in cells if not f.quantity.is_number), None)
    if blank is not None:
        return not_assessable(f"“{name(blank)}”没有数")
    if some and none:
        return Judgement(Verdict.WITHIN, note="印数位数少于全文惯例，按所印位数成立")
    return Judgement(Verdict.EXACT)


def whole(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """What the tables count (辆, 台/套, 个, 人次 …) is a whole number and not negative."""
    tables = relation.table.split()
    for fact in accounts.records:
        quantity = fact.quantity
        if fact.table not in tables or quantity.value is None or not quantity.is_counted:
            continue
        judgement = Judgement(Verdict.EXACT)
        if quantity.value < 0 or quantity.value != int(quantity.value):
            note = f"“{name(fact)}”印出 {quantity.printed}{quantity.unit}，不是不为负的整数"
            judgement = Judgement(Verdict.INCONSISTENT, note=note)
        yield Check(relation, fact.address, judgement, None, fact)


def marks(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Every score lies between 0 and 100, and in the band of the grade that is given for it."""
    bands = _bands(relation)
    for fact in accounts.records:
        if fact.quantity.unit == "分" and fact.quantity.is_number:
            yield _score(relation, fact, Interval(Fraction(0), Fraction(100)), "得分应在 0 到 100 之间")
    performance = accounts.disclosure.performance
    whole_unit = accounts.fact("S8", "整体支出", "自评得分")
    grade = str(performance.grade or "") if performance else ""
    band = next((bands[key] for key in sorted(bands, key=len, reverse=True) if grade.startswith(key)), None)
    if whole_unit is not None and whole_unit.quantity.is_number and band is not None:
        yield _score(relation, whole_unit, band, f"等级是“{grade}”", "（等级）")
    average = accounts.fact(*_AVERAGE)
    given = {key: accounts.get("S10", f"评级为{key}", "数量") for key in bands}
    present = [bands[key] for key, count in given.items() if count.value]
    if average is not None and average.quantity.is_number and present:
        around = Interval(min(b.low for b in present), max(b.high for b in present))
        shown = "、".join(key for key, count in given.items() if count.value)
        yield _score(relation, average, around, f"各项目的等级只有{shown}", "（等级）")


def _bands(relation: Relation) -> dict[str, Interval]:
    """`优 90 100；良 75 90` → the band of each grade; both ends count, for the places of the limits differ."""
    parts = (part.split() for part in relation.bands.split("；"))
    return {key: Interval(Fraction(low), Fraction(high)) for key, low, high in parts}


def _score(relation: Relation, fact: Fact, band: Interval, why: str, aspect: str = "") -> Check:
    judgement = Judgement(Verdict.EXACT)
    if fact.quantity.interval().meet(band) is None:
        note = f"“{name(fact)}”印出 {fact.quantity.printed} 分，而{why}"
        judgement = Judgement(Verdict.INCONSISTENT, band, note=note)
    return Check(relation, fact.address + aspect, judgement, None, fact)
