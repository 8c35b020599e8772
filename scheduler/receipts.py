"""回执账: of every notice what the platform said, who was named, who answered and when, who stayed silent.

Computed from the ledger alone (the register only tells who was named by notices whose delivery a crash cut short), so
that it proves what it says: every line of it is an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from knowledge.ledger import VERDICTS, Entry, EntryKind, Ledger
from knowledge.register import Register
from knowledge.shares import owing
from scheduler.escalation import LEADERS, OVERDUE, UNANSWERED
from scheduler.notices import parse_key
from scheduler.policy import SHANGHAI

FATES = (*VERDICTS, EntryKind.FORWARDED, EntryKind.LAPSED)
_ANSWERS = (EntryKind.ACKNOWLEDGED, EntryKind.REPORTED, EntryKind.EXTENDED)


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that a notice named: its first answer to it, else the one it gave to an earlier stage of the same deadline."""

    unit: str
    answer: Entry | None = None
    before: Entry | None = None

    @property
    def silent(self) -> bool:
        """Whether nothing was heard from it."""
        return self.answer is None and self.before is None


@dataclass(frozen=True, slots=True)
class Receipt:
    """回执: one notice to one conversation. `verdicts` are the fates of its attempts, oldest first, `claimed` the first
    claim; `slot` is the due date, the quarter or the week as in its key. `others` answered without speaking for a unit that
    was named."""

    key: str
    assignment: str
    slot: str
    stage: str
    conversation: str
    claimed: Entry | None
    verdicts: tuple[Entry, ...]
    named: tuple[Named, ...] = ()
    others: tuple[Entry, ...] = ()

    @property
    def at(self) -> datetime:
        """When it was first tried."""
        return self.claimed.at if self.claimed else self.verdicts[0].at

    @property
    def last(self) -> Entry | None:
        """The last word on it; None while it is on its way."""
        return self.verdicts[-1] if self.verdicts else None

    @property
    def fate(self) -> EntryKind:
        """SENT, FAILED, UNKNOWN, ENTRUSTED, FORWARDED, LAPSED or HELD; CLAIMED while nothing came back."""
        return self.last.kind if self.last else EntryKind.CLAIMED

    @property
    def code(self) -> str:
        """Its short code; empty where it had none."""
        return str(self._detail("code", ""))

    @property
    def kind(self) -> str:
        """What sort of notice it was; empty where a crash left only its claim."""
        return str(self._detail("kind", ""))

    @property
    def people(self) -> tuple[str, ...]:
        """The liaisons that it called by name."""
        named = self._detail("named", [])
        return tuple(map(str, named)) if isinstance(named, list) else ()

    @property
    def document(self) -> str:
        """The id of its document; empty for a summary."""
        return next((entry.document for entry in self.verdicts if entry.document), "")

    @property
    def due(self) -> date | None:
        """The due date, where the notice is about one."""
        try:
            return date.fromisoformat(self.slot)
        except ValueError:
            return None

    @property
    def reached(self) -> bool:
        """Whether it was or may have been seen; what a person was handed only when that person says so."""
        return self.fate in (EntryKind.SENT, EntryKind.UNKNOWN, EntryKind.FORWARDED, EntryKind.CLAIMED)

    @property
    def silent(self) -> tuple[str, ...]:
        """The units of which nothing was heard; none where it cannot have been seen."""
        return tuple(one.unit for one in self.named if one.silent) if self.reached else ()

    def _detail(self, name: str, default: object) -> object:
        return next((e.details[name] for e in reversed(self.verdicts) if name in e.details), default)


def receipts(register: Register, ledger: Ledger, assignments: Iterable[str] | None = None) -> tuple[Receipt, ...]:
    """The notices that were ever tried, oldest first, with the answers to them; all, or those about some assignments
    (ids), which is quick in a long ledger."""
    entries = ledger.entries if assignments is None else _about(assignments, ledger)
    found = [_answered(group, register, ledger) for group in _by_matter(_bare(entries)).values()]
    return tuple(sorted((one for group in found for one in group), key=lambda one: one.at))


def _about(assignments: Iterable[str], ledger: Ledger) -> Iterator[Entry]:
    """The claims and fates of notices about these assignments; a claim alone names none."""
    for id in assignments:
        keys = dict.fromkeys(entry.key for entry in ledger.of(id, *FATES, EntryKind.HELD))
        for key in keys:
            yield from ledger.keyed(key)


