"""[server] of the settings: where callbacks come in."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.channels.settings import Section
from bot.toml_values import ConfigError, Spot

_PREFIX = re.compile(r"(?:/[\w.~-]{1,40}){0,4}")


@dataclass(frozen=True, slots=True)
class ServerConfig:
    """[server]: `host` and `port` to listen at; `prefix` stands before every path, as a proxy hands it on; `proxied`: a proxy
    with TLS stands before it, so that an address of the network may be listened at; `token` is asked for at /metrics and
    /health by whoever is not on this machine, empty: nobody else gets them. `given`: the office wrote it."""

    host: str = "127.0.0.1"
    port: int = 8080
    prefix: str = ""
    proxied: bool = False
    token: str = ""
    given: bool = False

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def address(self) -> str:
        """http://127.0.0.1:8080/qiantou, as it is reached on this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}{self.prefix}"


def server_of(spot: Spot, given: Mapping[str, object], home: Path) -> ServerConfig:
    """[server] as it stands in the file. Raises ConfigError: a callback carries what only the platform and the office may read,
    so that without TLS before it nothing listens to the network."""
    section = Section("server", given, home, spot, _asked=[])
    found = ServerConfig(
        section.text("host", "127.0.0.1"),
        section.number("port", 8080, 1, 65535, "端口"),
        section.text("prefix", "").rstrip("/"),
        section.flag("proxied", False),
        section.secret("token", ""),
        bool(given),
    )
    section.done()
    if not _PREFIX.fullmatch(found.prefix):
        raise ConfigError(f'{spot.file} 的 {spot.at("prefix").name} 应写成 "/qiantou" 这样的路径，或不写。')
    if not (found.local or found.proxied):
        raise ConfigError(
            f"{spot.file} 的 {spot.at('host').name} 是“{found.host}”，会让网络上的人直接连到这里；平台回调必须经过 HTTPS。"
            "请改回 127.0.0.1 并在前面放反向代理，或在确有 HTTPS 反向代理时写上 proxied = true。"
        )
    return found
