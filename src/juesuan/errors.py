"""The one error a user ever sees: one Chinese sentence that says where, what and what to do."""

from __future__ import annotations


class JuesuanError(Exception):
    """Input that cannot be used at all.

    Parameters
    ----------
    where : file, sheet and cell (or parameter) the message is about.
    found : what stands there.
    todo : the next step for the reader.
    """

    def __init__(self, where: str, found: str, todo: str) -> None:
        self.where, self.found, self.todo = where, found, todo
        super().__init__(f"{where}：{found}。{todo}。")
