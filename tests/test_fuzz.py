"""More than two thousand damaged files: each ends in a result or in one clear error, soon, in little memory.

The damage is made from fixed seeds, so that a failure comes again: `made(kind, number, …)` in fuzz_worker.py.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from html import escape
from pathlib import Path
from threading import Timer
from typing import Any

from books import full_book
from documents import tables, whole
from renderings import to_csv, to_docx, to_html, to_md, to_pdf, to_xlsx
from saving import save

# How many of each kind, and what no file may exceed (seconds; megabytes at the peak of a whole worker).
COUNTS = {
    "xlsx": 360, "docx": 260, "ods": 220, "xls": 200, "pdf": 400, "html": 240, "md": 160, "txt": 80, "csv": 160,
    "disclosure": 100, "source": 60,
}  # fmt: skip
SECONDS, MEGABYTES, WORKERS = 30, 1024, 2
TASKS = [(kind, number) for kind, count in COUNTS.items() for number in range(count)]
HERE = Path(__file__).parent


def good_files(folder: Path) -> Path:
    """One sound file of each kind."""
    pages, found = whole("示例市财政局"), tables()
    folder.mkdir()
    for kind, make in (("pdf", to_pdf), ("docx", to_docx), ("html", to_html), ("md", to_md)):
        make(pages, folder / f"good.{kind}")
    shutil.copy(folder / "good.md", folder / "good.txt")
    to_xlsx(found, folder / "good.xlsx")
    to_csv(found, folder / "csv")
    shutil.copy(HERE / "files" / "synthetic.xls", folder / "good.xls")
    book = save(full_book(), folder / "folder")
    # A year and a unit that the yml files do not say would change the kind of error, not the number of them.
    assert (book / "disclosure.yml").exists()
    names = "".join(
        f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text")
    )
    sheets = "".join(
        f'<table:table table:name="{escape(t.title)}"><table:table-row><table:table-cell><text:p>单位：万元</text:p>'
        "</table:table-cell></table:table-row>"
        + "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in t.rows
        )
        + "</table:table>"
        for t in found.values()
    )
    content = f"<office:document-content{names}><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    with zipfile.ZipFile(folder / "good.ods", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    return folder


def share(good: Path, work: Path, first: int) -> list[dict[str, Any]]:
    """Every second task in one process after another; one that takes too long is ended."""
    ends: list[dict[str, Any]] = []
    while first < len(TASKS):
        arguments = [str(good), str(work), str(first), str(WORKERS), json.dumps(TASKS)]
        process = subprocess.Popen(
            [sys.executable, str(HERE / "fuzz_worker.py"), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(HERE)},
        )
        watchdog, late = Timer(0, process.kill), False
        for line in process.stdout or ():
            try:
                message = json.loads(line)
            except ValueError:
                # Readers print nothing; half a line is left by a process that was ended.
                message = {
                    "done": first,
                    "end": "noise",
                    "said": line.decode(errors="replace"),
                    "seconds": 0,
                    "peak": 0,
                }
                ends.append(message)
                continue
            watchdog.cancel()
            if "begun" in message:
                watchdog = Timer(SECONDS, process.kill)
                watchdog.start()
            else:
                ends.append(message)
                first = message["done"] + WORKERS
        late = process.wait() != 0
        watchdog.cancel()
        if late and first < len(TASKS):
            end = {"done": first, "end": "hang or death", "said": "", "seconds": SECONDS, "peak": 0}
            ends.append(end)
            first += WORKERS
    return ends


def test_damaged_files_end_in_a_result_or_one_clear_error(tmp_path: Path) -> None:
    good = good_files(tmp_path / "good")
    with ThreadPoolExecutor(WORKERS) as pool:
        parts = pool.map(lambda n: share(good, tmp_path / str(n), n), range(WORKERS))
        ends = [end for part in parts for end in part]
    counted = Counter(end["end"] for end in ends)
    slowest = max(ends, key=lambda end: end["seconds"])
    peak = max(end["peak"] for end in ends)
    kinds = Counter((TASKS[end["done"]][0], end["end"]) for end in ends)
    print(
        f"{len(ends)} files: {dict(counted)}; slowest {slowest['seconds']:.1f} s {TASKS[slowest['done']]}; peak {peak} MB"
    )
    print(dict(kinds))
    wrong = [(TASKS[e["done"]], e["end"], e["said"]) for e in ends if e["end"] not in ("result", "error")]
    assert not wrong, wrong[:5]
    assert len(ends) == len(TASKS) >= 2000
    # Both ends must occur, or the damage was too slight or too great to say anything.
    assert min(counted["result"], counted["error"]) > 500
    assert slowest["seconds"] < SECONDS
    assert peak < MEGABYTES
