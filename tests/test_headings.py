"""However a department numbers and words the headings of its explanation, the text is read and judged."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from juesuan.findings import check
from juesuan.narrative import narrative
from juesuan.readers import open_accounts
from juesuan.wording import numeral
from published import SEED

EXAMPLE = SEED.parents[1] / "example"
NUMERALS = {numeral(i): i for i in range(1, 15)}


def plain(line: str) -> str:
    return line


def about(line: str) -> str:
    """一、关于示例市商务局2024年度…情况的说明."""
    found = re.fullmatch(r"([一二三四五六七八九十]+)、(.+?)(?:的)?情况(?:的)?说明", line)
    return f"{found[1]}、关于示例市商务局2024年度{found[2]}情况的说明" if found else line


def lower(line: str) -> str:
    """（一） for the sections, 1． for their parts."""
    if found := re.fullmatch(r"（([一二三四五六七八九十]+)）(.+)", line):
        return f"{NUMERALS[found[1]]}．{found[2]}"
    found = re.fullmatch(r"([一二三四五六七八九十]+)、(.+)", line)
    return f"（{found[1]}）{found[2]}" if found else line


@pytest.mark.parametrize("changed", [plain, about, lower])
def test_the_text_is_read_under_other_headings(tmp_path: Path, changed: Callable[[str], str]) -> None:
    folder = tmp_path / "示例市商务局" / "2024"
    shutil.copytree(EXAMPLE / "2024", folder)
    (folder / "disclosure.yml").unlink()
    accounts = open_accounts(EXAMPLE / "2024")
    lines = [
        changed(block.text) if block.level else block.text
        for block in narrative(accounts, "explanation").blocks
    ]
    (folder / "text.md").write_text(
        "\n\n".join(["第三部分 情况说明", *lines, "第四部分 名词解释"]), encoding="utf-8"
    )
    report = check(open_accounts(folder))
    assert len(report.accounts.sentences) > 50
    assert [c.quote for c in report.accounts.claims if c.kind == "unmatched"] == []
    assert [f"{f.relation} {f.message}" for f in report.findings if f.severity != "info"] == []
