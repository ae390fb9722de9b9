"""The report notebook on six departments: every output of plain papermill, and of the warm engine, is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from juesuan.sample import Order, write_samples
from kinds import comparable, executed

ROOT = Path(__file__).parents[1]
NOTEBOOK = str(ROOT / "notebooks/report.ipynb")


@pytest.fixture(scope="module")
def departments(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The published sample, and generated departments of several layouts, one with a year before."""
    folder = tmp_path_factory.mktemp("books")
    orders = [
        Order("national", 2, (2022,), 11),
        Order("shanxi-2020", 1, (2021, 2022), 12),
        Order("yunnan", 1, (2022,), 13),
    ]
    made = [
        p
        for n, order in enumerate(orders)
        for p in write_samples(order, folder / str(n), ["xlsx"], progress=False)
    ]
    return [ROOT / "data/xinzhou-shebao/2021", *made]


@pytest.mark.parametrize("number", range(6))
def test_both_engines_give_the_same_report(number: int, departments: list[Path], tmp_path: Path) -> None:
    parameters = {"accounts": str(departments[number])}
    plain, warm = (
        comparable(executed(NOTEBOOK, tmp_path / f"{name}.ipynb", engine, parameters=parameters))
        for name, engine in (("plain", None), ("warm", "juesuan"))
    )
    for theirs, ours in zip(plain["cells"], warm["cells"], strict=True):
        assert ours == theirs
    assert warm["metadata"] == plain["metadata"]
    outputs = [o for c in plain["cells"] for o in c["outputs"]]
    assert len(outputs) >= 15
    assert sum("image/svg+xml" in o for o in outputs) >= 4
