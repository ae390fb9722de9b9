"""Which form fits: decided by the shares alone."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from fractions import Fraction

from juesuan.wording import Number

# Above this share the other bars are too short to be compared beside it.
DOMINANT = 90


class Form(StrEnum):
    """A pie, a treemap or a waterfall shows nothing beside a part of 99.78%: ordered bars always do."""

    SENTENCE = "sentence"
    BARS = "bars"
    BARS_AND_REST = "bars and rest"


def choose(shares: Sequence[Number]) -> Form:
    """The form for parts with these percentages.

    A sentence where fewer than two parts are not 0; a second panel, on a scale of its own, for the
    rest where one part exceeds 90% and at least two others can be compared there; else plain bars.
    """
    drawn = [Fraction(share) for share in shares if share != 0]
    if len(drawn) < 2:
        return Form.SENTENCE
    if len(drawn) > 2 and min(drawn) > 0 and max(drawn) > DOMINANT:
        return Form.BARS_AND_REST
    return Form.BARS
