"""Commands of an office at work on its channels."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands.speech import ChineseCommand


@click.command("serve", cls=ChineseCommand, epilog="qiantou --home /var/lib/qiantou serve")
@click.pass_obj
def serve(home: Path) -> None:
    """常驻运行：在各通道里回答问题、收报进展、到期提醒，直到停止。通道在 qiantou.toml 里配置。"""
    from bot.commands.serve import serve as run_serve

    run_serve(home)


@click.command("channels", cls=ChineseCommand, epilog="qiantou channels --try")
@click.option("--try", "trying", is_flag=True, help="逐个连接一下，看平台怎么答复；常驻进程运行时不能试。")
@click.pass_obj
def channels(home: Path, trying: bool) -> int:
    """列出配置的通道和它们的状态，检查设置；不写 --try 就不连接。"""
    from bot.commands.serve import show_channels

    return show_channels(home, trying)
