"""群机器人（消息推送）: reminders into 企业微信 groups with no set-up but an address; WeCom's page 99110. Hears nothing."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from hashlib import md5
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.channels.access import code_of
from bot.channels.calling import Caller, Got
from bot.channels.hearing import FILE, IMAGE, File, native_of
from bot.channels.hooks import Hook, HookChannel, hooks_of
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import Capabilities, Dialect, Rate, Scope, Status, Trouble, Verdict
from bot.channels.reactions import Code
from bot.channels.settings import Endpoint, Section
from bot.channels.wecom.app import BASE
from bot.channels.wecom.calls import Calls
from bot.channels.wecom.payloads import LIMIT, MARKDOWN, TEXT, harmless, is_picture, unfit
from bot.clock import Clock
from bot.toml_values import ConfigError
from knowledge.directory import Liaison

PATH = "/cgi-bin/webhook/send"
MARKDOWN_LIMIT = 4096
"""Bytes of a markdown message."""
MOST_PICTURE = 2 * 1024 * 1024
"""Bytes of a picture that is shown as one; a larger one is sent as a file."""
_KEY = re.compile(r"[A-Za-z0-9_-]{8,128}")


def split(address: str) -> tuple[str, str]:
    """Path and key of an address as the group shows it, or of a key alone; no key where it is neither."""
    key = address
    if "?" in address:
        key = next(iter(parse_qs(urlsplit(address).query).get("key", [])), "")
    return PATH, key if _KEY.fullmatch(key) else ""


class WebhookChannel(HookChannel):
    """Posts texts, or markdown where the office chose it; a liaison's id is a userid or a mobile number."""

    platform = "wecom"
    remedies: ClassVar[Mapping[Code, str]] = {
        93000: "地址已失效：机器人被移出了群，或者重新生成了地址；请在群里重新添加“消息推送”，把新地址写进设置。",
    }

    def __init__(
        self, name: str, hooks: Mapping[str, Hook], endpoint: Endpoint, clock: Clock, form: str = TEXT
    ) -> None:
        self._form = form
        self._calls = Calls(min(one.token for one in hooks.values()))
        super().__init__(name, hooks, endpoint, clock)

    def able(self, keyword: int) -> Capabilities:
        """20 messages a minute for each robot. The platform knows no keyword; one that the office wants has its room."""
        marked = self._form == MARKDOWN
        return Capabilities(
            hears=False, hears_group=False, can_mention=True, limit=(MARKDOWN_LIMIT if marked else LIMIT) - keyword,
            rates=(Rate(Scope.CONVERSATION, 20, 60),), files_out=frozenset({FILE, IMAGE}),
            dialect=Dialect.MARKDOWN if marked else Dialect.PLAIN,
        )  # fmt: skip

    def measure(self, text: str) -> int:
        """Bytes of UTF-8; a call counts with its seal, which is more than is posted."""
        return utf8_bytes(harmless(text))

    def mention(self, liaison: Liaison) -> str:
        """Words that call the member; the name where no id is known."""
        return self._calls.call(liaison.id, liaison.name)

    async def say(self, caller: Caller, hook: Hook, text: str, at: datetime) -> Got:
        """Post the text; where its marks are not accepted, once more without them if it fits."""
        if self._form == MARKDOWN:
            got = await self._call(caller, hook, {"msgtype": MARKDOWN, MARKDOWN: {"content": self._calls.marked(text)}})
            if code_of(got) not in _UNSHOWN or utf8_bytes(text) > LIMIT:
                return got
        content, users, mobiles = self._calls.plain(harmless(text))
        called: dict[str, Any] = {"content": content}
        called |= {"mentioned_list": users} if users else {}
        called |= {"mentioned_mobile_list": mobiles} if mobiles else {}
        return await self._call(caller, hook, {"msgtype": TEXT, TEXT: called})

    async def _call(self, caller: Caller, hook: Hook, payload: Mapping[str, Any]) -> Got:
        got = await caller.call("POST", f"{hook.address}?{urlencode({'key': hook.token})}", json=payload)
        # A gateway that got no answer from behind it does not know whether the group was spoken to.
        return Got(None, raw=got.raw) if got.status in (502, 504) else got

    def code_of(self, got: Got) -> Code:
        """`errcode`."""
        return code_of(got)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """A picture in the message itself, any other file by its media id."""
        hook = self._hooks.get(native_of(conversation))
        if hook is None:
            return self._unknown(conversation)
        if fault := unfit(file):
            return fault
        if file.kind == IMAGE and is_picture(file.content) and len(file.content) <= MOST_PICTURE:
            digest = md5(file.content, usedforsecurity=False).hexdigest()
            picture = {"base64": base64.b64encode(file.content).decode(), "md5": digest}
            got = await self._call(self._caller, hook, {"msgtype": "image", "image": picture})
            return got.silent or self._judged(hook, got)
        media = await self._upload(hook, file)
        if isinstance(media, Verdict):
            return media
        got = await self._call(self._caller, hook, {"msgtype": "file", "file": {"media_id": media}})
        return got.silent or self._judged(hook, got)

    async def _upload(self, hook: Hook, file: File) -> str | Verdict:
        """The media id; nothing is shown by an upload, so that one without an answer has failed and no more."""
        address = hook.address.removesuffix("/send") + "/upload_media"
        files = {"media": (file.name, file.content, "application/octet-stream")}
        query = urlencode({"key": hook.token, "type": "file"})
        got = await self._caller.call("POST", f"{address}?{query}", files=files)
        media = got.body.get("media_id")
        if isinstance(media, str) and media and code_of(got) in (0, None):
            return media
        verdict = got.silent or self._judged(hook, got)
        if verdict.status is Status.FAILED:
            return verdict
        return replace(verdict, status=Status.FAILED, trouble=Trouble.SERVER)


_UNSHOWN = (40008, 40058, 44004)
"""Codes that say that a markdown message is none; privately deployed hosts of an older make know no markdown."""


def open_channel(section: Section, clock: Clock) -> WebhookChannel:
    """The channel that a section describes. Raises ConfigError."""
    endpoint = section.endpoint(BASE)
    form = section.text("format", TEXT)
    if form not in (TEXT, MARKDOWN):
        raise ConfigError(f"{section.spot.file} 的 {section.spot.at('format').name} 可以写的是：{TEXT}、{MARKDOWN}。")
    return WebhookChannel(section.name, hooks_of(section, endpoint, split), endpoint, clock, form)
