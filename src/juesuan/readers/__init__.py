"""Readers: whatever was received, read into one department's accounts."""

from juesuan.readers.opening import open_accounts, open_history
from juesuan.readers.received import locate

__all__ = ["locate", "open_accounts", "open_history"]
