"""What several commands do alike."""

from __future__ import annotations


def names(listed: str) -> list[str]:
    """A list as it is typed, with commas of either kind."""
    return [name.strip() for name in listed.replace("，", ",").split(",") if name.strip()]


def hurry(pages: bool) -> None:
    """Begin at once with what takes long: the process from which kernels are forked imports while this one reads."""
    from juesuan.engine.grammar import spare_grammar
    from juesuan.engine.prepared import can_fork, prepare

    spare_grammar()
    if pages and can_fork():
        prepare()
