"""静默: reminders held back for some days, on somebody's word; a group's on a supervisor's only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from handlers import wording_answers as words
from handlers.message import Answer, Outcome, Reply, said
from handlers.notices_wording import day_words
from handlers.occasion import Occasion
from handlers.target import target_in, without_target
from handlers.wording import names, subject
from knowledge.codes import codes_in, without_codes
from knowledge.model import Assignment
from knowledge.patterns import regex
from knowledge.question.itemnumbers import without_numbers
from knowledge.question.query import Intent
from knowledge.silences import Silence, silent_now

LONGEST, LONGEST_OF_UNIT = 30, 7
"""Days that a supervisor and a unit may silence at most."""
_BEGINS = regex(r"静默|免打扰|静音")
_ENDS = regex(r"(?:解除|取消|结束|恢复|关闭)(?:本群)?的?(?:静默|免打扰|静音|提醒)|恢复提醒")
_LISTS = regex(
    r"(?:查看|看看?|有哪些|哪些)?(?:正在|现在)?(?:静默|免打扰)(?:情况|列表|状态|了?(?:哪些|什么)|有哪些)?[?？。]?"
)
_FILLER = regex(
    r"请|帮忙|麻烦|把|给我|我们|本群|这个群|全群|群里|所有|全部|的|提醒|消息|静默|免打扰|静音|设置?为?|开启|一下|期间|[\s,，。!！、和及:：吧]"
)


def answer(occasion: Occasion) -> Outcome | None:
    """静默 K7M 到周五, 本群静默3天, 解除静默, 静默情况; None when the message is something else."""
    text = occasion.message.text.strip()
    if _ENDS.search(text):
        return _lifted(occasion)
    if _BEGINS.search(text) is None or len(text) > 40:
        return None
    if _LISTS.fullmatch(text):
        return _reply(words.silences([_shown(occasion, one) for one in _here(occasion)]))
    return _begun(occasion) if _only_that(text) else None


def _only_that(text: str) -> bool:
    """Whether nothing is said but what to silence and until when (静默管理谁牵头 is a question)."""
    left = without_codes(without_target(text))
    return not _FILLER.sub("", without_numbers(left.lower()))


def _reply(text: str, answered: bool = True) -> Outcome:
    return said(text, Answer(Intent.ACK, answered=answered))


def _begun(occasion: Occasion) -> Outcome:
    named = [one.assignment for one in occasion.named]
    refusal = _refused(occasion, named)
    if refusal:
        return _reply(refusal, answered=False)
    target = target_in(occasion.message.text, occasion.today)
    until = target.after(occasion.today, occasion.calendar) if target else None
    if until is None:
        return _reply(words.SILENCE_UNTIL, answered=False)
    if until < occasion.today:
        return _reply(words.SILENCE_PAST.format(day=day_words(until)), answered=False)
    longest = LONGEST if occasion.supervising else LONGEST_OF_UNIT
    if until - occasion.today > timedelta(days=longest):
        return _reply(words.silence_too_long(longest), answered=False)
    message = occasion.message
    every = [
        Silence(message.conversation, occasion.now, until, one.id, occasion.share(one) or "", message.sender)
        for one in named
    ] or [Silence(message.conversation, occasion.now, until, who=message.sender)]
    what = names(subject(one, 20) for one in named) if named else "本群的提醒"
    text = words.silenced(what, until, escalates=bool(named) and not occasion.supervising)
    value = Answer(Intent.ACK, answered=True)
    return Outcome((Reply(text),), tuple(one.entry(message.text) for one in every), value)


def _refused(occasion: Occasion, named: list[Assignment]) -> str:
    """Why the speaker may not; empty where he may."""
    if not named:
        if codes_in(occasion.message.text):
            return words.UNKNOWN_CODE
        return "" if occasion.supervising else words.SILENCE_RIGHTS
    if occasion.holder is None and not occasion.supervising:
        return words.SILENCE_UNIT
    foreign = [one for one in named if occasion.share(one) is None]
    return words.extension_not_held(foreign, occasion.holder.printed if occasion.holder else "") if foreign else ""


def _here(occasion: Occasion) -> list[Silence]:
    """What is silent now and concerns this conversation or the documents it may know."""
    here = occasion.message.conversation
    every = silent_now(occasion.ledger, occasion.now)
    return [
        one
        for one in every
        if (occasion.register.assignment(one.assignment) if one.assignment else one.conversation == here)
    ]


def _shown(occasion: Occasion, one: Silence) -> str:
    assignment = occasion.register.assignment(one.assignment)
    what = subject(assignment, 20) if assignment else "本群的提醒"
    whose = f"{one.unit} " if one.unit else ""
    return f"{whose}{what}：到{day_words(one.until)}，{one.who or '未留名'}设"


def _lifted(occasion: Occasion) -> Outcome:
    """End what the speaker may end: his own unit's silences, a supervisor any; those named, else all of this conversation."""
    wanted = {one.assignment.id for one in occasion.named}
    mine = [one for one in _here(occasion) if not wanted or one.assignment in wanted]
    if not occasion.supervising:
        unit = occasion.holder.names if occasion.holder else ()
        mine = [
            one for one in mine if one.unit and one.unit in (*unit, occasion.holder.printed if occasion.holder else "")
        ]
    if not mine:
        return _reply(words.SILENCE_NONE)
    message = occasion.message
    entries = tuple(replace(one, ended=occasion.now, who=message.sender).entry(message.text) for one in mine)
    text = words.SILENCE_ENDED.format(what=names(_named(occasion, one) for one in mine))
    return Outcome((Reply(text),), entries, Answer(Intent.ACK, answered=True))


def _named(occasion: Occasion, one: Silence) -> str:
    assignment = occasion.register.assignment(one.assignment)
    return subject(assignment, 20) if assignment else "本群的提醒"
