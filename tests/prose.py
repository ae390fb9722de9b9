"""The prose inputs of the synthetic books."""

from __future__ import annotations

from decimal import Decimal
from random import Random
from typing import Any

from juesuan.accounts import Cited, Disclosure
from juesuan.classification import codes


def disclosure(rng: Random, department: str, year: int, fiscal: dict[str, int]) -> Disclosure:
    """Prose inputs: one item a class, one performance project, a duty, an office, a term."""
    names = {code: c.name for code, c in codes("functional", year).items()}
    items, total = [], 0
    for code in sorted({c[:3] for c in fiscal}):
        cents = sum(v for c, v in fiscal.items() if c.startswith(code)) + rng.randrange(1, 5000)
        items.append(
            {"code": code, "name": names[code], "budget": str(Decimal(cents).scaleb(-2)), "purpose": "履职"}
        )
        total += cents
    project = {
        "name": "示例项目",
        "score": "98.50",
        "budget": "30.00",
        "executed": "22.84",
        "completion": "按期完成",
    }
    content = {
        "department": department, "year": str(year), "budget_total": str(Decimal(total).scaleb(-2)),
        "items": items,
        "duties": ["承担示例职责"], "offices": [{"name": "办公室", "text": "负责日常运转。"}],
        "glossary": [{"name": "基本支出", "text": "指人员支出和公用支出。"}],
        "attachments": [f"{department}决算公开表"],
        "empty_tables": ["T8", "T9"], "personnel_includes": "基本工资", "public_includes": "办公费",
        "performance": {"scope": "对项目支出开展绩效自评", "amount": "30.00", "projects": [project]},
    }  # fmt: skip
    return Disclosure.model_validate(cite(content))


def cite(node: Any) -> Any:
    """The same tree with every text a `Cited`, as a YAML file would give it."""
    if isinstance(node, dict):
        return {key: cite(value) for key, value in node.items()}
    return [cite(value) for value in node] if isinstance(node, list) else Cited(node)
