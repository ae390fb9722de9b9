"""A brute-force judge that knows nothing of relations, claims or diagnosis: plain sums, plain intervals.

It says whether an injected error can be seen at all, from a short list of identities written out here; the text is
judged in `oracle_text`.
"""

from __future__ import annotations

from fractions import Fraction

from juesuan.accounts import Accounts
from juesuan.quantity import Quantity

Span = tuple[Fraction, Fraction]
Cell = tuple[str, str, str]
_COLUMNS = {"T2": "本年收入合计", "T3": "本年支出合计", "T5": "合计", "T8": "本年支出", "T9": "本年支出"}
_FUNDS = ("一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款")
_THREE = ("因公出国（境）费", "公务用车购置及运行费", "公务接待费")
_PUBLIC = ("302", "307", "309", "310", "311", "312", "399")


def span(quantity: Quantity) -> Span:
    """What a printed figure allows, in yuan."""
    value, half = Fraction(quantity.value or 0), Fraction(1, 2 * 10 ** max(quantity.decimals or 0, 2))
    if quantity.unit in ("个", "人次", "批次", "辆", "台/套"):
        half = Fraction(0)
    return (value - half) * quantity.scale, (value + half) * quantity.scale


class Sums:
    """The identities of one set of accounts and which of them are broken."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.cells: dict[Cell, Quantity] = {}
        for fact in accounts.records:
            for name in (fact.row, fact.label):
                if fact.quantity.is_number:
                    self.cells.setdefault((fact.table, name, fact.column), fact.quantity)

    def broken(self) -> set[str]:
        """Names of the identities that no values within the printed digits fulfil."""
        self.failed: set[str] = set()
        self._by_code()
        self._totals()
        return self.failed

    def _fails(self, whole: Quantity | None, parts: list[tuple[int, Quantity | None]], sense: str) -> bool:
        known = [(w, span(q)) for w, q in parts if q is not None]
        if whole is None or not known:
            return False
        low = sum((w * (s[0] if w > 0 else s[1]) for w, s in known), Fraction(0))
        high = sum((w * (s[1] if w > 0 else s[0]) for w, s in known), Fraction(0))
        mine = span(whole)
        if sense == "<":
            return mine[0] > high
        return mine[0] > high or mine[1] < low

    def _say(self, cell: Cell, *parts: Cell, less: int = 0, sense: str = "=") -> None:
        """Note one identity: the cell is the sum of the parts, the last `less` of them taken away."""
        signed = [(-1 if i >= len(parts) - less else 1, self.cells.get(p)) for i, p in enumerate(parts)]
        if self._fails(self.cells.get(cell), signed, sense):
            self.failed.add(f"{cell}{parts}")

    def _by_code(self) -> None:
        rows = self.accounts.rows

        for table, total in _COLUMNS.items():
            columns = self.accounts.columns(table)
            for row in rows(table):
                inner = [
                    c
                    for c in columns
                    if c not in (total, "教育收费", "年初结转和结余", "本年收入", "年末结转和结余")
                ]
                if inner and table != "T2" or table == "T2":
                    self._say((table, row, total), *((table, row, c) for c in inner))
                if "年末结转和结余" in columns:
                    self._say(
                        (table, row, "年末结转和结余"),
                        (table, row, "年初结转和结余"),
                        (table, row, "本年收入"),
                        (table, row, total),
                        less=1,
                    )
            for column in columns:
                for parent in rows(table):
                    size = {"合计": 3, **{r: len(r) + 2 for r in rows(table) if r.isdigit()}}.get(parent, 0)
                    below = [
                        r
                        for r in rows(table)
                        if r.isdigit() and len(r) == size and (parent == "合计" or r.startswith(parent))
                    ]
                    if below:
                        self._say((table, parent, column), *((table, r, column) for r in below))
        six = rows("T6")
        for head in [r for r in six if len(r) == 3 and r.isdigit()]:
            self._say(
                ("T6", head, "决算数"),
                *(("T6", r, "决算数") for r in six if len(r) == 5 and r.startswith(head)),
            )
        self._say(("T6", "人员经费合计", "决算数"), *(("T6", c, "决算数") for c in ("301", "303", "313")))
        self._say(("T6", "公用经费合计", "决算数"), *(("T6", c, "决算数") for c in _PUBLIC))
        self._say(
            ("T6", "基本支出合计", "决算数"),
            ("T6", "人员经费合计", "决算数"),
            ("T6", "公用经费合计", "决算数"),
        )
        self._say(
            ("T5", "合计", "基本支出"), ("T6", "人员经费合计", "决算数"), ("T6", "公用经费合计", "决算数")
        )

    def _totals(self) -> None:
        rows = self.accounts.rows

        def t(table: str, row: str, column: str = "决算数") -> Cell:
            return table, row, column

        sources = ["一般公共预算财政拨款收入", "政府性基金预算财政拨款收入", "国有资本经营预算财政拨款收入"]
        own = ["上级补助收入", "事业收入", "经营收入", "附属单位上缴收入", "其他收入"]
        coded = {n: r for r, n in rows("T1").items() if r.isdigit()}
        self._say(t("T1", "本年收入合计"), *(t("T1", s) for s in [*sources, *own]))
        self._say(
            t("T1", "收入总计"),
            t("T1", "本年收入合计"),
            t("T1", "使用非财政拨款结余"),
            t("T1", "年初结转和结余"),
        )
        self._say(
            t("T1", "支出总计"), t("T1", "本年支出合计"), t("T1", "结余分配"), t("T1", "年末结转和结余")
        )
        self._say(t("T1", "收入总计"), t("T1", "支出总计"))
        self._say(t("T1", "本年支出合计"), *(t("T1", c) for c in coded.values()))
        self._say(t("T1", "本年收入合计"), t("T2", "合计", "本年收入合计"))
        self._say(t("T1", "本年支出合计"), t("T3", "合计", "本年支出合计"))
        for name in own:
            self._say(t("T1", name), t("T2", "合计", name))
        for source, fund in zip(sources, _FUNDS, strict=True):
            self._say(t("T1", source), t("T4", fund))
            self._say(t("T4", "本年支出合计", fund), *(t("T4", c, fund) for c in rows("T4") if c.isdigit()))
            self._say(
                t("T4", "支出总计", fund),
                t("T4", "本年支出合计", fund),
                t("T4", "年末财政拨款结转和结余", fund),
            )
            self._say(
                t("T4", "年末财政拨款结转和结余", fund),
                t("T4", f"年初结转：{fund}"),
                t("T4", fund),
                t("T4", "本年支出合计", fund),
                less=1,
            )
        for code in coded.values():
            self._say(t("T1", code), t("T3", code, "本年支出合计"))
        for row in rows("T4"):
            self._say(t("T4", row, "合计"), *(t("T4", row, f) for f in _FUNDS))
        four = "T4"
        self._say(t(four, "本年收入合计"), *(t(four, f) for f in _FUNDS))
        self._say(t(four, "年初财政拨款结转和结余"), *(t(four, f"年初结转：{f}") for f in _FUNDS))
        self._say(t(four, "收入总计"), t(four, "本年收入合计"), t(four, "年初财政拨款结转和结余"))
        self._say(t(four, "收入总计"), t(four, "支出总计", "合计"))
        self._say(t("T2", "合计", "财政拨款收入"), t(four, "本年收入合计"))
        for fund, table, column in zip(
            _FUNDS, ("T5", "T8", "T9"), ("合计", "本年支出", "本年支出"), strict=True
        ):
            self._say(t(four, "本年支出合计", fund), t(table, "合计", column))
            for code in [r for r in rows(four) if r.isdigit()]:
                if code in rows(table):
                    self._say(t(four, code, fund), t(table, code, column))
        for side in ("预算数", "决算数"):
            self._say(t("T7", "合计", side), *(t("T7", r, side) for r in _THREE))
            self._say(
                t("T7", _THREE[1], side), t("T7", "公务用车购置费", side), t("T7", "公务用车运行维护费", side)
            )
        for code, row in (
            ("30212", _THREE[0]),
            ("30217", _THREE[2]),
            ("30231", "公务用车运行维护费"),
            ("31013", "公务用车购置费"),
        ):
            self._say(t("T6", code), t("T7", row), sense="<")
        for row in rows("T3"):
            for column in ("基本支出", "项目支出"):
                if row in rows("T5"):
                    self._say(t("T5", row, column), t("T3", row, column), sense="<")
