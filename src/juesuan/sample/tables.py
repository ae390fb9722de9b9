"""The public tables of a year as exact figures in 分, before anything is rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from juesuan.classification import classes
from juesuan.sample.draw import stream
from juesuan.sample.economy import economic, planned, three_public, with_totals
from juesuan.sample.flows import Flow, Year
from juesuan.sample.plan import OWN_INCOME, Plan
from juesuan.sample.stated import agency, counts, purchases

GENERAL, FUND, STATE = FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
Leaves = dict[str, dict[str, int]]
_SPENT = ("基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出")


@dataclass
class Figures:
    """Amounts in 分 by table, row and column; `counts` hold what is counted in units of its own."""

    cents: dict[tuple[str, str, str], int] = field(default_factory=dict)
    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def rows(self, table: str) -> list[str]:
        """The rows that hold a figure, in the order in which they were put."""
        return list(dict.fromkeys(row for at, row, _ in self.cents if at == table))

    def put(self, table: str, column: str, amounts: Mapping[str, int]) -> None:
        """One column of a table by row."""
        self.cents |= {(table, row, column): cents for row, cents in amounts.items()}

    def tree(self, table: str, leaves: Leaves) -> None:
        """合计, 类, 款, 项 of a coded table from its 项."""
        for code, columns in leaves.items():
            for row in ("合计", code[:3], code[:5], code):
                for column, cents in columns.items():
                    place = (table, row, column)
                    self.cents[place] = self.cents.get(place, 0) + cents


def figures(plan: Plan, year: Year) -> Figures:
    """Every table that some profile prints, and the counts and amounts that only texts state."""
    made = Figures()
    spent, income = _spent(plan, year), _income(plan, year)
    made.tree("T2", income)
    made.tree("T3", spent)
    made.tree("T5", _balances(year.general, "合计"))
    made.tree("T8", _balances(year.fund, "本年支出"))
    made.tree("T9", _balances(year.state, "本年支出"))
    _whole(made, year, income, spent)
    _grants(made, year)
    basic = sum(flow.basic for flow in year.general.values())
    rng = stream(plan.seed, year.year, "tables")
    public_expenses = three_public(rng, plan, basic)
    _economic(made, economic(rng, plan, basic, public_expenses, year.listed))
    made.put("T7", "决算数", with_totals(public_expenses))
    made.put("T7", "预算数", with_totals(planned(rng, public_expenses)))
    meetings = {
        name: made.cents.get(("T6", code, "决算数"), 0)
        for name, code in (("会议费", "30215"), ("培训费", "30216"))
    }
    made.put("T7", "决算数", meetings)
    made.put("T7", "预算数", planned(rng, meetings))
    made.put(
        "T10", "统计数", purchases(rng, basic) | agency(plan, made.cents["T6", "公用经费合计", "决算数"])
    )
    counts(rng, plan, made.cents, made.counts)
    return made


def _balances(budget: Mapping[str, Flow], spent: str) -> Leaves:
    return {
        code: {
            "年初结转和结余": flow.opening, "本年收入": flow.income, spent: flow.spent,
            "基本支出": flow.basic, "项目支出": flow.project, "年末结转和结余": flow.closing,
        }
        for code, flow in budget.items()
        if flow.opening or flow.income or flow.spent
    }  # fmt: skip


def _spent(plan: Plan, year: Year) -> Leaves:
    leaves: Leaves = {}
    for budget in year.funds:
        for code, flow in budget.items():
            row = leaves.setdefault(code, dict.fromkeys(("本年支出合计", *_SPENT), 0))
            row["基本支出"] += flow.basic
            row["项目支出"] += flow.project
    for column, cents in year.own.spent.items():
        leaves[plan.own_code][column] += cents
    for row in leaves.values():
        row["本年支出合计"] = sum(row.values())
    return {code: row for code, row in leaves.items() if any(row.values())}


def _income(plan: Plan, year: Year) -> Leaves:
    leaves: Leaves = {}
    for budget in year.funds:
        for code, flow in budget.items():
            row = leaves.setdefault(code, dict.fromkeys(("本年收入合计", "财政拨款收入", *OWN_INCOME), 0))
            row["财政拨款收入"] += flow.income
    for column, cents in year.own.income.items():
        leaves[plan.own_code][column] += cents
    for row in leaves.values():
        row["本年收入合计"] = sum(row.values())
    return {code: row for code, row in leaves.items() if any(row.values())}


def _whole(made: Figures, year: Year, income: Leaves, spent: Leaves) -> None:
    """T1: everything that came in and went out."""
    opening = sum(flow.opening for flow in _all(year)) + year.own.opening
    closing = sum(flow.closing for flow in _all(year)) + year.own.closing
    granted = dict(zip(FUNDS, (sum(f.income for f in budget.values()) for budget in year.funds), strict=True))
    received, paid = _column(income, "本年收入合计"), _column(spent, "本年支出合计")
    left = {f"{fund}收入": cents for fund, cents in granted.items()}
    left |= {name: year.own.income.get(name, 0) for name in OWN_INCOME}
    left |= {
        "本年收入合计": received, "使用非财政拨款结余": year.own.used, "年初结转和结余": opening,
        "收入总计": received + year.own.used + opening,
    }  # fmt: skip
    by_class = {c.code: 0 for c in classes("functional", year.listed)}
    for code, row in spent.items():
        by_class[code[:3]] += row["本年支出合计"]
    right = {
        "本年支出合计": paid, "结余分配": year.own.distributed, "年末结转和结余": closing,
        "支出总计": paid + year.own.distributed + closing,
    }  # fmt: skip
    made.put("T1", "决算数", left | by_class | right)


def _grants(made: Figures, year: Year) -> None:
    """T4: the three budgets side by side."""
    opening = [sum(f.opening for f in budget.values()) for budget in year.funds]
    income = [sum(f.income for f in budget.values()) for budget in year.funds]
    closing = [sum(f.closing for f in budget.values()) for budget in year.funds]
    left = dict(zip(FUNDS, income, strict=True)) | {
        "本年收入合计": sum(income),
        "年初财政拨款结转和结余": sum(opening),
    }
    left |= {f"年初结转：{fund}": cents for fund, cents in zip(FUNDS, opening, strict=True)}
    made.put("T4", "决算数", left | {"收入总计": sum(income) + sum(opening)})
    for fund, budget, kept in zip(FUNDS, year.funds, closing, strict=True):
        rows = {c.code: 0 for c in classes("functional", year.listed)}
        for code, flow in budget.items():
            rows[code[:3]] += flow.spent
        spent = sum(rows.values())
        feet = {"本年支出合计": spent, "年末财政拨款结转和结余": kept, "支出总计": spent + kept}
        made.put("T4", fund, rows | feet)
    for row in [row for _, row, column in list(made.cents) if column == GENERAL]:
        made.cents["T4", row, "合计"] = sum(made.cents["T4", row, fund] for fund in FUNDS)


def _economic(made: Figures, amounts: dict[str, int]) -> None:
    personnel = sum(cents for code, cents in amounts.items() if code in ("301", "303"))
    public = sum(cents for code, cents in amounts.items() if code in ("302", "310"))
    feet = {"人员经费合计": personnel, "公用经费合计": public, "基本支出合计": personnel + public}
    made.put("T6", "决算数", amounts | feet)


def _all(year: Year) -> Iterable[Flow]:
    return (flow for budget in year.funds for flow in budget.values())


def _column(leaves: Leaves, column: str) -> int:
    return sum(row[column] for row in leaves.values())
