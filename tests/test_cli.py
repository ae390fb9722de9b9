"""The door: exit codes, one Chinese sentence for a refusal, nothing half-written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from juesuan.cli import main

DATA = str(Path(__file__).parents[1] / "data" / "xinzhou-shebao" / "2021")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_check_ends_with_one_and_writes_json(tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    result = run("check", DATA, "--json", str(file))
    assert result.exit_code == 1
    assert "99.68% 不在其中" in result.output
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written["ledger"]["inconsistent"] == 8
    assert [f["relation"] for f in written["findings"] if f["severity"] == "error"] == [
        "R1005",
        "R1006",
        "R1010",
        "R1110",
    ]


@pytest.mark.parametrize("ending", ["csv", "json", "parquet"])
def test_facts_are_written_with_printed_decimals(tmp_path: Path, ending: str) -> None:
    import pandas as pd

    file = tmp_path / f"facts.{ending}"
    assert run("facts", DATA, "--out", str(file)).exit_code == 0
    read = {
        "csv": lambda p: pd.read_csv(p, dtype=str),
        "json": lambda p: pd.read_json(p, dtype=False),
        "parquet": pd.read_parquet,
    }
    frame = read[ending](file)
    housing = frame[
        (frame["table"] == "T5") & (frame["label"] == "住房保障支出") & (frame["column"] == "合计")
    ]
    assert list(housing["value"]) == ["29.3"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["report", "nowhere"], "不存在"),
        (["report", DATA, "--formats", "pdf"], "参数 formats"),
        (["report", DATA, "--audience", "boss"], "参数 audience"),
        (["report", DATA, "--profile", "mars"], "参数 profile"),
        (["report", DATA, "--colour", "red"], "没有参数 --colour"),
        (["facts", DATA, "--out", "x.doc"], "不能写"),
        (["facts"], "缺少参数"),
        (["frobnicate"], "没有这个命令"),
    ],
)
def test_a_wrong_parameter_is_one_chinese_sentence_and_exit_two(
    arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert len(result.output.strip().splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_doctor_examines_this_machine() -> None:
    result = run("doctor")
    assert result.exit_code == 0
    assert "图表中文字体" in result.output
    assert "成批出报告：可用" in result.output


def test_a_file_that_cannot_be_written_is_one_chinese_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for target, words in ((tmp_path, "是一个文件夹"), (tmp_path / "file" / "x.json", "已经有同名的文件")):
        result = run("check", DATA, "--json", str(target))
        assert result.exit_code == 2
        assert f"{target}：{words}" in result.output or f"{target.parent}：{words}" in result.output
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
