"""The register with the dates that the ledger tells: reported events and receipts, approved extensions.

A view to look at, never filed. Laying it over twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from knowledge.extensions import Request, approved
from knowledge.happenings import RECEIPT, Happening, happenings
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import Assignment, Deadline, DeadlineKind, Extension
from knowledge.register import Register
from knowledge.shares import owing


def redated(register: Register, ledger: Ledger) -> Register:
    """`register` as the ledger dates it; itself where the ledger moves nothing."""
    told = ledger.kinds(EntryKind.HAPPENED), ledger.kinds(EntryKind.EXTENDED)
    if not any(told):
        return register
    view: Register = register.remembered.of(told, lambda: _redated(register, ledger))
    return view


def _redated(register: Register, ledger: Ledger) -> Register:
    events, moved = happenings(ledger), approved(ledger)
    rows = tuple(
        redated_assignment(one, events.get(one.id, ()), moved.get(one.id, ()))
        if one.id in events or one.id in moved
        else one
        for one in register.assignments
    )
    changed = any(fresh is not old for fresh, old in zip(rows, register.assignments, strict=True))
    return replace(register, assignments=rows, partial=True) if changed else register


def redated_assignment(one: Assignment, events: Sequence[Happening], moved: Sequence[Request]) -> Assignment:
    """An assignment with what happened to it; `moved` are approved extensions."""
    bare = tuple(deadline for deadline in one.deadlines if deadline.extension is None)
    dated = tuple(part for deadline in bare for part in _dated(deadline, events))
    extensions = _whole(one, moved)
    later = tuple(_later(dated, extensions))
    deadlines = (*(_extended(deadline, extensions) for deadline in dated), *later)
    return one if deadlines == one.deadlines else replace(one, deadlines=deadlines)


# ---------------------------------------------------------------- events
def _dated(deadline: Deadline, events: Sequence[Happening]) -> Iterator[Deadline]:
    """A deadline with the day of its event; of a receipt that single units reported one more for each of them."""
    if deadline.kind is DeadlineKind.MULTI:
        yield replace(deadline, parts=tuple(part for each in deadline.parts for part in _dated(each, events)))
        return
    waits = _event(deadline)
    if waits is None or deadline.unit:
        if not deadline.unit:
            yield deadline
        return
    fitting = [one for one in events if one.event == waits]
    whole = next((one.on for one in fitting if not one.unit), None)
    yield replace(deadline, since=whole)
    yield from (replace(deadline, since=one.on, unit=one.unit) for one in fitting if one.unit)


def _event(deadline: Deadline) -> str | None:
    if deadline.kind is DeadlineKind.EVENT:
        return deadline.event
    if deadline.kind is not DeadlineKind.RELATIVE or deadline.anchor == "issue":
        return None
    return RECEIPT if deadline.anchor == RECEIPT else (deadline.anchor or "").partition("event:")[2]


# ---------------------------------------------------------------- extensions
def _whole(one: Assignment, moved: Sequence[Request]) -> list[Request]:
    """The extensions; where each of the units that owe the assignment has the same one, it is one for all."""
    units = owing(one)
    found: dict[tuple[object, object], list[Request]] = {}
    for request in moved:
        found.setdefault((request.was, request.to), []).append(request)
    merged: list[Request] = []
    for group in found.values():
        told = {request.unit for request in group}
        merged += [replace(group[0], unit="")] if told >= set(units) and units else group
    return merged


def _extended(deadline: Deadline, moved: Sequence[Request]) -> Deadline:
    if deadline.kind is DeadlineKind.MULTI:
        return replace(deadline, parts=tuple(_extended(part, moved) for part in deadline.parts))
    return replace(deadline, extended=tuple(one.extension for one in moved if _concerns(one, deadline)))


def _concerns(request: Request, deadline: Deadline) -> bool:
    """Whether the request moves a date of this deadline; an edition that prints another time is not moved any more."""
    if deadline.due is not None and deadline.cadence is None and deadline.due != request.was:
        return False
    return deadline.text in request.phrases and (not deadline.unit or deadline.unit == request.unit)


def _later(dated: Sequence[Deadline], moved: Sequence[Request]) -> Iterator[Deadline]:
    """The dates that were moved to, each a deadline of its own under the words it was printed in."""
    for request in moved:
        old = next((one for one in _parts(dated) if _concerns(request, one)), None)
        if old is not None:
            extension: Extension = request.extension
            yield Deadline(
                old.text,
                DeadlineKind.BY,
                due=request.to,
                issued=old.issued,
                year=old.year,
                inner=old.inner,
                unit=request.unit,
                extension=extension,
            )


def _parts(deadlines: Sequence[Deadline]) -> Iterator[Deadline]:
    for deadline in deadlines:
        if deadline.kind is DeadlineKind.MULTI:
            yield from _parts(deadline.parts)
        else:
            yield deadline
