"""The explanation as a function of facts: templates by profile → fragments with provenance."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from juesuan.accounts import Accounts
from juesuan.narrative.fragments import Block, Fragment, Narrative, Number, Text
from juesuan.narrative.pen import Pen, plain_line
from juesuan.wording import numeral

PARTS = {"overview": "概况", "explanation": "情况说明", "glossary": "名词解释", "attachments": "附件"}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("juesuan.narrative", ""),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # The text goes to HTML, Word and plain files: escaping is each writer's business.
        autoescape=False,
        finalize=plain_line,
    )
    environment.filters["numeral"] = numeral
    return environment


def narrative(accounts: Accounts, part: str) -> Narrative:
    """Write one part (`overview`, `explanation`, `glossary`, `attachments`) of the publication."""
    pen = Pen(accounts)
    template = _environment().get_template(f"{accounts.layout.narrative}/{part}.j2")
    rendered = template.render(pen=pen, a=accounts, d=accounts.disclosure, year=str(accounts.year))
    blocks = tuple(pen.block(line) for line in rendered.splitlines() if line.strip())
    wanted = dict.fromkeys(pen.missing)
    if part == "explanation" and accounts.previous is not None:
        unknown = [key for key in accounts.disclosure.reasons if key not in pen.reasons_used]
        wanted |= dict.fromkeys(f"reasons 里的“{key}”没有用上，请核对地址" for key in unknown)
    return Narrative(blocks, tuple(wanted))


__all__ = ["PARTS", "Block", "Fragment", "Narrative", "Number", "Text", "narrative"]
