"""Text from a YAML file that remembers its line, so that every figure in it can be cited."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from juesuan.errors import JuesuanError


class Cited(str):
    """A text exactly as written (29.30 stays `29.30`) that knows where it stands.

    `line` counts from 1 in disclosure.yml (0: not from there); `place` is for text out of a document.
    """

    line: int = 0
    place: str = ""

    @classmethod
    def at(cls, text: str, place: str) -> Cited:
        """A text that stands at `place` of a document."""
        cited = cls(text)
        cited.place = place
        return cited

    @property
    def cell(self) -> str:
        """Where it stands, in one word: `disclosure.yml:12`, `第25页`."""
        return self.place or (f"disclosure.yml:{self.line}" if self.line else "disclosure.yml")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.is_instance_schema(cls)


class _Loader(yaml.SafeLoader):
    """Reads every scalar as text: a float would lose the printed decimals."""

    # No implicit types: `29.30`, `否` and `2021` all stay what was typed.
    yaml_implicit_resolvers: dict[str, Any] = {}

    def compose_node(self, parent: Any, index: Any) -> Any:
        """An alias repeats a part of the file; repeated in turn, a few lines of them would fill the memory."""
        if self.check_event(yaml.AliasEvent):
            mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="不支持引用（*名称）", problem_mark=mark)
        return super().compose_node(parent, index)


def _scalar(loader: _Loader, node: yaml.ScalarNode) -> Cited:
    text = Cited(node.value.rstrip("\n") if node.style in ("|", ">") else node.value)
    text.line = node.start_mark.line + (2 if node.style in ("|", ">") else 1)
    return text


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[str, Any]:
    pairs: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, str):
            raise yaml.MarkedYAMLError(problem="键不是一段文字", problem_mark=key_node.start_mark)
        if key in pairs:
            raise yaml.MarkedYAMLError(problem=f"“{key}”写了两次", problem_mark=key_node.start_mark)
        pairs[key] = loader.construct_object(value_node, deep=True)
    return pairs


# No tags that make anything but texts, lists and mappings.
_Loader.yaml_constructors = {
    "tag:yaml.org,2002:seq": yaml.SafeLoader.construct_yaml_seq,
    None: yaml.SafeLoader.construct_undefined,
}
_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:str", _scalar)


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in a YAML file, every scalar a `Cited`; anything else is one clear error."""
    try:
        loaded = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except RecursionError as error:
        raise JuesuanError(path.name, "嵌套过深", "请检查括号和缩进") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name} 第{mark.line + 1}行" if mark else path.name
        problem = str(getattr(error, "problem", ""))
        # PyYAML's own words are English.
        ours = any(words in problem for words in ("写了两次", "不支持引用", "键不是"))
        found = problem if ours else "不是能读懂的 YAML 文本"
        raise JuesuanError(where, found, "请检查键名、缩进、冒号和引号，文件须为 UTF-8 编码") from error
    if not isinstance(loaded, dict):
        raise JuesuanError(path.name, "内容为空或不是“键: 值”的结构", "请按 data/ 下的样例填写")
    return loaded
