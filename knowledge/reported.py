"""已报: the reports of the ledger, each with what became of it: evidence, acceptance or return, undoing. Nothing is erased:
every step is an entry of its own that names the report it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from knowledge.ledger import Entry, EntryKind, Ledger

DONE = "done"
ACCEPTANCE = "acceptance"
EVIDENCE = "evidence"
OF_EVIDENCE = "evidence_of"
"""The detail of a CANCELLED entry that takes back one piece of evidence (its `evidence_key`), and not the report."""
_ABOUT = (EntryKind.EVIDENCED, EntryKind.ACCEPTED, EntryKind.RETURNED, EntryKind.CANCELLED)


@dataclass(frozen=True, slots=True)
class Reported:
    """已报: one report. `entry` is what was said, `key` names it for ever; `evidence` what was given for it later, `verdict` the
    last acceptance or return, `cancelled` the entry that took it back.

    `entry.details` hold status, percent, period, urls; `wants` lists what it had to have when it was made: EVIDENCE where a
    completion came without the link that the office requires, ACCEPTANCE where a supervisor has to accept it.
    """

    entry: Entry
    key: str
    evidence: tuple[Entry, ...] = ()
    verdict: Entry | None = None
    cancelled: Entry | None = None

    @property
    def stands(self) -> bool:
        """Whether nobody has taken it back."""
        return self.cancelled is None

    @property
    def completion(self) -> bool:
        """Whether it tells that something is done."""
        return self.entry.details.get("status") == DONE

    @property
    def returned(self) -> bool:
        """Whether a supervisor's last word was to return it."""
        return self.verdict is not None and self.verdict.kind is EntryKind.RETURNED

    @property
    def accepted(self) -> bool:
        """Whether a supervisor has accepted it; then no report of the unit itself makes it undone."""
        return self.done and self.verdict is not None and self.verdict.kind is EntryKind.ACCEPTED

    @property
    def lacking(self) -> bool:
        """Whether the evidence that was required is still to come."""
        return self.wants(EVIDENCE) and not self.given

    @property
    def given(self) -> tuple[Entry, ...]:
        """What was given as evidence later; a check of a link gives none."""
        return tuple(one for one in self.evidence if "checked" not in one.details)

    @property
    def done(self) -> bool:
        """Whether it finishes what it is about, accepted or not yet."""
        return self.completion and self.stands and not self.returned and not self.lacking

    @property
    def waiting(self) -> bool:
        """Whether it is done and a supervisor has still to accept it."""
        return self.done and self.verdict is None and self.wants(ACCEPTANCE)

    @property
    def at(self) -> datetime:
        """When it was complete: when it was said, or when the evidence came that it needed."""
        given = self.given if self.wants(EVIDENCE) else ()
        return given[0].at if given else self.entry.at

    @property
    def unit(self) -> str:
        """Whose share it is about; empty for the whole."""
        return self.entry.unit

    @property
    def urls(self) -> tuple[str, ...]:
        """All links given with it and after it, in order."""
        told = (url for one in (self.entry, *self.evidence) for url in _urls(one))
        return tuple(dict.fromkeys(told))

    @property
    def checks(self) -> Mapping[str, Entry]:
        """Each link that was looked at, with what was found last."""
        return {str(one.details["url"]): one for one in self.evidence if "checked" in one.details}

    @property
    def files(self) -> tuple[Mapping[str, object], ...]:
        """All files given for it: name, sha256 and size of each."""
        found = (one.details.get("file") for one in self.evidence)
        return tuple(one for one in found if isinstance(one, Mapping))

    @property
    def proved(self) -> bool:
        """Whether it has any evidence at all: a link or a file."""
        return bool(self.urls or self.files)

    def wants(self, what: str) -> bool:
        """Whether it had to have EVIDENCE or ACCEPTANCE when it was made."""
        told = self.entry.details.get("wants")
        return isinstance(told, list | tuple) and what in told

    def answered(
        self, kind: EntryKind, at: datetime, who: str, conversation: str, words: str, **details: object
    ) -> Entry:
        """An entry about this report: evidence for it, its acceptance or return, its undoing."""
        return Entry(
            kind,
            at,
            who=who,
            conversation=conversation,
            words=words,
            document=self.entry.document,
            assignment=self.entry.assignment,
            unit=self.entry.unit,
            details={**details, "report": self.key},
        )


