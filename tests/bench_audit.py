"""The published benchmark of the audit: clean publications with errors injected one at a time (`make bench-audit`).

Writes docs/audit-benchmark.md. Arguments: injections a class (default 200), clean books (default 1000).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from tqdm import tqdm

import injecting
import injecting_text
from bench_tables import NAMES, Tally, table
from injecting_more import TEXT_CLASSES, Misprinted, no_table
from juesuan.accounts import Accounts
from juesuan.findings import Finding, check
from juesuan.layouts import names
from juesuan.narrative.proof import read_back
from juesuan.quantity import Verdict
from juesuan.sample import Order, books
from oracle import Sums
from oracle_text import text_breaks

DOCS = Path(__file__).parents[1] / "docs" / "audit-benchmark.md"


def publications(count: int, seed: int) -> Iterator[Accounts]:
    """Clean synthetic publications of all profiles in turn: tables, and the text read back."""
    profiles = names()
    for i in range(count):
        *_, last = books(Order(profiles[i % len(profiles)], 1, (2023, 2024), seed + i))
        yield read_back(last.accounts)


def errors(accounts: Accounts) -> list[Finding]:
    """What a careful reader would take for wrong."""
    return [f for f in check(accounts).findings if f.severity == "error"]


def in_tables(kind: str, clean: Accounts, rng: Random, tally: Tally) -> None:
    """One injection into a table."""
    injected = injecting.CLASSES[kind](clean, rng)
    if injected is None:
        return
    tally.made += 1
    spoiled = injected.accounts
    told = errors(spoiled)
    if Sums(spoiled).broken() or _text_broken(clean, injected.truth):
        tally.visible += 1
        tally.found += bool(told)
        tally.ranked += any(injecting.rank(f, injected) for f in told)
        if not told:
            tally.missed.append(f"{clean.layout.name} {next(iter(injected.truth))}")
    tally.errors += len(told)
    tally.true += sum(_touches(f, set(injected.truth)) for f in told)


def _text_broken(clean: Accounts, truth: dict[str, object]) -> bool:
    """The text prints the old figure of a changed cell."""
    return any(c.of in truth and c.kind == "amount" for c in clean.claims)


def _touches(finding: Finding, cells: set[str]) -> bool:
    places = {finding.address, *(p.address for p in finding.places), *(p.about for p in finding.places)}
    tables = {c.partition("[")[0] for c in cells}
    return (
        bool(places & cells)
        or any(p.partition("[")[0] in tables for p in places)
        or any(h.address in cells for h in finding.hypotheses)
    )


def in_text(kind: str, clean: Accounts, rng: Random, tally: Tally) -> None:
    """One injection into the text."""
    classes = injecting_text.CLASSES | TEXT_CLASSES
    said = classes[kind](clean, rng)
    if said is None:
        return
    tally.made += 1
    before, after = clean.sentences[said.sentence], said.accounts.sentences[said.sentence]
    told = errors(said.accounts)
    if text_breaks(clean, before.text, after.text):
        tally.visible += 1
        tally.found += bool(told)
        tally.ranked += any(_names(f, said, after.section) for f in told)
        if not told:
            tally.missed.append(f"{clean.layout.name} {after.text[:60]}")
    tally.errors += len(told)
    tally.true += sum(any(p.section == after.section for p in f.places) for f in told)


def _names(finding: Finding, said: injecting_text.Said, section: str) -> bool:
    """The finding blames the sentence, and its first three hypotheses hold the true reason.

    For a misprint that is the figure that should stand there: as a hypothesis, or as the only value that the finding
    allows. A finding without hypotheses says itself what is the matter (漏了 %).
    """
    here = any(p.section == section for p in finding.places)
    first = finding.hypotheses[:3]
    if isinstance(said, Misprinted):
        near = said.truth.interval()
        allowed = finding.expected is not None and finding.expected.meet(near) is not None
        valued = any(h.value is not None and h.value in near and not h.address.startswith("T") for h in first)
        return here and (
            valued or (allowed and not first) or any(said.truth.printed in h.text for h in first)
        )
    if said.kinds:
        return here and any(h.kind in said.kinds for h in first)
    return here and not first


def without_table(clean: Accounts, rng: Random, tally: Tally) -> None:
    """A table left out."""
    tally.made += 1
    tally.visible += 1
    told = [
        f for f in check(replace(no_table(clean, rng), claims=clean.claims)).findings if f.severity == "error"
    ]
    missing = [f for f in told if f.relation == "R1205"]
    tally.found += bool(missing)
    tally.ranked += bool(missing)
    tally.errors += len(told)
    tally.true += len(told)


def measure(count: int, seed: int) -> dict[str, Tally]:
    """All classes, `count` injections each."""
    pool = list(publications(48, seed))
    tallies: dict[str, Tally] = {}
    for kind in tqdm(NAMES, desc="注入", unit="类"):
        tally, rng = tallies.setdefault(kind, Tally()), Random(f"{kind}{seed}")
        for i in range(count):
            clean = pool[i % len(pool)]
            if kind == "missing table":
                without_table(clean, rng, tally)
            elif kind in injecting.CLASSES:
                in_tables(kind, clean, rng, tally)
            else:
                in_text(kind, clean, rng, tally)
    return tallies


def false_alarms(count: int, seed: int) -> list[str]:
    """Findings of severity error (or a truncation) in clean publications."""
    found = []
    for clean in tqdm(publications(count, seed), total=count, desc="干净的", unit="份"):
        wrong = [f for f in check(clean).findings if f.verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED)]
        found += [f"{clean.layout.name} {clean.department} {f.relation} {f.message}" for f in wrong]
    return found


def main() -> None:
    """Measure and print; with both arguments given the document is left as it is."""
    count, books_ = (int(a) for a in (sys.argv[1:] + ["200", "1000"][len(sys.argv) - 1 :]))
    start = time.monotonic()
    tallies, alarms = measure(count, 1), false_alarms(books_, 5_000)
    result = table(tallies, alarms, books_, time.monotonic() - start)
    print(result)
    for kind, tally in tallies.items():
        for line in tally.missed[:5]:
            print("漏", kind, line)
    for line in alarms[:10]:
        print("误报", line)
    if len(sys.argv) == 1:
        head = DOCS.read_text(encoding="utf-8").partition("<!-- result -->")[0]
        DOCS.write_text(f"{head}<!-- result -->\n{result}", encoding="utf-8")


if __name__ == "__main__":
    main()
