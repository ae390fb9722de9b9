"""How long a published PDF takes to read, beside pdfplumber's own text and tables of the same pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]


def readings() -> list[str]:
    """One line a document; none where the documents are not at hand."""
    return [_reading(document) for document in sorted((ROOT.parent / "shared" / "real").glob("*-20*.pdf"))]


def _reading(document: Path) -> str:
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
    return f"| {pages} | {ours:.2f} | {theirs:.2f} | {theirs / ours:.2f} |"


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
