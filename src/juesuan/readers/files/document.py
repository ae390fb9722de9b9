"""What a format reader hands on: tables and passages of text in the order in which a person reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from juesuan.accounts import Notice
from juesuan.readers.files.sheet import Sheet


@dataclass(frozen=True)
class Passage:
    """One paragraph (or one line, where the file has no paragraphs) and where it stands: `第12页`, `第30段`, `第5行`."""

    text: str
    place: str


@dataclass(frozen=True)
class Document:
    """`blocks` in reading order; `is_workbook` says that each sheet is a whole table with its own title lines."""

    file: str
    blocks: Sequence[Passage | Sheet]
    notices: Sequence[Notice] = field(default=())
    is_workbook: bool = False

    @property
    def sheets(self) -> list[Sheet]:
        """The tables."""
        return [block for block in self.blocks if isinstance(block, Sheet)]

    @property
    def passages(self) -> list[Passage]:
        """The text between and around the tables."""
        return [block for block in self.blocks if isinstance(block, Passage)]
