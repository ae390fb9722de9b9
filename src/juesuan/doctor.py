"""Can this machine make reports? What is there, what is missing, what to do."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from juesuan.errors import JuesuanError
from juesuan.machine import processors

PACKAGES = ("jupyterlab", "pandas", "matplotlib", "seaborn", "nbconvert", "papermill", "openpyxl")

# What `juesuan batch` needs besides.
BATCH = ("distributed", "fsspec", "pyarrow", "duckdb")


@dataclass(frozen=True)
class Result:
    """One examination; `needed` ones must be ok for `juesuan report` to work."""

    name: str
    ok: bool
    text: str
    needed: bool = True


def examine() -> list[Result]:
    """All examinations in order."""
    return [
        _python(),
        *(_package(name) for name in PACKAGES),
        _kernel(),
        _font(),
        _warm(),
        _batch(),
        _browser(),
    ]


def _python() -> Result:
    return Result("Python", sys.version_info >= (3, 11), sys.version.split()[0])


def _package(name: str) -> Result:
    try:
        return Result(name, True, version(name))
    except PackageNotFoundError:
        return Result(name, False, f"没有安装，请运行 pip install {name}")


def _kernel() -> Result:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return Result("Jupyter 内核", False, "没有 python3 内核，请运行 python -m ipykernel install --user")
    return Result("Jupyter 内核", True, spec.display_name)


def _font() -> Result:
    try:
        from juesuan.charts.style import font

        return Result("图表中文字体", True, font().name)
    except ImportError as error:
        return Result("图表中文字体", False, f"没有安装 {error.name}")
    except JuesuanError as error:
        return Result("图表中文字体", False, str(error))


def _warm() -> Result:
    from juesuan.engine.prepared import can_fork

    able = can_fork()
    return Result(
        "内核预热",
        able,
        "可用" if able else "这个系统不宜复制进程，改用 papermill 自己的方式，慢一些",
        needed=False,
    )


def _batch() -> Result:
    missing = [name for name in BATCH if find_spec(name) is None]
    told = (
        f"没有安装 {'、'.join(missing)}，请运行 make setup" if missing else f"可用，{processors()} 个处理器"
    )
    return Result("成批出报告", not missing, told, needed=False)


def _browser() -> Result:
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), "")
    return Result("Chromium", bool(found), found or "没有找到；只有浏览器测试需要它", needed=False)
