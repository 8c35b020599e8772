"""什么时候投入执勤, 清淤和管护移交分别什么时候: which dates are asked for, of an assignment with several of them.

A date says when and what is to be reached by it (6月底前完成主体施工). A question that names what is to be reached means that
date; one for the whole (什么时候完成) means the assignment's own, to which the others only lead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from knowledge.model import Assignment, Deadline, DeadlineKind
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.cues import pattern

# 2025年9月底前, 第一季度：, 8月试运行, 每月5日前
_TIME = regex(
    r"(?:于|在|从|自|到)?每?(?:(?:(?:\d{4}|今|本|明|当)年)?度?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}月份?(?:\d{1,2}[日号])?|(?<=[月每])\d{1,2}[日号])"
    r"|(?:\d{4}|今|本|明|当)年|(?<!\d)年(?=[底末内])|(?<=每)[年月周天日])(?:上旬|中旬|下旬|末|底|初|中)?(?:之?前|以前|以内|内|起)?[:,]?"
)
# A column for each quarter says how far the work is by then.
_OF_QUARTER = regex(r"第?[一二三四1-4]季度:")
_TURNS = {
    "opening": r"开工|动工|启动|进场|开建|破土",
    "ending": r"竣工|完工|建成|建好|投用|使用|运营|投运|启用|开放|开街|通车|通水|通气|通电|并网|投产|达产|达效|交付|交房|投勤|执勤|开业|开园|开馆|入驻|供水|供热|发电|开诊",
}
_TURN = {name: regex(words) for name, words in _TURNS.items()}
_VERB = regex("|".join(_TURNS.values()))
# What says nothing of what is reached.
_HOLLOW = regex(
    r"^(?:要|应|须|需|力争|争取|确保|全面|全部|基本|完成|实现|做到|达到|具备|投入)+|(?:全部|完成|到位|工作|任务)+$"
)
_ASIDE = regex(r"\([^()]*\)")
_PAUSES = regex(r"[,。;:]")
# The name that a requirement begins with: 改造梧桐里老旧街区。
_NAME = regex(r"[^,、。;:]{2,30}(?=[。:])")
# All of them are asked for.
_NODES = regex(r"节点|各阶段|各步|每一?(?:步|阶段)|分几[步批个]|哪几个(?:时间|日期|阶段)")
# 探测和最后完成分别什么时候: a step, and the whole.
_AND_THE_END = regex(r"(?:和|跟|与|、|以及)(?:最后|最终|全部|整体)(?:完成|办结|到位)")
# So much of what is to be reached is said by a question that means it; so much, where it is said of nothing else.
_MEANT, _ALONE = 0.5, 0.3
# 搬完, 拆掉: a verb of one character.
_DONE = regex(r"([搬拆换修建装铺挖清种关停招征发配印改])(?:完|好|掉|走|成|齐|除)?(?:了|的)?\W*$")
# The verb stands at most so far before the word that asks (投用时间, 竣工是什么时候).
_BESIDE = 5
_QUARTER = timedelta(days=92)
# What ends the sentence that a date begins; and so many pairs of characters that stand in it alone tell that it is meant.
_SENTENCE_END, _TELLING = regex(r"[。;]"), 3
_SENTENCE_ENDS = regex(r"[。；;\n]")
# A date that so much of the requirement stands with is one for the whole of it.
_PART = 0.7


class Turn(StrEnum):
    """Whether something begins or is there by a date."""

    OPENING = "opening"
    ENDING = "ending"


# 上线试运行 and 全面运行 share most of their characters: what is tried first is another stage.
_TRIAL = regex(r"试(?:运[行营转]|点|用|行|通车|营业|投产|生产|开放)")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A date of an assignment: `subject` is whose it is where the words before the date say so (白鹭路消防站), `aim` what is to be
    reached by it, both without punctuation and empty where nothing is said."""

    deadline: Deadline
    subject: str
    aim: str

    @property
    def turn(self) -> Turn | None:
        """What the aim says of a beginning or an end; None for what lies between."""
        return _turn(self.aim)

    @property
    def matter(self) -> str:
        """What begins or is there: 栈道 of 栈道开放."""
        return _HOLLOW.sub("", _VERB.sub("", self.aim))


@dataclass(frozen=True, slots=True)
class AskedDates:
    """`deadlines` are those asked for; none where the assignment does not date the beginning or end asked for (`unsaid`, the
    word for it). `named`: the question says what is to be reached by them."""

    deadlines: tuple[Deadline, ...]
    unsaid: str = ""
    named: bool = False


