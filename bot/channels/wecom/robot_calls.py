"""What the platform brings over the long connection: messages, pressed buttons, people who enter, and the word that another
connection has taken this one's place."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.channels.hearing import FILE, Attachment, Ear, Heard, key_of
from bot.channels.redaction import redacted
from bot.channels.wecom.robot_cards import Cards, press_of
from bot.channels.wecom.robot_link import EVENT, MESSAGE, RESPOND, UPDATE, WELCOME, Link
from bot.channels.wecom.robot_streams import Streams, stream_body
from bot.channels.wecom.robot_words import Mention, media_of, quoted_of, text_of
from knowledge.store import StoreError
from scheduler.policy import SHANGHAI

log = logging.getLogger(__name__)

NOT_KEPT = "这条消息现在存不下来，没有处理，请过一会儿再发一次。"
IN_PRIVATE = "群里的文件我收不了，请私聊发给我。"
NOT_READ = "这种消息我看不了，请发文字、文件或图片。"
NAMES = {FILE: "文件"}
PICTURE = "图片.jpg"
FURTHEST = timedelta(days=2)
"""A moment that lies further from ours is not believed."""
DRAINED_WITHIN = 10.0
"""Seconds in which what has come already is kept when the connection ends."""


def heard_of(channel: str, frame: Mapping[str, Any], mention: Mention, now: datetime) -> Heard | None:
    """What a message or an event tells as something that was said; None where it tells nothing of the kind."""
    body = frame.get("body")
    headers = frame.get("headers")
    if not isinstance(body, Mapping) or not isinstance(headers, Mapping):
        return None
    sender = body.get("from")
    person = sender.get("userid") if isinstance(sender, Mapping) else None
    group = body.get("chattype") == "group"
    where = body.get("chatid") if group else person
    if not isinstance(person, str) or not person or not isinstance(where, str) or not where:
        return None
    event = body.get("event")
    card, says = press_of(event) if isinstance(event, Mapping) else ("", "")
    text = says or mention.without(text_of(body)) if group else says or text_of(body).strip()
    ticket: dict[str, object] = {"req_id": headers.get("req_id")} | ({"card": card} if card else {})
    return Heard(
        channel=channel,
        id=_id_of(body, person),
        conversation=key_of(channel, where),
        person=key_of(channel, person),
        text=text,
        at=_moment(body.get("create_time"), now),
        name=person,
        group=group,
        quoted_text=quoted_of(body),
        pressed=bool(says),
        attachments=tuple(_attachment(*one) for one in media_of(body)),
        ticket=ticket,
    )


def _id_of(body: Mapping[str, Any], person: str) -> str:
    """The platform's name of the message; who, when and what where it has none."""
    id = body.get("msgid")
    if isinstance(id, str) and id:
        return id
    what = hashlib.sha256(repr(sorted(body.items(), key=str)).encode("utf-8", "replace")).hexdigest()[:16]
    return f"{person}:{body.get('create_time')}:{what}"


def _moment(seconds: object, now: datetime) -> datetime:
    if type(seconds) is int and 0 < seconds < 4_000_000_000:
        moment = datetime.fromtimestamp(seconds, SHANGHAI)
        if abs(moment - now) < FURTHEST:
            return moment
    return now


def _attachment(kind: str, url: str, key: str) -> Attachment:
    return Attachment(NAMES.get(kind, PICTURE), kind, {"url": url, "aeskey": key})


