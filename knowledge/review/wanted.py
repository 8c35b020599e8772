"""What a person writes in the place of a reading → corrections: unit names, a time limit, a text, a number, a title.

Nothing is guessed: what cannot be read as that kind of thing raises `Unclear`, and the person is asked again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from knowledge import deadlines
from knowledge.deadlines.moments import NO_YEAR
from knowledge.model import Assignment, DeadlineKind, Doubt, Draft, Duty, Role
from knowledge.parsing.duties import read_units
from knowledge.parsing.groups import groups_of
from knowledge.parsing.names import is_collective, read_names
from knowledge.review.correction import Correction, Field
from knowledge.units import How, UnitBook

Member = tuple[Doubt, str]
"""A doubt and the id of the assignment it is about; empty for the document's own."""
Resolve = Callable[[str], str]
"""From a unit as typed to the name the office's documents print for it; itself where they print none."""

NONE = re.compile(
    r"(?:没有|无|不登记|不是|不算|不写|去掉|删去|空)(?:牵头单位|责任单位|配合单位|单位|时限|完成时限|期限|内容)?|—|-|/"
)
LONGEST_NAMES, LONGEST_TEXT, LONGEST_PHRASE = 300, 3000, 100
_SURE = 0.9
_YEAR = re.compile(r"((?:19|20)\d\d)\s*(?:$|年)")
_DAY = re.compile(r"((?:19|20)\d\d)\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_NUMBER = re.compile(r"(?:第)?(\d{1,4}(?:[.-]\d{1,3}){0,3})(?:项|号|条)?")


class Unclear(Exception):
    """What was typed is not what belongs there. `slug` says what is wrong, `words` the part that is."""

    def __init__(self, slug: str, words: str = "") -> None:
        super().__init__(slug, words)
        self.slug, self.words = slug, words


def resolver(book: UnitBook) -> Resolve:
    """Short and complete names to the one printed name they surely mean; a guess is never taken."""

    def resolve(name: str) -> str:
        if name in book.names or name in book.collectives:
            return name
        mentions = book.mentions(name)
        if len(mentions) != 1 or mentions[0].end - mentions[0].start != len(name):
            return name
        sure = [m for m in mentions[0].matches if m.confidence >= _SURE and m.how in (How.ALIAS, How.ELIDED)]
        return sure[0].unit if len(sure) == 1 else name

    return resolve


def as_typed(name: str) -> str:
    """The name itself."""
    return name


def duties_of(words: str, role: Role, draft: Draft, resolve: Resolve = as_typed) -> tuple[tuple[Duty, ...], bool]:
    """The duties that `words` state, `role` where they name none, and whether they name roles. Raises Unclear."""
    if len(words) > LONGEST_NAMES:
        raise Unclear("too-long")
    slot = read_units(words, role, "", draft.document.locality or "")
    if not slot.duties:
        raise Unclear("no-units", words)
    named = any(group.role is not None for group in groups_of(words))
    duties: dict[str, Duty] = {}
    for duty in slot.duties:
        unit = resolve(duty.unit)
        duties.setdefault(unit, replace(duty, unit=unit, collective=is_collective(unit)))
    return tuple(duties.values()), named


def units(words: str, id: str, role: Role, draft: Draft, resolve: Resolve = as_typed) -> Correction:
    """The units of `role`; where `words` name roles themselves, all units of the assignment. Raises Unclear."""
    if NONE.fullmatch(words):
        return Correction(Field.UNITS, id, role=role, old=held(draft, id, role))
    duties, named = duties_of(words, role, draft, resolve)
    whole = None if named else role
    return Correction(Field.UNITS, id, held(draft, id, whole), shown(duties), whole, duties)


def more_units(words: str, id: str, role: Role, draft: Draft, resolve: Resolve = as_typed) -> Correction:
    """Units that the assignment has beside those it lists. Raises Unclear."""
    duties, _ = duties_of(words, role, draft, resolve)
    return Correction(Field.MORE_UNITS, id, "", shown(duties), None, duties)


def names(words: str, old: str, draft: Draft, resolve: Resolve = as_typed) -> Correction:
    """What the unit printed `old` is called in full, or which units it really is. Raises Unclear."""
    if NONE.fullmatch(words):
        return Correction(Field.NAME, old=old)
    if len(words) > LONGEST_NAMES:
        raise Unclear("too-long")
    listed = read_names(words, "", draft.document.locality or "").units
    # The name in doubt must not lead back to itself, though it may well be the short form of the right one.
    found = tuple(dict.fromkeys(name if resolve(name) == old else resolve(name) for name in listed))
    if not found:
        raise Unclear("no-units", words)
    return Correction(Field.NAME, old=old, names=found)


def deadline(words: str, id: str, old: str, draft: Draft) -> Correction:
    """A time limit in the place of the one with the words `old`. Raises Unclear where it is none or no such day exists."""
    if NONE.fullmatch(words):
        return Correction(Field.DEADLINE, id, old, "")
    if len(words) > LONGEST_PHRASE:
        raise Unclear("too-long")
    read = deadlines.read(words, draft.document.issued, draft.document.year)
    if read.kind is DeadlineKind.NONE:
        raise Unclear("no-deadline", words)
    if read.kind is DeadlineKind.BY and read.due is None and read.flag != NO_YEAR:
        raise Unclear("no-such-day", read.flag or words)
    goal = old.partition("：")[2]  # what is to be reached stays, whatever the time
    return Correction(Field.DEADLINE, id, old, f"{words}：{goal}" if goal and "：" not in words else words)


def text(words: str, id: str, draft: Draft) -> Correction:
    """The requirement in full. Raises Unclear."""
    if len(words) > LONGEST_TEXT:
        raise Unclear("too-long")
    row = row_of(draft, id)
    return Correction(Field.TEXT, id, row.text if row else "", words)


def number(words: str, id: str, draft: Draft) -> Correction:
    """The number of an assignment, which no other may have. Raises Unclear."""
    found = _NUMBER.fullmatch(words.replace(" ", ""))
    if found is None:
        raise Unclear("no-number", words)
    if any(row.number == found[1] and row.id != id for row in draft.assignments):
        raise Unclear("number-taken", found[1])
    row = row_of(draft, id)
    return Correction(Field.NUMBER, id, (row.number or "") if row else "", found[1])


def title(words: str, draft: Draft) -> Correction:
    """The document's title. Raises Unclear."""
    plain = words.strip("《》")
    if not 2 <= len(plain) <= LONGEST_NAMES:
        raise Unclear("no-title", words[:30])
    return Correction(Field.TITLE, old=draft.document.title, new=plain)


def year(words: str, draft: Draft) -> Correction:
    """The year the document is about; 2026年6月底前 names it too. Raises Unclear."""
    found = _YEAR.match(words)
    if found is None:
        raise Unclear("no-year", words)
    return Correction(Field.YEAR, old=str(draft.document.year or ""), new=found[1])


def issued(words: str, draft: Draft) -> Correction:
    """The day the document was issued. Raises Unclear."""
    found = _DAY.fullmatch(words)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        day = None
    if day is None:
        raise Unclear("no-day", words)
    old = draft.document.issued
    return Correction(Field.ISSUED, old=old.isoformat() if old else "", new=day.isoformat())


def instead(
    field: Field, words: str, members: Sequence[Member], draft: Draft, resolve: Resolve
) -> Iterator[Correction]:
    """`words` in the place of what was read as `field`, wherever the same was doubted. Raises Unclear."""
    doubt = members[0][0]
    match field:
        case Field.NAME:
            renamed = names(words, named_as(doubt, draft), draft, resolve)
            # A name that was only filled in here and there is printed in full elsewhere.
            ids = [id for _, id in members] if doubt.code == "prefix-restored" else [""]
            yield from (replace(renamed, assignment=id) for id in ids)
        case Field.MORE_UNITS:
            rows = named_rows(doubt, draft)
            if len(rows) != 1:
                raise Unclear("which-row")
            yield more_units(words, rows[0].id, Role.RESPONSIBLE, draft, resolve)
        case Field.TITLE:
            yield title(words, draft)
        case Field.YEAR:
            yield year(words, draft)
        case Field.ISSUED:
            yield issued(words, draft)
        case _:
            for one, id in members:
                yield _of_row(field, words, one, id, draft, resolve)


def _of_row(field: Field, words: str, doubt: Doubt, id: str, draft: Draft, resolve: Resolve) -> Correction:
    match field:
        case Field.UNITS:
            return units(words, id, role_of(doubt, id, draft), draft, resolve)
        case Field.DEADLINE:
            return deadline(words, id, slot_of(doubt, id, draft), draft)
        case Field.TEXT:
            return text(words, id, draft)
        case Field.NUMBER:
            return number(words, id, draft)
        case Field.WORDS:
            return seen_badly(words, doubt, id, draft, resolve)
        case _:
            raise Unclear("no-place")


def seen_badly(words: str, doubt: Doubt, id: str, draft: Draft, resolve: Resolve = as_typed) -> Correction:
    """What really stands where `doubt.words` were seen: in a time limit, among the units, or in the text. Raises Unclear."""
    row, seen = row_of(draft, id), doubt.words
    if row is None or not seen:
        raise Unclear("no-place")
    if slot_of(doubt, id, draft):
        return deadline(words, id, seen, draft)
    held_in = [duty.role for duty in row.duties if duty.unit in seen]
    if held_in:
        return units(words, id, held_in[0], draft, resolve)
    if seen not in row.text:
        raise Unclear("no-place")
    return text(row.text.replace(seen, words, 1), id, draft)


def is_seen(doubt: Doubt, row: Assignment) -> bool:
    """Whether the words of a doubt stand in a row, so that they can be put right there."""
    in_units = any(duty.unit in doubt.words for duty in row.duties)
    return bool(doubt.words) and (
        in_units or doubt.words in row.text or any(s.text == doubt.words for s in row.deadlines)
    )


# ---------------------------------------------------------------- looking at the draft
def row_of(draft: Draft, id: str) -> Assignment | None:
    """The assignment with this id."""
    return next((row for row in draft.assignments if row.id == id), None)


def named_rows(doubt: Doubt, draft: Draft) -> list[Assignment]:
    """The assignments whose numbers are the words of a doubt about the document (第4、5项的单位名单以“等”结尾)."""
    numbers = doubt.words.split("、") if doubt.code == "units-open" else []
    return [row for row in draft.assignments if row.number in numbers]


def held(draft: Draft, id: str, role: Role | None) -> str:
    """The units of an assignment in `role` (None: all) as they stand, in words."""
    row = row_of(draft, id)
    return shown(duty for duty in row.duties if role in (None, duty.role)) if row else ""


def shown(duties: Sequence[Duty] | Iterator[Duty]) -> str:
    """甲局、乙局"""
    return "、".join(duty.unit for duty in duties)


def usual_role(draft: Draft) -> Role:
    """The role in which most assignments of the document name their first unit."""
    firsts = [row.duties[0].role for row in draft.assignments if row.duties]
    return max(Role, key=firsts.count) if firsts else Role.RESPONSIBLE


def named_as(doubt: Doubt, draft: Draft) -> str:
    """The unit in doubt as it stands in the draft: the name that was read where there is one, else the words printed."""
    held = {duty.unit for row in draft.assignments for duty in row.duties}
    return doubt.reading if doubt.reading in held else doubt.words


def role_of(doubt: Doubt, id: str, draft: Draft) -> Role:
    """The role in doubt: that of the units that were read; else lead where the doubt says so, else the document's usual one."""
    row = row_of(draft, id)
    read = re.split(r"[、；;，,]", doubt.reading or doubt.words)
    held_in = [duty.role for duty in row.duties if duty.unit in read] if row else []
    if held_in:
        return held_in[0]
    return Role.LEAD if doubt.code.startswith("lead") else usual_role(draft)


def slot_of(doubt: Doubt, id: str, draft: Draft) -> str:
    """The words of the deadline in doubt; empty where the assignment has none with these words."""
    row = row_of(draft, id)
    texts = [slot.text for slot in row.deadlines] if row else []
    return next((words for words in (doubt.words, doubt.reading) if words in texts), "")


def own_slots(id: str, draft: Draft) -> list[str]:
    """The words of an assignment's own time limits, those inside its text left out."""
    row = row_of(draft, id)
    return list(dict.fromkeys(slot.text for slot in row.deadlines if not slot.inner)) if row else []
