"""How long all relations over many departments take, beside judging one department after another.

`python tests/bench_relations.py [departments] [profile]`, and a part of `make bench`: departments, checks, seconds and
the ratio; asserts nothing but that both ways say the same where both are run.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

from juesuan.relations.many import execute_many
from juesuan.relations.model import table_relations
from juesuan.sample import Order, books
from manifold import one_by_one

# How many departments the plain way is timed on.
PLAIN = 200


def relations_over(count: int = 10_000, profile: str = "national") -> list[str]:
    """Generate the departments, then judge them all; a row of Markdown for each number of processes."""
    began = time.perf_counter()
    accounts = [book.accounts for book in books(Order(profile, count, (2022,), 3))]
    facts = sum(len(each.records) for each in accounts)
    print(f"{count} departments, {facts} facts, generated in {time.perf_counter() - began:.0f} s", flush=True)
    few = accounts[:: max(1, count // PLAIN)][:PLAIN]
    # Books keep what they looked up: both ways get fresh ones.
    began = time.perf_counter()
    plain = sum((one_by_one(each) for each in few), Counter[object]())
    each_plain = (time.perf_counter() - began) / len(few)
    rows = []
    for processes in (1, 2):
        began = time.perf_counter()
        checks = execute_many(accounts, processes=processes)
        seconds = time.perf_counter() - began
        rows.append(
            f"| {count} | {facts} | {len(table_relations())} | {len(checks)} | {processes} | {seconds:.1f} "
            f"| {seconds / count * 1000:.2f} | {each_plain * 1000:.1f} | {each_plain * count / seconds:.0f} |"
        )
        print(rows[-1], flush=True)
    mine = checks[checks["department"].isin([a.department for a in few])]
    assert len(mine) == plain.total()
    return rows


if __name__ == "__main__":
    relations_over(*(int(a) if a.isdigit() else a for a in sys.argv[1:]))  # type: ignore[arg-type]
