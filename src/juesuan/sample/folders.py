"""Synthetic books on disk: a folder for each department and year, as `open_accounts` takes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from tqdm.auto import tqdm

from juesuan.errors import JuesuanError
from juesuan.publication import publication
from juesuan.sample.books import Book, Order, books
from juesuan.writers.files import write_text
from juesuan.writers.page import write_page
from juesuan.writers.pdf import write_pdf
from juesuan.writers.word import write_word
from juesuan.writers.workbook import write_workbook

FORMATS = ("xlsx", "docx", "pdf", "html")


def write_samples(
    order: Order, out: Path, formats: Sequence[str] = ("xlsx",), *, progress: bool = True
) -> list[Path]:
    """Write every book of the order as `out/<department>/<year>/`; return the folders.

    With several formats each has a tree of its own (`out/docx/…`): a folder holds one publication.
    A document says everything itself; a workbook has `disclosure.yml` beside it.

    Raises
    ------
    JuesuanError : a wrong parameter, or a format whose library is not installed.
    """
    _check(order, formats)
    if out.exists() and not out.is_dir():
        raise JuesuanError(f"参数 out（{out}）", "是一个文件，不是文件夹", "请给出文件夹")
    written = []
    count = order.departments * len(set(order.years))
    for book in tqdm(books(order), desc="合成", unit="本", total=count, disable=not progress):
        accounts = book.accounts
        for format in formats:
            top = out / format if len(formats) > 1 else out
            written.append(write_book(book, top / accounts.department / str(accounts.year), format))
    return written


def write_book(book: Book, folder: Path, format: str) -> Path:
    """Write one book in one format, with `source.yml` and, beside a workbook, `disclosure.yml`."""
    accounts, habits = book.accounts, book.habits
    if format == "xlsx":
        write_workbook(accounts, folder / "accounts.xlsx")
        write_inputs(accounts.disclosure, folder / "disclosure.yml")
    else:
        papers = publication(accounts, contents=habits.contents)
        makers: dict[str, Callable[[Path], Path]] = {
            "docx": lambda path: write_word(papers, path),
            "pdf": lambda path: write_pdf(papers, path, repeat_heads=habits.repeats_heads),
            "html": lambda path: write_page(papers, path),
        }
        makers[format](folder / f"report.{format}")
    write_inputs(accounts.source, folder / "source.yml")
    return folder


def write_inputs(model: BaseModel, path: Path) -> Path:
    """`disclosure.yml` or `source.yml` from its model; what is empty is left out."""
    tree = _plain(model.model_dump())
    return write_text(path, yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=10_000))


def years(text: str) -> list[int]:
    """`2022`, `2022-2024` or `2020,2022-2023`; anything else is a JuesuanError."""
    found: list[int] = []
    for part in re.split("[,，]", text):
        matched = re.fullmatch(r"\s*(20\d\d)(?:\s*[-–—至]\s*(20\d\d))?\s*", part)
        last = int(matched[2] or matched[1]) if matched else 0
        if matched is None or last < int(matched[1]):
            raise JuesuanError("参数 years", f"“{text}”看不懂", "请写成 2022 或 2022-2024 的样子")
        found += range(int(matched[1]), last + 1)
    return found


def _check(order: Order, formats: Sequence[str]) -> None:
    for name, given, known in (
        ("formats", list(formats) or [""], FORMATS),
        ("unit", [order.unit], ("", "万元", "元")),
    ):
        for value in given:
            if value not in known:
                shown = "、".join(filter(None, known))
                raise JuesuanError(f"参数 {name}", f"不认识“{value}”", f"可用：{shown}")
    if order.departments < 1:
        raise JuesuanError("参数 departments", f"写的是 {order.departments}", "请写 1 或更大的数")


def _plain(node: Any) -> Any:
    """Texts without their citations; empty inputs are left out."""
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items() if value not in (None, [], {})}
    return [_plain(value) for value in node] if isinstance(node, list) else str(node)
