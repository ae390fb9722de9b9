"""Small synthetic documents for the tests (示例数据，合成): nine tables that agree, and the text around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from juesuan.classification import classes
from juesuan.layouts import layout
from juesuan.wording import numeral

TITLES = {table.id: table.title for table in layout("national").printed_tables}
FUNDS = ["一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"]
NAMES = {
    "201": "一般公共服务支出", "20106": "财政事务", "2010601": "行政运行", "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出", "2080501": "行政单位离退休",
}  # fmt: skip


@dataclass(frozen=True)
class Table:
    """A printed table; `head` says how many of its rows are the head."""

    title: str
    rows: list[list[str]]
    head: int = 1
    unit: str = "万元"

    def cut(self, at: int) -> tuple[Table, Table]:
        """The table on two pages; the second has neither title nor head."""
        return replace(self, rows=self.rows[:at]), replace(
            self, title="", rows=self.rows[at:], head=0, unit=""
        )

    def times(self, factor: int) -> Table:
        """Every amount multiplied."""
        rows = [[str(Decimal(t) * factor) if "." in t else t for t in row] for row in self.rows]
        return replace(self, rows=rows)


Block = str | Table
Page = Sequence[Block]


def tables(k: int = 1, classes_of: int = 2024) -> dict[str, Table]:
    """Nine tables that agree with each other; `k` makes the amounts of one department differ from another's."""

    def money(*units: int) -> list[str]:
        return [f"{unit * k:.2f}" for unit in units]

    names = [c.name for c in classes("functional", classes_of) if c.code not in ("231", "232")]
    spent = {"一般公共服务支出": 120, "社会保障和就业支出": 30}
    feet = [("本年收入合计", 150, "本年支出合计", 150), ("使用非财政拨款结余", 0, "结余分配", 0)]
    feet += [("年初结转和结余", 0, "年末结转和结余", 0), ("总计", 150, "总计", 150)]
    income = [
        *(f + "收入" for f in FUNDS),
        "上级补助收入",
        "事业收入",
        "经营收入",
        "附属单位上缴收入",
        "其他收入",
    ]
    first = [["项目", "决算数", "项目", "决算数"]]
    fiscal = [["项目", "决算数", "项目", "合计", *FUNDS]]
    for number, name in enumerate(names, 1):
        mark, amount = numeral(number) + "、", spent.get(name, 0)
        left = [mark + income[number - 1], *money(150 if number == 1 else 0)] if number < 9 else ["", ""]
        first.append([*left, mark + name, *money(amount)])
        left = [mark + FUNDS[number - 1], *money(150 if number == 1 else 0)] if number < 4 else ["", ""]
        fiscal.append([*left, mark + name, *money(amount, amount, 0, 0)])
    first += [[a, *money(x), b, *money(y)] for a, x, b, y in feet]
    whole = [*money(150), "本年支出合计", *money(150, 150, 0, 0)]
    fiscal += [["本年收入合计", *whole], ["总计", whole[0], "总计", *whole[2:]]]
    basic = {"201": (100, 20), "20106": (100, 20), "2010601": (100, 20)} | dict.fromkeys(
        ("208", "20805", "2080501"), (30, 0)
    )
    rows = {code: (sum(parts), *parts) for code, parts in {"合计": (130, 20), **basic}.items()}
    named = {code: ["合计", ""] if code == "合计" else [code, NAMES[code]] for code in rows}
    head = ["功能分类科目编码", "科目名称"]
    profile = layout("national")
    t2 = [[*head, *profile.table("T2").columns]]
    t2 += [[*named[c], *money(a, a, 0, 0, 0, 0, 0)] for c, (a, _, _) in rows.items()]
    t3 = [[*head, *profile.table("T3").columns], *([*named[c], *money(*r, 0, 0, 0)] for c, r in rows.items())]
    t5 = [[*named[c], *money(*rows[c])] for c in [*basic, "合计"]]
    economic = [
        ("301", "工资福利支出", 90, "302", "商品和服务支出", 30),
        ("30101", "基本工资", 60, "30201", "办公费", 22),
    ]
    economic += [("30102", "津贴补贴", 30, "30217", "公务接待费", 8)]
    t6 = [["经济分类科目编码", "科目名称", "决算数"] * 2]
    t6 += [[a, b, *money(x), c, d, *money(y)] for a, b, x, c, d, y in economic]
    t6 += [["303", "对个人和家庭的补助", *money(10), "", "", ""], ["30302", "退休费", *money(10), "", "", ""]]
    t6 += [["人员经费合计", "", *money(100), "公用经费合计", "", *money(30)]]
    items = [
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务用车购置费",
        "公务用车运行维护费",
        "公务接待费",
    ]
    pairs = [20, 18, 0, 0, 8, 8, 0, 0, 8, 8, 12, 10]
    t7 = [
        ["项目", "预算数", "决算数"],
        *([i, *money(*pairs[2 * n : 2 * n + 2])] for n, i in enumerate(items)),
    ]
    empty = [[*head, "年初结转和结余", "本年收入", "本年支出", "基本支出", "项目支出", "年末结转和结余"]]
    empty += [["合计", "", *[""] * 6]]
    bodies = [first, t2, t3, fiscal, [[*head, "合计", "基本支出", "项目支出"], *t5], t6, t7, empty, empty]
    return {id: Table(TITLES[id], body) for id, body in zip(TITLES, bodies, strict=True)}


def front(department: str, year: int = 2024) -> list[Page]:
    """Cover and overview."""
    duty = f"1.承担{department}的示例职责。"
    return [
        [f"{department}{year}年度部门决算"],
        ["第一部分 部门概况", "一、主要职能", duty, "第二部分 部门决算表"],
    ]


def back(department: str, k: int = 1, year: int = 2024) -> list[Page]:
    """Explanation and glossary."""
    total, before = f"{150 * k:.2f}", f"{140 * k:.2f}"
    return [
        [
            f"第三部分 {department}{year}年度部门决算情况说明", "一、收入支出决算总体情况说明",
            f"收入支出总计{total}万元。与{year - 1}年度相比，收入支出总计增加{10 * k:.2f}万元，增长7.14%。"
            f"主要原因：{department}项目增加。上年为{before}万元。",
        ],
        ["第四部分 名词解释", f"一、{department}收入：指示例。"],
    ]  # fmt: skip


def whole(department: str, k: int = 1, year: int = 2024, found: dict[str, Table] | None = None) -> list[Page]:
    """A document: each table on a page of its own."""
    pages = [[table] for table in (found if found is not None else tables(k)).values()]
    return [*front(department, year), *pages, *back(department, k, year)]
