"""The dataset's files as pyarrow knows them: schema, one small file, one large file by row groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from juesuan.extras import module
from juesuan.overview.columns import columns
from juesuan.writers.files import replacing

# Rows of a row group: some 20 MB in memory, however many departments there are.
GROUP = 100_000
# 16 digits are all that a figure is read with; in 亿元 they are 24 of 元, and ten decimals stay exact.
_DIGITS, _PLACES = 38, 10


def library() -> Any:
    """pyarrow, asked for when needed.

    Raises
    ------
    JuesuanError : it is not installed.
    """
    module("pyarrow.parquet", "batch", "数据集", "写数据集")
    return import_module("pyarrow")


def schema(file: str) -> Any:
    """The pyarrow schema of one of the three files."""
    pa = library()
    kinds = {
        "text": pa.string(), "int": pa.int32(), "bool": pa.bool_(), "real": pa.float64(),
        "decimal": pa.decimal128(_DIGITS, _PLACES),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, kind in columns()[file].items()])


def table(schema: Any, rows: Sequence[Mapping[str, Any]], head: Mapping[str, Any] | None = None) -> Any:
    """Rows as a table; what a row lacks is null, `head` is the same in every row."""
    pa, same = library(), head or {}
    arrays = [
        pa.repeat(pa.scalar(same[f.name], f.type), len(rows))
        if f.name in same
        else pa.array([row.get(f.name) for row in rows], f.type)
        for f in schema
    ]
    return pa.Table.from_arrays(arrays, schema=schema)


def write_table(
    path: Path, schema: Any, rows: Sequence[Mapping[str, Any]], head: Mapping[str, Any] | None = None
) -> None:
    """Write a small file in one move."""
    made = table(schema, rows, head)
    with replacing(path) as temporary:
        library().parquet.write_table(made, temporary, compression="zstd", write_page_checksum=True)


class Groups:
    """A parquet file that grows by row groups, so that memory does not grow with it."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer
        self._waiting: list[Any] = []
        self._rows = 0

    def add(self, table: Any) -> None:
        """Put rows behind those already there."""
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= GROUP:
            self.flush()

    def flush(self) -> None:
        """Write what waits as one row group."""
        if self._waiting:
            whole = library().concat_tables(self._waiting).combine_chunks()
            self._writer.write_table(whole, row_group_size=max(1, whole.num_rows))
        self._waiting, self._rows = [], 0


@contextmanager
def growing(path: Path, schema: Any) -> Iterator[Groups]:
    """A file by row groups, moved into place whole when the block ends well."""
    with (
        replacing(path) as temporary,
        library().parquet.ParquetWriter(temporary, schema, compression="zstd") as writer,
    ):
        groups = Groups(writer)
        yield groups
        groups.flush()
