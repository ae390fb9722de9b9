"""Text and Markdown (示例数据，合成)."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.errors import JuesuanError
from juesuan.readers.files.document import Document
from juesuan.readers.files.plain import read_plain
from papers import cells

MARKDOWN = """\
# 第三部分 情况说明 #

<!-- 批注
不读 -->
**本年收入**合计 1,234.50 万元，`其中`：
- 财政拨款 2\\*3 万元
> 引用

| 科目 | 名称 | 合计 |
|:-----|:----:|-----:|
| 201  | 一般<br>公共 | **1,234.50** |
| 202  | 甲\\|乙 |

---
没有 | 表
编码|金额
--|--
301|0.00
完
"""


def read(folder: Path, content: bytes, name: str) -> Document:
    file = folder / name
    file.write_bytes(content)
    return read_plain(file)


def test_markdown(tmp_path: Path) -> None:
    document = read(tmp_path, MARKDOWN.encode(), "示例.md")
    assert [(p.place, p.text) for p in document.passages] == [
        ("第1行", "第三部分 情况说明"),
        ("第5行", "本年收入合计 1,234.50 万元，其中："),
        ("第6行", "财政拨款 2*3 万元"),
        ("第7行", "引用"),
        ("第15行", "没有 | 表"),
        ("第19行", "完"),
    ]
    first, second = document.sheets
    assert cells(first) == [["科目", "名称", "合计"], ["201", "一般\n公共", "1,234.50"], ["202", "甲|乙", ""]]
    assert list(first.origins) == ["第9行", "第11行", "第12行"]
    assert first.quantity(2, 3, "万元").cell == "第11行第3列"
    assert cells(second) == [["编码", "金额"], ["301", "0.00"]]
    assert [type(block).__name__ for block in document.blocks[3:6]] == ["Passage", "Sheet", "Passage"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    document = read(tmp_path, "　　一、收入\r\n\r\n# 不是标题 | 表\r\n".encode(encoding), "示例.txt")
    assert [(p.place, p.text) for p in document.blocks] == [
        ("第1行", "一、收入"),
        ("第3行", "# 不是标题 | 表"),
    ]
    assert not document.is_workbook


def test_what_is_no_text(tmp_path: Path) -> None:
    for content, says in (
        (bytes(range(256)), "不是文本文件"),
        (b"\x89PNG\r\n\x00\x00", "不是文本文件"),
        (b" \n", "没有文字"),
    ):
        with pytest.raises(JuesuanError, match=says) as error:
            read(tmp_path, content, "坏.txt")
        assert error.value.where == "坏.txt"
