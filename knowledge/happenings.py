"""事件: what somebody reported to have happened on a day, from which a deadline of the documents is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Deadline, DeadlineKind
from knowledge.patterns import regex

RECEIPT = "receipt"
"""The event of a deadline that is counted from the receipt of something."""
UNNAMED = "未写明"
# What happens again and again, or nobody can tell when: such a rule stands, and no single day sets it going.
_STANDING = regex(
    r"舆情|事件|事故|险情|灾情|警情|火情|疫情|投诉|举报|申请|诉求|来信|来电|咨询|变更|变动|形成|制作|获取|受理|接到|收到|发生|检查|抽查|"
    r"调整后|会议|每|汛|雨季|台风|入冬|采暖|供暖|供热|开学|寒假|暑假|中考|高考|春耕|春运|三夏|三秋|秋收|防火|依法|之时|同步"
)
_APPLIED = regex(r"申请|投诉|举报|来信|来电|诉求|咨询|请求|受理|反映|意见建议|工单|转办|交办|线索|报告")


@dataclass(frozen=True, slots=True)
class Happening:
    """An event (its words in the deadline, or RECEIPT) of an assignment, reported to have been `on` a day.

    `unit` (printed name) is set for a receipt that is one unit's only. `who` and `at` tell who reported it and when.
    """

    assignment: str
    event: str
    on: date
    unit: str = ""
    who: str = ""
    at: datetime | None = None


def awaited(deadline: Deadline) -> str | None:
    """What a deadline waits for: the words of an event, or RECEIPT; None when it waits for nothing that can be reported."""
    if deadline.kind is DeadlineKind.EVENT and deadline.event:
        return None if _STANDING.search(deadline.event) or deadline.rel == "after" else deadline.event
    if deadline.kind is not DeadlineKind.RELATIVE or deadline.period is None or deadline.period.hours is not None:
        return None
    if deadline.anchor == RECEIPT:
        return None if _APPLIED.search(deadline.text) else RECEIPT
    event = (deadline.anchor or "").partition("event:")[2]
    return event if event and event != UNNAMED and not _STANDING.search(event) else None


def parts(deadlines: tuple[Deadline, ...]) -> Iterator[Deadline]:
    """All deadlines, milestones taken apart."""
    for deadline in deadlines:
        if deadline.kind is DeadlineKind.MULTI:
            yield from parts(deadline.parts)
        else:
            yield deadline


def events_of(assignment: Assignment, told: bool = False) -> tuple[str, ...]:
    """What an assignment waits for, each once, in text order; with `told` also what was reported already."""
    found = (awaited(one) for one in parts(assignment.deadlines) if told or one.since is None)
    return tuple(dict.fromkeys(event for event in found if event is not None))


_HAPPENINGS = "happenings"
Happenings = Mapping[str, tuple[Happening, ...]]


def happenings(ledger: Ledger) -> Happenings:
    """Assignment (id) → what was reported and not taken back; of each event and unit the last word."""
    entries = ledger.kinds(EntryKind.HAPPENED)
    if not entries:
        return {}
    found: Happenings = ledger.remembered.of((_HAPPENINGS, entries), lambda: _told(entries))
    return found


def _told(entries: tuple[Entry, ...]) -> Happenings:
    found: dict[str, dict[tuple[str, str], Happening]] = {}
    for entry in entries:
        event, on = str(entry.details.get("event", "")), str(entry.details.get("on", ""))
        of = found.setdefault(entry.assignment, {})
        of.pop((event, entry.unit), None)
        if not entry.details.get("undone"):
            day = date.fromisoformat(on)
            of[event, entry.unit] = Happening(entry.assignment, event, day, entry.unit, entry.who, entry.at)
    return {assignment: tuple(ones.values()) for assignment, ones in found.items() if ones}


def happening_entry(
    one: Happening, at: datetime, words: str, conversation: str, document: str, undone: bool = False
) -> Entry:
    """What the ledger is told when an event is reported, or taken back (`undone`)."""
    details: dict[str, object] = {"event": one.event, "on": one.on.isoformat()}
    return Entry(
        EntryKind.HAPPENED,
        at,
        who=one.who,
        conversation=conversation,
        words=words,
        document=document,
        assignment=one.assignment,
        unit=one.unit,
        details={**details, "undone": True} if undone else details,
    )
