"""Our own text read back by the auditor: the explanation that a template wrote, as if it had been published."""

from __future__ import annotations

from dataclasses import replace

from juesuan.accounts import Accounts, Cited
from juesuan.claims import with_claims
from juesuan.narrative import narrative
from juesuan.readers.files.document import Passage
from juesuan.readers.text.explanation import sentences

PLACE = "生成的说明"


def read_back(accounts: Accounts) -> Accounts:
    """The accounts with the generated explanation for their text, its numbers as claims.

    What the document itself said is put aside; facts that came out of it stay.
    """
    blocks = narrative(accounts, "explanation").blocks
    passages = [Passage(block.text, f"{PLACE} 第{n}段") for n, block in enumerate(blocks, 1)]
    written = tuple(sentences(passages, accounts.layout))
    # Last year's figures that came out of the published text are given ones here: the new text is written from them.
    prior = {address: Cited(text) for address, text in accounts.disclosure.prior.items()}
    disclosure = accounts.disclosure.model_copy(update={"prior": prior})
    return with_claims(replace(accounts, disclosure=disclosure, sentences=written, outline=(), claims=()))
