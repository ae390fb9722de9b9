"""Do the amounts fit the unit they are printed under? A contradiction is refused, never rescaled silently."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import combinations
from types import MappingProxyType

from juesuan.accounts import Fact
from juesuan.errors import JuesuanError
from juesuan.quantity import YUAN, Quantity

# Figures of one group are the same money, or nearly: none is thousands of times another.
_GROUPS = [
    [
        ("T1", "收入总计", "决算数"), ("T1", "支出总计", "决算数"), ("T1", "本年收入合计", "决算数"),
        ("T1", "本年支出合计", "决算数"), ("T2", "合计", "本年收入合计"), ("T3", "合计", "本年支出合计"),
    ],
    [
        ("T2", "合计", "财政拨款收入"), ("T4", "收入总计", "决算数"), ("T4", "支出总计", "合计"),
        ("T5", "合计", "合计"), ("S5", "合计", "年初预算数"),
    ],
    [("T5", "合计", "基本支出"), ("T6", "基本支出合计", "决算数")],
    [("T6", "公用经费合计", "决算数"), ("T10", "机关运行经费", "统计数")],
]  # fmt: skip
# A part may be any small share of its whole (a hospital's fiscal grant), but never thousands of times it.
_PARTS = [
    (("T5", "合计", "合计"), ("T3", "合计", "本年支出合计")),
    (("T6", "基本支出合计", "决算数"), ("T3", "合计", "基本支出")),
    (("T6", "人员经费合计", "决算数"), ("T5", "合计", "基本支出")),
    (("T6", "公用经费合计", "决算数"), ("T5", "合计", "基本支出")),
    (("T7", "合计", "决算数"), ("T3", "合计", "本年支出合计")),
]  # fmt: skip
# No department of any level spends a trillion yuan a year.
_CEILING = Fraction(10**12)
# Where the sheet does not say its unit, a total of ten thousand million yuan is more likely in another unit.
_UNSTATED = Fraction(10**10)
# A 元 figure under a 万元 head is out by 10⁴; the same money otherwise stays far closer.
_SUSPECT = Fraction(2000)
_NO_TITLES: Mapping[str, str] = MappingProxyType({})


def check_magnitude(
    facts: Iterable[Fact], file: str, unstated: Collection[str] = (), titles: Mapping[str, str] = _NO_TITLES
) -> None:
    """Raise where a total exceeds anything possible or stands 10⁴ away from the same money elsewhere.

    `unstated` are the ids of the tables that do not say their unit, `titles` the names of tables by id.
    """
    places = {(f.table, f.label, f.column): f.quantity for f in facts if not f.code and _is_money(f.quantity)}
    for place in (p for group in _GROUPS for p in group if p in places and p[0] in unstated):
        if _yuan(places[place]) >= _UNSTATED:
            raise _unwritten(f"{file} 的 {places[place].cell}", places[place])
    totals = [places[p] for group in _GROUPS for p in group if p in places]
    ordered = sorted(_yuan(q) for q in totals)
    where = {q.cell: _where(file, titles.get(p[0], ""), q.cell) for p, q in places.items()}
    for quantity in totals:
        if _yuan(quantity) >= _CEILING:
            raise _contradiction(where[quantity.cell], quantity, "；一个部门不可能有一万亿元")
    for a, b in _suspects(places):
        middle = ordered[len(ordered) // 2]
        wrong, peer = sorted((a, b), key=lambda q: _apart(_yuan(q), middle), reverse=True)
        raise _contradiction(
            where[wrong.cell], wrong, f"，而 {peer.cell} 为 {peer.printed} {peer.unit}，相差约一万倍"
        )


def _suspects(places: dict[tuple[str, str, str], Quantity]) -> Iterator[tuple[Quantity, Quantity]]:
    for group in _GROUPS:
        for a, b in combinations([places[p] for p in group if p in places], 2):
            if _apart(_yuan(a), _yuan(b)) > _SUSPECT:
                yield a, b
    for part, whole in _PARTS:
        if part in places and whole in places and _yuan(places[part]) > _SUSPECT * _yuan(places[whole]):
            yield places[part], places[whole]


def _where(file: str, title: str, cell: str) -> str:
    """The cell, and the table where the cell does not name it: a page does not, a sheet mostly does."""
    return f"{file} 的 {cell}" + (f"“{title}”" if title and title not in cell else "")


def _contradiction(where: str, quantity: Quantity, why: str) -> JuesuanError:
    return JuesuanError(
        where,
        f"数值 {quantity.printed} 与声明的单位“{quantity.unit}”矛盾{why}，疑为元与万元混用",
        "请核对这张表的金额单位（元或万元），改正后重新读入",
    )


def _unwritten(where: str, quantity: Quantity) -> JuesuanError:
    return JuesuanError(
        where,
        f"单位没有写明，而数值 {quantity.printed} 按版式的“{quantity.unit}”读会达到百亿元，疑为元与万元混用",
        "请核对这张表的金额单位，在表头上方写明（单位：元 或 单位：万元）后重新读入",
    )


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit in YUAN and quantity.value is not None and quantity.value > 0


def _yuan(quantity: Quantity) -> Fraction:
    return quantity.exact() * quantity.scale


def _apart(a: Fraction, b: Fraction) -> Fraction:
    return max(a / b, b / a)
