"""The classes of the audit benchmark, what became of their injections, and the table that shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

NAMES = {
    "swap": "相邻两位颠倒（表）", "digit": "一位数字印错（表）", "lost": "漏印一位（表）", "sign": "正负号（表）",
    "ten thousand": "差 10⁴（表）", "wrong cell": "印成另一格的数（表）", "row slide": "一栏错一行（表）",
    "column swap": "两栏对调（表）", "missing table": "缺一张表", "text swap": "相邻两位颠倒（正文）",
    "text digit": "一位数字印错（正文）", "text lost": "漏印一位（正文）", "text ten thousand": "差 10⁴（正文）",
    "stale sentence": "沿用上年的一句", "wrong base": "分母用错", "direction word": "方向词写反", "wrong year": "年度写错",
    "share not adding": "占比凑不足 100", "missing %": "漏 %",
}  # fmt: skip


@dataclass
class Tally:
    """What became of the injections of one class."""

    made: int = 0
    visible: int = 0
    found: int = 0
    errors: int = 0
    true: int = 0
    ranked: int = 0
    missed: list[str] = field(default_factory=list)


def table(tallies: dict[str, Tally], alarms: list[str], books_: int, seconds: float) -> str:
    """The result as Markdown."""
    lines = [
        "| 错误 | 注入 | 看得出 | 查出 | 召回 | 错误级发现 | 指向真处 | 准确 | 真因在前三 |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    total = Tally()
    for kind, t in tallies.items():
        lines.append(_line(NAMES[kind], t))
        for name in ("made", "visible", "found", "errors", "true", "ranked"):
            setattr(total, name, getattr(total, name) + getattr(t, name))
    lines.append(_line("**合计**", total))
    lines.append(f"\n干净的出版物 {books_} 份，误报 {len(alarms)} 项。用时 {seconds:.0f} 秒。")
    return "\n".join(lines) + "\n"


def _share(a: int, b: int) -> str:
    return f"{100 * a / b:.1f}%" if b else "—"


def _line(name: str, t: Tally) -> str:
    cells = (
        name,
        t.made,
        t.visible,
        t.found,
        _share(t.found, t.visible),
        t.errors,
        t.true,
        _share(t.true, t.errors),
        _share(t.ranked, t.visible),
    )
    return "| " + " | ".join(map(str, cells)) + " |"
