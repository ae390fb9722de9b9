"""An analyst's own relations: one line each, typed in a notebook or written in `relations.yml`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.relations.formula import Formula, parse
from juesuan.relations.model import Relation, relations
from juesuan.relations.vocabulary import REST, check_names, check_table, total_column

FILE = "relations.yml"
# What an operator asks for; a row of the file may name another kind.
_KIND_OF = {"=": "sum", "≤": "at_most", "≥": "at_most", "÷": "ratio", "⇒": "implies", "⇔": "iff"}
# What is easier to type.
_TYPED = {
    "<=": "≤",
    ">=": "≥",
    "<=>": "⇔",
    "=>": "⇒",
    "＝": "=",
    "＋": "+",
    "－": "-",
    "...": REST,
    "……": REST,
}
# T3[208].合计: what people call the column that T3 prints as 本年支出合计.
_TOTAL = re.compile(r"(([TS]\d+)′?\[(?:(?!\]\.).)+\]\.)合计(?![^\s+=≤≥⇒⇔÷?；-])")
_KEYS = [field.alias or name for name, field in Relation.model_fields.items()]
_NEEDS = {
    "again": ("of", "column"), "children": ("table", "parent", "level"), "non_negative": ("table",),
    "codes": ("table",), "order": ("table",), "within": ("table", "within"), "nothing": ("formula",),
    "units": ("formula", "unit"), "rate": ("table", "column", "parent"), "zeros_said": ("table", "column"),
    "left_out": ("formula", "without"), "codes_kept": ("table", "column"), "counted": ("formula", "table"),
    **dict.fromkeys(_KIND_OF.values(), ("formula",)),
}  # fmt: skip


def own(
    text: str, title: str = "", *, where: str = "自定关系", accounts: Accounts | None = None, **keys: Any
) -> Relation:
    """One relation out of one line: `own("T3[*].本年支出合计 = T3[*].基本支出 + T3[*].项目支出 + …")`.

    The operator decides what is asked: = (a sum), ≤ ≥ (a bound), ÷ (a percentage between `low` and `high`),
    ⇒ and ⇔ (money here, money there). Without `class` it asks for an explanation (H); `id` is made of the text.
    `keys` are those of `table.yml`; `where` names the place of the text in an error. A row or column that only
    `accounts` print may be named where they are given.

    Raises
    ------
    JuesuanError : the line is no relation, or names a table, row or column that no profile has.
    """
    given = {"formula": text, "title": title, **keys}
    given.setdefault("id", f"U{int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10_000:04d}")
    if "grade" in given:
        given["class"] = given.pop("grade")
    return _relation(given, where, accounts)


# The name under which the package hands it on.
relation = own


def read_own(path: str | Path, accounts: Accounts | None = None) -> list[Relation]:
    """The relations of a file, or of `relations.yml` in a folder (none where there is no such file).

    The file is a list; each entry is one line of text, or a row with the keys of `table.yml`. What names no
    `id` is called U1, U2 … in its order.

    Raises
    ------
    JuesuanError : the file is no such list, or an entry is no relation; it names the line.
    """
    place = Path(path)
    place = place / FILE if place.is_dir() else place
    if not place.exists() and place.name == FILE:
        return []
    found: dict[str, Relation] = {}
    for number, (line, row) in enumerate(_entries(place), 1):
        where = f"{place.name} 第{line}行"
        made = _relation({"id": f"U{number}", **row}, where, accounts)
        if made.id in found:
            raise JuesuanError(where, f"编号 {made.id} 写了两次", "请改用别的编号")
        found[made.id] = made
    return list(found.values())


def _entries(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Each entry with its line, all values as text."""
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name} 第{mark.line + 1}行" if mark else path.name
        todo = "含冒号、方括号的式子请用引号括起来，文件须为 UTF-8 编码"
        raise JuesuanError(where, "不是能读懂的 YAML 文本", todo) from error
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise JuesuanError(path.name, "不是一列关系", "请一行写一条，每条以“- ”开头")
    for node in root.value:
        line = node.start_mark.line + 1
        if isinstance(node, yaml.ScalarNode):
            yield line, {"formula": node.value.strip()}
        elif isinstance(node, yaml.MappingNode) and all(
            isinstance(part, yaml.ScalarNode) for pair in node.value for part in pair
        ):
            yield line, {key.value: value.value.strip() for key, value in node.value}
        else:
            todo = "每条写一个式子，或写 id、formula、title 等键，值都是一段文字"
            raise JuesuanError(f"{path.name} 第{line}行", "这一条不是关系", todo)


