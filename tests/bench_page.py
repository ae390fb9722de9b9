"""docs/benchmarks.md and its chart, from what the benchmark measured."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from juesuan.charts.bars import Bar, Bars
from juesuan.charts.page import compose

if TYPE_CHECKING:
    from bench import Row

DOCS = Path(__file__).parents[1] / "docs"
_TOOLS = ("papermill", "nbconvert", "ipykernel", "matplotlib", "distributed")
_MARKS = re.compile(r"<!-- result -->.*<!-- end -->", re.DOTALL)


def write_page(
    rows: Sequence[Row],
    growth: Sequence[Row],
    one: tuple[Row, Row],
    relations: Sequence[str],
    reading: Sequence[str],
) -> None:
    """Put the tables between the marks of docs/benchmarks.md and draw the chart beside it."""
    base, floor = rows[1].seconds, rows[-1].seconds
    parts = [
        "| 做法 | 份数 | 秒/份 | 份/秒 | CPU 秒/份 | 内存峰值 MB | 网页 KB | 是两个循环的几倍 | 比下限多（秒/份） |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
        *(_line(r, base, floor) for r in rows),
        "",
        "![各种做法每份报告的秒数](benchmarks.svg)",
        "",
        "| 部门数（--jobs 2） | 总秒数 | 秒/份（含启动和总览页） | 一份的中位数（秒） | 内存峰值 MB | 前 50 份后的内存 | 结束前的内存 |",
        "|--:|--:|--:|--:|--:|--:|--:|",
        *(_grown(r) for r in growth),
        "",
        f"一个部门：`juesuan report` {one[0].used.seconds:.2f} 秒，papermill 再 nbconvert {one[1].used.seconds:.2f} 秒，"
        f"后者是前者的 {one[1].used.seconds / one[0].used.seconds:.2f} 倍。",
    ]  # fmt: skip
    head = "| 部门 | 数 | 关系 | 判断 | 进程 | 秒 | 毫秒/部门 | 逐个部门（毫秒） | 倍 |"
    parts += [
        "",
        "全部表内关系一次判断许多部门（生成数据不计）：",
        "",
        head,
        "|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
        *relations,
    ]
    if reading:
        parts += [
            "",
            "| 读 PDF（页） | 本程序（秒） | pdfplumber（秒） | 倍 |",
            "|--:|--:|--:|--:|",
            *reading,
        ]
    tools = "，".join(f"{name} {version(name)}" for name in _TOOLS)
    parts += [
        "",
        f"机器：{platform.machine()}，{os.cpu_count()} 个处理器，Python {platform.python_version()}，{tools}。",
    ]
    path = DOCS / "benchmarks.md"
    text = "<!-- result -->\n" + "\n".join(parts) + "\n<!-- end -->"
    path.write_text(_MARKS.sub(lambda _: text, path.read_text(encoding="utf-8")), encoding="utf-8")
    (DOCS / "benchmarks.svg").write_text(_chart(rows), encoding="utf-8")


def _line(row: Row, base: float, floor: float) -> str:
    return (
        f"| {row.name} | {row.reports} | {row.seconds:.3f} | {1 / row.seconds:.2f} | {row.cpu:.2f} | {row.used.peak:.0f} "
        f"| {row.html:.0f} | {base / row.seconds:.1f} | {row.seconds - floor:.2f} |"
    )


def _grown(row: Row) -> str:
    memory = row.used.memory
    # The start and the index at the end are not the work of the workers.
    first = memory[len(memory) * 8 // 100 : len(memory) * 12 // 100]
    last = memory[len(memory) * 85 // 100 : len(memory) * 95 // 100]
    shown = (f"{sum(m) / len(m):.0f}" if len(memory) > 200 else "—" for m in (first, last))
    return (
        f"| {row.reports} | {row.used.seconds:.1f} | {row.seconds:.3f} | {median(row.each):.3f} | {row.used.peak:.0f} "
        f"| {' | '.join(shown)} |"
    )


def _chart(rows: Sequence[Row]) -> str:
    bars = [
        Bar(
            row.name,
            Fraction(row.seconds),
            f"{row.seconds:.2f} 秒",
            "focus" if "juesuan" in row.name else "quiet",
        )
        for row in rows
    ]
    title = f"一份报告 {rows[4].seconds:.2f} 秒，两个循环要 {rows[1].seconds:.2f} 秒"
    alt = f"条形图：{title}。" + "；".join(f"{bar.label} {bar.text}" for bar in bars)
    made = compose(True, title, "每份报告的秒数，含启动，同一批合成部门", [Bars("", tuple(bars))], [], alt)
    return made.svg()
