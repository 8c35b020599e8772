"""A sentence understood: Message → Query. Pure; what the conversation has said before comes with the message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.identity import Remembered
from knowledge.lexicon import office_lexicon
from knowledge.model import Message, Role, Span
from knowledge.normal import bare, plain
from knowledge.patterns import regex
from knowledge.question.beside import asks_for_person, beside
from knowledge.question.census import of_all
from knowledge.question.continuing import ITSELF, continued_from
from knowledge.question.conversation import (
    Pointed,
    answered_last,
    concluded,
    continued,
    picked,
    pointed,
    repeated,
    wants_more,
)
from knowledge.question.cues import cues_of
from knowledge.question.endings import ending_of
from knowledge.question.facts import asks_which, fact_of
from knowledge.question.followups import leaning, of_list, resumed
from knowledge.question.goals import in_its_year
from knowledge.question.intents import aspects_of, intent_of
from knowledge.question.itemnumbers import asked_place, rows_meant
from knowledge.question.parts import Parts, narrowed_to
from knowledge.question.printed import lacks
from knowledge.question.query import Intent, Query
from knowledge.question.refusals import HANDED_TO, HARD, hands_in, refusal_of
from knowledge.question.required import asks_required
from knowledge.question.rolewords import RoleWords, cue_of
from knowledge.question.shaping import is_topic
from knowledge.question.signs import Signs
from knowledge.question.stances import roles_asked
from knowledge.question.subject import Overall, Subject, subject_of
from knowledge.register import Register

_ALONE = regex(r"单独|独自|独家|只有?(?:它|他)?一家|就(?:它|他)一家|一家牵头")
# The whole of a year asks for what there is to do in it, unless something is to be finished by its end.
_BY_THEN = regex(r"前|到期|截止|完成|时限|期限|内|要交|要报|办结")
# 除了全年的都几月 leaves out no unit.
_SOMEBODY = regex(r"谁|哪|单位|部门|家|局|还有|什么|啥")
# What is looked for when nothing else is said of a report.
_REPORT = "报送进展情况"
_STATE_OF_IT = regex(
    r"(?:工作|任务|办理|完成|落实)?(?:进展|进度|情况|材料|台账|清单|报表)|[月周旬季年](?:度)?报(?!告)|每[月周季年天]度?"
)
_REPORTING = regex(r"报|交(?![通流易警])|送|反馈|更新|调度|通报")
# So many earlier questions are looked at, one leaning on the other.
DEPTH = 4
# So many messages are kept with what stands in them.
_REMEMBERED = 16
_queries: Remembered[dict[tuple[Message, date, int], Query]] = Remembered(4)
_subjects: Remembered[dict[tuple[str, date, str | None], Subject]] = Remembered(4)


def understand(message: Message, register: Register, today: date) -> Query:
    """What `message` asks of `register`, on the day `today`. Never raises, whatever was typed."""
    scoped = register.scoped(message.scope)
    more = continued(message)
    if more is not None:
        return replace(_understood(more[0], scoped, today, DEPTH), page=more[1])
    if (whole := concluded(message)) is not None:
        return replace(_understood(whole, scoped, today, DEPTH), complete=True)
    if (again := repeated(message)) is not None:
        return _understood(again, scoped, today, DEPTH)
    choice = picked(message, scoped)
    if choice is not None:
        return _picked(_understood(choice[0], scoped, today, DEPTH), choice[1])
    if wants_more(message.text):
        return Query(Intent.SMALLTALK, message.text)
    return _understood(message, scoped, today, DEPTH)


def _picked(before: Query, chosen: tuple[str, ...]) -> Query:
    """The question asked of the one assignment that was chosen from the menu."""
    itself = before.intent in ITSELF
    return replace(
        before,
        intent=before.intent if itself else Intent.DETAIL,
        aspects=before.aspects if itself else (Intent.DETAIL,),
        assignments=chosen,
        numbers=(),
        beside=None,
        loose=False,
        refusal=None,
    )


def _understood(message: Message, register: Register, today: date, depth: int) -> Query:
    """The question on the background of what was said before it; of the last few it is remembered, for a message that asks several
    things is looked at in its parts before each of these is answered."""
    known = _queries.of((register,), dict)
    said = message, today, depth if message.turns else 0
    query = known.get(said)
    if query is None:
        if len(known) >= _REMEMBERED:
            known.pop(next(iter(known)), None)
        query = known[said] = _understood_anew(message, register, today, depth)
    return query


def _understood_anew(message: Message, register: Register, today: date, depth: int) -> Query:
    earlier = pointed(message, register)
    message, earlier = resumed(of_list(message, earlier, register), earlier, register)
    subject = _subject(message, register, today)
    query = _read(message, subject, earlier, register)
    if not earlier:
        return _by_its_end(query, message, register, today)
    query = leaning(replace(query, told=earlier.assignments), earlier, register)
    before = _before(message, register, today, depth) if depth else None
    return _of_part(continued_from(query, earlier, before), before, register)


def _by_its_end(query: Query, message: Message, register: Register, today: date) -> Query:
    """早晚高峰车开不动，怎么治的，归哪个局讲: what the last words clearly ask for, of all that is told before them."""
    stands = query.refusal in HARD or query.numbers or query.names or not (query.beside or query.intent in _UNCLEAR)
    ending = None if stands else ending_of(message.text)
    if ending is None:
        return query
    plainly, matter, end = (replace(message, text=text) for text in (ending.text, ending.matter, ending.end))
    topics, own = (_subject(part, register, today).topics for part in (matter, end))
    if not topics or sum(map(len, map(bare, own))) >= _A_MATTER:
        return query  # 领导要用，社区食堂的原文是什么: the matter stands among the last words
    asked = _read(plainly, _subject(plainly, register, today), Pointed(), register)
    return replace(
        asked, intent=ending.intent, aspects=(ending.intent,), topics=topics, said=message.text,
        beside=None, loose=False, refusal=None,
    )  # fmt: skip


def _subject(message: Message, register: Register, today: date) -> Subject:
    """What stands in the message; of the last few it is remembered, for one that asks several things is looked at as a whole and
    in its parts, and one that leans on others together with these."""
    known = _subjects.of((register,), dict)
    said = message.text, today, message.unit
    subject = known.get(said)
    if subject is None:
        if len(known) >= _REMEMBERED:
            known.pop(next(iter(known)), None)
        subject = known[said] = subject_of(message.text, register, today, message.unit)
    return subject


def _of_part(query: Query, before: Query | None, register: Register) -> Query:
    """教育部分有几项，医疗的呢: another part is meant where one was asked about."""
    if before is None or not before.part or query.within != before.within or len(query.topics) != 1:
        return query
    parts = Parts.of(register).literally(query.topic, spoken=False)
    documents, within = narrowed_to(parts, register.scoped(before.documents))
    if within is None:
        return query
    return replace(query, topics=(), part=parts[0].words, within=within, documents=documents or query.documents)


def _before(message: Message, register: Register, today: date, depth: int) -> Query | None:
    """The question that was asked before, understood on the background of what stood before it."""
    past = answered_last(message)
    if past is None:
        return None
    before = _understood(past, register, today, depth - 1)
    if before.intent is Intent.SMALLTALK and past.turns and depth > 1:  # 谢谢, between two questions
        return _before(past, register, today, depth - 1)
    return None if before.intent in ITSELF | {Intent.DETAIL} and _was_survey(past.text) else before


def _was_survey(text: str) -> bool:
    """Whether a question was answered as one of states (谁拖得最久), so that nothing of its words is a subject."""
    from knowledge.reports.survey_words import survey_in

    return survey_in(plain(text)) is not None


def _read(message: Message, subject: Subject, earlier: Pointed, register: Register) -> Query:
    """The question by itself; `earlier` only says that there is something to point at."""
    named, words = RoleWords.of(register).asked(subject.text)
    signs = _signs(message, subject, earlier, named)
    intent, stance = intent_of(signs), subject.stance
    if not earlier and intent is Intent.UNANSWERABLE and signs.any("detail", "list") and _placed(subject):
        intent = Intent.DETAIL
    if intent in _OF_STATES and not earlier and asks_required(message.text) and _of_the_whole(subject):
        intent = Intent.DETAIL
    reporting = _reporting(subject, intent, earlier, register)
    numbers = subject.numbers or (_placed(subject) if not earlier or _counts_on(earlier, register) else ())
    several = intent in (Intent.DETAIL, Intent.COUNT) and asks_which(subject.text)
    query = Query(
        intent,
        subject.text,
        said=message.text,
        topics=(_reported(subject),) if reporting else () if earlier and _handed_in(subject) else subject.topics,
        reporting=reporting,
        several=several,
        so_many=0 if subject.numbers or earlier else rows_meant(subject.text),
        aspects=aspects_of(signs, intent),
        roles=()
        if signs.any("sharing") and subject.topics
        else roles_asked(signs, stance, subject.chores and not words),
        role_words=words,
        units=subject.units,
        span=None if intent is Intent.COUNT and _whole_year(subject) else subject.span,
        numbers=numbers,
        documents=subject.named.documents,
        within=subject.within,
        part=subject.part,
        excluded=signs.any("excluding"),
        sharing=signs.any("sharing"),
        alone=_ALONE.search(subject.text) is not None,
        only=stance.helping,
        lacking=lacks(subject.text) if signs.any("lacking") else None,
        refusal=refusal_of(signs) if intent is Intent.UNANSWERABLE else None,
        wide=subject.wide,
        loose=intent is Intent.DETAIL and not (signs.asks or signs.any("detail") or subject.numbers or earlier),
        place=subject.named.stranger,
        chores=subject.chores and not (signs.any("unit_claimed") and earlier.assignments),
        together=subject.together,
        fact=fact_of(signs, intent),
        beside=_beside(subject, signs, intent, several, bool(earlier), message.text),
    )
    query = _in_its_year(_claiming(query, subject, signs, bool(earlier)), subject, earlier, register)
    return _of_all(_of_goal(query, earlier) if subject.goal else query, subject, signs)


def _beside(subject: Subject, signs: Signs, intent: Intent, several: bool, earlier: bool, said: str) -> str | None:
    """The slug of what is asked beside the point of a plan; None where that is no question: of lists, and of whom something is handed.
    `said`: the question as it was written, in which 哪位同志 is not yet 谁."""
    if subject.chores or hands_in(subject.text) or several or signs.any("unit_claimed"):
        return None
    of_somebody = signs.any("who", "lead", "duty_word", "cooperating", "excluding")
    leans = bool(subject.numbers) or (earlier and not _of_its_own(subject))
    if of_somebody and asks_for_person(said) and not leans:
        return "person"
    return beside(subject.text, intent, of_somebody, leans)


def _of_its_own(subject: Subject) -> bool:
    """Whether a question names a matter of its own, whatever was told before: 合作放贷的商业银行是哪几家."""
    return len("".join(subject.topics)) >= _OWN_MATTER


# So many characters of a topic name a matter, and do not only point at what was told before.
_OWN_MATTER = 6
# What asks so may ask for something else with its last words.
_UNCLEAR = frozenset({Intent.DETAIL, Intent.UNANSWERABLE})
# So many characters are a matter by themselves.
_A_MATTER = 4
# What asks so names a stretch or a state, and may mean what is required in it: 今年要做到啥样.
_OF_STATES = frozenset({Intent.DUE, Intent.PROGRESS})
# Asked so, a question may be for what is to be reached in a stretch of the year.
_FOR_GOALS = frozenset({Intent.DETAIL, Intent.COUNT, Intent.DUE, Intent.UNIT_TASKS, Intent.UNANSWERABLE})


def _of_goal(query: Query, earlier: Pointed) -> Query:
    """The question for what is to be reached in its window, where it is about something: of all there is, it asks for a list."""
    if query.intent not in _FOR_GOALS:
        return query
    if query.topics or query.numbers:
        return replace(query, goal=query.span)
    told = () if query.units or query.documents else earlier.assignments
    return replace(query, goal=query.span, span=None, intent=Intent.DETAIL) if len(told) == 1 else query


def _in_its_year(query: Query, subject: Subject, earlier: Pointed, register: Register) -> Query:
    """The window in the documents' year, where it is asked of one matter and of no list."""
    if query.span is None or query.intent not in _FOR_GOALS | {Intent.PROGRESS}:
        return query
    of_matter = subject.goal or query.topics or query.numbers or len(earlier.assignments) == 1
    scoped = register.scoped(query.documents)
    return replace(query, span=in_its_year(query.span, subject.text, scoped)) if of_matter else query