def asked_of(question: str, one: Assignment) -> AskedDates | None:
    """Which dates of an assignment `question` asks for; None where it has but one, or all may be meant."""
    if len(one.deadlines) < 2 and not any(part.parts for part in one.deadlines):
        return None
    found = tuple(_stages(one))
    if len({stage.deadline.text for stage in found}) < 2 or not any(stage.aim for stage in found):
        return None
    if (sentence := _of_sentence(bare(question), found, plain(one.text))) is not None:
        return sentence
    if _NODES.search(question) or "还是" in question or len(pattern("when").findall(question)) > 1:
        return None
    kept = _of_subject(bare(question), found)
    own = tuple(stage.deadline for stage in found if not stage.deadline.inner)
    if own and _AND_THE_END.search(question):
        return AskedDates(
            (*(step.deadline for step in _named(bare(question), kept, _name(one)) if step.deadline.inner), *own)
        )
    return _of_turn(question, kept, one) or _of_the_whole(found, bare(one.text))


def sentence_from(deadline: Deadline, text: str) -> str:
    """What `text` says from the words of `deadline` to the end of the sentence; empty where these do not stand in it."""
    before, words, behind = text.partition(deadline.text)
    if not words or not before:
        return ""
    return words + _SENTENCE_ENDS.sub("\n", behind, count=1).partition("\n")[0]


def names_stages(topics: Sequence[str], one: Assignment) -> bool:
    """Whether each of several things asked about is to be reached by a date of this one assignment."""
    found = [stage for stage in _stages(one) if stage.aim]
    return len(found) > 1 and all(_named(bare(topic), found, "") for topic in topics)


def days_of_end(one: Assignment, days: Sequence[date]) -> tuple[date, ...]:
    """Of the `days` of an assignment those on which something is to be there, and not only a step towards it: those of its own
    deadline; all, where it has but one, or none beside what stands inside its text."""
    found = [stage for stage in _stages(one) if stage.deadline.due is not None]
    own = [stage for stage in found if not stage.deadline.inner]
    if len(found) < 2 or not own:
        return tuple(days)
    steps = [stage for stage in own if _OF_QUARTER.match(plain(stage.deadline.text)) and stage.turn is not Turn.ENDING]
    last = {stage.deadline.due for stage in own if stage not in steps}
    return tuple(day for day in days if day in last)


def _stages(one: Assignment) -> Iterator[Milestone]:
    subject = ""
    rhythmic = any(part.kind is DeadlineKind.RECURRING and not part.inner for part in one.deadlines)
    for leaf in _leaves(one.deadlines):
        if rhythmic and leaf.inner and leaf.kind is DeadlineKind.RECURRING:
            continue  # it only says once more what the slot says with its day
        stage = _stage(leaf)
        subject = stage.subject or (subject if leaf.inner else "")
        yield Milestone(leaf, subject, stage.aim)


