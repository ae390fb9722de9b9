"""Printed numbers, the intervals they stand for, and verdicts on them."""

from juesuan.quantity.estimate import Estimate, rate, ratio, tallies, total
from juesuan.quantity.interval import Interval
from juesuan.quantity.printed import COUNTED, YUAN, Quantity, State
from juesuan.quantity.verdict import Judgement, Verdict, judge

__all__ = [
    "COUNTED",
    "YUAN",
    "Estimate",
    "Interval",
    "Judgement",
    "Quantity",
    "State",
    "Verdict",
    "judge",
    "rate",
    "ratio",
    "tallies",
    "total",
]
