"""Books as folders and files on disk, and files changed behind the writer's back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import yaml
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from juesuan.accounts import Accounts
from juesuan.quantity import State
from juesuan.writers.workbook import write_workbook


def plain_tree(node: Any) -> Any:
    """Texts without their citations, for the YAML writer."""
    if isinstance(node, dict):
        return {key: plain_tree(value) for key, value in node.items() if value not in (None, [], {})}
    return [plain_tree(value) for value in node] if isinstance(node, list) else str(node)


def save(accounts: Accounts, folder: Path) -> Path:
    """A folder as `open_accounts` takes it: workbook, disclosure.yml, source.yml."""
    folder.mkdir(parents=True, exist_ok=True)
    write_workbook(accounts, folder / "accounts.xlsx")
    for name, model in (("disclosure", accounts.disclosure), ("source", accounts.source)):
        # The written workbook is another file than the one whose sha256 was taken.
        text = yaml.safe_dump(
            plain_tree(model.model_dump(exclude={"sha256"})), allow_unicode=True, sort_keys=False
        )
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def figures(accounts: Accounts) -> dict[str, tuple[object, ...]]:
    """All figures that are no blanks, by address, without their cells."""
    shown = ((f.address, f.label, f.quantity) for f in accounts.records)
    return {
        a: (label, q.value, q.decimals, q.unit, q.state)
        for a, label, q in shown
        if q.state is not State.BLANK
    }


def edit(folder: Path, change: Callable[[Worksheet], None], *sheets: str) -> Path:
    """Apply `change` to the named sheets (all where none is named) of the saved workbook."""
    book = load_workbook(folder / "accounts.xlsx")
    for sheet in [book[name] for name in sheets] or book.worksheets:
        change(sheet)
    book.save(folder / "accounts.xlsx")
    return folder


def set_cell(cell: str, value: Any) -> Callable[[Worksheet], None]:
    """A change for `edit` that writes one cell."""

    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


def times(factor: int) -> Callable[[Worksheet], None]:
    """A change for `edit` that multiplies every number of a sheet."""

    def change(sheet: Worksheet) -> None:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    cell.value = cell.value * factor

    return change


def in_yuan(sheet: Worksheet) -> None:
    """Declare another unit, whatever the amounts say."""
    (cell,) = (c for row in sheet.iter_rows() for c in row if c.value == "单位：万元")
    cell.value = "单位：元"


def cache_formula(folder: Path, number: int, cell: str, formula: str, value: str) -> Path:
    """Make a number cell of sheet `number` a formula with the cached `value`, as Excel saves it."""
    path = folder / "accounts.xlsx"
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = f"xl/worksheets/sheet{number}.xml"
    found = re.compile(f'(<c r="{cell}"[^>]*?)(?: t="n")?>.*?</c>')
    new = f"\\1><f>{formula}</f><v>{value}</v></c>"
    text, times_ = found.subn(new, parts[part].decode())
    assert times_ == 1, f"no cell {cell} in {part}"
    parts[part] = text.encode()
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return folder


def opened_up(sheet: Worksheet, rows: int) -> None:
    """Room for more head rows in row 4; merged cells go, for openpyxl does not move them along."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    if rows:
        sheet.insert_rows(4, rows)
