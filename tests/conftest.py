"""Shared fixtures; the books themselves are made in books.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from books import full_book
from juesuan.accounts import Accounts
from juesuan.readers import open_accounts

ROOT = Path(__file__).parents[1]

settings.register_profile("juesuan", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("juesuan")


@pytest.fixture(scope="session")
def seed() -> Accounts:
    """The published accounts of 忻州市社会保险中心 2021."""
    return open_accounts(ROOT / "data/xinzhou-shebao/2021")


@pytest.fixture(scope="session")
def book() -> Accounts:
    """One complete and clean synthetic book."""
    return full_book()
