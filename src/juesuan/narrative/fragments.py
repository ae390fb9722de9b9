"""Text that can be proven: fragments in which each number knows where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True)
class Number:
    """A printed number with its provenance.

    `addresses` are the facts it is (one) or is computed from (several); `formula` says how, '' for a
    fact as printed; `cell` is where it stands (`sheet!A1`, `disclosure.yml:12`).
    """

    text: str
    addresses: tuple[str, ...] = ()
    formula: str = ""
    cell: str = ""


Fragment = Text | Number


@dataclass(frozen=True)
class Block:
    """A heading (`level` 2–4) or a paragraph (`level` 0)."""

    level: int
    fragments: tuple[Fragment, ...]

    @property
    def text(self) -> str:
        """The block as plain text."""
        return "".join(f.text for f in self.fragments)

    @property
    def numbers(self) -> list[Number]:
        """The numbers of the block in order."""
        return [f for f in self.fragments if isinstance(f, Number)]


@dataclass(frozen=True)
class Narrative:
    """One part of the publication; `missing` lists the reasons and inputs that a person still has to give."""

    blocks: tuple[Block, ...]
    missing: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Plain text, one block a line."""
        return "\n".join(block.text for block in self.blocks)
