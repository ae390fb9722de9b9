"""Parameter values that stay readable in the executed copy."""

from __future__ import annotations

from nbformat import NotebookNode
from papermill.translators import PythonTranslator


class ReadableTranslator(PythonTranslator):
    """papermill's Python, with text as Python itself writes it: 决算, not \\u51b3\\u7b97."""

    @classmethod
    def translate_str(cls, val: str) -> str:
        """A string literal."""
        return repr(val)

    @classmethod
    def translate_escaped_str(cls, str_val: object) -> str:
        """Whatever has no literal of its own, as text."""
        return repr(str(str_val))


def readable(nb: NotebookNode) -> None:
    """Write the injected parameters of a Python notebook anew, with every text as it was typed."""
    injected = [c for c in nb.cells if "injected-parameters" in c.metadata.get("tags", [])]
    values = nb.metadata.get("papermill", {}).get("parameters")
    if values and nb.metadata.get("kernelspec", {}).get("language") == "python":
        for cell in injected:
            cell.source = ReadableTranslator.codify(values, "Parameters")
