"""One department's report: run the notebook through papermill, export what was asked for."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqdm import tqdm

from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.findings import Report, check
from juesuan.findings.decisions import Decision, decisions_file, read_decisions
from juesuan.readers import locate, open_accounts
from juesuan.report.exporter import AUDIENCES, JuesuanExporter
from juesuan.report.formats import PAGE, check_formats, write_format
from juesuan.writers.files import write_text

# A kernel listens on this machine only and would print a warning about it at every start.
QUIET = ["--IPKernelApp.log_level=CRITICAL"]


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
    check_audience(audience, "report", formats)
    check_formats("report", formats)
    report = check(open_accounts(path, previous=previous, profile=profile))
    given = {"accounts": path, "previous": previous, "profile": profile}
    return _written("report", report, given, out, formats, audience, progress)


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
    check_audience(audience, "audit", formats)
    check_formats("audit", formats)
    given = {"accounts": path, "previous": previous, "profile": profile}
    decisions = read_decisions(decisions_file(locate(path)))
    return _written("audit", report, given, out, formats, audience, progress, decisions)


def _written(
    name: str,
    report: Report,
    given: Mapping[str, str],
    out: str,
    formats: Sequence[str],
    audience: str,
    progress: bool,
    decisions: Mapping[str, Decision] | None = None,
) -> list[Path]:
    """Make every format in a folder of its own, then move all into place."""
    path = given["accounts"]
    folder = Path(out) if out else default_folder(path, report.accounts)
    _refuse_file(folder)
    with tempfile.TemporaryDirectory(prefix="juesuan-") as temporary:
        work = Path(temporary)
        for format in tqdm(formats, desc="输出", unit="种", disable=not progress):
            target = work / f"{name}.{format}"
            if format == PAGE:
                _page(target, name, given, audience, progress)
            else:
                write_format(report, name, format, target, decisions)
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


def check_audience(audience: str, name: str, formats: Sequence[str]) -> None:
    """Refuse an unknown audience, and for readers a format that holds the findings."""
    if audience not in AUDIENCES:
        raise JuesuanError("参数 audience", f"不认识“{audience}”", f"可用：{'、'.join(AUDIENCES)}")
    if audience == "reader" and name == "report" and "json" in formats:
        raise JuesuanError(
            "参数 formats", "json 里有核对发现，不能给 reader", "请去掉 json，或另做一份 preparer"
        )


def _page(target: Path, name: str, given: Mapping[str, str], audience: str, progress: bool) -> None:
    """Run the notebook of that name and export it."""
    # Papermill is slow to import and only this needs it.
    import papermill
    from papermill.exceptions import PapermillExecutionError

    executed = target.with_suffix(".ipynb")
    try:
        done = papermill.execute_notebook(
            str(notebook(name)), str(executed), dict(given),
            progress_bar=progress, kernel_name="python3", engine_name="juesuan", extra_arguments=QUIET,
        )  # fmt: skip
    except PapermillExecutionError as error:
        where = f"{name}.ipynb 第 {error.exec_count} 格"
        raise JuesuanError(where, f"没有运行成功：{error.evalue}", "请按上面的提示改正后重新运行") from error
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
