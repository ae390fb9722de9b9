"""How a batch is run."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Order:
    """What the user asked for.

    `out` is a folder or an address; `jobs` how many reports at once, 0 as many as pays; `scheduler` the address of
    a Dask scheduler; `on_fail` a command for when something failed.
    """

    source: str
    out: str = "out"
    jobs: int = 1
    scheduler: str = ""
    resume: bool = False
    keep_going: bool = True
    on_fail: str = ""
    progress: bool = True
