"""The door of the command line: words click's own complaints in Chinese, turns refusals into exit code 2."""

from __future__ import annotations

import errno
import sys
from typing import Any

import click

from juesuan.errors import JuesuanError

REFUSED = 2


class Door(click.Group):
    """A group of commands whose every refusal is in Chinese, a line for each thing wrong."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Run a command; end the program with its status, 2 for a refusal, 130 for Ctrl-C."""
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
            click.echo("已中断；没有做完的没有写出。", err=True)
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
        case click.BadParameter() if "not in the range" in error.message:
            found = f"参数 {error.param.human_readable_name if error.param else ''} 的值不对：不能小于 0"
        case click.BadParameter():
            found = f"参数 {error.param.human_readable_name if error.param else ''} 的值不对：{error.message}"
        case _ if "No such command" in error.message:
            found = "没有这个命令；可用：report、check、facts、sample、batch、doctor"
        case _:
            found = f"命令写法不对：{error.format_message()}"
    return f"{found}。用法见 {name}。"
