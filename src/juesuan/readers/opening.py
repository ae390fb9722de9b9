"""`open_accounts`: whatever was received, read into one department's accounts."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

from juesuan.accounts import (
    Accounts,
    Disclosure,
    Notice,
    Source,
    disclosed_facts,
    read_disclosure,
    read_source,
)
from juesuan.classification import classes
from juesuan.errors import JuesuanError
from juesuan.layouts import layout as load_layout
from juesuan.quantity import State
from juesuan.readers.cells import open_sheets
from juesuan.readers.identity import identify
from juesuan.readers.magnitude import check_magnitude
from juesuan.readers.workbook import match_sheets, read_workbook

DEFAULT_PROFILE = "shanxi-2020"


def locate(path: str | Path, parameter: str = "accounts") -> Path:
    """A path as given, or below any folder above the working one: notebooks/ finds data/ beside it.

    `parameter` is the name under which the path was given, for the error where there is no such path.
    """
    given = Path(path).expanduser()
    for base in (Path.cwd(), *Path.cwd().parents):
        if (base / given).exists():
            return (base / given).resolve()
    raise JuesuanError(
        f"参数 {parameter}",
        f"路径 {path} 不存在",
        "请核对路径，可以从项目根目录写起，例如 data/xinzhou-shebao/2021",
    )


def open_accounts(path: str | Path, *, previous: str | Path = "", profile: str = "") -> Accounts:
    """Read one department and year from a folder or a workbook.

    Parameters
    ----------
    path : a folder with a workbook, `disclosure.yml` and `source.yml` (the last two optional), or an xlsx file.
    previous : the same for the year before; empty for no comparison.
    profile : the layout; empty takes the one named in source.yml, else 山西 2020–2021.

    Raises
    ------
    JuesuanError : nothing could be read, or the declared unit contradicts the amounts.
    """
    accounts = _open(locate(path), profile)
    if not previous:
        return accounts
    before = _open(locate(previous, "previous"), profile)
    told = _between(before, accounts)
    return replace(accounts, previous=before, notices=(*accounts.notices, *told))


def _open(place: Path, profile: str) -> Accounts:
    book = _workbook_in(place) if place.is_dir() else place
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise JuesuanError(book.name, f"还不能读“{book.suffix or '无扩展名'}”文件", "请另存为 xlsx 后再试")
    prose, origin = book.parent / "disclosure.yml", book.parent / "source.yml"
    disclosure = read_disclosure(prose) if prose.exists() else Disclosure()
    source = read_source(origin) if origin.exists() else Source()
    layout = load_layout(profile or source.profile or DEFAULT_PROFILE)
    sheets = match_sheets(open_sheets(book), layout, book.name)
    identity = identify(sheets, layout, disclosure, place)
    contents = read_workbook(sheets, layout, identity.year, book.name)
    stated = disclosed_facts(disclosure, str(source.unit or layout.unit))
    facts = contents.facts + stated
    check_magnitude(facts, book.name, contents.unstated)
    notices = [*identity.notices, *contents.notices, *_altered(source, book.parent)]
    if not classes("functional", identity.year):
        text = (
            f"功能分类科目表没有收录 {identity.year} 年度（从 2019 年起收录），类级科目不能按名称对应和核对"
        )
        notices.append(Notice(place.name, text))
    notices += [
        Notice(f.quantity.cell, f"“{f.label}”的{f.column}写的是“{f.quantity.text}”，不是一个数，未作数字读入")
        for f in stated
        if f.quantity.state is State.UNPARSED
    ]
    if not prose.exists():
        notices.append(Notice(place.name, "没有 disclosure.yml：情况说明里的文字部分从缺"))
    return Accounts(
        department=identity.department,
        year=identity.year,
        layout=layout,
        records=tuple(facts),
        disclosure=disclosure,
        source=source,
        notices=tuple(notices),
        tables_read=tuple(contents.read),
    )


def _between(before: Accounts, accounts: Accounts) -> list[Notice]:
    """What is odd about the year before; one that is not before is an error."""
    if before.year >= accounts.year:
        raise JuesuanError(
            "参数 previous",
            f"给出的是 {before.year} 年度，不早于本年度 {accounts.year}",
            "请给出上一年度的决算数据",
        )
    told = []
    if before.year != accounts.year - 1:
        told.append(f"上年数据是 {before.year} 年度，不是紧邻的上一年")
    if before.department != accounts.department:
        told.append(f"上年决算的部门是“{before.department}”，与本年的“{accounts.department}”不同")
    own = [Notice(f"上年 {notice.place}", notice.text) for notice in before.notices]
    return [*(Notice("参数 previous", text) for text in told), *own]


def _altered(source: Source, folder: Path) -> list[Notice]:
    """Files beside source.yml whose content is not the one that it lists."""
    listed = ((folder / Path(name).name, digest) for name, digest in source.sha256.items())
    return [
        Notice(file.name, "文件与 source.yml 登记的 sha256 不同，可能改动过")
        for file, digest in listed
        if file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() != digest.strip().lower()
    ]


def _is_workbook(path: Path) -> bool:
    """An Excel file by its ending; no lock file, no backup copy."""
    return path.suffix.lower() in (".xls", ".xlsx", ".xlsm") and not path.name.startswith(("~$", "."))


def _workbook_in(folder: Path) -> Path:
    books = sorted(p for p in folder.glob("*.xls*") if _is_workbook(p))
    if not books:
        raise JuesuanError(
            f"文件夹 {folder.name}", "里面没有决算工作簿（xlsx）", "请把收到的 xlsx 放进这个文件夹"
        )
    if len(books) > 1:
        names = "、".join(book.name for book in books)
        raise JuesuanError(
            f"文件夹 {folder.name}",
            f"有 {len(books)} 个工作簿（{names}），不知道该读哪一个",
            "请直接给出其中一个文件的路径",
        )
    return books[0]
