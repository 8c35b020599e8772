"""智能机器人 of 企业微信 over the long connection: asked in groups and in private, reminders pushed, buttons, files both ways.

Rules: docs 100719 and 101463 and the official SDK 1.0.7. What a group is told of files does not reach a robot: they come
in private chat. One robot has one connection; whoever connects second takes it from the first.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.channels.calling import Caller, TooMuch
from bot.channels.hearing import (
    FILE,
    IMAGE,
    Attachment,
    AttachmentError,
    Ear,
    File,
    Heard,
    Tiding,
    TidingKind,
    native_of,
)
from bot.channels.measures import utf8_bytes
from bot.channels.protocol import (
    Button,
    Capabilities,
    Channel,
    Disconnected,
    Rate,
    Status,
    Trouble,
    Verdict,
    too_long,
)
from bot.channels.reactions import react, trouble_of
from bot.channels.settings import Endpoint
from bot.channels.wecom import robot_media as media
from bot.channels.wecom.robot_calls import Calls, heard_of
from bot.channels.wecom.robot_cards import MOST_BUTTONS, Cards, card_of, name_of
from bot.channels.wecom.robot_link import (
    SEND,
    SUBSCRIBE,
    UPLOAD_CHUNK,
    UPLOAD_FINISH,
    UPLOAD_INIT,
    Ack,
    Link,
    Times,
)
from bot.channels.wecom.robot_streams import Streams
from bot.channels.wecom.robot_words import Mention, plain
from bot.clock import Clock
from knowledge.directory import Liaison
from knowledge.store import StoreError

log = logging.getLogger(__name__)

ANSWERED_WITHIN = timedelta(minutes=5, seconds=30)
"""How old a question may be to be answered under its own id; the platform allows six minutes."""
STALE = (846605, 846608)
"""The id is not (any more) one that can be answered: the answer is pushed."""
PASSING = (Trouble.RATE, Trouble.SERVER, Trouble.SILENCE)
REFUSALS = 5
"""Refused subscriptions in a row after which it is given up."""
HANDED_WITHIN = 25.0
"""Seconds for a file to go up; less than `bot.voice.POST_TIMEOUT`."""
PIECE_TRIES = 3
OFFLINE = "现在没有连上企业微信，没有发送"


@dataclass(frozen=True, slots=True)
class Account:
    """A robot: its id, its secret, and the name it is mentioned by."""

    bot: str
    secret: str = field(repr=False)
    display: str


class RobotChannel(Channel):
    """One smart robot. `times` and `refusals` are for tests to be quick."""

    def __init__(
        self,
        name: str,
        account: Account,
        endpoint: Endpoint,
        clock: Clock,
        rates: tuple[Rate, ...] = (),
        limit: int = 20480,
        welcome: str = "",
        times: Times | None = None,
        refusals: int = REFUSALS,
    ) -> None:
        self.name, self.credential = name, f"wecom-robot {account.bot}"
        self.capabilities = Capabilities(
            needs_mention=True, limit=limit, rates=rates, files_in=frozenset({FILE, IMAGE}),
            files_out=frozenset({FILE, IMAGE}), buttons=MOST_BUTTONS,
        )  # fmt: skip
        self._account, self._endpoint, self._clock = account, endpoint, clock
        self._times, self._refusals, self._welcome = times or Times(), refusals, welcome
        self._hidden = (account.secret,)
        self._mention = Mention(account.display)
        self._caller = Caller(replace(endpoint, base=""), self._hidden)
        self._link: Link | None = None
        self._ready = asyncio.Event()
        self._stopped: Disconnected | None = None
        self._refused = 0
        self._cards = Cards()
        self._streams = Streams(self._respond, self._times.slow)

    def measure(self, text: str) -> int:
        """Bytes of UTF-8 as they are sent: what would turn into marks is written with signs three bytes long."""
        return utf8_bytes(plain(text))

    def mention(self, liaison: Liaison) -> str:
        """The name: how a robot names a member is not documented."""
        return liaison.name

    # ------------------------------------------------------------ speaking
    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Push a text; with buttons as a card, after the text where a card has no room for all of it."""
        if refusal := too_long(self, text):
            return refusal
        if not buttons:
            return await self._push(conversation, _markdown(text), key)
        name = name_of(key, int(self._clock.now().timestamp() * 1000), secrets.token_hex(3))
        card, whole = card_of(name, text, buttons)
        if not whole:
            said = await self._push(conversation, _markdown(text), key)
            if said.status is not Status.SENT:
                return said
        self._cards.keep(card)
        shown = await self._push(conversation, {"msgtype": "template_card", "template_card": card.shape()}, key)
        if not whole:
            return said if shown.status is Status.SENT else replace(said, raw=f"{said.raw}；按钮没有发出：{shown.raw}")
        if shown.status is Status.FAILED and shown.trouble in (Trouble.CONTENT, Trouble.SERVER):
            return await self._push(conversation, _markdown(text), key)  # better without buttons than not at all
        return shown

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """Answer within the question's own stream; where that cannot be, as a push."""
        if refusal := too_long(self, text):
            return refusal
        id = heard.ticket.get("req_id")
        if isinstance(id, str) and not heard.pressed and self._clock.now() - heard.at < ANSWERED_WITHIN:
            ack = await self._streams.answer(id, plain(text))
            if ack is not None and ack.left and ack.code not in STALE:
                return self._judged(ack, heard.conversation)
        return await self.post(heard.conversation, text, key)

    async def pass_over(self, heard: Heard) -> None:
        """Nobody waits for an answer any more."""
        await self._streams.pass_over(str(heard.ticket.get("req_id")))

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Upload a file and push it."""
        if why := media.unfit(file):
            return Verdict(Status.FAILED, why, permanent=True, trouble=Trouble.CONTENT)
        link = await self._linked()
        if isinstance(link, Verdict):
            return link
        try:
            async with asyncio.timeout(HANDED_WITHIN):
                uploaded = await self._uploaded(link, file)
        except TimeoutError:
            return Verdict(Status.FAILED, "文件没有在时限内传完，没有发送", trouble=Trouble.SERVER)
        id = uploaded.body.get("media_id")
        if uploaded.code != 0 or not isinstance(id, str):
            return self._judged(replace(uploaded, left=False), conversation)  # nothing is shown before it is pushed
        return await self._push(conversation, {"msgtype": file.kind, file.kind: {"media_id": id}}, key)

    async def _uploaded(self, link: Link, file: File) -> Ack:
        """The last acknowledgement: of the piece that failed, or the one with the id of the whole."""
        ack = await link.ask(UPLOAD_INIT, media.opening(file))
        upload = ack.body.get("upload_id")
        if ack.code != 0 or not isinstance(upload, str):
            return ack if ack.code else replace(ack, code=None)
        for piece in media.pieces(file, upload):
            for _ in range(PIECE_TRIES):
                ack = await link.ask(UPLOAD_CHUNK, piece)
                if ack.code == 0:
                    break
            else:
                return ack
        return await link.ask(UPLOAD_FINISH, {"upload_id": upload})

    async def _push(self, conversation: str, body: Mapping[str, Any], key: str) -> Verdict:
        link = await self._linked()
        if isinstance(link, Verdict):
            return link
        ack = await link.ask(
            SEND, {"chatid": native_of(conversation), **body}, late=lambda ack: self._came_late(key, ack, conversation)
        )
        return self._judged(ack, conversation)

    async def _respond(self, command: str, body: Mapping[str, Any], id: str) -> Ack:
        link = await self._linked()
        if isinstance(link, Verdict):
            return Ack(None, link.raw, left=False)
        return await link.ask(command, body, id)

    async def _linked(self) -> Link | Verdict:
        """The connection, once there is one; else the verdict on what cannot be said now."""
        if self._stopped is not None:
            return Verdict(Status.FAILED, f"{self._stopped}", trouble=Trouble.AUTH, alarm=self._stopped.alarm)
        if self._link is None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._times.link):
                    await self._ready.wait()
        return self._link or Verdict(Status.FAILED, OFFLINE, trouble=Trouble.SERVER)

    def _judged(self, ack: Ack, conversation: str) -> Verdict:
        if ack.code == 0:
            id = ack.body.get("msgid")
            return Verdict(Status.SENT, ack.raw, id if isinstance(id, str) else "")
        if ack.code is None:
            if ack.left:
                return Verdict(Status.UNKNOWN, ack.raw, trouble=Trouble.SILENCE)
            return Verdict(Status.FAILED, ack.raw, trouble=Trouble.SERVER)
        # A text is as plain as it can be already: what is refused once is refused for good.
        verdict = react("wecom", ack.code, ack.raw, met=(Trouble.CONTENT,)).verdict
        if verdict.trouble is not Trouble.TARGET:
            return verdict
        return replace(verdict, alarm=NOT_THERE.format(name=self.name, where=native_of(conversation), raw=ack.raw[:60]))

    def _came_late(self, key: str, ack: Ack, conversation: str) -> None:
        if self.late is None:
            return
        try:
            self.late(key, self._judged(ack, conversation))
        except StoreError as error:
            log.warning("a late answer could not be written down: %s", error)

    # ------------------------------------------------------------ hearing
    async def listen(self, ear: Ear) -> None:
        """One connection, from subscribing to its end."""
        link = await Link.opened(self._endpoint, self._clock, self._times, self._hidden)
        calls = Calls(link, ear, self._heard, self._name_files, self._streams, self._cards, self._welcome)
        reading = asyncio.create_task(link.run(calls.put))
        reading.add_done_callback(lambda _: calls.put(None))
        try:
            await self._subscribe(link)
            self._link, self._stopped = link, None
            self._ready.set()
            await ear.tell(Tiding(TidingKind.ONLINE, self.name))
            if await calls.attend():
                self._stopped = Disconnected(TAKEN_OVER, Trouble.AUTH, ELSEWHERE.format(name=self.name))
                raise self._stopped
            await reading
        finally:
            self._link = None
            self._ready.clear()
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            await calls.close()

    async def _subscribe(self, link: Link) -> None:
        """Raises Disconnected: for good after so many refusals of id and secret in a row."""
        ack = await link.ask(SUBSCRIBE, {"bot_id": self._account.bot, "secret": self._account.secret})
        if ack.code == 0:
            self._refused = 0
            return
        told = f"{ack.code} {ack.message}" if ack.code is not None else ack.raw
        raw = f"企业微信没有接受机器人（{told}）"
        if ack.code in (None, -1) or trouble_of("wecom", ack.code) is Trouble.RATE:
            raise Disconnected(raw)
        self._refused += 1
        final = self._refused >= self._refusals
        gone = Disconnected(raw, Trouble.AUTH if final else Trouble.SERVER, REFUSED.format(name=self.name))
        if final:
            self._refused, self._stopped = 0, gone
        raise gone

    def _heard(self, frame: Mapping[str, Any]) -> Heard | None:
        return heard_of(self.name, frame, self._mention, self._clock.now())

    # ------------------------------------------------------------ files
    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """The file, opened with the message's own key; the address lives for some minutes only."""
        url, key = str(attachment.ticket.get("url", "")), str(attachment.ticket.get("aeskey", ""))
        if not self._allowed(url):
            raise AttachmentError(GONE.format(name=attachment.name))
        try:
            encrypted = await self._caller.download(url, most + media.BLOCK)
        except TooMuch:
            raise AttachmentError(LARGE.format(name=attachment.name, most=most / 1024 / 1024)) from None
        except Exception as error:  # noqa: BLE001 - whatever the network does, one sentence
            log.warning("an attachment was not had: %s", type(error).__name__)
            raise AttachmentError(GONE.format(name=attachment.name)) from None
        content = await asyncio.to_thread(media.opened, encrypted, key, attachment.name)
        if len(content) > most:
            raise AttachmentError(LARGE.format(name=attachment.name, most=most / 1024 / 1024))
        return content

    def _allowed(self, url: str) -> bool:
        return url.startswith("https://") or (url.startswith("http://") and self._endpoint.base.startswith("ws://"))

    async def _name_files(self, heard: Heard) -> Heard:
        """With the files' names: only the place where they lie knows them."""
        named = await asyncio.gather(*(self._named(one) for one in heard.attachments))
        return replace(heard, attachments=tuple(named))

    async def _named(self, attachment: Attachment) -> Attachment:
        url = str(attachment.ticket.get("url", ""))
        if not self._allowed(url):
            return attachment
        try:
            async with asyncio.timeout(self._times.name):
                headers = await self._caller.peek(url)
        except Exception as error:  # noqa: BLE001 - a name is not worth a message
            log.warning("a file keeps its kind for a name: %s", type(error).__name__)
            return attachment
        return replace(attachment, name=media.name_in(headers.get("content-disposition", "")) or attachment.name)

    async def close(self) -> None:
        """Let go of everything; what listens is cancelled by whoever began it."""
        await self._streams.close()
        if self._link is not None:
            await self._link.close()
        await self._caller.close()


def _markdown(text: str) -> dict[str, Any]:
    return {"msgtype": "markdown", "markdown": {"content": plain(text)}}


TAKEN_OVER = "另一个程序连上了同一个机器人（disconnected_event）"
ELSEWHERE = "通道“{name}”：另一个程序在用同一个机器人，本程序已让出连接，不再收发；请查清还有哪台机器在用，只留一个，再重新启动。"
REFUSED = "通道“{name}”：企业微信不认机器人的 Bot ID 或 Secret，没有连上；请在机器人的“API 配置”里核对或重新获取，改好后重新启动。"
NOT_THERE = (
    "通道“{name}”的会话“{where}”发不进去（{raw}）：机器人可能已被移出，或会话号的大小写抄错；请把机器人重新拉进群，"
    "再在群里重新绑定。"
)
GONE = "附件“{name}”取不到：企业微信只保留几分钟，请重新发一次。"
LARGE = "附件“{name}”超过{most:.0f}兆，没有收下，请拆分或压缩后再发。"
