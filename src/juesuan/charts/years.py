"""Several years of one department: totals, structure, execution, “三公”, each year beside the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from juesuan.accounts import History
from juesuan.charts.bars import Bar, Bars
from juesuan.charts.chart import Chart
from juesuan.charts.dumbbell import Dumbbell, Dumbbells
from juesuan.charts.form import DOMINANT
from juesuan.charts.page import Panel, compose
from juesuan.charts.three_public import Pair, Pairs
from juesuan.classification import bridged
from juesuan.quantity import rate
from juesuan.wording import direction, fixed, percent

_TOTALS = (
    ("收入总计", "T1", "收入总计", "决算数"),
    ("一般公共预算财政拨款支出", "T5", "合计", "合计"),
    ("其中：基本支出", "T5", "合计", "基本支出"),
    ("其中：项目支出", "T5", "合计", "项目支出"),
)
# Classes below this share in every year are left to the table.
_SMALL = Fraction(1, 2)


def totals(history: History) -> Chart | None:
    """Income and expenditure year by year; None where no total is known in two years."""
    found: dict[str, tuple[Bar, ...]] = {}
    for name, table, row, column in _TOTALS:
        points = [(p.year, p.value) for p in history.series(table, row, column)]
        bars: list[Bar] = []
        before: Decimal | None = None
        for year, value in points:
            if value is not None:
                bars.append(_bar(year, value, before, year == history.latest.year))
                before = value
        if len(bars) > 1:
            found[name] = tuple(bars)
    # One scale for all panels: a part is then seen to be a part.
    every = tuple(bar for bars in found.values() for bar in bars)
    panels = [Bars(name, bars, every) for name, bars in found.items()]
    said = [f"{name}：{'，'.join(f'{b.label} {b.text}' for b in bars)}" for name, bars in found.items()]
    return _chart(
        history, _trend(history, *_TOTALS[1]), "收支总额", panels, said, "百分比是比上一个有数的年度的增减"
    )


def structure_years(history: History) -> Chart | None:
    """The share of each class in the general budget expenditure, first year to last."""
    shares = {code: _shares(history, code) for code in history.rows("T5", "类")}
    names = history.rows("T5", "类")
    lines = [
        Dumbbell(names[code], tuple(s for _, s in known), history.latest.layout.rate_decimals)
        for code, known in shares.items()
        if len(known) > 1 and max(share for _, share in known) >= _SMALL
    ]
    lines.sort(key=lambda line: -line.values[-1])
    if not lines:
        return None
    moved = max(lines, key=lambda line: abs(line.values[-1] - line.values[0]))
    step = moved.values[-1] - moved.values[0]
    text = f" {fixed(abs(step), 2)} 个百分点" if step else ""
    title = f"{moved.label}的占比{direction(step, up='上升', down='下降')}{text}，变化最大"
    said = [f"{line.label} {line.text}" for line in lines]
    first, last = history.years[0].year, history.latest.year
    how = f"空心点为 {first} 年度，实心点为 {last} 年度，短线为其间各年"
    large = tuple(line for line in lines if max(line.values) > DOMINANT)
    rest = tuple(line for line in lines if line not in large)
    panels = [Dumbbells("", large or rest)]
    if large and rest:
        # Beside a class of more than nine tenths the others would all stand on one spot.
        panels.append(Dumbbells("其余各类（另一比例）", rest))
    return _chart(history, title, "一般公共预算支出的功能结构", panels, said, how, "%")


def execution_years(history: History) -> Chart | None:
    """The completion rate of the initial budget year by year; None below two known years."""
    bars = []
    for accounts in history.years:
        spent, planned = accounts.get("T5", "合计", "合计"), accounts.get("S5", "合计", "年初预算数")
        if spent.is_number and planned.value:
            done = rate(spent, planned)
            role = "focus" if accounts is history.latest else "quiet"
            bars.append(Bar(f"{accounts.year} 年度", done, percent(done, 2), role))
    if len(bars) < 2:
        return None
    title = f"{bars[-1].label}完成年初预算的 {bars[-1].text}，{bars[0].label}为 {bars[0].text}"
    said = [f"{b.label} {b.text}" for b in bars]
    return _chart(
        history, title, "一般公共预算支出完成年初预算的比例", [Bars("", tuple(bars))], said, "", "%"
    )


def three_public_years(history: History) -> Chart | None:
    """Budget and outturn of “三公” year by year; None below two years with money."""
    pairs = [
        Pair(
            f"{a.year} 年度",
            a.get("T7", "合计", "预算数"),
            a.get("T7", "合计", "决算数"),
            a.layout.rate_decimals,
        )
        for a in history.years
    ]
    known = [pair for pair in pairs if pair.known]
    units = {q.unit for pair in known for q in (pair.budget, pair.outturn) if q.is_number}
    if len(known) < 2 or len(units) > 1 or not any(p.budget.value or p.outturn.value for p in known):
        return None
    title = f"{known[-1].label}“三公”经费{known[-1].text.partition(' · ')[0]}"
    said = [f"{pair.label} {pair.text}" for pair in known]
    how = "实心条为决算数，空心框为预算数"
    return _chart(history, title, "“三公”经费", [Pairs("", tuple(known))], said, how, units.pop())


YEARS: dict[str, tuple[Callable[[History], Chart | None], str]] = {
    "totals": (totals, "收支总额"),
    "structure_years": (structure_years, "结构变动"),
    "execution_years": (execution_years, "预算执行"),
    "three_public_years": (three_public_years, "“三公”经费"),
}


def draw_years(name: str, history: History) -> Chart | None:
    """The figure `name` over the years with its caption; None where there is nothing to compare."""
    figure, caption = YEARS[name]
    chart = figure(history)
    return chart and chart._replace(caption=caption)


def _bar(year: int, value: Decimal, before: Decimal | None, latest: bool) -> Bar:
    text = fixed(value, 2, thousands=True)
    if before:
        change = Fraction(value - before) * 100 / abs(Fraction(before))
        text += f" · {direction(change, up='+', down='−', level='持平')}{percent(abs(change), 1) if change else ''}"
    return Bar(f"{year} 年度", Fraction(value), text, "focus" if latest else "quiet")


def _trend(history: History, name: str, table: str, row: str, column: str) -> str:
    known = [(p.year, p.value) for p in history.series(table, row, column) if p.value is not None]
    if len(known) < 2:
        return f"{name}只有 {len(known)} 个年度有数"
    (first, then), (last, now) = known[0], known[-1]
    change = Fraction(now - then)
    if not change or not then:
        return f"{last} 年度{name}与 {first} 年度{'持平' if not change else '不可比'}"
    word = direction(change, up="增长", down="下降")
    return f"{last} 年度{name}比 {first} 年度{word} {percent(abs(change) * 100 / abs(Fraction(then)), 1)}"


def _shares(history: History, code: str) -> list[tuple[int, Fraction]]:
    found = []
    for part, whole in zip(
        history.series("T5", code, "合计"), history.series("T5", "合计", "合计"), strict=True
    ):
        year = next(a for a in history.years if a.year == part.year)
        # A class without a row has no money that year; a row without a number is unknown.
        absent = not part.cells and not any(
            bridged(c, part.year, history.latest.year) == code for c in year.rows("T5", "类")
        )
        value = Decimal(0) if absent else part.value
        if value is not None and whole.value and whole.value > 0:
            found.append((part.year, Fraction(value) * 100 / Fraction(whole.value)))
    return found


def _chart(
    history: History,
    title: str,
    what: str,
    panels: Sequence[Panel],
    said: Sequence[str],
    how: str,
    unit: str = "",
) -> Chart | None:
    if not panels:
        return None
    first, last = history.years[0].year, history.latest.year
    parts = [f"{history.latest.department} {first}–{last} 年度{what}", f"单位：{unit or history.unit}", how]
    alt = f"条形图：{title}。{'；'.join(said)}。单位：{unit or history.unit}。"
    return compose(_synthetic(history), title, " · ".join(filter(None, parts)), panels, [], alt)


def _synthetic(history: History) -> bool:
    """One generated year makes the whole chart one of generated data."""
    return any(a.source.is_synthetic for a in history.years)
