"""Style of the charts: palette and sheet are data files, in force only while a chart is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import matplotlib
import seaborn as sns
import yaml
from cycler import cycler
from matplotlib import font_manager
from matplotlib.style import context

from juesuan.errors import JuesuanError


@cache
def palette() -> dict[str, Any]:
    """The colours of `palette.yml`: `cycle` (six) and the roles `focus quiet ink muted mark`."""
    text = files(__package__).joinpath("palette.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def font() -> Path:
    """The Chinese font of the charts, registered with matplotlib by its path, once a process.

    Raises
    ------
    JuesuanError : the font package is missing or damaged; better than a page of empty boxes.
    """
    try:
        from pylopdf_fonts_zh_cn import sans_path

        path = Path(sans_path())
        manager = font_manager.fontManager
        manager.addfont(path)
        # In front, so that a font of the same name on the machine does not change the picture.
        manager.ttflist.insert(0, manager.ttflist.pop())
    except (ImportError, OSError, RuntimeError) as error:
        found = f"字体包 pylopdf-fonts-zh-cn 没有装好（{error}）"
        raise JuesuanError("图的中文字体", found, "请运行 make setup 重新安装依赖") from error
    return path


@cache
def _rc() -> dict[str, Any]:
    with as_file(files(__package__).joinpath("style.mplstyle")) as sheet:
        ours = matplotlib.rc_params_from_file(sheet, use_default_template=False)
    cycle = cycler(color=palette()["cycle"])
    return {**sns.axes_style("white"), **ours, "axes.prop_cycle": cycle}


@cache
def _settings() -> dict[str, Any]:
    """matplotlib's defaults with our style over them, every value as matplotlib checked it."""
    with context(_rc(), after_reset=True):
        return {key: value for key, value in dict.items(matplotlib.rcParams) if key != "backend"}


@contextmanager
def styled() -> Iterator[None]:
    """matplotlib's defaults plus our style inside the block; the user's own settings after it."""
    font()
    with matplotlib.rc_context():
        # Not rcParams.update, which would check three hundred values again for every chart.
        dict.update(matplotlib.rcParams, _settings())  # type: ignore[misc]
        yield


def bar(role: str) -> dict[str, Any]:
    """Patch properties of a bar: `focus`, `quiet`, `rest` (hatched), `apart` (crossed) or `outline`."""
    colours, edge = palette(), {"edgecolor": palette()["muted"], "linewidth": 0.7}
    return {
        "focus": {"facecolor": colours["focus"], "edgecolor": colours["focus"], "linewidth": 0.7},
        "quiet": {"facecolor": colours["quiet"], **edge},
        "rest": {"facecolor": colours["quiet"], "hatch": "////", **edge},
        "apart": {"facecolor": "white", "hatch": "xxx", **edge},
        "outline": {"facecolor": "white", **edge},
    }[role]
