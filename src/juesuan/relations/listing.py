"""All relations as a page of documentation, from the very rows that are executed."""

from __future__ import annotations

import sys

from juesuan.relations.model import Relation, relations

_SOURCES = {
    "M": "财政部勾稽公式或其公开表对应",
    "D": "公开表的定义",
    "O": "公开要求",
    "A": "由定义推出",
    "P": "同行公开核对中也有",
}
_GRADES = {"B": "基本平衡", "L": "逻辑性", "H": "核实性"}
_HEAD = """# 勾稽关系一览

这一页由 `make relations` 从程序执行的那些行（`src/juesuan/relations/table.yml`、`text.yml`）写出，不要手改。
类：B 基本平衡、L 逻辑性、H 核实性（要说明，不是错误）。式子的写法见 `table.yml` 开头；怎样加一条自己的关系见[核对](audit.zh-CN.md)。

| 编号 | 内容 | 类 | 依据 | 种类 | 式子 |
|---|---|---|---|---|---|
"""


def listing() -> str:
    """The page, one line a relation."""
    return _HEAD + "".join(_line(r) for r in relations().values())


def _line(relation: Relation) -> str:
    formula = relation.formula or "　".join(
        f"{key} {value}" for key in ("table", "column", "of", "within") if (value := getattr(relation, key))
    )
    shown = formula.replace("|", "\\|")
    cells = (
        relation.id,
        relation.title,
        relation.grade,
        _SOURCES.get(relation.source, relation.source),
        relation.kind,
        f"`{shown}`" if shown else "",
    )
    return f"| {' | '.join(cells)} |\n"


if __name__ == "__main__":
    sys.stdout.write(listing())
