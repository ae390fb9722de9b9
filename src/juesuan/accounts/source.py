"""Where the accounts come from (`source.yml`): title, publisher, what is real and what is assumed."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from juesuan.accounts.cited import Cited
from juesuan.accounts.inputs import read_inputs
from juesuan.errors import JuesuanError
from juesuan.quantity import YUAN

# What generated data is labelled with wherever it shows.
SYNTHETIC = "示例数据（合成）"
_TRUE, _FALSE = ("是", "true", "yes"), ("否", "false", "no")
_ALLOWED = {
    "synthetic": (*_TRUE, *_FALSE),
    "blank": ("undisclosed", "nothing"),
    "tables": ("titles-only", "full"),
    "unit": tuple(YUAN),
}


class Source(BaseModel):
    """What stands in `source.yml`. `tables: titles-only` says that the publication printed no tables."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Cited | None = None
    publisher: Cited | None = None
    date: Cited | None = None
    unit: Cited | None = None
    profile: Cited | None = None
    sha256: dict[str, Cited] = {}
    tables: Cited | None = None
    blank: Cited | None = None
    synthetic: Cited | None = None
    real: list[Cited] = []
    assumed: list[Cited] = []

    @property
    def is_synthetic(self) -> bool:
        """Generated data, labelled as such wherever it shows."""
        return self.synthetic is not None and self.synthetic.lower() in _TRUE

    @property
    def blank_is_undisclosed(self) -> bool:
        """A blank cell means that the publication is silent, not that there was nothing."""
        return self.blank == "undisclosed"


def read_source(path: Path) -> Source:
    """Parse and check a `source.yml`; a word that a key does not take is one error that names those it takes."""
    source = read_inputs(path, Source)
    for key, allowed in _ALLOWED.items():
        value: Cited | None = getattr(source, key)
        if value is not None and (value.lower() if key == "synthetic" else value) not in allowed:
            where = f"{path.name} 第{value.line}行 的“{key}”"
            raise JuesuanError(where, f"写的是“{value}”", f"只能写 {'、'.join(allowed)} 之一")
    return source
