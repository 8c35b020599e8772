"""What was not understood is asked again plainly: the second reading of a message, where the first found nothing to tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from handlers import wording, wording_reports
from handlers.bars import OF_DUTY
from handlers.finding import Found
from handlers.holding import decides
from handlers.message import Answer, Outcome, said
from handlers.refusing import ordered, unsaid
from handlers.wording_lists import LINES
from knowledge.model import Assignment, DeadlineKind, Message, Role
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question import understand
from knowledge.question.asking import REPORTS
from knowledge.question.beside import sees_to_it
from knowledge.question.claimed import claimed_figure, claims_day
from knowledge.question.cues import shows, shows_any
from knowledge.question.query import Intent, Query
from knowledge.question.refusals import hands_in
from knowledge.question.restating import Restated, aside_of, restated
from knowledge.register import Register
from scheduler.standing import leaves

# So sure must the way of asking be: where nothing was found to tell, where the words sounded like another aspect of the matter, and where
# a row was told for want of anything better. Of 1,385 messages by other hands the way is right in 94, 98 and 97 of a hundred from there on.
UNTOLD, ASIDE, TOLD = 0.45, 0.75, 0.7
# From here on a message asks what no plan tells: of 1,000 answered questions by five hands six of seven such answers told beside the point.
BESIDE = 0.5
# Of what was told to be the progress, the leader or the date of a row, from here on: of 1,400 answers to questions by eight hands ten are
# so sure, and one of these ten told what was asked. So many rows are told at most where one is meant.
_ASIDE_OF = {Intent.PROGRESS: 0.8, Intent.LEAD: 0.8, Intent.RESPONSIBLE: 0.8, Intent.DEADLINE: ASIDE}
_AMONG = 3
# What a plan prints itself.
_THE_ROW = regex(r"任务|描述|[条项行]|原文|内容")
_NOT_THE_ROW = frozenset({"thing", "place", "clock"})
_HANDED_IN = regex(r"[报交送]|反馈")
_DUTIES = ("lead", "duty_word", "cooperating", "limit")
# And from here on whoever reports for a unit is asked whether he does.
REPORTED = 0.5
# And from here on it is an order to change, hide or pretend something (这条别让别人看到): of 1,100 answered questions by eight hands none
# reaches half of that.
ORDERED = 0.6
# From here on the role in which a unit's work is meant is taken from the whole message: 住建局跟着干的有哪几条.
ROLE = 0.8
# A longer message tells more than it asks.
LONGEST = 90
# What these ways ask, nobody who plans can tell, or is not asked at all: they are left as they are.
_LEFT = frozenset({"none", "order", "chat", *REPORTS})
_UNWANTED = regex(r"的(?:那[个些几][项个条]?)?(?:就)?(?:不要|不算|除外|别算|别列|不用|不列|不看)")
_BY_ROLE = frozenset({"unit_coop", "unit_lead", "unit_lead_count"})
# What is told of these is looked at once more though it was told.
TWICE = frozenset({Intent.DETAIL, Intent.DEADLINE, Intent.SMALLTALK})
OF_UNITS = frozenset({Intent.UNIT_TASKS, Intent.LEAD, Intent.RESPONSIBLE, Intent.COUNT, Intent.DETAIL})
_LASTING = frozenset({DeadlineKind.RECURRING, DeadlineKind.RELATIVE})
_KEPT = frozenset({Intent.ACK, Intent.HELP, Intent.REPORT})


def told_again(
    message: Message, register: Register, today: date, outcome: Outcome, answer: Callable[[Message], Outcome]
) -> Outcome:
    """`outcome`, or what the plain question leads to that the message is clearly like, where that finds something and `outcome`
    does not; or that nothing is said of what it asks, where it is like what no plan tells; or what is asked back where it sounds
    like a report of the asker's unit."""
    query = understand(message, register, today)
    if not _may_be_read_again(message, query, outcome):
        return outcome
    plainly = restated(message.text, query.topic, register, query.intent in OF_DUTY)
    if plainly is None:
        return outcome
    if plainly.way.kind == "order" and plainly.way.share >= ORDERED:
        return ordered(replace(query, intent=Intent.UNANSWERABLE), message)
    if message.turns:  # what stands in a conversation leans on it
        return outcome
    assert outcome.answer is not None, "what has no answer is not read again"
    if _asks_aside(plainly, query, outcome.answer, register):
        near = tuple(one for id in outcome.answer.assignments[:1] if (one := register.assignment(id)))
        return unsaid(query, Found(near=near), register)
    if outcome.answer.intent is Intent.DEADLINE and outcome.answer.answered:
        return outcome
    if message.unit and plainly.reported >= REPORTED and plainly.row:
        return _asked_back(plainly.row, register)
    if outcome.answer.intent is Intent.SMALLTALK:
        return outcome
    return _said_plainly(message, query, plainly, outcome, answer)


