"""What the words of a sentence settle (item, measure, direction, region), and what they claim themselves."""

from __future__ import annotations

import re

from juesuan.claims.figures import Figures
from juesuan.claims.lexer import MONEY, Token
from juesuan.claims.lexicon import Item
from juesuan.claims.reading import BASES, MEASURES

# 2023年、2024年均…
_ANOTHER = re.compile(r"[、和及]\d{4}年")
_MONTH = re.compile(r"\d{1,2}月")


class Words(Figures):
    """One handler for each kind of token."""

    def read(self, tokens: list[Token]) -> None:
        """Walk the tokens of the sentence."""
        self.tokens = tokens
        for i, token in enumerate(tokens):
            handler = getattr(self, f"_on_{token.kind}", None)
            if handler is not None:
                handler(i, token)

    def _on_item(self, i: int, token: Token) -> None:
        state, item = self.state, token.item
        if state.region in ("purpose", "includes"):
            if not self._counts(i, item):
                return
            state.region = ""
        if state.region == "reason":
            state.own = item
            return
        if state.lead is None:
            state.lead = item
        state.item, state.measure = item, "outturn"
        state.way = state.became = ""
        state.lost = False
        state.delta = None

    def _counts(self, i: int, item: Item | None) -> bool:
        """A figure of the item stands right behind it: that is no description any more."""
        after = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if item is None or after is None or after.kind != "number" or after.start != self.tokens[i].end:
            return False
        return bool(item.cell("outturn", "" if after.unit in MONEY else after.unit)) and bool(after.unit)

    def _measure(self, measure: str) -> None:
        if self.state.region == "reason":
            return
        self.state.region = ""
        self.state.measure = measure

    def _on_initial(self, i: int, token: Token) -> None:
        self._measure("initial")

    def _on_adjusted(self, i: int, token: Token) -> None:
        self._measure("adjusted")

    def _on_budget(self, i: int, token: Token) -> None:
        self._measure("budget")

    def _on_outturn(self, i: int, token: Token) -> None:
        self._measure("outturn")

    def _on_up(self, i: int, token: Token) -> None:
        self.state.way = token.text

    _on_down = _on_up

    def _on_became(self, i: int, token: Token) -> None:
        self.state.became = token.text

    def _on_residue(self, i: int, token: Token) -> None:
        self.word("residue", token)
        if token.text[:2] in ("增加", "减少", "增长", "下降"):
            self.state.way = token.text[:2]

    def _on_mark(self, i: int, token: Token) -> None:
        state = self.state
        if token.text == "（":
            state.outer.append((state.item, state.measure, state.whole))
        elif token.text == "）" and state.outer:
            state.item, state.measure, state.whole = state.outer.pop()
        if token.text in "，；。":
            state.way = "" if token.text != "，" else state.way
            state.pending = ""
        if token.text == "；" and (state.region != "reason" or self._begins_anew(i)):
            state.region = ""

    def _begins_anew(self, i: int) -> bool:
        """Another item with a figure follows: the reason of the one before is over."""
        after = self.tokens[i + 1 : i + 3]
        return len(after) == 2 and after[0].kind == "item" and after[1].kind in (*MEASURES, "number")

    def _on_parts(self, i: int, token: Token) -> None:
        # 其中 at the head of a sentence divides something of the one before: what, is only likely.
        self.state.whole, self.state.sure = self.state.item, token.start > 0
        self.state.region = ""

    def _on_reason(self, i: int, token: Token) -> None:
        self.state.region, self.state.own = "reason", None

    def _on_purpose(self, i: int, token: Token) -> None:
        if self.state.region != "reason":
            self.state.region = "purpose"

    def _on_includes(self, i: int, token: Token) -> None:
        if self.state.region == "":
            end = min(
                (self.text.find(c, token.end) % (len(self.text) + 1) for c in "；。"), default=len(self.text)
            )
            self.word(
                "list",
                token,
                start=token.end,
                end=end,
                of=self.cell("outturn"),
                word=self.text[token.end : end],
            )
            self.state.region = "includes"

    def _on_prior(self, i: int, token: Token) -> None:
        if self.state.region == "":
            self.state.compare, self.state.pending = "prior", "prior"

    def _on_versus_budget(self, i: int, token: Token) -> None:
        if self.state.region == "":
            self.state.compare, self.state.pending = "budget", ""
            # 比年初预算14.00万元减少…: the amount behind it is the budget.
            self.state.measure = next((m for word, m in BASES.items() if word in token.text), "budget")

    def _on_year(self, i: int, token: Token) -> None:
        before = self.text[: token.start]
        compared = before.endswith(("与", "比", "较", "同", "和"))
        whole = self.text[token.start : token.end]
        opens = (
            not before
            or before[-1] in "。；，：、” “"
            or before.endswith(("的", "截至", "至", "对", "局", "会", "院", "中心", "部门", "单位"))
        )
        if self.state.region in ("reason", "purpose") or not (compared or opens or whole.endswith("年度")):
            return
        after = self.text[token.end :]
        dated = _MONTH.match(after) and not before.endswith(("截至", "截止", "至"))
        if (
            _ANOTHER.match(after)
            or after.startswith(("末", "初", "底", "至", "—", "-", "以来"))
            or dated
            or before.endswith(("至", "—", "-", "自", "从"))
            and not before.endswith("截至")
        ):
            return
        claim = self.word("year", token, word=token.text, base_name="prior" if compared else "this")
        self.state.year = None if compared else claim
        if compared:
            self.state.compare, self.state.pending = "prior", "prior"

    def _on_level(self, i: int, token: Token) -> None:
        if self.state.region in ("reason", "purpose") or not self.cell("outturn"):
            return
        both = f"{self.state.became}…持平" if self.state.became else ""
        self.word("level", token, word=both or token.text, of=self.cell("outturn"))

    def _on_gap(self, i: int, token: Token) -> None:
        if self.state.region in ("reason", "purpose") or not self.cell("outturn"):
            return
        base = next((m for word, m in BASES.items() if word in token.text), "budget")
        self.word("gap", token, of=self.cell("outturn"), base=self.cell(base))
        self.state.way, self.state.compare = token.text, "budget"

    def _on_no_budget(self, i: int, token: Token) -> None:
        if self.cell("initial") and self.state.region == "":
            self.word("no_budget", token, of=self.cell("initial"))

    def _on_every(self, i: int, token: Token) -> None:
        words = self.text[token.end :].partition("，")[0].partition("。")[0].partition("；")[0]
        total = self.cell("outturn")
        column = words.rstrip("。")
        of = next((item.cell("outturn") for p, item in self.lexicon.own if p.fullmatch(column)), "")
        if total and of:
            self.word("all_of", token, end=token.end + len(column), of=of, base=total)

    def _on_none(self, i: int, token: Token) -> None:
        if self.state.region in ("reason", "purpose"):
            return
        end = next((k for k in range(token.end, len(self.text)) if self.text[k] in "，。；"), len(self.text))
        words = self.text[token.end : end]
        named = [
            (len(m[0]), item)
            for p, item in self.lexicon.own
            if (m := p.search(words)) and item.cell("outturn")
        ]
        item = max(named, key=lambda pair: pair[0])[1] if named else None
        self.word("nothing", token, word=words, end=end, of=item.cell("outturn") if item else "")

    def _on_no_prior(self, i: int, token: Token) -> None:
        self.word("no_prior", token)
