"""[channels.NAME] of the settings: each value checked where it stands, secrets from the environment or a file."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from bot import toml_values as values
from bot.channels.protocol import Channel
from bot.channels.redaction import keep_secret
from bot.clock import Clock
from bot.toml_values import ConfigError, Spot

_ADDRESS = re.compile(r"(?:https?|wss?)://[^\s/?#@]+(?:/[^\s?#]*)?")
_NAME = re.compile(r"[^\s/|]{1,32}")
MAX_SECRET = 4096
"""Characters of a secret."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a platform is: `base` with scheme, host and path prefix, without a slash at its end; a CA file of the office's own
    and a proxy, where there are."""

    base: str
    ca: Path | None = None
    proxy: str = ""


@dataclass(slots=True)
class Section:
    """One [channels.NAME] being read; relative paths are below `home`. Every key that is asked for is known, so that `done`
    can name the others."""

    name: str
    given: Mapping[str, object]
    home: Path
    spot: Spot
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)
    _asked: list[str] = field(default_factory=lambda: ["kind"])

    def text(self, key: str, default: str | None = None) -> str:
        """A line of text; without a default it has to be there."""
        value = self._value(key)
        if value is None:
            if default is None:
                raise self._missing(key)
            return default
        return values.name(self.spot.at(key), value) if default is None else values.text(self.spot.at(key), value)

    def number(self, key: str, default: int, first: int, last: int, unit: str) -> int:
        """A whole number between `first` and `last`."""
        value = self._value(key)
        read = values.number(first, last, unit)
        return default if value is None else int(str(read(self.spot.at(key), value)))

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._value(key)
        return default if value is None else values.switch(self.spot.at(key), value)

    def names(self, key: str) -> tuple[str, ...]:
        """Any number of names."""
        value = self._value(key)
        return () if value is None else values.names(self.spot.at(key), value)

    def sections(self, key: str) -> tuple[Section, ...]:
        """Named tables below `key`, as [channels.NAME.KEY.ONE] makes them: several of one thing, each with settings of its own.
        Whoever reads one calls its `done`."""
        spot = self.spot.at(key)
        given = values.table(spot, self._value(key) or {})
        return tuple(
            Section(name, values.table(spot.at(name), one), self.home, spot.at(name), self.environment, [])
            for name, one in ((values.name(spot, name), one) for name, one in given.items())
        )

    def secret(self, key: str, default: str | None = None) -> str:
        """A secret: { env = "NAME" }, { file = "PATH" } (which only its owner may read), or the words themselves."""
        value, spot = self._value(key), self.spot.at(key)
        if value is None:
            if default is None:
                raise self._missing(key)
            return default
        if isinstance(value, str):
            return _fit(spot, value)
        if isinstance(value, Mapping) and len(value) == 1:
            if "env" in value:
                return self._from_environment(spot, values.name(spot.at("env"), value["env"]))
            if "file" in value:
                return self._from_file(spot, values.name(spot.at("file"), value["file"]))
        raise ConfigError(
            f'{spot.file} 的 {spot.name} 是密钥，应写成 {{ env = "环境变量名" }} 或 {{ file = "文件" }}，也可以直接写一段文字。'
        )

    def endpoint(self, default: str) -> Endpoint:
        """The platform's address (`base`), CA file (`ca`) and proxy (`proxy`)."""
        base, ca, proxy = self.text("base", default), self.text("ca", ""), self.text("proxy", "")
        for key, address in (("base", base), ("proxy", proxy)):
            if address and not _ADDRESS.fullmatch(address):
                raise ConfigError(
                    f"{self.spot.file} 的 {self.spot.at(key).name} 应写成 https://主机/路径 这样的地址，不带账号和参数。"
                )
        path = self.home / ca if ca else None
        if path is not None and not path.is_file():
            raise ConfigError(f"{self.spot.file} 的 {self.spot.at('ca').name} 指的证书文件“{path}”不存在，请核对路径。")
        return Endpoint(base.rstrip("/"), path, proxy)

    def done(self, *more: str) -> None:
        """Refuse what nobody asked for."""
        values.known(self.spot, self.given, (*self._asked, *more))

    def _missing(self, key: str) -> ConfigError:
        return ConfigError(f"{self.spot.file} 的 [{self.spot.name}] 没有写 {key}，请补上这一行。")

    def _value(self, key: str) -> object:
        if key not in self._asked:
            self._asked.append(key)
        return self.given.get(key)

    def _from_environment(self, spot: Spot, name: str) -> str:
        found = self.environment.get(name)
        if not found:
            raise ConfigError(f"{spot.file} 的 {spot.name} 指的环境变量 {name} 没有设置，请设置后再启动。")
        return _fit(spot, found)

    def _from_file(self, spot: Spot, name: str) -> str:
        path = self.home / name
        try:
            mode = path.stat().st_mode
            found = path.read_text("utf-8") if mode & (stat.S_IRWXG | stat.S_IRWXO) == 0 or os.name == "nt" else None
        except (OSError, UnicodeDecodeError):
            raise ConfigError(f"{spot.file} 的 {spot.name} 指的密钥文件“{path}”读不出来，请核对路径和权限。") from None
        if found is None:
            raise ConfigError(f"密钥文件“{path}”别人也能读，请改成只有本人可读（chmod 600）后再启动。")
        return _fit(spot, found.strip())


