"""One paragraph → the assignments that its sentences make: one for each unit that takes over, or for each matter it counts."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import reduce

from knowledge.model import Doubt, Role
from knowledge.parsing.acting import is_new, with_actors
from knowledge.parsing.duties import read_units, states_duties
from knowledge.parsing.found import Found
from knowledge.parsing.groups import groups_of
from knowledge.parsing.helping import with_partakers
from knowledge.parsing.hinted import due_alike
from knowledge.parsing.outline import sentences, value_of
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot
from knowledge.parsing.subjects import (
    AGREED,
    COUNTED,
    LONGEST_TITLE,
    clauses,
    counts_only,
    in_sentence,
    named,
    said_in,
    subject_of,
)
from knowledge.patterns import regex

_FEW = 2
_RUN_IN_NUMBER = re.compile(r"(?:^|(?<=[。；;：:]))[（(](?P<n>[一二三四五六七八九十]{1,3}|\d{1,2})[）)](?=[^（）()])")
_NAMED_WITH_STOP = regex(r"^(?P<units>[^，,。；;：:]{2,60})。(?=[^。]{4})")  # 市财政局。负责…
_TELLS_OF_MEETING = regex(r"(?:会议|大家)(?:强调|指出|认为|要求)")  # stands before what is decided, however long it is


def told(found: Found, locality: str) -> list[Found]:
    """The assignments that the sentences of a paragraph make: one for each unit that is a subject, else one as a whole.

    Whoever is named in any other way in the words of one of them has a duty in it too.
    """
    title, colon, rest = found.text.partition("：")
    if colon and not named(title) and (only_says_who(rest) or _begins_with_act(title, rest, locality)):
        first, *more = told(found._replace(text=rest), locality)
        return [first._replace(text=f"{title}：{first.text}"), *more]
    if parts := counted_parts(found, locality):
        return parts
    parts = [_with_said(part) for part in unit_first(found, locality)] or [in_sentence(found)]
    return [with_actors(with_partakers(part, locality), locality) for part in parts]


def _begins_with_act(title: str, rest: str, locality: str) -> bool:
    """Whether a name of the matter (苗木迁移事宜：) stands before a sentence that begins with who acts (请甲局…, 甲局…)."""
    first = next(iter(clauses(rest)), "")
    return len(title) <= LONGEST_TITLE // 2 and not _CUT.search(title) and subject_of(first, locality) is not None


_CUT = regex(r"[，。；]")


def counted_parts(found: Found, locality: str) -> list[Found]:
    """The assignments of a paragraph that counts its matters in the line (（一）用地。…由甲局负责。（二）用电。…), each with
    its own units; empty where it is not so."""
    marks = list(_RUN_IN_NUMBER.finditer(found.text))
    if len(marks) < _FEW or [value_of(m["n"]) for m in marks] != list(range(1, len(marks) + 1)):
        return []
    ends = [m.start() for m in marks[1:]] + [len(found.text)]
    texts = [found.text[m.end() : end] for m, end in zip(marks, ends, strict=True)]
    texts[0] = found.text[: marks[0].start()] + texts[0]
    each = [told(found._replace(text=text.strip()), locality) for text in texts]
    if not all(part.slot.duties for parts in each for part in parts):
        return []
    parts = [part for parts in each for part in parts]
    return [part._replace(part=n) for n, part in enumerate(parts, 1)]


def unit_first(found: Found, locality: str) -> list[Found]:
    """The assignments of a paragraph whose sentences have units as their subjects; empty when it has none.

    Sentences without a subject of their own belong to the unit before them, a short title to the first one.
    """
    parts: list[tuple[str, Slot]] = []
    title, told_of, agreed = "", 0, False
    text = with_colon(found.text)
    for clause in clauses(text):
        slot = subject_of(clause, locality)
        begun = parts and (COUNTED.match(clause) or parts[-1][0].endswith(("；", ";")))
        if slot is None and begun and (said := said_in(COUNTED.sub("", clause))).duties:
            slot = said  # （三）资金缺口由丙局解决; 甲局…；省道由乙局组织改造
        if slot is None and not parts and not counts_only(clause):  # 安置房建设由甲局负责，乙局…
            said = said_in(clause)
            slot = said if any(not duty.collective for duty in said.duties) else None
        if slot is not None and parts and only_says_who(clause):
            slot = said_in(clause)  # …。乙局、丙局配合。
        helping = slot is not None and all(duty.role is Role.COOPERATING for duty in slot.duties)
        if slot is not None and parts and helping and not COUNTED.match(clause):
            parts[-1] = (parts[-1][0] + clause, parts[-1][1].plus(slot))  # …；乙局配合做好…
        elif slot is not None:
            parts.append((title + clause, slot))
            title = ""
        elif parts:
            parts[-1] = (parts[-1][0] + clause, parts[-1][1])
        elif _TELLS_OF_MEETING.match(clause):
            title, told_of = title + clause, told_of + len(clause)
        elif len(title + clause) - told_of > LONGEST_TITLE:
            said = found.slot if found.slot.duties else in_sentence(found).slot
            parts = [(found.text, said)] if (agreed := bool(AGREED.search(text))) else []
            break
        else:
            title += clause
    if all(duty.role is Role.COOPERATING for _, slot in parts for duty in slot.duties):
        parts = _agreed(text, parts, locality)
    parts = due_alike([part for part in parts if part[1].duties or not agreed])
    if found.slot.duties and all(duty.role is Role.COOPERATING for _, slot in parts for duty in slot.duties):
        whole = reduce(
            Slot.plus, (slot for _, slot in parts), found.slot
        )  # …。丙科配合做好…: the heading names the owner
        return [found._replace(slot=whole)] if parts else []
    return [
        found._replace(text=text.rstrip("；;，,"), slot=slot, part=n if len(parts) > 1 else 0)
        for n, (text, slot) in enumerate(parts, 1)
    ]


def with_colon(text: str) -> str:
    """`text` with a colon for the stop behind the units with which it begins (市财政局。负责…)."""
    m = _NAMED_WITH_STOP.match(text)
    return f"{m['units']}：{text[m.end() :]}" if m and named(m["units"]) else text


def only_says_who(text: str) -> bool:
    """Whether the first sentence of a paragraph is no more than who has the matter above it (由甲局负责，6月底前完成。)."""
    members = [member for member in re.split(r"[，,；;]", next(iter(sentences(text)), "").rstrip("。")) if member]
    stated = [member.removeprefix("由") for member in members if not deadline_like(member)]
    every = bool(stated) and all(states_duties(member) for member in stated)
    return (
        every
        and states_duties(stated[0], strict=True)
        and all(g.role is not None for m in stated for g in groups_of(m))
    )


def _with_said(found: Found) -> Found:
    """`found` with the duties that its sentences state of units that are not their subjects (由甲负责。乙…)."""
    known = {duty.unit for duty in found.slot.duties}
    more = [duty for duty in in_sentence(found._replace(slot=Slot())).slot.duties if is_new(duty.unit, known)]
    return found._replace(slot=replace(found.slot, duties=(*found.slot.duties, *more))) if more else found


def _agreed(text: str, parts: list[tuple[str, Slot]], locality: str) -> list[tuple[str, Slot]]:
    """`parts` with the unit whose proposal a meeting agreed to, where no sentence says who acts on it; that is a doubt."""
    m = AGREED.search(text)
    if m is None or not named(m["units"]):
        return parts
    said = f"“{m.group()}”按由提出的单位办理登记，请核对。"
    slot = read_units(m["units"], Role.RESPONSIBLE, "", locality)
    slot = replace(slot, doubts=(*slot.doubts, Doubt("unit-act", said, None, m.group(), m["units"])))
    for _, more in parts:
        slot = slot.plus(more)
    return [(text, slot)]
