"""What a program and everything it starts use: seconds, CPU seconds, memory over time."""

from __future__ import annotations

import os
import resource
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

# Seconds between two looks at the memory.
_EVERY = 0.5


@dataclass
class Used:
    """`memory` is the sum over all processes of what each alone would free (PSS), in MB, at moments of the run."""

    seconds: float = 0.0
    cpu: float = 0.0
    memory: list[float] = field(default_factory=list)
    processes: int = 0

    @property
    def peak(self) -> float:
        """The most memory at any moment."""
        return max(self.memory, default=0.0)


def used_by(commands: Sequence[Sequence[str]], cwd: Path, env: dict[str, str] | None = None) -> Used:
    """Run commands side by side to their ends and measure them with all their children.

    Raises
    ------
    RuntimeError : one of them failed; what it said is in the message.
    """
    used, before = Used(), _cpu()
    began = time.perf_counter()
    running = [
        subprocess.Popen(
            c, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}
        )
        for c in commands
    ]
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=([p.pid for p in running], used, over))
    watcher.start()
    told = [program.communicate()[1] for program in running]
    used.seconds = time.perf_counter() - began
    over.set()
    watcher.join()
    used.cpu = _cpu() - before
    for program, said in zip(running, told, strict=True):
        if program.returncode:
            raise RuntimeError(f"{program.args}: {said.decode(errors='replace')[-2000:]}")
    return used


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _watch(roots: list[int], used: Used, over: threading.Event) -> None:
    while not over.wait(_EVERY):
        tree = below(roots)
        used.memory.append(sum(map(_share, tree)) / 1024)
        used.processes = max(used.processes, len(tree))


def below(roots: Sequence[int]) -> set[int]:
    """The processes with everything they have started."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found: set[int] = set()
    waiting = list(roots)
    while waiting:
        pid = waiting.pop()
        found.add(pid)
        waiting += children.get(pid, [])
    return found


def _share(pid: int) -> int:
    """KiB of a process, what it shares divided by the number of those who share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
