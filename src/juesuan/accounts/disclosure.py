"""The prose inputs of one department and year (`disclosure.yml`): what no table carries."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from juesuan.accounts.cited import Cited
from juesuan.accounts.facts import Fact
from juesuan.accounts.inputs import read_inputs
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Titled(_Model):
    """An office, a term: a name and the text about it."""

    name: Cited
    text: Cited


class NoPrior(_Model):
    """Why there is no prior year: the full reason once, the short form elsewhere."""

    reason: Cited
    short: Cited


class Outside(_Model):
    """A budget amount that the outturn leaves out by scope (口径), in 万元."""

    name: Cited
    amount: Cited


class Item(_Model):
    """What the explanation adds to one functional code: initial budget, purpose, scope, reason."""

    code: Cited
    name: Cited
    budget: Cited | None = None
    purpose: Cited | None = None
    outside: list[Outside] = []
    outside_reason: Cited | None = None
    reason: Cited | None = None


class Project(_Model):
    """One project of the performance self-evaluation (绩效自评); `rate` is its printed 执行率 (`76.13%`)."""

    name: Cited
    score: Cited | None = None
    budget: Cited | None = None
    executed: Cited | None = None
    rate: Cited | None = None
    completion: Cited
    problems: Cited | None = None


class Performance(_Model):
    """Section 八（四）."""

    scope: Cited
    amount: Cited | None = None
    overall: Cited | None = None
    score: Cited | None = None
    grade: Cited | None = None
    report: Cited | None = None
    projects: list[Project] = []
    reevaluation: Cited | None = None


class Dates(_Model):
    """When the final accounts were approved (批复) and when they were published (公开)."""

    approved: Cited | None = None
    published: Cited | None = None


class Apart(_Model):
    """Money that only passes through: shown apart in the structure, so that the rest can be seen."""

    label: Cited
    amount: Cited
    inside: Cited
    remainder: Cited


class Statement(_Model):
    """A rate, share, total or wording that the department published.

    `of` and `base` are formulas over fact addresses; `value` is the figure as printed, and `about`
    the address of the fact that it prints, where there is one.
    """

    section: Cited
    quote: Cited
    kind: Literal[
        "share", "completion", "total", "amount", "performance_share", "carry_over", "no_prior", "all_of"
    ]
    value: Cited | None = None
    about: Cited | None = None
    of: Cited | None = None
    base: Cited | None = None
    base_name: Cited | None = None
    relation: Cited | None = None


class Disclosure(_Model):
    """Everything in `disclosure.yml`; each key is optional, and what is missing is reported.

    `prior` are figures of the year before by address, for want of last year's accounts; `stated` figures
    of this year that only the text gives (a table that the profile does not print); `paragraphs` whole
    paragraphs of the explanation by the name under which the profile's template prints them;
    `published_budget` figures of the department's published budget by the address that repeats them here.
    """

    department: Cited | None = None
    year: Cited | None = None
    calls_itself: Cited | None = None
    introduces_offices_as: Cited | None = None
    unit_type: Cited | None = None
    duties: list[Cited] = []
    offices: list[Titled] = []
    no_prior: NoPrior | None = None
    reasons: dict[str, Cited] = {}
    prior: dict[str, Cited] = {}
    stated: dict[str, Cited] = {}
    published_budget: dict[str, Cited] = {}
    dates: Dates | None = None
    paragraphs: dict[str, list[Cited]] = {}
    budget_total: Cited | None = None
    items: list[Item] = []
    personnel_includes: Cited | None = None
    public_includes: Cited | None = None
    empty_tables: list[Cited] = []
    performance: Performance | None = None
    glossary: list[Titled] = []
    attachments: list[Cited] = []
    apart: list[Apart] = []
    printed: list[Statement] = []

    def over(self, other: Disclosure) -> Disclosure:
        """These inputs, completed by those of `other` where nothing is said here."""
        filled = {name: value for name, value in other if value}
        own = {name: value for name, value in self if value}
        both = {
            name: {**filled[name], **own[name]}
            for name in ("reasons", "prior", "stated", "published_budget", "paragraphs")
            if name in own and name in filled
        }
        items = {item.code: item for item in other.items}
        for item in self.items:
            under = items.get(item.code)
            said = {key: value for key, value in item if value}
            items[item.code] = under.model_copy(update=said) if under else item
        tables = dict.fromkeys([*self.empty_tables, *other.empty_tables])
        merged = {"items": list(items.values()), "empty_tables": list(tables)}
        return self.model_copy(update=filled | own | both | merged)

    def item(self, code: str) -> Item | None:
        """The prose inputs for one functional code."""
        return next((item for item in self.items if item.code == code), None)


def read_disclosure(path: Path) -> Disclosure:
    """Parse and check a `disclosure.yml`; a wrong key, shape or repeated name is one error with its line."""
    read = read_inputs(path, Disclosure)
    _refuse_repeats(path, "items 的 code", [item.code for item in read.items])
    _refuse_repeats(path, "outside 的 name", [o.name for item in read.items for o in item.outside])
    if read.performance is not None:
        _refuse_repeats(path, "projects 的 name", [p.name for p in read.performance.projects])
    _refuse_dates(path, read.dates)
    _refuse_budget(path, read.published_budget)
    return read


_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


def day(text: str) -> date | None:
    """`2022-07-18` or `2022年7月18日`; None for anything else."""
    found = _DAY.fullmatch(text.strip())
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _refuse_dates(path: Path, dates: Dates | None) -> None:
    for text in (dates.approved, dates.published) if dates else ():
        if text is not None and day(text) is None:
            raise JuesuanError(
                f"{path.name} 第{text.line}行", f"dates 里的“{text}”不是日期", "请写成 2022-07-18 的样子"
            )


def _refuse_budget(path: Path, budget: Mapping[str, Cited]) -> None:
    for address, text in budget.items():
        where = f"{path.name} 第{text.line}行"
        if _ADDRESS.fullmatch(address) is None:
            found = f"published_budget 里的“{address}”不是指标地址"
            raise JuesuanError(where, found, "请写成 S5[合计].年初预算数 的样子")
        if not Quantity.parse(text).is_number:
            found = f"published_budget 里“{address}”写的是“{text}”，不是一个数"
            raise JuesuanError(where, found, "请只写预算公开里印出的数，不带单位")


_ADDRESS = re.compile(r"([TS]\d+)\[(.+)\]\.(.+)")


def split_address(address: str) -> tuple[str, str, str]:
    """`T5[208].合计` → table, row, column; anything else is a JuesuanError."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise JuesuanError("disclosure.yml", f"地址“{address}”看不懂", "请写成 T5[208].合计 的样子")
    return found[1], found[2], found[3]


