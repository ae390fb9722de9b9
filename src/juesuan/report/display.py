"""What notebook cells call: each function returns something that shows itself in a notebook."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from juesuan import charts
from juesuan import narrative as words
from juesuan.accounts import Accounts
from juesuan.findings import Finding, Report
from juesuan.quantity import rate
from juesuan.relations.formula import refs
from juesuan.report import html
from juesuan.report.changes import changes
from juesuan.wording import amount, percent
from juesuan.writers.reading import reading_lines, unjudged

Bundle = tuple[dict[str, str], dict[str, Any]]


@dataclass(frozen=True)
class Shown:
    """HTML for the page, plain text for anything else; `audience` preparer keeps it off the reader's page."""

    html: str
    plain: str = ""
    audience: str = "reader"
    title: str = ""

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        return (
            {"text/html": self.html, "text/plain": self.plain},
            {"juesuan": {"audience": self.audience, "title": self.title}},
        )


@dataclass(frozen=True)
class _Key:
    name: str
    address: str
    value: str
    hint: str


def title(accounts: Accounts) -> Shown:
    """The head of the report: department, year, key figures."""
    name = f"{accounts.department}{accounts.year}年度部门决算报告"
    page = html.render("title.html.j2", accounts=accounts, keys=_keys(accounts))
    return Shown(page, name, title=name)


def _keys(accounts: Accounts) -> list[_Key]:
    def figure(name: str, address: str, hint: str) -> _Key | None:
        (ref,) = refs(address)
        quantity = accounts.get(ref.table, ref.row, ref.column)
        if not quantity.is_number:
            return None
        return _Key(name, address, f"{amount(quantity, thousands=True)} {quantity.unit}", hint)

    keys = [
        figure("收入总计", "T1[收入总计].决算数", "收入支出决算总表"),
        figure("支出总计", "T1[支出总计].决算数", "收入支出决算总表"),
        _completion(accounts),
        figure("“三公”经费", "T7[合计].决算数", "决算数"),
    ]
    return [key for key in keys if key is not None]


def _completion(accounts: Accounts) -> _Key | None:
    outturn, budget = accounts.get("T5", "合计", "合计"), accounts.get("S5", "合计", "年初预算数")
    if not outturn.is_number or not budget.value:
        return None
    done = percent(rate(outturn, budget), accounts.layout.rate_decimals)
    planned = f"年初预算 {amount(budget, thousands=True)} {budget.unit}"
    return _Key("完成年初预算", "S5[合计].年初预算数", done, planned)


def headline(report: Report) -> Shown:
    """One line under the title: how the checks ended. For the preparer only."""
    wrong = [f for f in report.findings if f.severity == "error"]
    found = f"查出 {len(wrong)} 项不符：{'；'.join(f.title for f in wrong)}" if wrong else "没有查出不符"
    text = f"核对：共判断 {report.ledger['total']} 处，{found}。{unjudged(report.accounts)}"
    return Shown(html.render("headline.html.j2", text=text, bad=bool(wrong)), text, audience="preparer")


def reading(accounts: Accounts) -> Shown:
    """读入: which tables were found, what confirms them, what stayed unread. For the preparer only."""
    page = html.render(
        "reading.html.j2", u=accounts.understood, notices=accounts.notices, facts=len(accounts.records)
    )
    return Shown(page, "\n".join(reading_lines(accounts)), audience="preparer")


def proof(report: Report) -> Shown:
    """核对: findings, hypotheses and ledger. For the preparer only."""
    plain = "\n".join(f"[{f.severity}] {f.relation} {f.message}" for f in report.findings)
    return Shown(html.findings(report), plain or "没有需要处理的发现", audience="preparer")


def text(accounts: Accounts, part: str, report: Report | None = None) -> Shown:
    """One part of the text; numbers link to cells, and to findings when a report is given."""
    flagged: list[Finding] = report.findings if report else []
    page, plain = html.text(accounts, part, flagged), words.narrative(accounts, part).text
    if part == "explanation" and accounts.sentences:
        told = "以下说明按表中的数写成，不是公开文件的原文；原文印的数与此不同的，以“读入”和“核对”为准。"
        page = html.render("note.html.j2", text=told) + page
    return Shown(page, plain)


def missing(accounts: Accounts) -> Shown:
    """Reasons and inputs that a person still has to give. For the preparer only."""
    wanted = [m for part in words.PARTS for m in words.narrative(accounts, part).missing]
    if not wanted:
        return note("说明文字所需的内容和原因都已给出。", audience="preparer")
    page = html.render("missing.html.j2", wanted=wanted)
    return Shown(page, "\n".join(wanted), audience="preparer")


def tables(accounts: Accounts, back: dict[str, str] | None = None) -> Shown:
    """The public tables in the profile's order, then the facts that no table carries.

    `back` says where each cell leads back to; None takes the explanation that is written from the cells.
    """
    back = html.mentions(accounts) if back is None else back
    known = [table.id for table in accounts.layout.printed_tables if table.is_known]
    pages = [html.table(accounts, id, back) for id in known]
    return Shown("\n".join([*pages, html.loose_facts(accounts, back)]), "决算报表")


def compared(accounts: Accounts) -> Shown:
    """同比: this year beside the year before; one sentence where the year before is unknown."""
    lines = changes(accounts)
    if not lines:
        reason = accounts.disclosure.no_prior
        return note(f"{reason.short}，没有上年数据可比。" if reason else "没有上年数据，不作同比。")
    page = html.render(
        "changes.html.j2",
        lines=lines,
        year=accounts.year - 1 if accounts.previous is None else accounts.previous.year,
        units=list(dict.fromkeys(line.unit for line in lines)),
        derived=accounts.previous is None,
    )
    return Shown(page, "\n".join(f"{c.name} {c.before} → {c.now} {c.change}" for c in lines))


def chart(accounts: Accounts, name: str) -> charts.Chart | Shown | None:
    """A figure of `juesuan.charts` by name; one sentence where there is nothing to draw."""
    drawn = charts.draw(name, accounts)
    if drawn is not None:
        return drawn
    sentence = charts.sentence(name, accounts)
    return note(sentence) if sentence else None


def note(text: str, audience: str = "reader") -> Shown:
    """One sentence."""
    return Shown(html.render("note.html.j2", text=text), text, audience)


def source(accounts: Accounts, /, **parameters: str) -> Shown:
    """Where the data come from, what is assumed, and this run's parameters, readable as typed."""
    origin = accounts.source
    rows = [
        ("标题", origin.title), ("发布单位", origin.publisher), ("发布日期", origin.date),
        ("内容", "示例数据（合成）" if origin.is_synthetic else "公开披露的真实数据" if origin.real else None),
        *(("据实", line) for line in origin.real), *(("假定", line) for line in origin.assumed),
        *((f"sha256 {name}", digest) for name, digest in origin.sha256.items()),
        *((f"参数 {name}", value) for name, value in parameters.items()),
    ]  # fmt: skip
    given = [(name, value) for name, value in rows if value]
    return Shown(
        html.render("source.html.j2", rows=given),
        "\n".join(f"{n}：{v}" for n, v in given),
        audience="preparer",
    )


__all__ = [
    "Shown",
    "chart",
    "compared",
    "headline",
    "missing",
    "note",
    "proof",
    "reading",
    "source",
    "tables",
    "text",
    "title",
]
