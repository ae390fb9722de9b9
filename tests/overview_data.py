"""Datasets for the overview, fast and without reports: made-up departments in the schema of a batch, labelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from juesuan.runs.arrow import schema, write_table

TOTAL, BUDGET = "T5[合计].合计", "S5[合计].年初预算数"
VERDICTS = ("exact", "within", "boundary", "truncated", "inconsistent", "not_assessable", "not_applicable")
CLASSES = {
    "201": "一般公共服务支出", "205": "教育支出", "208": "社会保障和就业支出", "210": "卫生健康支出", "213": "农林水支出",
    "214": "交通运输支出", "221": "住房保障支出", "224": "灾害防治及应急管理支出",
}  # fmt: skip
KINDS = ("因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "公务接待费")
_PLACES = ("示例市", "示例市新城区", "示例县", "示例市经济技术开发区", "示例市高新技术产业开发区")
_WORK = (
    "财政局", "教育局", "卫生健康委员会", "人力资源和社会保障局", "农业农村局", "交通运输局", "机关事务管理局", "统计局",
    "退役军人事务局", "社会保险中心", "综合行政执法局", "住房公积金管理中心", "市场监督管理局综合行政执法支队第二大队",
    "疾病预防控制中心（卫生监督所）", "档案馆",
)  # fmt: skip


def report(department: str, year: int, **more: Any) -> dict[str, Any]:
    """A row of `reports`: done, nothing found, unless told otherwise."""
    row = {
        "key": department, "department": department, "year": year, "profile": "shanxi-2020",
        "status": "done", "page": f"{department}/{year}/report.html", "data": f"data/{department}/{year}",
        "seconds": 0.5, "synthetic": True, "unit": "万元", "rate_decimals": 2,
        **dict.fromkeys(VERDICTS, 0), "exact": 100, "total": 100, "errors": 0, "warnings": 0, "infos": 0,
        "facts": 0, "findings": 0,
    }  # fmt: skip
    return row | more


def failed(department: str, year: int, error: str) -> dict[str, Any]:
    """A row of `reports` that did not come about."""
    named = ("key", "department", "year", "page", "data", "synthetic")
    row = report(department, year)
    return {name: row[name] for name in named} | {"status": "failed", "error": error}


def figure(row: Mapping[str, Any], address: str, printed: str, unit: str = "万元") -> dict[str, Any]:
    """A fact of the department and year of `row`; `address` as in relations, '' prints a blank cell."""
    table, rest = address.split("[")
    name, column = rest.split("].")
    value = Decimal(printed) if printed else None
    code = name if name.isdigit() else ""
    return {
        "key": row["key"], "department": row["department"], "year": row["year"], "synthetic": row["synthetic"],
        "table": table, "code": code, "label": CLASSES.get(name, name), "column": column, "printed": printed or None,
        "value": value, "decimals": len(printed.partition(".")[2]) if printed else None,
        "state": "number" if printed else "blank", "unit": unit, "chosen": True,
        "yuan": None if value is None else value * {"元": 1, "万元": 10_000, "亿元": 100_000_000}[unit],
    }  # fmt: skip


def write(target: Path, reports: Iterable[Mapping[str, Any]], facts: Iterable[Mapping[str, Any]]) -> Path:
    """The three files of a dataset in the folder `target`."""
    for name, rows in (("reports", list(reports)), ("facts", list(facts)), ("findings", [])):
        write_table(target / f"{name}.parquet", schema(name), rows)
    return target


def small(target: Path) -> Path:
    """Three departments, two years: a failed one, a budget in 元, a total without classes, blank cells."""
    a22, a23 = report("甲局", 2022, errors=2, inconsistent=2), report("甲局", 2023, warnings=1)
    b22, c22, c23 = report("乙局", 2022), report("丙局", 2022), report("丙局", 2023, infos=3)
    facts = [
        figure(a22, TOTAL, "90.00"), figure(a22, BUDGET, "100.00"), figure(a22, "T5[201].合计", "60.00"),
        figure(a22, "T5[208].合计", "30.00"), figure(a22, "T7[合计].预算数", "5.00"), figure(a22, "T7[合计].决算数", "4.00"),
        figure(a23, TOTAL, "118.80"), figure(a23, BUDGET, "120.00"), figure(a23, "T5[201].合计", "59.40"),
        figure(a23, "T5[208].合计", "59.40"), figure(a23, "T7[合计].预算数", "5.00"), figure(a23, "T7[合计].决算数", "6.50"),
        figure(b22, TOTAL, "210.00"), figure(b22, BUDGET, "200.00"), figure(b22, "T5[205].合计", "210.00"),
        figure(b22, "T7[合计].预算数", "3.00"), figure(b22, "T7[合计].决算数", ""),
        figure(c22, TOTAL, "50.00"), figure(c22, BUDGET, ""), figure(c22, "T7[合计].预算数", "0.00"),
        figure(c22, "T7[合计].决算数", "0.10"),
        figure(c23, TOTAL, "80.00"), figure(c23, BUDGET, "800000.00", "元"), figure(c23, "T5[208].合计", "80.00"),
        # Of a repeated row only the chosen one counts.
        {**figure(c23, TOTAL, "999.00"), "chosen": False},
    ]  # fmt: skip
    rows = [a22, a23, b22, failed("乙局", 2023, "表<1>读不出"), c22, c23]
    return write(target, rows, facts)


def many(target: Path, departments: int, years: Sequence[int] = (2021, 2022, 2023), seed: int = 1) -> Path:
    """A dataset of so many departments: rates around 97%, some wild, some with errors, a few failed."""
    rng = Random(seed)
    reports: list[dict[str, Any]] = []
    facts: list[dict[str, Any]] = []
    for i in range(departments):
        name = f"{_PLACES[i % 5]}{_WORK[i // 5 % 15]}{f'第{i // 75}分局' if i >= 75 else ''}"
        size = rng.randrange(20_000, 9_000_000)
        for year in years:
            if rng.random() < 0.004:
                reports.append(
                    failed(name, year, "收入支出决算总表：没有找到这张表。请核对文件是不是部门决算。")
                )
                continue
            size = int(size * rng.gauss(1.04, 0.05)) if rng.random() > 0.01 else size * 3
            row = report(name, year, **_found(rng))
            reports.append(row)
            facts += _facts(rng, row, size)
    return write(target, reports, facts)


def _found(rng: Random) -> dict[str, int]:
    errors = rng.choice([1, 1, 1, 2, 3, 9]) if rng.random() < 0.12 else 0
    return {
        "errors": errors, "warnings": rng.choice([0, 0, 0, 1, 2]), "infos": rng.choice([0, 1, 2]), "inconsistent": errors,
        "exact": 640, "within": 21, "not_assessable": 14, "not_applicable": 6, "total": 681 + errors,
    }  # fmt: skip


def _facts(rng: Random, row: Mapping[str, Any], cents: int) -> Iterator[dict[str, Any]]:
    def money(amount: int) -> str:
        return str(Decimal(amount).scaleb(-2))

    yield figure(row, "T5[合计].合计", money(cents))
    rate = rng.gauss(0.97, 0.03) if rng.random() > 0.02 else rng.uniform(0.3, 2)
    if rng.random() > 0.01:
        yield figure(row, "S5[合计].年初预算数", money(int(cents / rate) + 1))
    weights = [rng.random() ** 2 for _ in CLASSES]
    parts = [int(cents * w / sum(weights)) for w in weights]
    parts[0] += cents - sum(parts)
    for code, part in zip(CLASSES, parts, strict=True):
        yield figure(row, f"T5[{code}].合计", money(part))
    planned = {kind: rng.randrange(0, 3000) for kind in KINDS}
    spent = {
        kind: int(part * rng.uniform(0.4, 1 if rng.random() > 0.003 else 1.4))
        for kind, part in planned.items()
    }
    for column, part in (("预算数", planned), ("决算数", spent)):
        cars = part[KINDS[1]] + part[KINDS[2]]
        for label, value in {**part, "公务用车购置及运行费": cars, "合计": sum(part.values())}.items():
            yield figure(row, f"T7[{label}].{column}", money(value))