def evidence_key(entry: Entry) -> str:
    """What names a piece of evidence for ever: its moment, and its file or first link."""
    file = entry.details.get("file")
    what = str(file.get("sha256")) if isinstance(file, Mapping) else next(_urls(entry), "")
    return f"{entry.at.isoformat()}|{what}"


def _urls(entry: Entry) -> Iterator[str]:
    told = entry.details.get("urls")
    if isinstance(told, list | tuple):
        yield from map(str, told)
    elif url := entry.details.get("url"):
        yield str(url)


def reported(ledger: Ledger, assignment: str) -> tuple[Reported, ...]:
    """All reports on an assignment (its id), oldest first, also those that were taken back."""
    entries = ledger.reports(assignment)
    if not entries:
        return ()
    return _read(entries, ledger.of(assignment, *_ABOUT))


def counting(ledger: Ledger, assignment: str) -> tuple[Reported, ...]:
    """The reports on an assignment that nobody has taken back, oldest first."""
    return tuple(one for one in reported(ledger, assignment) if one.stands)


def _read(entries: Iterable[Entry], about: Iterable[Entry]) -> tuple[Reported, ...]:
    said: dict[str, list[Entry]] = {}
    for entry in about:
        said.setdefault(str(entry.details.get("report", "")), []).append(entry)
    found: dict[str, Reported] = {}
    for entry in entries:
        key = _key(entry, found)
        found[key] = _one(entry, key, said.get(key, ()))
    return tuple(found.values())


def _one(entry: Entry, key: str, said: Iterable[Entry]) -> Reported:
    answers = tuple(said)
    gone = {str(one.details[OF_EVIDENCE]) for one in answers if OF_EVIDENCE in one.details}
    verdicts = [one for one in answers if one.kind in (EntryKind.ACCEPTED, EntryKind.RETURNED)]
    return Reported(
        entry,
        key,
        tuple(one for one in answers if one.kind is EntryKind.EVIDENCED and evidence_key(one) not in gone),
        verdicts[-1] if verdicts else None,
        next((one for one in answers if one.kind is EntryKind.CANCELLED and OF_EVIDENCE not in one.details), None),
    )


def _key(entry: Entry, taken: Mapping[str, Reported]) -> str:
    """What names a report for ever: assignment, share, moment and period; a number behind it where that is not unique."""
    key = "|".join((entry.assignment, entry.unit, entry.at.isoformat(), str(entry.details.get("period") or "")))
    again = 2
    unique = key
    while unique in taken:
        unique, again = f"{key}|{again}", again + 1
    return unique


_REPORTED = "reported"
_UNSETTLED = "unsettled"


def all_reported(ledger: Ledger) -> tuple[Reported, ...]:
    """Every report of the ledger, in the order in which they were made."""
    entries = ledger.kinds(EntryKind.REPORTED)
    about = tuple(ledger.kinds(kind) for kind in _ABOUT)
    if not entries:
        return ()
    parts = (_REPORTED, entries, *about)
    found: tuple[Reported, ...] = ledger.remembered.of(
        parts, lambda: _read(entries, (one for part in about for one in part))
    )
    return found


def unsettled(ledger: Ledger) -> tuple[Reported, ...]:
    """Of all reports those that wait for a supervisor or were returned by one."""
    reports = all_reported(ledger)
    found: tuple[Reported, ...] = ledger.remembered.of(
        (_UNSETTLED, reports), lambda: tuple(one for one in reports if one.waiting or one.returned)
    )
    return found


def waiting(ledger: Ledger) -> tuple[Reported, ...]:
    """已报待核: the completions that a supervisor has still to accept, oldest first."""
    return tuple(one for one in all_reported(ledger) if one.waiting)
