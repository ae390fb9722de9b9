"""How long a report takes, beside the plain way: `papermill` and then `jupyter nbconvert`.

Run by `make bench`. Prints seconds, the ratio and peak memory; asserts nothing.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = "data/xinzhou-shebao/2021"
BIN = Path(sys.executable).parent


def timed(*commands: list[str]) -> tuple[float, float]:
    """Seconds for the commands in turn, and the largest resident memory of a child so far in MB."""
    began = time.perf_counter()
    for command in commands:
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    """Three runs of each way, the best counts."""
    with tempfile.TemporaryDirectory() as name:
        ours = [str(BIN / "juesuan"), "report", DATA, "--quiet", "--out", name]
        executed = str(Path(name, "plain.ipynb"))
        plain = [
            [str(BIN / "papermill"), "notebooks/report.ipynb", executed, "-p", "accounts", DATA],
            [str(BIN / "jupyter"), "nbconvert", "--to", "html", executed],
        ]
        first, _ = timed(ours)
        best, memory = min(timed(ours) for _ in range(3))
        beside, _ = min(timed(*plain) for _ in range(3))
        size = Path(name, "report.html").stat().st_size / 1024
        check, _ = timed(
            [str(BIN / "python"), "-c", f"import juesuan as js; js.check(js.open_accounts('{DATA}'))"]
        )
    print(
        f"juesuan report         {best:6.2f} s   (first run {first:.2f} s, peak {memory:.0f} MB, page {size:.0f} KB)"
    )
    print(f"papermill + nbconvert  {beside:6.2f} s   ratio {beside / best:.2f}")
    print(f"read and check alone   {check:6.2f} s")
    for document in sorted((ROOT.parent / "shared" / "real").glob("*-20*.pdf")):
        print(reading(document))


def reading(document: Path) -> str:
    """One published PDF: our reader beside pdfplumber's own text and tables of the same pages, the best of three."""
    import pdfplumber

    from juesuan.readers.files.pdf import read_pdf

    def plain() -> int:
        with pdfplumber.open(document) as pdf:
            for page in pdf.pages:
                page.extract_text()
                page.extract_tables()
            return len(pdf.pages)

    pages = plain()
    theirs, ours = (min(seconds(each) for _ in range(3)) for each in (plain, lambda: read_pdf(document)))
    return (
        f"reading {pages} pages of PDF {ours:6.2f} s   pdfplumber {theirs:.2f} s, ratio {theirs / ours:.2f}"
    )


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
