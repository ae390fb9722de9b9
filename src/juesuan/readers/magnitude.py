"""Do the amounts fit the unit they are printed under? A contradiction is refused, never rescaled silently."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from juesuan.accounts import Fact
from juesuan.errors import JuesuanError
from juesuan.quantity import YUAN, Quantity

# Totals that are the same money, or a part and the whole of it: none is 10⁴ times another.
_TOTALS = [
    ("T1", "收入总计", "决算数"), ("T1", "支出总计", "决算数"), ("T1", "本年收入合计", "决算数"),
    ("T1", "本年支出合计", "决算数"), ("T2", "合计", "本年收入合计"), ("T2", "合计", "财政拨款收入"),
    ("T3", "合计", "本年支出合计"), ("T3", "合计", "基本支出"), ("T4", "收入总计", "决算数"),
    ("T4", "支出总计", "合计"), ("T5", "合计", "合计"), ("T6", "基本支出合计", "决算数"),
    ("S5", "合计", "年初预算数"),
]  # fmt: skip
# The same money outside the totals: out by 10⁴ only if one of the two is in another unit.
_SAME = [(("T10", "机关运行经费", "统计数"), ("T6", "公用经费合计", "决算数"))]
# No department of any level spends a trillion yuan a year.
_CEILING = Fraction(10**12)
# A 元 figure under a 万元 head is out by 10⁴; totals of one department otherwise stay far closer.
_SUSPECT = Fraction(2000)


def check_magnitude(facts: Iterable[Fact], file: str) -> None:
    """Raise where a total exceeds anything possible or stands 10⁴ away from its peers."""
    by_place = {(f.table, f.label, f.column): f.quantity for f in facts if not f.code and _is_money(f.quantity)}
    totals = sorted((by_place[p] for p in _TOTALS if p in by_place), key=_yuan)
    compared = [(quantity, totals[len(totals) // 2]) for quantity in totals]
    compared += [(by_place[a], by_place[b]) for a, b in _SAME if a in by_place and b in by_place]
    for quantity, peer in compared:
        yuan, other = _yuan(quantity), _yuan(peer)
        if yuan >= _CEILING or yuan / other > _SUSPECT or other / yuan > _SUSPECT:
            also = f"，而 {peer.cell} 为 {peer.printed} {peer.unit}" if peer is not quantity else ""
            raise JuesuanError(
                f"{file} 的 {quantity.cell}",
                f"数值 {quantity.printed} 与声明的单位“{quantity.unit}”矛盾{also}，相差约一万倍，疑为元与万元混用",
                "请核对这张表的金额单位（元或万元），改正后重新读入",
            )


def _is_money(quantity: Quantity) -> bool:
    return quantity.unit in YUAN and quantity.value is not None and quantity.value > 0


def _yuan(quantity: Quantity) -> Fraction:
    return quantity.exact() * quantity.scale
