"""`open_accounts`: whatever was received, read into one department's accounts."""

from __future__ import annotations

import re
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
from juesuan.errors import JuesuanError
from juesuan.layouts import layout as load_layout
from juesuan.readers.magnitude import check_magnitude
from juesuan.readers.workbook import read_workbook

DEFAULT_PROFILE = "shanxi-2020"


def locate(path: str | Path) -> Path:
    """A path as given, or below any folder above the working one: notebooks/ finds data/ beside it."""
    given = Path(path).expanduser()
    for base in (Path.cwd(), *Path.cwd().parents):
        if (base / given).exists():
            return (base / given).resolve()
    raise JuesuanError(
        f"路径 {path}",
        "不存在",
        "请核对参数 accounts，路径可以从项目根目录写起，例如 data/xinzhou-shebao/2021",
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
    place = locate(path)
    book = _workbook_in(place) if place.is_dir() else place
    if book.suffix.lower() not in (".xlsx", ".xlsm"):
        raise JuesuanError(book.name, f"还不能读“{book.suffix or '无扩展名'}”文件", "请另存为 xlsx 后再试")
    prose, origin = book.parent / "disclosure.yml", book.parent / "source.yml"
    disclosure = read_disclosure(prose) if prose.exists() else Disclosure()
    source = read_source(origin) if origin.exists() else Source()
    layout = load_layout(profile or source.profile or DEFAULT_PROFILE)
    year = _year(disclosure, place)
    facts, notices, found = read_workbook(book, layout, year)
    facts += disclosed_facts(disclosure, str(source.unit or layout.unit))
    check_magnitude(facts, book.name)
    if not prose.exists():
        notices.append(Notice(str(place.name), "没有 disclosure.yml：情况说明里的文字部分从缺"))
    accounts = Accounts(
        department=disclosure.department or _department(place),
        year=year,
        layout=layout,
        records=tuple(facts),
        disclosure=disclosure,
        source=source,
        notices=tuple(notices),
        tables_read=tuple(found),
    )
    if not previous:
        return accounts
    before = open_accounts(previous, profile=profile)
    if before.year >= accounts.year:
        raise JuesuanError(
            "参数 previous",
            f"给出的是 {before.year} 年度，不早于本年度 {accounts.year}",
            "请给出上一年度的决算数据",
        )
    if before.department != accounts.department:
        told = Notice(
            "参数 previous", f"上年决算的部门是“{before.department}”，与本年的“{accounts.department}”不同"
        )
        accounts = replace(accounts, notices=(*accounts.notices, told))
    return replace(accounts, previous=before)


def _workbook_in(folder: Path) -> Path:
    books = sorted(p for p in folder.glob("*.xls*") if not p.name.startswith(("~$", ".")))
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


def _year(disclosure: Disclosure, place: Path) -> int:
    written = disclosure.year or next(
        (y for part in reversed(place.parts) for y in re.findall(r"20\d\d", part)), ""
    )
    if not re.fullmatch(r"20\d\d", written):
        raise JuesuanError(
            place.name, "看不出决算年度", "请在 disclosure.yml 写 year: 2021，或让文件夹以年度命名"
        )
    return int(written)


def _department(place: Path) -> str:
    return place.parent.name if place.is_dir() else place.stem
