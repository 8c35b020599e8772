"""选项: the numbered ways out of a doubt, each with the corrections it stands for. The first is the reading taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from knowledge.model import DeadlineKind, Draft, Role
from knowledge.parsing.duties import read_cell
from knowledge.review.correction import SAYS_LEAD, Correction, Field
from knowledge.review.wanted import (
    Member,
    Unclear,
    as_typed,
    duties_of,
    held,
    instead,
    named_as,
    row_of,
    slot_of,
    usual_role,
)


class Way(StrEnum):
    """What a choice does; `handlers.wording_decisions` has its words."""

    AS_READ = "as-read"
    VALUE = "value"
    NO_UNITS = "no-units"
    AS_ABOVE = "as-above"
    NOT_A_UNIT = "not-a-unit"
    IN_ROLE = "in-role"
    NO_DEADLINE = "no-deadline"
    BY_SLOT = "by-slot"
    BY_TEXT = "by-text"
    DROP = "drop"
    MERGE = "merge"
    FIRST_LEADS = "first-leads"
    NOT_FIRST_LEADS = "not-first-leads"
    NOT_ALL = "not-all"
    WITH_BEFORE = "with-before"
    AS_DUTIES = "as-duties"
    IN_COLUMN = "in-column"
    IGNORE = "ignore"
    JOIN = "join"
    ADD = "add"


@dataclass(frozen=True, slots=True)
class Choice:
    """选项. `words` is what it would make of the reading, where that has words of its own."""

    way: Way
    words: str = ""
    corrections: tuple[Correction, ...] = ()


Choices = Callable[[Draft, Sequence[Member]], Iterator[Choice]]


def alternatives(field: Field | None) -> Choices:
    """What the reader itself thought possible."""

    def offered(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
        if field is None:
            return
        for words in members[0][0].alternatives:
            try:
                yield Choice(Way.VALUE, words, tuple(instead(field, words, members, draft, as_typed)))
            except Unclear:
                continue  # an alternative that cannot be filed is shown in the doubt's own sentence

    return offered


def no_units(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The units that were taken from elsewhere are not the row's."""
    made = []
    for doubt, id in members:
        row = row_of(draft, id)
        read = doubt.reading.split("、")
        left = tuple(duty for duty in row.duties if duty.unit not in read) if row else ()
        if row and left != row.duties:
            made.append(Correction(Field.UNITS, id, held(draft, id, None), "、".join(d.unit for d in left), None, left))
    if made:
        yield Choice(Way.NO_UNITS, "", tuple(made))


