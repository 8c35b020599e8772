"""Found → assignment: its id, its deadlines read, its doubts collected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge import deadlines
from knowledge.model import Assignment, Deadline, DeadlineKind, Doubt
from knowledge.parsing.brackets import closing_time
from knowledge.parsing.doubted import Names, doubts_about
from knowledge.parsing.elided import restored_across
from knowledge.parsing.found import Found
from knowledge.parsing.hinted import time_of_name, year_of
from knowledge.parsing.phrases import deadline_like
from knowledge.parsing.slot import Slot


@dataclass(frozen=True, slots=True)
class Context:
    """What all assignments of a document share.

    `document` is its id; `stated` tells whether it names units for its assignments at all, be it in its sentences.
    """

    document: str
    issued: date | None
    year: int | None
    locality: str
    stated: bool


def finished(counted: Sequence[tuple[str, Found]], cover: Sequence[Found], context: Context) -> list[Assignment]:
    """The assignments of a document in order: the counted ones, then the duties of its letter."""
    whole = _restored([_timed(found) for _, found in counted], context.locality)
    names = Names(Counter([duty.unit for found in whole for duty in found.slot.duties]))
    named = {at: names.doubts(slot.duties, cover=False) for at, slot in _slots(whole).items()}
    numbers = [number for number, _ in counted]
    rows = zip(whole, numbers, strict=True)
    made = _unique([_assignment(found, number, context, named[id(found.slot)]) for found, number in rows])
    letter = [_assignment(found, None, context, names.doubts(found.slot.duties, cover=True)) for found in cover]
    return made + [replace(one, id=f"{context.document}-c{k}") for k, one in enumerate(letter, 1)]


def _slots(found: Sequence[Found]) -> dict[int, Slot]:
    """The slots of a document by their identity: rows of a table that say the same share one, and it is looked at once."""
    return {id(one.slot): one.slot for one in found}


def _restored(found: Sequence[Found], locality: str) -> list[Found]:
    """`found` with the prefixes put back that names lent from others beside them."""
    full = {at: restored_across(slot, locality) for at, slot in _slots(found).items()}
    return [_in_full(one, *full[id(one.slot)]) for one in found]


def _in_full(found: Found, slot: Slot, doubts: Sequence[Doubt]) -> Found:
    placed = [replace(doubt, place=found.place) for doubt in doubts]
    return found._replace(slot=slot, doubts=(*found.doubts, *placed)) if placed else found


_AT_HEAD = re.compile(
    r"(?P<when>[^，,。；;：:]{2,14})[：:](?=\S)|(?P<month>\d{1,2}月(?:份|[上中下]旬)?|第[一二三四]季度|[上下]半年)[，,](?=\S)"
)
_DATED = re.compile(r"\d{1,2}\s*[月日]|季度|半年|旬")
_DAY = r"(?:20\d\d年|次年)?\d{1,2}月(?:\d{1,2}日|[上中下]旬|[初中底末])?"
_STRETCH_BEHIND = re.compile(rf"(?<=\S{{4}})[，,](?P<when>{_DAY}\s*[—–~～至-]+\s*(?:{_DAY}|\d{{1,2}}日))[。；;]?$")


def _timed(found: Found) -> Found:
    """`found` with the time that opens its words (4月：…) or closes them in a bracket as its deadline, where it has no other."""
    if found.slot.deadline:
        return found
    head = _AT_HEAD.match(found.text)
    when = (head["when"] or head["month"]) if head else ""
    if _DATED.search(when) and deadline_like(when):
        return found._replace(slot=found.slot.plus(Slot(deadline=when)))
    if named := time_of_name(found.text):
        return found._replace(slot=found.slot.plus(Slot(deadline=named)))
    behind = _STRETCH_BEHIND.search(found.text)
    if behind and deadline_like(behind["when"]):  # 1号机组检修，3月1日—4月20日
        return found._replace(text=found.text[: behind.start()], slot=found.slot.plus(Slot(deadline=behind["when"])))
    text, closing = closing_time(found.text)
    return found if closing is None else found._replace(text=text, slot=found.slot.plus(closing))


_read = lru_cache(maxsize=1024)(deadlines.read)  # a column says the same few phrases over and over


def _assignment(found: Found, number: str | None, context: Context, named: Sequence[Doubt]) -> Assignment:
    slot = found.slot
    if found.section and (year := year_of(found.section)):
        context = replace(context, year=year)
    read: tuple[Deadline, ...] = ()
    if slot.deadline:
        phrase = _read(slot.deadline, context.issued, context.year)
        read = (replace(phrase, inherited=True) if found.deadline_inherited else phrase,)
    inner = deadlines.inner(found.text, context.issued, context.year) if found.text else ()
    stages: tuple[Deadline, ...] = ()
    if slot.stages:
        stages = _stages(slot.stages, context)
        inner += tuple(one for stage in stages for one in _within(stage, context))
        found = _with_stages(found)
    doubts = [*found.doubts, *([replace(doubt, place=found.place) for doubt in slot.doubts] if slot.doubts else ())]
    doubts += doubts_about(found, read, inner + stages, context.stated, named)
    if number is not None and not found.text:
        doubts.append(Doubt("no-text", "只有编号，没有任务内容，请对照原件补上。", found.place, found.printed))
    if read and stages:  # the place for it says when the whole is due
        inner += tuple(replace(stage, inner=True) for stage in stages)
    starts = _starts(slot.starts, context) if slot.starts else ()
    ident = context.document if number is None else f"{context.document}-{number}"
    return Assignment(
        ident, context.document, number, found.printed or None, found.section, found.text, found.original, found.place,
        slot.duties, (*(read or stages), *inner, *starts), tuple(dict.fromkeys(doubts)), found.particulars,
    )  # fmt: skip


def _stages(phrases: Sequence[str], context: Context) -> tuple[Deadline, ...]:
    """When each stage is to be reached; one whose time is no date (第一阶段) stays words, and so does the plan's own year alone (2026年：
    增长6%): it tells how much and not by when."""
    if len(phrases) == 1 and phrases[0].startswith((f"{context.year}年：", f"{context.year}年度：")):
        return ()
    read = (deadlines.milestone(phrase, context.issued, context.year) for phrase in phrases)
    return tuple(one for one in read if one.kind is not DeadlineKind.NONE)


def _within(stage: Deadline, context: Context) -> Iterator[Deadline]:
    """The dates inside what a stage is to reach, but for its own (二季度：4月底前完成招标，6月底前开工)."""
    words, year = stage.text.partition("：")[2], stage.due.year if stage.due else context.year
    return (one for one in deadlines.inner(words, context.issued, year) if one.due is None or one.due != stage.due)


def _with_stages(found: Found) -> Found:
    """`found` with its stages told behind its words (一季度完成初设；二季度开工)."""
    text = found.text
    said = "；".join(phrase.replace("：", "", 1) for phrase in found.slot.stages)
    colon = "：" if text and not text.endswith(("。", "；", "：")) else ""
    return found._replace(text=f"{text}{colon}{said}。")


def _starts(phrases: Sequence[str], context: Context) -> tuple[Deadline, ...]:
    """The times at which something begins: shown, never due."""
    out: list[Deadline] = []
    for phrase in phrases:
        one = _read(phrase.partition("：")[2], context.issued, context.year)
        if one.kind is DeadlineKind.RANGE:  # 3月: from its first day
            one = replace(one, kind=DeadlineKind.BY, due=one.start, start=None)
        out.append(replace(one, text=phrase, inner=True, start_only=True, flag=None))
    return tuple(out)


def _unique(assignments: Sequence[Assignment]) -> list[Assignment]:
    """Ids made unique with b, c, … where a number stands twice."""
    seen: Counter[str] = Counter()
    out: list[Assignment] = []
    for one in assignments:
        count = seen[one.id] = seen[one.id] + 1
        out.append(one if count == 1 else replace(one, id=f"{one.id}{_suffix(count)}"))
    return out


def _suffix(count: int) -> str:
    return chr(ord("a") + count - 1) if count <= 26 else f"x{count}"
