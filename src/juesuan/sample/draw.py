"""Draws that repeat for a seed: a stream for each subject, whole numbers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, TypeVar

import yaml

Thing = TypeVar("Thing")


def stream(*subject: object) -> Random:
    """The random stream of a subject: another subject draws from another one, whatever this one has drawn."""
    return Random("/".join(map(str, subject)))


def chance(rng: Random, percent: int) -> bool:
    """True in `percent` of 100 cases."""
    return rng.randrange(100) < percent


def some(rng: Random, things: Sequence[Thing], least: int, most: int) -> list[Thing]:
    """Between `least` and `most` of the things, in their own order."""
    count = min(len(things), rng.randint(least, most))
    chosen = set(rng.sample(range(len(things)), count))
    return [thing for i, thing in enumerate(things) if i in chosen]


def about(rng: Random, amount: int, low: int = 80, high: int = 125) -> int:
    """An amount between `low` and `high` per cent of `amount`, to the last digit."""
    return amount * rng.randrange(low * 10_000, high * 10_000 + 1) // 1_000_000


def split(rng: Random, total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """`total` in parts roughly as the weights say; they add up to it exactly and none is negative."""
    if not weights:
        return {}
    drawn = {name: weight * rng.randrange(500, 1500) for name, weight in weights.items()}
    whole = sum(drawn.values())
    parts = {name: total * weight // whole for name, weight in drawn.items()}
    parts[max(drawn, key=lambda name: drawn[name])] += total - sum(parts.values())
    return parts


@cache
def data(name: str) -> dict[str, Any]:
    """One of the data files beside this module."""
    loaded = yaml.safe_load(files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8"))
    return dict(loaded)
