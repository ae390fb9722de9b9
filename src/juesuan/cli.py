"""The command line: a thin door to the library. Every refusal is one Chinese line and exit code 2."""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import Any

import click

from juesuan.errors import JuesuanError

REFUSED = 2


class _Door(click.Group):
    """Words click's own complaints in Chinese and turns refusals into exit code 2."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        try:
            status: Any = super().main(*args, standalone_mode=False, **extra)  # type: ignore[call-overload]
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            status = REFUSED
        except click.UsageError as error:
            click.echo(f"错误：{_usage(error)}", err=True)
            status = REFUSED
        except JuesuanError as error:
            click.echo(f"错误：{error}", err=True)
            status = REFUSED
        except (click.Abort, KeyboardInterrupt):
            click.echo("已中断，没有写出结果。", err=True)
            status = 130
        except OSError as error:
            click.echo(f"错误：{_failure(error)}", err=True)
            status = REFUSED
        if standalone_mode:
            sys.exit(status if isinstance(status, int) else 0)
        return status


# What the system says when a file cannot be read or written.
_FAILURES = {
    errno.EISDIR: "是一个文件夹，不是文件",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "已经有同名的文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的磁盘只能读",
    errno.ENOSPC: "磁盘已满",
    errno.ENOENT: "不存在",
}


def _failure(error: OSError) -> str:
    # A move names the temporary file first and the one that was asked for second.
    name = error.filename2 or error.filename or "文件"
    return f"{name}：{_FAILURES.get(error.errno or 0, '读写失败')}。请检查路径、权限和磁盘空间。"


def _usage(error: click.UsageError) -> str:
    name = f"{error.ctx.command_path} --help" if error.ctx else "juesuan --help"
    match error:
        case click.NoSuchOption():
            found = f"没有参数 {error.option_name}"
        case click.MissingParameter():
            found = f"缺少参数 {error.param.human_readable_name if error.param else ''}"
        case click.BadParameter() if "valid integer" in error.message:
            found = f"参数 {error.param.human_readable_name if error.param else ''} 的值不对：应为整数"
        case click.BadParameter():
            found = f"参数 {error.param.human_readable_name if error.param else ''} 的值不对：{error.message}"
        case _ if "No such command" in error.message:
            found = "没有这个命令；可用：report、check、facts、sample、batch、doctor"
        case _:
            found = f"命令写法不对：{error.format_message()}"
    return f"{found}。用法见 {name}。"


@click.group(cls=_Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="juesuan", prog_name="juesuan")
def main() -> None:
    """决算：读入、核对、画图、写说明、出报告。"""


def _names(listed: str) -> list[str]:
    """A list as it is typed, with commas of either kind."""
    return [name.strip() for name in listed.replace("，", ",").split(",") if name.strip()]


_previous = click.option("--previous", default="", metavar="PATH", help="上年决算数据，用于同比")
_profile = click.option("--profile", default="", metavar="NAME", help="版式名，空则按 source.yml 所写")


@main.command()
@click.argument("path")
@_previous
@_profile
@click.option("--out", default="", metavar="DIR", help="输出文件夹，默认 out/<部门>/<年度>")
@click.option("--formats", default="html", metavar="LIST", help="逗号分隔：html,md,xlsx,json")
@click.option("--audience", default="preparer", metavar="NAME", help="preparer 含核对发现，reader 不含")
@click.option("--quiet", is_flag=True, help="不显示进度")
def report(
    path: str, previous: str, profile: str, out: str, formats: str, audience: str, quiet: bool
) -> None:
    """生成一个部门一个年度的决算报告。"""
    from juesuan.report.produce import produce

    chosen = _names(formats)
    written = produce(
        path,
        previous=previous,
        profile=profile,
        out=out,
        formats=chosen,
        audience=audience,
        progress=not quiet,
    )
    for file in written:
        click.echo(str(file))


@main.command()
@click.argument("path")
@_previous
@_profile
@click.option("--json", "json_file", default="", metavar="FILE", help="把发现和台账写成 JSON")
@click.option("--formats", default="", metavar="LIST", help="另外写出核对结果，逗号分隔：html,xlsx,csv,json")
@click.option("--out", default="", metavar="DIR", help="核对结果的文件夹，默认 out/<部门>/<年度>")
@click.option("--audience", default="preparer", metavar="NAME", help="preparer 含编制人用的内容，reader 不含")
def check(
    path: str, previous: str, profile: str, json_file: str, formats: str, out: str, audience: str
) -> int:
    """核对一个部门的决算或一份公开文件的表格和正文；有 B、L 类不符时退出码为 1。"""
    from juesuan.findings import SEVERITIES, VERDICTS
    from juesuan.findings import check as judge
    from juesuan.findings.decisions import DECISIONS, decisions_file, gone, read_decisions
    from juesuan.readers import locate, open_accounts
    from juesuan.report.handoff import write_json
    from juesuan.writers.reading import unjudged

    accounts = open_accounts(path, previous=previous, profile=profile)
    decided = read_decisions(decisions_file(locate(path)))
    result = judge(accounts)
    titles = {table.id: table.title for table in accounts.layout.tables}
    for notice in accounts.notices:
        click.echo(f"读入　{notice.place}：{notice.text}")
    for finding in result.findings:
        kept = decided.get(finding.id)
        mark = f"　【{DECISIONS[kept.decision]}】{kept.note}" if kept else ""
        named = f"{SEVERITIES[finding.severity]}　{finding.relation} {finding.title}"
        click.echo(f"{named}：{finding.message}{mark}　[{finding.id}]")
        for place in finding.places:
            click.echo(f"　　　{place.named(titles)}　{place.quote}　{place.cell}")
        for hypothesis in finding.reasons:
            click.echo(f"　　　可能：{hypothesis.kind} {hypothesis.text}")
    counted = "，".join(f"{name} {result.ledger[verdict]}" for verdict, name in VERDICTS.items())
    click.echo(f"{accounts.department} {accounts.year} 年度：共判断 {result.ledger['total']} 处：{counted}")
    for id in gone(result, decided):
        click.echo(f"注意　{decisions_file(locate(path)).name} 里的 {id} 这次没有对应的发现")
    if rest := unjudged(result.accounts):
        click.echo(f"注意　{rest}")
    if json_file:
        write_json(result, Path(json_file), decided)
    chosen = _names(formats)
    if chosen or out:
        from juesuan.report.produce import hand_off

        given = {"previous": previous, "profile": profile, "out": out, "audience": audience}
        for file in hand_off(path, result, formats=chosen or ["html"], progress=False, **given):
            click.echo(str(file))
    return 1 if result.failed else 0


@main.command()
@click.argument("path")
@_profile
@click.option("--out", default="", metavar="FILE", help="csv、json 或 parquet 文件；不写则只说读懂了什么")
def facts(path: str, profile: str, out: str) -> None:
    """说明读懂了什么，并把事实表写成 csv、json 或 parquet。"""
    from juesuan.readers import open_accounts
    from juesuan.writers.facts import check_ending, write_facts
    from juesuan.writers.reading import reading_lines

    if out:
        check_ending(Path(out))
    accounts = open_accounts(path, profile=profile)
    for line in reading_lines(accounts):
        click.echo(line)
    if out:
        click.echo(str(write_facts(accounts, Path(out))))


@main.command()
@click.option("--departments", default=1, metavar="N", help="部门数")
@click.option("--years", default="2022", metavar="YEARS", help="年度，例如 2022-2024")
@click.option("--profile", default="shanxi-2020", metavar="NAME", help="版式名")
@click.option("--seed", default=1, metavar="K", help="种子：同一个数生成同样的数据")
@click.option("--formats", default="xlsx", metavar="LIST", help="逗号分隔：xlsx,docx,pdf,html")
@click.option("--unit", default="", metavar="UNIT", help="万元 或 元；不写则各部门不一")
@click.option("--out", required=True, metavar="DIR", help="输出文件夹")
@click.option("--quiet", is_flag=True, help="不显示进度")
def sample(
    departments: int, years: str, profile: str, seed: int, formats: str, unit: str, out: str, quiet: bool
) -> None:
    """生成示例数据（合成）：任意多个部门、几个年度的整套决算。"""
    from juesuan.sample import Order, write_samples
    from juesuan.sample.folders import years as spelled_out

    order = Order(profile, departments, spelled_out(years), seed, unit)
    chosen = _names(formats)
    written = write_samples(order, Path(out), chosen, progress=not quiet)
    click.echo(f"示例数据（合成）：{len(written)} 个文件夹，在 {out}")


@main.command()
@click.argument("runlist")
@click.option("--out", default="out", metavar="DIR", help="输出文件夹或地址，默认 out")
@click.option("--list", "listed", is_flag=True, help="只列出要做的报告，不运行")
@click.option(
    "--only",
    multiple=True,
    metavar="PATTERN",
    help="只做名字相符的，例如 '*教育*' 或 '*/2022/report'；可写多次",
)
@click.option("--limit", default=0, metavar="N", help="最多做几份")
@click.option("--jobs", default=0, metavar="N", help="同时做几份，默认按处理器数")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Dask 调度器，例如 tcp://10.0.0.5:8786")
@click.option("--resume", is_flag=True, help="跳过内容没有变过的报告")
@click.option("--keep-going/--fail-fast", default=True, help="有报告失败时继续做其余的（默认），或就此停下")
@click.option("--on-fail", default="", metavar="COMMAND", help="有报告失败时运行的命令")
@click.option(
    "--notebook", default=None, metavar="NAME", help="对文件夹：report（默认）、audit 或笔记本的路径"
)
@click.option("--formats", default=None, metavar="LIST", help="对文件夹：逗号分隔，html,md,xlsx,json")
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
    from juesuan.runs import Order, chosen, plan, processors, run
    from juesuan.runs.manifest import STATUS

    said = {name: value for name, value in given.items() if value is not None}
    if formats is not None:
        said["formats"] = _names(formats)
    planned = plan(runlist, **said)
    tasks = chosen(planned.tasks, only, limit)
    if listed:
        for task in tasks:
            click.echo(f"{task.id}　{'，'.join(f'{k}={v}' for k, v in task.given.items())}")
        click.echo(f"共 {len(tasks)} 份")
        return 0
    jobs = jobs or min(processors(), len(tasks))
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
    return 1 if made["counts"]["failed"] or made["counts"]["left"] else 0


@main.command()
def doctor() -> int:
    """检查这台机器能不能出报告。"""
    from juesuan.doctor import examine

    results = examine()
    for result in results:
        click.echo(f"{'可以' if result.ok else '不行'}　{result.name}：{result.text}")
    return 0 if all(r.ok for r in results if r.needed) else 1
