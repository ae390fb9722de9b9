"""The examples for cron, systemd and Dask do what their document says, also when something fails."""

from __future__ import annotations

import configparser
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from batches import alive, descendants, run_json, soon
from juesuan.runs.alone import alone
from scheduling import EXAMPLES, ROOT, at_home, damage, environment, fill, project, shell, webhook

LIST = EXAMPLES / "list.yml"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the accounts of the example's run list, one department damaged."""
    folder = project(tmp_path_factory.mktemp("srv") / "juesuan", LIST)
    damage(folder, "市直/教育局")
    return folder


def test_a_webhook_that_does_not_answer_is_a_failure(home: Path) -> None:
    done = shell("sh docs/schedules/notify.sh", home, WEBHOOK="http://127.0.0.1:9/hook", JUESUAN_FAILED="1")
    assert done.returncode == 7, "what curl says where nobody listens"


def test_a_long_list_of_failures_is_cut_to_one_message(home: Path) -> None:
    with webhook() as (address, heard):
        told = {"WEBHOOK": address, "JUESUAN_FAILED": "999", "JUESUAN_ERRORS": '教育局 2024："坏"\n' * 999}
        assert shell("sh docs/schedules/notify.sh", home, **told).returncode == 0
    content = heard[0]["text"]["content"]
    assert 1990 < len(content.encode()) <= 2000
    assert content.startswith('决算报告失败 999 份\n教育局 2024："坏"\n')


def cron_line(folder: Path) -> tuple[str, str]:
    """When, and the command as the shell gets it."""
    (line,) = [
        row for row in (EXAMPLES / "juesuan.cron").read_text("utf-8").splitlines() if re.match(r"[\d*]", row)
    ]
    *when, command = line.split(maxsplit=5)
    assert "%" not in command, "cron takes a % for the end of the line"
    # One report at a time: two workers would only start two more processes.
    return " ".join(when), at_home(command, folder).replace("--quiet", "--quiet --jobs 1")


def test_cron_tells_the_webhook_and_the_mail_of_a_failure(home: Path) -> None:
    when, command = cron_line(home)
    assert all(re.fullmatch(r"\*|\d+", field) for field in when.split())
    with webhook() as (address, heard):
        done = shell(command, home, WEBHOOK=address)
    assert list(run_json(home / "out")["counts"].values()) == [3, 0, 1, 0]
    (message,) = heard
    assert message["text"]["content"].startswith("决算报告失败 1 份\n市直/教育局 2024：")
    assert str(home / "out/run.json") in message["text"]["content"]
    # What cron mails to MAILTO is what the command prints.
    assert "没有全部完成" in done.stdout
    assert "失败　市直/教育局 2024 report" in done.stdout


def test_cron_mails_a_wrong_list_and_a_night_that_is_not_over(home: Path) -> None:
    _, command = cron_line(home)
    with webhook() as (address, heard):
        with alone(str(home / "out")):
            assert "另一个 juesuan batch 正在写这个文件夹" in shell(command, home, WEBHOOK=address).stdout
        (home / "list.yml").write_text(LIST.read_text("utf-8").replace("title", "titel"), "utf-8")
        said = shell(command, home, WEBHOOK=address).stdout
        shutil.copy(LIST, home / "list.yml")
    assert "不认识“titel”" in said
    assert heard == []


def test_a_night_without_failure_says_nothing(home: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(home, tmp_path / "juesuan", symlinks=True))
    shutil.rmtree(folder / "data/市直/教育局")
    fill(folder, LIST)
    with webhook() as (address, heard):
        done = shell(cron_line(folder)[1], folder, WEBHOOK=address)
    assert (done.stdout, done.stderr, heard) == ("", "", [])
    assert run_json(folder / "out")["counts"] == {"done": 1, "skipped": 3, "failed": 0, "left": 0}


def unit(name: str) -> configparser.ConfigParser:
    """A unit file."""
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(EXAMPLES / name, encoding="utf-8")
    return parser


