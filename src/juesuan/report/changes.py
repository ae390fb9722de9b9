"""This year against the year before, figure by figure, from last year's accounts or from what the text gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from juesuan.accounts import Accounts
from juesuan.classification import bridged
from juesuan.quantity import Quantity
from juesuan.wording import amount, direction, fixed, percent

# What is compared with other years: name, table, row, column.
TOTALS = (
    ("收入总计", "T1", "收入总计", "决算数"),
    ("支出总计", "T1", "支出总计", "决算数"),
    ("财政拨款收入总计", "T4", "收入总计", "决算数"),
    ("一般公共预算支出", "T5", "合计", "合计"),
    ("　其中：基本支出", "T5", "合计", "基本支出"),
    ("　　　　项目支出", "T5", "合计", "项目支出"),
    ("年初预算", "S5", "合计", "年初预算数"),
    ("“三公”经费", "T7", "合计", "决算数"),
    ("机关运行经费", "T10", "机关运行经费", "统计数"),
)


@dataclass(frozen=True)
class Change:
    """One line: the figure's name, both years as printed (with the unit where they differ in it), the change and
    its rate in words ('' where unknown)."""

    name: str
    address: str
    before: str
    now: str
    change: str
    rate: str
    unit: str = ""


def changes(accounts: Accounts) -> list[Change]:
    """Totals, then the functional classes of T5, as far as the year before is known; [] where nothing is."""
    lines = [
        _line(accounts, name, (table, row, column), accounts.before(table, row, column))
        for name, table, row, column in TOTALS
    ]
    lines += [
        _line(accounts, label, ("T5", code, "合计"), before) for code, label, before in _classes(accounts)
    ]
    return [line for line in lines if line.before and line.now]


def _classes(accounts: Accounts) -> Iterator[tuple[str, str, Quantity]]:
    """Each class of either year under this year's code, with last year's money under the codes it had then."""
    last = accounts.previous
    if last is None:
        return
    then: dict[str, list[str]] = {}
    for code in last.rows("T5", "类"):
        then.setdefault(bridged(code, last.year, accounts.year), []).append(code)
    names = {code: last.name_of("T5", codes[0]) for code, codes in then.items()} | accounts.rows("T5", "类")
    for code, name in sorted(names.items()):
        figures = [last.get("T5", c, "合计") for c in then.get(code, [])]
        yield code, name, figures[0] if len(figures) == 1 else Quantity.blank(accounts.layout.unit)


def _line(accounts: Accounts, name: str, place: tuple[str, str, str], before: Quantity) -> Change:
    table, row, column = place
    now, address = accounts.get(*place), f"{table}[{row}].{column}"
    if not now.is_number or not before.is_number:
        return Change(name, address, _shown(before), _shown(now), "", "", now.unit)
    base = before.exact() * before.scale / now.scale
    difference = now.exact() - base
    decimals = max(now.decimals or 0, before.decimals or 0)
    change = direction(difference)
    if difference:
        change += fixed(abs(difference), decimals)
    then = _shown(before) + (f" {before.unit}" if before.unit != now.unit else "")
    rate = percent(difference * 100 / abs(base), accounts.layout.rate_decimals) if base else "基数为0"
    return Change(name, address, then, _shown(now), change, rate, now.unit)


def _shown(quantity: Quantity) -> str:
    return amount(quantity, thousands=True) if quantity.is_number else ""
