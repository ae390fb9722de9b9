"""What an analyst decided about findings: a small YAML file beside the accounts that survives re-runs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from juesuan.accounts.cited import read_yaml
from juesuan.errors import JuesuanError
from juesuan.findings.model import Report

# What may be decided, and what the page says.
DECISIONS = {"accepted": "确认有误", "explained": "已说明", "open": "待处理"}
FILE = "decisions.yml"
_HEAD = """# 对核对发现的处理意见，按发现的编号记；重新核对后仍然有效。
# decision：accepted 确认有误（待更正），explained 已说明（情况属实），open 待处理；note 是说明。
"""


@dataclass(frozen=True)
class Decision:
    """One decision with its note; `title` is what the finding was called when it was made."""

    decision: str
    note: str = ""
    title: str = ""


def decisions_file(place: Path) -> Path:
    """Where the decisions on the accounts at `place` are kept: in the folder, or beside the document."""
    return place / FILE if place.is_dir() else place.with_name(f"{place.stem}.{FILE}")


def read_decisions(path: Path) -> dict[str, Decision]:
    """The decisions by finding id; none where there is no file. A wrong word is one error with its line."""
    if not path.exists():
        return {}
    found: dict[str, Decision] = {}
    for id, entry in read_yaml(path).items():
        word = entry.get("decision", "") if isinstance(entry, dict) else entry
        if not isinstance(word, str) or word not in DECISIONS:
            line = getattr(word, "line", 0)
            raise JuesuanError(
                f"{path.name} 第{line}行",
                f"“{id}”的处理意见写的是“{word}”",
                f"只能写 {'、'.join(DECISIONS)} 之一",
            )
        rest = entry if isinstance(entry, dict) else {}
        found[id] = Decision(str(word), str(rest.get("note", "")), str(rest.get("title", "")))
    return found


def decide(report: Report, id: str, decision: str, note: str = "", *, path: Path) -> Path:
    """Keep a decision on one finding of a report; the other decisions in the file stay.

    Raises
    ------
    JuesuanError : the report has no such finding, or the word is none of `DECISIONS`.
    """
    finding = next((f for f in report.findings if f.id == id), None)
    if finding is None:
        raise JuesuanError(f"发现 {id}", "这次核对没有这个编号", "请照核对结果里的编号填写")
    if decision not in DECISIONS:
        raise JuesuanError("参数 decision", f"不认识“{decision}”", f"可用：{'、'.join(DECISIONS)}")
    kept = {**read_decisions(path), id: Decision(decision, note, finding.title)}
    return write_decisions(path, kept)


def write_decisions(path: Path, decisions: dict[str, Decision]) -> Path:
    """The whole file anew, in one move."""
    rows: dict[str, Any] = {
        id: {key: value for key, value in vars(d).items() if value} for id, d in decisions.items()
    }
    text = _HEAD + yaml.safe_dump(rows, allow_unicode=True, sort_keys=False)
    partial = path.with_name(f".{path.name}.part")
    partial.write_text(text, encoding="utf-8")
    return partial.replace(path)


def gone(report: Report, decisions: dict[str, Decision]) -> dict[str, Decision]:
    """Decisions on findings that this run does not have any more."""
    now = {f.id for f in report.findings}
    return {id: d for id, d in decisions.items() if id not in now}
