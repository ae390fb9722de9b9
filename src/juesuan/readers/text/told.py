"""What only the words of a published explanation tell: budgets by item, purposes, reasons, counts, last year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from juesuan.accounts import Accounts, Cited, Disclosure, Notice, Sentence
from juesuan.accounts.disclosure import split_address
from juesuan.layouts import plain
from juesuan.quantity import YUAN, Quantity, State
from juesuan.readers.text.phrases import Phrase, phrases

_LEADING = re.compile(r"^\d+[、.．]")


@dataclass
class Told:
    """The inputs found in the text, and what the preparer should know about them."""

    disclosure: Disclosure = field(default_factory=Disclosure)
    notices: list[Notice] = field(default_factory=list)


@dataclass
class _Gathered:
    unit: str
    reasons: dict[str, Cited] = field(default_factory=dict)
    prior: dict[str, Cited] = field(default_factory=dict)
    stated: dict[str, Cited] = field(default_factory=dict)
    paragraphs: dict[str, list[Cited]] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def told(accounts: Accounts, empty: Mapping[str, str], unit: str) -> Told:
    """Read the explanation of `accounts` (its tables are read already) by the phrases of its profile.

    `empty` names the tables whose footnote says that they hold nothing, with the place of the note; `unit`
    is the money unit of the text.
    """
    known, gathered = phrases(accounts.layout.text), _Gathered(unit)
    paragraphs = list(_paragraphs(accounts.sentences))
    if known is not None:
        for phrase in known.figures:
            _figures(accounts, phrase, paragraphs, gathered)
        gathered.fields["items"] = list(_items(accounts, known.items, paragraphs, gathered))
        _imply(accounts, gathered)
    declared = {id: Cited.at(id, place) for id, place in empty.items() if accounts.is_empty(id)}
    printed = {table.id for table in accounts.layout.printed_tables}
    for id, phrase in (known.empty if known else {}).items():
        if id not in printed:
            continue
        for paragraph in paragraphs:
            if paragraph.section.startswith(phrase.section) and phrase.pattern.search(paragraph.text):
                declared.setdefault(id, Cited.at(id, paragraph.place))
    total = gathered.stated.pop("S5[合计].年初预算数", None)
    values = {
        "reasons": gathered.reasons,
        "prior": gathered.prior,
        "stated": gathered.stated,
        "paragraphs": gathered.paragraphs,
        "budget_total": total,
        "empty_tables": [declared[id] for id in sorted(declared)],
        **gathered.fields,
    }
    found = {key: value for key, value in values.items() if value}
    return Told(Disclosure.model_validate(found), gathered.notices)


def _paragraphs(sentences: tuple[Sentence, ...]) -> Iterator[Sentence]:
    for _, group in groupby(sentences, key=lambda s: s.paragraph):
        parts = list(group)
        yield Sentence(parts[0].section, parts[0].place, "".join(p.text for p in parts), parts[0].paragraph)


def _figures(accounts: Accounts, phrase: Phrase, paragraphs: list[Sentence], gathered: _Gathered) -> None:
    for paragraph in paragraphs:
        fits = paragraph.section == phrase.section and phrase.when in paragraph.text
        found = phrase.pattern.search(paragraph.text) if fits else None
        if found is None:
            continue
        if not all(
            _agrees(accounts, target, _said(found, name, gathered.unit), paragraph, gathered)
            for name, (kind, target) in phrase.groups.items()
            if kind == "数" and found[name]
        ):
            return
        for name, (kind, target) in phrase.groups.items():
            _take(accounts, kind, target, name, found, paragraph.place, gathered)
        if not any(target.endswith("*") for _, target in phrase.groups.values()):
            return


def _said(found: re.Match[str], name: str, unit: str) -> Quantity:
    """A number of the text in the unit printed behind it, else in the text's own; 万 stands for 万元."""
    printed = found[f"{name}u"] or unit
    return Quantity.parse(found[name], "万元" if printed == "万" else printed)


def _agrees(
    accounts: Accounts, address: str, said: Quantity, paragraph: Sentence, gathered: _Gathered
) -> bool:
    """A figure of the text beside the one in the tables: another one makes the whole sentence doubtful."""
    printed = accounts.get(*split_address(address))
    if not printed.is_number or said.value is None:
        foreign = said.unit in YUAN and said.unit != gathered.unit
        if foreign:
            wrong = f"写的是 {said.text}{said.unit}，与正文的“{gathered.unit}”不同"
    else:
        allowed, exact = said.interval(), printed.exact() * printed.scale
        foreign = not allowed.low * said.scale <= exact <= allowed.high * said.scale
        wrong = f"写的是 {said.text}，表中 {address} 是 {printed.printed}"
    if foreign:
        text = f"说明{paragraph.section}：正文{wrong}，没有从这句话取数"
        gathered.notices.append(Notice(paragraph.place, text))
    return not foreign


