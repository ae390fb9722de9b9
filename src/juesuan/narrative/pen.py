"""What a template may call: every function writes a number and remembers its provenance."""

from __future__ import annotations

import re
from collections.abc import Sequence

from juesuan.accounts import Accounts, Cited
from juesuan.layouts import Layout
from juesuan.narrative.fragments import Block, Fragment, Number, Text
from juesuan.quantity import Quantity, State, rate, tallies
from juesuan.relations.formula import refs
from juesuan.wording import amount, direction, fixed, percent, shares_to_hundred

# Numbers travel through the template engine as private-use marks and come out as fragments.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
_HASH = "\ue002"
# An analyst's text is one line and no heading, whatever it holds.
_CLEAN = str.maketrans({_OPEN: "", _CLOSE: "", "#": _HASH, "\n": "", "\r": ""})


def plain_line(value: object) -> object:
    """Prose inputs that a template prints directly, made safe for the line-based text."""
    return value.translate(_CLEAN) if isinstance(value, Cited) else value


class Pen:
    """Writes the numbers of one department's text; see the templates for its use."""

    def __init__(self, accounts: Accounts) -> None:
        self.accounts = accounts
        self.numbers: list[Number] = []
        self.missing: list[str] = []
        self.reasons_used: set[str] = set()

    @property
    def layout(self) -> Layout:
        """The profile in force."""
        return self.accounts.layout

    @property
    def last_year(self) -> int:
        """The year that is compared with: that of the accounts given, else the one before."""
        before = self.accounts.previous
        return before.year if before else self.accounts.year - 1

    def quantity(self, address: str) -> Quantity:
        """The figure at `T5[208].合计`."""
        (ref,) = refs(address)
        return self.accounts.get(ref.table, ref.row, ref.column)

    def has(self, *addresses: str) -> bool:
        """Every address holds a number."""
        return all(self.quantity(a).is_number for a in addresses)

    def zero(self, *addresses: str) -> bool:
        """Every address holds a number and it is 0."""
        return all(self.quantity(a).value == 0 for a in addresses)

    def prints(self, table: str) -> bool:
        """The profile prints such a table."""
        return any(t.id == table for t in self.layout.printed_tables)

    def amount(self, address: str) -> str:
        """A figure as printed with its unit (`29.3万元`); in words where the cell holds no number."""
        quantity = self.quantity(address)
        if quantity.state is State.UNPARSED:
            return f"（原文“{str(quantity.text).translate(_CLEAN)}”，不是数字）"
        if not quantity.is_number:
            return "（未列数）" if quantity.state is State.DASH else "（未披露）"
        return self._mark(amount(quantity), (address,), "", quantity.cell) + quantity.unit

    def rate(self, part: str, base: str) -> str:
        """`part` in percent of `base`: a share, a completion rate."""
        a, b = self.quantity(part), self.quantity(base)
        if not a.is_number or not b.is_number or not b.value:
            raise ValueError(f"{part} has no percentage of {base}: ask has() and zero() first")
        text = percent(rate(a, b), self.layout.rate_decimals)
        return self._mark(text, (part, base), f"{self._value(part)} ÷ {self._value(base)}")

    def shares(self, parts: list[str], base: str) -> list[str]:
        """Shares of the parts in a printed total; by largest remainder where the profile says so and the
        parts are the whole of it."""
        values, whole = [self.quantity(p) for p in parts], self.quantity(base)
        amounts = [q.exact() * q.scale for q in values]
        if self.layout.shares != "largest-remainder" or min(amounts) < 0 or not tallies(values, whole):
            return [self.rate(part, base) for part in parts]
        decimals = self.layout.rate_decimals
        names = "＋".join(self._value(p) for p in parts)
        return [
            self._mark(
                percent(share, decimals), (p, *parts), f"{self._value(p)} ÷（{names}），最大余额法凑足 100"
            )
            for p, share in zip(parts, shares_to_hundred(amounts, decimals), strict=True)
        ]

    def lacks(self, what: str, key: str) -> str:
        """Say that an input is missing, and list it for the preparer."""
        self.missing.append(f"{what}（{key}）")
        return f"（{what}未提供。）"

    def gap(self, outturn: str, budget: str, less: str = "小于预算", more: str = "大于预算") -> str:
        """The word for outturn against budget; 持平 is decided on printed values."""
        spent, planned = self.quantity(outturn), self.quantity(budget)
        difference = spent.exact() * spent.scale - planned.exact() * planned.scale
        return direction(difference, up=more, down=less)

    def compare(self, address: str, what: str) -> str:
        """`what` against the year before as a sentence, with the analyst's reason."""
        if self.accounts.previous is None and address not in self.accounts.disclosure.prior:
            return ""
        change = self.change(address)
        if not change:
            return f"{what}的上年数未披露，无法比较。"
        ends = "" if change == "持平" else self.reason(address, what)
        near = self.last_year == self.accounts.year - 1
        return f"与{'上年' if near else f'{self.last_year}年度'}相比，{what}{change}。{ends}"

    def change(self, address: str) -> str:
        """Amount and rate against the year before (`增加1.00万元，增长2.50%`), 持平; '' where one of the two is unknown."""
        (ref,) = refs(address)
        now, then = self.quantity(address), self.accounts.before(ref.table, ref.row, ref.column)
        if not now.is_number or not then.is_number:
            return ""
        change = now.exact() * now.scale / then.scale - then.exact()
        if change == 0:
            return "持平"
        decimals = max(now.decimals or 0, then.decimals or 0)
        formula = f"{now.printed} − 上年 {then.printed}（{then.cell}）"
        text = (
            f"{direction(change)}{self._mark(fixed(abs(change), decimals), (address,), formula)}{then.unit}"
        )
        if then.exact() == 0:
            return f"{text}，上年基数为0，不可比"
        growth = percent(abs(change) * 100 / abs(then.exact()), self.layout.rate_decimals)
        shown = self._mark(growth, (address,), f"（{formula}）÷ {then.printed}")
        return f"{text}，{direction(change, up='增长', down='下降')}{shown}"

    def parts(self, row: str, total: str) -> str:
        """`，其中：A…，占x%；B…` of the columns of a row (`T2[合计]`) that hold money; '' where none does."""
        (ref,) = refs(total)
        columns = [c for c in self.accounts.columns(ref.table) if c != ref.column]
        parts = [a for a in (f"{row}.{c}" for c in columns) if self.has(a) and not self.zero(a)]
        if not parts or not self.has(total) or self.zero(total):
            return ""
        named = zip(parts, self.shares(parts, total), strict=True)
        return "，其中：" + "；".join(
            f"{a.rpartition('.')[2]}{self.amount(a)}，占{share}" for a, share in named
        )

    def includes(self, classes: Sequence[str], given: str | None) -> str:
        """`，主要包括：…`: the divisions of these economic classes on which T6 shows money, else what was given."""
        rows = self.accounts.rows("T6", "款")
        spent = [
            name
            for code, name in rows.items()
            if code[:3] in classes and not self.zero(a := f"T6[{code}].决算数") and self.has(a)
        ]
        text = "、".join(dict.fromkeys(spent)) or self.prose(given)
        return f"，主要包括：{text}" if text else ""

    def wants(self, what: str, key: str) -> str:
        """List an input that is missing for the preparer, and write nothing."""
        self.missing.append(f"{what}（{key}）")
        return ""

    def reason(self, address: str, what: str) -> str:
        """The main reason that disclosure.yml gives for an address; a missing one is listed, never invented."""
        given = self.accounts.disclosure.reasons.get(address)
        self.reasons_used.add(address)
        if given is None:
            self.missing.append(f"{what}变动的主要原因（reasons: {address}）")
            return ""
        return f"主要原因：{self.prose(given)}。"

    def given(self, address: str) -> Cited | None:
        """The reason that disclosure.yml gives for an address, where it gives one."""
        self.reasons_used.add(address)
        return self.accounts.disclosure.reasons.get(address)

    def paragraphs(self, name: str) -> list[Cited]:
        """The whole paragraphs that were given under this name."""
        return self.accounts.disclosure.paragraphs.get(name, [])

    def prose(self, text: str | None) -> str:
        """Words given by the analyst; each number in them cites its line of disclosure.yml."""
        if text is None:
            return ""
        cell = text.cell if isinstance(text, Cited) else "disclosure.yml"
        clean = str(text).translate(_CLEAN)
        return _DIGITS.sub(lambda found: self._mark(found[0], (), "", cell), clean)

    def block(self, line: str) -> Block:
        """One rendered line into a heading or paragraph with its number fragments."""
        hashes = len(line) - len(line.lstrip("#"))
        fragments: list[Fragment] = []
        for i, piece in enumerate(_MARK.split(line[hashes:].strip())):
            if i % 2:
                fragments.append(self.numbers[int(piece)])
            elif piece:
                fragments.append(Text(piece.replace(_HASH, "#")))
        return Block(hashes + 1 if hashes else 0, tuple(fragments))

    def _value(self, address: str) -> str:
        quantity = self.quantity(address)
        return amount(quantity, unit=quantity.unit != self.layout.unit)

    def _mark(self, text: str, addresses: tuple[str, ...], formula: str, cell: str = "") -> str:
        self.numbers.append(Number(text, addresses, formula, cell))
        return f"{_OPEN}{len(self.numbers) - 1}{_CLOSE}"
