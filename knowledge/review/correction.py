"""改正: one thing a person set right in a draft, as a value, and what the draft is after it. Pure.

Whatever is taken out of a draft stays somewhere: a dropped assignment becomes a passage that can be quoted, and the
ledger keeps the words of every line that was ignored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from knowledge import deadlines
from knowledge.model import Assignment, Deadline, Document, Doubt, Draft, Duty, Passage, Place, Role
from knowledge.parsing.names import is_collective
from knowledge.parsing.outline import numbered


class Field(StrEnum):
    """What a correction changes; see `Correction`."""

    UNITS = "units"
    MORE_UNITS = "more-units"
    NAME = "name"
    FIRST_LEADS = "first-leads"
    DEADLINE = "deadline"
    TEXT = "text"
    NUMBER = "number"
    DROPPED = "dropped"
    MERGED = "merged"
    IGNORED = "ignored"
    JOINED = "joined"
    ADDED = "added"
    TITLE = "title"
    YEAR = "year"
    ISSUED = "issued"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Correction:
    """改正. `assignment` is the id of the only assignment touched; empty for what holds in the whole document.

    - UNITS: `duties` take the place of those in `role` (None: of all). MORE_UNITS: `duties` are added.
    - NAME: the unit printed `old` is `names` wherever it stands, or in `assignment` alone (none: it is no unit); `new`
      limits it to the duties with this role word.
    - FIRST_LEADS: `new` "yes" or "no": whether the first of a list without role words leads.
    - DEADLINE: the deadline with the words `old` reads `new` (`old` empty: none was there; `new` empty: there is none).
    - TEXT, NUMBER, TITLE: `new`. YEAR: `new` as four digits. ISSUED: `new` as an ISO date.
    - DROPPED: the row is no assignment. MERGED: it belongs to the assignment with the id `new`.
    - WORDS is only asked for: words that were seen badly are units, a time limit or a part of the text.
    - IGNORED, JOINED, ADDED: the unread line `old` (at `place`; None: wherever it stands) is nothing, belongs to
      `assignment`, or is an assignment with that id, the number `new` and `duties`.
    """

    field: Field
    assignment: str = ""
    old: str = ""
    new: str = ""
    role: Role | None = None
    duties: tuple[Duty, ...] = ()
    names: tuple[str, ...] = ()
    place: Place | None = None


def corrected(draft: Draft, corrections: Iterable[Correction]) -> Draft:
    """The draft after these corrections, in order. What names an assignment or line that is not there changes nothing."""
    for one in corrections:
        draft = _APPLIED[one.field](draft, one)
    return draft


def _row(change: Callable[[Assignment, Correction, Document], Assignment]) -> Callable[[Draft, Correction], Draft]:
    """A change of one assignment as a change of the draft."""

    def applied(draft: Draft, one: Correction) -> Draft:
        rows = (change(row, one, draft.document) if row.id == one.assignment else row for row in draft.assignments)
        return replace(draft, assignments=tuple(rows))

    return applied


def _every_row(change: Callable[[Assignment, Correction], Assignment]) -> Callable[[Draft, Correction], Draft]:
    def applied(draft: Draft, one: Correction) -> Draft:
        return replace(draft, assignments=tuple(change(row, one) for row in draft.assignments))

    return applied


# ---------------------------------------------------------------- units
def _units(row: Assignment, one: Correction, _: Document) -> Assignment:
    gone = {duty.unit for duty in one.duties}
    at = [place for place, duty in enumerate(row.duties) if one.role in (None, duty.role)]
    kept = [
        (place, duty)
        for place, duty in enumerate(row.duties)
        if one.role not in (None, duty.role) and duty.unit not in gone
    ]
    first = 0 if one.role in (None, Role.LEAD) else at[0] if at else len(row.duties)
    before = tuple(duty for place, duty in kept if place < first)
    behind = tuple(duty for place, duty in kept if place >= first)
    return replace(row, duties=(*before, *one.duties, *behind))


def _more_units(row: Assignment, one: Correction, _: Document) -> Assignment:
    named = {duty.unit for duty in row.duties}
    added = tuple(duty for duty in one.duties if duty.unit not in named)
    leads = tuple(duty for duty in added if duty.role is Role.LEAD)
    return replace(row, duties=(*leads, *row.duties, *(duty for duty in added if duty not in leads)))


def _name(row: Assignment, one: Correction) -> Assignment:
    if one.assignment not in ("", row.id) or not any(_printed(duty, one) for duty in row.duties):
        return row
    duties: dict[str, Duty] = {}
    for duty in row.duties:
        names = one.names if _printed(duty, one) else (duty.unit,)
        for name in names:
            known = duty.collective if name == duty.unit else is_collective(name)
            duties.setdefault(name, replace(duty, unit=name, collective=known))
    return replace(row, duties=tuple(duties.values()))


def _printed(duty: Duty, one: Correction) -> bool:
    return duty.unit == one.old and (not one.new or duty.word == one.new)


SAYS_LEAD = ("牵头", "主责", "主办", "主抓", "总负责", "负总责", "总牵头", "汇总")


def _first_leads(row: Assignment, one: Correction) -> Assignment:
    return _promoted(row) if one.new == "yes" else _demoted(row)


def _promoted(row: Assignment) -> Assignment:
    first = next(iter(row.duties), None)
    alone = first is None or first.collective or any(duty.role is not Role.RESPONSIBLE for duty in row.duties)
    if first is None or alone or first.word:
        return row
    return replace(row, duties=(replace(first, role=Role.LEAD), *row.duties[1:]))


def _demoted(row: Assignment) -> Assignment:
    """The leads that lead by a convention alone are responsible, and so are those that follow them by it."""
    made = [duty.role is Role.LEAD and not any(word in duty.word for word in SAYS_LEAD) for duty in row.duties]
    if not any(made):
        return row
    follows = [
        duty.role is Role.COOPERATING and "配合" not in duty.word and "协" not in duty.word for duty in row.duties
    ]
    changed = (
        replace(duty, role=Role.RESPONSIBLE) if lead or behind else duty
        for duty, lead, behind in zip(row.duties, made, follows, strict=True)
    )
    return replace(row, duties=tuple(changed))


# ---------------------------------------------------------------- deadlines and words
def _deadline(row: Assignment, one: Correction, document: Document) -> Assignment:
    known = any(slot.text == one.old for slot in row.deadlines)
    if not known:
        fresh = (deadlines.read(one.new, document.issued, document.year),) if one.new and not one.old else ()
        return replace(row, deadlines=(*fresh, *row.deadlines))
    changed: list[Deadline] = []
    for slot in row.deadlines:
        if slot.text != one.old:
            changed.append(slot)
        elif one.new:
            changed.append(replace(deadlines.read(one.new, document.issued, document.year), inner=slot.inner))
    return _of_these(replace(row, deadlines=tuple(dict.fromkeys(changed))))


def _of_these(row: Assignment) -> Assignment:
    """The row without doubts about time limits that it no longer has."""
    left = {slot.text for slot in row.deadlines}
    doubts = tuple(doubt for doubt in row.doubts if doubt.code != "deadline" or doubt.words in left)
    return row if doubts == row.doubts else replace(row, doubts=doubts)


def _text(row: Assignment, one: Correction, document: Document) -> Assignment:
    slots = tuple(slot for slot in row.deadlines if not slot.inner)
    inner = deadlines.inner(one.new, document.issued, document.year) if one.new else ()
    return _of_these(replace(row, text=one.new, deadlines=(*slots, *inner)))


def _number(row: Assignment, one: Correction, _: Document) -> Assignment:
    return replace(row, number=one.new)


# ---------------------------------------------------------------- rows and lines
def _dropped(draft: Draft, one: Correction) -> Draft:
    row = next((row for row in draft.assignments if row.id == one.assignment), None)
    if row is None:
        return draft
    words = row.original or row.text
    passages = draft.document.passages + ((Passage(words, row.place, row.section),) if words else ())
    rows = tuple(other for other in draft.assignments if other is not row)
    return replace(draft, document=replace(draft.document, passages=passages), assignments=rows)


def _merged(draft: Draft, one: Correction) -> Draft:
    row = next((row for row in draft.assignments if row.id == one.assignment), None)
    if row is None or all(other.id != one.new for other in draft.assignments):
        return draft
    rows = tuple(
        _longer(other, row.text, row.original, draft.document) if other.id == one.new else other
        for other in draft.assignments
        if other is not row
    )
    return replace(draft, assignments=rows)


def _longer(row: Assignment, text: str, original: str, document: Document) -> Assignment:
    text = f"{row.text}{text}" if text not in row.text else row.text
    longer = _text(row, Correction(Field.TEXT, new=text), document)
    return replace(longer, original=f"{row.original}\n{original}".strip("\n"))


def _ignored(draft: Draft, one: Correction) -> Draft:
    left = tuple(line for line in draft.document.unread if not _is(line, one))
    return replace(draft, document=replace(draft.document, unread=left))


def _is(line: Passage, one: Correction) -> bool:
    return line.text == one.old and one.place in (None, line.place)


def _joined(draft: Draft, one: Correction) -> Draft:
    if all(row.id != one.assignment for row in draft.assignments):
        return draft
    rows = tuple(
        _longer(row, one.old, one.old, draft.document) if row.id == one.assignment else row for row in draft.assignments
    )
    return replace(_ignored(draft, one), assignments=rows)


def _added(draft: Draft, one: Correction) -> Draft:
    document = draft.document
    line = next((line for line in document.unread if _is(line, one)), None)
    if line is None or any(row.id == one.assignment for row in draft.assignments):
        return draft
    cut = numbered(line.text)
    text, printed = (cut.rest, cut.printed) if cut.level and cut.rest else (line.text, None)
    inner = deadlines.inner(text, document.issued, document.year)
    row = Assignment(
        one.assignment, document.id, one.new or None, printed, line.section, text, line.text, line.place, one.duties, inner
    )  # fmt: skip
    at = place_of(draft, line.place)
    return replace(_ignored(draft, one), assignments=(*draft.assignments[:at], row, *draft.assignments[at:]))


def place_of(draft: Draft, place: Place) -> int:
    """How many assignments stand before `place`: where what is found there belongs in the order."""
    before = [at for at, row in enumerate(draft.assignments, 1) if _stands(row.place) <= _stands(place) and row.number]
    return before[-1] if before else len(draft.assignments)


def _stands(place: Place) -> tuple[int, int, int]:
    return place.line or place.paragraph or 0, place.table or 0, place.row or 0


# ---------------------------------------------------------------- the document
def _title(draft: Draft, one: Correction) -> Draft:
    return replace(draft, document=replace(draft.document, title=one.new))


def _year(draft: Draft, one: Correction) -> Draft:
    return _reread(replace(draft, document=replace(draft.document, year=int(one.new))))


def _issued(draft: Draft, one: Correction) -> Draft:
    day = date.fromisoformat(one.new)
    return _reread(replace(draft, document=replace(draft.document, issued=day, year=draft.document.year or day.year)))


def _reread(draft: Draft) -> Draft:
    """Every deadline of the draft read again from its own words, now that the document's day or year is another."""
    return replace(draft, assignments=tuple(_reread_row(row, draft.document) for row in draft.assignments))


