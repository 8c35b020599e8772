"""通道: what every messenger must be able to do, and what it answers. Callers ask capabilities, never names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from bot.channels.hearing import Attachment, Callback, Ear, File, Heard, Participant, Response
from knowledge.directory import Liaison


class Status(StrEnum):
    """What became of a message; the values are those of the ledger. ENTRUSTED: it is with a person who is to carry it on, and not
    where it belongs yet."""

    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ENTRUSTED = "entrusted"


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


class Carrier(NamedTuple):
    """Who carries a message on by hand: a name, and the conversation in which it was handed over."""

    name: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The platform's own judgement on one message.

    SENT only when the platform was read to say so; UNKNOWN when the request may have left and no answer came.
    `permanent` tells that trying again is useless; `retry_after` is how many seconds the platform asks us to wait.
    `raw` is its reply as it came (secrets blotted out), `message_id` its name for the message. `alarm` is the one
    Chinese sentence for whoever looks after the bot, where somebody has to do something. `carrier` is who carries it on, where
    a person does.
    """

    status: Status
    raw: str = ""
    message_id: str = ""
    permanent: bool = False
    retry_after: float | None = None
    trouble: Trouble | None = None
    alarm: str = ""
    carrier: Carrier | None = None

    @property
    def unvouched(self) -> bool:
        """Whether the platform never says what becomes of such a message, so that nothing went wrong either."""
        return self.status is Status.UNKNOWN and self.trouble is None

    @property
    def taken(self) -> bool:
        """Whether it is where it was to go, or with who carries it on."""
        return self.status in (Status.SENT, Status.ENTRUSTED)


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


class Dialect(StrEnum):
    """What marks a channel shows as such in a text."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can do in its conversations.

    `hears`: who answers in its conversations is heard at all; `hears_group`: it gets what is said in groups; `needs_mention`: only when it is addressed; `can_push`: it may speak
    unasked; `push_window`: only so many seconds after somebody spoke, None without such a window; `can_mention`: it can
    really name a member; `idempotent`: the same key twice is shown once; `repeats`: its conversations are one person's own,
    so that a message without an answer may be said once more; `limit`: the greatest length of one message by the channel's
    own measure, None without limit; `rates`: how many messages it may send; `own`: it is the office's own machine, where
    nobody is asked to write less; `files_in` and `files_out`: the kinds of attachment it gets and gives; `buttons`: how many
    a message can carry; `dialect`: what marks it shows; `roster`: it can tell who is in a group; `by_hand`: a person carries
    its messages on, so that nothing is ever sent by the bot itself.
    """

    hears: bool = True
    hears_group: bool = True
    needs_mention: bool = False
    can_push: bool = True
    push_window: float | None = None
    can_mention: bool = False
    idempotent: bool = False
    repeats: bool = False
    limit: int | None = None
    rates: tuple[Rate, ...] = ()
    own: bool = False
    files_in: frozenset[str] = frozenset()
    files_out: frozenset[str] = frozenset()
    buttons: int = 0
    dialect: Dialect = Dialect.PLAIN
    roster: bool = False
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message; pressing it is saying `says` (收到 K7M)."""

    label: str
    says: str


class Disconnected(Exception):
    """A connection ended. `str(error)` is the raw reason, secrets blotted out; `trouble` AUTH (with `alarm`, one Chinese sentence)
    means that trying again is useless until somebody has mended it."""

    def __init__(self, raw: str, trouble: Trouble = Trouble.SERVER, alarm: str = "") -> None:
        super().__init__(raw)
        self.trouble, self.alarm = trouble, alarm


class Channel(ABC):
    """A way to and from conversations. Whoever implements it derives from this class (what a channel cannot do is told here)
    and runs tests/contracts/test_channels.py.

    `name` is what the office calls the channel (`key_of`); `credential` names the account it speaks as: channels that share one
    share its limits. `remark` is one Chinese sentence on how the platform has set the account up, where whoever looks after the
    bot should know of it; shown beside the channel's state.
    """

    name: str
    credential: str
    capabilities: Capabilities
    remark: str = ""
    late: Callable[[str, Verdict], object] | None = None
    """Told the key of a message and the verdict on it, where an answer comes after UNKNOWN was said; set by whoever keeps verdicts
    (`Outbox.hear`)."""

    @abstractmethod
    def measure(self, text: str) -> int:
        """The length of `text` as the platform counts it; see `bot.channels.measures`."""

    @abstractmethod
    async def post(self, conversation: str, text: str, key: str, buttons: tuple[Button, ...] = ()) -> Verdict:
        """Post one message of at most `limit`; refuses longer ones. Does not raise for anything the platform does.

        `buttons` are given only where `capabilities.buttons` has room for them. `key` names the message for good: an
        idempotent channel shows it once however often it is posted. An answer that comes after UNKNOWN was said is handed to `Outbox.hear` with this key. Refusals are judged by
        `bot.channels.reactions`.
        """

    def account(self, conversation: str) -> str:
        """What is refused, stopped and limited together with a conversation: the channel's `credential`, unless conversations
        have keys of their own (a webhook each)."""
        return self.credential

    def meet(self, channels: Sequence[Channel]) -> None:
        """Told once, before anything else, which channels the office has. Raises ConfigError where one is missing."""
        return

    async def answer(self, heard: Heard, text: str, key: str) -> Verdict:
        """Answer what was heard: quoting it, naming the person, within the platform's window for answers, as it has them;
        else as `post`."""
        return await self.post(heard.conversation, text, key)

    async def pass_over(self, heard: Heard) -> None:  # noqa: B027 - most channels promise nobody an answer
        """Told where nothing will be said to what was heard, so that nobody is left waiting."""

    async def hand(self, conversation: str, file: File, key: str) -> Verdict:
        """Hand out a file; asked only for kinds in `files_out`."""
        raise NotImplementedError(f"{self.name} hands out no {file.kind}")

    async def fetch(self, attachment: Attachment, most: int) -> bytes:
        """The bytes of an attachment that was heard. Raises AttachmentError where there are more than `most` or the platform no
        longer has it; asked only where `files_in` names its kind."""
        raise NotImplementedError(f"{self.name} gets no {attachment.kind}")

    async def members(self, conversation: str) -> tuple[Participant, ...]:
        """Who is in a conversation, as far as the platform tells; asked only where `roster`."""
        return ()

    async def listen(self, ear: Ear) -> None:
        """Bring what is said to `ear` until cancelled. Raises Disconnected when the connection ends: whoever called
        connects again, later and later. A channel that hears by callbacks, or not at all, returns at once."""
        return

    async def called(self, request: Callback, ear: Ear) -> Response:
        """A callback of the platform to the channel's own address. Never raises: what is not proved to come from the platform
        is answered 400 or 403 and does nothing."""
        return Response(404)

    @abstractmethod
    def mention(self, liaison: Liaison) -> str:
        """The words, to stand in a text, that really name a person; asked only where `can_mention`."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of connections; may be called twice."""


def too_long(channel: Channel, text: str) -> Verdict | None:
    """The refusal of a message that the channel would cut; None when it fits."""
    limit, length = channel.capabilities.limit, channel.measure(text)
    if limit is None or length <= limit:
        return None
    raw = f"消息长{length}，超过通道上限{limit}，没有发送"
    return Verdict(Status.FAILED, raw, permanent=True, trouble=Trouble.CONTENT)
