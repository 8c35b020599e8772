"""What a 公众号 is called with, as values. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.channels.elements import id_of, moment, said
from bot.channels.envelope import Refused, line
from bot.channels.gate import Fields
from bot.channels.hearing import Heard, key_of

OPENID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Letter:
    """来函: who wrote, what is to be heard of it, and whether the writer has only now followed the account."""

    writer: str
    account: str
    heard: Heard | None = None
    fresh: bool = False


def read(channel: str, fields: Fields) -> Letter:
    """What was said, pressed, or changed. Raises Refused."""
    writer, kind = line(fields, "FromUserName"), line(fields, "MsgType").lower()
    if "Encrypt" in fields and not writer:
        raise Refused(400, "the account is in safe mode, and the settings have no aes_key")
    if not OPENID.fullmatch(writer) or not kind:
        raise Refused(400, "nobody wrote it")
    account = line(fields, "ToUserName")
    if kind == "event":
        return _event(channel, writer, account, fields)
    text, attachments = said(kind, fields)
    me = key_of(channel, writer)
    heard = Heard(channel, id_of(fields), me, me, text, moment(fields), attachments=attachments)
    return Letter(writer, account, heard)


def _event(channel: str, writer: str, account: str, fields: Fields) -> Letter:
    me, event = key_of(channel, writer), line(fields, "Event").lower()
    if event == "click":
        heard = Heard(channel, id_of(fields), me, me, line(fields, "EventKey"), moment(fields), pressed=True)
        return Letter(writer, account, heard)
    return Letter(writer, account, fresh=event == "subscribe")  # who leaves shows when they are spoken to
