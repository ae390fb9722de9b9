"""Complete synthetic books: a department over several years, each year opening with what the last one left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from juesuan.accounts import Accounts, Cited, Disclosure, Source, disclosed_facts
from juesuan.errors import JuesuanError
from juesuan.layouts import Layout, layout
from juesuan.sample.draw import data
from juesuan.sample.flows import FIRST, Year, flows
from juesuan.sample.habits import Habits, habits
from juesuan.sample.plan import Plan, plan
from juesuan.sample.printing import facts, stated
from juesuan.sample.tables import Figures, figures
from juesuan.sample.words import disclosure

# No list says what a later year will call its codes.
LAST = 2035


@dataclass(frozen=True)
class Order:
    """What to make: `departments` books for each of `years` in one profile; `unit` '' lets each department choose."""

    profile: str = "shanxi-2020"
    departments: int = 1
    years: Sequence[int] = (2022,)
    seed: int = 1
    unit: str = ""


@dataclass(frozen=True)
class Book:
    """One department and year: the accounts as printed, the exact figures behind them, how it prints."""

    accounts: Accounts
    figures: Figures
    habits: Habits


def books(order: Order) -> Iterator[Book]:
    """Every book of the order, department by department, years ascending.

    The same order gives the same books. Each year's accounts hold the year before as `previous`.
    """
    for number in range(order.departments):
        yield from department(order, number)


def department(order: Order, number: int) -> Iterator[Book]:
    """The books of one department."""
    profile, years = layout(order.profile), _years(order.years)
    mine = plan(str(order.seed), number, years[0], with_state="T9" in {t.id for t in profile.tables})
    how = habits(mine.seed, order.unit)
    # A year that nobody sees comes first: the first published one has something to open with and to compare.
    before = flows(mine, years[0] - 1, None)
    hidden = _hidden(mine, before, profile, how)
    previous: Accounts | None = None
    for year in range(years[0], years[-1] + 1):
        now = flows(mine, year, before)
        before = now
        if year not in years:
            hidden = _hidden(mine, now, profile, how)
            previous = None
            continue
        accounts, exact = _accounts(mine, now, profile, how)
        known = None if previous is not None or mine.is_new or profile.narrative == "shanxi" else hidden
        accounts = _worded(mine, exact, replace(accounts, previous=previous), how, known)
        yield Book(accounts, exact, how)
        previous = replace(accounts, previous=None)


def _years(given: Sequence[int]) -> list[int]:
    years = sorted(set(given))
    if not years or years[0] < FIRST or years[-1] > LAST:
        shown = "、".join(map(str, years)) or "没有年度"
        raise JuesuanError(
            "参数 years", f"写的是 {shown}", f"请写 {FIRST} 到 {LAST} 之间的年度，例如 2022-2024"
        )
    return years


def _accounts(mine: Plan, year: Year, profile: Layout, how: Habits) -> tuple[Accounts, Figures]:
    exact = figures(mine, year)
    source = Source.model_validate(
        {
            "title": Cited(f"{mine.department}{year.year}年度部门决算"),
            "publisher": Cited(mine.department),
            "unit": Cited(how.unit),
            "profile": Cited(profile.name),
            "synthetic": Cited("是"),
            "assumed": [Cited(line) for line in data("words")["assumed"]],
        }
    )
    known = tuple(table.id for table in profile.printed_tables if table.is_known)
    records = tuple(facts(exact, profile, year.listed, how))
    made = Accounts(mine.department, year.year, profile, records, source=source, tables_read=known)
    return made, exact


def _hidden(mine: Plan, year: Year, profile: Layout, how: Habits) -> Accounts:
    """A year that is not published, with what its text would state."""
    made, exact = _accounts(mine, year, profile, how)
    given = {address: Cited(text) for address, text in stated(exact, profile, how).items()}
    words = disclosed_facts(Disclosure(stated=given), how.unit, profile.units())
    return replace(made, records=(*made.records, *words))


def _worded(mine: Plan, exact: Figures, accounts: Accounts, how: Habits, prior: Accounts | None) -> Accounts:
    words = disclosure(mine, exact, accounts, how, prior)
    told = disclosed_facts(words, how.unit, accounts.layout.units())
    return replace(accounts, disclosure=words, records=(*accounts.records, *told))
