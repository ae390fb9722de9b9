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
from juesuan.quantity import YUAN, Quantity, State
from juesuan.readers.text.items import items
from juesuan.readers.text.phrases import Phrase, phrases, said


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
        found_items = items(accounts, known.items, paragraphs, unit)
        gathered.fields["items"] = found_items.entries
        gathered.notices += found_items.notices
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
            _agrees(accounts, target, said(found, name, gathered.unit), paragraph, gathered)
            for name, (kind, target) in phrase.groups.items()
            if kind == "数" and found[name]
        ):
            return
        for name, (kind, target) in phrase.groups.items():
            _take(accounts, kind, target, name, found, paragraph.place, gathered)
        if not any(target.endswith("*") for _, target in phrase.groups.values()):
            return


def _agrees(
    accounts: Accounts, address: str, stated: Quantity, paragraph: Sentence, gathered: _Gathered
) -> bool:
    """A figure of the text beside the one in the tables: another one makes the whole sentence doubtful."""
    printed = accounts.get(*split_address(address))
    if not printed.is_number or stated.value is None:
        foreign = stated.unit in YUAN and stated.unit != gathered.unit
        if foreign:
            wrong = f"写的是 {stated.text}{stated.unit}，与正文的“{gathered.unit}”不同"
    else:
        allowed, exact = stated.interval(), printed.exact() * printed.scale
        foreign = not allowed.low * stated.scale <= exact <= allowed.high * stated.scale
        wrong = f"写的是 {stated.text}，表中 {address} 是 {printed.printed}"
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
        now = Quantity.parse(gathered.stated[address], gathered.unit)
    way = found[f"{name}way"]
    if now.state is State.BLANK:
        # The text compares what the table leaves blank: nothing spent.
        now = Quantity.of("0.00", now.unit)
    if now.value is None or not (way or found[f"{name}same"]):
        return
    change = Decimal(0)
    if way:
        by = said(found, f"{name}by", gathered.unit)
        assert by.value is not None, "the pattern takes numbers only"
        # In the unit of this year's figure; both are powers of ten apart, so nothing is lost.
        change = by.value * by.scale / now.scale
    before = now.value - (change if way == "增加" else -change)
    gathered.prior.setdefault(address, Cited.at(f"{before:f}", f"{place}（由增减额推得）"))


def _imply(accounts: Accounts, gathered: _Gathered) -> None:
    """Last year's fiscal total where the text does not give it: last year's expenditure and what was carried over.

    What was carried over at last year's end is this year's opening balance (R1202). It takes for granted that
    last year had no expenditure of the two other funds, and says so.
    """
    spent = gathered.prior.get("T5[合计].合计")
    opening = accounts.get("T4", "年初财政拨款结转和结余", "决算数")
    same_unit = opening.unit == accounts.get("T5", "合计", "合计").unit
    if "T4[收入总计].决算数" in gathered.prior or spent is None or opening.value is None or not same_unit:
        return
    how = "由上年一般公共预算支出与本年年初结转推得，假定上年没有另两本预算的支出"
    gathered.prior["T4[收入总计].决算数"] = Cited.at(str(Decimal(spent) + opening.value), how)
    gathered.notices.append(Notice(spent.place, f"上年财政拨款收入支出总计{how}，请核对"))