def _claiming(query: Query, subject: Subject, signs: Signs, earlier: bool) -> Query:
    """The question with what it takes for so."""
    if not (subject.units and signs.any("premise") and (subject.topics or query.numbers or earlier)):
        return query
    return replace(query, premise=True, claims=subject.whom.claims)


def _of_all(query: Query, subject: Subject, signs: Signs) -> Query:
    """The question with what it asks of all assignments together, where it asks anything of them."""
    overall, whom = subject.overall, subject.whom
    of_units = whom.others or whom.own or whom.versus or whom.besides or whom.joint or query.intent is Intent.UNIT_TASKS
    if overall == Overall() and not of_units:
        return query
    return replace(
        query,
        census=overall.census if query.intent is Intent.COUNT else None,
        census_number=overall.number,
        edge=overall.edge,
        tempo=overall.tempo,
        everything=overall.everything,
        half=overall.half,
        others=whom.others,
        own=whom.own,
        versus=whom.versus,
        besides=whom.besides,
        joint=whom.joint,
        dated=query.intent is Intent.UNIT_TASKS and signs.any("when", "limit"),
    )


def _of_the_whole(subject: Subject) -> bool:
    """Whether one matter is asked about, and no stretch of the year."""
    return bool(subject.topics) and not subject.numbers and (subject.span is None or _is_year(subject.span))


