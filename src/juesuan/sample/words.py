"""The prose inputs of a synthetic book: initial budgets, reasons, duties, offices, glossary, performance."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Any

from juesuan.accounts import Accounts, Cited, Disclosure
from juesuan.accounts.disclosure import split_address
from juesuan.classification import level_of
from juesuan.quantity import Quantity
from juesuan.sample.draw import about, chance, data, some, split, stream
from juesuan.sample.habits import Habits
from juesuan.sample.plan import Plan
from juesuan.sample.printing import is_idle, names_of, stated
from juesuan.sample.tables import Figures

# What the explanation compares with the year before.
_COMPARED = {
    "national": (
        "T1[收入总计].决算数", "T4[收入总计].决算数", "T5[合计].合计", "T7[合计].决算数", "T7[因公出国（境）费].决算数",
        "T7[公务用车购置及运行费].决算数", "T7[公务接待费].决算数", "T10[机关运行经费].统计数",
    ),
    "shanxi": (
        "T1[收入总计].决算数", "T1[支出总计].决算数", "T2[合计].本年收入合计", "T3[合计].本年支出合计", "T4[支出总计].合计",
        "T5[合计].合计", "T7[合计].决算数", "T10[机关运行经费].统计数",
    ),
}  # fmt: skip

# Outturn against the budget, in the explanation of national profiles.
_BUDGETED = (("T5[合计].合计", "S5[合计].年初预算数"), ("T7[合计].决算数", "T7[合计].预算数"))


def disclosure(
    plan: Plan, made: Figures, accounts: Accounts, habits: Habits, prior: Accounts | None
) -> Disclosure:
    """Prose inputs for `accounts`, which holds the printed tables.

    `prior` is the year before, where that is not published: its figures stand among the inputs.
    """
    rng, words, text = stream(plan.seed, accounts.year, "words"), data("words"), _text(plan, accounts)
    narrative = accounts.layout.narrative
    items, total = _items(rng, plan, made, accounts, habits)
    content: dict[str, Any] = {
        "department": accounts.department, "year": str(accounts.year), "unit_type": plan.kind,
        "duties": [text(duty) for duty in some(rng, words["duties"], 3, 5)],
        "offices": [{"name": o["name"], "text": text(o["text"])} for o in some(rng, words["offices"], 2, 5)],
        "glossary": some(rng, words["glossary"], 4, 8),
        "items": items, "budget_total": habits.printed(total, "").printed,
        "stated": stated(made, accounts.layout, habits),
        "empty_tables": [t.id for t in accounts.layout.printed_tables if t.empty_note and habits.declares and is_idle(made, t.id)],
    }  # fmt: skip
    if narrative == "shanxi":
        content |= _shanxi(rng, plan, made, accounts, habits)
    else:
        content["paragraphs"] = {
            "performance": [words["performance"]],
            "running": [words["running"]],
            "hosting": [words["hosting"]],
        }
    if prior is not None:
        content["prior"] = {a: q.printed for a in _COMPARED[narrative] if (q := _figure(prior, a)).is_number}
    elif accounts.previous is None:
        content["no_prior"] = {key: text(value) for key, value in words["no_prior"].items()}
    given: Disclosure = Disclosure.model_validate(_cited(content))
    return given.model_copy(
        update={"reasons": _reasons(rng, accounts, given, prior or accounts.previous, text)}
    )


def _cited(node: Any) -> Any:
    """The same tree with every text as a YAML file would give it."""
    if isinstance(node, dict):
        return {key: _cited(value) for key, value in node.items()}
    return [_cited(value) for value in node] if isinstance(node, list) else Cited(node)


def _text(plan: Plan, accounts: Accounts) -> Any:
    return lambda words: words.format(field=plan.field, name=accounts.department, year=accounts.year)


def _items(
    rng: Random, plan: Plan, made: Figures, accounts: Accounts, habits: Habits
) -> tuple[list[dict[str, str]], int]:
    """Initial budgets in 分, printed each on its own: by 类 where the explanation goes by 类, else by 项."""
    text, names = _text(plan, accounts), names_of("functional", accounts.year)
    level = "类" if accounts.layout.narrative == "shanxi" else "项"
    items, total = [], 0
    for code in (row for row in accounts.rows("T5") if level_of(row) == level):
        spent = made.cents["T5", code, "合计"]
        budget = spent if chance(rng, 10) else about(rng, max(spent, 0), 70, 130)
        budget = 0 if spent < 0 or (code[3:] and chance(rng, 6)) else budget
        total += budget
        printed = habits.printed(budget, "", always=True)
        item = {
            "code": code,
            "name": names[code],
            "budget": printed.printed,
            "purpose": text(_purpose(names[code])),
        }
        outturn = accounts.get("T5", code, "合计")
        if outturn.value != printed.value:
            more = outturn.value is not None and printed.value is not None and outturn.value > printed.value
            item["reason"] = text(rng.choice(data("words")["more" if more else "less"]))
        items.append(item)
    return items, total


def _purpose(name: str) -> str:
    purposes: dict[str, str] = data("words")["purposes"]
    return next(text for word, text in purposes.items() if word in name)


def _figure(accounts: Accounts, address: str) -> Quantity:
    return accounts.get(*split_address(address))


def _reasons(
    rng: Random, accounts: Accounts, given: Disclosure, before: Accounts | None, text: Any
) -> dict[str, Cited]:
    """A reason for whatever differs from the year before, or from the budget; none for what does not."""
    words, narrative = data("words"), accounts.layout.narrative
    stated = {address: Quantity.parse(value) for address, value in given.stated.items()}
    stated["S5[合计].年初预算数"] = Quantity.parse(given.budget_total)
    reasons: dict[str, Cited] = {}
    pairs = [] if before is None else [(a, _figure(before, a), a) for a in _COMPARED[narrative]]
    if narrative == "national":
        # Of the three public expenses the parts have reasons against the year before, the total against the budget.
        pairs = [pair for pair in pairs if pair[0] != "T7[合计].决算数"]
        for outturn, budget in _BUDGETED:
            pairs.append((outturn, stated.get(budget, _figure(accounts, budget)), budget))
    for address, base, key in pairs:
        now = stated.get(address, _figure(accounts, address))
        if now.is_number and base.is_number and now.value != base.value:
            grew = now.exact() > base.exact()
            kind = ("up" if grew else "down") if key == address else ("more" if grew else "less")
            reasons[key] = Cited(text(rng.choice(words[kind])))
    return reasons


def _shanxi(rng: Random, plan: Plan, made: Figures, accounts: Accounts, habits: Habits) -> dict[str, Any]:
    words = data("words")
    project = made.cents.get(("T5", "合计", "项目支出"), 0)
    shown = some(rng, words["projects"], 1, 4) if project else []
    projects = []
    for name, budget in split(rng, project, dict.fromkeys(shown, 1)).items():
        spent = budget if chance(rng, 30) else about(rng, budget, 40, 100)
        projects.append(
            {
                "name": plan.field + name, "score": f"{rng.randrange(80, 100)}.{rng.randrange(100):02d}",
                "budget": habits.printed(budget, "", always=True).printed,
                "executed": habits.printed(spent, "", always=True).printed,
                "completion": rng.choice(words["completion"]),
            }
        )  # fmt: skip
    return {
        "calls_itself": "本部门",
        "personnel_includes": _paid_for(made, accounts, ("301", "303")),
        "public_includes": _paid_for(made, accounts, ("302", "310")),
        "attachments": [f"{accounts.department}{accounts.year}年度部门决算公开表"],
        "performance": {
            "scope": f"组织对{len(projects)}个项目开展绩效自评" if projects else "本年没有项目支出，未开展项目绩效自评",
            "amount": habits.printed(project, "", always=True).printed,
            "projects": projects,
        },
    }  # fmt: skip


def _paid_for(made: Figures, accounts: Accounts, above: Iterable[str]) -> str:
    names = names_of("economic", accounts.year)
    rows = (row for row in sorted(made.rows("T6")) if len(row) == 5 and row[:3] in above)
    # What is printed as 0.00 would read as nothing spent.
    return "、".join(names[row] for row in rows if accounts.get("T6", row, "决算数").value)
