"""A folder of tables as csv (t1.csv, t2.csv …), or one csv file, into sheets of text cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from juesuan.errors import JuesuanError
from juesuan.readers.files.decode import decoded
from juesuan.readers.files.document import Document
from juesuan.readers.files.limits import COLUMNS, ROWS
from juesuan.readers.files.sheet import Cell, Sheet


def read_csvs(files: Sequence[Path], name: str) -> Document:
    """One sheet a file, in the order of the numbers in the file names; `name` is the folder or file received."""
    ordered = sorted(files, key=lambda file: [int(n) for n in re.findall(r"\d+", file.stem)] or [0])
    return Document(name, [_sheet(file) for file in ordered], is_workbook=True)


def _sheet(file: Path) -> Sheet:
    text = decoded(file.read_bytes())
    if text is None:
        raise JuesuanError(file.name, "不是文本文件，或编码认不出来", "请另存为 UTF-8 编码后再试")
    try:
        rows = [[Cell(part) for part in row[:COLUMNS]] for row in csv.reader(io.StringIO(text))]
    except csv.Error as error:
        raise JuesuanError(
            file.name, "不是一张逗号分隔的表，读不出来", "请重新导出为 csv（UTF-8）"
        ) from error
    return Sheet(file.stem, rows[:ROWS])
