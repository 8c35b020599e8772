"""The ledger: what happened, appended and never changed. Status is derived from it, never stored."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import islice
from operator import eq
from threading import Lock
from typing import Any

from knowledge.identity import Remembered


class EntryKind(StrEnum):
    """What an entry records. LAPSED: a repetition was due and had lost its meaning; DAMAGED: lines of the ledger are gone.

    EVIDENCED, ACCEPTED, RETURNED and CANCELLED are about a report, see `knowledge.reported`. BLANKED: words about
    a person were taken out of the ledger. ENTRUSTED: a message is with a person who is to carry it into its group, FORWARDED:
    that person says that it is there; see `knowledge.errands`.
    """

    FILED = "filed"
    CLAIMED = "claimed"
    HELD = "held"
    BOUND = "bound"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ENTRUSTED = "entrusted"
    FORWARDED = "forwarded"
    LAPSED = "lapsed"
    DAMAGED = "damaged"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    EVIDENCED = "evidenced"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    CANCELLED = "cancelled"
    REVIEWED = "reviewed"
    SUPERSEDED = "superseded"
    EXTENDED = "extended"
    SILENCED = "silenced"
    HAPPENED = "happened"
    CALENDAR = "calendar"
    ENROLLED = "enrolled"
    INVITED = "invited"
    GROUPED = "grouped"
    HANDED = "handed"
    RESTRICTED = "restricted"
    BLANKED = "blanked"


@dataclass(frozen=True, slots=True)
class Entry:
    """记录: one thing that happened. `at` is aware; `who`, `conversation` and `words` say on whose word it stands.

    `key` is the notice's unique key for deliveries; `details` holds JSON values only.
    """

    kind: EntryKind
    at: datetime
    who: str = ""
    conversation: str = ""
    words: str = ""
    document: str = ""
    assignment: str = ""
    unit: str = ""
    key: str = ""
    details: Mapping[str, object] = field(default_factory=dict)


VERDICTS = frozenset({EntryKind.SENT, EntryKind.FAILED, EntryKind.UNKNOWN, EntryKind.ENTRUSTED})


class _Log:
    """What ledgers of one history share: a list that only grows, and its indexes, each made when it is first asked."""

    __slots__ = ("entries", "indexes", "peaks", "remembered", "turn")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.indexes: dict[str, _Index] = {}
        self.peaks: list[datetime] = []
        self.remembered: Remembered[Any] = Remembered(16)
        self.turn = Lock()

    def grown(self, length: int, entries: tuple[Entry, ...]) -> _Log:
        """A log whose first `length` entries are those of this one, with `entries` behind them: itself where nothing
        else was written behind them yet."""
        with self.turn:
            if len(self.entries) == length:
                self.entries.extend(entries)
            elif tuple(self.entries[length : length + len(entries)]) != entries:
                return _Log((*self.entries[:length], *entries))
        return self

    def index(self, name: str) -> _Index:
        """An index, up to the newest entry."""
        found = self.indexes.get(name)
        if found is None or found.read != len(self.entries):
            with self.turn:
                found = self.indexes.setdefault(name, _Index())
                found.read_on(self.entries, _INDEXES[name])
        return found

    def peak(self, length: int) -> datetime | None:
        """The latest moment that any of the first `length` entries tells of."""
        if len(self.peaks) < length:
            with self.turn:
                for entry in self.entries[len(self.peaks) :]:
                    self.peaks.append(max(self.peaks[-1], entry.at) if self.peaks else entry.at)
        return self.peaks[length - 1] if length else None


class _Index:
    """The places of the entries that have a key, by key; `told` keeps what was last given for each."""

    __slots__ = ("places", "read", "told")

    def __init__(self) -> None:
        self.read = 0
        self.places: dict[str, list[int]] = {}
        self.told: dict[str, tuple[Entry, ...]] = {}

    def read_on(self, entries: Sequence[Entry], key_of: Callable[[Entry], str]) -> None:
        """Take in what was written since it was last asked."""
        for place in range(self.read, len(entries)):
            if key := key_of(entries[place]):
                self.places.setdefault(key, []).append(place)
        self.read = len(entries)


@dataclass(frozen=True, slots=True, eq=False, init=False)
class Ledger:
    """台账: every entry of an office in the order it was written, with the questions others ask of it.

    Immutable; `plus` gives a new one. Ledgers that grow out of each other share one list and its indexes, so that writing
    and asking cost the same however long the ledger is, and an old ledger keeps its answers.
    """

    _log: _Log
    _length: int

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """A ledger with these entries, oldest first."""
        self._hold(_Log(entries))

    def _hold(self, log: _Log, length: int | None = None) -> None:
        object.__setattr__(self, "_log", log)
        object.__setattr__(self, "_length", len(log.entries) if length is None else length)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries; to look at a few of them iterate over the ledger or its `reversed`, which copies nothing."""
        return tuple(self._log.entries[: self._length])

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Entry]:
        return islice(self._log.entries, self._length)

    def __reversed__(self) -> Iterator[Entry]:
        return (self._log.entries[place] for place in range(self._length - 1, -1, -1))

    def __repr__(self) -> str:
        return f"Ledger({list(self)})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Ledger):
            return NotImplemented
        if len(self) != len(other):
            return False
        return self._log is other._log or all(map(eq, self, other))

    def plus(self, *entries: Entry) -> Ledger:
        """The ledger with `entries` written behind it; this one stays as it is."""
        if not entries:
            return self
        grown = Ledger.__new__(Ledger)
        grown._hold(self._log.grown(self._length, entries), self._length + len(entries))
        return grown

    def until(self, then: datetime) -> Ledger:
        """The ledger as it was at a moment (aware); shares its indexes where no clock was ever set back."""
        count = sum(1 for entry in self if entry.at <= then)
        if any(entry.at > then for entry in islice(self._log.entries, count)):
            return Ledger(entry for entry in self if entry.at <= then)
        earlier = Ledger.__new__(Ledger)
        earlier._hold(self._log, count)
        return earlier

    @property
    def latest(self) -> datetime | None:
        """The latest moment that an entry tells of, which is not the last one's where a clock was set back; None where there is none."""
        return self._log.peak(self._length)

    @property
    def remembered(self) -> Remembered[Any]:
        """Room for what follows from some of the entries and is asked again and again: one office's, gone with its ledger."""
        return self._log.remembered

    def is_same(self, other: Ledger) -> bool:
        """Whether nothing was written between the two; at a glance, other than `==`."""
        return self._log is other._log and self._length == other._length

    def since(self, earlier: Ledger | None) -> tuple[Entry, ...] | None:
        """What was written after `earlier`; None where this ledger did not grow out of it."""
        if earlier is None or earlier._log is not self._log or earlier._length > self._length:
            return None
        return tuple(self._log.entries[earlier._length : self._length])

    def _found(self, name: str, key: str) -> tuple[Entry, ...]:
        """The entries with a key; to the newest ledger the very same tuple while no other is written."""
        log = self._log
        index = log.indexes.get(name)
        if index is None or index.read != len(log.entries):
            index = log.index(name)
        places = index.places.get(key)
        if places is None:
            return ()
        count = len(places) if places[-1] < self._length else bisect_left(places, self._length)
        told = index.told.get(key, ())
        if len(told) != count:
            told = tuple(self._log.entries[place] for place in places[:count])
            if count == len(places):  # what an earlier ledger is told must not take the place of what the newest is
                index.told[key] = told
        return told

    def of(self, assignment: str, *kinds: EntryKind) -> tuple[Entry, ...]:
        """What was written about an assignment (its id), oldest first; with `kinds`, only those kinds."""
        found = self._found("assigned", assignment)
        return tuple(entry for entry in found if entry.kind in kinds) if kinds else found

    def about(self, document: str) -> tuple[Entry, ...]:
        """What was written about a document (its id), oldest first."""
        return self._found("documented", document)

    def filings(self, document: str) -> tuple[Entry, ...]:
        """When a document (its id) was filed, oldest first."""
        return self._found("filed", document)

    def kinds(self, *kinds: EntryKind) -> tuple[Entry, ...]:
        """Every entry of these kinds, oldest first, without looking at the others."""
        if len(kinds) == 1:
            return self._found("kinds", kinds[0])
        known = self._log.index("kinds").places
        there = [kind for kind in dict.fromkeys(kinds) if kind in known]
        if len(there) < 2:  # of most kinds an office has none
            return self._found("kinds", there[0]) if there else ()
        found = [known[kind] for kind in there]
        places = sorted(place for places in found for place in places if place < self._length)
        return tuple(self._log.entries[place] for place in places)

    def between(self, start: datetime, end: datetime) -> tuple[Entry, ...]:
        """The entries of a stretch of time, `start` included and `end` not; both aware."""
        return tuple(entry for entry in self if start <= entry.at < end)

    def keyed(self, key: str) -> tuple[Entry, ...]:
        """The history of one notice: its claim and every verdict on it, oldest first."""
        return self._found("keyed", key)

    def coded(self, code: str) -> tuple[Entry, ...]:
        """The deliveries in which a short code (in capitals) was said, oldest first."""
        return self._found("coded", code)

    def claimed(self, key: str) -> bool:
        """Whether somebody has taken it on themselves to post this notice."""
        return any(entry.kind is EntryKind.CLAIMED for entry in self.keyed(key))

    def delivered(self, key: str) -> bool:
        """Whether the platform said of this notice that it arrived."""
        return any(entry.kind is EntryKind.SENT for entry in self.keyed(key))

    def verdict(self, key: str) -> Entry | None:
        """The last word on a notice: sent, failed or unknown; None while nothing came back."""
        return next((entry for entry in reversed(self.keyed(key)) if entry.kind in VERDICTS), None)

    def open_claims(self) -> tuple[Entry, ...]:
        """The claims without a verdict: what a process was about to post, or was posting, when it ended."""
        claims = self.kinds(EntryKind.CLAIMED)
        return tuple(claim for claim in claims if self.verdict(claim.key) is None)

    def acknowledgements(self, assignment: str, unit: str | None = None) -> tuple[Entry, ...]:
        """Who answered 收到 for an assignment, oldest first; with `unit`, only that unit's."""
        return _by(self.of(assignment, EntryKind.ACKNOWLEDGED), unit)

    def reports(self, assignment: str, unit: str | None = None) -> tuple[Entry, ...]:
        """The progress reported on an assignment, oldest first; with `unit`, only that unit's.

        What was taken back or returned is among it: what counts is told by `knowledge.reported`.
        """
        return _by(self.of(assignment, EntryKind.REPORTED), unit)

    def latest_report(self, assignment: str, unit: str | None = None, period: str | None = None) -> Entry | None:
        """The newest report on an assignment; with `period` ("2017-06", "2017-Q2", "2017"), the newest for that period."""
        found = reversed(self.reports(assignment, unit))
        return next((entry for entry in found if period is None or entry.details.get("period") == period), None)


def _by(entries: tuple[Entry, ...], unit: str | None) -> tuple[Entry, ...]:
    return entries if unit is None else tuple(entry for entry in entries if entry.unit == unit)


_INDEXES: Mapping[str, Callable[[Entry], str]] = {
    "keyed": lambda entry: entry.key,
    "assigned": lambda entry: entry.assignment,
    "documented": lambda entry: entry.document,
    "filed": lambda entry: entry.document if entry.kind is EntryKind.FILED else "",
    "coded": lambda entry: str(entry.details.get("code", "")),
    "kinds": lambda entry: entry.kind,
}
