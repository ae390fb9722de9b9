"""What a figure function returns: the figure, its alt text and its message."""

from __future__ import annotations

import hashlib
import io
import re
from html import escape
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from juesuan.charts.style import styled

_ID = re.compile(r' id="([^"]+)"')


class Chart(NamedTuple):
    """One chart. `alt` says in words what the figure shows, from the same values as its labels.

    `title` is its message, `caption` its plain name (支出功能结构), numbered where it is shown.
    """

    fig: Figure
    alt: str
    title: str
    caption: str = ""

    def svg(self) -> str:
        """The figure as one `<svg>` element: the same bytes every time, text as paths, named by its alt text.

        Identifiers carry a prefix of the chart, so that several charts can stand in one page.
        """
        with styled():
            buffer = io.StringIO()
            self.fig.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
        text = buffer.getvalue()
        return self._named(_scoped(text[text.index("<svg") :], self._key))

    def png(self, dpi: int = 300) -> bytes:
        """The figure as PNG, for Word and for looking at."""
        with styled():
            buffer = io.BytesIO()
            self.fig.savefig(buffer, format="png", dpi=dpi, metadata={"Software": None})
        return buffer.getvalue()

    @property
    def _key(self) -> str:
        return "c" + hashlib.sha256(f"{self.title}\n{self.alt}".encode()).hexdigest()[:8]

    def _named(self, svg: str) -> str:
        head, rest = svg.split(">", 1)
        named = f'role="img" aria-label="{escape(self.alt)}"'
        return f"{head} {named}>\n <title>{escape(self.title)}</title>{rest}"

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        return {"image/svg+xml": self.svg(), "text/plain": self.alt}, {
            "image/svg+xml": {"alt": self.alt, "caption": self.caption}
        }


def _scoped(svg: str, key: str) -> str:
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', svg))
    svg = _ID.sub(lambda m: f' id="{key}-{m[1]}"' if m[1] in used else "", svg)
    return re.sub(r'(url\(#|href="#)([^)"]+)', rf"\g<1>{key}-\g<2>", svg)
