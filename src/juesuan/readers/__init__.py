"""Readers: whatever was received, read into one department's accounts."""

from juesuan.readers.opening import DEFAULT_PROFILE, locate, open_accounts

__all__ = ["DEFAULT_PROFILE", "locate", "open_accounts"]