def chosen(
    found: Iterable[Receipt],
    *,
    document: str = "",
    code: str = "",
    first: date | None = None,
    last: date | None = None,
) -> tuple[Receipt, ...]:
    """Those of a document (its id), under a code, first tried in a window of days."""
    tests: list[Callable[[Receipt], bool]] = [
        lambda one: not document or one.document == document,
        lambda one: not code or one.code == code,
        lambda one: first is None or one.at.astimezone(SHANGHAI).date() >= first,
        lambda one: last is None or one.at.astimezone(SHANGHAI).date() <= last,
    ]
    return tuple(one for one in found if all(test(one) for test in tests))


def _bare(entries: Iterable[Entry]) -> Iterator[Receipt]:
    """Every notice with its fates, without the answers."""
    claims: dict[str, Entry] = {}
    fates: dict[str, list[Entry]] = {}
    held: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.key and entry.kind is EntryKind.CLAIMED:
            claims.setdefault(_base(entry.key), entry)
        elif entry.key and entry.kind in FATES:
            fates.setdefault(_base(entry.key), []).append(entry)
        elif entry.kind is EntryKind.HELD:
            held.setdefault(entry.key.removeprefix("held|"), []).append(entry)
    for key in dict.fromkeys((*claims, *fates, *held)):
        parts = parse_key(key)
        # That it waited is told only of what was never tried.
        verdicts = tuple(fates.get(key, ()) or (held.get(key, ()) if key not in claims else ()))
        assignment = parts.assignment or next((entry.assignment for entry in verdicts), "")
        yield Receipt(key, assignment, parts.slot, parts.stage, parts.conversation, claims.get(key), verdicts)


def _base(claim: str) -> str:
    # Nearly every claim is a first one, and a long ledger has very many: their keys are not taken apart for it.
    return claim.partition("|")[2] if claim.startswith("again-") and parse_key(claim).attempt > 1 else claim


def _by_matter(found: Iterable[Receipt]) -> dict[tuple[str, str, str], list[Receipt]]:
    """The stages of one due date in one conversation, oldest first."""
    groups: dict[tuple[str, str, str], list[Receipt]] = {}
    for one in sorted(found, key=lambda one: one.at):
        groups.setdefault((one.assignment, one.slot, one.conversation), []).append(one)
    return groups


def _answered(group: list[Receipt], register: Register, ledger: Ledger) -> Iterator[Receipt]:
    """Each stage with the answers between it and the next one; a unit's earlier answer is kept in mind."""
    answers = [entry for entry in ledger.of(group[0].assignment, *_ANSWERS) if _means(entry, group[0].slot)]
    earlier: dict[str, Entry] = {}
    for one, until in zip(group, [*(later.at for later in group[1:]), None], strict=True):
        own = [entry for entry in answers if one.at <= entry.at and (until is None or entry.at < until)]
        first = {unit: next(entries) for unit, entries in groupby(sorted(own, key=_unit), key=_unit)}
        units = _units(one, register)
        named = tuple(Named(unit, first.get(unit), earlier.get(unit)) for unit in units)
        others = tuple(entry for entry in own if entry.unit not in units)
        earlier = {**first, **earlier}
        yield Receipt(
            one.key, one.assignment, one.slot, one.stage, one.conversation, one.claimed, one.verdicts, named, others
        )


def _unit(entry: Entry) -> str:
    return entry.unit


def _means(entry: Entry, slot: str) -> bool:
    """Whether an answer may be about this due date: one that names another one is not."""
    return entry.details.get("due") in (None, slot)


_ASKS = frozenset({"", "reminder", "prompt", "event"})
"""The notices (their kinds) that a unit is to answer; of the others it reads nothing, they are about it and not said to it."""


def _units(one: Receipt, register: Register) -> tuple[str, ...]:
    """The units that the notice asked to answer; of a notice cut short those that it would have."""
    if one.kind not in _ASKS or (not one.kind and one.stage in (UNANSWERED, OVERDUE, LEADERS)):
        return ()
    for entry in reversed(one.verdicts):
        units = entry.details.get("units")
        if isinstance(units, list):
            return tuple(map(str, units))
    assignment = register.assignment(one.assignment)
    return owing(assignment) if assignment else ()
