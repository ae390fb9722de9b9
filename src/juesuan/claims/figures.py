"""The role of each number: amount, change, growth, share, completion rate, part — or unmatched."""

from __future__ import annotations

import re
from dataclasses import replace

from juesuan.accounts import Fact
from juesuan.accounts.disclosure import split_address
from juesuan.claims.lexer import MONEY, Token
from juesuan.claims.reading import BASES, MEASURES, NAMES, Reading
from juesuan.quantity import Quantity
from juesuan.relations.changes import known_before

# Words before a number that leave open what it is.
_VAGUE = ("约", "超过", "近", "不足", "逾", "达到了", "接近", "大于", "小于", "人均")
_GRADED = re.compile(r"项目的?(?:绩效)?(?:自评)?(?:等级|评级|结果)?[为是]")
_RANGE = re.compile(r"[-—–~～至]\d")
# Words after a number of money that make it a threshold.
_THRESHOLD = ("（含）以上", "以上", "（含）以下", "以下")


class Figures(Reading):
    """Numbers in the order of the sentence, each by what stands around it."""

    def _on_number(self, i: int, token: Token) -> None:
        state, before = self.state, self.tokens[i - 1] if i else None
        if self._is_structure(token):
            return
        if not self.figure(token).is_number or self._is_vague(token):
            self.unmatched(token)
            return
        rate = token.unit == "%"
        if rate and state.lost:
            self.unmatched(token)
        elif before is not None and before.kind == "done" and before.end == token.start:
            self._rate("completion", token, before)
        elif before is not None and before.kind == "share" and before.end == token.start and state.item:
            self._share(token, before)
        elif state.way and not token.unit and state.delta is not None and self._ends(token):
            self._growth(token, bare=True)
        elif state.way and not state.became and self._near(i) and (rate or self._has_change(token)):
            self._growth(token) if rate else self._change(token)
        elif rate or state.region in ("purpose", "includes"):
            self.unmatched(token)
        else:
            self._amount(token)

    def _ends(self, token: Token) -> bool:
        return token.end >= len(self.text) or self.text[token.end] in "，。；、）"

    def _has_change(self, token: Token) -> bool:
        return token.unit in MONEY or bool(self.state.item and token.unit in self.state.item.units)

    def _near(self, i: int) -> bool:
        """Nothing but the direction word (and brackets) stands between it and the number."""
        for token in reversed(self.tokens[:i]):
            if token.kind in ("up", "down", "residue", "gap"):
                return self.tokens[i].start - token.end <= 4
            if token.kind not in ("mark", "filler"):
                return False
        return False

    def _is_structure(self, token: Token) -> bool:
        """Numbering, dates, ranges, thresholds, document numbers: no figures."""
        after, before = self.text[token.end :], self.text[: token.start]
        bare = not token.unit and "." not in token.text
        if bare and (not before or before[-1] in "：；。，") and after[:1] in ("、", ".", "．", "，", "）"):
            return True
        if bare and before[-1:] in ("（", "〔", "[", "第") and after[:1] in ("）", "〕", "]", "号"):
            return True
        if token.unit in ("月", "日", "年") or (bare and _RANGE.match(after)) or before[-1:] in ("〔", "第"):
            return True
        if token.unit in MONEY and (after.startswith(_THRESHOLD) or before.endswith("单价")):
            return True
        return after[:1] in ("〕", "号")

    def _is_vague(self, token: Token) -> bool:
        """约, 超过, 近 … a number, one of several told apart by 分别, a bare one within words (完成3大任务)."""
        before, after = self.text[: token.start], self.text[token.end :]
        if before.endswith(_VAGUE) or _GRADED.match(after):
            return True
        if "分别" in re.split("[；。]", before)[-1]:
            return True
        return not token.unit and "." not in token.text and not self._ends(token)

    def _amount(self, token: Token) -> None:
        state = self.state
        item = state.own if state.region == "reason" else state.item
        money = token.unit in MONEY or not token.unit
        cell = item.cell(state.measure, "" if money else token.unit) if item else ""
        counted = item is not None and (money or token.unit in item.units)
        if not cell or not counted or (state.region == "reason" and not self._follows(token)):
            self.unmatched(token)
            return
        if other := self._other(token):
            state.lost = True
            self._part(token, other) if state.whole or state.outer else self.unmatched(token)
            return
        assert item is not None
        if state.measure == "outturn" and self._is_prior(token, cell):
            self.word("prior", token, figure=self.figure(token), of=cell, word="")
            state.pending = ""
            return
        if state.became and "为" not in state.became:
            state.became = ""
        if item.asks:
            self.word("carry_over", token, figure=self.figure(token), of=cell)
            return
        fact = self.fact(token, item, state.measure, cell)
        state.said[cell] = fact
        whole = state.whole
        group = f"{self.sentence.paragraph}:{whole.cell('outturn')}" if whole and whole is not item else ""
        for address in dict.fromkeys(
            (cell, item.also) if item.also and state.measure == "outturn" else (cell,)
        ):
            self.word(
                "amount", token, figure=fact.quantity, of=address, group=group, said=(fact,),
                base=whole.cell(state.measure) if whole and group else "", word=state.measure,
            )  # fmt: skip
        if not token.unit and self._ends(token):
            self.word("no_unit", token)
        if token.unit == "万":
            self.word("short_unit", token)

    def _is_prior(self, token: Token, cell: str) -> bool:
        """Last year's figure: behind 上年, behind 由 or 从 (…增加到), or in a clause of that year, and what it then was."""
        state = self.state
        if state.pending == "prior" and state.compare == "prior":
            return True
        if self.text[: token.start].endswith(("由", "从")):
            return True
        if state.year is None or state.year.word != str(self.accounts.year - 1):
            return False
        # The right figure of that year, and not this year's with the year misprinted.
        figure, now = self.figure(token), self.accounts.get(*split_address(cell))
        before = known_before(self.accounts, cell)
        amounts = [q.exact() * q.scale for q in (figure, before, now) if q.is_number]
        quoted = len(amounts) == 3 and amounts[0] == amounts[1] != amounts[2]
        if quoted:
            at = self.claims.index(state.year)
            self.claims[at] = state.year = replace(state.year, base_name="prior")
        return quoted

    def _other(self, token: Token) -> str:
        """What the number is of, where the words before it name something that is no known item."""
        start = self._segment(token.start)
        named = [t for t in self.tokens if start <= t.start < token.start or t.start < start < t.end]
        if any(t.kind in ("item", *MEASURES, "became") for t in named):
            return ""
        words = self.text[start : token.start]
        for t in reversed(named):
            words = words[: max(0, t.start - start)] + words[max(0, t.end - start) :]
        words = re.sub("（[^（）]*）|[（）]", "", words)
        return words if len(words) > 1 or words in ("优", "良", "中", "差") else ""

    def _segment(self, end: int) -> int:
        """Where the words that end here begin: behind the last stop, brackets between stepped over."""
        depth = 0
        for k in range(end - 1, -1, -1):
            depth += {"）": 1, "（": -1}.get(self.text[k], 0)
            if depth < 0 or (depth == 0 and self.text[k] in "，；：。、"):
                return k + 1
        return 0

    def _part(self, token: Token, name: str) -> None:
        """A part that the tables do not know: it cannot be more than what it is part of."""
        whole = self.state.whole or self.state.item
        sure = self.state.sure or bool(self.state.outer)
        base = whole.cell(self.state.measure) if whole and sure and token.unit in MONEY else ""
        self.word("part", token, figure=self.figure(token), base=base, word=name)

    def _follows(self, token: Token) -> bool:
        """In a reason only a number right behind its item is that item's."""
        before = [t for t in self.tokens if t.end <= token.start and t.kind == "item"]
        return bool(before) and before[-1].end == token.start

    def _change(self, token: Token) -> None:
        state = self.state
        item = state.own if state.region == "reason" else state.item
        cell = item.cell("outturn", "" if token.unit in MONEY else token.unit) if item else ""
        if not cell:
            self.unmatched(token)
            return
        budget = state.compare == "budget" and state.region == ""
        base = item.cell("budget") if budget and item else ""
        fact = Fact(
            f"文{self.index}", "", f"{item.name if item else ''}增减额", str(token.start), self.figure(token)
        )
        claim = self.word(
            "over" if budget else "change", token, figure=fact.quantity, of=cell, base=base, word=state.way,
            said=tuple(f for f in (state.said.get(cell),) if f), note=state.region,
        )  # fmt: skip
        state.delta = claim if not budget else None

    def _growth(self, token: Token, *, bare: bool = False) -> None:
        state = self.state
        item = state.own if state.region == "reason" else state.item
        cell = item.cell("outturn") if item else ""
        if not cell or state.compare == "budget":
            self.unmatched(token)
            return
        figure = Quantity.parse(token.text, "%", self.sentence.place)
        now = tuple(f for f in (state.said.get(cell),) if f)
        by: tuple[Fact, ...] = ()
        if state.delta is not None and state.delta.of == cell:
            by = (Fact(f"文{self.index}", "", "增减额", str(state.delta.start), state.delta.figure),)
        same = state.delta.word if state.delta is not None and by else ""
        self.word(
            "growth",
            token,
            figure=figure,
            of=cell,
            word=state.way,
            said=(*by, *now),
            base_name=same,
            note="" if by else "alone",
        )
        if bare:
            self.word("no_percent", token)

    def _rate(self, kind: str, token: Token, before: Token) -> None:
        base = next((m for word, m in BASES.items() if word in before.text), "budget")
        of, whole = self.cell("outturn"), self.cell(base)
        if not of or not whole or token.unit not in ("%", ""):
            self.unmatched(token)
            return
        figure = Quantity.parse(token.text, "%", self.sentence.place)
        said = tuple(self.state.said[a] for a in (of, whole) if a in self.state.said)
        self.word(
            kind,
            token,
            figure=figure,
            of=of,
            base=whole,
            base_name=NAMES[base],
            said=said if len(said) == 2 else (),
        )
        if not token.unit:
            self.word("no_percent", token)

    def _share(self, token: Token, before: Token) -> None:
        state = self.state
        words = before.text.removeprefix("占").rstrip("为是")
        for end in ("的比例", "的比重", "比例", "比重", "的", "比"):
            words = words.removesuffix(end)
        words = "" if words in ("比", "") else words
        base = self.lexicon.base(words) if words else self._whole()
        of = self.cell("outturn")
        if not of or not base or token.unit not in ("%", ""):
            self.unmatched(token)
            return
        figure = Quantity.parse(token.text, "%", self.sentence.place)
        said = tuple(state.said[a] for a in (of, base) if a in state.said)
        kind = "performance_share" if of.startswith(("S8", "S10[绩效", "S10[编报")) else "share"
        relation = "R1109" if "T10[政府采购支出总额]" in base or "T10[授予" in base else ""
        self.word(
            kind, token, figure=figure, of=of, base=base, base_name=words, relation=relation,
            said=said if len(said) == 2 else (), group=f"{self.sentence.paragraph}:{base}",
        )  # fmt: skip
        if not token.unit:
            self.word("no_percent", token)

    def _whole(self) -> str:
        """The whole that a share without a named base is of: what 其中 divides, else the total that leads."""
        for item in (self.state.whole, self.state.lead):
            cell = item.cell("outturn") if item is not None and item is not self.state.item else ""
            if cell and ("合计" in cell or "总" in cell or cell in self.state.said):
                return cell
        return ""
