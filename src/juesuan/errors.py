"""The error that a user sees: one Chinese sentence, or one a line, that says where, what and what to do."""

from __future__ import annotations

from collections.abc import Sequence

# What a file holds may be quoted; a page of it would bury the sentence.
_LONG = 400
_MANY = 20


def _line(text: str) -> str:
    """On one line, without what a terminal would take for an order, and not endless."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text[: 2 * _LONG]).split())
    return line if len(line) <= _LONG else f"{line[:_LONG]}…"


class JuesuanError(Exception):
    """Input that cannot be used at all.

    Parameters
    ----------
    where : file, sheet and cell (or parameter) the message is about.
    found : what stands there.
    todo : the next step for the reader.
    """

    def __init__(self, where: str, found: str, todo: str) -> None:
        where, found, todo = _line(where), _line(found), _line(todo)
        self.where, self.found, self.todo = where, found, todo
        super().__init__(f"{where}：{found}。{todo}。")


class SeveralError(JuesuanError):
    """Several at once, a line for each kind, so that all can be mended before the next try."""

    def __init__(self, errors: Sequence[JuesuanError]) -> None:
        first = errors[0]
        super().__init__(first.where, first.found, first.todo)
        places: dict[tuple[str, str], list[str]] = {}
        for error in errors:
            places.setdefault((error.found, error.todo), []).append(error.where)
        lines = [_told(where, *said) for said, where in places.items()]
        left = len(lines) - _MANY
        self.args = ("\n".join([*lines[:_MANY], *([f"另有 {left} 种，改正以后再看。"] if left > 0 else [])]),)


def _told(where: Sequence[str], found: str, todo: str) -> str:
    several = f" 等 {len(where)} 处" if len(where) > 1 else ""
    return f"{where[0]}{several}：{found}。{todo}。"
