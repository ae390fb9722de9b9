"""The items of a published explanation: initial budget, purpose and reason of each functional code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from juesuan.accounts import Accounts, Cited, Notice, Sentence
from juesuan.layouts import plain
from juesuan.quantity import Quantity
from juesuan.readers.text.phrases import Phrase, said

_LEADING = re.compile(r"^\d+[、.．]")


@dataclass
class Items:
    """The items that were understood, as entries of `disclosure.yml`, and what there is to say about them."""

    entries: list[dict[str, Cited]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def items(accounts: Accounts, phrase: Phrase, paragraphs: Sequence[Sentence], unit: str) -> Items:
    """Each item with its code, found by its names, else by its amount; `unit` is that of the text."""
    result, used = Items(), set[str]()
    for paragraph in (p for p in paragraphs if p.section == phrase.section):
        text = _LEADING.sub("", paragraph.text)
        found = phrase.pattern.match(text)
        if found is None:
            if "（项）" in text[:120]:
                result.notices.append(Notice(paragraph.place, f"没有读懂这一条：“{text[:60]}…”"))
            continue
        groups = {target: name for name, (_, target) in phrase.groups.items() if found[name]}
        words = {target: found[name] for target, name in groups.items()}
        budget, outturn = (said(found, groups[target], unit) for target in ("budget", "outturn"))
        code, doubt = _code(accounts, words, outturn, used)
        if code and budget.unit != unit:
            code, doubt = "", f"年初预算的单位是“{budget.unit}”，与正文的“{unit}”不同，未取数"
        if doubt:
            result.notices.append(Notice(paragraph.place, f"“{text[:40]}…”{doubt}"))
        if code:
            used.add(code)
            entry = {"code": code, "name": accounts.name_of("T5", code), "budget": words["budget"]}
            entry |= {key: words[key] for key in ("purpose", "reason") if key in words}
            result.entries.append({key: Cited.at(value, paragraph.place) for key, value in entry.items()})
    return result


def _code(accounts: Accounts, words: dict[str, str], outturn: Quantity, used: set[str]) -> tuple[str, str]:
    """The code of an item, and the doubt there is about it."""
    rows = {code: name for code, name in accounts.rows("T5", "项").items() if code not in used}
    named = [code for code, name in rows.items() if plain(name) == plain(words["item"])]
    exact = [
        code
        for code in named
        if plain(accounts.name_of("T5", code[:3])) == plain(words["class"])
        and plain(accounts.name_of("T5", code[:5])) == plain(words["division"])
    ]
    if len(exact) == 1:
        return exact[0], ""
    money = outturn.exact() * outturn.scale
    figures = {code: accounts.get("T5", code, "合计") for code in rows}
    same = [code for code, q in figures.items() if q.is_number and q.exact() * q.scale == money]
    for candidates in (named, same):
        if len(both := [code for code in candidates if code in same]) == 1:
            return both[0], f"的科目名称与表中不一致，按金额认作 {both[0]} {rows[both[0]]}"
    return "", "在一般公共预算支出表里找不到对应的科目，未取数"
