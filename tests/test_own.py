"""An analyst's own relations: one line is enough, and a mistake says what is wrong and where."""

from __future__ import annotations

from pathlib import Path

import pytest

import juesuan
from books import full_book, with_fact
from juesuan.accounts import Accounts, Fact
from juesuan.errors import JuesuanError
from juesuan.layouts import names
from juesuan.quantity import Quantity, Verdict
from juesuan.relations import Check, execute, relations
from juesuan.relations.own import own, read_own
from juesuan.sample import Order, books

LINE = "T3[*].本年支出合计 = T3[*].基本支出 + T3[*].项目支出"


def judged(accounts: Accounts, *texts: str) -> list[Check]:
    """The checks of some lines."""
    return execute(accounts, [own(text) for text in texts])


def test_one_line_in_a_notebook(book: Accounts) -> None:
    mine = juesuan.relation(LINE, title="基本加项目")
    assert (mine.kind, mine.grade, mine.source, mine.title) == ("sum", "H", "U", "基本加项目")
    checks = execute(book, [*relations().values(), mine])
    assert {c.judgement.verdict for c in checks if c.relation == mine} == {Verdict.EXACT}
    spoiled = with_fact(book, "T3[208].本年支出合计", "1.00")
    wrong = [c.place for c in execute(spoiled, [mine]) if c.judgement.verdict is Verdict.INCONSISTENT]
    assert wrong == ["T3[208].本年支出合计"]


def test_the_id_is_that_of_the_text() -> None:
    assert own(LINE).id == own(LINE, title="另一个名称").id != own(LINE + "?").id
    assert own(LINE, id="我的").id == "我的"
    assert own(LINE).title == LINE


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("T1[收入总计].决算数 = T1[支出总计].决算数", "sum", {}),
        ("T7[*].决算数 ≤ T7[*].预算数", "at_most", {}),
        ("T7[*].决算数 <= T7[*].预算数", "at_most", {}),
        ("T3[*].基本支出 >= T5[*].基本支出?", "at_most", {}),
        ("T6[30299].决算数 ÷ T6[302].决算数", "ratio", {"high": 20}),
        ("T3[合计].经营支出 ⇒ T2[合计].经营收入", "implies", {}),
        ("T7[公务接待费].决算数 ⇔ T6[30217].决算数", "iff", {}),
    ],
)
def test_the_operator_decides(book: Accounts, text: str, kind: str, keys: dict[str, int]) -> None:
    mine = own(text, **keys)
    assert mine.kind == kind
    assert execute(book, [mine])


def test_the_rest_of_a_row() -> None:
    """`…` is every column of the table that the sum does not name, as the profile prints them."""
    accounts = full_book()
    short = own("T3[*].合计 = T3[*].基本支出 + …")
    assert short.formula.startswith("T3[*].本年支出合计")
    (check, *_) = execute(accounts, [short])
    columns = ["基本支出", "项目支出", "上缴上级支出", "经营支出", "对附属单位补助支出"]
    assert [term.fact.column for term in check.terms] == columns
    for typed in ("...", "……", "…"):
        assert own(f"T3[*].合计 = T3[*].基本支出 + {typed}").formula == short.formula


@pytest.mark.parametrize("profile", names())
def test_the_rest_of_a_row_is_that_of_the_profile(profile: str) -> None:
    (made,) = books(Order(profile, 1, (2022,), 3))
    mine = own("T3[*].合计 = T3[*].基本支出 + T3[*].项目支出 + …"), own("T2[*].合计 = T2[*].财政拨款收入 + …")
    for check in execute(made.accounts, mine):
        assert check.judgement.verdict is not Verdict.INCONSISTENT


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("T33[*].合计 = T3[*].基本支出", "没有“T33”这张表"),
        ("T3[*].基本 = T3[*].项目支出", "T3 没有“基本”这一栏。可用：.*基本支出"),
        ("T1[收入合计].决算数 = T1[支出总计].决算数", "T1 没有“收入合计”这一行。可用：.*收入总计"),
        ("T3[20].基本支出 = T3[208].基本支出", "没有“20”这一行"),
        ("T3[*].基本支出 T3[*].项目支出", "不是能读懂的式子"),
        ("T3[*.基本支出 = T3[*].项目支出", "不是能读懂的式子"),
        ("T3[*].基本支出 =", "右边没有内容"),
        ("T3[*].基本支出", "里没有 = ≤ ≥"),
        ("", "没有写 formula"),
        ("T3[*].合计 = … + T3[*].基本支出", "里留有“…”"),
        ("… = T3[*].基本支出", "里留有“…”"),
        ("T3[*].合计 ≤ T3[*].基本支出 + …", "不知道指哪些栏"),
        ("T3[*].合计 = T1[208].决算数 + …", "不知道指哪些栏"),
        ("T6[30299].决算数 ÷ T6[302].决算数", "没有写上下限"),
        ("T3[*].合计 = T3[*].基本支出；T3[*].合计 ≥ T3[*].项目支出", "不符"),
    ],
)
def test_a_mistake_is_one_clear_error(text: str, found: str) -> None:
    with pytest.raises(JuesuanError, match=found):
        own(text)


