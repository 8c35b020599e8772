"""静默: what a conversation or a unit asked not to be reminded of for some days. It ends by itself; the ledger tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from knowledge.ledger import Entry, EntryKind, Ledger


@dataclass(frozen=True, slots=True)
class Silence:
    """From the moment `since` up to the end of the day `until`. Empty `assignment` (id): all that the bot says by itself in
    `conversation`; else only that assignment, everywhere, for the share of `unit` or (empty: a supervisor's) for all.

    `ended` is the moment at which it was lifted before its time.
    """

    conversation: str
    since: datetime
    until: date
    assignment: str = ""
    unit: str = ""
    who: str = ""
    ended: datetime | None = None

    def holds(self, now: datetime) -> bool:
        """Whether it is silent at `now`."""
        return self.since <= now and now.astimezone(self.since.tzinfo).date() <= self.until and self.ended is None

    @property
    def place(self) -> tuple[str, str, str]:
        """What it is about; a new one for the same takes its place."""
        return ("" if self.assignment else self.conversation, self.assignment, self.unit)

    def entry(self, words: str) -> Entry:
        """What the ledger is told when it begins, or (with `ended`) when it is lifted."""
        details: dict[str, object] = {"until": self.until.isoformat()}
        if self.ended is not None:
            details["ended"] = True
        return Entry(
            EntryKind.SILENCED,
            self.ended or self.since,
            who=self.who,
            conversation=self.conversation,
            words=words,
            assignment=self.assignment,
            unit=self.unit,
            details=details,
        )


_SILENCES = "silences"


def silences(ledger: Ledger) -> tuple[Silence, ...]:
    """Every silence there was, the last for each place, in the order in which they began."""
    entries = ledger.kinds(EntryKind.SILENCED)
    if not entries:
        return ()
    found: tuple[Silence, ...] = ledger.remembered.of((_SILENCES, entries), lambda: _told(entries))
    return found


def silent_now(ledger: Ledger, now: datetime) -> tuple[Silence, ...]:
    """The silences that hold at `now`."""
    return tuple(one for one in silences(ledger) if one.holds(now))


def _told(entries: Iterable[Entry]) -> tuple[Silence, ...]:
    found: dict[tuple[str, str, str], Silence] = {}
    for entry in entries:
        until = date.fromisoformat(str(entry.details.get("until")))
        one = Silence(entry.conversation, entry.at, until, entry.assignment, entry.unit, entry.who)
        before = found.pop(one.place, None)
        if entry.details.get("ended") and before is not None:
            one = Silence(
                before.conversation, before.since, before.until, before.assignment, before.unit, before.who, entry.at
            )
        found[one.place] = one
    return tuple(found.values())
