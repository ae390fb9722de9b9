"""What `settings.yml` says: how much is listed, how rates are grouped, what counts as an outlier."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files

import yaml
from pydantic import BaseModel, ConfigDict


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Kind(_Model):
    """One kind of outlier: its name, its two thresholds, how it is found and the sentence that tells of it."""

    name: str
    how: str
    says: str
    times: int = 0
    least: int = 0


class Outliers(_Model):
    """The thresholds that all kinds share, and the kinds in the order of the page."""

    among: int
    spread: Fraction
    most: int
    kinds: dict[str, Kind]


class Settings(_Model):
    """The whole file."""

    page: int
    ranks: int
    bars: int
    bins: list[int]
    outliers: Outliers


@cache
def settings() -> Settings:
    """The settings, read once."""
    text = files(__package__).joinpath("settings.yml").read_text(encoding="utf-8")
    return Settings.model_validate(yaml.safe_load(text))
