"""The published text as claims: every number with its role, every word that can be wrong."""

from juesuan.claims.sources import with_claims

__all__ = ["with_claims"]
