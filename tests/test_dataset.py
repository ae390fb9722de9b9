"""The dataset of a batch: exact figures, nothing lost, damage reported."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from books import full_book, with_fact
from juesuan import extras
from juesuan.accounts import Accounts
from juesuan.errors import JuesuanError
from juesuan.findings import Report, check
from juesuan.overview.columns import columns
from juesuan.quantity import State
from juesuan.runs import arrow
from juesuan.runs.dataset import Listed, collect
from juesuan.runs.parts import failed_part, write_parts


def put(out: Path, report: Report, name: str) -> Listed:
    """A part below `out`, as the run list has it."""
    place = f"{name}/{report.accounts.year}"
    page, data = f"{place}/report.html", f"data/{place}"
    write_parts(report, out / place, key=name, page=page, seconds=1.25, data=data)
    return Listed(place)


def rows(out: Path, name: str) -> list[dict[str, Any]]:
    return list(pq.read_table(out / f"{name}.parquet").to_pylist())


@pytest.fixture(scope="module")
def seed_report(seed: Accounts) -> Report:
    return check(seed)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, seed_report: Report) -> Path:
    """Three departments, one of them with a failed year, collected."""
    out = tmp_path_factory.mktemp("batch")
    listed = [put(out, seed_report, "seed")]
    for name, year in (("b", 2022), ("b", 2021), ("a", 2021)):
        listed.append(put(out, check(full_book(year, department=f"{name}局")), name))
    page = "b/2023/report.html"
    failed_part(out / "b/2023", key="b", year=2023, page=page, error="读不出", seconds=0.5)
    listed += [Listed("b/2023", "县区", "audit=done:0"), Listed("c/2021", "县区", is_left=True)]
    assert collect(out, listed, out / "dataset") == []
    return out / "dataset"


def test_every_fact_arrives_exact_and_blank_is_null(made: Path, seed: Accounts) -> None:
    mine = [row for row in rows(made, "facts") if row["department"] == seed.department]
    assert len(mine) == len(seed.records)
    for row, fact in zip(mine, seed.records, strict=True):
        assert (row["table"], row["code"], row["label"], row["column"]) == (
            fact.table, fact.code, fact.label, fact.column,
        )  # fmt: skip
        assert row["value"] == fact.quantity.value
        assert row["decimals"] == fact.quantity.decimals
        assert row["chosen"] is (seed.fact(fact.table, fact.row, fact.column) is fact)
    blank = [row for row in mine if row["state"] == State.BLANK.value]
    assert blank
    assert {(row["value"], row["yuan"], row["printed"]) for row in blank} == {(None, None, None)}
    (total,) = (r for r in mine if (r["table"], r["label"], r["column"]) == ("T5", "合计", "合计"))
    assert (total["printed"], total["yuan"]) == ("21681.07", Decimal("216810700"))
    assert not any(row["yuan"] is not None for row in mine if row["unit"] in ("%", "人", "辆"))


def test_findings_and_ledger_are_those_of_the_check(made: Path, seed_report: Report) -> None:
    mine = [r for r in rows(made, "findings") if r["department"] == seed_report.accounts.department]
    told = seed_report.as_json()["findings"]
    names = ("id", "relation", "class", "verdict", "severity", "message")
    assert [{n: r[n] for n in names} for r in mine] == [{n: f[n] for n in names} for f in told]
    assert [(r["low"], r["high"], r["gap"]) for r in mine] == [
        (*((f["expected"] or {}).get(end) for end in ("low", "high")), f["gap"]) for f in told
    ]
    assert [r["places"] for r in mine] == [len(f["places"]) for f in told]
    (row,) = (r for r in rows(made, "reports") if r["department"] == seed_report.accounts.department)
    assert {name: row[name] for name in seed_report.ledger} == seed_report.ledger
    assert row["errors"] == sum(f["severity"] == "error" for f in told)
    assert (row["status"], row["seconds"], row["page"]) == ("done", 1.25, "seed/2021/report.html")


def test_the_schema_is_the_contract_and_the_order_department_and_year(made: Path) -> None:
    for name, listed in columns().items():
        assert pq.read_schema(made / f"{name}.parquet").names == list(listed)
    found = [(r["department"], r["year"], r["status"], r["synthetic"]) for r in rows(made, "reports")]
    assert found == [
        ("a局", 2021, "done", True),
        ("b局", 2021, "done", True),
        ("b局", 2022, "done", True),
        # The failed year goes by the name under which its department was read in other years.
        ("b局", 2023, "failed", True),
        ("c", 2021, "left", False),
        ("忻州市社会保险中心", 2021, "done", False),
    ]
    failed = rows(made, "reports")[3]
    assert (failed["key"], failed["part"], failed["others"]) == ("b", "县区", "audit=done:0")
    assert failed["error"] == "读不出"
    left = rows(made, "reports")[4]
    assert (left["part"], left["page"], left["error"], left["facts"]) == ("县区", None, None, None)
    assert {failed[n] for n in ("exact", "total", "errors", "facts")} == {None}
    places = [(r["department"], r["year"]) for r in rows(made, "facts")]
    assert places == sorted(places)


def test_departments_of_one_name_stay_apart(tmp_path: Path, book: Accounts) -> None:
    report = check(book)
    collect(tmp_path, [put(tmp_path, report, name) for name in ("north/a", "south/a")], tmp_path)
    found = rows(tmp_path, "reports")
    assert len({r["department"] for r in found}) == 1
    assert [r["key"] for r in found] == ["north/a", "south/a"]


def damage(body: Path, how: str) -> None:
    whole, table = body.read_bytes(), pq.read_table(body)
    middle = len(whole) // 2
    if how in ("cut", "zeroed"):
        body.write_bytes(whole[:-40] if how == "cut" else whole[:middle] + bytes(64) + whole[middle + 64 :])
    elif how == "gone":
        body.unlink()
    else:
        pq.write_table(table.slice(1) if how == "short" else table.drop_columns(["year"]), body)


@pytest.mark.parametrize("file", ["facts", "summary"])
@pytest.mark.parametrize("how", ["cut", "zeroed", "gone", "short", "columns"])
def test_a_damaged_part_is_reported(tmp_path: Path, book: Accounts, how: str, file: str) -> None:
    report = check(book)
    good, bad = put(tmp_path, report, "good"), put(tmp_path, report, "bad")
    damage(tmp_path / bad.folder / f"{file}.parquet", how)
    (told,) = collect(tmp_path, [bad, good], tmp_path / "set")
    assert f"{file}.parquet" in told
    assert "重新运行" in told
    other, done = sorted(rows(tmp_path / "set", "reports"), key=lambda row: row["status"] == "done")
    assert [(r["status"], r["total"] is None) for r in (other, done)] == [("failed", True), ("done", False)]
    assert f"{file}.parquet" in other["error"]
    assert {r["key"] for r in rows(tmp_path / "set", "facts")} == {"good"}


def test_a_failure_takes_away_what_an_earlier_run_left(tmp_path: Path, book: Accounts) -> None:
    listed = put(tmp_path, check(book), "a")
    folder = tmp_path / listed.folder
    failed_part(folder, key="a", year=2021, page="", error="超时", seconds=2)
    assert [p.name for p in folder.iterdir()] == ["summary.parquet"]
    assert collect(tmp_path, [listed], tmp_path) == []
    assert rows(tmp_path, "facts") == []
    assert [r["error"] for r in rows(tmp_path, "reports")] == ["超时"]


def test_large_files_grow_by_row_groups(
    tmp_path: Path, book: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrow, "GROUP", 500)
    report = check(book)
    collect(tmp_path, [put(tmp_path, report, f"d{i}") for i in range(6)], tmp_path)
    file = pq.ParquetFile(tmp_path / "facts.parquet")
    assert file.metadata.num_rows == 6 * len(book.records)
    assert file.num_row_groups > 1
    assert file.metadata.row_group(0).column(0).compression == "ZSTD"


def test_of_a_repeated_row_the_first_is_chosen(tmp_path: Path, seed: Accounts) -> None:
    again = [replace(f, quantity=replace(f.quantity)) for f in seed.records if f.address == "T5[合计].合计"]
    collect(tmp_path, [put(tmp_path, check(replace(seed, records=(*seed.records, *again))), "a")], tmp_path)
    where = ("T5", "合计", "合计")
    found = [r for r in rows(tmp_path, "facts") if (r["table"], r["label"], r["column"]) == where]
    assert [r["chosen"] for r in found] == [True, False]


def test_an_unparsed_cell_keeps_its_text(tmp_path: Path, book: Accounts) -> None:
    spoilt = with_fact(book, "T5[合计].合计", "约三千")
    collect(tmp_path, [put(tmp_path, check(spoilt), "a")], tmp_path)
    (row,) = (r for r in rows(tmp_path, "facts") if r["state"] == "unparsed")
    assert (row["printed"], row["value"], row["yuan"]) == ("约三千", None, None)


def test_without_pyarrow_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(JuesuanError, match=r"juesuan\[batch\]"):
        arrow.library()


def test_amounts_keep_sixteen_digits_in_any_unit(tmp_path: Path, book: Accounts) -> None:
    fact = book.fact("T5", "合计", "合计")
    assert fact is not None
    long = replace(fact.quantity, value=Decimal("9999999999999999.9999999999"), decimals=10, unit="亿元")
    collect(tmp_path, [put(tmp_path, check(with_fact(book, fact.address, long)), "a")], tmp_path)
    (row,) = (r for r in rows(tmp_path, "facts") if r["unit"] == "亿元")
    assert row["yuan"] == Decimal("999999999999999999999999.99")
