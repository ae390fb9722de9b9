"""A claim: one number or word of the published text with the role it plays there."""

from __future__ import annotations

from dataclasses import dataclass

from juesuan.accounts.facts import Fact
from juesuan.quantity import Quantity


@dataclass(frozen=True)
class Claim:
    """What one number, or one word that can be wrong, asserts.

    `kind` is the role (amount, share, completion, change, growth, level, gap, total, list, name, year …);
    `of`, `base` and `about` are formulas over fact addresses; `figure` is the number as printed (blank for
    words) and `word` the printed word. `said` holds the sentence's own figures that the claim speaks of, in
    the order of `of` and `base`. `sentence` is the index in `Accounts.sentences` (−1: not from there),
    `start` and `end` the span within it; `group` joins what one list says.
    """

    kind: str
    section: str
    quote: str
    figure: Quantity = Quantity.blank()
    of: str = ""
    base: str = ""
    base_name: str = ""
    about: str = ""
    relation: str = ""
    word: str = ""
    said: tuple[Fact, ...] = ()
    group: str = ""
    note: str = ""
    place: str = ""
    sentence: int = -1
    start: int = 0
    end: int = 0

    @property
    def span(self) -> tuple[int, int, int]:
        """Sentence, start and end: the same for claims that stand on the same words."""
        return self.sentence, self.start, self.end
