"""What a synthetic department is like through all its years: its kind, size, items and sources of money."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any

from juesuan.classification import codes
from juesuan.sample.draw import about, chance, data, some, split, stream

# Amounts are whole 分 (hundredths of a yuan) throughout.
WAN = 1_000_000
# Small items that may be booked negative where another one of their class outweighs them.
_MINOR = ("2080599", "2101102", "2210203")
OWN_INCOME = ("上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入")


@dataclass(frozen=True)
class Plan:
    """A typical year in 分: `basic` and `project` of the general budget by 项, `fund` and `state` likewise,
    `own` income by source, all of it under `own_code`. `refund` is an item booked negative (冲销), '' for none."""

    seed: str
    department: str
    field: str
    kind: str
    basic: dict[str, int]
    project: dict[str, int]
    fund: dict[str, int]
    state: dict[str, int]
    own: dict[str, int]
    own_code: str
    refund: str
    cars: int
    is_new: bool


def plan(seed: str, number: int, first_year: int, with_state: bool = True) -> Plan:
    """The department of that number (from 0) in the synthetic city of that seed; `with_state`: it may have state capital."""
    known, rng = codes("functional", first_year), stream(seed, number, "plan")
    fields = data("departments")["fields"]
    field = fields[(number + stream(seed).randrange(len(fields))) % len(fields)]
    kind = rng.choice(["行政", "行政", "行政", "参公", "事业", "事业"])
    size = rng.randrange(1, 10) * 10 ** rng.choice([8, 8, 9, 9, 9, 10]) + rng.randrange(WAN)
    basic = _basic(rng, field, kind, size, first_year)
    own_codes = [code for code in field["codes"] if code in known]
    project: dict[str, int] = {}
    if not chance(rng, 12):
        total = about(rng, size, 10, 300)
        project = split(rng, total, dict.fromkeys(some(rng, own_codes, 1, 6), 10))
        if chance(rng, 40):
            # The functional code of daily work often carries project money too.
            project[field["basic"]] = about(rng, size // 10)
    minor = [code for code in _MINOR if code in basic and any(_beside(code, other) for other in basic)]
    return Plan(
        seed=f"{seed}/{number}",
        department=_name(rng, field["name"], kind, number),
        field=field["name"],
        kind=kind,
        basic=basic,
        project=project,
        fund=_fund(rng, field, known, size),
        state=_state(rng, field, size) if with_state else {},
        own=_own(rng, kind, size),
        own_code=field["basic"],
        refund=rng.choice(minor) if minor and chance(rng, 15) else "",
        cars=rng.choice([0, 0, 1, 1, 2, 2, 3, 5, 12]),
        is_new=chance(rng, 25),
    )


def _name(rng: Random, field: str, kind: str, number: int) -> str:
    """示例市第三教育局: readable, and no department that exists; the number keeps names apart."""
    words = data("departments")
    round_, ends = number // len(words["fields"]), words["kinds"][kind]
    ordinals = words["ordinals"]
    district = f"第{round_ // len(ordinals)}区" if round_ >= len(ordinals) else ""
    return f"{words['city']}{district}{ordinals[round_ % len(ordinals)]}{field}{rng.choice(ends)}"


def _basic(rng: Random, field: dict[str, Any], kind: str, size: int, year: int) -> dict[str, int]:
    known = codes("functional", year)
    wanted = [item for item in data("departments")["common"] if kind in item["unit"].split()]
    chosen = some(rng, wanted, 3, len(wanted))
    shares = {item["code"]: item["share"] for item in chosen if item["code"] in known}
    # Shares are per mille of the work itself.
    return {field["basic"]: size} | {code: about(rng, size * share // 1000) for code, share in shares.items()}


def _beside(code: str, other: str) -> bool:
    return other[:3] == code[:3] and other not in _MINOR


def _fund(rng: Random, field: dict[str, Any], known: dict[str, Any], size: int) -> dict[str, int]:
    code = field.get("fund", "2121999" if chance(rng, 15) else "")
    return {code: about(rng, size, 5, 150)} if code in known and chance(rng, 75) else {}


def _state(rng: Random, field: dict[str, Any], size: int) -> dict[str, int]:
    if not (field.get("state") and chance(rng, 75)) and not chance(rng, 6):
        return {}
    leaves = [code for code in data("departments")["state"] if len(code) == 7]
    return {code: about(rng, size // 5) for code in some(rng, leaves, 1, 2)}


def _own(rng: Random, kind: str, size: int) -> dict[str, int]:
    """Money that is no fiscal grant: much in an institution, a little interest in an agency, often none."""
    if kind == "事业":
        kinds = some(rng, OWN_INCOME, 1, 4)
        return {name: about(rng, size // 3, 10, 120) for name in kinds}
    return {"其他收入": about(rng, size // 50, 50, 150)} if chance(rng, 40) else {}
