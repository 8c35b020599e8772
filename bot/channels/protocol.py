"""通道: what every messenger must be able to do, and what it answers. Callers ask capabilities, never names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from knowledge.directory import Liaison


class Status(StrEnum):
    """What became of a message; the values are those of the ledger."""

    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Trouble(StrEnum):
    """故障类别: why a platform did not take a message; what follows from each stands in `bot.channels.reactions`."""

    RATE = "rate"
    TOKEN = "token"  # noqa: S105 - the name of a class of errors
    AUTH = "auth"
    TARGET = "target"
    PERSON = "person"
    CONTENT = "content"
    SILENCE = "silence"
    SERVER = "server"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The platform's own judgement on one message.

    SENT only when the platform was read to say so; UNKNOWN when the request may have left and no answer came.
    `permanent` tells that trying again is useless; `retry_after` is how many seconds the platform asks us to wait.
    `raw` is its reply as it came (secrets blotted out), `message_id` its name for the message. `alarm` is the one
    Chinese sentence for whoever looks after the bot, where somebody has to do something.
    """

    status: Status
    raw: str = ""
    message_id: str = ""
    permanent: bool = False
    retry_after: float | None = None
    trouble: Trouble | None = None
    alarm: str = ""


class Scope(StrEnum):
    """Whose messages a rate counts: all of an account, those to one conversation, those to one person."""

    CREDENTIAL = "credential"
    CONVERSATION = "conversation"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` messages in any `seconds` of `scope`."""

    scope: Scope
    count: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do in its conversations.

    `hears_group`: it gets what is said in groups; `needs_mention`: only when it is addressed; `can_push`: it may speak
    unasked; `can_mention`: it can really name a member; `idempotent`: the same key twice is shown once;
    `repeats`: its conversations are one person's own, so that a message without an answer may be said once more;
    `limit`: the greatest length of one message by the channel's own measure, None without limit; `rates`: how many
    messages it may send; `own`: it is the office's own machine, where nobody is asked to write less.
    """

    hears_group: bool = True
    needs_mention: bool = False
    can_push: bool = True
    can_mention: bool = False
    idempotent: bool = False
    repeats: bool = False
    limit: int | None = None
    rates: tuple[Rate, ...] = ()
    own: bool = False


class Channel(Protocol):
    """A way out to conversations. Whoever implements it runs tests/contracts/test_channels.py.

    `credential` names the account it speaks as: channels that share one share its limits.
    """

    name: str
    credential: str
    capabilities: Capabilities

    def measure(self, text: str) -> int:
        """The length of `text` as the platform counts it; see `bot.channels.measures`."""
        ...

    async def post(self, conversation: str, text: str, key: str) -> Verdict:
        """Post one message of at most `limit`; refuses longer ones. Does not raise for anything the platform does.

        `key` names the message for good: an idempotent channel shows it once however often it is posted. An answer that
        comes after UNKNOWN was said is handed to `Outbox.hear` with this key. Refusals are judged by
        `bot.channels.reactions`.
        """
        ...

    def mention(self, liaison: Liaison) -> str:
        """The words, to stand in a text, that really name a person; asked only where `can_mention`."""
        ...

    async def close(self) -> None:
        """Let go of connections; may be called twice."""
        ...


def too_long(channel: Channel, text: str) -> Verdict | None:
    """The refusal of a message that the channel would cut; None when it fits."""
    limit, length = channel.capabilities.limit, channel.measure(text)
    if limit is None or length <= limit:
        return None
    raw = f"消息长{length}，超过通道上限{limit}，没有发送"
    return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT)
