"""Items written by their place in the classification: …（类）…（款）…（项）, matched with the rows of the table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from juesuan.accounts import Accounts, Claim
from juesuan.claims.lexer import Token
from juesuan.claims.lexicon import Item
from juesuan.classification import codes
from juesuan.layouts import plain

_NAME = r"[^，。；：（）\d]+?(?:（(?![类款项]）)[^（）]*）[^，。；：（）\d]*?)*"
_PATH = re.compile(rf"(?P<c>{_NAME})（类）(?:(?P<d>{_NAME})（款）(?:(?P<i>{_NAME})（项）)?)?")
_OUTTURN = re.compile(r"决算数?为?(-?\d[\d,]*(?:\.\d+)?)")
_LEVELS = (("c", "类", 3), ("d", "款", 5), ("i", "项", 7))
_NOTHING = re.compile(r"(?:支出)?(?:决算)?数?为?0(?:\.0+)?(?:万元|元)")
# Below this likeness of its last name an item is none of the rows.
_ALIKE = 0.6


def table_of(title: str) -> str:
    """The table that a section's coded items stand in."""
    return "T8" if "基金" in title else "T9" if "国有资本" in title else "T5"


def _spent(table: str) -> str:
    """The column of a table that holds what was spent."""
    return "合计" if table == "T5" else "本年支出"


def coded(accounts: Accounts, text: str, title: str, ahead: str) -> Iterator[tuple[Token, list[Claim]]]:
    """Each coded item as a token, with claims about names that differ; `ahead` is the rest of the paragraph."""
    table = table_of(title)
    for found in _PATH.finditer(text):
        start = found.start() + len(found["c"]) - len(found["c"].lstrip("、.其中"))
        names = [found[key].lstrip("、.") for key, _, _ in _LEVELS if found[key]]
        level, length = _LEVELS[len(names) - 1][1:]
        code = _code(accounts, table, names, level, length, ahead[found.end() :])
        row = code or names[-1]
        cells = {"outturn": f"{table}[{row}].{_spent(table)}"}
        cells |= {"initial": f"S5[{row}].年初预算数"} if table == "T5" else {}
        token = Token("item", found[0], start, found.end(), Item(names[-1], cells))
        yield token, list(_misnamed(accounts, table, code, names, found))


def _code(accounts: Accounts, table: str, names: list[str], level: str, length: int, ahead: str) -> str:
    rows = accounts.rows(table, level)
    if not rows:
        listed = [c.code for c in codes("functional", accounts.year).values() if c.name == names[-1]]
        return next((c for c in listed if len(c) == length), "")
    printed = _OUTTURN.search(ahead.partition("（项）")[0])
    money = printed[1].replace(",", "") if printed else ""

    def likeness(code: str) -> tuple[bool, float, bool]:
        own = [accounts.name_of(table, code[:n]) for n in (3, 5, 7)[: len(names)]]
        alike = [SequenceMatcher(None, plain(a), plain(b)).ratio() for a, b in zip(own, names, strict=True)]
        same = accounts.get(table, code, _spent(table)).printed == money
        return all(a == 1 for a in alike), alike[-1] * 3 + sum(alike[:-1]) + same, same

    best = max(rows, key=likeness)
    last = SequenceMatcher(None, plain(rows[best]), plain(names[-1])).ratio()
    return best if last >= _ALIKE or likeness(best)[2] else ""


def _misnamed(
    accounts: Accounts, table: str, code: str, names: list[str], found: re.Match[str]
) -> Iterator[Claim]:
    after = found.string[found.end() :]
    # 外交（类）支出0万元: some provinces list every class, and one without money needs no row.
    if not code and _NOTHING.match(after):
        return
    for (key, level, length), name in zip(_LEVELS, names, strict=False):
        row = accounts.name_of(table, code[:length]) if code else ""
        in_table = bool(code) and code[:length] in accounts.rows(table)
        # 公共安全（类）支出: the name goes on behind the bracket.
        shown = f"{name}支出" if plain(row) == plain(f"{name}支出") else name
        yield Claim(
            "name", "", f"{name}（{level}）", word=shown, of=code[:length], about=row if in_table else "",
            note=table, start=found.end(key) - len(name), end=found.end(key),
        )  # fmt: skip
