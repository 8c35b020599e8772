"""[channels.NAME] of kind "onebot": where the implementation is, or where it finds us."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.channels.qq.onebot import OneBotChannel
from bot.channels.qq.onebot_doors import Forward, Reverse, is_loopback
from bot.channels.settings import Endpoint, Section
from bot.clock import Clock
from bot.toml_values import ConfigError

PORT = 6701
PATH = "/onebot/v11/ws"
FORWARD = "ws://127.0.0.1:3001"


def open_channel(section: Section, clock: Clock) -> OneBotChannel:
    """The channel as set, not connected. Raises ConfigError, also where anybody could drive the bot: since bots without a
    token were taken over in bulk (September 2025) there is no start without one, except on this machine alone."""
    token, account = section.secret("token", ""), section.text("account", "")
    if account and not (account.isascii() and account.isdigit()):
        raise ConfigError(f'{section.spot.file} 的 {section.spot.at("account").name} 应写成 QQ 号，如 "10001"。')
    way = section.text("way", "reverse")
    if way not in ("forward", "reverse"):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('way').name} 应写 reverse（OneBot 实现连过来）或 forward（连到 OneBot 实现）。"
        )
    door = _forward(section, token) if way == "forward" else _reverse(section, token, account)
    return OneBotChannel(section.name, door, clock, account=account, secrets=(token,))


def _forward(section: Section, token: str) -> Forward:
    endpoint: Endpoint = section.endpoint(FORWARD)
    parts = urlsplit(endpoint.base)
    if parts.scheme not in ("ws", "wss"):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('base').name} 应写成 ws://主机:端口 或 wss://主机/路径。"
        )
    _guarded(section, token, parts.hostname or "")
    return Forward(endpoint, token, section.flag("token_in_query", False))


def _reverse(section: Section, token: str, account: str) -> Reverse:
    host, path = section.text("host", "127.0.0.1"), section.text("path", PATH)
    if not path.startswith("/"):
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('path').name} 应以斜线开头，如 {PATH}。")
    _guarded(section, token, host)
    return Reverse(host, section.number("port", PORT, 1, 65535, "端口"), path, token, account)


def _guarded(section: Section, token: str, host: str) -> None:
    if not token and not is_loopback(host):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 没有写 token，而 {host} 不只是本机：没有令牌，谁都能冒充。"
            f"请写上 token（并在 OneBot 实现里填同一个），或把地址改成 127.0.0.1。"
        )
