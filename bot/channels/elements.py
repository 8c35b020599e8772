"""来函: the elements that the messages of 企业微信 and 公众号 have in common. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

from bot.channels.envelope import Refused, line
from bot.channels.gate import Fields
from bot.channels.hearing import IMAGE, Attachment

_LATEST = 4_102_444_800
"""2100: a platform's second beyond it is none."""
_ENDINGS = {"image": "jpg", "voice": "amr", "video": "mp4", "shortvideo": "mp4"}


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


def said(kind: str, fields: Fields) -> tuple[str, tuple[Attachment, ...]]:
    """The words and the files of a message of this kind; what was spoken is words where the platform has recognised it."""
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