def _take(
    accounts: Accounts,
    kind: str,
    target: str,
    name: str,
    found: re.Match[str],
    place: str,
    gathered: _Gathered,
) -> None:
    if kind == "比":
        _take_prior(accounts, target, name, found, place, gathered)
        return
    text = found[name]
    if not text:
        return
    if kind == "数":
        if not accounts.get(*split_address(target)).is_number:
            gathered.stated.setdefault(target, Cited.at(text, place))
    elif kind == "因":
        gathered.reasons.setdefault(target, Cited.at(text, place))
    else:
        gathered.paragraphs.setdefault(target.rstrip("*"), []).append(Cited.at(text, place))


def _take_prior(
    accounts: Accounts, address: str, name: str, found: re.Match[str], place: str, gathered: _Gathered
) -> None:
    """Last year's figure from the printed change: this year's less the increase."""
    now = accounts.get(*split_address(address))
    if address in gathered.stated:
        now = Quantity.parse(gathered.stated[address])
    way, by = found[f"{name}way"], found[f"{name}by"]
    if now.state is State.BLANK:
        # The text compares what the table leaves blank: nothing spent.
        now = Quantity.of("0.00")
    if now.value is None or not (by or found[f"{name}same"]):
        return
    change = Decimal(by.replace(",", "")) if by else Decimal(0)
    before = now.value - (change if way == "增加" else -change)
    gathered.prior.setdefault(address, Cited.at(str(before), f"{place}（由增减额推得）"))


def _imply(accounts: Accounts, gathered: _Gathered) -> None:
    """Last year's fiscal total where the text does not give it: last year's expenditure and what was carried over.

    What was carried over at last year's end is this year's opening balance (R1202). It takes for granted that
    last year had no expenditure of the two other funds, and says so.
    """
    spent = gathered.prior.get("T5[合计].合计")
    opening = accounts.get("T4", "年初财政拨款结转和结余", "决算数")
    if "T4[收入总计].决算数" in gathered.prior or spent is None or opening.value is None:
        return
    how = "由上年一般公共预算支出与本年年初结转推得，假定上年没有另两本预算的支出"
    gathered.prior["T4[收入总计].决算数"] = Cited.at(str(Decimal(spent) + opening.value), how)
    gathered.notices.append(Notice(spent.place, f"上年财政拨款收入支出总计{how}，请核对"))


def _items(
    accounts: Accounts, phrase: Phrase, paragraphs: list[Sentence], gathered: _Gathered
) -> Iterator[dict[str, Cited]]:
    """The items of section 五（三）, each with its code found by its names, else by its amount."""
    used: set[str] = set()
    for paragraph in paragraphs:
        text = _LEADING.sub("", paragraph.text)
        found = phrase.pattern.match(text) if paragraph.section == phrase.section else None
        if found is None:
            if paragraph.section == phrase.section and "（项）" in text[:120]:
                gathered.notices.append(Notice(paragraph.place, f"没有读懂这一条：“{text[:60]}…”"))
            continue
        said = {target: found[name] for name, (_, target) in phrase.groups.items() if found[name]}
        code, doubt = _code(accounts, said, used)
        if doubt:
            gathered.notices.append(Notice(paragraph.place, f"“{text[:40]}…”{doubt}"))
        if not code:
            continue
        used.add(code)
        entry = {"code": code, "name": accounts.name_of("T5", code), "budget": said["budget"]}
        entry |= {key: said[key] for key in ("purpose", "reason") if key in said}
        yield {key: Cited.at(value, paragraph.place) for key, value in entry.items()}


def _code(accounts: Accounts, said: dict[str, str], used: set[str]) -> tuple[str, str]:
    """The code of an item, and the doubt there is about it."""
    rows = {code: name for code, name in accounts.rows("T5", "项").items() if code not in used}
    named = [code for code, name in rows.items() if plain(name) == plain(said["item"])]
    exact = [
        code
        for code in named
        if plain(accounts.name_of("T5", code[:3])) == plain(said["class"])
        and plain(accounts.name_of("T5", code[:5])) == plain(said["division"])
    ]
    outturn = Quantity.parse(said["outturn"]).value
    same = [code for code in rows if accounts.get("T5", code, "合计").value == outturn]
    if len(exact) == 1:
        return exact[0], ""
    for candidates in (named, same):
        if len(both := [code for code in candidates if code in same]) == 1:
            return both[0], f"的科目名称与表中不一致，按金额认作 {both[0]} {rows[both[0]]}"
    return "", "在一般公共预算支出表里找不到对应的科目，未取数"
