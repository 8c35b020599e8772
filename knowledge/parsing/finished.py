"""Found → assignment: its id, its deadlines read, its doubts collected."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from knowledge import deadlines
from knowledge.model import Assignment, Deadline, DeadlineKind, Doubt, Particular
from knowledge.parsing.brackets import closing_time
from knowledge.parsing.columns import column_of, is_kept
from knowledge.parsing.doubted import Names, doubts_about, is_plain, left_in_text
from knowledge.parsing.elided import as_printed, printed_bare, restored_across
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
    names = Names(_times_named(whole))
    body, letter = _Stating(names, context, cover=False), _Stating(names, context, cover=True)
    made = _unique([_assignment(found, number, body) for found, (number, _) in zip(whole, counted, strict=True)])
    written = [_assignment(found, None, letter) for found in cover]
    return made + [replace(one, id=f"{context.document}-c{k}") for k, one in enumerate(written, 1)]


def _slots(found: Sequence[Found]) -> dict[int, Slot]:
    """The slots of a document by their identity: rows of a table that say the same share one, and it is looked at once."""
    return {id(one.slot): one.slot for one in found}


def _times_named(found: Sequence[Found]) -> Counter[str]:
    """How often each unit is named."""
    rows = Counter([id(one.slot) for one in found])
    names = Counter[str]()
    for at, slot in _slots(found).items():
        for duty in slot.duties:
            names[duty.unit] += rows[at]
    return names


def _restored(found: Sequence[Found], locality: str) -> Sequence[Found]:
    """`found` with the prefixes put back that names lent from others beside them, and those taken away that a list lent to names which
    have none."""
    bare = printed_bare(found, locality)
    found = [as_printed(one, bare, locality) for one in found] if bare else found
    read = {at: restored_across(slot, locality, bare) for at, slot in _slots(found).items()}
    full = {at: made for at, made in read.items() if made[1]}
    return [_in_full(one, *full[id(one.slot)]) if id(one.slot) in full else one for one in found] if full else found


def _in_full(found: Found, slot: Slot, doubts: Sequence[Doubt]) -> Found:
    placed = [replace(doubt, place=found.place) for doubt in doubts]
    return found._replace(slot=slot, doubts=(*found.doubts, *placed))


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


@dataclass(frozen=True, slots=True)
class _Stated:
    """What a slot states by itself: its deadlines before and behind those in the words beside it, with the year they are in, and
    what is to be doubted of it. `plain`: nothing is."""

    year: int | None
    read: tuple[Deadline, ...]
    inside: tuple[Deadline, ...]
    first: tuple[Deadline, ...]
    last: tuple[Deadline, ...]
    named: Sequence[Doubt]
    plain: bool


class _Stating:
    """Reads the slots of a document, each of them once."""

    def __init__(self, names: Names, context: Context, cover: bool) -> None:
        self.context = context
        self._names, self._cover = names, cover
        self._stated: dict[tuple[int, bool, int | None], _Stated] = {}

    def of(self, found: Found) -> _Stated:
        """What the slot of `found` states, in the year that its heading sets."""
        year = (year_of(found.section) if found.section else None) or self.context.year
        key = (id(found.slot), found.deadline_inherited, year)
        stated = self._stated.get(key)
        if stated is None:
            stated = self._stated[key] = self._state(found.slot, found.deadline_inherited, year)
        return stated

    def _state(self, slot: Slot, inherited: bool, year: int | None) -> _Stated:
        context = replace(self.context, year=year)
        said = [_read(slot.deadline, context.issued, year)] if slot.deadline else []
        read = tuple(replace(one, inherited=True) if inherited else one for one in said)
        stages = _stages(slot.stages, context) if slot.stages else ()
        within = tuple(one for stage in stages for one in _within(stage, context))
        whole = tuple(replace(stage, inner=True) for stage in stages) if read else ()  # the place for it says when
        starts = _starts(slot.starts, context) if slot.starts else ()
        named = self._names.doubts(slot.duties, self._cover)
        plain = not (slot.doubts or stages) and is_plain(slot, read, named)
        return _Stated(year, read, within + stages, read or stages, (*within, *whole, *starts), named, plain)


def _assignment(found: Found, number: str | None, stating: _Stating) -> Assignment:
    context, stated = stating.context, stating.of(found)
    inner = deadlines.inner(found.text, context.issued, stated.year) if found.text else ()
    if found.slot.stages:
        found = _with_stages(found)
    if stated.plain and not inner:
        doubts = left_in_text(found)
    else:
        doubts = [replace(doubt, place=found.place) for doubt in found.slot.doubts]
        doubts += doubts_about(found, stated.read, inner + stated.inside, context.stated, stated.named)
    if number is not None and not found.text:
        doubts.append(Doubt("no-text", "只有编号，没有任务内容，请对照原件补上。", found.place, found.printed))
    ident = context.document if number is None else f"{context.document}-{number}"
    return Assignment(
        ident, context.document, number, found.printed or None, found.section, found.text, found.original, found.place,
        found.slot.duties, (*stated.first, *inner, *stated.last), tuple(dict.fromkeys((*found.doubts, *doubts))),
        _particulars(found),
    )  # fmt: skip


def _particulars(found: Found) -> tuple[Particular, ...]:
    """What further columns say, and further labels: （提案人：某某；主办单位：…）."""
    labelled = (told.partition("：") for told in found.slot.rest)
    beside = [Particular(head, words) for head, _, words in labelled if words and (c := column_of(head)) and is_kept(c)]
    return (*found.particulars, *beside)


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


def _unique(assignments: list[Assignment]) -> list[Assignment]:
    """Ids made unique with b, c, … where a number stands twice."""
    if len({one.id for one in assignments}) == len(assignments):
        return assignments
    seen: Counter[str] = Counter()
    out: list[Assignment] = []
    for one in assignments:
        count = seen[one.id] = seen[one.id] + 1
        out.append(one if count == 1 else replace(one, id=f"{one.id}{_suffix(count)}"))
    return out


def _suffix(count: int) -> str:
    return chr(ord("a") + count - 1) if count <= 26 else f"x{count}"
