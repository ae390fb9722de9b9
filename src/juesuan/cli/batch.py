"""`juesuan batch`: many reports at once."""

from __future__ import annotations

from typing import Any

import click

from juesuan.cli.ways import hurry, names


@click.command()
@click.argument("runlist")
@click.option("--out", default="out", metavar="DIR", help="输出文件夹或地址，默认 out")
@click.option("--list", "listed", is_flag=True, help="只列出要做的报告，不运行")
@click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="只做名字相符的，例如 '*教育*' 或 '*/2022/report'；可写多次",
)
@click.option("--limit", default=0, type=click.IntRange(min=0), metavar="N", help="最多做几份，0 不限")
@click.option("--jobs", default=0, type=click.IntRange(min=0), metavar="N", help="同时做几份，默认按处理器数")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Dask 调度器，例如 tcp://10.0.0.5:8786")
@click.option("--resume", is_flag=True, help="跳过内容没有变过的报告")
@click.option("--keep-going/--fail-fast", default=True, help="有报告失败时继续做其余的（默认），或就此停下")
@click.option("--on-fail", default="", metavar="COMMAND", help="有报告失败时运行的命令")
@click.option(
    "--notebook", default=None, metavar="NAME", help="对文件夹：report（默认）、audit 或笔记本的路径"
)
@click.option(
    "--formats",
    default=None,
    metavar="LIST",
    help="对文件夹：逗号分隔，html,md,xlsx,json；audit 是 html,xlsx,csv,json",
)
@click.option("--audience", default=None, metavar="NAME", help="对文件夹：preparer（默认）或 reader")
@click.option(
    "--timeout", default=None, type=int, metavar="SECONDS", help="对文件夹：每一格最多运行几秒，默认 600"
)
@click.option("--quiet", is_flag=True, help="不显示进度")
def batch(
    runlist: str,
    out: str,
    listed: bool,
    only: tuple[str, ...],
    limit: int,
    jobs: int,
    scheduler: str,
    resume: bool,
    keep_going: bool,
    on_fail: str,
    quiet: bool,
    formats: str | None,
    **given: Any,
) -> int:
    """按运行清单（yml）或文件夹成批出报告；有报告失败时退出码为 1。"""
    hurry(pages=False)
    from juesuan.findings import VERDICTS
    from juesuan.runs import Order, chosen, plan, run, went_wrong
    from juesuan.runs.manifest import STATUS

    said = {name: value for name, value in given.items() if value is not None}
    if formats is not None:
        said["formats"] = names(formats)
    planned = plan(runlist, **said)
    tasks = chosen(planned.tasks, only, limit)
    if listed:
        for task in tasks:
            click.echo(f"{task.id}　{'，'.join(f'{k}={v}' for k, v in task.given.items())}")
        click.echo(f"共 {len(tasks)} 份")
        return 0
    order = Order(runlist, out, jobs, scheduler, resume, keep_going, on_fail, progress=not quiet)
    made = run(planned, order, tasks)
    for record in made["reports"]:
        if record["status"] == "failed":
            where = f"{record['department']} {record['year']} {record['notebook']}"
            click.echo(f"失败　{where}：{record['error']}　{record['page']}")
    counted = "，".join(f"{name} {made['counts'][key]}" for key, name in STATUS.items())
    click.echo(
        f"共 {len(tasks)} 份：{counted}；用时 {made['seconds']:.0f} 秒；总览 {out}/index.html，记录 {out}/run.json"
    )
    if judged := made["verdicts"]:
        verdicts = "，".join(f"{name} {judged[key]:,}" for key, name in VERDICTS.items() if judged.get(key))
        click.echo(f"判断 {judged['total']:,} 处：{verdicts}")
    if made["interrupted"]:
        click.echo("已中断；加 --resume 再运行一次，就从这里接着做。", err=True)
        return 130
    return 1 if went_wrong(made) else 0