def _fit(spot: Spot, secret: str) -> str:
    if not secret or len(secret) > MAX_SECRET or any(sign.isspace() or not sign.isprintable() for sign in secret):
        raise ConfigError(f"{spot.file} 的 {spot.name} 的密钥是空的，或者混进了空白，请重新复制。")
    keep_secret(secret)
    return secret


# Kind → (module, function): `open_channel(section, clock) -> Channel`. Modules are imported when an office has such a channel.
KINDS: dict[str, str] = {
    "apprise": "bot.channels.others",
    "dingtalk": "bot.channels.dingtalk",
    "feishu": "bot.channels.feishu",
    "forward": "bot.channels.forward",
    "mail": "bot.channels.mail",
    "onebot": "bot.channels.qq.onebot_settings",
    "telegram": "bot.channels.telegram.channel",
    "wechat-account": "bot.channels.wechat.account",
    "qq-official": "bot.channels.qq.official_settings",
    "wecom-app": "bot.channels.wecom.app",
    "wecom-appchat": "bot.channels.wecom.chats",
    "wecom-robot": "bot.channels.wecom.robot_settings",
    "wecom-webhook": "bot.channels.wecom.webhook",
}


def channels_of(spot: Spot, given: object, home: Path, clock: Clock) -> tuple[Channel, ...]:
    """The channels that the settings name, each built and none connected. Raises ConfigError."""
    channels = tuple(_built(section, clock) for section in _sections(spot, given, home))
    for channel in channels:
        channel.meet(channels)
    return channels


def _sections(spot: Spot, given: object, home: Path) -> Iterable[Section]:
    for name, table in values.table(spot, given).items():
        place = spot.at(values.name(spot, name))
        if not _NAME.fullmatch(name):
            raise ConfigError(
                f"{spot.file} 的通道名“{values.shown(name)[1:-1]}”不能用：不超过32个字，不含空白、斜线和竖线。"
            )
        yield Section(name, values.table(place, table), home, place)


def _built(section: Section, clock: Clock) -> Channel:
    kind = section.text("kind")
    if kind not in KINDS:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.at('kind').name} 没有“{values.shown(kind)[1:-1]}”这种通道，"
            f"可以写的是：{'、'.join(sorted(KINDS))}。"
        )
    open_channel: Callable[[Section, Clock], Channel] = import_module(KINDS[kind]).open_channel
    channel = open_channel(section, clock)
    section.done()
    return channel
