"""The addresses and statements of disclosure.yml, looked at before anything is judged by them."""

from __future__ import annotations

from collections.abc import Iterable

from juesuan.accounts import Accounts, Cited, Statement
from juesuan.errors import JuesuanError
from juesuan.quantity import Quantity
from juesuan.relations.formula import Ref, refs
from juesuan.relations.model import relations
from juesuan.relations.stated import RATES, statement_relation

# What each kind of statement must bring, and whether its figure is a percentage.
_NEEDS = {
    **dict.fromkeys(RATES, ("value", "of", "base")),
    **dict.fromkeys(("total", "amount", "carry_over"), ("value", "of")),
    "all_of": ("of", "base"),
    "no_prior": (),
}
# What a unit may be (单位类型): relations about agency costs and subsidies depend on it.
_UNIT_TYPES = ("行政", "参公", "事业")
# Kinds of relation that statements may be judged under.
_JUDGED = {"sum", "amount", "share", "completion", "total", "no_prior", "all_of", "performance_share"}


def validate(accounts: Accounts) -> None:
    """Raise a JuesuanError that names the line where a statement cannot be judged as written."""
    for statement in accounts.disclosure.printed:
        _statement(accounts, statement)
    kind = accounts.disclosure.unit_type
    if kind is not None and kind not in _UNIT_TYPES:
        raise _wrong(kind, f"unit_type 写的是“{kind}”", f"只能写 {'、'.join(_UNIT_TYPES)} 之一")
    known = {table.id for table in accounts.layout.tables}
    for table in accounts.disclosure.empty_tables:
        if not table.place and table not in known:
            raise _wrong(
                table, f"empty_tables 里的“{table}”不是这个版式的表", f"可用：{'、'.join(_in_order(known))}"
            )
    for apart in accounts.disclosure.apart:
        _formula(accounts, apart.amount)
        if "T5" in accounts.tables_read and apart.inside not in accounts.rows("T5"):
            raise _wrong(apart.inside, f"inside“{apart.inside}”不是 T5 里的功能分类编码", "请核对编码")
    # What was read out of a document has a place in it: it is reported where it was read, not refused here.
    typed = [(a, t) for a, t in accounts.disclosure.reasons.items() if not t.place]
    typed += [(a, t) for a, t in accounts.disclosure.prior.items() if not t.place]
    for address, text in typed:
        _formula(accounts, _key(address, text))
    for address, text in accounts.disclosure.prior.items():
        if not text.place and not Quantity.parse(text).is_number:
            raise _wrong(text, f"prior 里“{address}”写的是“{text}”，不是一个数", "请只写上年印出的数")
    for address, text in accounts.disclosure.stated.items():
        if not text.place:
            _stated(accounts, _key(address, text))


def _statement(accounts: Accounts, statement: Statement) -> None:
    for key in _NEEDS[statement.kind]:
        if getattr(statement, key) is None:
            raise _wrong(statement.quote, f"kind 为 {statement.kind} 的一条缺少“{key}”", "请补上这个键")
    if statement.value is not None:
        figure = Quantity.parse(statement.value)
        if not figure.is_number:
            raise _wrong(
                statement.value, f"value“{statement.value}”不是一个数", "请只写印出的数，不带单位和文字"
            )
        if (statement.kind in RATES) != (figure.unit == "%"):
            todo = "百分比请带 %" if statement.kind in RATES else "金额请不要带 %"
            raise _wrong(statement.value, f"value“{statement.value}”与 kind“{statement.kind}”不符", todo)
    relation = relations().get(statement_relation(statement))
    if relation is None or relation.kind not in _JUDGED:
        todo = "请改用核对文字的关系编号，或删去这个键"
        raise _wrong(statement.relation, f"relation“{statement.relation}”不能用来核对一句话", todo)
    for formula in (statement.about, statement.of, statement.base):
        if formula is not None:
            _formula(accounts, formula)


def _formula(accounts: Accounts, formula: Cited) -> None:
    try:
        named = refs(str(formula))
    except ValueError:
        named = ()
    if not named:
        raise _wrong(formula, f"“{formula}”不是指标地址", "请写成 T5[208].合计 的样子，几项之间用 + 相连")
    known = {table.id for table in accounts.layout.tables} | {"S5", "S8"}
    for ref in named:
        if ref.table not in known:
            raise _wrong(formula, f"没有“{ref.table}”这张表", f"可用：{'、'.join(_in_order(known))}")
        if (
            not ref.every
            and accounts.fact(ref.table, ref.row, ref.column) is None
            and not _printable(accounts, ref)
        ):
            raise _wrong(
                formula,
                f"“{ref.table}[{ref.row}].{ref.column}”这一格不存在",
                "请核对行名（或科目编码）和栏名",
            )


def _key(address: str, text: Cited) -> Cited:
    key = Cited(address)
    key.line = text.line
    return key


def _stated(accounts: Accounts, address: Cited) -> None:
    """A figure of a table that the profile lists but does not print must be one of its rows."""
    _formula(accounts, address)
    (ref,) = refs(str(address))
    table = next((t for t in accounts.layout.tables if t.id == ref.table and not t.printed), None)
    rows = {row for side in table.sides for row in side.labels(accounts.year)} if table else set()
    if table and ref.row not in rows:
        raise _wrong(address, f"“{table.title}”没有“{ref.row}”这一项", f"可用：{'、'.join(sorted(rows))}")


def _printable(accounts: Accounts, ref: Ref) -> bool:
    """A cell of a table that was not read, in a column that its layout knows."""
    if ref.table.startswith("S"):
        return False
    table = accounts.layout.table(ref.table)
    columns = [*table.columns, *(c for side in table.sides for c in side.columns)]
    return ref.column in columns and ref.table not in accounts.tables_read


def _in_order(tables: Iterable[str]) -> list[str]:
    return sorted(tables, key=lambda t: (t[0] != "T", not t[1:].isdigit(), t[1:].zfill(3)))


def _wrong(text: Cited | None, found: str, todo: str) -> JuesuanError:
    return JuesuanError(f"disclosure.yml 第{text.line if text is not None else 0}行", found, todo)
