"""How the reports of a batch end, one record each: what is up to date, then what is made here or by Dask."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from tqdm import tqdm

from juesuan.machine import processors
from juesuan.runs.cluster import elsewhere, here
from juesuan.runs.manifest import STATUS
from juesuan.runs.one import up_to_date
from juesuan.runs.order import Order
from juesuan.runs.stamp import ended
from juesuan.runs.task import Task
from juesuan.runs.workers import Ended, LostSchedulerError, Records, in_turn, on_dask, pays

# To start processes of our own takes as long as to make some reports.
_WORTH = 3


@dataclass
class Endings:
    """Runs the tasks; the records of all that came to an end.

    `interrupted` where the user broke off, `notices` what is to be told at the end, `jobs` how many at once here.
    """

    tasks: Sequence[Task]
    out: str
    order: Order
    records: list[dict[str, Any]] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    jobs: int = 0
    interrupted: bool = False
    _kept: set[str] = field(default_factory=set)

    def run(self) -> Endings:
        """All of it, with a bar; returns itself."""
        try:
            with closing(self._shown(self._each())) as ending:
                for task, record in ending:
                    self._keep(task, record)
                    if record["status"] == "failed" and not self.order.keep_going:
                        break
        except KeyboardInterrupt:
            self.interrupted = True
        except LostSchedulerError as error:
            self.notices.append(str(error))
        return self

    def _keep(self, task: Task, record: dict[str, Any]) -> None:
        if task.id in self._kept:
            return
        self._kept.add(task.id)
        self.records.append(record)
        if record["status"] == "failed":
            _say(f"失败　{task.id}：{record['error']}")

    def _each(self) -> Records:
        """What is up to date is seen here, unless others make the reports, who may see other files."""
        todo = list(self.tasks)
        if self.order.resume and not self.order.scheduler:
            todo = []
            for task in self.tasks:
                if record := up_to_date(task, self.out):
                    yield task, record
                else:
                    todo.append(task)
        if not self.order.keep_going:
            # What failed before comes last, or a first department that always fails would stop every run.
            todo.sort(key=lambda task: ended(task, self.out)["status"] == "failed")
        wanted = self.order.jobs or min(processors(), len(todo) // _WORTH)
        self.jobs = max(1, min(wanted, len(todo)))
        if todo:
            yield from self._made(todo)

    def _made(self, todo: list[Task]) -> Records:
        scheduler = self.order.scheduler
        if self.jobs <= 1 and not scheduler:
            yield from in_turn(todo, self.out, self.order.resume)
            return
        workers = (
            elsewhere(scheduler, _say) if scheduler else here(self.jobs, pays(len(todo), self.jobs), _say)
        )
        with workers as client:
            late: list[Ended] = []
            try:
                with closing(on_dask(client, todo, self.out, self.order.resume, late)) as records:
                    yield from records
            finally:
                # Reports that were being made when the batch was broken off have ended as well.
                for ended in late:
                    self._keep(*ended)

    def _shown(self, records: Records) -> Records:
        """The records as they come, with a bar: how many, how fast, how long still, how they ended."""
        counted: Counter[str] = Counter()
        with (
            closing(records),
            tqdm(
                records, total=len(self.tasks), desc="报告", unit="份", disable=not self.order.progress
            ) as bar,
        ):
            for task, record in bar:
                counted[record["status"]] += 1
                bar.set_postfix_str("，".join(f"{STATUS[s]} {n}" for s, n in counted.items()), refresh=False)
                yield task, record


def _say(line: str) -> None:
    tqdm.write(line, file=sys.stderr)
