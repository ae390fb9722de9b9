"""How long all relations over many departments take, beside judging one department after another.

`python tests/bench_relations.py [departments] [profile]`: prints departments, checks, seconds and the ratio; asserts
nothing but that both ways say the same where both are run.
"""

from __future__ import annotations

import os
import platform
import sys
import time
from collections import Counter

from juesuan.relations.many import execute_many
from juesuan.relations.model import table_relations
from juesuan.sample import Order, books
from manifold import one_by_one

# How many departments the plain way is timed on.
PLAIN = 200


def main(count: int = 10_000, profile: str = "national") -> None:
    """Generate the departments, then judge them all."""
    began = time.perf_counter()
    accounts = [book.accounts for book in books(Order(profile, count, (2022,), 3))]
    made = time.perf_counter() - began
    facts = sum(len(each.records) for each in accounts)
    print(
        f"{count} departments, {facts} facts, {len(table_relations())} relations (generated in {made:.0f} s)"
    )
    few = accounts[:: max(1, count // PLAIN)][:PLAIN]
    # Books keep what they looked up: both ways get fresh ones.
    began = time.perf_counter()
    plain = sum((one_by_one(each) for each in few), Counter[object]())
    each_plain = (time.perf_counter() - began) / len(few)
    for processes in (1, 2):
        began = time.perf_counter()
        checks = execute_many(accounts, processes=processes)
        seconds = time.perf_counter() - began
        ratio = each_plain * count / seconds
        print(
            f"{len(checks)} checks, {processes} process(es) {seconds:6.1f} s, {seconds / count * 1000:.2f} ms a department; "
            f"one by one {each_plain * 1000:.1f} ms, ratio {ratio:.0f}"
        )
    mine = checks[checks["department"].isin([a.department for a in few])]
    assert len(mine) == plain.total()
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")


if __name__ == "__main__":
    main(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))  # type: ignore[arg-type]
