"""The official QQ bot (API v2): hears when it is named in a group and in private, answers, and speaks unasked where it may."""

from __future__ import annotations

import base64
import logging
import re
from dataclasses import replace
from urllib.parse import quote

import httpx

from bot.channels.calling import Caller, TooMuch
from bot.channels.hearing import (
    IMAGE,
    Attachment,
    AttachmentError,
    Ear,
    File,
    Heard,
    Tiding,
    TidingKind,
    key_of,
    native_of,
)
from bot.channels.measures import characters
from bot.channels.protocol import (
    Button,
    Capabilities,
    Channel,
    Rate,
    Scope,
    Status,
    Trouble,
    Verdict,
    too_long,
)
from bot.channels.qq.memories import Recent
from bot.channels.qq.official_api import ALARMS, DUPLICATE, EXPIRED, LINKS, NO_PUSH, Api, Returned
from bot.channels.qq.official_events import GROUP, understood
from bot.channels.qq.official_gateway import Gateway
from bot.channels.qq.official_replies import Window, Windows
from bot.clock import Clock
from knowledge.directory import Liaison

log = logging.getLogger(__name__)

LIMIT = 2000
"""Characters of a message; ours, the platform names no number."""
MOST_IMAGE = 10 * 1024 * 1024
CAPABILITIES = Capabilities(
    hears_group=True,
    needs_mention=True,
    limit=LIMIT,
    rates=(Rate(Scope.CONVERSATION, 20, 60),),
    files_in=frozenset({IMAGE}),
    files_out=frozenset({IMAGE}),
)
TEXT, MEDIA = 0, 7
REPLY_ONLY = Verdict(
    Status.FAILED,
    "平台先前说过这里不能主动发言，没有再试",
    permanent=True,
    trouble=Trouble.TARGET,
    alarm=ALARMS[40034102],
)
_LINK = re.compile(r"(?:https?://|www\.)[^\s，。；、）)】》“”\"]+", re.IGNORECASE)
NO_LINK = "（链接略，QQ 平台不收）"


