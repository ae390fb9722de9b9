"""`open_accounts`: whatever was received, read into one department's accounts, with the year before."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from juesuan.accounts import Accounts, History, Notice
from juesuan.errors import JuesuanError
from juesuan.readers.one import read_one
from juesuan.readers.received import locate

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def open_accounts(path: str | Path, *, previous: str | Path = "", profile: str = "") -> Accounts:
    """Read one department and year from whatever was received.

    Parameters
    ----------
    path : a folder (a workbook, a document or t1.csv …; `disclosure.yml` and `source.yml` optional), or a
        file: xlsx, xls, ods, pdf, docx, html, md, txt, csv.
    previous : the same for the year before; empty takes last year's folder or file beside this one, if any.
    profile : the layout; empty takes the one named in source.yml, else the one that fits the tables best.

    Raises
    ------
    JuesuanError : nothing could be read, or the declared unit contradicts the amounts.
    """
    place = locate(path)
    accounts = read_one(place, profile)
    if previous:
        return _with_previous(accounts, read_one(locate(previous, "previous"), profile))
    found = last_year_beside(place, accounts.year)
    if found is None:
        return accounts
    told = Notice(found.name, "在旁边找到上一年度的决算，用于同比")
    try:
        before = read_one(found, profile)
    except JuesuanError as error:
        told = Notice(found.name, f"在旁边找到上一年度的决算，但读不出来（{error}），没有同比")
        return replace(accounts, notices=(*accounts.notices, told))
    if before.department != accounts.department or before.year != accounts.year - 1:
        told = Notice(found.name, f"旁边的是{before.department}{before.year}年度的决算，没有用作上年")
        return replace(accounts, notices=(*accounts.notices, told))
    return _with_previous(replace(accounts, notices=(*accounts.notices, told)), before)


def last_year_beside(place: Path, year: int) -> Path | None:
    """The folder or file beside this one whose name differs in nothing but the year, one less."""
    name = re.sub(rf"(?<!\d){year}(?!\d)", str(year - 1), place.name)
    found = place.with_name(name)
    return found if name != place.name and found.exists() else None


def _with_previous(accounts: Accounts, before: Accounts) -> Accounts:
    """The accounts with the year before; one that is not before is an error, what is odd a notice."""
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
    now, then = (a.get("T1", "收入总计", "决算数") for a in (accounts, before))
    if now.value and then.value:
        ratio = now.exact() * now.scale / (then.exact() * then.scale)
        if not Fraction(1, 1000) < ratio < 1000:
            told.append(
                f"本年收入总计 {now.printed} {now.unit}，上年 {then.printed} {then.unit}，相差上千倍，疑为单位写错"
            )
    own = [Notice(f"上年 {notice.place}", notice.text) for notice in before.notices]
    notices = (*accounts.notices, *(Notice("参数 previous", text) for text in told), *own)
    return replace(accounts, previous=before, notices=notices)


def open_history(path: str | Path, *, profile: str = "") -> History:
    """Read every year of one department.

    `path` is a folder that holds a folder or a file for each year (`data/<department>`), or one such year,
    whose neighbours are then read too. A year that cannot be read is a notice; fewer than two are an error.
    """
    place = locate(path)
    if not place.is_dir() or _YEAR.search(place.name):
        place = place.parent
    accounts, notices = [], []
    for each in sorted(p for p in place.iterdir() if _YEAR.search(p.name) and not p.name.startswith(".")):
        try:
            accounts.append(read_one(each, profile))
        except JuesuanError as error:
            notices.append(Notice(each.name, f"这一年读不出来：{error}"))
    return History.of(accounts, notices)
