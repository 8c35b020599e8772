"""`qiantou serve` and `qiantou channels`: the office at work on its channels, and how they are."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

import click

from bot.app import App, build
from bot.channels.protocol import Channel
from bot.channels.settings import channels_of
from bot.channels.unserved import Unserved
from bot.clock import SystemClock
from bot.commands.speech import Refusal
from bot.config import FILE_NAME, Config, load_config
from bot.health import STALE, read
from bot.home import Home
from bot.toml_values import Spot
from bot.web.settings import ServerConfig, server_of
from knowledge.store import Store


def serve(home: Path) -> None:
    """Serve the office until it is told to stop."""
    from bot.logs import log_to_stderr

    place, clock = Home(home), SystemClock()
    place.create()
    config = load_config(home)
    channels, server = _opened(home, config, clock)
    if not channels:
        raise Refusal(
            f"{home / FILE_NAME} 里还没有配置通道，没有可以服务的地方；请照 docs/通道.md 写一节 [channels.名称]。"
            "只想在本机试用，请用 qiantou run。"
        )
    with place.store("qiantou serve", clock.now()) as store:
        store.hold()
        app = build(home, store, Unserved(), clock)
        app.channels = {channel.name: channel for channel in channels}
        log_to_stderr()
        for line in _banner(app, channels, server, store):
            click.echo(line)
        asyncio.run(_served(place, app, channels, server))


def _opened(home: Path, config: Config, clock: SystemClock) -> tuple[tuple[Channel, ...], ServerConfig]:
    spot = Spot(str(home / FILE_NAME))
    return (
        channels_of(spot.at("channels"), config.channels, home, clock),
        server_of(spot.at("server"), config.server, home),
    )


async def _served(place: Home, app: App, channels: Sequence[Channel], server: ServerConfig) -> None:
    from bot.serving import Serving, stopped_by_signals

    await Serving(place, app, channels, server).run(stopped_by_signals())


def _banner(app: App, channels: Sequence[Channel], server: ServerConfig, store: Store) -> list[str]:
    """What runs, in the first lines; and the code for the first administrator where there is none."""
    from bot.reception import first_administrator
    from bot.serving import hears_by_callback

    current = app.register.in_force
    lines = [f"牵头 · 文件{len(current.documents)}份，任务{len(current.assignments)}项 · 通道{len(channels)}个"]
    for channel in channels:
        where = f"，回调地址 {server.address}/c/{channel.name}/" if hears_by_callback(channel) else ""
        lines.append(f"  {channel.name}{where}")
    lines += list(store.warnings)
    code = first_administrator(store, app.config, app.clock.now())
    if code is not None:
        lines.append(
            f"还没有管理员。请用要当管理员的账号私聊机器人，发：绑定 {code.code} 姓名"
            f"（{code.invitation.until:%-m月%-d日%H:%M}前有效，只能用一次；这行字不要转发）"
        )
    return [*lines, "按 Ctrl-C 停止。"]


def show_channels(home: Path, trying: bool) -> int:
    """List the configured channels with what is known of them; with `trying` connect each. 1 where one cannot be used."""
    config = load_config(home)
    channels, server = _opened(home, config, SystemClock())
    if not channels:
        click.echo(f"{home / FILE_NAME} 里还没有配置通道；请照 docs/通道.md 写一节 [channels.名称]。")
        return 0
    for line in told_states(home):
        click.echo(line)
    click.echo(f"配置检查：{len(channels)}个通道的设置都能用。")
    from bot.serving import hears_by_callback

    for channel in channels:
        if hears_by_callback(channel):
            click.echo(
                f"  {channel.name} 的回调地址：{server.address}/c/{channel.name}/（平台上填反向代理的 HTTPS 地址）"
            )
    if not trying:
        asyncio.run(_close(channels))
        return 0
    with Home(home).store("qiantou channels --try", SystemClock().now()) as store:
        store.hold()  # a second connection of the same account would end that of a serving process
        return asyncio.run(_try(channels))


def told_states(home: Path) -> list[str]:
    """How the channels are, as the serving process last wrote it."""
    at, healths = read(Home(home).channels)
    if at is None:
        return ["通道：还没有运行过 qiantou serve。"]
    stale = SystemClock().now() - at > STALE
    head = f"通道（{at:%-m月%-d日%H:%M}的状态{'，qiantou serve 现在没有在运行' if stale else ''}）："
    return [head, *(f"  {one.words}" for one in healths)]


async def _close(channels: Sequence[Channel]) -> None:
    for channel in channels:
        await channel.close()


async def _try(channels: Sequence[Channel]) -> int:
    """Connect each channel for a moment and say what its platform says."""
    from bot.trial import tried

    try:
        verdicts = [await tried(channel) for channel in channels]
    finally:
        await _close(channels)
    for verdict in verdicts:
        click.echo(f"  {verdict.sentence}")
    return int(any(verdict.failed for verdict in verdicts))
