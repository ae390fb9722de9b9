"""The clause grammar: tokens of a paragraph, left to right, into claims with the role each number plays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from juesuan.accounts import Accounts, Claim, Sentence
from juesuan.claims.coded import coded
from juesuan.claims.lexer import Clean, Token, clean, tokens
from juesuan.claims.lexicon import Lexicons, project
from juesuan.claims.projects import project_of
from juesuan.claims.reading import State
from juesuan.claims.words import Words


class Grammar:
    """Reads one department's sentences; an item and its figures are remembered within a section."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts, self._lexicons = accounts, Lexicons(accounts)
        self._state, self._section = State(), ""
        self.claims: list[Claim] = []

    def read(self) -> list[Claim]:
        """The claims of all sentences in their order."""
        numbered = enumerate(self._accounts.sentences)
        for _, group in groupby(numbered, key=lambda pair: pair[1].paragraph):
            pairs = list(group)
            self._paragraph(pairs[0][0], [sentence for _, sentence in pairs])
        return self.claims

    def _paragraph(self, first: int, sentences: Sequence[Sentence]) -> None:
        section = sentences[0].section
        self._state = self._state.next_paragraph() if section == self._section else State()
        self._section = section
        cleaned = [clean(s.text) for s in sentences]
        for i, (sentence, text) in enumerate(zip(sentences, cleaned, strict=True)):
            if text.text:
                self._sentence(first + i, sentence, text, "".join(c.text for c in cleaned[i:]))

    def _sentence(self, index: int, sentence: Sentence, text: Clean, ahead: str) -> None:
        reading = Words(self._accounts, self._state, self.claims, index, sentence, text)
        reading.lexicon = self._lexicons.of(sentence.section)
        self._state.next_sentence(text.text)
        found: list[Token] = []
        for token, claims in coded(self._accounts, text.text, reading.title, ahead):
            found.append(token)
            for claim in claims:
                reading.add(claim, claim.start, claim.end)
        if name := project_of(text.text):
            at = text.text.index(name)
            self._state.item = project(name)
            found.append(Token("item", name, at, at + len(name), self._state.item))
        reading.read(tokens(text.text, reading.lexicon, tuple(found)))