class QQBotChannel(Channel):
    """One AppID. Conversations are group:group_openid and private:user_openid; persons are union_openids, where the platform gives
    none another openid in each conversation.

    `gateway` is None where the platform calls us instead (`QQBotWebhook`).
    """

    capabilities = CAPABILITIES

    def __init__(self, name: str, app: str, api: Api, gateway: Gateway | None, downloads: Caller, clock: Clock) -> None:
        self.name, self.credential = name, f"qq-bot:{app}"
        self._api, self._gateway = api, gateway
        self._downloads, self._clock = downloads, clock
        self._windows = Windows()
        self._reply_only: Recent[str, bool] = Recent()
        self.ear: Ear | None = None

    def measure(self, text: str) -> int:
        """Characters."""
        return characters(text)

    # ------------------------------------------------------------ speaking
    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Speak unasked. Whether that is allowed in a group shows only when it is tried: where it is not, the message goes as
        an answer to what somebody just said, if somebody did, and else not at all."""
        return too_long(self, text) or await self._spoken(
            native_of(conversation), {"msg_type": TEXT, "content": text}, key
        )

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """Answer what was said, within the platform's time and number; later, speak unasked."""
        if refusal := too_long(self, text):
            return refusal
        body = {"msg_type": TEXT, "content": text}
        window = self._windows.of(heard, min(heard.at, self._clock.now()))
        where = native_of(heard.conversation)
        return await self._passive(where, body, key, window) or await self._pushed(where, body)

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Hand out a picture."""
        if file.kind != IMAGE or len(file.content) > MOST_IMAGE:
            raw = f"“{file.name}”不是图片或超过10兆，QQ 官方机器人发不了"
            return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT, alarm="")
        upload = {"file_type": 1, "srv_send_msg": False, "file_data": base64.b64encode(file.content).decode("ascii")}
        where = native_of(conversation)
        returned = await self._api.call("POST", f"{_path(where)}/files", upload)
        ticket = returned.values.get("file_info")
        if not isinstance(ticket, str):
            # A picture that was not taken in was shown to nobody, whatever became of the call.
            verdict = returned.verdict
            return replace(verdict, status=Status.FAILED, trouble=verdict.trouble or Trouble.SERVER)
        return await self._spoken(where, {"msg_type": MEDIA, "media": {"file_info": ticket}, "content": " "}, key)

    async def _spoken(self, where: str, body: dict[str, object], key: str) -> Verdict:
        """Unasked where that is not known to be refused, else as an answer where a window is open."""
        refused = REPLY_ONLY if where in self._reply_only else None
        if refused is None:
            verdict = await self._pushed(where, body)
            if where not in self._reply_only:
                return verdict
            refused = verdict
        window = self._windows.latest(where)
        return (window and await self._passive(where, body, key, window)) or refused

    async def _pushed(self, where: str, body: dict[str, object]) -> Verdict:
        if where in self._reply_only:
            return REPLY_ONLY
        returned = await self._said(where, body)
        if returned.code in NO_PUSH:
            self._reply_only.keep(where, True)
            await self._tell(Tiding(TidingKind.MUTED, self.name, key_of(self.name, where)))
        return returned.verdict

    async def _passive(self, where: str, body: dict[str, object], key: str, window: Window) -> Verdict | None:
        """As an answer; None where it is too late for that, or there were too many. Without an answer from the platform the
        same is said once more under the same number: the platform shows it once, and tells whether it stood already."""
        number = window.number(key, self._clock.now())
        if number is None:
            return None
        numbered = body | {"msg_id": window.message, "msg_seq": number}
        returned = await self._said(where, numbered)
        if returned.verdict.status is Status.UNKNOWN and returned.code is None and not returned.values:
            returned = await self._said(where, numbered)
        if returned.code == DUPLICATE:
            return Verdict(Status.SENT, f"同一条答复平台已经收下：{returned.verdict.raw}")
        if returned.code in EXPIRED:
            self._windows.shut(window, self._clock.now())
            return None if where not in self._reply_only else returned.verdict
        return returned.verdict

    async def _said(self, where: str, body: dict[str, object]) -> Returned:
        """One message; one with links that are refused goes once more without them."""
        path = f"{_path(where)}/messages"
        returned = await self._api.call("POST", path, body)
        content = str(body.get("content", ""))
        if returned.code in LINKS and (plain := _LINK.sub(NO_LINK, content)) != content:
            returned = await self._api.call("POST", path, body | {"content": plain})
        return returned

    def mention(self, liaison: Liaison) -> str:
        """The name: the bot cannot call anybody."""
        return liaison.name

    # ------------------------------------------------------------ hearing
    async def listen(self, ear: Ear) -> None:
        """Through the gateway until the connection ends (Disconnected); where the platform calls us, there is nothing to do."""
        self.ear = ear
        if self._gateway is not None:
            await self._gateway.run(self.dispatch, self.greeted)

    async def greeted(self) -> None:
        """The platform has let us in."""
        await self._tell(Tiding(TidingKind.ONLINE, self.name))

    async def dispatch(self, kind: str, told: object) -> None:
        """An event of the platform. When this returns, what was heard survives a crash. Raises StoreError."""
        found = understood(kind, told, self.name, self._gateway.own if self._gateway is not None else "")
        if isinstance(found, Heard):
            self._windows.of(found, self._clock.now())
            if self.ear is not None:
                await self.ear.hear(found)
        elif isinstance(found, Tiding):
            if found.kind in (TidingKind.UNMUTED, TidingKind.JOINED):
                self._reply_only.forget(native_of(found.conversation))
            elif found.kind is TidingKind.MUTED:
                self._reply_only.keep(native_of(found.conversation), True)
            await self._tell(found)

    async def _tell(self, tiding: Tiding) -> None:
        if self.ear is not None:
            await self.ear.tell(tiding)

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """The bytes of a picture. Raises AttachmentError."""
        try:
            return await self._downloads.download(str(attachment.ticket.get("url") or ""), most)
        except TooMuch:
            raise AttachmentError(f"“{attachment.name}”超过{most // 1_000_000}兆，没有取；请压缩后再发。") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            log.warning("channel %s: %s could not be had: %s", self.name, attachment.name, type(error).__name__)
            raise AttachmentError(f"“{attachment.name}”取不下来，可能已经过期；请重新发一次。") from None

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        await self._api.close()
        await self._downloads.close()


def _path(where: str) -> str:
    """The address of a conversation (its native id)."""
    kind, _, number = where.partition(":")
    return f"/v2/{'groups' if kind == GROUP else 'users'}/{quote(number, safe='')}"
