"""The document's own text with every number marked by what became of it, and a way to its table cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from juesuan.accounts import Accounts, Claim, Sentence
from juesuan.claims.lexicon import title_of
from juesuan.findings import VERDICTS, Finding, Report
from juesuan.narrative.provenance import called
from juesuan.quantity import Verdict
from juesuan.relations import Check
from juesuan.relations.formula import fact_at, refs
from juesuan.report.html import anchor
from juesuan.wording import decimal_text

# Marks from worst to best; `alone` is a figure that nothing else prints.
MARKS = {
    "inconsistent": "不符", "truncated": "截位", "unmatched": "没有对上", "boundary": "尾差",
    "alone": "只在此处印出", "quoted": "引自填报文字", "exact": "相符",
}  # fmt: skip
_WORDS = (
    "level",
    "gap",
    "name",
    "department",
    "year",
    "list",
    "nothing",
    "all_of",
    "residue",
    "no_prior",
    "no_budget",
)
_ROLES = {
    "amount": "金额", "share": "占比", "performance_share": "占比", "completion": "完成率", "change": "增减额",
    "growth": "增减幅度", "prior": "上年数", "over": "与预算之差", "part": "分项", "total": "合计", "quoted": "数",
    "carry_over": "结余", "unmatched": "数", "no_percent": "百分数", "no_unit": "金额",
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """A run of words, or one marked number or word: what it is, where its cell is, which finding it carries. `id` is given
    to the first that shows a finding or prints a cell, so that both lead back to it."""

    text: str
    mark: str = ""
    what: str = ""
    address: str = ""
    finding: str = ""
    id: str = ""


@dataclass(frozen=True)
class Section:
    """A section of the explanation with its paragraphs."""

    name: str
    title: str
    paragraphs: list[list[Piece]]


def sections(report: Report) -> Iterator[Section]:
    """The text section by section."""
    accounts = report.accounts
    marks = _Marks(report)
    numbered = enumerate(accounts.sentences)
    before = ""
    for name, group in groupby(numbered, key=lambda pair: pair[1].section):
        paragraphs = groupby(group, key=lambda pair: pair[1].paragraph)
        number = name.partition("（")[0]
        yield Section(
            name,
            title_of(accounts.layout, name) if number != before else "",
            [[p for i, s in pairs for p in marks.pieces(i, s)] for _, pairs in paragraphs],
        )
        before = number


def counts(report: Report) -> dict[str, int]:
    """How many numbers of the text ended in each mark."""
    marks = _Marks(report)
    found = [marks.mark(span) for span in marks.numbers]
    return {name: found.count(name) for name in MARKS if name in found}


def ways_back(shown: Sequence[Section]) -> dict[str, str]:
    """For each cell that the text prints: the id of the first mark that leads to it."""
    pieces = [p for s in shown for paragraph in s.paragraphs for p in paragraph if p.address and p.id]
    return {p.address: p.id for p in reversed(pieces)}


def findings_shown(shown: Sequence[Section]) -> set[str]:
    """The findings that some mark of the text carries."""
    return {
        p.id.removeprefix("at-") for s in shown for par in s.paragraphs for p in par if p.id.startswith("at-")
    }


class _Marks:
    """The claims of a text by sentence, each with its checks and finding."""

    def __init__(self, report: Report) -> None:
        self._accounts = report.accounts
        self._checks: dict[tuple[int, int, int], list[Check]] = defaultdict(list)
        self._claims: dict[tuple[int, int, int], list[Claim]] = defaultdict(list)
        self._findings: dict[tuple[int, int, int], Finding] = {}
        self._named: set[str] = set()
        for claim in report.accounts.claims:
            if claim.sentence >= 0:
                self._claims[claim.span].append(claim)
        for check in report.checks:
            if check.claim is not None and check.claim.sentence >= 0:
                self._checks[check.claim.span].append(check)
        for finding in reversed(report.findings):
            for check in finding.checks:
                if check.claim is not None and finding.verdict is not Verdict.BOUNDARY:
                    self._findings[check.claim.span] = finding

    @property
    def numbers(self) -> list[tuple[int, int, int]]:
        """The spans of all numbers, years apart."""
        return [s for s, claims in self._claims.items() if any(c.kind not in _WORDS for c in claims)]

    def mark(self, span: tuple[int, int, int]) -> str:
        """The worst of what was found at a span."""
        kinds = {c.kind for c in self._claims[span]}
        verdicts = {c.judgement.verdict for c in self._checks[span]}
        for verdict in (Verdict.INCONSISTENT, Verdict.TRUNCATED):
            if verdict in verdicts:
                return verdict.value
        if "unmatched" in kinds:
            return "unmatched"
        if "quoted" in kinds:
            return "quoted"
        if Verdict.BOUNDARY in verdicts:
            return "boundary"
        return (
            "exact"
            if verdicts & {Verdict.EXACT, Verdict.WITHIN} - _only_units(self._checks[span])
            else "alone"
        )

    def pieces(self, index: int, sentence: Sentence) -> Iterator[Piece]:
        """One sentence in pieces."""
        at = 0
        for span in sorted(s for s in self._claims if s[0] == index):
            if span[1] < at:
                continue
            mark, claims = self.mark(span), self._claims[span]
            plain = all(c.kind in _WORDS for c in claims) and mark not in ("inconsistent", "truncated")
            if plain:
                continue
            yield Piece(sentence.text[at : span[1]])
            yield self._piece(sentence.text[span[1] : span[2]], mark, span)
            at = span[2]
        yield Piece(sentence.text[at:])

    def _piece(self, text: str, mark: str, span: tuple[int, int, int]) -> Piece:
        claims = self._claims[span]
        first = next((c for c in claims if c.of.startswith(("T", "S"))), claims[0])
        address = ""
        if "[" in first.of:
            fact = fact_at(self._accounts, refs(first.of)[0])
            address = fact.address if fact.quantity.is_number else ""
        told = self._findings.get(span)
        finding = told.id if told and mark in ("inconsistent", "truncated", "alone") else ""
        names = ([f"at-{finding}"] if finding else []) + ([f"m-{anchor(address)}"] if address else [])
        id = next((n for n in names if n not in self._named), "")
        self._named |= {id} if id else set()
        return Piece(text, mark, self._what(claims, span, mark), address, finding, id)

    def _what(self, claims: Sequence[Claim], span: tuple[int, int, int], mark: str) -> str:
        said = [MARKS[mark]]
        for check in self._checks[span]:
            if check.relation.kind == "text_units" or check.judgement.verdict is Verdict.NOT_APPLICABLE:
                continue
            said.append(_told(check))
        role = next((_ROLES[c.kind] for c in claims if c.kind in _ROLES), "")
        cells = [_name(self._accounts, c) for c in claims if "[" in c.of][:1]
        return "；".join(
            part for part in dict.fromkeys([" · ".join(filter(None, [role, *cells])), *said]) if part
        )


def _only_units(checks: Sequence[Check]) -> set[Verdict]:
    """The verdicts of a number whose unit alone was judged: that is no proof of the number."""
    judged = [c for c in checks if c.relation.kind not in ("text_units", "reason")]
    return {Verdict.EXACT, Verdict.WITHIN} - {c.judgement.verdict for c in judged}


def _name(accounts: Accounts, claim: Claim) -> str:
    """What a claim's figure is, in words."""
    return called(accounts, claim.of.split(" + ")[0])


def _told(check: Check) -> str:
    judgement = check.judgement
    text = f"{check.relation.id} {VERDICTS[judgement.verdict.value]}"
    if judgement.expected is not None and judgement.expected.low != judgement.expected.high:
        text += f"，应在 {decimal_text(judgement.expected.low, 4)}–{decimal_text(judgement.expected.high, 4)} 之间"
    return text + (f"（{judgement.note}）" if judgement.note else "")
