"""More errors put into clean publications: misprinted figures of the text, shares, marks of percentage, missing tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random

from injecting import SLIPS
from injecting_text import Said, _put
from juesuan.accounts import Accounts, Claim
from juesuan.quantity import Quantity


@dataclass(frozen=True)
class Misprinted(Said):
    """A sentence in which one figure is misprinted; `truth` is what it should print."""

    truth: Quantity = Quantity.blank()


_FIGURES = ("amount", "share", "completion", "change", "growth")


def _figures(accounts: Accounts) -> list[Claim]:
    return [c for c in accounts.claims if c.kind in _FIGURES and c.figure.value and c.figure.decimals]


def text_slip(kind: str) -> Callable[[Accounts, Random], Said | None]:
    """One figure of the text misprinted."""

    def inject(accounts: Accounts, rng: Random) -> Said | None:
        claim = rng.choice(_figures(accounts))
        new = SLIPS[kind](claim.figure, rng)
        if new is None or claim.figure.unit == "%" and kind == "ten thousand":
            return None
        text = accounts.sentences[claim.sentence].text[claim.start : claim.end]
        spoiled = _put(accounts, claim, text.replace(claim.figure.printed, new.printed, 1))
        return Misprinted(spoiled, claim.sentence, (), claim.figure)

    return inject


def share_off(accounts: Accounts, rng: Random) -> Said | None:
    """A share that does not add to 100 with the others."""
    shares = [c for c in accounts.claims if c.kind == "share" and c.figure.value]
    if not shares:
        return None
    claim = rng.choice(shares)
    new = (claim.figure.value or Decimal(0)) + Decimal(rng.choice((1, -1)) * rng.randint(2, 40)) / 100
    return (
        Misprinted(_put(accounts, claim, f"{new:.2f}%"), claim.sentence, (), claim.figure)
        if new > 0
        else None
    )


def no_percent(accounts: Accounts, rng: Random) -> Said | None:
    """The mark of a percentage lost."""
    rates = [c for c in accounts.claims if c.kind in ("share", "completion", "growth") and c.figure.value]
    if not rates:
        return None
    claim = rng.choice(rates)
    text = accounts.sentences[claim.sentence].text[claim.start : claim.end]
    return Said(_put(accounts, claim, text.rstrip("%％")), claim.sentence, ())


def no_table(accounts: Accounts, rng: Random) -> Accounts:
    """One of the tables is not there."""
    gone = rng.choice(accounts.tables_read)
    return replace(
        accounts,
        tables_read=tuple(t for t in accounts.tables_read if t != gone),
        records=tuple(f for f in accounts.records if f.table != gone),
    )


TEXT_CLASSES: dict[str, Callable[[Accounts, Random], Said | None]] = {
    **{f"text {name}": text_slip(name) for name in SLIPS if name != "sign"},
    "share not adding": share_off, "missing %": no_percent,
}  # fmt: skip
