"""A project folder as the documents on schedules assume it, and what is written in those documents."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from batches import ROOT
from juesuan.runs.runlist import Entry, read_runlist
from juesuan.sample import Order, write_samples

EXAMPLES = ROOT / "docs/schedules"
# Where the examples say that the project is.
SRV = "/srv/juesuan"
# What cron gives a command: no language, a short path.
BARE = {"PATH": "/usr/bin:/bin", "SHELL": "/bin/sh", "HOME": "/"}


def project(folder: Path, *lists: Path) -> Path:
    """A folder with the program, its notebooks and documents, and the accounts that run lists speak of.

    The first list is put there as list.yml.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ".venv").symlink_to(sys.prefix)
    for name in ("docs", "notebooks"):
        (folder / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "data/xinzhou-shebao", folder / "data/xinzhou-shebao")
    if lists:
        shutil.copy(lists[0], folder / "list.yml")
    fill(folder, *lists)
    return folder


def fill(folder: Path, *lists: Path) -> None:
    """Generate the accounts of every entry, each of another seed."""
    seeds = count(1)
    for entry in (e for path in lists for e in read_runlist(path)[1]):
        if "://" not in entry.accounts and not (folder / entry.accounts).exists():
            _generate(folder, entry, next(seeds))


def _generate(folder: Path, entry: Entry, seed: int) -> None:
    place = folder / entry.accounts
    ending = place.suffix.removeprefix(".")
    order = Order("national", 1, (entry.year,), seed)
    (made,) = write_samples(order, folder / f"generated-{seed}", [ending or "xlsx"], progress=False)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(next(made.glob(f"*.{ending}")) if ending else made, place)
    shutil.rmtree(folder / f"generated-{seed}")


def shell(command: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """A command as cron runs it."""
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder, env={**BARE, **env}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def damage(folder: Path, department: str) -> None:
    """A workbook that cannot be read."""
    for file in (folder / "data" / department).rglob("accounts.xlsx"):
        file.write_bytes(b"PK\x03\x04 torn")


@contextmanager
def webhook() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An address that takes JSON or a form, and what it was sent."""
    heard: list[dict[str, Any]] = []

    class Listening(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802
            said = self.rfile.read(int(self.headers["Content-Length"])).decode()
            heard.append(
                json.loads(said) if "json" in self.headers["Content-Type"] else {"form": parse_qs(said)}
            )
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard
    server.shutdown()
    server.server_close()


def fenced(document: str, language: str = "") -> list[str]:
    """The blocks of a document in one language; without one, the commands."""
    text = (ROOT / document).read_text(encoding="utf-8")
    return [
        body for name, body in re.findall(r"^```(\w*)\n(.*?)^```$", text, re.M | re.S) if name == language
    ]


def commands(document: str) -> list[str]:
    """The commands of a document, one a line, without remarks."""
    lines = "\n".join(fenced(document)).replace("\\\n", "").splitlines()
    found = [re.sub(r"\s{2,}#.*", "", line).strip() for line in lines]
    return [line for line in found if line and not line.startswith("#")]


def at_home(text: str, folder: Path) -> str:
    """An example with the project where it is in a test."""
    return text.replace(SRV, str(folder))


def environment(**more: str) -> dict[str, str]:
    """That of the tests, with proxies off for what listens on this machine."""
    return {**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", **more}
