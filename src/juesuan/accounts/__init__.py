"""One department and year: facts, prose inputs, source."""

from juesuan.accounts.accounts import Accounts, Notice
from juesuan.accounts.cited import Cited
from juesuan.accounts.disclosure import Disclosure, Statement, disclosed_facts, read_disclosure
from juesuan.accounts.facts import Fact
from juesuan.accounts.source import Source, read_source

__all__ = [
    "Accounts", "Cited", "Disclosure", "Fact", "Notice", "Source", "Statement",
    "disclosed_facts", "read_disclosure", "read_source",
]  # fmt: skip
