"""What stands in place of a chart that is not drawn: one true sentence."""

from __future__ import annotations

from collections.abc import Callable

from juesuan.accounts import Accounts
from juesuan.charts.basic import by_kind
from juesuan.charts.breakdown import Breakdown, lead
from juesuan.charts.income import by_nature, by_source
from juesuan.charts.procurement import by_kind as procured
from juesuan.charts.structure import by_class
from juesuan.charts.sums import money
from juesuan.charts.three_public import items


def sentence(name: str, accounts: Accounts) -> str:
    """The sentence for the figure function `name` where it returns None ('' where nothing is to be said).

    KeyError for a name that is no figure function.
    """
    return _SENTENCES[name](accounts)


def _structure(accounts: Accounts) -> str:
    found = by_class(accounts)
    return _alone(found[0] if found else None, "按功能分类的支出")


def _apart(accounts: Accounts) -> str:
    return "单列数或它所在的类没有披露，未作图。" if accounts.disclosure.apart else ""


def _basic(accounts: Accounts) -> str:
    return _alone(by_kind(accounts), "基本支出的构成")


def _execution(accounts: Accounts) -> str:
    return "没有披露可计算完成率的年初预算数和决算数，未作图。"


def _alone(whole: Breakdown | None, what: str) -> str:
    if whole is None or not whole.parts:
        zero = whole is not None and whole.zeros and not whole.blanks
        return f"{what}各项均为 0，未作图。" if zero else f"{what}没有披露金额，未作图。"
    return f"{lead(whole)}（{money(whole.parts[0].quantity)}），只此一项，未作图。"


def _sides(accounts: Accounts) -> str:
    sides = {"收入的来源": by_source(accounts), "支出的性质": by_nature(accounts)}
    return "".join(_alone(side, what) for what, side in sides.items())


def _three_public(accounts: Accounts) -> str:
    known = items(accounts)
    if not known:
        return "“三公”经费没有披露金额，未作图。"
    both = {column for item in known for column in item.known}
    return f"“三公”经费已披露的{'、'.join(sorted(both, reverse=True))}各项均为 0，未作图。"


def _procurement(accounts: Accounts) -> str:
    return _alone(procured(accounts), "政府采购支出")


def _performance(accounts: Accounts) -> str:
    return "没有披露可计算执行率的项目绩效，未作图。"


def _year_on_year(accounts: Accounts) -> str:
    return "各功能类与上年相比没有可以成图的变化。" if accounts.previous else ""


_SENTENCES: dict[str, Callable[[Accounts], str]] = {
    "income_expenditure": _sides,
    "structure": _structure,
    "structure_apart": _apart,
    "basic": _basic,
    "execution": _execution,
    "three_public": _three_public,
    "procurement": _procurement,
    "performance": _performance,
    "year_on_year": _year_on_year,
}
