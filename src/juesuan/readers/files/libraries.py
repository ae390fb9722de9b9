"""The libraries behind the file formats: kept quiet, their failures in one sentence."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from juesuan.errors import JuesuanError


class Losses(logging.Handler):
    """Hears the libraries' warnings instead of the terminal, and counts those that speak of lost data."""

    count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Most warnings are about fonts and concern nobody."""
        self.count += "Data-loss" in str(record.msg)


@contextmanager
def parsing(path: Path) -> Iterator[Losses]:
    """Whatever a library says about a bad file becomes one sentence; its warnings stay off the screen."""
    kind = path.suffix.lstrip(".").lower()
    again = f"请重新导出或重新下载这个 {kind} 文件"
    try:
        with quiet() as losses:
            yield losses
    except JuesuanError:
        raise
    except RecursionError as error:
        raise JuesuanError(path.name, "文件内部嵌套过深，读不下去", again) from error
    except MemoryError as error:
        raise JuesuanError(path.name, "文件展开后超出内存", "请核对是不是选错了文件") from error
    # The libraries let the errors of zip, zlib, XML and their own through, a dozen kinds; all mean a damaged file.
    except Exception as error:
        raise JuesuanError(path.name, "文件已损坏或不完整，打不开", again) from error


@contextmanager
def quiet() -> Iterator[Losses]:
    """Keep the libraries' warnings, which speak of fonts and streams, away from the reader of the accounts."""
    losses = Losses(logging.WARNING)
    loggers = [logging.getLogger(name) for name in ("pdfminer", "pdfplumber")]
    before = [logger.propagate for logger in loggers]
    for logger in loggers:
        logger.propagate = False
        logger.addHandler(losses)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield losses
    finally:
        for logger, propagate in zip(loggers, before, strict=True):
            logger.removeHandler(losses)
            logger.propagate = propagate
