"""The run list: what a chapter does not say it takes from above, and what cannot be is said before anything runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from juesuan.cli import main
from juesuan.errors import JuesuanError
from juesuan.runs import chosen, plan

LIST = """
title: 示例市
data: books
years: [2021, 2022]
params: {profile: national}
parts:
  - title: 市直
    audience: reader
    chapters:
      - department: 教育局
      - department: 统计局
        years: 2022
        params: {profile: ""}
        formats: [html, xlsx]
  - title: 县区
    notebook: audit
    timeout: 30
    years: 2021-2022
    chapters:
      - department: 县/教育局
        accounts: papers/{year}.txt
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Books of two departments over two years, and papers of a third."""
    for name in ("books/教育局/2021", "books/教育局/2022", "books/统计局/2022"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "accounts.xlsx").write_bytes(b"")
    (tmp_path / "papers").mkdir()
    for year in (2021, 2022):
        (tmp_path / f"papers/{year}.txt").write_text("")
    return tmp_path


def listed(folder: Path, text: str = LIST) -> Path:
    path = folder / "list.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_said_comes_from_the_level_above(folder: Path) -> None:
    tasks = {task.id: task for task in plan(str(listed(folder))).tasks}
    assert list(tasks) == [
        "教育局/2021/report", "教育局/2022/report", "统计局/2022/report", "县/教育局/2021/audit", "县/教育局/2022/audit",
    ]  # fmt: skip
    education, statistics, county = (tasks[id] for id in list(tasks)[1:4])
    assert education.given == {"accounts": "books/教育局/2022", "profile": "national"}
    assert (education.audience, education.timeout, education.formats) == ("reader", 600, ("html",))
    assert statistics.parameters == {"profile": ""}
    assert statistics.formats == ("html", "xlsx")
    assert (county.accounts, county.audience, county.timeout) == ("papers/2021.txt", "preparer", 30)
    assert {task.root for task in tasks.values()} == {str(folder)}


def test_the_first_notebook_on_the_same_accounts_fills_the_dataset(folder: Path) -> None:
    text = "years: 2022\ndata: books\nparts: [{chapters: [{department: 教育局}, {department: 教育局, notebook: audit}]}]"
    assert [task.fills for task in plan(str(listed(folder, text))).tasks] == [True, False]


def test_a_folder_is_a_list_of_what_is_in_it(folder: Path) -> None:
    (folder / "books/空/2022").mkdir(parents=True)
    (folder / "books/县/卫生局/2020").mkdir(parents=True)
    (folder / "books/县/卫生局/2020/t1.csv").write_text("")
    tasks = plan(str(folder / "books"), formats=["html", "md"], timeout=5).tasks
    assert [t.folder for t in tasks] == [
        "县/卫生局/2020",
        "教育局/2021",
        "教育局/2022",
        "空/2022",
        "统计局/2022",
    ]
    assert {(t.formats, t.timeout) for t in tasks} == {(("html", "md"), 5)}
    (task,) = plan(str(folder / "books/统计局/2022")).tasks
    assert task.folder == "统计局/2022"


def test_some_of_it(folder: Path) -> None:
    tasks = plan(str(listed(folder))).tasks
    assert [t.id for t in chosen(tasks, ["教育局"])] == [t.id for t in tasks if "教育局" in t.id]
    assert [t.id for t in chosen(tasks, ["*/2021/*", "统计*"])] == [tasks[i].id for i in (0, 2, 3)]
    assert [t.folder for t in chosen(tasks, ["县"])] == ["县/教育局/2021", "县/教育局/2022"]
    assert [t.id for t in chosen(tasks, ["县/*"], limit=1)] == ["县/教育局/2021/audit"]
    with pytest.raises(JuesuanError, match="没有一项符合"):
        chosen(tasks, ["财政局"])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("audience: reader", "audiense: reader"), "parts.1.audiense：不认识“audiense”"),
        (("audience: reader", "audience: boss"), "不认识“boss”"),
        (("years: [2021, 2022]", "years: 22"), "年度写的是“22”"),
        (("years: [2021, 2022]", ""), "没有写年度"),
        (("years: 2021-2022", "years: 2022-2021"), "年度写的是“2022-2021”"),
        (("department: 统计局", "department: 审计局"), "找不到 accounts 的 books/审计局/2022"),
        (("department: 统计局", "department: ../统计局"), "请写 data 之下的文件夹"),
        (
            ('{profile: ""}', "{profil: national}"),
            "没有参数“profil”，它的参数是：accounts、previous、profile",
        ),
        (("{profile: national}", "{profile: 801}"), "参数 profile 写的是 801，应是文字；编码请加引号"),
        (("formats: [html, xlsx]", "formats: [html, ppt]"), "不认识“ppt”"),
        (("notebook: audit", "notebook: autdit"), "笔记本 autdit.ipynb 等 2 处：找不到"),
        (("timeout: 30", "timeout: -1"), "timeout：写的是“-1”"),
        (("parts:", "parts: ["), "不是合格的 YAML"),
        (("department: 统计局", "department: 教育局"), "教育局/2022/report 写了 2 次"),
        (("{profile: national}", "{profile: nosuch}"), "没有名为“nosuch”的版式"),
        (("years: 2022\n", "years: []\n"), "年度是空的"),
        (("department: 统计局", "department: .work"), "请写 data 之下的文件夹"),
        (('{profile: ""}', "{accounts: x}"), "params 里写了 accounts"),
        (('{profile: ""}', "{previous: nowhere}"), "找不到 previous 的 nowhere"),
        (
            ("formats: [html, xlsx]", "formats: [html, json]"),
            "json 里有核对发现，不能给 reader",
        ),
    ],
)
def test_what_cannot_be_is_one_sentence_and_exit_code_2(
    change: tuple[str, str], said: str, folder: Path
) -> None:
    assert change[0] in LIST
    path = listed(folder, LIST.replace(*change, 1))
    result = CliRunner().invoke(main, ["batch", str(path), "--out", str(folder / "out")])
    assert result.exit_code == 2
    assert said.replace("，它", "。它").replace("，应", "。应") in result.output
    assert result.output.count("\n") == 1
    assert not (folder / "out").exists()


def test_listing_runs_nothing(folder: Path) -> None:
    result = CliRunner().invoke(main, ["batch", str(listed(folder)), "--list", "--out", str(folder / "out")])
    assert result.exit_code == 0
    assert "统计局/2022/report　accounts=books/统计局/2022，profile=" in result.output
    assert "共 5 份" in result.output
    assert not (folder / "out").exists()


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["batch", str(tmp_path)])
    assert (result.exit_code, "没有以年度命名" in result.output) == (2, True)


def test_all_that_is_wrong_is_told_at_once(folder: Path) -> None:
    text = LIST.replace("department: 统计局", "department: 审计局").replace(
        "timeout: 30", "params: {profil: x}"
    )
    result = CliRunner().invoke(main, ["batch", str(listed(folder, text))])
    assert result.exit_code == 2
    assert "books/审计局/2022" in result.output
    assert "没有参数“profil”" in result.output
    typo = LIST.replace("      - department: 教育局\n", "      - departmnt: 教育局\n")
    missed = CliRunner().invoke(main, ["batch", str(listed(folder, typo)), "--list"]).output.splitlines()
    assert [line.split("：")[-1][:2] for line in missed] == ["缺少", "不认"]
    empty = CliRunner().invoke(main, ["batch", str(listed(folder, "yeers: 2022\nparts: []\n")), "--list"])
    assert "不认识“yeers”" in empty.output
    assert "parts：是空的，至少要有一项" in empty.output


def test_the_report_fills_the_dataset_whatever_stands_before_it(folder: Path) -> None:
    chapters = "".join(f"      - {{department: 教育局, notebook: {n}}}\n" for n in ("audit", "report"))
    tasks = plan(str(listed(folder, f"data: books\nyears: 2022\nparts:\n  - chapters:\n{chapters}"))).tasks
    assert [(t.name, t.fills) for t in tasks] == [("audit", False), ("report", True)]
