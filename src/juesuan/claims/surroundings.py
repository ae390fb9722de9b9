"""What stands around the explanation: years and names on the cover, in the table of contents, in headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from juesuan.accounts import Accounts, Claim
from juesuan.claims.lexer import clean

# A year of three or five digits before 年度 is a slip; one of four must be the year of the accounts.
_YEAR = re.compile(r"(?<!\d)(\d{1,3}|\d{4}|\d{5,6})年?度(?:部门|单位)?(?:决算|收入|支出)")


def around(accounts: Accounts) -> Iterator[Claim]:
    """Claims of the lines outside the explanation, and of the department's name within it."""
    for line in accounts.outline:
        text = clean(line.text).text
        for found in _YEAR.finditer(text):
            yield Claim(
                "year", line.section, line.text[:60], word=found[1], base_name="title", place=line.place,
                sentence=-1, start=found.start(), end=found.end(),
            )  # fmt: skip
        yield from _names(accounts, text, line.section, line.place, -1)
    for index, sentence in enumerate(accounts.sentences):
        words = clean(sentence.text)
        for claim in _names(accounts, words.text, sentence.section, sentence.place, index):
            start, end = words.span(claim.start, claim.end)
            yield replace(claim, start=start, end=end)


def _names(accounts: Accounts, text: str, section: str, place: str, index: int) -> Iterator[Claim]:
    own = str(accounts.department)
    if not own:
        return
    head = own[:2]
    for found in re.finditer(
        rf"{re.escape(head)}[一-鿿]{{1,30}}?{re.escape(own[-1])}(?=\d{{4}}|部门|所属|（|共有)", text
    ):
        name = found[0]
        yield Claim(
            "department", section, text[:60], word=name, about=own, place=place, sentence=index,
            start=found.start(), end=found.end(),
        )  # fmt: skip
