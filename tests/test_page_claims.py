"""Percentages and sums of published pages, judged by what their printed operands allow, beside labels made by hand."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from pathlib import Path

import pytest

from juesuan.quantity import Estimate, Interval, Judgement, Quantity, Verdict, judge, ratio, total

CLAIMS = Path(__file__).parents[2] / "shared" / "real" / "page_claims.csv"
FLAGGED = (Verdict.INCONSISTENT, Verdict.TRUNCATED)
# Where the printed digits decide otherwise than the label: place, and the arithmetic.
DIFFERENT = {
    "12+1356+995 vs 2364": "整数：各数 ±0.5，和在 2361.5–2364.5，印出 2363.5–2364.5，相交",
    "38+958 vs 995": "整数：和在 995–997，印出 994.5–995.5，相交",
    "11.8-12.39": "11.8 只印一位：差在 −0.645 与 −0.535 之间，印出 −0.585 与 −0.575 之间，相交",
    "车辆购置 37 vs 73": "36.5/73.5−1 至 37.5/72.5−1 ＝ −50.34% 至 −48.28%，印出 −47.95%，不相交（标注没有写 WRONG）",
    "其他收入0.00，上年0": "上年数为 0，没有增长率（标注只写“零值写法”）",
}


def rows() -> list[dict[str, str]]:
    if not CLAIMS.exists():
        return []
    return list(csv.DictReader(CLAIMS.read_text(encoding="utf-8").splitlines()))


def number(text: str, unit: str = "") -> Quantity:
    found = re.search(r"-?\d+(?:\.\d+)?%?", text)
    assert found, text
    return Quantity.parse(found[0], unit)


def strict(q: Quantity, norm: int) -> Estimate:
    return Estimate.of(q, norm)


def verdict(row: dict[str, str]) -> Verdict:
    """What the product's arithmetic says of one row."""
    kind, operands, printed = row["kind"], row["operands"], row["printed"]
    figures = [Quantity.of(n) for n in re.findall(r"\d+(?:\.\d+)?", operands)]
    # A page that prints whole numbers has none but whole numbers for its norm.
    norm = 2 if any(q.decimals for q in figures) else 0
    if kind == "零值":
        return Verdict.INCONSISTENT if figures[-1].value == 0 else Verdict.EXACT
    if kind == "恒等式":
        return judge(figures[0], strict(figures[1], norm), norm=norm).verdict
    if "却大于" in operands:
        # 完成 100% and more than the budget by so much that the printed digits cannot hide it.
        return (
            Verdict.INCONSISTENT
            if number(printed, "%").interval().high <= 100 + Fraction(1, 2)
            else Verdict.EXACT
        )
    if kind == "合计":
        parts, whole = (figures[:-1], figures[-1]) if "vs" in operands else (figures, number(printed))
        return _either(
            whole, [total(strict(q, norm) for q in parts), total(Estimate.of(q) for q in parts)], norm
        )
    if kind in ("增减额", "差值"):
        a, b = figures
        sides = [strict(a, norm) + strict(b, norm).weighted(-1), Estimate.of(a) + Estimate.of(b).weighted(-1)]
        sign = -1 if "减少" in printed else 1
        return _either(number(printed), [side.weighted(sign) for side in sides], norm)
    if " vs " in operands:
        now, before = (Estimate.of(q) for q in figures)
        growth = now.range.divided_by(before.range)
        assert growth is not None
        point = (now.point / before.point - 1) * 100
        return judge(number(printed + "%"), Estimate(point, growth * 100 + Interval.point(-100))).verdict
    part, base = figures
    sign = -1 if operands.startswith("-") else 1
    strictly, loosely = (
        ratio(Estimate.of(part, d), Estimate.of(base, d), share=kind == "占比") for d in (2, None)
    )
    assert strictly is not None
    assert loosely is not None
    return judge(number(printed), strictly.weighted(sign), lenient=loosely.weighted(sign)).verdict


def _either(printed: Quantity, readings: list[Estimate], norm: int) -> Verdict:
    found: Judgement = judge(printed, readings[0], norm=norm, lenient=readings[1])
    return found.verdict


@pytest.mark.skipif(not rows(), reason="../shared/real is absent")
def test_flagged_exactly_where_the_operands_leave_no_room() -> None:
    labelled = {r["operands"] for r in rows() if r["verdict"].startswith(("WRONG", "截断"))}
    flagged = {r["operands"] for r in rows() if verdict(r) in FLAGGED}
    assert flagged ^ labelled == set(DIFFERENT)
    assert len(flagged) >= 5
