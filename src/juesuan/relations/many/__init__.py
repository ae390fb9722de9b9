"""All table relations over many departments at once: the same verdicts as `execute`, in whole numbers."""

from juesuan.relations.many.book import ledgers
from juesuan.relations.many.run import execute_many

__all__ = ["execute_many", "ledgers"]
