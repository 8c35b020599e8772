"""其他平台: whatever the library apprise knows, for groups without a channel of ours. Its word is weak: it tells that a message was
handed over, never that it arrived, so nothing is ever called sent here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from bot.channels.hearing import key_of, native_of
from bot.channels.measures import characters
from bot.channels.protocol import Button, Capabilities, Channel, Rate, Scope, Status, Trouble, Verdict, too_long
from bot.channels.settings import Section
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

HANDED = "apprise 说已交给对方的服务；它不转达平台的答复，有没有送到不清楚"
NOT_HANDED = "apprise 说没有交成；它不说原因，也可能交出去以后才断开"
SHORTEST = 200
"""Characters that a place must take at least to be of use."""


class AppriseChannel(Channel):
    """`places` lead from a conversation's name to an apprise object with its address."""

    def __init__(self, name: str, places: Mapping[str, Any]) -> None:
        self.name = self.credential = name
        limits = [one.body_maxlen for place in places.values() for one in place]
        self.capabilities = Capabilities(
            hears=False, hears_group=False, limit=min(limits), rates=(Rate(Scope.CONVERSATION, 20, 60),)
        )
        self._places = places

    def account(self, conversation: str) -> str:
        """Each address stands for itself."""
        return key_of(self.name, native_of(conversation))

    def measure(self, text: str) -> int:
        """Characters, as the library counts."""
        return characters(text)

    def mention(self, liaison: Liaison) -> str:
        """The name."""
        return liaison.name

    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Hand the text to the library. Always UNKNOWN where it was asked; with an alarm where it says no."""
        if refusal := too_long(self, text):
            return refusal
        place = self._places.get(native_of(conversation))
        if place is None:
            alarm = f"通道“{self.name}”的设置里没有“{native_of(conversation)}”这个去处，消息没有发出；请补上。"
            return Verdict(Status.FAILED, "设置里没有这个去处", permanent=True, trouble=Trouble.TARGET, alarm=alarm)
        if await asyncio.to_thread(_handed, place, text):
            return Verdict(Status.UNKNOWN, HANDED, trouble=Trouble.SILENCE)
        alarm = (
            f"通道“{self.name}”的“{native_of(conversation)}”可能发不出去（{NOT_HANDED}）；请核对地址并到群里看一眼。"
        )
        return Verdict(Status.UNKNOWN, NOT_HANDED, trouble=Trouble.SILENCE, alarm=alarm)

    async def close(self) -> None:
        """The library keeps nothing open."""


def _handed(place: Any, text: str) -> bool:
    """The library's word; it sends before this returns."""
    return bool(place.notify(body=text, body_format="text"))


def open_channel(section: Section, clock: Clock) -> AppriseChannel:
    """The channel that a section describes: [channels.NAME.groups.GROUP] with `url`, the library's address. Raises ConfigError."""
    try:
        import apprise
    except ImportError:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 要用 apprise，这台机器上没有装；请先安装附加组件 notify（pip install 'qiantou[notify]'）。"
        ) from None
    for key in ("base", "ca", "proxy"):
        if key in section.given:
            raise ConfigError(
                f"{section.spot.file} 的 {section.spot.name} 不能写 {key}：地址和证书都由 apprise 的 url 决定。"
            )
    logging.getLogger("apprise").setLevel(logging.WARNING)  # what it tells of each request holds addresses
    places = {one.name: _place(one, apprise.Apprise()) for one in section.sections("groups")}
    if not places:
        raise ConfigError(
            f"{section.spot.file} 的 {section.spot.name} 没有写去处，请写一节 [{section.spot.name}.groups.名称]，里面写 url。"
        )
    return AppriseChannel(section.name, places)


def _place(section: Section, place: Any) -> Any:
    spot = section.spot.at("url")
    if not place.add(section.secret("url")):
        raise ConfigError(f"{section.spot.file} 的 {spot.name} apprise 不认识，请对照它的说明改写。")
    if min(one.body_maxlen for one in place) < SHORTEST:
        raise ConfigError(f"{section.spot.file} 的 {spot.name} 一次只收不到{SHORTEST}个字，放不下提醒，请换一个去处。")
    section.done()
    return place
