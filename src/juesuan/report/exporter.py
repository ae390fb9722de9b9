"""The nbconvert exporter: one self-contained HTML page, for the preparer or for the reader."""

from __future__ import annotations

import base64
import copy
import re
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from nbconvert.exporters import HTMLExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from traitlets import Enum, Unicode

AUDIENCES = ("preparer", "reader")
_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_UNDESCRIBED = re.compile(r"<img(?![^>]*\salt=)", re.IGNORECASE)
_CELL = re.compile(
    r'<a [^>]*class="flag"[^>]*>[^<]*</a>| data-cell="[^"]*"|<span class="cell">[^<]*</span>|(?<=<td class="n") (id="[^"]*") title="[^"]*"'
)


class JuesuanExporter(HTMLExporter):
    """The final accounts report as HTML: no scripts, no requests, table of contents, alt text, print styles."""

    export_from_notebook = "决算报告 (HTML)"
    audience = Enum(AUDIENCES, default_value="preparer", help="preparer: with findings and code").tag(
        config=True
    )

    home = Unicode("", help="relative link from the page to the overview of its batch").tag(config=True)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)  # type: ignore[no-untyped-call]
        self.exclude_anchor_links = True
        # Once at the end, not after each of the eleven preprocessors.
        self.optimistic_validation = True

    def _template_name_default(self) -> str:
        return "juesuan"

    @property
    def extra_template_basedirs(self) -> list[str]:
        """Where nbconvert looks for the template besides its own places."""
        return [str(Path(__file__).parent / "nbconvert")]

    @extra_template_basedirs.setter
    def extra_template_basedirs(self, value: list[str]) -> None:
        """nbconvert assigns its default; the place is fixed."""

    def _create_environment(self) -> Environment:
        environment: Environment = super()._create_environment()  # type: ignore[no-untyped-call]
        environment.bytecode_cache = _COMPILED
        return environment

    def default_filters(self) -> Any:
        """nbconvert's filters, base64 for the embedded pictures, ids for the headings of the contents."""
        yield from super().default_filters()  # type: ignore[no-untyped-call]
        yield "base64", lambda text: base64.b64encode(text.encode("utf-8")).decode("ascii")
        yield "with_ids", _with_ids

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page of an executed notebook and nbconvert's resources."""
        page = nb
        if self.audience == "reader":
            page = copy.deepcopy(nb)
            for_reader(page)
        found = resources or {}
        found["juesuan"] = {
            "audience": self.audience,
            "home": self.home,
            "css": files("juesuan.report").joinpath("report.css").read_text(encoding="utf-8"),
            "injected": any("injected-parameters" in c.metadata.get("tags", []) for c in page.cells),
            "title": _title(page),
            "toc": _contents(page),
            "version": version("juesuan"),
            "linked": any(_links(output) for c in page.cells for output in c.get("outputs", [])),
        }
        html, found = self._rendered(page, found, **options)
        return (
            _CELL.sub(lambda found: f" {found[1]}" if found[1] else "", html)
            if self.audience == "reader"
            else html
        ), found

    def _rendered(
        self, nb: NotebookNode, resources: dict[str, Any], **options: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page. nbconvert parses a finished page again to look for pictures without alternative text, which
        takes longer than all the rest: only where there is one."""
        if any(_UNDESCRIBED.search(html) for html in _written(nb)):
            page: tuple[str, dict[str, Any]] = super().from_notebook_node(nb, resources, **options)
            return page
        resources = self._init_resources(resources)  # type: ignore[no-untyped-call]
        known = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", known)  # type: ignore[no-untyped-call]
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **options)


class _Compiled(BytecodeCache):
    """Templates compiled once a process: every exporter makes an environment of its own."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def for_reader(nb: NotebookNode) -> None:
    """Take out code, preparer's outputs, streams, and headings that then stand over nothing."""
    for cell in nb.cells:
        if cell.cell_type == "code":
            cell.metadata["tags"] = sorted({*cell.metadata.get("tags", []), "hide-input"})
            cell.outputs = [o for o in cell.outputs if _is_for_reader(o)]
    kept: list[NotebookNode] = []
    for i, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            section = []
            for following in nb.cells[i + 1 :]:
                if following.cell_type == "markdown" and following.source.startswith("## "):
                    break
                section.append(following)
            if not any(c.get("outputs") for c in section):
                continue
        kept.append(cell)
    nb.cells = kept


def _is_for_reader(output: NotebookNode) -> bool:
    marked = output.get("metadata", {}).get("juesuan", {})
    return (
        output.output_type in ("display_data", "execute_result", "error")
        and marked.get("audience") != "preparer"
    )


def _written(nb: NotebookNode) -> Iterator[str]:
    """What a notebook puts on the page as it stands: its text cells, its outputs in HTML."""
    for cell in nb.cells:
        yield cell.source if cell.cell_type == "markdown" else ""
        for output in cell.get("outputs", []):
            yield str(output.get("data", {}).get("text/html", ""))


def _links(output: NotebookNode) -> bool:
    """The output holds text whose numbers lead to their cells."""
    return 'class="num' in str(output.get("data", {}).get("text/html", ""))


def _title(nb: NotebookNode) -> str:
    for cell in nb.cells:
        for output in cell.get("outputs", []):
            if title := output.get("metadata", {}).get("juesuan", {}).get("title"):
                return str(title)
    first = _HEADING.search("\n".join(c.source for c in nb.cells if c.cell_type == "markdown"))
    return first[2] if first else "决算报告"


def _contents(nb: NotebookNode) -> list[dict[str, str]]:
    """Second-level headings and their ids."""
    found = [h for c in nb.cells if c.cell_type == "markdown" for h in _HEADING.findall(c.source)]
    return [{"text": text, "id": _id(text)} for marks, text in found if marks == "##"]


def _id(heading: str) -> str:
    return heading.replace(" ", "-")


def _with_ids(html: str) -> str:
    return re.sub(r"<h2>(.*?)</h2>", lambda h: f'<h2 id="{_id(h[1])}">{h[1]}</h2>', html)
