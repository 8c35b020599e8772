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


@click.command(
    "appchat", cls=ChineseCommand, epilog="qiantou appchat 应用群 2026年政务公开专班 --owner wangfang --member lisi"
)
@click.argument("channel", metavar="通道")
@click.argument("name", metavar="群名")
@click.option("--owner", required=True, metavar="账号", help="群主的账号（userid）。")
@click.option("--member", "members", multiple=True, required=True, metavar="账号", help="成员的账号，可以写多次。")
@click.option("--id", "chat", default="", metavar="编号", help="群编号，32个以内的字母和数字，不写由平台给。")
@click.pass_obj
def appchat(home: Path, channel: str, name: str, owner: str, members: tuple[str, ...], chat: str) -> None:
    """用企业微信自建应用新建一个应用群，成功后说明设置里怎样写。"""
    from bot.channels.wecom.chats import Founding
    from bot.commands.appchat import found

    found(home, channel, Founding(name, owner, members, chat))
