"""What a self-built app is called with, as values: WeCom's pages 90239 and 90240. Pure."""

from __future__ import annotations

import re

from bot.channels.elements import id_of, moment, said
from bot.channels.envelope import Refused, line
from bot.channels.gate import Fields
from bot.channels.hearing import Attachment, Heard, key_of

USER = re.compile(r"[A-Za-z0-9_.@-]{1,64}")
"""A userid; no separator of `touser`."""
EVERYBODY = "@all"
"""What `touser` takes for the whole enterprise; never a person."""


def is_user(native: str) -> bool:
    """Whether that can be one member's userid."""
    return bool(USER.fullmatch(native)) and native.lower() != EVERYBODY


def read(channel: str, fields: Fields) -> Heard | None:
    """What was said or pressed; None for what does not concern us: who comes and goes shows when they are spoken to. Raises
    Refused."""
    who, kind = line(fields, "FromUserName"), line(fields, "MsgType").lower()
    if kind == "event":
        return _event(channel, who, fields)
    if not is_user(who):
        raise Refused(400, "nobody said it")
    text, attachments = said(kind, fields)
    return _heard(channel, who, fields, text, attachments)


def _heard(channel: str, who: str, fields: Fields, text: str, attachments: tuple[Attachment, ...] = ()) -> Heard:
    me = key_of(channel, who)
    return Heard(channel, id_of(fields), me, me, text, moment(fields), name=who, attachments=attachments)


def _event(channel: str, who: str, fields: Fields) -> Heard | None:
    event = line(fields, "Event").lower()
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
