"""Statements of disclosure.yml that cannot be judged as written are refused, with their line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from books import with_prose
from juesuan.accounts import Accounts, read_disclosure
from juesuan.cli import main
from juesuan.errors import JuesuanError
from juesuan.findings import check
from juesuan.narrative import narrative

SEED = Path(__file__).parents[1] / "data" / "xinzhou-shebao" / "2021"
GOOD = {
    "section": "三",
    "quote": "占比99.64%",
    "kind": "share",
    "value": "99.64%",
    "of": "T3[合计].基本支出",
    "base": "T3[合计].本年支出合计",
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"of": ""}, "缺少“of”"),
        ({"base": ""}, "缺少“base”"),
        ({"value": "99.64"}, "百分比请带 %"),
        ({"value": "约99.64%"}, "不是一个数"),
        ({"of": "T3合计"}, "不是指标地址"),
        ({"of": "T99[合计].基本支出"}, "没有“T99”这张表"),
        ({"of": "S8[没有的项目].执行数"}, "不存在"),
        ({"relation": "R9999"}, "不能用来核对一句话"),
        ({"relation": "R705"}, "不能用来核对一句话"),
        ({"kind": "total"}, "金额请不要带 %"),
    ],
)
def test_a_statement_that_cannot_be_judged_is_refused(
    seed: Accounts, change: dict[str, str], words: str
) -> None:
    statement = {k: v for k, v in (GOOD | change).items() if v}
    with pytest.raises(JuesuanError, match=words):
        check(with_prose(seed, printed=[statement]))


def test_the_good_statement_is_judged(seed: Accounts) -> None:
    report = check(with_prose(seed, printed=[GOOD]))
    assert [c.judgement.verdict for c in report.checks if c.quote == "占比99.64%"][0].holds


@pytest.mark.parametrize("command", ["check", "report"])
def test_the_refusal_names_the_line_and_ends_with_two(tmp_path: Path, command: str) -> None:
    folder = tmp_path / "单位" / "2021"
    folder.mkdir(parents=True)
    for name in ("accounts.xlsx", "disclosure.yml"):
        (folder / name).write_bytes((SEED / name).read_bytes())
    prose = folder / "disclosure.yml"
    lines = prose.read_text(encoding="utf-8").splitlines()
    at = len(lines) + 1
    lines += ["printed:", "  - {section: 一, quote: 收入总计, kind: amount, value: 21681.07, of: T1收入总计}"]
    prose.write_text("\n".join(lines), encoding="utf-8")
    extra = ["--out", str(tmp_path / "out")] if command == "report" else []
    result = CliRunner().invoke(main, [command, str(folder), *extra])
    assert result.exit_code == 2
    assert f"disclosure.yml 第{at + 1}行" in result.output
    assert not (tmp_path / "out").exists()


def test_apart_needs_addresses(seed: Accounts) -> None:
    apart = {"label": "补助", "amount": "21000", "inside": "208", "remainder": "自身"}
    with pytest.raises(JuesuanError, match="不是指标地址"):
        check(with_prose(seed, apart=[apart]))


def test_budgets_are_added_up_without_any_statement(seed: Accounts) -> None:
    found = [f for f in check(replace(seed, sentences=())).findings if f.relation == "R1010"]
    assert [(f.severity, float(f.gap or 0)) for f in found] == [("error", 0.18)]


def test_what_is_missing_is_listed(book: Accounts) -> None:
    bare = with_prose(book, duties=[], offices=[], glossary=[])
    listed = [m for part in ("overview", "glossary") for m in narrative(bare, part).missing]
    assert listed == ["本部门职责（duties）", "机构设置情况（offices）", "名词解释（glossary）"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "items:\n  - {code: '208', name: 甲}\n  - {code: '208', name: 乙}\n",
            "第3行：items 的 code“208”在第2行已经有了",
        ),
        (
            "duties: [一]\nprinted:\n  - {section: 三, qoute: 话, kind: total}\n",
            "第3行 的“printed.第1条.qoute”：是不认识的键",
        ),
        ("printed:\n  - {section: 三, quote: 话, kind: 占比}\n", "写的是“占比”，只能是"),
        ("duties: 一句话\n", "应是一列"),
    ],
)
def test_a_wrong_shape_names_its_line_and_what_is_wanted(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "disclosure.yml").write_text(text, encoding="utf-8")
    with pytest.raises(JuesuanError) as error:
        read_disclosure(tmp_path / "disclosure.yml")
    assert words in str(error.value)


def test_tables_and_classes_that_are_not_there_are_refused(seed: Accounts) -> None:
    apart = seed.disclosure.apart[0].model_dump() | {"inside": "229"}
    for wrong in ({"empty_tables": ["T12"]}, {"apart": [apart]}, {"reasons": {"T7合计": "原因"}}):
        with pytest.raises(JuesuanError):
            check(with_prose(seed, **wrong))


def test_a_total_stated_over_some_items_does_not_hide_the_sum_of_all(seed: Accounts) -> None:
    partial = {
        "section": "五（三）", "quote": "两项", "kind": "total", "value": "29913.35",
        "about": "S5[合计].年初预算数", "of": "S5[208].年初预算数 + S5[210].年初预算数",
    }  # fmt: skip
    silent = replace(seed, sentences=())
    found = [f for f in check(with_prose(silent, printed=[partial])).findings if f.relation == "R1010"]
    assert [str(f.places[0].table) for f in found] == ["S5"]
