"""Charts of the overview: the distribution of completion, the structure of expenditure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from juesuan import charts
from juesuan.charts.bars import Bar, Bars
from juesuan.charts.page import compose
from juesuan.overview.dataset import Dataset
from juesuan.overview.ranking import ranked, spreads
from juesuan.overview.robust import quantile
from juesuan.overview.settings import settings
from juesuan.overview.structure import Structure, structures
from juesuan.report.display import Shown, note
from juesuan.wording import fixed, percent


def overview_chart(data: Dataset, name: str) -> charts.Chart | Shown:
    """`distribution` or `structure` of the last year; one sentence where there is nothing to draw.

    KeyError for another name.
    """
    drawn = {"distribution": distribution, "structure": structure}[name](data)
    few = f"同一年度有完成率的部门不到 {settings().outliers.among} 个，不画分布。"
    return drawn or note(few if name == "distribution" else "没有可以成图的数。")


def distribution(data: Dataset) -> charts.Chart | None:
    """How many departments have a completion rate in each group, in the last year in which enough have one."""
    known = spreads(data)
    if not known:
        return None
    year = known[-1].year
    rates = [rate for r in ranked(data, year) if (rate := r.line.completion) is not None]
    low, middle, high = (quantile(rates, Fraction(i, 4)) for i in (1, 2, 3))
    bars = _groups(rates, middle)
    title = f"{year} 年度完成率的中位数为 {percent(middle)}，居中的一半部门在 {percent(low)} 至 {percent(high)} 之间"
    what = f"{data.title} · {year} 年度 {len(rates):,} 个部门 · 条长为部门个数，深色为中位数所在的组"
    said = "；".join(f"{bar.label} {bar.text}" for bar in bars)
    alt = f"条形图：{title}。{said}。完成率＝一般公共预算支出决算数÷年初预算数。"
    notes = ["各组宽窄不等，含下限，不含上限。完成率＝一般公共预算支出决算数÷年初预算数。"]
    chart = compose(_synthetic(data, year), title, what, [Bars("", tuple(bars))], notes, alt)
    return chart._replace(caption=f"{year} 年度完成率的分布")


def _groups(rates: Sequence[Fraction], middle: Fraction) -> list[Bar]:
    """The groups of the settings from the first that holds a department to the last."""
    edges: list[int | None] = [None, *(edge for edge in settings().bins if edge), None]
    found = []
    for low, high in zip(edges, edges[1:], strict=False):
        count = sum(_holds(rate, low, high) for rate in rates)
        label = f"不到 {high}%" if low is None else f"{low}% 及以上" if high is None else f"{low}%–{high}%"
        share = Fraction(count * 100, len(rates))
        role = "focus" if _holds(middle, low, high) else "quiet"
        found.append(Bar(label, Fraction(count), f"{count:,} 个 · {percent(share, 1)}", role))
    while found and not found[0].value:
        found.pop(0)
    while found and not found[-1].value:
        found.pop()
    return found


def _holds(rate: Fraction, low: int | None, high: int | None) -> bool:
    return (low is None or rate >= low) and (high is None or rate < high)


def structure(data: Dataset) -> charts.Chart | None:
    """The largest classes of the last year; the others as one bar, and what the classes leave of the total."""
    years = [year for year in structures(data) if year.classes and year.total > 0]
    if not years:
        return None
    bars = _classes(years[-1])
    year, largest = years[-1], bars[0]
    title = f"{year.year} 年度{largest.label}最多，{largest.text.partition(' · ')[2]}"
    what = f"{data.title} · {year.year} 年度 {year.departments:,} 个部门一般公共预算支出 · 单位：万元"
    alt = f"条形图：{title}。{'；'.join(f'{bar.label} {bar.text}' for bar in bars)}。单位：万元。"
    chart = compose(_synthetic(data, year.year), title, what, [Bars("", tuple(bars))], [], alt)
    return chart._replace(caption=f"{year.year} 年度各类支出")


def _classes(year: Structure) -> list[Bar]:
    ordered = sorted(year.classes.values(), key=lambda c: -c.yuan)
    bars = [_bar(c.label, c.yuan, year.total, "quiet") for c in ordered[: settings().bars]]
    rest = sum((c.yuan for c in ordered[settings().bars :]), Decimal(0))
    if rest:
        bars.append(_bar(f"其余 {len(ordered) - settings().bars} 类", rest, year.total, "rest"))
    first, *others = bars
    return [Bar(first.label, first.value, first.text, "focus"), *others]


def _bar(label: str, yuan: Decimal, total: Decimal, role: str) -> Bar:
    wan, share = Fraction(yuan) / 10_000, Fraction(yuan) * 100 / Fraction(total)
    return Bar(label, wan, f"{fixed(wan, 2, thousands=True)} · 占 {percent(share)}", role)


def _synthetic(data: Dataset, year: int) -> bool:
    """Any generated department makes the whole chart one of generated data."""
    return any(line.synthetic for line in data.lines if line.year == year)
