"""Facts of several departments as one table, as a batch would hold them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from juesuan.accounts import Accounts
from juesuan.writers.facts import write_facts


def frame_of(accounts: Sequence[Accounts], path: Path | None) -> pd.DataFrame:
    """The tidy facts one below another; with `path` each went through a file first."""
    frames = []
    for each in accounts:
        frames.append(each.facts if path is None else pd.read_parquet(write_facts(each, path)))
    return pd.concat(frames, ignore_index=True)