def as_above(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The units of the row above the first."""
    ids = [row.id for row in draft.assignments]
    at = ids.index(members[0][1]) if members[0][1] in ids else 0
    above = draft.assignments[at - 1] if at else None
    if above and above.duties:
        words = "、".join(duty.unit for duty in above.duties)
        made = (Correction(Field.UNITS, id, held(draft, id, None), words, None, above.duties) for _, id in members)
        yield Choice(Way.AS_ABOVE, words, tuple(made))


def not_a_unit(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The name is none."""
    yield Choice(Way.NOT_A_UNIT, "", (Correction(Field.NAME, old=named_as(members[0][0], draft)),))


def in_a_role(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """督办单位：市纪委: the units behind a role word that nobody knows, in each of the roles."""
    for role in Role:
        made = [one for doubt, id in members for one in _behind_label(draft, doubt.words, id, role)]
        if made:
            yield Choice(Way.IN_ROLE, role.value, tuple(made))


def in_one_role(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The units of a column whose head says no role, in each of the roles that they were not given."""
    head = members[0][0].words
    for role in Role:
        made = [one for _, id in members for one in _of_column(draft, id, head, role)]
        if made:
            yield Choice(Way.IN_ROLE, role.value, tuple(made))


def _of_column(draft: Draft, id: str, head: str, role: Role) -> Iterator[Correction]:
    row = row_of(draft, id)
    if row and any(duty.word == head and duty.role is not role for duty in row.duties):
        duties = tuple(replace(d, role=role) if d.word == head else d for d in row.duties)
        shown = "、".join(d.unit for d in duties if d.word == head)
        yield Correction(Field.UNITS, id, held(draft, id, None), shown, None, duties)


def _behind_label(draft: Draft, words: str, id: str, role: Role) -> Iterator[Correction]:
    label, _, listed = words.partition("：")
    try:
        duties, _ = duties_of(listed, role, draft)
    except Unclear:
        return
    labelled = tuple(replace(duty, role=role, word=label) for duty in duties)
    yield Correction(Field.MORE_UNITS, id, "", "、".join(d.unit for d in labelled), None, labelled)


def in_another_column(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The units of a row with fewer cells than the head belong under another of its heads."""
    doubt, id = members[0]
    row = row_of(draft, id)
    moved = {duty.unit for duty in row.duties if duty.unit in doubt.words} if row else set()
    if row is None or not moved:
        return
    for head in doubt.alternatives:
        role = _role_of_head(head)
        duties = tuple(replace(d, role=role, word=head) if d.unit in moved else d for d in row.duties)
        shown = "、".join(d.unit for d in duties if d.unit in moved)
        yield Choice(Way.IN_COLUMN, head, (Correction(Field.UNITS, id, held(draft, id, None), shown, None, duties),))


def _role_of_head(head: str) -> Role:
    if any(word in head for word in SAYS_LEAD):
        return Role.LEAD
    return Role.COOPERATING if re.search(r"配合|协[办同助]|参[与加]", head) else Role.RESPONSIBLE


def with_those_before(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """甲局、乙局（牵头）: the mark speaks for both."""
    doubt, id = members[0]
    row = row_of(draft, id)
    marked = next((duty for duty in row.duties if duty.unit == doubt.reading), None) if row else None
    if row is None or marked is None:
        return
    until = [duty.unit for duty in row.duties].index(marked.unit)
    duties = tuple(
        replace(duty, role=marked.role, word=marked.word) if at < until and duty.unit in doubt.words else duty
        for at, duty in enumerate(row.duties)
    )
    shown = "、".join(duty.unit for duty in duties if duty.role is marked.role)
    yield Choice(Way.WITH_BEFORE, shown, (Correction(Field.UNITS, id, held(draft, id, None), shown, None, duties),))


def as_duties(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """Words left in the text that say who does what are said so."""
    doubt, id = members[0]
    found = read_cell(doubt.words, usual_role(draft), draft.document.locality or "").duties
    if found:
        words = "，".join(f"{duty.unit}（{duty.word}）" if duty.word else duty.unit for duty in found)
        yield Choice(Way.AS_DUTIES, words, (Correction(Field.MORE_UNITS, id, "", words, None, found),))


def no_deadline(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """There is no time limit where one was read."""
    made = [Correction(Field.DEADLINE, id, slot) for doubt, id in members if (slot := slot_of(doubt, id, draft))]
    if made:
        yield Choice(Way.NO_DEADLINE, "", tuple(made))


def one_of_two_dates(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The date in the column or the one in the text."""
    id = members[0][1]
    row = row_of(draft, id)
    slots = [one for one in row.deadlines if one.kind is DeadlineKind.BY and one.due] if row else []
    slot = next((one for one in slots if not one.inner), None)
    text = next((one for one in slots if one.inner and not one.start_only), None)
    if slot and text:
        yield Choice(Way.BY_SLOT, slot.text, (Correction(Field.DEADLINE, id, text.text),))
        both = (Correction(Field.DEADLINE, id, text.text), Correction(Field.DEADLINE, id, slot.text, text.text))
        yield Choice(Way.BY_TEXT, text.text, both)


def drop(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The row is no assignment."""
    yield Choice(Way.DROP, "", tuple(Correction(Field.DROPPED, id, *_said(draft, id)) for _, id in members))


def merge(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The row goes on with the one above it."""
    ids = [row.id for row in draft.assignments]
    first = members[0][1]
    at = ids.index(first) if first in ids else 0
    if at:
        above = draft.assignments[at - 1]
        made = tuple(Correction(Field.MERGED, id, *_said(draft, id), above.id) for _, id in members)
        yield Choice(Way.MERGE, above.number or "", made)


def _said(draft: Draft, id: str) -> tuple[str]:
    row = row_of(draft, id)
    return (row.text if row else "",)


def first_leads(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """Names alone in brackets: the first of them leads."""
    yield Choice(Way.FIRST_LEADS, "", (Correction(Field.FIRST_LEADS, new="yes"),))


def without_convention(draft: Draft, members: Sequence[Member]) -> Iterator[Choice]:
    """The convention that was read is none."""
    reading = members[0][0].reading
    if ADDED in reading:
        units = reading.partition(ADDED)[2].split("、")
        verbs = {duty.word for row in draft.assignments for duty in row.duties if duty.unit in units}
        made = tuple(
            Correction(Field.NAME, old=unit, new=verb) for unit in units for verb in sorted(verbs) if verb in _ALL_VERBS
        )
        yield Choice(Way.NOT_ALL, "、".join(units), made)
    elif "按牵头单位登记" in reading:
        yield Choice(Way.NOT_FIRST_LEADS, "", (Correction(Field.FIRST_LEADS, new="no"),))


ADDED = "都加上"
"""Stands in the reading of a convention before the units that it adds to every assignment."""
# The verbs under which 以下各项均需…落实 adds its units to every assignment (knowledge.parsing.conventions).
_ALL_VERBS = ("落实", "承担", "执行", "配合", "负责", "参与", "实施")
