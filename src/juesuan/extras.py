"""The libraries of the optional extras: asked for when needed."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from types import ModuleType

from juesuan.errors import JuesuanError


def library(name: str, path: Path) -> ModuleType:
    """A module of the extra `documents`; one clear error that names the file where it is not installed."""
    return module(name, "documents", path.name, "这种文件")


def module(name: str, extra: str, where: str, what: str) -> ModuleType:
    """A module of an extra; one clear error that says `where` it was needed, and for `what`, where it is missing."""
    try:
        return import_module(name)
    except ImportError as error:
        found = f"{what}要用 {name.partition('.')[0]}，还没有安装"
        raise JuesuanError(where, found, f'请运行 pip install "juesuan[{extra}]"') from error
