"""[channels.NAME] of kind "qq-official": the bot's AppID and secret, and the way events come."""

from __future__ import annotations

from urllib.parse import urlsplit

from bot.channels.calling import Caller
from bot.channels.qq.official import QQBotChannel
from bot.channels.qq.official_api import TIMEOUT, Api, Token
from bot.channels.qq.official_gateway import Gateway
from bot.channels.qq.official_signing import Signer
from bot.channels.qq.official_webhook import QQBotWebhook
from bot.channels.settings import Endpoint, Section
from bot.clock import Clock
from bot.toml_values import ConfigError

BASE, TOKEN_BASE = "https://api.sgroup.qq.com", "https://bots.qq.com"


def open_channel(section: Section, clock: Clock) -> QQBotChannel:
    """The channel as set, not connected. Raises ConfigError."""
    app, secret = section.text("app_id"), section.secret("secret")
    if not (app.isascii() and app.isdigit()):
        raise ConfigError(
            f'{section.spot.file} 的 {section.spot.at("app_id").name} 应写成 AppID 的数字，如 "102000001"。'
        )
    transport = section.text("transport", "websocket")
    if transport not in ("websocket", "webhook"):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('transport').name} 应写 websocket（我们去连）或 webhook（平台来调）。"
        )
    endpoint = section.endpoint(BASE)
    tokens = Endpoint(_address(section, "token_base", TOKEN_BASE, ("http", "https")), endpoint.ca, endpoint.proxy)
    api = Api(Caller(endpoint, (secret,), TIMEOUT), Token(app, secret, Caller(tokens, (secret,), TIMEOUT), clock))
    address = _address(section, "gateway", "", ("ws", "wss"))
    downloads = Caller(Endpoint("", endpoint.ca, endpoint.proxy), (secret,), TIMEOUT)
    if transport == "webhook":
        return QQBotWebhook(section.name, app, api, Signer(secret), downloads, clock)
    return QQBotChannel(section.name, app, api, Gateway(api, endpoint, address), downloads, clock)


def _address(section: Section, key: str, default: str, schemes: tuple[str, ...]) -> str:
    given = section.text(key, default).rstrip("/")
    parts = urlsplit(given)
    if given and (parts.scheme not in schemes or not parts.netloc or "@" in parts.netloc):
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at(key).name} 应写成 {schemes[-1]}://主机/路径 这样的地址，不带账号和参数。"
        )
    return given
