"""Planted errors in what only the text and disclosure.yml state: cars, guests, grades, dates, budgets, codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from books import full_book, with_prose
from juesuan.accounts import Accounts
from juesuan.sample import Order, books
from planting import with_facts, without

Change = Callable[[Accounts], Accounts]
BUDGET = "S5[合计].年初预算数"
DRIVEN = {"T7[公务用车运行维护费].决算数": "3.00", "S7[公务用车保有量].数量": "1"}
DATES = {"approved": "2022-07-01", "published": "2022年7月18日"}
PROJECT = {
    "name": "示例项目",
    "budget": "30.00",
    "executed": "22.84",
    "rate": "76.13%",
    "completion": "按期完成",
}


@cache
def told_book() -> Accounts:
    """A clean book whose text counts journeys, cars, guests, foreign guests and graded projects."""
    counted = ("出国团组数", "公务用车购置数", "外宾批次")
    made = (book.accounts for book in books(Order("national", 60, (2022,), 7, "万元")))
    return next(a for a in made if all(a.get("S7", row, "数量").value for row in counted))


def put(cells: dict[str, str]) -> Change:
    """Print other figures."""
    return lambda accounts: with_facts(accounts, cells)


def says(**inputs: object) -> Change:
    """Give these prose inputs."""
    return lambda accounts: with_prose(accounts, **inputs)


def project(**changes: str) -> Change:
    """Evaluate one project."""
    return says(performance={"scope": "对项目支出开展绩效自评", "projects": [PROJECT | changes]})


def adjusted(over: int) -> Change:
    """State how the budget of the first class was adjusted, by 12 up and 2 down, and what came of it."""

    def change(accounts: Accounts) -> Accounts:
        code = accounts.disclosure.items[0].code
        whole = accounts.get("S5", code, "年初预算数").value
        assert whole is not None
        cells = {"全年预算数": str(whole + over), "调增数": "12.00", "调减数": "2.00"}
        return with_prose(accounts, stated={f"S5[{code}].{column}": text for column, text in cells.items()})

    return change


def published(accounts: Accounts) -> Accounts:
    """Give the total of the published budget, the same as in the accounts."""
    return with_prose(accounts, published_budget={BUDGET: accounts.get("S5", "合计", "年初预算数").printed})


def second_year() -> Accounts:
    """A book that spends under the same codes as the year before."""
    return replace(full_book(), previous=replace(full_book(), year=2020))


def clean(change: Change) -> Callable[[], Accounts]:
    """The complete book with more in it."""
    return lambda: change(full_book())


DISCLOSED: dict[str, tuple[Callable[[], Accounts], Change]] = {
    "R1022": (clean(published), says(published_budget={BUDGET: "1.00"})),
    "R1101": (told_book, put({"S7[出国团组数].数量": "0"})),
    "R1102": (told_book, put({"T7[公务用车购置费].决算数": "0.00"})),
    "R1103": (told_book, put({"S7[接待批次].数量": "0"})),
    "R1104": (told_book, put({"S7[外宾批次].数量": "9999"})),
    "R1105": (told_book, put({"S7[公务用车保有量].数量": "999"})),
    "R1106": (lambda: put(DRIVEN)(told_book()), put({"S7[公务用车保有量].数量": "0"})),
    "R1111": (told_book, put({"S10[评级为优].数量": "99"})),
    "R1112": (clean(project()), project(rate="77.13%")),
    "R1113": (told_book, put({"T10[其他用车].统计数": "99"})),
    "R1204": (second_year, lambda book: without(book, "T3", "2080799", "20807")),
    "R1206": (clean(says(dates=DATES)), says(dates=DATES | {"published": "2022-09-01"})),
    "R1207": (clean(adjusted(10)), adjusted(11)),
}  # fmt: skip
