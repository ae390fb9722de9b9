"""What the cells of the audit notebook call: the document's own text, its findings, what is left, what was not judged."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from juesuan.accounts import Accounts
from juesuan.findings import VERDICTS, Report
from juesuan.findings.decisions import DECISIONS, Decision, decide, decisions_file, gone, read_decisions
from juesuan.readers import locate
from juesuan.relations import residuals
from juesuan.report import html
from juesuan.report.display import Shown, note, tables
from juesuan.report.handoff import by_relation
from juesuan.report.marked import MARKS, counts, findings_shown, sections, ways_back
from juesuan.wording import decimal_text, fixed


def audit_title(report: Report) -> Shown:
    """The head of the audit page: whose document, how it ended, how many numbers were proven."""
    accounts = report.accounts
    name = f"{accounts.department}{accounts.year}年度决算公开文件核对"
    severities = Counter(f.severity for f in report.findings)
    numbers = counts(report)
    page = html.render(
        "audit_title.html.j2", accounts=accounts, severities=severities, numbers=numbers, total=sum(numbers.values()),
        ledger=report.ledger, marks=MARKS,
    )  # fmt: skip
    plain = (
        f"{name}：错误 {severities['error']}，警告 {severities['warning']}，正文 {sum(numbers.values())} 个数"
    )
    return Shown(page, plain, title=name)


def audit_findings(report: Report, path: str | Path = "") -> Shown:
    """Findings by cause with the analyst's decisions on them; `path` is where the accounts were read from."""
    kept = decisions_of(path) if path else {}
    plain = "\n".join(f"[{f.severity}] {f.id} {f.title}：{f.message}" for f in report.findings)
    lost = [f"{id} {d.title}".strip() for id, d in gone(report, kept).items()]
    page = html.findings(report, kept, DECISIONS, lost, findings_shown(list(sections(report))))
    return Shown(page, plain or "没有需要处理的发现")


def decisions_of(path: str | Path) -> dict[str, Decision]:
    """The decisions kept beside the accounts at `path`."""
    return read_decisions(decisions_file(locate(path)))


def decide_on(report: Report, path: str | Path, id: str, decision: str, note: str = "") -> Shown:
    """Keep a decision (accepted, explained, open) on a finding in the file beside the accounts."""
    file = decide(report, id, decision, note, path=decisions_file(locate(path)))
    return Shown(
        html.render("note.html.j2", text=f"{id}：{DECISIONS[decision]}，记在 {file.name}"),
        audience="preparer",
    )


def marked_text(report: Report) -> Shown:
    """The published text as it was written, each number marked by its verdict and leading to its cell."""
    if not report.accounts.sentences:
        return note("没有读到情况说明的正文。")
    page = html.render("marked.html.j2", sections=list(sections(report)), counts=counts(report), marks=MARKS)
    return Shown(page, "\n".join(s.text for s in report.accounts.sentences))


def audit_tables(report: Report) -> Shown:
    """The public tables, each cell that the text prints with a way back to it."""
    return tables(report.accounts, ways_back(list(sections(report))))


def unmatched(report: Report) -> Shown:
    """The numbers of the text that no role was found for."""
    loose = [c for c in report.accounts.claims if c.kind == "unmatched"]
    if not loose:
        return note("正文里的数都对上了。" if report.accounts.sentences else "没有读到情况说明的正文。")
    page = html.render("unmatched.html.j2", loose=loose)
    return Shown(page, "\n".join(f"{c.section} {c.quote}" for c in loose))


def residual_table(accounts: Accounts) -> Shown:
    """非财政拨款支出 by code: T3 − (T5 + T8 + T9), with the rounding that the printed digits leave."""
    rows = residuals(accounts)
    if not rows:
        return note("没有读到支出决算表或一般公共预算支出表，余额表从缺。")
    decimals = accounts.layout.decimals
    shown = [
        (
            r,
            fixed(r.estimate.point, decimals),
            r.estimate.range.low <= 0 <= r.estimate.range.high,
            r.estimate.range.high < 0,
        )
        for r in rows
    ]
    unit = rows[0].unit
    page = html.render("residuals.html.j2", rows=shown, unit=unit, decimal=decimal_text)
    return Shown(page, "\n".join(f"{r.code or ''} {r.label} {text}" for r, text, *_ in shown))


def coverage(report: Report) -> Shown:
    """The ledger by relation: how many instances ended in each verdict, and which relations had nothing to judge."""
    why: dict[str, Counter[str]] = {}
    for check in report.checks:
        if check.judgement.verdict.value in ("not_assessable", "not_applicable") and check.judgement.note:
            why.setdefault(check.relation.id, Counter())[check.judgement.note] += 1
    rows = [
        (r, counts, why[r.id].most_common(1)[0][0] if r.id in why else "")
        for r, counts in by_relation(report)
    ]
    page = html.render("coverage.html.j2", rows=rows, verdicts=VERDICTS, ledger=report.ledger)
    return Shown(page, f"{len(rows)} 条关系，{report.ledger['total']} 处")
