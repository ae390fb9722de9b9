"""异常: the departments that stand out, as a table of sentences."""

from __future__ import annotations

from juesuan.overview.dataset import Dataset
from juesuan.overview.outliers import outliers
from juesuan.overview.page import shown
from juesuan.overview.settings import settings
from juesuan.overview.summary import names
from juesuan.report.display import Shown
from juesuan.wording import decimal_text


def overview_outliers(data: Dataset) -> Shown:
    """Each outlier in one sentence that leads to its report; what was left out for length is counted."""
    rules, found = settings().outliers, outliers(data)
    listed = [outlier for some in found.values() for outlier in some[: rules.most]]
    if not listed:
        return shown("no_outliers.html.j2", "没有查出异常。", how=how())
    listed.sort(key=lambda o: -(o.line.year or 0))
    letters = {kind: chr(ord("a") + i) for i, kind in enumerate(rules.kinds)}
    left = {
        rules.kinds[kind].name: len(some) - rules.most
        for kind, some in found.items()
        if len(some) > rules.most
    }
    plain = "\n".join(
        f"{o.line.department} {o.line.year} {rules.kinds[o.kind].name}：{o.sentence}" for o in listed
    )
    return shown(
        "outliers.html.j2", plain,
        outliers=listed, kinds=rules.kinds, letters=letters, left=left, names=names(data), years=data.years,
        marks={letters[kind]: f"{rules.kinds[kind].name}（{len(some)}）" for kind, some in found.items() if some},
        page=settings().page, how=how(), total=sum(map(len, found.values())),
    )  # fmt: skip


def how() -> list[str]:
    """By which thresholds a department stands out, a line a kind."""
    rules = settings().outliers
    said = [f"{k.name}：{k.how.format(times=k.times, least=k.least)}。" for k in rules.kinds.values()]
    scale = f"尺度＝{decimal_text(rules.spread)}×绝对离差的中位数；同年度有数的部门少于 {rules.among} 个时不与同年度比较。"
    return [*said, scale, "异常只说一个数与什么相比相差多少，不说原因。"]
