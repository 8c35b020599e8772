"""What an answer to a reminder is given in: who speaks, and which due dates his words, his quotation or his code mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import NamedTuple

from knowledge.codes import code_of, codes_in, matter_of, meant_by
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Message
from knowledge.normal import plain
from knowledge.question.conversation import numbered
from knowledge.question.itemnumbers import asked_numbers
from knowledge.register import Register
from knowledge.shares import Holder, holder_of
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import Dated, Standing, share_standing, standing

SUPERVISORS = frozenset({"supervisor", "administrator"})
OPEN_FOR = timedelta(days=30)
"""How long a reminder can be answered without saying which one is meant."""


class Point(NamedTuple):
    """One due date of an assignment that is answered; `due` None where it is a quarter's prompt or not known. `code` stands
    for it in chat, `message` is what tells its message from others."""

    assignment: Assignment
    due: date | None = None
    code: str = ""
    message: str = ""


@dataclass(frozen=True)
class Occasion:
    """A message with all that it is answered from; `register` is what its conversation may know, dated by the ledger."""

    message: Message
    register: Register
    ledger: Ledger
    now: datetime
    calendar: WorkCalendar

    @cached_property
    def today(self) -> date:
        """The day in Shanghai."""
        return self.now.astimezone(SHANGHAI).date()

    @cached_property
    def holder(self) -> Holder | None:
        """The unit that the speaker answers for; None where he answers for none."""
        return holder_of(self.message.unit, self.register) if self.message.unit else None

    @property
    def supervising(self) -> bool:
        """Whether the speaker may decide for others."""
        return self.message.role in SUPERVISORS

    def share(self, one: Assignment) -> str | None:
        """The name under which the speaker has a share in an assignment, empty for the whole; None when he has none."""
        if self.holder is None:
            return "" if self.supervising else None
        return self.holder.share(one)

    def reported(self, one: Assignment, unit: str, details: Mapping[str, object]) -> Entry:
        """The entry of a report on an assignment, or on the share of `unit` in it, in the words of the message."""
        said = self.message
        return Entry(
            EntryKind.REPORTED,
            self.now,
            who=said.sender,
            conversation=said.conversation,
            words=said.text,
            document=one.document,
            assignment=one.id,
            unit=unit,
            details=details,
        )

    # ------------------------------------------------------------ what is meant
    @cached_property
    def named(self) -> tuple[Point, ...]:
        """What the message names: by short codes, else by quoting, else by item numbers that mean one thing only."""
        return self.pointed or self._numbered

    @cached_property
    def pointed(self) -> tuple[Point, ...]:
        """What the message points at: by short codes, else by quoting."""
        return self._coded or self.quoted

    @cached_property
    def _coded(self) -> tuple[Point, ...]:
        entries = [meant_by(code, self.ledger) for code in codes_in(self.message.text)]
        return self._matters(entry for entry in entries if entry is not None)

    @cached_property
    def quoted(self) -> tuple[Point, ...]:
        """What stands in the message that is quoted, as far as it is one of the bot's notices in this conversation."""
        id, here = self.message.quoted, self.message.conversation
        if not id:
            return ()
        sent = self.ledger.kinds(EntryKind.SENT)
        return self._matters(one for one in sent if one.conversation == here and id in _ids(one))

    @cached_property
    def _numbered(self) -> tuple[Point, ...]:
        found: list[Point] = []
        for number in asked_numbers(plain(self.message.text)):
            rows = [one for one in numbered(self.register, number) if self.share(one) is not None]
            if len(rows) == 1:
                found.append(Point(rows[0], self.next_due(rows[0]), self.code(rows[0], self.next_due(rows[0]))))
        return tuple(found)

    def _matters(self, entries: Iterable[Entry]) -> tuple[Point, ...]:
        found: dict[tuple[str, date | None], Point] = {}
        for entry in entries:
            one = self.register.assignment(matter_of(entry)[0])
            if one is not None:
                due = _due(entry)
                code = str(entry.details.get("code", "")) or self.code(one, due)
                found[one.id, due] = Point(one, due, code, _message(entry))
        return tuple(found.values())

    @cached_property
    def open(self) -> tuple[Point, ...]:
        """What was said here to the speaker's unit in the last weeks, is not done and not answered by it; oldest first.

        In a talk between two, in which nothing was reminded of, it is what was said to the unit anywhere.
        """
        sent = self.ledger.kinds(EntryKind.SENT, EntryKind.UNKNOWN)
        fresh = [e for e in sent if self.now - e.at <= OPEN_FOR and e.details.get("kind") in ("reminder", "prompt")]
        here = [entry for entry in fresh if entry.conversation == self.message.conversation]
        alone = self.holder is not None and not self.message.group
        return tuple(one for one in self._matters(here or (fresh if alone else ())) if self._waits(one))

    def _waits(self, one: Point) -> bool:
        if self.holder is not None and self.holder.share(one.assignment) is None:
            return False
        return not self.answered(one) and self._is_open(one)

    def _is_open(self, one: Point) -> bool:
        unit = self.share(one.assignment)
        if one.due is None or unit is None:
            return not standing(one.assignment, self.ledger, self.calendar, self.today).finished
        return one.due in {row.due for row in self.dates(one.assignment, unit)}

    def answered(self, one: Point) -> bool:
        """Whether the speaker's unit (or he himself, where he has none) has said 收到 to this due date."""
        unit, who = self.share(one.assignment) or "", self.message.sender
        told = self.ledger.acknowledgements(one.assignment.id)
        mine = (e for e in told if (e.unit == unit if unit else not e.unit and e.who == who))
        return any(e.details.get("due", "") == (one.due.isoformat() if one.due else "") for e in mine)

    def standing(self, one: Assignment, unit: str) -> Standing:
        """Where a unit's share stands; the whole for an empty name."""
        if not unit:
            return standing(one, self.ledger, self.calendar, self.today)
        return share_standing(one, unit, self.ledger, self.calendar, self.today)

    def dates(self, one: Assignment, unit: str) -> tuple[Dated, ...]:
        """The open due dates of a unit's share, of the whole for an empty name."""
        return self.standing(one, unit).open

    def next_due(self, one: Assignment) -> date | None:
        """The due date that is talked of when none is named: the next open one, else the last that is overdue."""
        rows = self.dates(one, self.share(one) or "")
        coming = next((row.due for row in rows if row.due >= self.today), None)
        return coming or (rows[-1].due if rows else None)

    def undated(self, one: Assignment) -> bool:
        """Whether nothing of an assignment falls due, and nothing of it is done."""
        return self.next_due(one) is None and not self.standing(one, self.share(one) or "").finished

    def code(self, one: Assignment, due: date | None) -> str:
        """The short code of a due date; empty without one."""
        return code_of((one.id, due.isoformat()), self.ledger, self.now) if due else ""


def _due(entry: Entry) -> date | None:
    told = entry.details.get("due") or entry.details.get("about")
    return date.fromisoformat(str(told)) if told else None


def _ids(entry: Entry) -> tuple[str, ...]:
    ids = entry.details.get("message_ids")
    return tuple(str(id) for id in ids) if isinstance(ids, list | tuple) else ()


def _message(entry: Entry) -> str:
    """What the entries of one message share."""
    return "|".join(_ids(entry)) or entry.at.isoformat()
