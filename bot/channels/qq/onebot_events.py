"""What an event of OneBot v11 means: a dict as it came → a value. Pure; another standard (Milky) gets a module beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.channels.hearing import FILE, IMAGE, Attachment, Heard, Tiding, TidingKind, key_of
from bot.channels.qq.segments import EVERYBODY, Segment, identifier, segments_of
from scheduler.policy import SHANGHAI

GROUP, PRIVATE = "group", "private"
"""The two kinds of conversation; a native id is one of these, a colon, and the number."""
LONGEST = 20_000
"""Characters of a message that are read."""
MOST_FILES = 20
LEAST_BEAT, LONGEST_BEAT = 0.05, 600.0
"""Seconds between two heartbeats that are believed."""
_KINDS = {"image": IMAGE, "file": FILE}


@dataclass(frozen=True, slots=True)
class Beat:
    """心跳: how many seconds lie between two of them, and whether QQ is logged in; None where it is not told."""

    interval: float
    online: bool | None


@dataclass(frozen=True, slots=True)
class RosterChanged:
    """Somebody in `conversation` came, went or has another card: what is remembered of its members is old."""

    conversation: str


Understood = Heard | Tiding | Beat | RosterChanged | None
Event = Mapping[str, Any]


def is_event(frame: Event) -> bool:
    """Whether a frame is an event; else it answers a call."""
    return isinstance(frame.get("post_type"), str)


def understood(event: Event, channel: str) -> Understood:
    """What an event means for the channel of this name; None: nothing to us (what we said ourselves, what nobody asked about)."""
    kind = event.get("post_type")
    if kind == "message":
        return _message(event, channel)
    if kind == "notice":
        return _notice(event, channel)
    if kind == "meta_event" and event.get("meta_event_type") == "heartbeat":
        return _beat(event)
    return None


def account_of(event: Event) -> str:
    """The account an event is about."""
    return identifier(event.get("self_id"))


def _beat(event: Event) -> Beat:
    status = event.get("status")
    online = status.get("online") if isinstance(status, Mapping) else None
    return Beat(beat_seconds(event.get("interval")), online if isinstance(online, bool) else None)


def beat_seconds(milliseconds: object) -> float:
    """The time between two heartbeats in seconds, within reason whatever was sent."""
    try:
        seconds = float(milliseconds) / 1000 if isinstance(milliseconds, int | float) else LONGEST_BEAT
    except OverflowError:
        return LONGEST_BEAT
    return min(max(LEAST_BEAT, seconds), LONGEST_BEAT)


def _conversation(event: Event, channel: str) -> str:
    # Who speaks in private out of a group (a temporary session) names the group as well: that must not be answered there.
    group = "" if event.get("message_type") == PRIVATE else identifier(event.get("group_id"))
    return key_of(channel, f"{GROUP}:{group}" if group else f"{PRIVATE}:{identifier(event.get('user_id'))}")


def _message(event: Event, channel: str) -> Heard | None:
    own, number = account_of(event), identifier(event.get("message_id"))
    grouped = event.get("message_type") == GROUP
    if identifier(event.get("user_id")) == own or event.get("sub_type") == "notice" or not number:
        return None
    parts = segments_of(event.get("message"))
    person, name, account = _speaker(event)
    attachments = tuple(_attachment(part, event) for part in parts if part.kind in _KINDS)[:MOST_FILES]
    return Heard(
        channel=channel,
        id=_file_id(parts) or number,
        conversation=_conversation(event, channel),
        person=key_of(channel, person),
        name=name,
        text=_words(parts, own),
        at=_moment(event),
        group=grouped,
        mentioned=not grouped or _names(parts, own),
        quoted=next((part.values.get("id", "") for part in parts if part.kind == "reply"), ""),
        attachments=attachments,
        ticket={"message": number, "at": account if grouped else "", "via": "" if grouped else _via(event)},
    )


def _via(event: Event) -> str:
    """The group out of which somebody speaks in private who is no friend; needed to answer, and empty for friends."""
    sender = event.get("sender")
    known = sender if isinstance(sender, Mapping) else {}
    return identifier(event.get("group_id") or known.get("group_id")) if event.get("sub_type") == GROUP else ""


def _speaker(event: Event) -> tuple[str, str, str]:
    """Who speaks, under which name (the card in the group, else the nickname), and the account that can be named; nobody can name
    somebody anonymous."""
    hidden = event.get("anonymous")
    if isinstance(hidden, Mapping):
        return f"anonymous:{identifier(hidden.get('id'))}", identifier(hidden.get("name"))[:100], ""
    sender, account = event.get("sender"), identifier(event.get("user_id"))
    known = sender if isinstance(sender, Mapping) else {}
    return account, identifier(known.get("card") or known.get("nickname"))[:100], account


def _file_id(parts: tuple[Segment, ...]) -> str:
    """A message that is nothing but a file goes by the file: some implementations tell of it a second time, as a notice."""
    found = parts[0].values.get("file_id") if len(parts) == 1 and parts[0].kind == "file" else None
    return f"file:{found}" if found else ""


def _moment(event: Event) -> datetime:
    seconds = event.get("time")
    try:
        return datetime.fromtimestamp(seconds if isinstance(seconds, int | float) else 0, SHANGHAI)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, SHANGHAI)


def _names(parts: tuple[Segment, ...], own: str) -> bool:
    """Whether a message names us, wherever in it; naming everybody is naming nobody."""
    return any(part.kind == "at" and part.values.get("qq") == own != EVERYBODY for part in parts)


def _words(parts: tuple[Segment, ...], own: str) -> str:
    """The words without the mention of ourselves; others who are named keep their sign."""
    words = []
    for part in parts:
        if part.kind == "text":
            words.append(part.values.get("text", ""))
        elif part.kind == "at" and part.values.get("qq") != own:
            who = part.values.get("qq", "")
            words.append(f"@{'全体成员' if who == EVERYBODY else part.values.get('name') or who}".replace("@@", "@"))
    return "".join(words)[:LONGEST].strip()


def _attachment(part: Segment, event: Event) -> Attachment:
    """What the implementation wants to hand the file out: its address, or its own id of it."""
    values = part.values
    ticket: dict[str, object] = {
        key: values[name]
        for key, name in (("url", "url"), ("file", "file"), ("file_id", "file_id"), ("busid", "busid"))
        if values.get(name)
    }
    if identifier(event.get("group_id")) and event.get("message_type") != PRIVATE:
        ticket["group"] = identifier(event["group_id"])
    name = values.get("name") or values.get("file") or ("图片" if part.kind == "image" else "文件")
    return Attachment(name.rsplit("/", 1)[-1][:200], _KINDS[part.kind], ticket)


def _notice(event: Event, channel: str) -> Understood:
    kind, sub = event.get("notice_type"), event.get("sub_type")
    where, own = _conversation(event, channel), account_of(event)
    ourselves = identifier(event.get("user_id")) == own
    person = key_of(channel, identifier(event.get("user_id")))
    if kind in ("group_recall", "friend_recall"):
        return Tiding(TidingKind.RECALLED, channel, where, identifier(event.get("message_id")), person=person)
    if kind == "group_decrease":
        gone = ourselves or sub in ("kick_me", "disband")
        return Tiding(TidingKind.GONE, channel, where) if gone else RosterChanged(where)
    if kind == "group_increase":
        return Tiding(TidingKind.JOINED, channel, where) if ourselves else RosterChanged(where)
    if kind == "group_ban" and ourselves:
        # A ban of the whole group (user 0) does not silence a bot that is an administrator: what becomes of a message tells.
        return Tiding(TidingKind.UNMUTED if sub == "lift_ban" else TidingKind.MUTED, channel, where)
    if kind == "group_card":
        return RosterChanged(where)
    if kind == "group_upload":
        return _uploaded(event, channel)
    return Tiding(TidingKind.OFFLINE, channel) if kind == "bot_offline" else None


def _uploaded(event: Event, channel: str) -> Heard | None:
    """A file put into a group, as those implementations tell of it that have no message for it."""
    given, account = event.get("file"), identifier(event.get("user_id"))
    if not isinstance(given, Mapping) or account == account_of(event):
        return None
    values = {"file_id": identifier(given.get("id")), "name": identifier(given.get("name"))}
    values |= {"busid": identifier(given.get("busid")), "url": identifier(given.get("url"))}
    file = Segment("file", values)
    return Heard(
        channel=channel,
        id=_file_id((file,)),
        conversation=_conversation(event, channel),
        person=key_of(channel, account),
        text="",
        at=_moment(event),
        group=True,
        mentioned=False,
        attachments=(_attachment(file, event),),
        ticket={"message": "", "at": account},
    )