def _leaves(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    for deadline in deadlines:
        if deadline.parts and all(part.text for part in deadline.parts):
            yield from deadline.parts
        elif deadline.kind is not DeadlineKind.NONE:
            yield deadline


def _stage(leaf: Deadline) -> Milestone:
    text = _ASIDE.sub("", plain(leaf.text))
    times = list(_TIME.finditer(text))
    if not times:
        return Milestone(leaf, "", "")
    before, after = text[: times[0].start()], bare(text[times[-1].end() :])
    if aim := _HOLLOW.sub("", after):
        return Milestone(leaf, bare(_PAUSES.split(before)[-1]), aim)
    return Milestone(leaf, "", _HOLLOW.sub("", bare(_PAUSES.split(before)[-1])))


def _turn(words: str) -> Turn | None:
    return next((turn for turn in Turn if _TURN[turn].search(words)), None)


def _turn_asked(question: str) -> re.Match[str] | None:
    """The word for a beginning or an end that stands beside what asks for the time."""
    found = pattern("when").search(question)
    if found is None:
        return None
    behind, before = question[found.end() :], question[max(0, found.start() - _BESIDE) : found.end()]
    return _VERB.search(behind) or _VERB.search(before)


def _of_turn(question: str, kept: Sequence[Milestone], one: Assignment) -> AskedDates | None:
    """The stages that the question names by what is to be reached, or by the beginning or end that it asks for."""
    words, outside = bare(question), _name(one)
    asked = _turn_asked(question)
    turn = _turn(asked[0]) if asked else None
    if asked is None or turn is None:
        named = _named(words, kept, outside)
        return AskedDates(_leading(words, named), named=True) if named else None
    own = [stage for stage in kept if not stage.aim and not stage.deadline.inner] if turn is Turn.ENDING else []
    fitting = [stage for stage in kept if stage.turn is turn]
    named = _named(words, [stage for stage in fitting if stage.matter], outside)
    literal = [stage for stage in fitting if asked[0] in stage.aim]
    if named or literal or fitting:
        return AskedDates(
            _leading(words, _within(own, named) or own or literal or fitting), named=bool(named or literal)
        )
    if own or asked[0] in outside or any(not stage.aim for stage in kept):
        return None
    return AskedDates((), asked[0])


def _of_sentence(words: str, found: Sequence[Milestone], text: str) -> AskedDates | None:
    """The only date inside the `text` whose sentence alone holds what the question says: 8月25日前，各部门要…制定基本目录."""
    said, meant = _pairs(words), []
    for stage in found:
        before, date_, behind = text.partition(plain(stage.deadline.text))
        if stage.deadline.inner and not stage.aim and date_:
            scope, end, rest = _SENTENCE_END.sub("\n", behind, count=1).partition("\n")
            own = _pairs(bare(scope)) & said
            if len(own - _pairs(bare(f"{before}{end}{rest}"))) >= _TELLING:
                meant.append(stage.deadline)
    return AskedDates(tuple(meant), named=True) if len(meant) == 1 else None


def _within(own: Sequence[Milestone], named: Sequence[Milestone]) -> list[Milestone]:
    """The stages up to the assignment's own deadline, where it has one."""
    last = max((stage.deadline.due for stage in own if stage.deadline.due), default=None)
    return [stage for stage in named if last is None or stage.deadline.due is None or stage.deadline.due <= last]


def _of_subject(words: str, found: Sequence[Milestone]) -> list[Milestone]:
    """The stages of the only one of several subjects that the question names; all, where it names none."""
    subjects = {stage.subject for stage in found if stage.subject}
    if len(subjects) < 2:
        return list(found)
    common = set.intersection(*map(_pairs, subjects))
    own = [stage for stage in found if (_pairs(stage.subject) - common) & _pairs(words)]
    return own or list(found)


def _named(words: str, found: Iterable[Milestone], outside: str) -> list[Milestone]:
    """The stages whose aims the question says, by more than the name of the assignment says too."""
    found, said = list(found), _pairs(words)
    trial = _TRIAL.search(words)
    if trial and trial[0] not in outside and len(tried := [stage for stage in found if trial[0] in stage.aim]) == 1:
        return tried
    shares = [_said(stage.matter or stage.aim, said, outside) for stage in found]
    named = [stage for stage, share in zip(found, shares, strict=True) if share >= _MEANT]
    alone = [
        stage
        for stage, share in zip(found, shares, strict=True)
        if _ALONE <= share < _MEANT and not any(_shares(stage, other, said) for other in found if other is not stage)
    ]
    meant = sorted((*named, *alone), key=found.index)
    return [stage for stage in meant if not _outdone(stage, meant, said)] or _done(words, found)


def _outdone(one: Milestone, meant: Iterable[Milestone], said: set[str]) -> bool:
    """Whether another stage of the same matter is said more fully: 栈道贯通 of 栈道什么时候贯通, and not 栈道开放."""
    share, matter = _said(one.aim, said, ""), _pairs(one.matter) & said
    return any(matter and matter <= _pairs(other.matter) and _said(other.aim, said, "") > share for other in meant)


def _shares(one: Milestone, other: Milestone, said: set[str]) -> bool:
    """Whether another aim is said by the same words."""
    return bool(_pairs(one.aim) & _pairs(other.aim) & said) and other.aim != one.aim


def _done(words: str, found: Sequence[Milestone]) -> list[Milestone]:
    """搬完 of 完成搬迁: the only stage in whose aim the verb stands."""
    verb = _DONE.search(words)
    meant = [stage for stage in found if verb and verb[1] in stage.aim]
    return meant if len({stage.aim for stage in meant}) == 1 else []


def _said(aim: str, said: set[str], outside: str) -> float:
    pairs = _pairs(aim)
    held = {pair for pair in pairs & said if pair not in outside}
    return len(held) / len(pairs) if held else 0.0


def _name(one: Assignment) -> str:
    found = _NAME.match(plain(one.text))
    return bare(found[0]) if found else ""


def _leading(words: str, named: Sequence[Milestone]) -> tuple[Deadline, ...]:
    """The dates of the slot; of those inside the text only what no date of the slot speaks of."""
    slots = [stage for stage in named if not stage.deadline.inner]
    told = {pair for stage in slots for pair in _pairs(stage.aim)}
    said = _pairs(words)
    inner = [stage for stage in named if stage.deadline.inner and (not slots or (_pairs(stage.aim) & said) - told)]
    return tuple(stage.deadline for stage in (*slots, *inner))


def _of_the_whole(found: Sequence[Milestone], text: str) -> AskedDates | None:
    """The slot, where the dates inside the `text` only lead to it; None where they may say otherwise."""
    slots = [stage.deadline for stage in found if not stage.deadline.inner]
    inner = [stage for stage in found if stage.deadline.inner]
    last = max((part.due for part in slots if part.due), default=None)
    if last is None or not inner or any(part.kind is not DeadlineKind.BY for part in slots):
        return None
    partly = all(stage.aim and len(bare(stage.deadline.text)) < _PART * len(text) for stage in inner)
    return AskedDates(tuple(slots)) if partly and all(_leads(stage.deadline, last) for stage in inner) else None


def _leads(inner: Deadline, last: date) -> bool:
    """Whether a date inside the text is not later than `last`; a quarter is not, when `last` lies in it."""
    if inner.due is None:
        return False
    return inner.due <= last or ("季度" in inner.text and inner.due - last < _QUARTER)


def _pairs(words: str) -> set[str]:
    """The characters that stand together, two and two; a single one by itself."""
    return {one + after for one, after in pairwise(words)} or ({words} if words else set())
