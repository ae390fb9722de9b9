"""收支: income by source beside expenditure by nature."""

from __future__ import annotations

from juesuan.accounts import Accounts
from juesuan.charts.bars import Bars, ranked
from juesuan.charts.breakdown import Breakdown, Cell, Part, breakdown, lead
from juesuan.charts.chart import Chart
from juesuan.charts.form import Form
from juesuan.charts.page import compose, measure
from juesuan.charts.structure import said
from juesuan.charts.sums import money


def by_source(accounts: Accounts) -> Breakdown | None:
    """Income of the year by source: T1's rows where disclosed (they tell the funds apart), else T2."""
    rows = _first_side(accounts)
    cells = [(row, accounts.get("T1", row, "决算数")) for row in rows]
    whole = accounts.get("T1", "本年收入合计", "决算数")
    columns = [c for c in accounts.columns("T2") if c != "本年收入合计"]
    second = [(column, accounts.get("T2", "合计", column)) for column in columns]
    if not _any(cells):
        cells, whole = second, accounts.get("T2", "合计", "本年收入合计")
    return breakdown(accounts, "收入", "项", cells, whole) if _any(cells) else None


def by_nature(accounts: Accounts) -> Breakdown | None:
    """Expenditure of the year by nature (基本支出, 项目支出, …), from T3."""
    columns = [c for c in accounts.columns("T3") if c != "本年支出合计"]
    cells = [(column, accounts.get("T3", "合计", column)) for column in columns]
    whole = accounts.get("T3", "合计", "本年支出合计")
    return breakdown(accounts, "支出", "项", cells, whole, to_hundred=True) if _any(cells) else None


def income_expenditure(accounts: Accounts) -> Chart | None:
    """Both sides on one scale; None where neither side has two parts to compare."""
    sides = [side for side in (by_source(accounts), by_nature(accounts)) if side is not None and side.parts]
    if all(side.form is Form.SENTENCE for side in sides):
        return None
    title = "；".join(_finding(side) for side in sides)
    unit = sides[0].unit
    bars = [ranked(side.parts) for side in sides]
    same = len(sides) == 2 and sides[0].unit == sides[1].unit
    every = tuple(b for own in bars for b in own) if same else ()
    panels = [Bars(_heading(side), own, every) for side, own in zip(sides, bars, strict=True)]
    text = measure(accounts, "收入和支出", unit, "上下两图同一比例" if same else "")
    alt = f"条形图：{title}。" + "".join(f"{_heading(side)}：{said(side)}。" for side in sides)
    return compose(
        accounts.source.is_synthetic,
        title,
        text,
        panels,
        [n for side in sides for n in side.notes(accounts)],
        alt,
    )


def _heading(side: Breakdown) -> str:
    how = "按来源" if side.name == "收入" else "按性质"
    what = f"本年{side.name}合计" if side.printed else f"已披露的本年{side.name}之和"
    return f"{what} {money(side.total)}，{how}"


def _finding(side: Breakdown) -> str:
    first: Part = max(side.parts, key=lambda p: p.quantity.exact())
    more_than_half = first.exact is not None and first.exact > 50 and first.takes.startswith("占")
    if side.printed and more_than_half and len(side.parts) > 1:
        return f"{side.name}的 {first.share} 为{first.label}"
    return lead(side)


def _first_side(accounts: Accounts) -> list[str]:
    sides = accounts.layout.table("T1").sides
    return sides[0].labels(accounts.year) if sides else []


def _any(cells: list[Cell]) -> bool:
    return any(q.value for _, q in cells)
