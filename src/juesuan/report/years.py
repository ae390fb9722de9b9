"""What the comparison notebook calls: one department over several years."""

from __future__ import annotations

from juesuan import charts
from juesuan.accounts import History
from juesuan.report import html
from juesuan.report.changes import TOTALS
from juesuan.report.display import Shown, note
from juesuan.wording import fixed


def years_title(history: History) -> Shown:
    """The head of the comparison: department and years, and what there is to know about the reading."""
    years = [str(a.year) for a in history.years]
    name = f"{history.latest.department}{years[0]}–{years[-1]}年度决算比较"
    page = html.render("years_title.html.j2", name=name, history=history)
    return Shown(page, name, title=name)


def years_table(history: History) -> Shown:
    """Totals, then the classes of the general budget expenditure: one column a year, exact as printed."""
    lines = [(name, history.series(*place)) for name, *place in TOTALS]
    lines += [(label, history.series("T5", code, "合计")) for code, label in history.rows("T5", "类").items()]
    known = [(name, points) for name, points in lines if any(p.value is not None for p in points)]
    rows = [
        (name, [("" if p.value is None else fixed(p.value, 2, thousands=True), p) for p in points])
        for name, points in known
    ]
    page = html.render("years_table.html.j2", rows=rows, history=history)
    return Shown(page, "\n".join(f"{name} {' '.join(text for text, _ in cells)}" for name, cells in rows))


def years_bridges(history: History) -> Shown:
    """Which codes changed their name, and which money was followed to another code."""
    moved = sorted(
        {
            (p.year, " + ".join(p.parts), code)
            for code in history.rows("T5", "款")
            for p in history.series("T5", code, "合计")
            if p.parts
        }
    )
    if not history.renamed and not moved:
        return note("各年的科目名称和编码相同，没有需要接续的。")
    page = html.render("years_bridges.html.j2", renamed=history.renamed, moved=moved)
    return Shown(page, "\n".join(history.renamed))


def years_chart(history: History, name: str) -> charts.Chart | Shown:
    """A figure of `juesuan.charts.YEARS` by name; one sentence where the years give nothing to compare."""
    drawn = charts.draw_years(name, history)
    return drawn or note(f"{charts.YEARS[name][1]}：没有可以成图的比较。")
