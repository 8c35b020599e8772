"""What can be typed about days: the working calendar, events that set deadlines going, and how things are now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from bot.commands.speech import DAY, FILES, ChineseCommand, ChineseGroup


@click.group(
    "calendar", cls=ChineseGroup, invoke_without_command=True, epilog="qiantou calendar import 2027年放假通知.txt"
)
@click.pass_context
def calendar(ctx: click.Context) -> None:
    """工作日历：哪些年的放假安排已知。不写命令就是查看。"""
    if ctx.invoked_subcommand is None:
        from bot.commands.calendar import show_calendar

        show_calendar(ctx.obj)


@calendar.command("import", cls=ChineseCommand, epilog="qiantou calendar import 2027年放假通知.txt")
@click.argument("file", type=FILES, metavar="文件")
@click.pass_obj
def calendar_import(home: Path, file: Path) -> None:
    """导入一年的放假安排：国务院办公厅通知的原文，或一个小的 .toml 文件。"""
    from bot.commands.calendar import take_calendar

    take_calendar(home, file)


@click.command("event", cls=ChineseCommand, epilog="qiantou event 省级指导意见印发 --on 2026-07-20")
@click.argument("words", nargs=-1, metavar="[事件]")
@click.option("--on", type=DAY, metavar="日期", help="哪一天发生的，不写就是今天。")
@click.option("--undo", is_flag=True, help="撤销登记，期限恢复为尚未确定。")
@click.pass_obj
def event(home: Path, words: tuple[str, ...], on: date | None, undo: bool) -> None:
    """登记事件发生的日期，取决于它的期限从那天算起；不写事件就列出在等哪些。"""
    from bot.commands.events import show_events, tell_event

    if words:
        tell_event(home, " ".join(words), on, undo=undo)
    else:
        show_events(home)


@click.command("status", cls=ChineseCommand, epilog="qiantou status")
@click.pass_obj
def status(home: Path) -> None:
    """现状：文件和任务数、工作日历到哪一年、正在静默的、等待答复的延期、在等的事件。"""
    from bot.commands.status import show_status

    show_status(home)
