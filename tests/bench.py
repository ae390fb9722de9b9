"""How long reports take, beside the plain ways to make them. Run by `make bench`; writes docs/benchmarks.md.

`python tests/bench.py [departments] [largest]`: departments for the plain ways (20), for the growth of ours (1000).
Measures and prints; asserts nothing but that every command ended well.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean
from typing import Any

from bench_page import write_page
from bench_reading import readings
from bench_relations import relations_over
from bench_tree import Used, used_by
from bench_ways import ROOT, api, dask, floor, halves, loop, one_report, ours
from juesuan.sample import Order, write_samples

# Of reports by ours and the floor: enough that the start does not decide.
SEVERAL = 100


@dataclass
class Row:
    """One way: how many reports, what they used; for a batch what run.json says of each report's seconds."""

    name: str
    reports: int
    used: Used
    html: float = 0.0
    each: list[float] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """Seconds a report, from the first start to the last end."""
        return self.used.seconds / self.reports

    @property
    def cpu(self) -> float:
        """CPU seconds a report."""
        return self.used.cpu / self.reports


def measured(name: str, reports: int, commands: Sequence[Sequence[str]], out: Path) -> Row:
    """Run the commands side by side and look at what they wrote."""
    print(f"{name} …", end=" ", flush=True)
    row = Row(name, reports, used_by(commands, ROOT))
    pages = [p.stat().st_size for p in out.rglob("*.html") if p.name != "index.html"]
    row.html = mean(pages) / 1024 if pages else 0.0
    if (out / "run.json").exists():
        run: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
        assert run["counts"]["done"] == reports, run["counts"]
        row.each = [r["seconds"]["total"] for r in run["reports"]]
    print(f"{row.seconds:.3f} s and {row.cpu:.2f} CPU s a report, peak {row.used.peak:.0f} MB", flush=True)
    return row


def main(plain: int = 20, largest: int = 1000) -> None:
    """All ways in one run on the same generated departments."""
    several = min(SEVERAL, largest)
    with tempfile.TemporaryDirectory() as name:
        work, data = Path(name), Path(name, "data")
        write_samples(Order("national", max(largest, several), (2022,), 5), data, ["xlsx"])
        folders = sorted(map(str, data.glob("*/*")))
        few, many = folders[:plain], folders[:several]

        def place(which: str) -> Path:
            path = work / which
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir()
            return path

        out = place("loop")
        rows = [measured("papermill, then nbconvert (shell loop)", plain, [loop(few, out)], out)]
        out = place("two")
        rows += [measured("two such loops", plain, [loop(h, out) for h in halves(few)], out)]
        outs = [place("api/"[:-1] + str(i)) for i in range(2)]
        rows += [
            measured(
                "papermill's API, two processes",
                plain,
                [api(h, o) for h, o in zip(halves(few), outs, strict=True)],
                outs[0],
            )
        ]
        for jobs in (1, 2):
            out = place(f"ours{jobs}")
            rows += [measured(f"juesuan batch --jobs {jobs}", several, [ours(data, several, out, jobs)], out)]
        out = place("dask")
        rows += [
            measured(
                "juesuan batch --scheduler, two workers", several, [dask(data, several, out, 28786)], out
            )
        ]
        outs = [place(f"floor{i}") for i in range(2)]
        rows += [
            measured(
                "no kernel, no converter, two processes",
                several,
                [floor(h, o) for h, o in zip(halves(many), outs, strict=True)],
                outs[0],
            )
        ]
        growth = []
        for count in [n for n in (10, 100, 1000) if n <= largest]:
            out = place("growth")
            growth.append(measured(f"{count} departments, --jobs 2", count, [ours(data, count, out, 2)], out))
        single = [
            measured(
                "juesuan report, one department", 1, [one_report(folders[i], place("one"))], work / "one"
            )
            for i in range(5)
        ]
        alone = [
            measured("papermill, then nbconvert, one", 1, [loop([folders[i]], place("one"))], work / "one")
            for i in range(3)
        ]
    best = min(single, key=lambda r: r.used.seconds), min(alone, key=lambda r: r.used.seconds)
    write_page(rows, growth, best, relations_over(largest * 10), readings())


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