def _relation(given: Mapping[str, Any], where: str, accounts: Accounts | None) -> Relation:
    row: dict[str, Any] = {key: value for key, value in given.items() if value not in ("", None)}
    unknown = [key for key in row if key not in _KEYS]
    if unknown:
        raise JuesuanError(where, f"“{unknown[0]}”是不认识的键", f"可用：{'、'.join(_KEYS)}")
    for key in ("formula", "otherwise", "given"):
        if key in row:
            row[key] = _plain(str(row[key]))
    if row["id"] in relations():
        raise JuesuanError(where, f"编号 {row['id']} 是已有的关系", "请改用别的编号，例如 U1")
    formula = str(row.get("formula", ""))
    formulas = (
        [_parsed(part.strip(), where, row, accounts) for part in formula.split("；")] if formula else []
    )
    operators = {
        f.operator for part, f in zip(formula.split("；"), formulas, strict=False) if f.operator in part
    }
    kind = str(row.get("kind") or _KIND_OF.get(next(iter(operators), ""), ""))
    _fits(kind, operators, row, where)
    row = {"class": "H", "source": "U", "title": formula or kind, **row, "kind": kind}
    try:
        return Relation.model_validate(row)
    except ValidationError as error:
        wrong = str(error.errors()[0]["loc"][0])
        todo = "class 只能写 B、L、H；low、high 写整数"
        raise JuesuanError(where, f"“{wrong}”写的是“{row.get(wrong, '')}”", todo) from error


def _plain(text: str) -> str:
    for typed, sign in sorted(_TYPED.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(typed, sign)
    return _TOTAL.sub(lambda found: f"{found[1]}{total_column(found[2])}", text)


def _parsed(part: str, where: str, row: Mapping[str, Any], accounts: Accounts | None) -> Formula:
    bare = part.replace(f"+ {REST}", "").replace(f"+{REST}", "").rstrip()
    if REST in bare or (REST in part and not part.endswith(REST)):
        todo = f"“+ {REST}”只能写在一个和的末尾，表示这张表同一行其余的各栏；否则请把各项写全"
        raise JuesuanError(where, f"“{part}”里留有“{REST}”", todo)
    # {} stands for the words of `each`, one after another.
    words = str(row.get("each", "")).split() if "{}" in bare else [""]
    todo = "请写成 T3[208].本年支出合计 = T3[208].基本支出 + T3[208].项目支出 的样子"
    try:
        formulas = [parse(bare.replace("{}", word)) for word in words or [""]]
    except ValueError as error:
        raise JuesuanError(where, f"“{part}”不是能读懂的式子", todo) from error
    for formula in formulas:
        if formula.operator in part and not formula.right:
            raise JuesuanError(where, f"“{part}”的“{formula.operator}”右边没有内容", todo)
        check_names(formula, where, accounts)
        if REST in part and (
            formula.operator != "=" or {r.table for r in formula.right} != {formula.left.table}
        ):
            raise JuesuanError(
                where, f"“{part}”里的“{REST}”不知道指哪些栏", f"“{REST}”只能用在同一张表的和里"
            )
    return formulas[0]


def _fits(kind: str, operators: set[str], row: Mapping[str, Any], where: str) -> None:
    """The kind exists, has what it needs, and is what the operator asks for."""
    if not kind:
        found = f"“{row.get('formula', '')}”里没有 = ≤ ≥ ÷ ⇒ ⇔" if row.get("formula") else "没有写 formula"
        raise JuesuanError(where, found, "请写一个式子，例如 T1[收入总计].决算数 = T1[支出总计].决算数")
    if kind not in _NEEDS:
        raise JuesuanError(where, f"kind“{kind}”不能用", f"可用：{'、'.join(_NEEDS)}")
    asked = {_KIND_OF[sign] for sign in operators}
    if kind in _KIND_OF.values() and asked != {kind}:
        found = f"kind“{kind}”与式中的“{'、'.join(sorted(operators)) or '（没有算符）'}”不符"
        raise JuesuanError(where, found, "一条关系的各个式子用同一种算符；不写 kind 时按算符决定")
    for key in ("given", "otherwise"):
        for part in str(row[key]).split("；") if row.get(key) else []:
            try:
                parse(_plain(part))
            except ValueError as error:
                raise JuesuanError(where, f"{key} 写的是“{part}”", "请写成式子或指标地址") from error
    if kind == "ratio" and any(len(parse(_plain(f)).right) != 1 for f in str(row["formula"]).split("；")):
        raise JuesuanError(where, "比率的分母不止一格", "请写成 一格 ÷ 一格")
    for table in f"{row.get('table', '')} {row.get('within', '')}".split():
        check_table(table, where)
    lost = [id for id in str(row.get("of", "")).split() if id not in relations()]
    if lost:
        raise JuesuanError(where, f"of 里的“{lost[0]}”不是已有的关系", "请写 table.yml 里的编号")
    missing = [key for key in _NEEDS[kind] if not row.get(key)]
    if missing:
        raise JuesuanError(where, f"kind“{kind}”缺少“{missing[0]}”", "请补上，写法见 table.yml 开头")
    if kind == "ratio" and row.get("low") is None and row.get("high") is None:
        raise JuesuanError(where, "比率没有写上下限", "请写 low 和（或）high（百分数，整数）")
