"""The dataset of a batch, opened for questions: SQL over its Parquet files through DuckDB."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from juesuan.errors import JuesuanError
from juesuan.extras import module
from juesuan.overview.columns import FILES, columns
from juesuan.overview.line import Line


@dataclass(frozen=True)
class Dataset:
    """The three files of one batch; `given` heads the page, or the years they cover."""

    folder: Path
    given: str
    _connection: Any = field(repr=False)

    def ask(self, name: str) -> list[dict[str, Any]]:
        """The rows that `sql/<name>.sql` gives, as dicts; sums of money are exact Decimals."""
        sql = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
        answer = self._connection.execute(sql)
        names = [column[0] for column in answer.description]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    @cached_property
    def lines(self) -> list[Line]:
        """One line for each department and year, by department and year."""
        return [Line.of(row) for row in self.ask("lines")]

    @property
    def title(self) -> str:
        """What the page is headed by."""
        if self.given or not self.years:
            return self.given or "多部门决算"
        return f"{years_text(self.years)}部门决算"

    @cached_property
    def years(self) -> list[int]:
        """The years that occur, ascending."""
        return sorted({line.year for line in self.lines if line.year is not None})


def years_text(years: list[int]) -> str:
    """`2021–2023 年度`, or the single year."""
    if not years:
        return "没有年度"
    return f"{years[0]} 年度" if len(years) == 1 else f"{years[0]}–{years[-1]} 年度"


def open_dataset(dataset: str | Path, *, title: str = "") -> Dataset:
    """Open the folder that a batch collected its facts, findings and reports in.

    Raises
    ------
    JuesuanError : DuckDB is not installed; the folder or a file is missing, cannot be read or lacks a column.
    """
    folder = Path(dataset)
    duckdb = module("duckdb", "batch", "参数 dataset", "读数据集")
    if not folder.is_dir():
        raise JuesuanError(
            f"参数 dataset（{folder}）", "找不到这个文件夹", "请给出 juesuan batch 写出的数据集文件夹"
        )
    connection = duckdb.connect()
    # Nothing is fetched: what a query needs is built in.
    connection.execute("SET autoinstall_known_extensions = false; SET autoload_known_extensions = false")
    for name in FILES:
        _view(connection, duckdb.Error, name, folder / f"{name}.parquet")
    return Dataset(folder, title, connection)


def _view(connection: Any, unreadable: type[Exception], name: str, path: Path) -> None:
    """Give the file a name in the queries, after a look at its columns."""
    if not path.is_file():
        raise JuesuanError(str(path), "数据集缺少这个文件", "请重新运行 juesuan batch，或另选数据集文件夹")
    quoted = str(path).replace("'", "''")
    try:
        connection.execute(
            f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{quoted}', hive_partitioning = false)"
        )
        found = {row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()}
    except unreadable as error:
        raise JuesuanError(str(path), "不是完好的 Parquet 文件", "请重新运行 juesuan batch") from error
    lacking = [column for column in columns()[name] if column not in found]
    if lacking:
        told = f"缺少列 {'、'.join(lacking)}"
        raise JuesuanError(str(path), told, "请用现在的版本重新运行 juesuan batch")
