"""The one error a user ever sees: one Chinese sentence that says where, what and what to do."""

from __future__ import annotations

# What a file holds may be quoted; a page of it would bury the sentence.
_LONG = 400


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
