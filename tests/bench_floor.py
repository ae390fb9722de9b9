"""The floor under a report: the notebook's own cells as a plain function, without a kernel and without a converter.

`python tests/bench_floor.py OUT FOLDER…` writes a page for each folder of accounts.
"""

from __future__ import annotations

import ast
import base64
import sys
from html import escape
from pathlib import Path
from typing import Any

import nbformat

NOTEBOOK = Path(__file__).parents[1] / "notebooks" / "report.ipynb"


def cells() -> list[tuple[str, Any, Any]]:
    """Each cell as (kind or text of Markdown, what is executed, whose value is shown)."""
    made: list[tuple[str, Any, Any]] = []
    for cell in nbformat.read(NOTEBOOK, as_version=4).cells:
        if cell.cell_type == "markdown":
            made.append((cell.source, None, None))
            continue
        tree = ast.parse(cell.source)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        first = "parameters" in cell.metadata.get("tags", [])
        shown = compile(ast.Expression(last.value), "cell", "eval") if isinstance(last, ast.Expr) else None
        made.append(("parameters" if first else "", compile(tree, "cell", "exec"), shown))
    return made


def page(compiled: list[tuple[str, Any, Any]], accounts: str) -> str:
    """One report: every cell executed, everything shown put into one page."""
    names: dict[str, Any] = {}
    parts = []
    for kind, code, shown in compiled:
        if code is None:
            parts.append(f"<h2>{escape(kind)}</h2>")
            continue
        exec(code, names)
        if kind == "parameters":
            names["accounts"] = accounts
        value = eval(shown, names) if shown else None
        if value is not None:
            data, _ = value._repr_mimebundle_()
            svg = data.get("image/svg+xml", "")
            picture = base64.b64encode(svg.encode()).decode()
            parts.append(f'<img src="data:image/svg+xml;base64,{picture}">' if svg else data["text/html"])
    return "\n".join(parts)


def main(out: str, *folders: str) -> None:
    """Pages for all folders, one after another."""
    compiled = cells()
    for number, folder in enumerate(folders):
        Path(out, f"{number}.html").write_text(page(compiled, folder), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
