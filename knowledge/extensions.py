"""延期: who asked for which due date to be moved, until when and why, and what a supervisor said to it. The ledger tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Extension


class Step(StrEnum):
    """How far an extension is: the date moves only when it is approved."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Request:
    """延期申请. `unit` is the printed name it was asked for (empty: for all), `phrases` the deadlines' own words that fall
    due on `was`. `by`, `on`, `where` and `remark` tell who decided, when, in which conversation and what he said; `key` is
    unique for ever.
    """

    key: str
    assignment: str
    document: str
    unit: str
    was: date
    to: date
    phrases: tuple[str, ...]
    period: str | None
    reason: str
    who: str
    at: datetime
    conversation: str
    step: Step = Step.ASKED
    by: str = ""
    on: datetime | None = None
    remark: str = ""
    where: str = ""

    @property
    def extension(self) -> Extension:
        """What it changes once it is approved."""
        return Extension(self.was, self.to, self.unit, self.period)

    def entry(self, step: Step, at: datetime, who: str, conversation: str, words: str, remark: str = "") -> Entry:
        """What the ledger is told when it is asked or decided."""
        details: dict[str, object] = {"step": str(step), "was": self.was.isoformat(), "to": self.to.isoformat()}
        if step is Step.ASKED:
            details |= {"phrases": list(self.phrases), "reason": self.reason}
            if self.period:
                details["period"] = self.period
        elif remark:
            details["remark"] = remark
        return Entry(
            EntryKind.EXTENDED,
            at,
            who=who,
            conversation=conversation,
            words=words,
            document=self.document,
            assignment=self.assignment,
            unit=self.unit,
            details={**details, "request": self.key},
        )


_REQUESTS = "requests"


def requests(ledger: Ledger) -> Mapping[str, Request]:
    """Every request by its key, oldest first, each as far as it is."""
    entries = ledger.kinds(EntryKind.EXTENDED)
    if not entries:
        return {}
    found: Mapping[str, Request] = ledger.remembered.of((_REQUESTS, entries), lambda: _told(entries))
    return found


def pending(ledger: Ledger) -> tuple[Request, ...]:
    """What a supervisor has still to decide, oldest first; of several for the same share and date the last one."""
    found: dict[tuple[str, str, date], Request] = {}
    for one in requests(ledger).values():
        found.pop((one.assignment, one.unit, one.was), None)
        if one.step is Step.ASKED:
            found[one.assignment, one.unit, one.was] = one
    return tuple(found.values())


def request_key(assignment: str, unit: str, was: date, at: datetime) -> str:
    """The key of a new request."""
    return "|".join((assignment, unit, was.isoformat(), at.isoformat()))


def _told(entries: Iterable[Entry]) -> Mapping[str, Request]:
    found: dict[str, Request] = {}
    for entry in entries:
        key, step = str(entry.details.get("request", "")), Step(str(entry.details.get("step")))
        if step is Step.ASKED:
            found[key] = _asked(key, entry)
        elif key in found and found[key].step is Step.ASKED:
            remark = str(entry.details.get("remark", ""))
            granted = str(entry.details.get("to") or found[key].to.isoformat())
            found[key] = replace(
                found[key],
                to=date.fromisoformat(granted),
                step=step,
                by=entry.who,
                on=entry.at,
                remark=remark,
                where=entry.conversation,
            )
    return found


def _asked(key: str, entry: Entry) -> Request:
    told = entry.details
    phrases = told.get("phrases")
    period = told.get("period")
    return Request(
        key,
        entry.assignment,
        entry.document,
        entry.unit,
        date.fromisoformat(str(told["was"])),
        date.fromisoformat(str(told["to"])),
        tuple(str(one) for one in phrases) if isinstance(phrases, list | tuple) else (),
        str(period) if period else None,
        str(told.get("reason", "")),
        entry.who,
        entry.at,
        entry.conversation,
    )


def approved(ledger: Ledger) -> Mapping[str, tuple[Request, ...]]:
    """Assignment (id) → the approved extensions in effect, in the order in which they were approved."""
    found: dict[str, dict[tuple[str, date], Request]] = {}
    done = [one for one in requests(ledger).values() if one.step is Step.APPROVED and one.on is not None]
    for one in sorted(done, key=lambda one: one.on or one.at):
        found.setdefault(one.assignment, {})[one.unit, one.was] = one
    return {assignment: tuple(ones.values()) for assignment, ones in found.items()}
