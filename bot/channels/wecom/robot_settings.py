"""[channels.NAME] kind = "wecom-robot": the settings of a smart robot."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from bot.channels.protocol import Rate, Scope
from bot.channels.settings import Section
from bot.channels.wecom.robot import Account, RobotChannel
from bot.clock import Clock
from bot.toml_values import ConfigError

BASE = "wss://openws.work.weixin.qq.com"
LIMIT = 20480
"""Bytes of a stream or of a pushed markdown (official SDK's types)."""
WELCOME = (
    "您好，我是{name}。可以直接问我，例如“某某工作谁牵头”“某单位本月底前有哪些任务”；发“帮助”看能做什么。"
    "在群里请先@我再问。"
)


def open_channel(section: Section, clock: Clock) -> RobotChannel:
    """The channel that a section describes. Raises ConfigError."""
    endpoint = section.endpoint(BASE)
    address = urlsplit(endpoint.base)
    if address.scheme not in ("ws", "wss") or (address.scheme == "ws" and not _loopback(address.hostname or "")):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('base').name} 应写成 wss:// 开头的长连接地址（私有部署的在管理后台能查到）；"
            f"不加密的 ws:// 会把密钥露在网上，只能用于本机。"
        )
    account = Account(section.text("bot_id"), section.secret("secret"), section.text("display"))
    rates = (
        Rate(Scope.CREDENTIAL, section.number("per_minute", 30, 1, 10_000, "条"), 60.0),
        Rate(Scope.CREDENTIAL, section.number("per_hour", 1000, 1, 1_000_000, "条"), 3600.0),
    )
    limit = section.number("limit", LIMIT, 200, LIMIT, "字节")
    return RobotChannel(
        section.name,
        account,
        endpoint,
        clock,
        rates,
        limit,
        section.text("welcome", WELCOME.format(name=account.display)),
    )


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