def _reread_row(row: Assignment, document: Document) -> Assignment:
    issued, year = document.issued, document.year
    inner = {slot.text: slot for slot in deadlines.inner(row.text, issued, year)} if row.text else {}

    def again(slot: Deadline) -> Deadline:
        if _is_stage(slot, row):
            return replace(deadlines.milestone(slot.text, issued, year), inner=slot.inner)
        if slot.inner:
            return inner.get(slot.text, slot)
        return replace(deadlines.read(slot.text, issued, year), inherited=slot.inherited)

    fresh = tuple(map(again, row.deadlines))
    return row if fresh == row.deadlines else replace(row, deadlines=fresh, doubts=_doubts(row, fresh))


def _is_stage(slot: Deadline, row: Assignment) -> bool:
    """Whether it says by when a stage of the row is to be reached: the requirement tells each behind its time."""
    return "：" in slot.text and slot.text.replace("：", "", 1) in row.text


def _doubts(row: Assignment, fresh: tuple[Deadline, ...]) -> tuple[Doubt, ...]:
    """The doubts about a row whose deadlines were read anew: what is certain now is gone, what is newly uncertain is there."""
    before = {slot.text: slot.flag for slot in row.deadlines}
    changed = [slot for slot in fresh if before.get(slot.text) != slot.flag]
    gone = {slot.text for slot in changed}
    kept = tuple(doubt for doubt in row.doubts if not (doubt.code == "deadline" and doubt.words in gone))
    return kept + tuple(
        Doubt("deadline", f"时限“{slot.text}”：{slot.flag}。", row.place, slot.text) for slot in changed if slot.flag
    )


_APPLIED: Mapping[Field, Callable[[Draft, Correction], Draft]] = {
    Field.UNITS: _row(_units),
    Field.MORE_UNITS: _row(_more_units),
    Field.NAME: _every_row(_name),
    Field.FIRST_LEADS: _every_row(_first_leads),
    Field.DEADLINE: _row(_deadline),
    Field.TEXT: _row(_text),
    Field.NUMBER: _row(_number),
    Field.DROPPED: _dropped,
    Field.MERGED: _merged,
    Field.IGNORED: _ignored,
    Field.JOINED: _joined,
    Field.ADDED: _added,
    Field.TITLE: _title,
    Field.YEAR: _year,
    Field.ISSUED: _issued,
    Field.WORDS: lambda draft, one: draft,
}
