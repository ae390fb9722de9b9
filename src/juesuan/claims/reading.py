"""One sentence on its way through the grammar: what the words so far have settled, and the claims noted."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from juesuan.accounts import Accounts, Claim, Fact, Sentence
from juesuan.claims.lexer import Clean, Token
from juesuan.claims.lexicon import Item, Lexicon, title_of
from juesuan.quantity import Quantity

MEASURES = ("initial", "adjusted", "budget", "outturn")
BASES = {"年初": "initial", "全年": "adjusted", "调整": "adjusted"}
NAMES = {"initial": "年初预算", "adjusted": "全年预算", "budget": "预算"}


@dataclass
class State:
    """What the words so far have settled; an item stays until another is named.

    `way` is the word of direction in force, `region` reason, purpose or includes (words that give no figures of
    their own), `own` the item within a reason, `lead` the first item of the section, `whole` the one that 其中
    divides (`sure` where it stands in the same sentence), `lost` that the last amount was of something unknown, `year` the year of the clause, `delta` the change that a rate may follow, `outer` what brackets interrupt, `said` the figures printed
    so far by address.
    """

    item: Item | None = None
    measure: str = "outturn"
    way: str = ""
    became: str = ""
    region: str = ""
    own: Item | None = None
    lead: Item | None = None
    whole: Item | None = None
    sure: bool = False
    lost: bool = False
    year: Claim | None = None
    compare: str = "prior"
    pending: str = ""
    delta: Claim | None = None
    outer: list[tuple[Item | None, str, Item | None]] = field(default_factory=list)
    said: dict[str, Fact] = field(default_factory=dict)

    def next_paragraph(self) -> State:
        """What a new paragraph of the same section keeps."""
        return replace(self, way="", became="", region="", pending="", delta=None, whole=None)

    def next_sentence(self, text: str) -> None:
        """Forget what no sentence hands on to the next; a rate may still follow the change before."""
        self.region = self.way = self.became = self.pending = ""
        self.year = None
        self.measure, self.lost = "outturn", False
        self.outer.clear()
        if not text.startswith(_GOES_ON):
            self.delta = None


# A sentence that begins so goes on about the figures of the one before.
_GOES_ON = ("完成", "决算", "支出决算", "年初", "全年", "与", "其中")


class Reading:
    """A sentence, its clean text, the state, and the claims of the department so far."""

    def __init__(
        self,
        accounts: Accounts,
        state: State,
        claims: list[Claim],
        index: int,
        sentence: Sentence,
        text: Clean,
    ) -> None:
        self.accounts, self.state, self.claims = accounts, state, claims
        self.index, self.sentence, self.clean, self.text = index, sentence, text, text.text
        self.title = title_of(accounts.layout, sentence.section)
        self.lexicon = Lexicon((), ())
        self.tokens: list[Token] = []

    def cell(self, measure: str, unit: str = "") -> str:
        """The address of a measure of the item in force; '' where it has none."""
        return self.state.item.cell(measure, unit) if self.state.item else ""

    def unmatched(self, token: Token) -> None:
        """Note a number that no role was found for."""
        self.word("unmatched", token, figure=self.figure(token))

    def figure(self, token: Token) -> Quantity:
        """The number of a token as printed."""
        return token.quantity(self.accounts.text_unit, self.sentence.place)

    def fact(self, token: Token, item: Item, measure: str, cell: str) -> Fact:
        """The number as a fact of the text: a participant of sums and rates."""
        column = {"outturn": "决算", **NAMES}[measure]
        return Fact(
            f"文{self.index}",
            "",
            item.name if len(item.name) < 20 else cell,
            f"{column}（正文）{token.start}",
            self.figure(token),
        )

    def word(self, kind: str, token: Token, **given: object) -> Claim:
        """Note a claim on a token (or on the span given)."""
        start = int(str(given.pop("start", token.start)))
        end = int(str(given.pop("end", token.end)))
        given.setdefault("word", token.text)
        claim = Claim(kind, "", "", **given)  # type: ignore[arg-type]
        return self.add(claim, start, end)

    def add(self, claim: Claim, start: int, end: int) -> Claim:
        """Place a claim in the sentence and keep it."""
        first, last = self.clean.span(start, max(end, start + 1))
        placed = replace(
            claim, section=self.sentence.section, quote=claim.quote or self._clause(start, end), place=self.sentence.place,
            sentence=self.index, start=first, end=last,
        )  # fmt: skip
        self.claims.append(placed)
        return placed

    def _clause(self, start: int, end: int) -> str:
        """The words around: back to the clause before, on to the end of this one."""
        stops = [k for k, c in enumerate(self.text[:start]) if c in "，；。："]
        # Behind a comma the clause before it says what the number is of.
        back = 2 if stops and self.text[stops[-1]] == "，" else 1
        begin = stops[-back] + 1 if len(stops) >= back else 0
        finish = next((k for k in range(end, len(self.text)) if self.text[k] in "，；。"), len(self.text))
        return self.text[begin:finish]
