"""jsonschema without the grammar of IRIs: half of a short program's start, for a format that no notebook has."""

from __future__ import annotations

import sys
from importlib import import_module

_GRAMMAR = "rfc3987_syntax"


def spare_grammar() -> None:
    """Import jsonschema, which does without the grammar where it is not installed, as if it were not.

    Does nothing where either of them is imported already; leaves the grammar to whoever asks for it later.
    """
    if "jsonschema" in sys.modules or _GRAMMAR in sys.modules:
        return
    sys.modules[_GRAMMAR] = None  # type: ignore[assignment]
    try:
        import_module("jsonschema")
    finally:
        del sys.modules[_GRAMMAR]
