"""One department's report: run the notebook through papermill, export what was asked for."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import nbformat
from tqdm.auto import tqdm

from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.findings import Report, check
from juesuan.findings.decisions import decisions_file, read_decisions
from juesuan.readers import locate, open_accounts
from juesuan.report import handoff
from juesuan.report.exporter import AUDIENCES, JuesuanExporter
from juesuan.report.markdown import markdown
from juesuan.writers.files import write_text
from juesuan.writers.workbook import write_workbook

FORMATS = ("html", "md", "xlsx", "json")
HANDOFF = ("html", "xlsx", "csv", "json")


def produce(
    path: str,
    *,
    previous: str = "",
    profile: str = "",
    out: str = "",
    formats: Sequence[str] = ("html",),
    audience: str = "preparer",
    progress: bool = True,
) -> list[Path]:
    """Write the report of the accounts at `path`; return the files written.

    Everything is checked before a kernel starts. Files are made in a folder of their own and moved
    into place at the end, so that a failure leaves no half report.

    Raises
    ------
    JuesuanError : a wrong parameter, or accounts that cannot be read.
    """
    _allowed("audience", [audience], AUDIENCES)
    _allowed("formats", formats or [""], FORMATS)
    accounts = open_accounts(path, previous=previous, profile=profile)
    report = check(accounts)
    folder = Path(out) if out else default_folder(path, accounts)
    _refuse_file(folder)
    steps: dict[str, Callable[[Path], object]] = {
        "md": lambda target: write_text(target, markdown(accounts)),
        "xlsx": lambda target: write_workbook(accounts, target),
        "json": lambda target: handoff.write_json(report, target),
    }
    steps["html"] = lambda target: _html(target, "report", path, previous, profile, audience, progress)
    return _written(folder, "report", formats, steps, progress)


def hand_off(
    path: str,
    report: Report,
    *,
    previous: str = "",
    profile: str = "",
    out: str = "",
    formats: Sequence[str] = ("html",),
    audience: str = "preparer",
    progress: bool = True,
) -> list[Path]:
    """Write the findings of `report` (the accounts at `path`) as `audit.html`, .xlsx, .csv, .json.

    Raises
    ------
    JuesuanError : a wrong parameter, or a notebook that did not run.
    """  # fmt: skip
    _allowed("audience", [audience], AUDIENCES)
    _allowed("formats", formats or [""], HANDOFF)
    folder = Path(out) if out else default_folder(path, report.accounts)
    _refuse_file(folder)
    kept = read_decisions(decisions_file(locate(path)))
    steps: dict[str, Callable[[Path], object]] = {
        "html": lambda target: _html(target, "audit", path, previous, profile, audience, progress),
        "xlsx": lambda target: handoff.write_xlsx(report, target, kept),
        "csv": lambda target: handoff.write_csv(report, target, kept),
        "json": lambda target: handoff.write_json(report, target, kept),
    }
    return _written(folder, "audit", formats, steps, progress)


def _written(
    folder: Path,
    name: str,
    formats: Sequence[str],
    steps: Mapping[str, Callable[[Path], object]],
    progress: bool,
) -> list[Path]:
    """Make every format in a folder of its own, then move all into place."""
    with tempfile.TemporaryDirectory(prefix="juesuan-") as temporary:
        work = Path(temporary)
        for format in tqdm(formats, desc="输出", unit="种", disable=not progress):
            steps[format](work / f"{name}.{format}")
        return _move(work, folder)


def _refuse_file(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise JuesuanError(f"参数 out（{folder}）", "是一个文件，不是文件夹", "请给出文件夹")


def default_folder(path: str, accounts: Accounts) -> Path:
    """`out/<department>/<year>`, named like the folder the data are in where there is one."""
    place = locate(path)
    department = (
        place.parent.name if place.is_dir() and place.name == str(accounts.year) else accounts.department
    )
    return Path("out") / re.sub(r"[^\w\-]+", "-", str(department)) / str(accounts.year)


def notebook(name: str = "report") -> Path:
    """The notebook of that name: in the project's tree, else above the working folder."""
    for base in (Path(__file__).parents[3], Path.cwd(), *Path.cwd().parents):
        found = base / "notebooks" / f"{name}.ipynb"
        if found.exists():
            return found
    raise JuesuanError(
        f"笔记本 {name}.ipynb", "找不到", "请在项目目录里运行，或把 notebooks/ 文件夹放在当前目录"
    )


def _allowed(name: str, given: Sequence[str], known: Sequence[str]) -> None:
    for value in given:
        if value not in known:
            raise JuesuanError(f"参数 {name}", f"不认识“{value}”", f"可用：{'、'.join(known)}")


def _html(
    target: Path, name: str, path: str, previous: str, profile: str, audience: str, progress: bool
) -> None:
    """Run the notebook of that name and export it."""
    # Papermill is slow to import and only this needs it.
    import papermill
    from papermill.exceptions import PapermillExecutionError

    parameters = {"accounts": path, "previous": previous, "profile": profile}
    executed = target.with_suffix(".ipynb")
    # The kernel listens on loopback only and would print a warning about it at every start.
    quiet = ["--IPKernelApp.log_level=CRITICAL"]
    try:
        papermill.execute_notebook(
            str(notebook(name)), str(executed), parameters,
            progress_bar=progress, kernel_name="python3", extra_arguments=quiet,
        )  # fmt: skip
    except PapermillExecutionError as error:
        where = f"{name}.ipynb 第 {error.exec_count} 格"
        raise JuesuanError(where, f"没有运行成功：{error.evalue}", "请按上面的提示改正后重新运行") from error
    done = nbformat.read(executed, as_version=4)  # type: ignore[no-untyped-call]
    page, _ = JuesuanExporter(audience=audience).from_notebook_node(done)
    write_text(target, page)
    if audience == "reader":
        # The executed notebook holds the findings and the code.
        executed.unlink()


def _move(work: Path, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    moved = []
    for made in sorted(work.iterdir()):
        partial = folder / f".{made.name}.part"
        shutil.move(made, partial)
        moved.append(partial.replace(folder / made.name))
    return moved