def _reported(subject: Subject) -> str:
    """What is to be reported, as far as it is said."""
    said = " ".join(subject.topics) or subject.faint
    if hands_in(subject.text):
        return f"{_REPORT} {HANDED_TO.sub(' ', said)}"
    return said if len(bare(said)) > 1 else _REPORT


def _placed(subject: Subject) -> tuple[str, ...]:
    """第三件是啥, where no list stands before it: the third one."""
    place = asked_place(subject.text) if not (subject.topics or subject.units or subject.span) else None
    return (str(place),) if place else ()


def _counts_on(earlier: Pointed, register: Register) -> bool:
    """第二个呢, behind 第一个问题是什么 and its answer: the items are counted, and no list."""
    if len(earlier.assignments) != 1 or earlier.listed or not earlier.question:
        return False
    place, row = asked_place(plain(earlier.question)), register.assignment(earlier.assignments[0])
    return place is not None and row is not None and row.number == str(place)


def _said(subject: Subject) -> str:
    return HANDED_TO.sub(" ", " ".join(subject.topics) or subject.faint)


def _handed_in(subject: Subject) -> bool:
    """报给谁, of what was named last: nothing else is said."""
    return hands_in(subject.text) and len(bare(HANDED_TO.sub(" ", subject.text))) < 2


