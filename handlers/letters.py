"""A letter in the chat is read as the question that it leads up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from handlers.bars import OF_DUTY, SURE
from handlers.message import Outcome
from handlers.restated import stands, with_what_was_asked
from knowledge.model import Message
from knowledge.normal import plain, simplified
from knowledge.patterns import regex
from knowledge.question import understand
from knowledge.question.letters import Letter, asked_first, letter_of, story_of
from knowledge.question.namedunits import named_units
from knowledge.question.query import Intent
from knowledge.register import Register
from knowledge.search import index_of

# So many of the clauses before a question are looked at for what it is about.
LOOKED_AT = 4
# What is told before a question is what it is about where it means an assignment so much more likely than the question alone.
AHEAD = 0.15
# A matter that is pointed at (食堂那项) is meant from so likely on.
KNOWN = 0.15
# Whoever tells so many clauses before his question tells a story, and a question with so many characters of its own names its matter.
_STORY_TOLD, _OWN_MATTER = 2, 4
_LISTS = frozenset(
    {Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT, Intent.OVERDUE, Intent.PROGRESS, Intent.DOCUMENTS, Intent.SUMMARY}
)


def plainly_asked(message: Message, register: Register, today: date) -> Message:
    """The question of a letter with what it is about, as a message of its own; `message` itself where it is no letter."""
    written = replace(message, text=simplified(message.text))
    asked = _asked_plainly(written, register, today)
    return message if asked == written else asked


def _asked_plainly(message: Message, register: Register, today: date) -> Message:
    if message.unit and _reports(message.text):
        return message  # whatever it asks beside
    if (first := asked_first(message.text)) != message.text:
        message = replace(message, text=first)
    letter = letter_of(message.text)
    if letter is None:
        return _of_their_work(message, register) or _surer_alone(message, register, today) or message
    if letter.known and _likely(known := replace(message, text=letter.known), register, today) >= KNOWN:
        return known
    alone = replace(message, text=letter.asked)
    query = understand(alone, register, today)
    if query.numbers or (query.intent in _LISTS and not query.topics):
        return alone
    told = [replace(message, text=text) for text in letter.told[:LOOKED_AT]]
    best = _likeliest(told, register, today) if told else alone
    ahead = 0.0 if letter.leans else AHEAD
    return best if _likely(best, register, today) >= _likely(alone, register, today) + ahead else alone


def _reports(text: str) -> bool:
    from knowledge.reports import is_told

    return is_told(plain(text))


# 他们牵头的到底几条: all that they have to do is asked for, and not one matter.
_THEIR_WORK = regex(
    r"(?:牵头|负责|配合|主责|参与|有份|沾边|手[上头里])的?[^,，]{0,6}(?:几|多少|哪些|哪几)(?:项|条|件|个|样)?|(?:几|多少|哪些)(?:项|条|件)?(?:任务|活儿?|事)"
)


def _of_their_work(message: Message, register: Register) -> Message | None:
    """民政局老喊活多，他们牵头的到底几条: the question for a unit's work, with the name that stands before it."""
    story = story_of(message.text)
    if story is None or _THEIR_WORK.search(story.asked) is None:
        return None
    theirs = _with_its_unit(story, message.text, register)
    return None if theirs is story else replace(message, text=theirs.asked)


# 市里定的谁挑头管: that it is laid down, and no matter.
_OF_THE_PAPER = regex(
    r"(?:[市县区镇局]里|上头|上面|上级|文件|方案|清单)(?:里头?|里面|上)?(?:规定|定|说|写|明确|要求|安排|分)(?:的|了)?"
)


def _surer_alone(message: Message, register: Register, today: date) -> Message | None:
    """村里想修个公墓，老人们怕没地方埋。请问建公益性公墓是哪家牵头: the question behind a story, where it names its own matter and means an
    assignment no less surely than the whole story does."""
    story = story_of(message.text) if not message.turns else None
    if story is None or story.leans or not story.single or len(story.told) < _STORY_TOLD:
        return None
    alone = replace(message, text=story.asked)
    query = understand(alone, register, today)
    own = _OF_THE_PAPER.sub("", "".join(query.topics))
    if query.intent not in OF_DUTY | {Intent.DEADLINE} or len(own) < _OWN_MATTER or query.refusal:
        return None
    whole = understand(message, register, today)
    if (whole.place, whole.documents) != (query.place, query.documents):
        return None  # 云州市2021年那份方案，亲戚托我问…: which paper is meant is told before
    return alone if _likely(alone, register, today) >= _likely(message, register, today) else None


def _likely(message: Message, register: Register, today: date) -> float:
    """How likely 0..1 the subject of a message means an assignment."""
    topics = understand(message, register, today).topics
    hits = index_of(register).assignments.rank(" ".join(topics), limit=1) if topics else []
    return hits[0].confidence if hits else 0.0


def _likeliest(messages: Iterable[Message], register: Register, today: date) -> Message:
    """The first of `messages` whose subject means an assignment most likely."""
    return max(messages, key=lambda one: round(_likely(one, register, today), 9))


def without_story(
    message: Message, register: Register, today: date, outcome: Outcome, answer: Callable[[Message], Outcome]
) -> Outcome:
    """`outcome`, or what the question alone leads to that a message ends in, where nothing was found for the whole of it: 上头要点名了，
    食堂那条谁打头. Only what surely means an assignment, or asks for the list of a unit or of some days, is answered so."""
    story = story_of(message.text) if not message.turns else None
    if story is None or outcome.answer is None or outcome.answer.answered or outcome.entries:
        return outcome
    query = understand(message, register, today)
    if stands(query):
        return outcome
    story = _with_its_unit(story, message.text, register)
    texts = dict.fromkeys(filter(None, (story.known, "" if story.leans else story.asked, *story.told[:LOOKED_AT])))
    may = [
        one
        for text in texts
        if text != message.text and _may_stand(one := replace(message, text=text), register, today)
    ]
    if not may:
        return outcome
    asked = _likeliest(may, register, today)
    again = answer(asked)
    return with_what_was_asked(again, asked.text) if again.answer is not None and again.answer.answered else outcome


_THEY = regex(r"(?:他|它|她)们(?:单位|局|那边|家)?|(?:这|该)(?:局|家|单位)")


def _with_its_unit(story: Letter, text: str, register: Register) -> Letter:
    """民政局老喊活多，他们牵头的到底几条: the question with the only unit of which is told before it."""
    found = _THEY.search(story.asked)
    units, _ = named_units(plain(text), register) if found is not None else ((), "")
    if len(units) != 1 or not units[0].units or found is None:
        return story
    return story._replace(asked=_THEY.sub(units[0].words, story.asked, count=1), told=(), known="")


def _may_stand(message: Message, register: Register, today: date) -> bool:
    """Whether a part of a message is a question by itself that the papers surely answer."""
    query = understand(message, register, today)
    if query.beside is not None or query.refusal or query.intent not in OF_DUTY | _LISTS | {Intent.DETAIL}:
        return False
    if query.topics:
        return _likely(message, register, today) >= SURE
    return bool(query.numbers or query.names or query.span) and query.intent is not Intent.DETAIL
