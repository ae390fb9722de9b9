"""Synthetic Shanxi books for the tests: complete, clean, exact; and ways to spoil them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from juesuan.accounts import Accounts, Cited, Disclosure, Fact, Source, disclosed_facts
from juesuan.classification import codes
from juesuan.layouts import Layout, layout
from juesuan.quantity import Quantity
from juesuan.relations.formula import refs
from prose import cite, disclosure

ITEMS = [
    "2010601", "2010602", "2010607", "2080501", "2080505", "2080506", "2080799",
    "2101101", "2101102", "2210201", "2210203",
]  # fmt: skip
PERSONNEL = {"301": ["30101", "30102", "30107", "30113"], "303": ["30302", "30309"]}
PUBLIC = {"302": ["30201", "30211", "30217", "30299"], "310": ["31002", "31003"]}
ABROAD, CARS, BUYING, RUNNING, HOSTING = (
    "因公出国（境）费", "公务用车购置及运行费", "公务用车购置费", "公务用车运行维护费", "公务接待费"
)  # fmt: skip


def split(rng: Random, total: int, names: list[str]) -> dict[str, int]:
    """`total` in as many positive integers as there are names."""
    cuts = sorted(rng.sample(range(1, total), len(names) - 1))
    return {n: b - a for n, a, b in zip(names, [0, *cuts], [*cuts, total], strict=True)}


class Book:
    """Collects facts; amounts come in hundredths of the unit, so that every sum is exact."""

    def __init__(self, profile: Layout, year: int) -> None:
        self.profile, self.facts = profile, []
        self.names = {
            code: c.name for kind in ("functional", "economic") for code, c in codes(kind, year).items()
        }

    def put(self, table: str, row: str, column: str, cents: int, unit: str = "", decimals: int = 2) -> None:
        """One figure; `row` is a code or a label."""
        value = Quantity.of(
            Decimal(cents).scaleb(-decimals), unit or self.profile.unit, f"{table}!{row}·{column}"
        )
        code = row if row.isdigit() else ""
        self.facts.append(Fact(table, code, self.names.get(row, row), column, value))

    def tree(self, table: str, leaves: dict[str, dict[str, int]], top: str = "合计") -> None:
        """合计, 类, 款, 项 of a coded table from the figures of its leaves."""
        rows = {top, *(code[:n] for code in leaves for n in (3, 5, 7))}
        for row in [top, *sorted(rows - {top})]:
            for column in self.profile.table(table).columns:
                mine = (v for code, v in leaves.items() if row == top or code.startswith(row))
                self.put(table, row, column, sum(v.get(column, 0) for v in mine))


def full_book(
    year: int = 2021, seed: int = 1, department: str = "示例单位", scale: int = 4_000_000
) -> Accounts:
    """A complete clean book in the layout 山西 2020: all ten tables, every relation satisfied.

    `scale` bounds the basic expenditure of one 项, in hundredths of 万元.
    """
    rng, profile = Random(f"{seed}-{year}"), layout("shanxi-2020")
    book = Book(profile, year)
    basic = {code: rng.randrange(scale // 4, scale) for code in ITEMS}
    project = {code: rng.randrange(1, scale) if code[-1] in "27" else 0 for code in ITEMS}
    own = {code: rng.randrange(1, scale // 100) if code == "2010602" else 0 for code in ITEMS}
    kept, fiscal_kept = rng.randrange(20_000, 30_000), rng.randrange(1, 10_000)
    fiscal = {code: basic[code] + project[code] for code in ITEMS}
    everything = {code: fiscal[code] + own[code] for code in ITEMS}
    _sides(book, profile, year, fiscal, everything, own, kept, fiscal_kept)
    book.tree(
        "T2",
        {c: {"本年收入合计": everything[c], "财政拨款收入": fiscal[c], "事业收入": own[c]} for c in ITEMS},
    )
    spent = {
        c: {"基本支出": basic[c], "项目支出": project[c] + own[c], "本年支出合计": everything[c]}
        for c in ITEMS
    }
    book.tree("T3", spent)
    book.tree("T5", {c: {"合计": fiscal[c], "基本支出": basic[c], "项目支出": project[c]} for c in ITEMS})
    public = _economic(book, rng, sum(basic.values()))
    _three_public(book, rng)
    _in_bounds(book)
    for table in ("T8", "T9"):
        book.tree(table, {})
    _statistics(book, rng, public)
    prose = disclosure(rng, department, year, fiscal)
    facts = [*book.facts, *disclosed_facts(prose, profile.unit)]
    tables = tuple(table.id for table in profile.tables)
    source = Source.model_validate({"synthetic": Cited("是"), "unit": Cited("万元")})
    return Accounts(department, year, profile, tuple(facts), prose, source, (), tables)


def _sides(
    book: Book, profile: Layout, year: int, fiscal: dict[str, int], everything: dict[str, int],
    own: dict[str, int], kept: int, fiscal_kept: int,
) -> None:  # fmt: skip
    granted, spent = sum(fiscal.values()), sum(everything.values())
    sources = {"一般公共预算财政拨款收入": granted, "事业收入": sum(own.values())}
    feet = {"本年收入合计": spent, "年初结转和结余": kept, "收入总计": spent + kept}
    feet |= {"本年支出合计": spent, "年末结转和结余": kept, "支出总计": spent + kept}
    left, right = profile.table("T1").sides
    for label in [*left.labels(year), *left.foot, *right.foot]:
        book.put("T1", label, "决算数", (sources | feet).get(label, 0))
    for code in sorted({c[:3] for c in everything}):
        book.put("T1", code, "决算数", sum(v for c, v in everything.items() if c.startswith(code)))
    general = "一般公共预算财政拨款"
    known = {general: granted, "本年收入合计": granted, "收入总计": granted + fiscal_kept}
    known |= {"年初财政拨款结转和结余": fiscal_kept, f"年初结转：{general}": fiscal_kept}
    left, right = profile.table("T4").sides
    for label in [*left.labels(year), *left.foot]:
        book.put("T4", label, "决算数", known.get(label, 0))
    rows = {
        code: sum(v for c, v in fiscal.items() if c.startswith(code))
        for code in sorted({c[:3] for c in fiscal})
    }
    rows |= {
        "本年支出合计": granted,
        "年末财政拨款结转和结余": fiscal_kept,
        "支出总计": granted + fiscal_kept,
    }
    for row, cents in rows.items():
        for column in right.columns:
            book.put("T4", row, column, cents if column in ("合计", general) else 0)


def _economic(book: Book, rng: Random, basic: int) -> int:
    personnel = basic * 3 // 5
    for blocks, total in ((PERSONNEL, personnel), (PUBLIC, basic - personnel)):
        for code, cents in split(rng, total, list(blocks)).items():
            book.put("T6", code, "决算数", cents)
            for below, part in split(rng, cents, blocks[code]).items():
                book.put("T6", below, "决算数", part)
    feet = {"人员经费合计": personnel, "公用经费合计": basic - personnel, "基本支出合计": basic}
    for label, cents in feet.items():
        book.put("T6", label, "决算数", cents)
    return basic - personnel


def _three_public(book: Book, rng: Random) -> None:
    planned = {item: rng.randrange(100, 2000) for item in (ABROAD, BUYING, RUNNING, HOSTING)}
    spent = {item: rng.randrange(1, cents) for item, cents in planned.items()}
    for column, cents in (("预算数", planned), ("决算数", spent)):
        cars = cents[BUYING] + cents[RUNNING]
        whole = {"合计": cars + cents[ABROAD] + cents[HOSTING], CARS: cars} | cents
        for item in book.profile.table("T7").across:
            book.put("T7", item, column, whole[item])


def _in_bounds(book: Book) -> None:
    """Move money inside 302, so that 公务接待费 stays below that of T7 and 其他 below a fifth of the class."""
    cents = {
        f.row: int((f.quantity.value or 0) * 100)
        for f in book.facts
        if f.table in ("T6", "T7") and f.column == "决算数"
    }
    least = {"30217": min(cents["30217"], cents[HOSTING]), "30299": min(cents["30299"], cents["302"] // 10)}
    least["30201"] = cents["30201"] + sum(cents[code] - left for code, left in least.items())
    for i, fact in enumerate(book.facts):
        if fact.table == "T6" and fact.code in least:
            value = Decimal(least[fact.code]).scaleb(-2)
            book.facts[i] = replace(fact, quantity=replace(fact.quantity, value=value, text=str(value)))


def _statistics(book: Book, rng: Random, public: int) -> None:
    bought = {f"政府采购{kind}支出": rng.randrange(100, 9000) for kind in ("货物", "工程", "服务")}
    total = sum(bought.values())
    small = rng.randrange(50, total)
    known = {"机关运行经费": public, "政府采购支出总额": total} | bought
    known |= {"授予中小企业合同金额": small, "授予小微企业合同金额": small // 2}
    (side,) = book.profile.table("T10").sides
    for label in side.labels(2021):
        unit = side.units.get(label, "")
        book.put(
            "T10", label, "统计数", rng.randrange(1, 9) if unit else known[label], unit, 0 if unit else 2
        )


def with_fact(accounts: Accounts, address: str, value: Quantity | str) -> Accounts:
    """A copy in which the figure at `address` prints `value` ('' for blank)."""
    (ref,) = refs(address)
    fact = accounts.fact(ref.table, ref.row, ref.column)
    if fact is None:
        raise KeyError(address)
    old = fact.quantity
    new = value if isinstance(value, Quantity) else Quantity.parse(value, old.unit, old.cell)
    records = tuple(replace(f, quantity=new) if f is fact else f for f in accounts.records)
    return replace(accounts, records=records)


def with_prose(accounts: Accounts, **changes: Any) -> Accounts:
    """A copy with other prose inputs; texts may be plain strings."""
    raw = accounts.disclosure.model_dump(exclude_none=True) | changes
    prose = Disclosure.model_validate(cite({k: v for k, v in raw.items() if v is not None}))
    tables = tuple(f for f in accounts.records if not f.table.startswith("S"))
    return replace(
        accounts, disclosure=prose, records=(*tables, *disclosed_facts(prose, accounts.layout.unit))
    )
