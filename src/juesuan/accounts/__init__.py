"""One department and year: facts, prose inputs, source."""

from juesuan.accounts.accounts import Accounts, Notice
from juesuan.accounts.cited import Cited
from juesuan.accounts.claim import Claim
from juesuan.accounts.disclosure import Disclosure, Statement, disclosed_facts, read_disclosure
from juesuan.accounts.facts import Fact
from juesuan.accounts.history import History, Point
from juesuan.accounts.source import Source, read_source
from juesuan.accounts.understood import ColumnRead, Confirmation, Sentence, TableRead, Understood

__all__ = [
    "Accounts", "Cited", "Claim", "ColumnRead", "Confirmation", "Disclosure", "Fact", "History", "Notice", "Point",
    "Sentence", "Source",
    "Statement", "TableRead", "Understood", "disclosed_facts", "read_disclosure", "read_source",
]  # fmt: skip
