"""主动消息: what the bot is to say by itself, as values; the wording is made by `handlers.notices_wording`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from knowledge.directory import Liaison
from knowledge.errands import Errand
from knowledge.extensions import Request
from knowledge.groups import Wish
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Document
from knowledge.reported import Reported
from scheduler.policy import Policy

if TYPE_CHECKING:
    from scheduler.summary import Summary


class NoticeKind(StrEnum):
    """What sort of message a notice is. CALENDAR tells once that a year's rest days are unknown, or what their change has
    moved; ESCALATION tells supervisors and leaders what is not answered or overdue; EXTENSION tells supervisors of a request and
    its group of the decision; ACCEPTANCE tells supervisors of a completion that waits for them, and a unit that one was returned; EVENT asks whether what a deadline waits for has happened; SILENCE tells that one has ended;
    ERRAND asks who was to carry a message into a group whether it is there, and tells supervisors who has not said so;
    OFFICE tells the supervisors what of the office itself is to be settled."""

    REMINDER = "reminder"
    PROMPT = "prompt"
    SUMMARY = "summary"
    CALENDAR = "calendar"
    ESCALATION = "escalation"
    EXTENSION = "extension"
    ACCEPTANCE = "acceptance"
    EVENT = "event"
    SILENCE = "silence"
    ERRAND = "errand"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing owed to one conversation.

    `key` is unique for ever: (assignment, due date, stage, conversation) or (week, conversation); `attempt` counts
    from 1, and every attempt claims a key of its own. `today` is the day it is said, `phrase` the document's own words for the deadline. `workdays` is how many
    working days are left after today up to the due date, negative when overdue, None where the calendar is not published.
    `missed` are earlier due dates of the same rhythm without a report, no older than what is chased. `certain`
    is whether the calendar of all its days is published. `acknowledged` names who answered 收到.

    `units` are those it is said to in this conversation, `liaisons` the people who are named for them; `reason` is why it
    is said here when the unit has no conversation. `code` is its short code. `brief` is told in the line that sums up what a
    message has no room for, and counts as said. `was` is the due date that `due` takes the place of.
    `room` is how many messages the conversation may still get today. `request` is the request for a later date that it is
    about, or that waits for an answer beside it; `report` is the completion that waits or was returned; `events` is what the assignment
    waits for, `errand` what was handed to a person. `withheld` is how many assignments a summary leaves out because its
    conversation is not cleared for them. `wish` is the binding that waits to be confirmed.
    """

    kind: NoticeKind
    key: str
    conversation: str
    stage: str
    today: date
    assignment: Assignment | None = None
    document: Document | None = None
    due: date | None = None
    period: str | None = None
    phrase: str = ""
    workdays: int | None = None
    missed: tuple[date, ...] = ()
    acknowledged: tuple[str, ...] = ()
    certain: bool = True
    attempt: int = 1
    summary: Summary | None = None
    units: tuple[str, ...] = ()
    liaisons: tuple[Liaison, ...] = ()
    reason: str = ""
    code: str = ""
    brief: bool = False
    was: date | None = None
    room: int | None = None
    request: Request | None = None
    report: Reported | None = None
    events: tuple[str, ...] = ()
    errand: Errand | None = None
    parts: tuple[str, ...] = ()
    full: bool = False
    withheld: int = 0
    wish: Wish | None = None

    def but(self, **changes: Any) -> Notice:
        """This notice with other values for some fields: what `dataclasses.replace` gives, in a fifth of the time. A morning
        makes thousands."""
        made = object.__new__(Notice)
        for name in Notice.__slots__:
            object.__setattr__(made, name, changes[name] if name in changes else getattr(self, name))
        return made

    @property
    def claim(self) -> str:
        """The key under which this attempt is claimed and its verdict recorded."""
        return attempt_key(self.key, self.attempt)


def attempt_key(key: str, attempt: int) -> str:
    """The first attempt has the notice's own key; a repetition's number stands in front, where no conversation's name
    can be mistaken for it."""
    return key if attempt == 1 else f"again-{attempt}|{key}"


