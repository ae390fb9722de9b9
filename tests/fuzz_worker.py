"""One worker of the fuzz test: makes its share of the damaged files, opens each, tells on one line how it ended."""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
import traceback
from pathlib import Path
from random import Random

from juesuan.errors import JuesuanError
from juesuan.readers import open_accounts
from mutations import CHANGES

# Above what the interpreter needs by itself; a file that wants more must be refused before it gets it.
_ROOM = 2 * 2**30


def made(kind: str, number: int, good: Path, work: Path) -> Path:
    """The damaged file `number` of a kind, in an empty folder; what stands beside it is sound."""
    rng = Random(f"{kind}-{number}")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir()
    change = CHANGES[kind][number % len(CHANGES[kind])]
    if kind in ("disclosure", "source"):
        shutil.copytree(good / "folder", work / "甲单位2021")
        target = path = work / "甲单位2021" / f"{kind}.yml"
        path = path.parent
    elif kind == "csv":
        shutil.copytree(good / "csv", work / "甲单位2024")
        path = work / "甲单位2024"
        target = rng.choice(sorted(path.iterdir()))
    else:
        target = path = work / f"甲单位2024.{kind}"
        shutil.copy(good / f"good.{kind}", target)
    data = change(target.read_bytes(), rng)
    if rng.random() < 0.2 and data:
        data = CHANGES[kind][-1](data, rng)
    target.write_bytes(data)
    return path


def ended(path: Path) -> tuple[str, str]:
    """How opening a file ends: a result, one clear error, or something that must not happen."""
    try:
        accounts = open_accounts(path)
    except JuesuanError as error:
        said = str(error)
        fine = len(said.splitlines()) == 1 and error.where and error.found and error.todo
        return ("memory" if "超出内存" in said else "error" if fine else "unclear"), said
    except BaseException:  # noqa: BLE001
        return "crash", traceback.format_exc()
    return ("result" if accounts.records else "empty"), ""


def main(good: Path, work: Path, first: int, step: int, tasks: list[tuple[str, int]]) -> None:
    """Every `step`-th task from `first` on."""
    resource.setrlimit(resource.RLIMIT_AS, (_ROOM, _ROOM))
    for index in range(first, len(tasks), step):
        kind, number = tasks[index]
        path = made(kind, number, good, work)
        print(json.dumps({"begun": index}), flush=True)
        start = time.monotonic()
        end, said = ended(path)
        seconds = time.monotonic() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            json.dumps({"done": index, "end": end, "said": said, "seconds": seconds, "peak": peak}),
            flush=True,
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), json.loads(sys.argv[5]))
