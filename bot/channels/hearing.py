"""来讯: what a channel hears, gets and is told, as values; and where it brings them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from handlers.message import FILE, IMAGE, File

__all__ = [
    "FILE", "IMAGE", "Attachment", "AttachmentError", "Callback", "Ear", "File", "Heard", "Response", "Tiding", "TidingKind",
    "key_of", "native_of",
]  # fmt: skip


def key_of(channel: str, native: str) -> str:
    """The key of a conversation or person: the channel's name and the platform's own id, case kept."""
    return f"{channel}/{native}"


def native_of(key: str) -> str:
    """The platform's own id in a key; a key without a channel's name is one."""
    return key.partition("/")[2] or key


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件: a file somebody gave to the bot, had by `Channel.fetch` when it is wanted. `ticket` is what the platform wants for it;
    JSON values only, since it is kept with the message."""

    name: str
    kind: str
    ticket: Mapping[str, object] = field(default_factory=dict)


class AttachmentError(Exception):
    """An attachment cannot be had; `str(error)` is one Chinese sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Heard:
    """来讯: one thing somebody said, as a channel heard it.

    `id` is the platform's own name of the message, or what stands for it where there is none (who, when and what): the inbox
    takes each (channel, id) once. `conversation` and `person` are keys made by `key_of`, `name` what the platform calls
    the person. `text` is without the mention of the bot; `pressed` tells that it is what a button says. `quoted` is the
    platform's id of the message it answers by quoting it and `quoted_text` that message, where the platform tells.
    `at` is aware, the platform's clock. `ticket` is what the platform wants back with an answer (a request id, an event);
    JSON values only, since it is kept with the message.
    """

    channel: str
    id: str
    conversation: str
    person: str
    text: str
    at: datetime
    name: str = ""
    group: bool = False
    mentioned: bool = True
    quoted: str = ""
    quoted_text: str = ""
    pressed: bool = False
    attachments: tuple[Attachment, ...] = ()
    ticket: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Participant:
    """在群成员: somebody who is in a conversation: the person's key, and the name that the platform shows there (in QQ the group
    card, 财政局-王芳)."""

    person: str
    name: str


class TidingKind(StrEnum):
    """What a channel tells beside what people say. MOVED: the conversation has a new key; GONE: the bot is not in it any
    more; JOINED: it is; RECALLED: a message (`id`) was taken back; MUTED and UNMUTED: pushes are refused or allowed again;
    OFFLINE and ONLINE: the account behind a living connection is not, or is again, logged in."""

    MOVED = "moved"
    GONE = "gone"
    JOINED = "joined"
    RECALLED = "recalled"
    MUTED = "muted"
    UNMUTED = "unmuted"
    OFFLINE = "offline"
    ONLINE = "online"


@dataclass(frozen=True, slots=True)
class Tiding:
    """消息之外的动静 of a conversation (its key; empty for the whole account); `to` is the new key of a moved one."""

    kind: TidingKind
    channel: str
    conversation: str = ""
    id: str = ""
    to: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """A callback as it came: `path` below the channel's own address, header names in lower case, the raw `body`."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What the platform gets for a callback."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/plain; charset=utf-8"


class Ear(Protocol):
    """Where a channel brings what it hears. When a call returns, what was heard survives a crash: only then may the
    platform be told that it has arrived."""

    async def hear(self, heard: Heard) -> bool:
        """False where it was heard before, and nothing more follows. Raises StoreError: then the platform is not told, and
        will say it again."""
        ...

    async def tell(self, tiding: Tiding) -> None:
        """Something changed around a conversation."""
        ...
