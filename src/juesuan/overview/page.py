"""HTML of the overview: its templates, its style and its script, all inline."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from importlib.resources import files

from jinja2 import Environment

from juesuan.report.display import Shown
from juesuan.report.html import environment
from juesuan.wording import fixed, percent


@cache
def _environment() -> Environment:
    return environment(
        "juesuan.overview",
        wan=lambda yuan: "" if yuan is None else fixed(Fraction(yuan) / 10_000, 2, thousands=True),
        percent=lambda value: "" if value is None else percent(value),
        count=lambda number: "" if number is None else f"{number:,}",
    )


def inline(name: str) -> str:
    """The text of a file of this package that a page carries: overview.css, overview.js."""
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def shown(template: str, plain: str, *, title: str = "", **context: object) -> Shown:
    """One of the templates beside this module, as something that shows itself; every text is escaped."""
    return Shown(_environment().get_template(template).render(**context), plain, title=title)
