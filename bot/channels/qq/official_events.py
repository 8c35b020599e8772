"""What an event of the official QQ bot (API v2) means: a payload as it came → a value. Pure, for gateway and webhook alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.channels.hearing import FILE, IMAGE, Attachment, Heard, Tiding, TidingKind, key_of
from bot.channels.qq.segments import identifier
from scheduler.policy import SHANGHAI

GROUP, PRIVATE = "group", "private"
LONGEST = 20_000
MOST_FILES = 20
LONGEST_QUOTE = 500
_MESSAGES = ("GROUP_AT_MESSAGE_CREATE", "GROUP_MESSAGE_CREATE", "C2C_MESSAGE_CREATE")
# What the platform tells of groups and of persons in private; REJECT and RECEIVE: their owners switched pushes off and on.
_TIDINGS = {
    "GROUP_ADD_ROBOT": TidingKind.JOINED,
    "GROUP_DEL_ROBOT": TidingKind.GONE,
    "GROUP_MSG_REJECT": TidingKind.MUTED,
    "GROUP_MSG_RECEIVE": TidingKind.UNMUTED,
    "FRIEND_ADD": TidingKind.JOINED,
    "FRIEND_DEL": TidingKind.GONE,
    "C2C_MSG_REJECT": TidingKind.MUTED,
    "C2C_MSG_RECEIVE": TidingKind.UNMUTED,
}


def understood(kind: object, told: object, channel: str, own: str = "") -> Heard | Tiding | None:
    """What an event of this kind (`t`) with these values (`d`) means to the channel of this name; None: nothing. `own` is the
    bot's id in mentions, where it is known."""
    if not isinstance(told, Mapping) or not isinstance(kind, str):
        return None
    where = _conversation(told)
    if where and kind in _TIDINGS:
        return Tiding(_TIDINGS[kind], channel, key_of(channel, where))
    return _message(kind, told, channel, where, own) if where and kind in _MESSAGES else None


def _conversation(told: Mapping[str, Any]) -> str:
    """The native id: group_openid, or the openid of the person in private."""
    group = identifier(told.get("group_openid"))
    if group:
        return f"{GROUP}:{group}"
    author = told.get("author")
    person = identifier(author.get("user_openid")) if isinstance(author, Mapping) else identifier(told.get("openid"))
    return f"{PRIVATE}:{person}" if person else ""


def _message(kind: str, told: Mapping[str, Any], channel: str, where: str, own: str) -> Heard | None:
    author, number = told.get("author"), identifier(told.get("id"))
    known: Mapping[str, Any] = author if isinstance(author, Mapping) else {}
    grouped = where.startswith(GROUP)
    # The id that is one and the same in private and in every group, where the platform gives it; else that of this conversation.
    person = identifier(known.get("union_openid") or known.get("member_openid" if grouped else "user_openid"))
    if not number or not person or known.get("bot") is True:
        return None
    content, named = identifier(told.get("content"))[:LONGEST], _names_us(told.get("mentions"), own)
    for id in named:
        content = content.replace(f"<@!{id}>", "").replace(f"<@{id}>", "")
    reference = told.get("message_reference")
    return Heard(
        channel=channel,
        id=number,
        conversation=key_of(channel, where),
        person=key_of(channel, person),
        name=identifier(known.get("username"))[:100],
        text=content.strip(),
        at=moment(told.get("timestamp")),
        group=grouped,
        mentioned=kind != "GROUP_MESSAGE_CREATE" or bool(named),
        quoted=identifier(reference.get("message_id")) if isinstance(reference, Mapping) else "",
        quoted_text=_quoted_text(told.get("msg_elements")),
        attachments=_attachments(told.get("attachments")),
        ticket={"msg_id": number},
    )


def _names_us(mentions: object, own: str) -> tuple[str, ...]:
    """The ids under which a message names us; naming everybody is naming nobody."""
    named = [one for one in mentions if isinstance(one, Mapping)] if isinstance(mentions, list) else []
    ours = [
        one
        for one in named
        if one.get("scope") != "all" and (one.get("is_you") is True or (own and one.get("id") == own))
    ]
    ids = [identifier(one.get(key)) for one in ours for key in ("id", "member_openid")]
    return tuple(dict.fromkeys(id for id in ids if id))


def _quoted_text(elements: object) -> str:
    """The words of the message that is quoted, where the platform tells them."""
    first = elements[0] if isinstance(elements, list) and elements else None
    return identifier(first.get("content"))[:LONGEST_QUOTE].strip() if isinstance(first, Mapping) else ""


def _attachments(given: object) -> tuple[Attachment, ...]:
    found = []
    for one in given[:MOST_FILES] if isinstance(given, list) else []:
        if isinstance(one, Mapping) and identifier(one.get("url")):
            picture = identifier(one.get("content_type")).startswith("image")
            url = identifier(one["url"])
            name = identifier(one.get("filename")).rsplit("/", 1)[-1][:200] or ("图片" if picture else "文件")
            ticket = {"url": url if url.startswith(("https://", "http://")) else f"https://{url.lstrip('/')}"}
            found.append(Attachment(name, IMAGE if picture else FILE, ticket))
    return tuple(found)


def moment(written: object) -> datetime:
    """A time as the platform writes it (RFC 3339, or seconds); 1970 where it is none."""
    try:
        if isinstance(written, str) and not written.isdigit():
            at = datetime.fromisoformat(written)
            return (at if at.tzinfo else at.replace(tzinfo=SHANGHAI)).astimezone(SHANGHAI)
        return datetime.fromtimestamp(int(written) if isinstance(written, str | int) else 0, SHANGHAI)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, SHANGHAI)
