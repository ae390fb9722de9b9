"""The libraries of the optional extra `documents`: asked for when needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from juesuan.errors import JuesuanError


def library(name: str, path: Path) -> ModuleType:
    """A module of the extra; one clear error that names the file where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        found = f"这种文件要用 {name.partition('.')[0]}，还没有安装"
        raise JuesuanError(path.name, found, '请运行 pip install "juesuan[documents]"') from error