class Calls:
    """The frames of one connection that are no acknowledgements, attended to in their order.

    `heard` reads one, `name` finds out what files are called. Nothing that came is lost with the connection: the platform
    says nothing twice.
    """

    def __init__(
        self,
        link: Link,
        ear: Ear,
        heard: Callable[[Mapping[str, Any]], Heard | None],
        name: Callable[[Heard], Awaitable[Heard]],
        streams: Streams,
        cards: Cards,
        welcome: str,
    ) -> None:
        self._link, self._ear, self._heard, self._name = link, ear, heard, name
        self._streams, self._cards, self._welcome = streams, cards, welcome
        self._frames: asyncio.Queue[Mapping[str, Any] | None] = asyncio.Queue()
        self._beside: set[asyncio.Task[None]] = set()

    def put(self, frame: Mapping[str, Any] | None) -> None:
        """A frame came; None: no more will."""
        self._frames.put_nowait(frame)

    async def attend(self) -> bool:
        """Attend to frames until there are no more (False) or another connection has taken over (True)."""
        while (frame := await self._frames.get()) is not None:
            if _taken_over(frame):
                return True
            await self._attend(frame)
        return False

    async def close(self) -> None:
        """Attend to what has come already, then leave nothing running."""
        try:
            async with asyncio.timeout(DRAINED_WITHIN):
                while not self._frames.empty():
                    frame = self._frames.get_nowait()
                    if frame is not None and not _taken_over(frame):
                        await self._attend(frame)
                await asyncio.gather(*self._beside, return_exceptions=True)
        except TimeoutError:
            log.warning("what came last over a connection could not be kept in time")
            for task in self._beside:
                task.cancel()

    async def _attend(self, frame: Mapping[str, Any]) -> None:
        """One frame; whatever is wrong with it ends here."""
        try:
            kind = _kind(frame)
            if kind == "enter_chat":
                self._let(self._greet(frame))
            elif kind == "template_card_event":
                await self._press(frame)
            elif kind == MESSAGE:
                await self._message(frame)
            else:
                log.info("a frame that is not for us: %s", redacted(str(frame)[:200]))
        except Exception:
            log.exception("a frame could not be attended to")

    async def _message(self, frame: Mapping[str, Any]) -> None:
        heard = self._heard(frame)
        if heard is None:
            log.warning("a message without sender or conversation: %s", redacted(str(frame)[:200]))
        elif heard.attachments:
            self._let(self._with_files(heard))
        else:
            await self._keep(heard)

    async def _with_files(self, heard: Heard) -> None:
        await self._keep(await self._name(heard))

    async def _keep(self, heard: Heard) -> None:
        id = str(heard.ticket.get("req_id"))
        told = "" if heard.text or heard.quoted_text else self._told_instead(heard)
        self._streams.ask(id)
        try:
            fresh = await self._ear.hear(heard)
        except StoreError:
            log.warning("a message could not be kept; its sender is told")
            fresh, told = True, NOT_KEPT
        if told or not fresh:
            await self._streams.pass_over(id)
        if told and fresh:
            self._let(self._say(RESPOND, stream_body(f"stream_{id}"[:120], told, finish=True), id))

    def _told_instead(self, heard: Heard) -> str:
        """What is said to something without words; empty where the office makes something of it."""
        if heard.attachments:
            return IN_PRIVATE if heard.group else ""
        return self._welcome or NOT_READ

    async def _press(self, frame: Mapping[str, Any]) -> None:
        """A button was pressed: kept first, then the card of whoever pressed it tells so, within the platform's five seconds."""
        heard = self._heard(frame)
        if heard is None or not heard.pressed:
            return
        try:
            await self._ear.hear(heard)
        except StoreError:
            log.warning("a pressed button could not be kept; its card stays as it is")
            return
        card = self._cards.pressed(str(heard.ticket.get("card", "")), heard.text)
        body = {"response_type": "update_template_card", "userids": [heard.name], "template_card": card}
        self._let(self._say(UPDATE, body, str(heard.ticket.get("req_id"))))

    async def _greet(self, frame: Mapping[str, Any]) -> None:
        if self._welcome:
            body = {"msgtype": "text", "text": {"content": self._welcome}}
            await self._say(WELCOME, body, str(frame["headers"]["req_id"]))

    async def _say(self, command: str, body: Mapping[str, Any], id: str) -> None:
        ack = await self._link.ask(command, body, id)
        if ack.code != 0:
            log.warning("%s was not taken: %s", command, ack.raw)

    def _let(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something run beside the rest."""
        task = asyncio.get_running_loop().create_task(work)
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


def _kind(frame: Mapping[str, Any]) -> object:
    """The event's type, else the command."""
    if frame.get("cmd") != EVENT:
        return frame.get("cmd")
    body = frame.get("body")
    event = body.get("event") if isinstance(body, Mapping) else None
    return event.get("eventtype") if isinstance(event, Mapping) else None


def _taken_over(frame: Mapping[str, Any]) -> bool:
    return _kind(frame) == "disconnected_event"
