"""The command line: a thin door to the library. Every refusal is in Chinese, a line for each thing wrong, with exit code 2."""

from __future__ import annotations

from pathlib import Path

import click

from juesuan.cli.batch import batch
from juesuan.cli.door import Door
from juesuan.cli.ways import hurry, names


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="juesuan", prog_name="juesuan")
def main() -> None:
    """决算：读入、核对、画图、写说明、出报告。"""


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
    hurry("html" in formats)
    from juesuan.report.produce import produce

    chosen = names(formats)
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
    hurry("html" in formats or (bool(out) and not formats))
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
    chosen = names(formats)
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
@click.option(
    "--formats", default="xlsx", metavar="LIST", help="逗号分隔：xlsx,docx,pdf,html；几种时各放一个子文件夹"
)
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
    chosen = names(formats)
    written = write_samples(order, Path(out), chosen, progress=not quiet)
    click.echo(f"示例数据（合成）：{len(written)} 个文件夹，在 {out}")


@main.command()
def doctor() -> int:
    """检查这台机器能不能出报告。"""
    from juesuan.doctor import examine

    results = examine()
    for result in results:
        click.echo(f"{'可以' if result.ok else '不行'}　{result.name}：{result.text}")
    return 0 if all(r.ok for r in results if r.needed) else 1


main.add_command(batch)
