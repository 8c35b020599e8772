"""How the command line speaks: help headings, usage errors and exit codes in Chinese."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_INTERRUPTED = 130


class Refusal(Exception):
    """A command cannot do what was asked. `str(error)` is one Chinese sentence with the next step."""


class ChineseCommand(click.Command):
    """A command whose help has Chinese headings; `epilog` holds the example."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := option.get_help_record(ctx))]
        if rows:
            with formatter.section("选项"):
                formatter.write_dl(rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = ["[选项]"] if any(isinstance(param, click.Option) for param in self.get_params(ctx)) else []
        for param in self.get_params(ctx):
            pieces.extend(param.get_usage_pieces(ctx))
        return pieces

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            with formatter.section("例如"):
                for line in self.epilog.splitlines():
                    formatter.write_text(line)


class ChineseGroup(ChineseCommand, click.Group):
    """A group of commands with Chinese headings, listed in the order in which they were added."""

    command_class = ChineseCommand

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        return ["[选项]", "命令", "[命令的选项]"]

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        ChineseCommand.format_options(self, ctx, formatter)
        rows = [(name, self.commands[name].get_short_help_str(limit=60)) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            formatter.write_dl(rows)


def usage_sentence(error: click.UsageError) -> str:
    """A usage error of the command line as one Chinese sentence with the next step."""
    ctx = error.ctx
    path = ctx.command_path if ctx else "qiantou"
    return f"{_complaint(error)}。请用 {path} --help 查看用法。"


def _complaint(error: click.UsageError) -> str:
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项"
        case click.MissingParameter():
            return f"缺少 {_name(error.param)}"
        case click.BadParameter():
            return f"{_name(error.param)} 的值不对：{error.message}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少内容"
        case _ if error.message.startswith("No such command"):
            return f"没有 {error.message.split(chr(39))[1]} 这个命令"
        case _ if error.message.startswith("Got unexpected extra argument"):
            return f"多出了 {error.message.partition('(')[2].rstrip(')')}"
        case _ if error.message.startswith("Missing command"):
            return "没有写要做什么"
        case _:
            return error.message


def _name(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    return param.opts[0] if isinstance(param, click.Option) else (param.metavar or param.name or "参数")


def utf8_everywhere() -> None:
    """Standard streams in UTF-8 whatever the locale says; a terminal under LC_ALL=C must not break Chinese."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        reconfigure: Any = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace" if stream is not sys.stdin else "surrogateescape")


class Day(click.ParamType[date]):
    """A day typed as 2026-07-31; anything else is refused with the form that is wanted."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-07-31 这样", param, ctx)


DAY = Day()
FILES = click.Path(path_type=Path)
