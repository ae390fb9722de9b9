"""Numbers that an analyst's own words bring in: they cite their line of disclosure.yml, and are not judged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel

from juesuan.accounts import Accounts, Cited, Claim
from juesuan.claims.lexer import clean

# A figure that the text itself brings in: what it is is settled by its first mention.
FIRST = "只在此处印出，没有别处可以核对"
# So many characters before and behind a number must be the input's too.
_AROUND = 6


def quoted(accounts: Accounts, claim: Claim) -> Claim:
    """A number that nothing proves as a quotation, where its words stand in a prose input; else the claim as it is."""
    if claim.sentence < 0 or not (claim.kind == "unmatched" or claim.note in (FIRST, "reason")):
        return claim
    text = accounts.sentences[claim.sentence].text
    words = clean(text[max(0, claim.start - _AROUND) : claim.end + _AROUND]).text.strip("，。；：、")
    number = clean(text[claim.start : claim.end]).text
    for given in _texts(accounts.disclosure):
        # What was taken out of this very sentence is no source of it.
        if given.place and given.place == claim.place:
            continue
        inside = clean(given).text
        if number in inside and _common(words, inside, number):
            return replace(claim, kind="quoted", note=given.cell)
    return claim


def _common(words: str, inside: str, number: str) -> bool:
    """The number with the character before it or behind it (or alone) stands in the input."""
    at = words.index(number)
    before, after = words[max(0, at - 2) : at + len(number)], words[at : at + len(number) + 2]
    return before in inside or after in inside or inside.rstrip("。；") == number


def _texts(node: object) -> Iterator[Cited]:
    if isinstance(node, Cited):
        yield node
    elif isinstance(node, BaseModel):
        for name, value in node:
            if name != "printed":
                yield from _texts(value)
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)
