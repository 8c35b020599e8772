"""`qiantou appchat`: a group of 企业微信 that a self-built app makes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from bot.channels.protocol import Verdict
from bot.channels.settings import channels_of
from bot.channels.wecom.chats import ChatChannel, Founding
from bot.clock import SystemClock
from bot.commands.speech import Refusal
from bot.config import FILE_NAME, load_config
from bot.toml_values import Spot


def found(home: Path, name: str, founding: Founding) -> None:
    """Make the group and say how the settings name it. Raises Refusal, ConfigError."""
    if founding.fault:
        raise Refusal(founding.fault)
    spot = Spot(str(home / FILE_NAME)).at("channels")
    channels = channels_of(spot, load_config(home).channels, home, SystemClock())
    channel = next((one for one in channels if one.name == name), None)
    if not isinstance(channel, ChatChannel):
        raise Refusal(
            f"{home / FILE_NAME} 里没有叫“{name}”、kind 是 wecom-appchat 的通道，请先照 docs/通道-企业微信自建应用.md 写上。"
        )
    made = asyncio.run(_made(channel, founding))
    if isinstance(made, Verdict):
        raise Refusal(f"群没有建成：{made.alarm or made.raw}")
    click.echo(f"建好了，群编号是 {made}。请在 {home / FILE_NAME} 里加上：\n")
    click.echo(f'[channels."{name}".groups."{founding.name}"]\nid = "{made}"\n')
    click.echo("群里有了第一条消息，大家才看得到这个群。")


async def _made(channel: ChatChannel, founding: Founding) -> str | Verdict:
    try:
        return await channel.found(founding)
    finally:
        await channel.close()
