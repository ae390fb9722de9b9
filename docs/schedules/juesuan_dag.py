"""两个 Airflow DAG：juesuan_reports 一个部门一个任务，juesuan_batch 一条命令做全部（部门多时用）。

放进 Airflow 的 dags 文件夹；项目所在写在环境变量 JUESUAN_HOME 里，年度写在 JUESUAN_YEAR 里。
"""

from __future__ import annotations

import hashlib
import os
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

from airflow.providers.papermill.operators.papermill import PapermillOperator
from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

HOME = Path(os.environ.get("JUESUAN_HOME", "/srv/juesuan"))
YEAR = os.environ.get("JUESUAN_YEAR", "2024")


def tell(context):
    """一个任务失败（重试也用完）时，运行与 --on-fail 相同的命令。"""
    name = context["task"].task_display_name
    said = str(context.get("exception")).strip().splitlines() or [""]  # 末行是原因，前面是经过
    known = {"JUESUAN_FAILED": "1", "JUESUAN_ERRORS": f"{name}：{said[-1]}"}
    subprocess.run(["sh", HOME / "docs/schedules/notify.sh"], env={**os.environ, **known}, check=False)


every_night = {
    "schedule": "30 1 * * *",
    "start_date": datetime(2024, 1, 1),
    "catchup": False,
    "max_active_runs": 1,
    "default_args": {
        "retries": 1,
        "retry_delay": timedelta(minutes=5),
        "on_failure_callback": tell,
        "do_xcom_push": False,
    },
}

with DAG("juesuan_reports", max_active_tasks=2, **every_night):
    for accounts in sorted(HOME.glob(f"data/**/{YEAR}")):
        department = accounts.parent.relative_to(HOME / "data")
        out = HOME / "out" / department / YEAR
        # 任务的编号只能用英文和数字，页面上显示部门名称。
        id = hashlib.sha256(str(department).encode()).hexdigest()[:8]
        folder = BashOperator(
            task_id=f"folder-{id}", task_display_name=f"{department} 文件夹", bash_command=f"mkdir -p '{out}'"
        )
        report = PapermillOperator(
            task_id=f"report-{id}",
            task_display_name=f"{department} 报告",
            input_nb=str(HOME / "notebooks/report.ipynb"),
            output_nb=str(out / "report.ipynb"),
            parameters={"accounts": str(accounts)},  # 工作文件夹由 Airflow 定，所以写全路径
            kernel_name="juesuan",
        )
        page = BashOperator(
            task_id=f"page-{id}",
            task_display_name=f"{department} 网页",
            bash_command=f"'{HOME}/.venv/bin/jupyter' nbconvert --to juesuan '{out}/report.ipynb'",
        )
        folder >> report >> page

with DAG("juesuan_batch", **every_night):
    BashOperator(
        task_id="batch",
        cwd=str(HOME),
        bash_command=".venv/bin/juesuan batch list.yml --out out --resume --quiet",
    )
