"""The HTML reader: what shows, spans, encodings (示例数据，合成)."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.errors import JuesuanError
from juesuan.readers.files.document import Document
from juesuan.readers.files.html import read_html
from juesuan.readers.files.sheet import Sheet
from papers import cells

PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}"><title>标题栏</title><style>p {{color: red}}</style></head>
<body><nav>首页 &gt; 公开</nav><script>var a = "<p>脚本</p>";</script>
<div class="content"><h2>第三部分　情况说明</h2><!-- 批注 -->
<p>&nbsp;&nbsp;一、<b>收入</b>支出总体
情况<br>本年收入合计&nbsp;1,234.50 万元。</p><p style="display: none">草稿</p><p hidden>草稿</p>
<form><div>散落的文字<span>也算</span>一段</div></form>
<table><caption>收入决算表</caption>
<thead><tr><th rowspan="2">科目编码</th><th rowspan="2">科目名称</th><th colspan="2">本年收入</th></tr>
<tr><th>合计</th><th>财政<br/>拨款</th></tr></thead>
<tfoot><tr><td colspan="2">合计</td><td>3.00</td><td>3.00</td></tr></tfoot>
<tbody><tr><td>201</td><td><p>一般公共</p><p>服务支出</p></td><td> 1.00 </td><td>&mdash;</td></tr>
<tr style="display:none"><td>隐藏</td></tr><tr><td>202</td><td>外交支出</td><td>2.00</td></tr></tbody></table>
<p>注：合成数据。</p></div><footer>版权所有</footer></body></html>"""


def read(folder: Path, text: str | bytes, name: str = "示例.html") -> Document:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_html(file)


def shape(document: Document) -> list[str]:
    return [
        block.name if isinstance(block, Sheet) else f"{block.place} {block.text}" for block in document.blocks
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gbk"),
        ("gbk", "gb18030"),
        ("", "gb18030"),
        ("utf-8", "utf-16"),
        ("utf-8", "gbk"),
    ],
)
def test_a_page_in_every_encoding(tmp_path: Path, charset: str, encoding: str) -> None:
    document = read(tmp_path, PAGE.format(charset=charset).encode(encoding))
    assert shape(document) == [
        "第1段 第三部分 情况说明", "第2段 一、收入支出总体情况", "第3段 本年收入合计 1,234.50 万元。",
        "第4段 散落的文字也算一段", "第5段 收入决算表", "表1", "第6段 注：合成数据。",
    ]  # fmt: skip
    (sheet,) = document.sheets
    assert cells(sheet) == [
        ["科目编码", "科目名称", "本年收入", ""],
        ["", "", "合计", "财政\n拨款"],
        ["201", "一般公共\n服务支出", "1.00", "—"],
        ["202", "外交支出", "2.00", ""],
        ["合计", "", "3.00", "3.00"],
    ]
    assert sorted(sheet.spans) == [(1, 1, 1, 2), (1, 5, 2, 5), (2, 1, 2, 2), (3, 1, 4, 1)]
    assert sheet.ref(3, 3) == "表1第3行第3列"


def test_layout_tables_are_not_tables(tmp_path: Path) -> None:
    inner = "<table><tr><td>甲</td><td>1.00</td></tr><tr><td>乙</td><td>2.00</td></tr></table>"
    page = f"<table><tr><td>栏目</td><td><p>正文。</p>{inner}</td></tr></table><table><tr><td>一格</td></tr></table>"
    document = read(tmp_path, page)
    assert shape(document) == ["第1段 栏目", "第2段 正文。", "表1", "第3段 一格"]
    assert cells(document.sheets[0]) == [["甲", "1.00"], ["乙", "2.00"]]


def test_spans_beyond_reason(tmp_path: Path) -> None:
    rows = (
        "<tr><td colspan='99999'>标题</td></tr><tr><td rowspan='0'>甲</td><td>1</td></tr><tr><td>2</td></tr>"
    )
    (sheet,) = read(tmp_path, f"<table>{rows}<tr><td rowspan='70000'>3</td></tr></table>").sheets
    assert sheet.width <= 4
    assert sheet.texts(3)[:2] == ["", "2"]
    assert sheet.texts(4)[:2] == ["", "3"]
    assert all(right <= sheet.width and bottom <= sheet.height for _, _, right, bottom in sheet.spans)


def test_broken_markup_is_read_as_a_browser_does(tmp_path: Path) -> None:
    document = read(
        tmp_path, "<?xml version='1.0' encoding='utf-8'?><p>甲<p>乙<table><tr><td>丙<td>1</table>丁"
    )
    assert shape(document) == ["第1段 甲", "第2段 乙", "表1", "第3段 丁"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (bytes(range(256)) * 20, "编码读不出来"),
        (b"%PDF-1.4 \x00\x01", "编码读不出来"),
        (b"", "没有文字"),
        (b"<script>x</script>", "没有文字"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(JuesuanError, match=says) as error:
        read(tmp_path, content)
    assert error.value.where == "示例.html"


def test_deep_nesting_is_read_or_one_sentence(tmp_path: Path) -> None:
    try:
        assert shape(read(tmp_path, b"<div>" * 5000 + b"x")) == ["第1段 x"]
    except JuesuanError as error:
        assert error.where == "示例.html"  # noqa: PT017