def beside_the_point(message: Message, register: Register, today: date, outcome: Outcome) -> Outcome:
    """`outcome`, or that nothing is said of what is asked, where a row was told to what asks of something no plan tells: 12315接了多少件
    asks for no report, 评分最高的是哪家 for no leader, 下一场哪天开 for no date of a plan."""
    answer = outcome.answer
    least = _ASIDE_OF.get(answer.intent) if answer is not None else None
    if answer is None or least is None or not answer.answered or message.turns or outcome.entries or outcome.papers:
        return outcome
    row = register.assignment(answer.assignments[0]) if 0 < len(answer.assignments) <= _AMONG else None
    if row is None or len(message.text) > LONGEST:
        return outcome
    query = understand(message, register, today)
    plainly = query.names or query.numbers or query.premise or shows_any(_DUTIES, query.text)
    if plainly or _is_of_plan(answer.intent, query.text, row):
        return outcome
    return unsaid(query, Found(near=(row,)), register) if aside_of(message.text, row, register) >= least else outcome


def _is_of_plan(intent: Intent, text: str, row: Assignment) -> bool:
    """Whether it is asked who does what an office does with a matter (谁公布), how often, or when something is handed in, whatever that
    sounds like."""
    if intent is Intent.DEADLINE:
        return _is_lasting(row) or _HANDED_IN.search(text) is not None
    return intent is not Intent.PROGRESS and sees_to_it(text)


def in_role_again(
    message: Message, register: Register, today: date, outcome: Outcome, answer: Callable[[Message], Outcome]
) -> Outcome:
    """`outcome`, or what one unit has in the role that the whole message clearly means, where nothing else narrows what is asked."""
    query = understand(message, register, today)
    if outcome.answer is None or message.turns or outcome.entries or outcome.papers or _narrowed(query):
        return outcome
    if shows_any(("who", "excluding"), plain(message.text)) or _UNWANTED.search(message.text):
        return outcome  # 民政局配合的任务谁牵头 asks for somebody else, 牵头的不用列 for all but these
    plainly = restated(message.text, query.topic, register)
    if plainly is None or plainly.row or not plainly.text:
        return outcome
    if plainly.way.kind not in _BY_ROLE or plainly.way.share < ROLE:
        return outcome
    if plainly.way.kind == "unit_coop" and query.roles == (Role.COOPERATING,) and outcome.answer.assignments:
        return outcome  # 配合的是哪件 means what it says, where the papers print that role for the unit
    again = answer(replace(message, text=plainly.text))
    if again.answer is None or not again.answer.answered:
        return outcome
    first, second = ((one.assignments, one.count) for one in (outcome.answer, again.answer))
    return outcome if first == second else with_what_was_asked(again, plainly.text)


def _narrowed(query: Query) -> bool:
    """Whether a question is not of all that one unit has: of several, in days, by number, of one paper, alone,
    but for some."""
    of_others = len(query.names) != 1 or query.strangers or query.place or query.versus or query.joint or query.besides
    of_some = query.span or query.numbers or query.documents or query.within or query.tempo or query.census
    but_some = query.excluded or query.lacking or query.goal or query.others or query.half or query.complete
    return bool(of_others or of_some or but_some or query.alone or query.only or query.premise)


