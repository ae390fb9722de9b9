"""概况: how many departments and years, how the checks ended, what did not come about."""

from __future__ import annotations

from collections import Counter

from juesuan.findings import SEVERITIES, VERDICTS
from juesuan.overview.dataset import Dataset, years_text
from juesuan.overview.line import Line
from juesuan.overview.page import inline, shown
from juesuan.report.display import Shown, note


def overview_title(data: Dataset) -> Shown:
    """The head of the page: what it covers, in five numbers; it carries the style of the page."""
    done = [line for line in data.lines if line.is_done]
    departments = {line.key for line in data.lines}
    failed, left = (sum(line.mark == mark for line in data.lines) for mark in "fl")
    generated = {line.key for line in data.lines if line.synthetic}
    wrong, errors = sum(bool(line.worst) for line in done), sum(line.worst for line in done)
    # The tables below count what the reports found; an audit may have found more.
    more = errors - sum(line.errors or 0 for line in done)
    elsewhere = f"，其中 {more:,} 项由其他笔记本查出" if more else ""
    keys = [
        ("部门", f"{len(departments):,}", years_text(data.years)),
        ("报告", f"{len(done):,}", "一个部门一个年度一份"),
        ("有错误的报告", f"{wrong:,}", f"共 {errors:,} 项错误{elsewhere}"),
        (
            "未完成",
            f"{failed:,}",
            f"另有 {left:,} 份没有运行" if left else "见“未完成的部门”" if failed else "都完成了",
        ),
    ]
    told = f"{data.title}：{'，'.join(f'{name} {value}' for name, value, _ in keys)}"
    mixed = f"：{len(departments):,} 个部门中的 {len(generated):,} 个" if generated != departments else ""
    return shown(
        "title.html.j2", told, title=data.title,
        data=data, keys=keys, style=inline("overview.css"), synthetic=f"示例数据（合成）{mixed}" if generated else "",
    )  # fmt: skip


def overview_summary(data: Dataset) -> Shown:
    """The verdicts of all departments, year by year, and what appears more than once."""
    rows = data.ask("verdicts")
    plain = "\n".join(
        f"{r['year']} 部门 {r['departments']} 未完成 {r['failed']} 错误 {r['errors']}" for r in rows
    )
    twice = Counter((line.key, line.year, line.department) for line in data.lines)
    repeated = [f"{department} {year} 年度" for (_, year, department), n in twice.items() if n > 1]
    parts = data.ask("parts")
    return shown(
        "summary.html.j2", plain,
        years=rows, groups=_groups(any(r["left"] for r in rows)), repeated=repeated,
        parts=parts if len(parts) > 1 else [],
    )  # fmt: skip


def _groups(left: bool) -> dict[str, dict[str, str]]:
    """The rows of the summary: group → column of `verdicts.sql` → name; what was not run only where there is some."""
    departments = {"departments": "部门", "done": "有报告", "failed": "未完成", "with_errors": "有错误"}
    if left:
        departments["left"] = "未运行"
    found = {f"{severity}s": name for severity, name in SEVERITIES.items()}
    return {"部门（个）": departments, "发现（项）": found, "判断（处）": {"total": "合计", **VERDICTS}}


def overview_failed(data: Dataset) -> Shown:
    """Departments that gave no report, each with its message."""
    failed = [line for line in data.lines if line.mark == "f"]
    others = [(line, name) for line in data.lines for name, status, _ in line.others if status == "failed"]
    left = sum(line.is_left for line in data.lines)
    if not failed and not others:
        return note(f"运行过的都完成了；另有 {left:,} 份没有运行。" if left else "所有部门都完成了。")
    plain = "\n".join(f"{line.department} {line.year or ''} {line.error}" for line in failed)
    return shown("failed.html.j2", plain, lines=failed, others=others, left=left, names=names(data))


def names(data: Dataset) -> dict[str, str]:
    """Key → the name on the page: with that of the run list where several departments have one name, and what is synthetic."""
    lines: dict[str, Line] = {line.key: line for line in data.lines}
    shared = Counter(line.department for line in lines.values())
    mixed = len({line.synthetic for line in data.lines}) > 1

    def name(line: Line) -> str:
        listed = f"（{line.listed}）" if shared[line.department] > 1 and line.listed else ""
        return f"{line.department}{listed}{'〔合成〕' if mixed and line.synthetic else ''}"

    return {key: name(line) for key, line in lines.items()}
