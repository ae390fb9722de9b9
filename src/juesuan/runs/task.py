"""One report of a batch: a department, a year, a notebook and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any


@dataclass(frozen=True)
class Task:
    """What a worker needs to know to make one report; plain data, so that it travels.

    Parameters
    ----------
    department : folder of the department below the output folder, 市本级/教育局.
    notebook : path of the notebook, whole.
    accounts : path or address (s3://…) of the accounts, as the notebook gets it.
    root : working folder of the notebook, from which `accounts` is found.
    parameters : further parameters of the notebook.
    timeout : seconds a cell may run; 0 without limit.
    fills : its facts and findings go into the dataset. Of several notebooks on the same accounts one: the report,
        else the audit, else the first.
    part : title of its part of the run list.
    """

    department: str
    year: int
    notebook: str
    accounts: str
    root: str
    parameters: dict[str, Any] = field(default_factory=dict)
    formats: tuple[str, ...] = ("html",)
    audience: str = "preparer"
    timeout: int = 600
    fills: bool = True
    part: str = ""

    @property
    def name(self) -> str:
        """The notebook's name, which its outputs carry: report, audit."""
        return PurePosixPath(self.notebook.replace("\\", "/")).stem

    @property
    def folder(self) -> str:
        """Where the outputs go, below the output folder."""
        return f"{self.department}/{self.year}"

    @property
    def page(self) -> str:
        """The report, as the index links to it."""
        return f"{self.folder}/{self.name}.html"

    @property
    def home(self) -> str:
        """The way back from the report to the index, which holds findings: none for readers."""
        return f"{'../' * (self.folder.count('/') + 1)}index.html" if self.audience == "preparer" else ""

    @property
    def id(self) -> str:
        """What --only is matched with and a progress line shows."""
        return f"{self.folder}/{self.name}"

    @property
    def given(self) -> dict[str, Any]:
        """Every parameter of the notebook, the accounts first."""
        return {"accounts": self.accounts, **self.parameters}
