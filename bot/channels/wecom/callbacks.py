"""What a self-built app is called with, as values: WeCom's pages 90239 and 90240. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256

from bot.channels.envelope import Refused, line
from bot.channels.gate import Fields
from bot.channels.hearing import IMAGE, Attachment, Heard, Tiding, TidingKind, key_of

USER = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
"""A userid; no separator of `touser`."""
EVERYBODY = "@all"
"""What `touser` takes for the whole enterprise; never a person."""
_LATEST = 4_102_444_800
"""2100: a platform's second beyond it is none."""


def is_user(native: str) -> bool:
    """Whether that can be one member's userid."""
    return bool(USER.fullmatch(native)) and native.lower() != EVERYBODY


def moment(fields: Fields) -> datetime:
    """CreateTime. Raises Refused."""
    told = line(fields, "CreateTime")
    if not (told.isascii() and told.isdigit()) or int(told) > _LATEST:
        raise Refused(400, "no CreateTime")
    return datetime.fromtimestamp(int(told), UTC)


def id_of(fields: Fields) -> str:
    """The platform's name for it; an event has none, so that who, when and what stand for it."""
    if found := line(fields, "MsgId"):
        return found[:64]
    who, when, event = line(fields, "FromUserName"), line(fields, "CreateTime"), line(fields, "Event")
    key = sha256(line(fields, "EventKey").encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{who}-{when}-{event}-{key}"


def read(channel: str, fields: Fields) -> Heard | Tiding | None:
    """What was said, pressed, or changed; None for what does not concern us. Raises Refused."""
    who, kind = line(fields, "FromUserName"), line(fields, "MsgType").lower()
    if kind == "event":
        return _event(channel, who, fields)
    if not is_user(who):
        raise Refused(400, "nobody said it")
    text, attachments = _said(kind, fields)
    return _heard(channel, who, fields, text, attachments)


def _heard(channel: str, who: str, fields: Fields, text: str, attachments: tuple[Attachment, ...] = ()) -> Heard:
    me = key_of(channel, who)
    return Heard(channel, id_of(fields), me, me, text, moment(fields), name=who, attachments=attachments)


def _said(kind: str, fields: Fields) -> tuple[str, tuple[Attachment, ...]]:
    if kind == "text":
        return line(fields, "Content"), ()
    if kind == "link":
        return f"{line(fields, 'Title')} {line(fields, 'Url')}".strip(), ()
    if kind == "location":
        return line(fields, "Label"), ()
    if kind == "voice" and (words := line(fields, "Recognition")):
        return words, ()
    name = f"{line(fields, 'MsgId') or kind}.{_ENDINGS.get(kind, kind)}"
    return "", (Attachment(name, IMAGE if kind == "image" else kind, {"media_id": line(fields, "MediaId")}),)


_ENDINGS = {"image": "jpg", "voice": "amr", "video": "mp4", "shortvideo": "mp4"}


def _event(channel: str, who: str, fields: Fields) -> Heard | Tiding | None:
    event = line(fields, "Event").lower()
    if event in _TIDINGS and is_user(who):
        return Tiding(_TIDINGS[event], channel, key_of(channel, who), person=key_of(channel, who))
    if event not in ("click", "template_card_event") or not is_user(who):
        return None
    heard = _heard(channel, who, fields, line(fields, "EventKey"))
    ticket = {"response_code": line(fields, "ResponseCode")} if line(fields, "ResponseCode") else {}
    return Heard(
        channel,
        heard.id,
        heard.conversation,
        heard.person,
        heard.text,
        heard.at,
        heard.name,
        pressed=True,
        ticket=ticket,
    )


_TIDINGS = {"subscribe": TidingKind.JOINED, "unsubscribe": TidingKind.GONE}
