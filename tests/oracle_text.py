"""A brute-force judge of the generated text, by the provenance that its generator left in each number."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from juesuan.accounts import Accounts
from juesuan.accounts.disclosure import split_address
from juesuan.narrative import Number, narrative
from oracle import Span, span


def allowed(accounts: Accounts, number: Number) -> Span | None:
    """What a number of the generated text may be, from the cells that it says it comes from; None if not known."""
    cells = [accounts.get(*split_address(a)) for a in number.addresses]
    if not cells or any(not q.is_number for q in cells):
        return None
    if not number.formula:
        low, high = span(cells[0])
        return low / cells[0].scale, high / cells[0].scale
    before = accounts.before(*split_address(number.addresses[0]))
    if len(cells) == 1 and before.is_number:
        (a, b), (c, d) = span(cells[0]), span(before)
        if not number.text.endswith("%"):
            ends = [abs(x) for x in (a - d, b - c)]
            return (min(ends) if (a - d) * (b - c) > 0 else Fraction(0)) / before.scale, max(
                ends
            ) / before.scale
        rates = [abs(x / y - 1) * 100 for x in (a, b) for y in (c, d) if y > 0]
        return (min(rates), max(rates)) if rates else None
    if len(cells) == 2 and number.text.endswith("%"):
        (a, b), (c, d) = span(cells[0]), span(cells[1])
        rates = [100 * x / y for x in (a, b) for y in (c, d) if y > 0]
        return (min(rates), max(rates)) if rates else None
    return None


_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


# The same without the mark: losing it changes the words.
_BARE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def text_breaks(clean: Accounts, sentence: str, changed: str) -> bool:
    """A sentence of the generated text, changed: some number of it is no longer one that its cells allow."""
    old, new = _DIGITS.findall(sentence), _DIGITS.findall(changed)
    if _BARE.sub("#", sentence) != _BARE.sub("#", changed):
        return True
    known: dict[str, list[Number]] = {}
    for block in narrative(clean, "explanation").blocks:
        if sentence in block.text:
            for number in block.numbers:
                known.setdefault(number.text, []).append(number)
    for before, after in zip(old, new, strict=True):
        if before == after:
            continue
        spans = [s for n in known.get(before, []) if (s := allowed(clean, n)) is not None]
        if not spans:
            # A year, or a figure that only the text gives: another one is wrong by what the sentence was made from.
            return True
        value = Decimal(after.rstrip("%").replace(",", ""))
        half = Fraction(1, 2 * 10 ** (len(after.rstrip("%").partition(".")[2])))
        if all(Fraction(value) + half < low or Fraction(value) - half > high for low, high in spans):
            return True
    return False