def _said_plainly(
    message: Message, query: Query, plainly: Restated, outcome: Outcome, answer: Callable[[Message], Outcome]
) -> Outcome:
    """What the plain question leads to, where the way of asking is sure enough and that tells more than `outcome`."""
    told = outcome.answer is not None and outcome.answer.answered
    least = TOLD if told else ASIDE if query.beside else UNTOLD
    if not plainly.text or plainly.way.kind in _LEFT or plainly.way.share < least:
        return outcome
    if plainly.way.kind == "detail" and query.beside in _NOT_THE_ROW and _THE_ROW.search(query.text) is None:
        return outcome  # 应急预案全文发我一份 asks for the thing itself, 落在哪个乡镇 for a place
    if plainly.way.kind == "whole_count" and query.beside == "amount":
        return outcome  # 救灾物资一共多少件 counts things
    if plainly.way.kind == "part" and query.intent is Intent.UNIT_TASKS:
        return outcome  # understood so already, and said whose it is
    if plainly.way.kind in _BY_ROLE and shows("excluding", plain(message.text)):
        return outcome  # 除了配合还有没有牵头的 asks for the other role
    again = answer(replace(message, text=plainly.text))
    if again.answer is None or not again.answer.answered or (told and again.answer.intent is Intent.DETAIL):
        return outcome
    return with_what_was_asked(again, plainly.text)


def _asks_aside(plainly: Restated, query: Query, answer: Answer, register: Register) -> bool:
    """Whether a row was told to what asks of something no plan tells: 特种作业证几年一复审 asks for no date of a plan, though of a
    row with a rhythm or a stretch of days it might."""
    if not answer.answered or not answer.assignments or query.beside is not None:
        return False
    if answer.intent is not Intent.DEADLINE:
        return plainly.aside >= BESIDE
    one = register.assignment(answer.assignments[0])
    return plainly.aside >= ASIDE and one is not None and not _is_of_plan(answer.intent, query.text, one)


def _is_lasting(one: Assignment) -> bool:
    """Whether an assignment has a rhythm or a stretch of days, of which more may be asked than by when."""
    return any(part.kind in _LASTING for part in leaves(one.deadlines))


def _may_be_read_again(message: Message, query: Query, outcome: Outcome) -> bool:
    """Whether nothing came of a message, or only a row for want of anything better, or a date that may not be what
    was asked for, and nothing makes its first reading stand."""
    if len(message.text) > LONGEST or outcome.entries or outcome.papers or outcome.answer is None:
        return False
    if outcome.answer.intent is Intent.SMALLTALK:
        return message.unit is not None and not message.turns
    told = outcome.answer.answered
    least = outcome.answer.intent is Intent.DETAIL and not shows("detail", query.text)
    sure = told and not least and outcome.answer.intent is not Intent.DEADLINE
    return not (sure or stands(query))


def with_what_was_asked(again: Outcome, question: str) -> Outcome:
    """An answer with the plain question that the message was taken for, where it leaves a line for that."""
    first, *others = again.replies
    text = wording.lines(first.text, wording.taken_for(question) if first.text.count("\n") < LINES - 1 else "")
    return replace(again, replies=(replace(first, text=text), *others))


def _asked_back(row: str, register: Register) -> Outcome:
    """What sounds like a report in words that tell no state: nothing is written, and it is asked how things stand."""
    one = register.assignment(row)
    text = wording_reports.sounds_reported(one) if one is not None else wording_reports.WHICH
    return said(text, Answer(Intent.REPORT, near=(row,)))


def stands(query: Query) -> bool:
    """Whether the first reading of a message stands whatever was found: what is refused, told, said of strangers, of a person, of whom
    something is handed to or decided by; what is claimed; what a unit has beside its assignments; a ranking."""
    strange = query.place or (query.strangers and not query.names)
    other = query.intent in _KEPT or query.refusal or query.part or query.goal or query.beside == "person"
    of_unit = query.names and query.beside
    asked = (
        shows("ranking", query.text)
        or hands_in(query.text)
        or not decides(query.text, "")
        or claimed_figure(query.text)
        or claims_day(query.text)
    )
    return bool(strange or other or of_unit or asked)