def _reporting(subject: Subject, intent: Intent, earlier: Pointed, register: Register) -> bool:
    """When everybody has to report (进展几号报) is asked in words that are no subject elsewhere."""
    if intent is Intent.DETAIL and hands_in(subject.text) and not (subject.numbers or earlier):
        return not is_topic(_REPORTING.sub(" ", _STATE_OF_IT.sub(" ", _said(subject))), office_lexicon(register))
    if intent is not Intent.DEADLINE or subject.numbers or earlier or not _REPORTING.search(subject.text):
        return False
    said = " ".join(subject.topics) or subject.faint
    return not is_topic(_REPORTING.sub(" ", _STATE_OF_IT.sub(" ", said)), office_lexicon(register))


def _signs(message: Message, subject: Subject, earlier: Pointed, roles: tuple[Role, ...]) -> Signs:
    return Signs(
        subject.text,
        (cues_of(subject.text) - ({"excluding"} if _leaves_out_nobody(subject) else set()))
        | {cue_of(role) for role in roles}
        | subject.whom.stance
        | ({"when"} if subject.rhythm else frozenset())
        | ({"documents_list"} if subject.named.itself else frozenset()),
        bare=not subject.topics,
        document=subject.of_document,
        unit=bool(subject.units),
        chores=subject.chores,
        part=bool(subject.part),
        census=subject.overall.census is not None and (not earlier.assignments or of_all(subject.text)),
        span=subject.span is not None and not _whole_year(subject),
        edge=subject.overall.edge is not None and not earlier.several,
        tempo=subject.overall.tempo is not None,
        everything=subject.overall.everything,
        number=bool(subject.numbers),
        pointing=bool(earlier),
        liaison=message.role == "liaison",
        reminded=earlier.reminded,
    )


def _leaves_out_nobody(subject: Subject) -> bool:
    """Whether 除了 is said of no unit beside whom others are asked for."""
    if subject.whom.others or subject.whom.more or subject.whom.besides:
        return True
    return not subject.units and "除" in subject.text and _SOMEBODY.search(subject.text) is None


def _whole_year(subject: Subject) -> bool:
    """今年要做啥 of a unit: all it has to do, not only what falls due."""
    return bool(subject.units) and _is_year(subject.span) and _BY_THEN.search(subject.text) is None


def _is_year(span: Span | None) -> bool:
    return bool(span and span.start and span.end) and (span.end - span.start).days >= 364  # type: ignore[operator, union-attr]