def test_a_row_that_only_this_department_prints(book: Accounts) -> None:
    text = "T1[其中：专户收入].决算数 ≤ T1[事业收入].决算数"
    with pytest.raises(JuesuanError, match="没有“其中：专户收入”这一行"):
        own(text)
    fact = Fact("T1", "", "其中：专户收入", "决算数", Quantity.of("1.00", "万元"))
    more = Accounts(
        book.department, book.year, book.layout, (*book.records, fact), tables_read=book.tables_read
    )
    assert execute(more, [own(text, accounts=more)])


FILE = f"""\
# 本单位自己的关系
- {LINE}
- {{id: 我的, title: 其他支出不多, class: L, formula: "T6[30299].决算数 ÷ T6[302].决算数", high: 20}}
- "T1[收入总计].决算数 = T1[支出总计].决算数"
- id: U9
  kind: children
  table: T3
  parent: 合计
  level: 类
"""


def test_a_file_of_relations(tmp_path: Path, book: Accounts) -> None:
    assert read_own(tmp_path) == []
    (tmp_path / "relations.yml").write_text(FILE, encoding="utf-8")
    mine = read_own(tmp_path)
    assert [(r.id, r.kind, r.grade) for r in mine] == [
        ("U1", "sum", "H"), ("我的", "ratio", "L"), ("U3", "sum", "H"), ("U9", "children", "H"),
    ]  # fmt: skip
    assert {c.relation.id for c in execute(book, mine)} == {"U1", "我的", "U3", "U9"}
    assert read_own(tmp_path / "relations.yml") == mine


@pytest.mark.parametrize(
    ("text", "line", "found"),
    [
        ("- T3[*].合计 = T3[*].基本支出\n- T3[*].合计 = T3[*].基础支出", 2, "没有“基础支出”这一栏"),
        ("- {id: R101, formula: 'T1[收入总计].决算数 = T1[支出总计].决算数'}", 1, "编号 R101 是已有的关系"),
        (
            "- {id: U2, formula: 'T1[收入总计].决算数 = T1[支出总计].决算数'}\n- T3[*].合计 = T3[*].基本支出",
            2,
            "写了两次",
        ),
        ("- {formul: 甲}", 1, "“formul”是不认识的键"),
        ("- {kind: 求和, formula: 'T1[收入总计].决算数 = T1[支出总计].决算数'}", 1, "kind“求和”不能用"),
        ("- {kind: children, table: T3}", 1, "缺少“parent”"),
        ("- {kind: non_negative, table: T33}", 1, "没有“T33”这张表"),
        ("- {class: 甲, formula: 'T1[收入总计].决算数 = T1[支出总计].决算数'}", 1, "“class”写的是“甲”"),
        ("- [甲, 乙]", 1, "这一条不是关系"),
        ("- {kind: again, table: T1, column: 年初预算数, of: R1 R101}", 1, "“R1”不是已有的关系"),
    ],
)
def test_a_mistake_in_the_file_names_its_line(tmp_path: Path, text: str, line: int, found: str) -> None:
    (tmp_path / "relations.yml").write_text(text, encoding="utf-8")
    with pytest.raises(JuesuanError, match=rf"^relations\.yml 第{line}行：.*{found}"):
        read_own(tmp_path)


@pytest.mark.parametrize("text", ["a: 1", "- 'x", "\x00"])
def test_a_file_that_is_no_list(tmp_path: Path, text: str) -> None:
    (tmp_path / "relations.yml").write_text(text, encoding="utf-8")
    with pytest.raises(JuesuanError, match=r"^relations\.yml"):
        read_own(tmp_path)
    (tmp_path / "relations.yml").write_text("", encoding="utf-8")
    assert read_own(tmp_path) == []


def test_built_in_relations_only_name_what_is_known() -> None:
    """The vocabulary holds every name that a built-in formula uses, so each could be typed again."""
    for relation in relations().values():
        if relation.kind in ("sum", "at_most", "implies") and relation.formula and relation.source != "U":
            assert own(relation.formula, each=relation.each).kind == relation.kind