def reminder_key(assignment: str, slot: str, stage: str, conversation: str) -> str:
    """The unique key of a notice; `slot` is the due date, or the quarter or week it belongs to."""
    return "|".join((assignment, slot, stage, conversation))


@dataclass(frozen=True, slots=True)
class KeyParts:
    """What a notice's key is made of; `slot` is the due date, or the quarter or week."""

    assignment: str
    slot: str
    stage: str
    conversation: str
    attempt: int = 1


def parse_key(key: str) -> KeyParts:
    """The parts of a key or claim. A key that was never made here has only a `slot`."""
    again, _, rest = key.partition("|")
    count = again.removeprefix("again-")
    attempt, own = (int(count), rest) if again != count and count.isdecimal() else (1, key)
    parts = own.split("|", 3)
    return KeyParts(parts[0], parts[1], parts[2], parts[3], attempt) if len(parts) == 4 else KeyParts("", key, "", "")


def attempt_owed(ledger: Ledger, key: str, now: datetime, policy: Policy) -> int:
    """Which attempt at this notice is owed now: 1 when nobody has tried, 0 when none is.

    Only a temporary failure is tried again, after its back-off. A claim without a verdict (a crash, or another
    process at work) and an unknown verdict are never repeated; but for one person's own conversation, once.
    """
    open_ = next_attempt(ledger, key, policy)
    return open_[0] if open_ is not None and (open_[1] is None or now >= open_[1]) else 0


def next_attempt(ledger: Ledger, key: str, policy: Policy) -> tuple[int, datetime | None] | None:
    """The next attempt at a notice and the moment before which it is not owed; None when there is none, however long one waits."""
    not_before = None
    for attempt in range(1, len(policy.back_off) + 2):
        history = ledger.keyed(attempt_key(key, attempt))
        if not history:
            return attempt, not_before
        verdict = history[-1]
        if not _may_repeat(verdict) or attempt > len(policy.back_off):
            return None
        not_before = verdict.at + max(_spread(policy.back_off[attempt - 1], key), _asked_to_wait(verdict))
    return None


def _spread(wait: timedelta, key: str) -> timedelta:
    """A wait of its own for each notice, up to a fifth shorter: what failed together is not tried again all at once."""
    return wait * (1 - int.from_bytes(sha256(key.encode("utf-8", "surrogatepass")).digest()[:4]) / 2**32 / 5)


def _may_repeat(verdict: Entry) -> bool:
    if verdict.kind is EntryKind.UNKNOWN:
        return bool(verdict.details.get("repeats") and not verdict.details.get("maybe_twice"))
    return verdict.kind is EntryKind.FAILED and not verdict.details.get("permanent")


def _asked_to_wait(verdict: Entry) -> timedelta:
    """How long the platform asked us to wait, in seconds in the entry."""
    seconds = verdict.details.get("retry_after")
    return timedelta(seconds=float(seconds)) if isinstance(seconds, int | float) else timedelta()


def unsettled(ledger: Ledger, before: datetime | None = None) -> tuple[Entry, ...]:
    """可能发送过: claims without a verdict and verdicts that are unknown, oldest first.

    `before` leaves out claims that are younger, which may be on their way at this very moment.
    """
    claims = [claim for claim in ledger.open_claims() if before is None or claim.at < before]
    unknown = [entry for entry in ledger.kinds(EntryKind.UNKNOWN) if ledger.keyed(entry.key)[-1] is entry]
    return tuple(sorted([*claims, *unknown], key=lambda entry: entry.at))


def by_conversation(notices: Sequence[Notice]) -> dict[str, tuple[Notice, ...]]:
    """The notices of each conversation, in the order given."""
    found: dict[str, list[Notice]] = {}
    for notice in notices:
        found.setdefault(notice.conversation, []).append(notice)
    return {conversation: tuple(group) for conversation, group in found.items()}
