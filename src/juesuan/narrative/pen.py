"""What a template may call: every function writes a number and remembers its provenance."""

from __future__ import annotations

import re
from fractions import Fraction

from juesuan.accounts import Accounts, Cited
from juesuan.layouts import Layout
from juesuan.narrative.fragments import Block, Fragment, Number, Text
from juesuan.quantity import Quantity
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

    @property
    def layout(self) -> Layout:
        """The profile in force."""
        return self.accounts.layout

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

    def amount(self, address: str) -> str:
        """A figure as printed with its unit (`29.3万元`); 未披露 where there is none."""
        quantity = self.quantity(address)
        if not quantity.is_number:
            return "（未披露）"
        return self._mark(amount(quantity), (address,), "", quantity.cell) + quantity.unit

    def share(self, part: str, base: str) -> str:
        """`part` in percent of `base`."""
        return self._ratio(part, base, "占")

    def completion(self, outturn: str, budget: str) -> str:
        """The completion rate of a budget."""
        return self._ratio(outturn, budget, "完成")

    def shares(self, parts: list[str]) -> list[str]:
        """Shares of the parts in their sum; by largest remainder where the profile says so."""
        values = [self.quantity(p).exact() for p in parts]
        by_remainder = self.layout.shares == "largest-remainder" and min(values) >= 0
        if not by_remainder:
            printed = [percent(100 * v / sum(values), self.layout.rate_decimals) for v in values]
        else:
            printed = [percent(s, self.layout.rate_decimals) for s in shares_to_hundred(values)]
        how = "，最大余额法凑足 100" if by_remainder else ""
        names = "＋".join(self._value(p) for p in parts)
        return [
            self._mark(text, (p, *parts), f"{self._value(p)} ÷（{names}）{how}")
            for p, text in zip(parts, printed, strict=True)
        ]

    def gap(self, outturn: str, budget: str, less: str = "小于预算", more: str = "大于预算") -> str:
        """The word for outturn against budget; 持平 is decided on printed values."""
        spent, planned = self.quantity(outturn), self.quantity(budget)
        difference = spent.exact() * spent.scale - planned.exact() * planned.scale
        return direction(difference, up=more, down=less)

    def compare(self, address: str, what: str) -> str:
        """`what` against the year before: words, amount, rate and the analyst's reason."""
        before = self.accounts.previous
        if before is None:
            return ""
        (ref,) = refs(address)
        now, then = self.quantity(address), before.get(ref.table, ref.row, ref.column)
        if not now.is_number or not then.is_number:
            return f"{what}的上年数未披露，无法比较。"
        change = now.exact() * now.scale / then.scale - then.exact()
        if change == 0:
            return f"与上年相比，{what}持平。"
        decimals = max(now.decimals or 0, then.decimals or 0)
        formula = f"{now.printed} − 上年 {then.printed}（{then.cell}）"
        shown = self._mark(fixed(abs(change), decimals), (address,), formula) + then.unit
        text = f"与上年相比，{what}{direction(change)}{shown}"
        if then.exact() == 0:
            text += "，上年基数为0，不可比"
        else:
            rate = percent(abs(change) * 100 / abs(then.exact()), self.layout.rate_decimals)
            text += f"，{direction(change, up='增长', down='下降')}{self._mark(rate, (address,), f'（{formula}）÷ {then.printed}')}"
        return f"{text}。{self.reason(address, what)}"

    def reason(self, address: str, what: str) -> str:
        """The main reason that disclosure.yml gives for an address; a missing one is listed, never invented."""
        given = self.accounts.disclosure.reasons.get(address)
        if given is None:
            self.missing.append(f"{what}变动的主要原因（reasons: {address}）")
            return ""
        return f"主要原因：{self.prose(given)}。"

    def prose(self, text: str | None) -> str:
        """Words given by the analyst; each number in them cites its line of disclosure.yml."""
        if text is None:
            return ""
        line = text.line if isinstance(text, Cited) else 0
        cell = f"disclosure.yml:{line}" if line else "disclosure.yml"
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

    def _ratio(self, part: str, base: str, verb: str) -> str:
        a, b = self.quantity(part), self.quantity(base)
        if not a.is_number or not b.is_number or not b.value:
            raise ValueError(f"{part} {verb} {base} has no percentage: ask has() and zero() first")
        rate = Fraction(a.exact() * a.scale * 100, b.exact() * b.scale)
        text = percent(rate, self.layout.rate_decimals)
        return self._mark(text, (part, base), f"{self._value(part)} ÷ {self._value(base)}")

    def _value(self, address: str) -> str:
        return amount(self.quantity(address))

    def _mark(self, text: str, addresses: tuple[str, ...], formula: str, cell: str = "") -> str:
        self.numbers.append(Number(text, addresses, formula, cell))
        return f"{_OPEN}{len(self.numbers) - 1}{_CLOSE}"