def _refuse_repeats(path: Path, what: str, names: list[Cited]) -> None:
    """The same name twice would be the same address twice."""
    first: dict[str, Cited] = {}
    for name in names:
        before = first.setdefault(name, name)
        if before is not name:
            found = f"{what}“{name}”在第{before.line}行已经有了"
            raise JuesuanError(f"{path.name} 第{name.line}行", found, "请合并或改名，使每个名称只出现一次")


def disclosed_facts(disclosure: Disclosure, unit: str, units: Mapping[str, str] | None = None) -> list[Fact]:
    """The figures that no table carries, as facts of S5 (explanation by function), S8 (performance) and of
    the tables that the profile does not print.

    `unit` is the unit of the department's tables, `units` those of counts by row. Each fact's cell is its
    line of disclosure.yml, or its place in the published text.
    """
    facts: list[Fact] = []
    for address, text in disclosure.stated.items():
        table, row, column = split_address(address)
        quantity = Quantity.parse(text, (units or {}).get(row, unit), text.cell)
        facts.append(Fact(table, row if row.isdigit() else "", row, column, quantity))

    def add(table: str, code: str, label: str, column: str, text: Cited | None, unit_: str = unit) -> None:
        if text is not None:
            facts.append(Fact(table, code, label, column, Quantity.parse(text, unit_, text.cell)))

    add("S5", "", "合计", "年初预算数", disclosure.budget_total)
    for item in disclosure.items:
        add("S5", item.code, item.name, "年初预算数", item.budget)
        for outside in item.outside:
            add("S5", "", outside.name, "口径外预算数", outside.amount)
    if disclosure.performance is not None:
        add("S8", "", "绩效自评", "涉及预算金额", disclosure.performance.amount)
        add("S8", "", "整体支出", "自评得分", disclosure.performance.score, "分")
        for project in disclosure.performance.projects:
            add("S8", "", project.name, "自评得分", project.score, "分")
            add("S8", "", project.name, "全年预算数", project.budget)
            add("S8", "", project.name, "执行数", project.executed)
            add("S8", "", project.name, "执行率", project.rate, "%")
    return facts
