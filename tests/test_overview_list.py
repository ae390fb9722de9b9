"""What the overview takes from the run list: its parts, its names, its other notebooks, what was not run."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

import juesuan as js
from overview_data import report, write
from test_overview import cells


def test_the_parts_of_the_list_its_names_its_other_notebooks_and_what_was_not_run(tmp_path: Path) -> None:
    rows = [
        report("甲县教育局", 2023, key="甲县/教育局", part="县区", others="audit=done:3,own=failed:0,later=left:0", errors=1, place=2),
        report("统计局", 2023, part="市直", place=0),
        {"key": "乙县/教育局", "department": "教育局", "year": 2023, "part": "县区", "status": "left", "synthetic": False, "place": 1},
    ]  # fmt: skip
    data = js.open_dataset(write(tmp_path, rows, []))
    assert data.title == "2023 年度部门决算"
    page = BeautifulSoup(js.overview_matrix(data).html, "lxml")
    names = [row.th.get_text(" ", strip=True) for row in page.select("tbody tr")]  # type: ignore[union-attr]
    assert names == ["甲县教育局〔合成〕 甲县/教育局", "统计局〔合成〕", "教育局 乙县/教育局"]
    # The parts stand in the order of the list.
    assert [row["data-p"] for row in page.select("tbody tr")] == ["2", "1", "2"]
    assert [o.text for o in page.select("select[data-name=part] option")] == ["全部", "市直", "县区"]
    first, _, last = page.select("tbody tr")
    assert {a.text: a["href"] for a in first.select("a")} == {
        "错 3": "甲县教育局/2023/report.html",
        "audit 错 3": "甲县/教育局/2023/audit.html",
        "own 未完成": "甲县/教育局/2023/own.html",
    }
    assert last.td is not None
    assert (last.td.text, last.td["class"]) == ("未运行", ["l"])
    summary = js.overview_summary(data).html
    assert cells(summary, "县区") == ["县区", "2", "1", "0", "1", "1", "1"]
    assert cells(summary, "市直") == ["市直", "1", "1", "0", "0", "0", "0"]
    assert "另有 1 份没有运行" in js.overview_title(data).html
    lost = js.overview_failed(data).html
    assert "另有 1 份没有运行" in lost
    assert "笔记本 own 没有做完" in lost
    assert "未完成的部门 · 0 份，另有其他笔记本 1 份" in lost
    # The summary counts the one error of the report, the audit found three.
    assert "共 3 项错误，其中 2 项由其他笔记本查出" in js.overview_title(data).html
    assert 'href="甲县/教育局/2023/own.html"' in lost