def test_the_units_belong_together(home: Path, tmp_path: Path) -> None:
    service, timer, failed = (unit(f"juesuan{n}") for n in (".service", ".timer", "-failed.service"))
    assert service["Unit"]["OnFailure"] == "juesuan-failed.service"
    assert {service["Service"]["Type"], failed["Service"]["Type"]} == {"oneshot"}
    assert (timer["Timer"]["Persistent"], timer["Install"]["WantedBy"]) == ("true", "timers.target")
    assert re.fullmatch(r"\*-\*-\* \d\d:\d\d:\d\d", timer["Timer"]["OnCalendar"])
    if not shutil.which("systemd-analyze"):
        return
    for file in EXAMPLES.glob("juesuan*.*e*"):
        (tmp_path / file.name).write_text(
            at_home(file.read_text("utf-8"), home).replace("User=juesuan\n", "")
        )
    units = [str(file) for file in tmp_path.glob("*.service")] + [str(tmp_path / "juesuan.timer")]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *units], capture_output=True, text=True, check=False
    )
    # It also speaks of whatever else is installed on this machine.
    assert not [line for line in done.stderr.splitlines() if "juesuan" in line]
    calendar = ["systemd-analyze", "calendar", timer["Timer"]["OnCalendar"]]
    assert subprocess.run(calendar, capture_output=True, check=False).returncode == 0


def test_the_service_runs_and_its_failure_is_told(home: Path) -> None:
    service, failed = unit("juesuan.service")["Service"], unit("juesuan-failed.service")["Service"]
    assert (
        at_home(service["WorkingDirectory"], home) == at_home(failed["WorkingDirectory"], home) == str(home)
    )
    assert service["Environment"] == failed["Environment"]
    assert service["Environment"].startswith("WEBHOOK=http://10.")
    command = at_home(service["ExecStart"], home).replace("--quiet", "--quiet --jobs 1 --only 教育局")
    assert Path(shlex.split(command)[0]).is_absolute(), "systemd wants the whole path"
    tell = failed["ExecStart"]
    with webhook() as (address, heard):
        assert shell(f"exec {command}", home, WEBHOOK=address).returncode == 1
        assert shell(tell, home, WEBHOOK=address, MONITOR_EXIT_STATUS="2").returncode == 0
        assert shell(tell, home, WEBHOOK=address).returncode == 0
    said = [message["text"]["content"] for message in heard]
    assert said[0].startswith("决算报告失败 1 份\n市直/教育局 2024：")
    assert said[1:] == [f"决算报告没有全部完成，退出码 {code}，请看日志" for code in ("2", "不明")]


def test_scheduler_and_workers_of_dask_sh_make_the_reports(home: Path, tmp_path: Path) -> None:
    assert subprocess.run(["bash", "-n", EXAMPLES / "dask.sh"], check=False).returncode == 0
    port = 30000 + os.getpid() % 10000
    env = environment(
        JUESUAN_HOME=str(home), SCHEDULER="127.0.0.1", PORT=str(port), DASHBOARD=str(port + 1), WORKERS="1",
        TMPDIR=str(tmp_path),
    )  # fmt: skip

    def role(*arguments: str) -> list[str]:
        return ["sh", str(EXAMPLES / "dask.sh"), *arguments]

    with (tmp_path / "log").open("wb") as log:
        running = [
            subprocess.Popen(role(name), env=env, stdout=log, stderr=log) for name in ("scheduler", "worker")
        ]
    told = role("batch", "--out", str(tmp_path / "out"), "--only", "*统计局/2024/*", "--only", "*水利局")
    done = subprocess.run(told, env=env, capture_output=True, text=True, check=False)
    below = {pid for each in running for pid in descendants(each.pid)}
    for each in reversed(running):
        each.terminate()
        each.wait(20)
    assert run_json(tmp_path / "out")["counts"] == {"done": 2, "skipped": 0, "failed": 0, "left": 0}, (
        done.stderr
    )
    assert f"面板 http://127.0.0.1:{port + 1}/status" in done.stderr
    assert soon(lambda: not any(map(alive, below)))
    assert subprocess.run(role("boss"), env=env, capture_output=True, check=False).returncode == 2


@pytest.mark.parametrize(
    "document", ["docs/batch.zh-CN.md", "docs/schedules.zh-CN.md", "README.md", "README.zh-CN.md"]
)
def test_every_link_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    for link in re.findall(r"\]\(([^)#]*)#?[^)]*\)", text):
        if link and "://" not in link:
            assert ((ROOT / document).parent / link).exists(), link
