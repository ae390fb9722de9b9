"""支出结构（单列经手资金）: money that only passes through set apart from the department's own spending."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bar, Bars, ranked
from juesuan.charts.breakdown import Breakdown, Part, breakdown
from juesuan.charts.chart import Chart
from juesuan.charts.page import compose, measure
from juesuan.charts.structure import by_class, said
from juesuan.charts.sums import in_unit, money, summed
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity
from juesuan.wording import percent

COMPUTED = "本报告计算"
_ADDRESS = re.compile(r"([TS]\d+)\[([^\]]+)\]\.(\S+)")


@dataclass(frozen=True)
class Split:
    """The total, what passes through, and the department's own spending by class."""

    total: Quantity
    through: tuple[Part, ...]
    remainder: Part
    own: Breakdown
    what: str


def split(accounts: Accounts) -> Split | None:
    """Take the `apart:` amounts out of their classes; None where one is not disclosed or does not fit."""
    found = by_class(accounts)
    if not accounts.disclosure.apart or found is None:
        return None
    whole, what = found
    inside: dict[str, list[Quantity]] = {}
    listed = []
    for entry in accounts.disclosure.apart:
        quantity = in_unit(_at(accounts, entry.amount), whole.unit)
        listed.append((str(entry.label), quantity))
        inside.setdefault(accounts.name_of("T5", entry.inside), []).append(quantity)
    classes = {part.label: part.quantity for part in whole.parts}
    if not all(q.is_number for _, q in listed) or not set(inside) <= set(classes):
        return None
    own = {
        f"{label}（扣除单列数）" if label in inside else label: _less(q, inside.get(label, []))
        for label, q in classes.items()
    }
    if any(q.exact() < 0 for q in own.values()):
        return None
    remainder = _less(whole.total, [q for _, q in listed])
    name = str(accounts.disclosure.apart[0].remainder)
    first = breakdown(accounts, what, "项", [*listed, (name, remainder)], whole.total)
    second = breakdown(accounts, name, "类", own.items(), remainder, to_hundred=True)
    through = tuple(p for p in first.parts if p.label != name)
    rest = next((p for p in first.parts if p.label == name), None)
    return Split(whole.total, through, rest, second, what) if rest and second.parts else None


def structure_apart(accounts: Accounts) -> Chart | None:
    """Pass-through money and own spending against the total, then own spending by class.

    None where disclosure.yml sets nothing apart, or the amounts to subtract are not disclosed.
    """
    found = split(accounts)
    if found is None:
        return None
    own = found.own
    largest = max(own.parts, key=lambda p: p.quantity.exact())
    left = money(found.remainder.quantity)
    names = "、".join(p.label for p in found.through)
    title = f"{names}单列后，{own.name} {left}，{found.remainder.takes}"
    bars = (*(Bar.of(p, "apart") for p in found.through), Bar.of(found.remainder, "focus"))
    panels = [
        Bars(f"合计 {money(found.total)}的构成", bars),
        Bars(f"其中：{own.name}按类（{COMPUTED}；{left}＝{percent(100)}，横轴另行放大）", ranked(own.parts)),
    ]
    text = measure(accounts, found.what, own.unit, f"{own.name}为{COMPUTED}")
    alt = (
        f"条形图：{title}。{'；'.join(p.said for p in (*found.through, found.remainder))}。"
        f"{own.name}中{largest.label}最多：{said(own)}（{COMPUTED}）。"
    )
    return compose(accounts.source.is_synthetic, title, text, panels, _notes(accounts, found), alt)


def _notes(accounts: Accounts, found: Split) -> list[str]:
    coarse = [p.label for p in found.through if p.quantity.is_coarse(accounts.layout.decimals)]
    few = f"{'、'.join(coarse)}的原数小数位较少，差额按印出的数计算，准确程度不超过原数。"
    return [*([few] if coarse else []), *found.own.notes(accounts)]


def _at(accounts: Accounts, address: str) -> Quantity:
    matched = _ADDRESS.fullmatch(address.strip())
    if matched is None:
        found = f"“{address}”不是指标地址"
        raise JuesuanError("disclosure.yml 的 apart", found, "请写成 T5[208].合计 的样子")
    return accounts.get(matched[1], matched[2], matched[3])


def _less(quantity: Quantity, taken: list[Quantity]) -> Quantity:
    negative = [replace(q, value=-q.value) for q in taken if q.value is not None]
    return summed([quantity, *negative], quantity.unit)
