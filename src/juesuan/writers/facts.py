"""The tidy facts table as csv, json or parquet; printed decimals are kept as text."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from juesuan.accounts import Accounts
from juesuan.accounts.source import SYNTHETIC
from juesuan.errors import JuesuanError
from juesuan.writers.files import replacing

_ENDINGS = (".csv", ".json", ".parquet")
_TEXT = ["department", "table", "code", "label", "column", "unit", "cell", "text", "suspect"]


def write_facts(accounts: Accounts, path: Path) -> Path:
    """Write every fact to `path`; its ending (.csv, .json, .parquet) names the format."""
    frame = accounts.facts.copy()
    frame["value"] = [fact.quantity.printed or None for fact in accounts.records]
    if accounts.source.is_synthetic:
        frame.insert(0, "label_synthetic", SYNTHETIC)
    check_ending(path)
    write = {".csv": _csv, ".json": _json, ".parquet": _parquet}[path.suffix.lower()]
    with replacing(path) as temporary:
        write(frame, temporary)
    return path


def check_ending(path: Path) -> None:
    """Refuse a file whose ending names no format that can be written."""
    if path.suffix.lower() not in _ENDINGS:
        raise JuesuanError(
            f"参数 out（{path.name}）", f"不能写“{path.suffix}”格式", f"可用：{'、'.join(_ENDINGS)}"
        )


def _csv(frame: pd.DataFrame, path: Path) -> None:
    # A text that begins like a formula is shown as text by spreadsheet programs.
    for column in _TEXT:
        frame[column] = [f"'{t}" if str(t)[:1] in ("=", "+", "-", "@") else t for t in frame[column]]
    frame.to_csv(path, index=False, encoding="utf-8-sig")


def _json(frame: pd.DataFrame, path: Path) -> None:
    rows = frame.astype(object).where(frame.notna(), None).to_dict(orient="records")
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _parquet(frame: pd.DataFrame, path: Path) -> None:
    try:
        frame.to_parquet(path, index=False)
    except ImportError as error:
        raise JuesuanError(
            "参数 out", "写 parquet 需要 pyarrow，还没有安装", "请运行 pip install pyarrow"
        ) from error
