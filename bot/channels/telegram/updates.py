"""Updates as what was heard and told: mentions and commands taken out by UTF-16 units, replies to the bot, files, presses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, MessageEntityType

from bot.channels.hearing import FILE, IMAGE, Attachment, Heard, Tiding, TidingKind, key_of

ANONYMOUS = 1087968824
"""GroupAnonymousBot, in whose name administrators speak who hide theirs (Bot API, Message.sender_chat)."""
GROUPS = frozenset({"group", "supergroup"})
_OUT = frozenset({ChatMemberStatus.LEFT, ChatMemberStatus.BANNED})
_GREETINGS = frozenset({"start", "help"})
HELP = "帮助"
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Account:
    """Who the bot is there: the channel's `name`, the account's `id` and `user` name."""

    name: str
    id: int
    user: str


def message_id(chat: int | str, id: int) -> str:
    """The platform counts messages in each conversation anew: only both together name one."""
    return f"{chat}:{id}"


def heard_of(update: Update, me: Account, now: datetime) -> Heard | None:
    """What somebody said, or pressed just now; None where nobody said anything to anybody."""
    if update.callback_query is not None:
        return _pressed(update, me, now)
    message = update.message
    if message is None or not _speaks(message) or not (message.text or message.caption or _attachments(message)):
        return None
    text, mentioned = said(message, me)
    group, quoted, user = message.chat.type in GROUPS, message.reply_to_message, message.from_user
    assert user is not None, "whoever speaks has an account"
    mine = quoted is not None and quoted.from_user is not None and quoted.from_user.id == me.id
    return Heard(
        me.name,
        message_id(message.chat.id, message.message_id),
        key_of(me.name, str(message.chat.id)),
        key_of(me.name, str(user.id)),
        text,
        message.date,
        user.full_name,
        group,
        mentioned or mine or not group,
        message_id(message.chat.id, quoted.message_id) if quoted is not None else "",
        (quoted.text or quoted.caption or "") if quoted is not None else "",
        attachments=_attachments(message),
        ticket={"chat": message.chat.id, "message": message.message_id},
    )


def _speaks(message: Message) -> bool:
    """Whether it is a person's own word in a group or in private."""
    user = message.from_user
    return (
        user is not None
        and not user.is_bot
        and not message.is_automatic_forward
        and (message.chat.type in GROUPS or message.chat.type == "private")
    )


def anonymous(update: Update, me: Account) -> Message | None:
    """A message to the bot whose writer hides his name; None for every other."""
    message = update.message
    if message is None or message.from_user is None or message.from_user.id != ANONYMOUS:
        return None
    quoted = message.reply_to_message
    mine = quoted is not None and quoted.from_user is not None and quoted.from_user.id == me.id
    return message if mine or said(message, me)[1] else None


def _pressed(update: Update, me: Account, now: datetime) -> Heard | None:
    query = update.callback_query
    if query is None or not query.data or query.message is None or query.from_user.is_bot:
        return None
    chat, under = query.message.chat, query.message
    return Heard(
        me.name,
        f"press:{query.id}",
        key_of(me.name, str(chat.id)),
        key_of(me.name, str(query.from_user.id)),
        query.data,
        now,
        query.from_user.full_name,
        chat.type in GROUPS,
        True,
        message_id(chat.id, under.message_id),
        (under.text or "") if isinstance(under, Message) else "",
        True,
        ticket={"chat": chat.id, "message": under.message_id},
    )


# ---------------------------------------------------------------- mentions
def said(message: Message, me: Account) -> tuple[str, bool]:
    """The text without whatever addresses the bot, and whether anything did."""
    text = message.text or message.caption or ""
    words = message.parse_entities() if message.text else message.parse_caption_entities()
    spans = [(one.offset, one.length) for one, word in words.items() if _addresses(one, word, me)]
    command = next((word for one, word in words.items() if _is_command(one)), "")
    if command:
        name, _, target = command[1:].partition("@")
        if target and target.lower() != me.user.lower():
            return text, bool(spans)
        spans.append((0, len(command)))
        rest = _without(text, spans)
        return rest or (HELP if name.lower() in _GREETINGS else name), True
    return _without(text, spans), bool(spans)


def _is_command(one: MessageEntity) -> bool:
    return one.type == MessageEntityType.BOT_COMMAND and one.offset == 0


def _addresses(one: MessageEntity, word: str, me: Account) -> bool:
    if one.type == MessageEntityType.MENTION:
        return word[1:].lower() == me.user.lower()
    return one.type == MessageEntityType.TEXT_MENTION and one.user is not None and one.user.id == me.id


def _without(text: str, spans: Iterable[Span]) -> str:
    """`text` without these spans, which count units of UTF-16; blanks are left single."""
    units = text.encode("utf-16-le", "surrogatepass")
    for offset, length in sorted(spans, reverse=True):
        units = units[: 2 * offset] + " ".encode("utf-16-le") + units[2 * (offset + length) :]
    lines = units.decode("utf-16-le", "replace").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip() if spans else text.strip()


# ---------------------------------------------------------------- files and what changed
def _attachments(message: Message) -> tuple[Attachment, ...]:
    if message.document is not None:
        one = message.document
        return (Attachment(one.file_name or "文件", FILE, {"file": one.file_id, "size": one.file_size or 0}),)
    if message.photo:
        best = max(message.photo, key=lambda photo: photo.width * photo.height)
        return (Attachment("照片.jpg", IMAGE, {"file": best.file_id, "size": best.file_size or 0}),)
    return ()


def tiding_of(update: Update, me: Account) -> Tiding | None:
    """That a group has moved; None where none did."""
    message = update.message
    if message is None or not (message.migrate_to_chat_id or message.migrate_from_chat_id):
        return None
    old = message.migrate_from_chat_id or message.chat.id
    return moved(me.name, str(old), str(message.migrate_to_chat_id or message.chat.id))


def moved(name: str, old: str, new: str) -> Tiding:
    """A group has become a bigger one and goes by another id."""
    return Tiding(TidingKind.MOVED, name, key_of(name, old), to=key_of(name, new))


def membership_of(change: Mapping[str, Any], me: Account) -> Tiding | None:
    """What became of the bot itself in a conversation, as JSON: the library refuses members that lack its newest fields.
    Raises KeyError, TypeError."""
    before, after = change["old_chat_member"], change["new_chat_member"]
    where = key_of(me.name, str(change["chat"]["id"]))
    if (after["status"] in _OUT) != (before["status"] in _OUT):
        return Tiding(TidingKind.GONE if after["status"] in _OUT else TidingKind.JOINED, me.name, where)
    if _may_speak(after) != _may_speak(before):
        return Tiding(TidingKind.UNMUTED if _may_speak(after) else TidingKind.MUTED, me.name, where)
    return None


def _may_speak(member: Mapping[str, Any]) -> bool:
    return bool(member.get("can_send_messages", True))


def account_of(name: str, user: User) -> Account:
    """The bot as the platform knows it."""
    return Account(name, user.id, user.username or "")
