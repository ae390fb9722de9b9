"""A YAML file of an analyst's inputs, checked against its model; what is wrong is one error with its line."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from juesuan.accounts.cited import Cited, read_yaml
from juesuan.errors import JuesuanError

Model = TypeVar("Model", bound=BaseModel)


def read_inputs(path: Path, model: type[Model]) -> Model:
    """Parse `path` as `model`.

    Raises
    ------
    JuesuanError : not YAML, an unknown or missing key, a wrong shape.
    """
    try:
        raw = _without_blanks(read_yaml(path))
        return model.model_validate(raw)
    except RecursionError as error:
        raise JuesuanError(path.name, "嵌套过深", "请检查括号和缩进") from error
    except ValidationError as error:
        # A misspelled key shows twice, as unknown and as missing: the first says more.
        first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
        place = ".".join(f"第{part + 1}条" if isinstance(part, int) else str(part) for part in first["loc"])
        line = _line(raw, first["loc"])
        where = f"{path.name}{f' 第{line}行' if line else ''} 的“{place}”"
        raise JuesuanError(where, _found(first), "请对照 docs/guide.zh-CN.md 的键名和结构修改") from error


def _line(node: Any, place: tuple[int | str, ...]) -> int:
    """The first line of what stands at a place of the document, as far as the place exists; 0 if nothing does."""
    for part in place:
        inside = part in node if isinstance(node, dict) else isinstance(node, list) and isinstance(part, int)
        node = node[part] if inside else node
    while not isinstance(node, Cited):
        if not node:
            return 0
        node = next(iter(node.values() if isinstance(node, dict) else node))
    return node.line


def _found(error: Any) -> str:
    wanted = {
        "list_type": "应是一列（每条以 - 开头）",
        "dict_type": "应是“键: 值”",
        "model_type": "应是“键: 值”",
    }
    match error["type"]:
        case "extra_forbidden":
            return "是不认识的键"
        case "missing":
            return "没有写"
        case "literal_error":
            return f"写的是“{error['input']}”，只能是 {error['ctx']['expected'].replace(' or ', ', ')}"
        case kind:
            return wanted.get(kind, "应是一段文字或一个数")


def _without_blanks(node: Any) -> Any:
    """`key:` with nothing behind it is a missing input, not an empty text."""
    if isinstance(node, dict):
        return {str(k): _without_blanks(v) for k, v in node.items() if v is not None and v != ""}
    return [_without_blanks(v) for v in node] if isinstance(node, list) else node
