"""How the command line speaks: help headings, usage errors and exit codes in Chinese."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from bot.commands.columns import columns, filled

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_INTERRUPTED = 130
FIRST_YEAR, LAST_YEAR = 1949, 2099


class Refusal(Exception):
    """A command cannot do what was asked. `str(error)` is one Chinese sentence with the next step."""


class ChineseCommand(click.Command):
    """A command whose help has Chinese headings; `epilog` holds the example."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明。"
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="用法：")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        rows = [row for option in options if (row := _row(option, ctx))]
        if rows:
            _write_table(formatter, "选项", rows)

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        pieces = ["[选项]"] if any(isinstance(param, click.Option) for param in self.get_params(ctx)) else []
        for param in self.get_params(ctx):
            pieces.extend(param.get_usage_pieces(ctx))
        return pieces

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.epilog:
            formatter.write("\n例如：\n" + "".join(f"  {line}\n" for line in self.epilog.splitlines()))


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
        _write_table(formatter, "命令", rows)


def _row(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    """An option's names and help, without what click adds in English."""
    record = option.get_help_record(ctx)
    return record and (record[0], (option.help or "") + ("必须写。" if option.required else ""))


def _write_table(formatter: click.HelpFormatter, heading: str, rows: list[tuple[str, str]]) -> None:
    """Names and what they mean in two columns of a terminal, where a Chinese character is two wide."""
    room = max(columns(name) for name, _ in rows) + 4
    formatter.write(f"\n{heading}：\n")
    for name, told in rows:
        first = f"  {name}".ljust(room - columns(name) + len(name))
        formatter.write(filled(told, first, " " * room, formatter.width) + "\n")


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
            return f"{_name(error.param)} 的值不对：{_wanted(error)}"
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


def _wanted(error: click.BadParameter) -> str:
    """What a value should have been; click says it in English for its own types."""
    match error.param and error.param.type:
        case click.IntRange() as span:
            return f"应当是{span.min}到{span.max}的整数"
        case click.types.IntParamType():
            return "应当是整数"
        case click.Choice() as choice:
            return f"只能是 {'、'.join(choice.choices)} 之一"
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
            day = datetime.strptime(str(value), "%Y-%m-%d").date()  # noqa: DTZ007 - a calendar day has no zone
        except ValueError:
            self.fail(f"“{value}”不是日期，请写成 2026-07-31 这样", param, ctx)
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self.fail(f"“{value}”的年份应当在{FIRST_YEAR}年到{LAST_YEAR}年之间", param, ctx)
        return day


DAY = Day()
FILES = click.Path(path_type=Path)
