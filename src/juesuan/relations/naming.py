"""The kinds about names: codes as in the table, the department's own name, the items of 主要包括 lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher

from juesuan.accounts import Accounts, Claim
from juesuan.classification import codes, level_of
from juesuan.layouts import plain
from juesuan.quantity import Judgement, Quantity, Verdict
from juesuan.quantity.verdict import not_assessable
from juesuan.relations.model import Check, Relation
from juesuan.relations.stated import check_of, claimed

_EXACT = Judgement(Verdict.EXACT)
# A name this much (in percent) like the department's own is meant to be it.
_ALIKE = 86
_BETWEEN = re.compile(r"[、，；：]")


def _wrong(note: str) -> Judgement:
    return Judgement(Verdict.INCONSISTENT, note=note)


def names(accounts: Accounts, relation: Relation) -> Iterator[Check]:
    """Names of codes as in the table, the department's own name, the names of 主要包括 lists."""
    for claim in claimed(accounts, relation, "name"):
        yield check_of(accounts, relation, claim, _name(accounts, claim))
    for claim in claimed(accounts, relation, "department"):
        alike = SequenceMatcher(None, claim.word, claim.about).ratio()
        if alike * 100 >= _ALIKE:
            same = plain(claim.word) == plain(claim.about)
            judgement = _EXACT if same else _wrong(f"单位名称写作“{claim.word}”，与“{claim.about}”不同")
            yield check_of(accounts, relation, claim, judgement)
    for claim in claimed(accounts, relation, "list"):
        yield from (check_of(accounts, relation, claim, j) for j in _list(accounts, claim))


def _name(accounts: Accounts, claim: Claim) -> Judgement:
    level = {3: "类", 5: "款", 7: "项"}.get(len(claim.of), "")
    table = claim.note
    if not accounts.rows(table, level or "类"):
        return not_assessable("表里没有这一级科目，名称无从核对")
    if not claim.of:
        return _wrong(f"表里没有“{claim.word}”这一科目")
    if not claim.about:
        return not_assessable(f"表里没有 {claim.of} 一行，名称无从核对")
    if plain(claim.about) == plain(claim.word):
        return _EXACT
    return _wrong(f"科目 {claim.of} 在表中是“{claim.about}”，文字写作“{claim.word}”")


def _list(accounts: Accounts, claim: Claim) -> Iterator[Judgement]:
    """Which listed names have no money, and which with money a list that does not end with 等 leaves out."""
    classes = (
        ("301", "303", "313") if "人员" in claim.of else ("302", "307", "309", "310", "311", "312", "399")
    )
    rows = {c: n for c, n in accounts.rows("T6", "款").items() if c[:3] in classes}
    spent = {plain(n): accounts.get("T6", c, "决算数") for c, n in rows.items()}
    if "T6" not in claim.of or not any(q.is_number for q in spent.values()):
        yield not_assessable("经济分类的各款没有印出，所列项目无从核对")
        return
    known = {plain(c.name) for c in codes("economic", accounts.year).values() if level_of(c.code) == "款"}
    listed = [
        plain(w.strip("：。")).removesuffix("等") for w in _BETWEEN.split(claim.word) if w.strip("：。等")
    ]
    named = {_row(word, spent) or word for word in listed}
    empty = [w for w in dict.fromkeys(listed) if _is_empty(w, spent, known)]
    ends = claim.word.rstrip("。；").endswith(("等", "等支出", "等费用"))
    left = [] if ends else [n for n, q in spent.items() if q.value and n not in named]
    if not named & set(spent) and not empty:
        yield not_assessable("所列的不是经济分类科目的名称")
        return
    said = []
    if empty:
        said.append(f"写了“{'、'.join(empty)}”，表中这些款没有支出")
    if left:
        amounts = "、".join(f"{n} {spent[n].printed}" for n in left)
        said.append(f"表中有支出的“{amounts}”没有列出")
    yield _wrong("；".join(said)) if said else _EXACT


def _row(word: str, spent: Mapping[str, Quantity]) -> str:
    """The row that a listed word means: the same name, or the same but for 支出, 费用, 费."""
    if word in spent:
        return word
    short = _short(word)
    return next((name for name in spent if _short(name) == short), "")


def _short(word: str) -> str:
    return re.sub(r"(?:支出|费用|缴费|费)+$", "", word)


def _is_empty(word: str, spent: Mapping[str, Quantity], known: set[str]) -> bool:
    row = _row(word, spent)
    if row:
        return not spent[row].value
    return word in known or any(_short(word) == _short(k) for k in known)
