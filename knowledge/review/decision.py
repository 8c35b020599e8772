"""待决: what a person has to decide about a draft, in order: the doubts, equal ones together, then the unread lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from knowledge.deadlines.moments import NO_YEAR
from knowledge.model import Doubt, Draft, Passage, Place
from knowledge.parsing.outline import numbered
from knowledge.review.choice import Choice, Way, alternatives
from knowledge.review.correction import Correction, Field, corrected, place_of
from knowledge.review.forms import Form, Group, form_of, likeness
from knowledge.review.wanted import Member

UNREAD = "unread"
"""The code of a decision about a line that was read into nothing."""


@dataclass(frozen=True, slots=True)
class Decision:
    """待决. `key` finds it again after a restart: it is made of what is doubted, not of its place in the order.

    `members` are the equal doubts with the assignments they are about; `lines` the equal unread lines (then `code` is
    UNREAD and there are no members).
    """

    key: str
    code: str
    form: Form
    members: tuple[Member, ...] = ()
    lines: tuple[Passage, ...] = ()

    @property
    def doubt(self) -> Doubt | None:
        """The first of the equal doubts."""
        return self.members[0][0] if self.members else None

    @property
    def row(self) -> str:
        """The id of the assignment that the first of them is about; empty for the document's own, and for lines."""
        return self.members[0][1] if self.members else ""

    @property
    def assignments(self) -> tuple[str, ...]:
        """The ids of the assignments it is about, in order; none for the document's own."""
        return tuple(id for _, id in self.members if id)

    @property
    def many(self) -> int:
        """How many places one answer settles."""
        return len(self.members) or len(self.lines)

    @property
    def place(self) -> Place | None:
        """Where the first of them stands."""
        return self.lines[0].place if self.lines else self.members[0][0].place

    @property
    def words(self) -> str:
        """The original words it is about."""
        return self.lines[0].text if self.lines else self.members[0][0].words


def decisions(draft: Draft, apart: Collection[str] = ()) -> tuple[Decision, ...]:
    """Everything there is to decide. What has its own key in `apart` (see `parts`) is asked about by itself."""
    found = [one for group in _groups(draft) for one in _split(group, apart)]
    # What changes the whole document comes first: a year settles doubts further down.
    found.sort(key=lambda one: 0 if not one.row or _of_document(one) else 1)
    return (*found, *_unread(draft, apart))


def _of_document(one: Decision) -> bool:
    return one.doubt is not None and one.doubt.code == "deadline" and NO_YEAR in one.doubt.message


def _groups(draft: Draft) -> Iterator[Decision]:
    order: list[tuple[tuple[str, ...], Form, list[Member]]] = []
    last: dict[tuple[str, ...], tuple[int, list[Member]]] = {}
    for at, doubt, id in _doubts(draft):
        form, like = form_of(doubt, id, draft), likeness(doubt)
        before = last.get(like) if form.group is not Group.ALONE else None
        if before and (form.group is Group.EQUAL or at - before[0] <= 1):
            before[1].append((doubt, id))
            last[like] = (at, before[1])
            continue
        members: list[Member] = [(doubt, id)]
        order.append((like, form, members))
        last[like] = (at, members)
    for like, form, members in order:
        yield Decision(_key(*like, members[0][1]), members[0][0].code, form, tuple(members))


def _doubts(draft: Draft) -> Iterator[tuple[int, Doubt, str]]:
    """Every doubt with its assignment's place in the order and its id; the document's own stand before all."""
    yield from ((-2, doubt, "") for doubt in draft.document.doubts)
    yield from ((at, doubt, row.id) for at, row in enumerate(draft.assignments) for doubt in row.doubts)


def parts(one: Decision) -> tuple[Decision, ...]:
    """Each of the equal places of a decision as a decision of its own."""
    if one.lines:
        return tuple(
            Decision(_key("apart", UNREAD, line.text, line.place.words()), UNREAD, one.form, lines=(line,))
            for line in one.lines
        )
    return tuple(
        Decision(_key("apart", *likeness(doubt), id), one.code, one.form, ((doubt, id),)) for doubt, id in one.members
    )


def _split(one: Decision, apart: Collection[str]) -> Iterator[Decision]:
    """A group without those that are asked about by themselves, and these, each at its place."""
    if not apart or not any(part.key in apart for part in parts(one)):
        yield one
        return
    kept = [part for part in parts(one) if part.key not in apart]
    if kept:
        members = tuple(member for part in kept for member in part.members)
        yield replace(one, members=members, lines=tuple(line for part in kept for line in part.lines))
    yield from (part for part in parts(one) if part.key in apart)


def _unread(draft: Draft, apart: Collection[str]) -> Iterator[Decision]:
    same: dict[str, list[Passage]] = {}
    for line in draft.document.unread:
        same.setdefault(line.text, []).append(line)
    for text, lines in same.items():
        yield from _split(Decision(_key(UNREAD, text), UNREAD, Form(), lines=tuple(lines)), apart)


def _key(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:12]


# ---------------------------------------------------------------- the ways out
def choices(one: Decision, draft: Draft) -> tuple[Choice, ...]:
    """The numbered choices, the reading taken first; choices that come to the same stand once."""
    if one.code == UNREAD:
        return tuple(_choices_of_line(one.lines, draft))
    offered = [Choice(Way.AS_READ, one.members[0][0].reading)]
    for more in (alternatives(one.form.field if one.form.as_words else None), *one.form.choices):
        offered += more(draft, one.members)
    kept: list[tuple[Choice, Draft]] = []
    for choice in offered:
        after = corrected(draft, choice.corrections)
        if all(after != other for _, other in kept):
            kept.append((choice, after))
    return tuple(choice for choice, _ in kept)


def _choices_of_line(lines: Sequence[Passage], draft: Draft) -> Iterator[Choice]:
    place = lines[0].place if len(lines) == 1 else None
    words = lines[0].text
    yield Choice(Way.IGNORE, "", (Correction(Field.IGNORED, old=words, place=place),))
    if len(lines) > 1:
        return
    at = place_of(draft, lines[0].place)
    if at:
        above = draft.assignments[at - 1]
        yield Choice(Way.JOIN, above.number or "", (joined(lines[0], above.id),))
    yield Choice(Way.ADD, "", (added(lines[0], draft),))


def joined(line: Passage, id: str) -> Correction:
    """The unread line belongs to the assignment `id`."""
    return Correction(Field.JOINED, id, line.text, place=line.place)


def added(line: Passage, draft: Draft) -> Correction:
    """The unread line is an assignment of its own: with the number it prints, else behind the one above it."""
    taken = {row.id for row in draft.assignments}
    id = next(id for n in count(1) if (id := f"{draft.document.id}-r{n}") not in taken)
    return Correction(Field.ADDED, id, line.text, _free_number(line, draft), place=line.place)


def _free_number(line: Passage, draft: Draft) -> str:
    taken = {row.number for row in draft.assignments}
    printed = numbered(line.text)
    if printed.level and printed.printed.isdecimal() and printed.printed not in taken:
        return printed.printed
    at = place_of(draft, line.place)
    above = (draft.assignments[at - 1].number if at else None) or "0"
    return next(number for n in count(2) if (number := f"{above}-{n}") not in taken)
