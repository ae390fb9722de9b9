"""juesuan (决算): load, prove, chart and write up the final accounts of a government department.

In a notebook::

    import juesuan as js

    dept = js.open_accounts("data/xinzhou-shebao/2021")
    js.proof(js.check(dept))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from juesuan import charts as charts
    from juesuan.accounts import Accounts as Accounts
    from juesuan.errors import JuesuanError as JuesuanError
    from juesuan.findings import check as check
    from juesuan.overview.dataset import open_dataset as open_dataset
    from juesuan.overview.figures import overview_chart as overview_chart
    from juesuan.overview.listing import overview_outliers as overview_outliers
    from juesuan.overview.matrix import overview_matrix as overview_matrix
    from juesuan.overview.ranking import overview_ranking as overview_ranking
    from juesuan.overview.structure import overview_structure as overview_structure
    from juesuan.overview.summary import overview_failed as overview_failed
    from juesuan.overview.summary import overview_summary as overview_summary
    from juesuan.overview.summary import overview_title as overview_title
    from juesuan.overview.three_public import overview_three_public as overview_three_public
    from juesuan.readers import open_accounts as open_accounts
    from juesuan.readers import open_history as open_history
    from juesuan.relations.own import relation as relation
    from juesuan.report.audit import audit_findings as audit_findings
    from juesuan.report.audit import audit_tables as audit_tables
    from juesuan.report.audit import audit_title as audit_title
    from juesuan.report.audit import coverage as coverage
    from juesuan.report.audit import decide_on as decide_on
    from juesuan.report.audit import marked_text as marked_text
    from juesuan.report.audit import residual_table as residual_table
    from juesuan.report.audit import unmatched as unmatched
    from juesuan.report.display import chart as chart
    from juesuan.report.display import compared as compared
    from juesuan.report.display import headline as headline
    from juesuan.report.display import missing as missing
    from juesuan.report.display import note as note
    from juesuan.report.display import proof as proof
    from juesuan.report.display import reading as reading
    from juesuan.report.display import source as source
    from juesuan.report.display import tables as tables
    from juesuan.report.display import text as text
    from juesuan.report.display import title as title
    from juesuan.report.years import years_bridges as years_bridges
    from juesuan.report.years import years_chart as years_chart
    from juesuan.report.years import years_table as years_table
    from juesuan.report.years import years_title as years_title

# Where each public name lives. Loaded on first use: `juesuan check` then needs no matplotlib.
_HOME = {
    "Accounts": "juesuan.accounts",
    "JuesuanError": "juesuan.errors",
    "check": "juesuan.findings",
    "open_accounts": "juesuan.readers",
    "open_history": "juesuan.readers",
    "relation": "juesuan.relations.own",
    **dict.fromkeys(
        (
            "chart",
            "compared",
            "headline",
            "missing",
            "note",
            "proof",
            "reading",
            "source",
            "tables",
            "text",
            "title",
        ),
        "juesuan.report.display",
    ),
    **dict.fromkeys(
        (
            "audit_findings",
            "audit_tables",
            "audit_title",
            "coverage",
            "decide_on",
            "marked_text",
            "residual_table",
            "unmatched",
        ),
        "juesuan.report.audit",
    ),
    **dict.fromkeys(("years_bridges", "years_chart", "years_table", "years_title"), "juesuan.report.years"),
    "open_dataset": "juesuan.overview.dataset",
    "overview_chart": "juesuan.overview.figures",
    "overview_matrix": "juesuan.overview.matrix",
    "overview_outliers": "juesuan.overview.listing",
    "overview_ranking": "juesuan.overview.ranking",
    "overview_structure": "juesuan.overview.structure",
    "overview_three_public": "juesuan.overview.three_public",
    **dict.fromkeys(("overview_failed", "overview_summary", "overview_title"), "juesuan.overview.summary"),
}

__all__ = ["charts", *_HOME]


def __getattr__(name: str) -> Any:
    if name == "charts":
        return import_module("juesuan.charts")
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"juesuan has no {name}")


def __dir__() -> list[str]:
    return sorted(__all__)
