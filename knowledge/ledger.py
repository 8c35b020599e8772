"""The ledger: what happened, appended and never changed. Status is derived from it, never stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property


class EntryKind(StrEnum):
    """What an entry records. LAPSED: a repetition was due and had lost its meaning; DAMAGED: lines of the ledger are gone."""

    FILED = "filed"
    CLAIMED = "claimed"
    HELD = "held"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    LAPSED = "lapsed"
    DAMAGED = "damaged"
    ACKNOWLEDGED = "acknowledged"
    REPORTED = "reported"
    REVIEWED = "reviewed"
    SUPERSEDED = "superseded"
    EXTENDED = "extended"
    SILENCED = "silenced"
    HAPPENED = "happened"
    CALENDAR = "calendar"


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


VERDICTS = frozenset({EntryKind.SENT, EntryKind.FAILED, EntryKind.UNKNOWN})


@dataclass(frozen=True)
class Ledger:
    """台账: every entry of an office in the order it was written, with the questions others ask of it.

    Immutable; `plus` gives a new one and hands the indexes on, so that a growing ledger stays cheap to ask.
    """

    entries: tuple[Entry, ...] = ()

    def __len__(self) -> int:
        return len(self.entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def plus(self, *entries: Entry) -> Ledger:
        """The ledger with `entries` written behind it; this one stays as it is."""
        grown = Ledger(self.entries + entries)
        for name, key_of in _INDEXES.items():
            if name in self.__dict__:
                grown.__dict__[name] = _indexed(entries, key_of, self.__dict__[name])
        return grown

    @cached_property
    def _keyed(self) -> Mapping[str, tuple[Entry, ...]]:
        return _indexed(self.entries, _INDEXES["_keyed"], {})

    @cached_property
    def _assigned(self) -> Mapping[str, tuple[Entry, ...]]:
        return _indexed(self.entries, _INDEXES["_assigned"], {})

    @cached_property
    def _coded(self) -> Mapping[str, tuple[Entry, ...]]:
        return _indexed(self.entries, _INDEXES["_coded"], {})

    @cached_property
    def _kinds(self) -> Mapping[str, tuple[Entry, ...]]:
        return _indexed(self.entries, _INDEXES["_kinds"], {})

    def of(self, assignment: str, *kinds: EntryKind) -> tuple[Entry, ...]:
        """What was written about an assignment (its id), oldest first; with `kinds`, only those kinds."""
        found = self._assigned.get(assignment, ())
        return tuple(entry for entry in found if entry.kind in kinds) if kinds else found

    def about(self, document: str) -> tuple[Entry, ...]:
        """What was written about a document (its id), oldest first."""
        return tuple(entry for entry in self.entries if entry.document == document)

    def kinds(self, *kinds: EntryKind) -> tuple[Entry, ...]:
        """Every entry of these kinds, oldest first; of one kind without looking at the others."""
        if len(kinds) == 1:
            return self._kinds.get(kinds[0], ())
        return tuple(entry for entry in self.entries if entry.kind in kinds)

    def between(self, start: datetime, end: datetime) -> tuple[Entry, ...]:
        """The entries of a stretch of time, `start` included and `end` not; both aware."""
        return tuple(entry for entry in self.entries if start <= entry.at < end)

    def keyed(self, key: str) -> tuple[Entry, ...]:
        """The history of one notice: its claim and every verdict on it, oldest first."""
        return self._keyed.get(key, ())

    def coded(self, code: str) -> tuple[Entry, ...]:
        """The deliveries in which a short code (in capitals) was said, oldest first."""
        return self._coded.get(code, ())

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
        """The progress reported on an assignment, oldest first; with `unit`, only that unit's."""
        return _by(self.of(assignment, EntryKind.REPORTED), unit)

    def latest_report(self, assignment: str, unit: str | None = None, period: str | None = None) -> Entry | None:
        """The newest report on an assignment; with `period` ("2017-06", "2017-Q2", "2017"), the newest for that period."""
        found = reversed(self.reports(assignment, unit))
        return next((entry for entry in found if period is None or entry.details.get("period") == period), None)


def _by(entries: tuple[Entry, ...], unit: str | None) -> tuple[Entry, ...]:
    return entries if unit is None else tuple(entry for entry in entries if entry.unit == unit)


def _indexed(
    entries: Iterable[Entry], key_of: Callable[[Entry], str], known: Mapping[str, tuple[Entry, ...]]
) -> Mapping[str, tuple[Entry, ...]]:
    """`known` with `entries` added under their keys; entries without a key are left out."""
    fresh: dict[str, list[Entry]] = {}
    for entry in entries:
        if key := key_of(entry):
            fresh.setdefault(key, []).append(entry)
    return {**known, **{key: known.get(key, ()) + tuple(found) for key, found in fresh.items()}}


_INDEXES: Mapping[str, Callable[[Entry], str]] = {
    "_keyed": lambda entry: entry.key,
    "_assigned": lambda entry: entry.assignment,
    "_coded": lambda entry: str(entry.details.get("code", "")),
    "_kinds": lambda entry: entry.kind,
}
