"""`execute_many`: groups of departments through the arrays, the rest one by one, on one or more processes."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd

from juesuan.accounts import Accounts
from juesuan.relations.many import coded, counts, presence, sums
from juesuan.relations.many.book import Arrays, Book, frame_of
from juesuan.relations.many.columns import Bools, columns_of
from juesuan.relations.many.facts import Shelf
from juesuan.relations.many.found import Found
from juesuan.relations.many.one import alone, asks_inputs
from juesuan.relations.many.sheets import Sheets
from juesuan.relations.model import Relation, table_relations

Whole = Callable[[Sheets, Relation], Iterator[Found]]
Part = Callable[[Sheets, Relation], tuple[list[Found], Bools]]

_WHOLE: dict[str, tuple[Whole, ...]] = {
    "sum": (sums.sums,), "again": (sums.again,), "children": (sums.children,), "at_most": (sums.at_most,),
    "ratio": (sums.ratios,), "implies": (sums.implied,), "non_negative": (counts.non_negative,),
    "codes": (coded.listed,), "empty_alike": (presence.empty_alike,), "zeros_said": (presence.zeros_are_said,),
    "units": (presence.only_units,), "residual": (presence.residual,), "iff": (counts.alike,),
    "counted": (sums.sums, counts.whole), "grades": (sums.sums,),
}  # fmt: skip
# These leave some departments to the executor of one.
_PART: dict[str, Part] = {
    "order": coded.ordered, "within": coded.contained, "nothing": presence.nothing_in, "grades": counts.marks,
}  # fmt: skip
# Departments judged together: more need more memory and gain little.
_GROUP = 1000
# What forked processes find already there.
_shelf: Shelf | None = None


def execute_many(
    accounts: Iterable[Accounts],
    only: Iterable[Relation] | None = None,
    *,
    facts: pd.DataFrame | None = None,
    processes: int = 1,
) -> pd.DataFrame:
    """Judge the table relations (or those given) of many departments; what the text says is left out.

    Parameters
    ----------
    accounts : departments and years, of any profiles. With `facts` they may come without records.
    facts : the tidy facts of all of them, as `Accounts.facts` has them, each department in reading order.
    processes : on how many processors.

    Returns
    -------
    One row a check: department, year, relation, place, verdict (categories), and `gap_units` over `gap_per` =
    printed − expected in the printed unit, exactly (`gap_per` is 0 where there is no gap).
    """
    chosen = list(table_relations().values() if only is None else only)
    if processes > 1 or facts is not None:
        shelf = Shelf(list(accounts), facts)
        return frame_of(shelf.accounts, chosen, _parallel(shelf, chosen, processes))
    seen: list[Accounts] = []
    book = Book()
    stream = iter(accounts)
    while batch := list(islice(stream, _GROUP)):
        _judge(Shelf(batch), range(len(batch)), chosen, book, len(seen))
        seen += [replace(a, records=(), previous=None) for a in batch]
    return frame_of(seen, chosen, [book.whole()])


def _parallel(shelf: Shelf, chosen: Sequence[Relation], processes: int) -> list[Arrays]:
    """The departments in `processes` parts. A forked process has the facts already; elsewhere they are sent."""
    global _shelf
    size = len(shelf.accounts)
    cuts = [size * i // processes for i in range(processes + 1)]
    spans = [range(a, b) for a, b in zip(cuts, cuts[1:], strict=False) if b > a]
    if len(spans) < 2:
        return [_span(shelf, span, chosen) for span in spans]
    forks = "fork" in multiprocessing.get_all_start_methods()
    _shelf = shelf
    # Millions of facts are shared between the processes: nobody should walk through all of them to find garbage.
    gc.freeze()
    try:
        context = multiprocessing.get_context("fork" if forks else "spawn")
        with ProcessPoolExecutor(len(spans), mp_context=context) as pool:
            sent = None if forks else shelf
            return list(pool.map(_span, [sent] * len(spans), spans, [chosen] * len(spans)))
    finally:
        gc.unfreeze()
        _shelf = None


def _span(shelf: Shelf | None, span: range, chosen: Sequence[Relation]) -> Arrays:
    held = shelf or _shelf
    assert held is not None, "a forked process has the facts"
    book = Book()
    for start in range(span.start, span.stop, _GROUP):
        _judge(held, range(start, min(start + _GROUP, span.stop)), chosen, book, 0)
    return book.whole()


def _judge(shelf: Shelf, span: range, chosen: Sequence[Relation], book: Book, offset: int) -> None:
    """One batch, in groups of one profile and year; `offset` numbers its departments among all."""
    groups: dict[tuple[int, int], list[int]] = {}
    for i in span:
        each = shelf.accounts[i]
        groups.setdefault((id(each.layout), each.year), []).append(i)
    for members in groups.values():
        raw = shelf.raw(members)
        layout = shelf.accounts[members[0]].layout
        data, odd = columns_of(raw, len(members), layout.decimals)
        if layout.truncates:
            odd[:] = True
        for i in np.flatnonzero(odd).tolist():
            _one(shelf, members[i], chosen, book, offset)
        regular = [m for m, skip in zip(members, odd, strict=True) if not skip]
        if regular:
            if odd.any():
                data, _ = columns_of(shelf.raw(regular), len(regular), layout.decimals)
            sheets = Sheets(data, [shelf.accounts[m] for m in regular])
            _together(shelf, sheets, regular, chosen, book, offset)


def _together(
    shelf: Shelf, sheets: Sheets, members: Sequence[int], chosen: Sequence[Relation], book: Book, offset: int
) -> None:
    of = np.asarray(members, np.int64) + offset
    for number, relation in enumerate(chosen):
        left = asks_inputs(sheets, relation)
        if left is None and relation.kind not in _WHOLE and relation.kind not in _PART:
            left = np.ones(sheets.size, np.bool_)
        if left is None:
            left = np.zeros(sheets.size, np.bool_)
            if relation.kind in _PART:
                found, left = _PART[relation.kind](sheets, relation)
                for each in found:
                    book.add(sheets, of, number, each)
            for kind in _WHOLE.get(relation.kind, ()):
                for each in kind(sheets, relation):
                    book.add(sheets, of, number, each.only(~left[each.dept]))
        for i in np.flatnonzero(left).tolist():
            for each in alone(shelf.full(members[i]), relation, 0):
                book.add(None, of[i : i + 1], number, each)


def _one(shelf: Shelf, at: int, chosen: Sequence[Relation], book: Book, offset: int) -> None:
    accounts = shelf.full(at)
    for number, relation in enumerate(chosen):
        for each in alone(accounts, relation, 0):
            book.add(None, np.asarray([at + offset]), number, each)
