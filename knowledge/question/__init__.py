"""A sentence understood: Message → Query. Pure; what the conversation has said before comes with the message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from knowledge.lexicon import office_lexicon
from knowledge.model import Message, Role, Span
from knowledge.normal import bare
from knowledge.patterns import regex
from knowledge.question.beside import beside
from knowledge.question.conversation import Pointed, concluded, continued, picked, pointed, wants_more
from knowledge.question.cues import shows
from knowledge.question.followups import resumed
from knowledge.question.intents import HANDED_TO, Signs, aspects_of, cues_of, hands_in, intent_of, refusal_of
from knowledge.question.itemnumbers import asked_place
from knowledge.question.query import Intent, Query
from knowledge.question.rolewords import RoleWords, cue_of
from knowledge.question.shaping import is_topic
from knowledge.question.subject import Subject, subject_of
from knowledge.register import Register

_ALONE = regex(r"单独|独自|独家|只有(?:它|他)?一家|一家牵头")
_ONLY = regex(r"只(?:是|需|要|用)?(?:配合|协助|参与)|(?:配合|协助)(?:而已|就行)")
_LACKING = regex(
    r"(?:没有?|未|无|缺)(?:有)?(?:写|注|标|列|规定|明确|印|填)?(?:明)?"
    r"(?P<what>牵头|责任|配合|完成(?:时限|时间|日期|期限)|时限|期限|时间|截止|到期|日期)"
)
# 哪些任务只有一个单位: nobody beside the one.
_LONE = regex(
    r"只(?:有|写了?|列了?|涉及)(?:了)?(?:一|1)(?:个|家)(?:责任|牵头)?(?:单位|部门)|(?:一|1)(?:个|家)(?:单位|部门)(?:单独|独自)?(?:干|做|负责|承担|办)的"
)
_LACKS = {"牵头": "lead", "责任": "responsible", "配合": "cooperating"}
# The whole of a year asks for what there is to do in it, unless something is to be finished by its end.
_BY_THEN = regex(r"前|到期|截止|完成|时限|期限|内|要交|要报|办结")
_TAKES_PART = regex(r"参与|参加|有份|沾边|涉及")
_EITHER_ROLE = regex(
    r"(?:落实|负责|承办|责任|主办|实施)(?:的)?(?:或者?|和|与|、|以及|还有|跟|及)(?:配合|协办|协助|参与)|(?:配合|协办|协助|参与)(?:的)?(?:或者?|和|与|、|以及|还有|跟|及)(?:落实|负责|承办|责任|主办|实施)"
)
# What is looked for when nothing else is said of a report.
_REPORT = "报送进展情况"
_WHICH_ITEMS = regex(
    r"(?:哪[几些](?:项|条|件|个(?=任务|事项|要求|$|\W))|(?:(?<!第)几|多少)(?:项|条|件|个(?=任务|事项|要求)))(?:任务|事项|工作|要求|措施|事)?\W*$"
    r"|哪[几些](?:项|条|件|个(?=任务|事项))(?:任务|事项|工作|内容)?(?:里|中|是|都)?(?:跟|和|与|同|关于|涉及|提到|写到|写了|讲到?|说到?|沾)"
)
_STATE_OF_IT = regex(
    r"(?:工作|任务|办理|完成|落实)?(?:进展|进度|情况|材料|台账|清单|报表)|[月周旬季年](?:度)?报(?!告)|每[月周季年天]度?"
)
_REPORTING = regex(r"报|交|送|反馈|更新|调度|通报")
_INHERITS = regex(r"^(?:那么?|还有|然后|另外)|呢\W*$")
# 上面第2条, said of a list: its second row, and no item number.
_OF_THE_LIST = regex(
    r"(?:上面|刚才|以上|前面|上述|其中|里面|里头|列的|列出的)(?:的|那些?)*第(?P<n>[一二三四五六七八九十\d]+)[条项]"
)
_ROLE_AGAIN = regex(r"(?:那|只)?(?:牵头|主责|主办|承办|负责|配合|协办|参与|参加)的(?:呢|有)?\W*")
# 那第二个呢 and nothing more: what was asked before, of another.
_ANOTHER = regex(r"(?:那|还有)?第[一二三四五六七八九十\d]+[个项条](?:呢|啊|嘛)?\W*")
_ITSELF = frozenset({Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE})
_LISTS = frozenset({Intent.UNIT_TASKS, Intent.DUE, Intent.COUNT})
# A count of a whole paper (清单里有多少条), and what says that the list just given is counted.
_OF_PAPER = regex(
    r"(?:方案|清单|台账|文件|分工|分解|任务|责任|要点|[这那整张])表?(?:里[面头]?|中|上)?(?:的?任务|的?事项)?(?:一?共|总共|加起来|都|现在|目前)*(?:有|是)?(?:多少|几)(?:项|条|件|个(?=任务|事项|$|\W))"
)
_AMONG = regex(
    r"其中|里面|这里头|这些|那些|上面|以上|当中|^(?:那|这)(?![张份个]?[^\W]{0,6}(?:方案|清单|台账|文件|表))|呢\W*$"
)
_END_OF_LIST = regex(r"最[近早先快急晚迟远]的")
# So many earlier questions are looked at, one leaning on the other.
DEPTH = 4
_STANDS_ALONE = frozenset({Intent.ACK, Intent.SMALLTALK, Intent.HELP, Intent.DOCUMENTS})


def understand(message: Message, register: Register, today: date) -> Query:
    """What `message` asks of `register`, on the day `today`. Never raises, whatever was typed."""
    scoped = register.scoped(message.scope)
    more = continued(message)
    if more is not None:
        return replace(_understood(more[0], scoped, today, DEPTH), page=more[1])
    if (whole := concluded(message)) is not None:
        return replace(_understood(whole, scoped, today, DEPTH), complete=True)
    choice = picked(message, scoped)
    if choice is not None:
        return _picked(_understood(choice[0], scoped, today, DEPTH), choice[1])
    if wants_more(message.text):
        return Query(Intent.SMALLTALK, message.text)
    return _understood(message, scoped, today, DEPTH)


def _picked(before: Query, chosen: tuple[str, ...]) -> Query:
    """The question asked of the one assignment that was chosen from the menu."""
    itself = before.intent in _ITSELF
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
    earlier = pointed(message, register)
    if earlier.listed:
        message = replace(message, text=_OF_THE_LIST.sub(r"第\g<n>个", message.text))
    message, earlier = resumed(message, earlier, register)
    subject = subject_of(message.text, register, today, message.unit)
    query = _read(message, subject, earlier, register)
    if not earlier:
        return query
    before = _before(message, register, today, depth) if depth else None
    return _continued(query, earlier, before)


def _before(message: Message, register: Register, today: date, depth: int) -> Query | None:
    """The question that was asked before, understood on the background of what stood before it."""
    asked = [place for place, turn in enumerate(message.turns) if not turn.by_bot]
    if not asked:
        return None
    last = asked[-1]
    past = replace(message, text=message.turns[last].text, turns=message.turns[:last])
    return _understood(past, register, today, depth - 1)


def _read(message: Message, subject: Subject, earlier: Pointed, register: Register) -> Query:
    """The question by itself; `earlier` only says that there is something to point at."""
    named, words = RoleWords.of(register).asked(subject.text)
    signs = _signs(message, subject, earlier, named)
    intent = intent_of(signs)
    if not earlier and intent is Intent.UNANSWERABLE and signs.any("detail", "list") and _placed(subject):
        intent = Intent.DETAIL
    reporting = _reporting(subject, intent, earlier, register)
    numbers = subject.numbers or (_placed(subject) if not earlier else ())
    query = Query(
        intent,
        subject.text,
        said=message.text,
        topics=(_reported(subject),) if reporting else subject.topics,
        reporting=reporting,
        several=intent in (Intent.DETAIL, Intent.COUNT) and _WHICH_ITEMS.search(subject.text) is not None,
        aspects=aspects_of(signs, intent),
        roles=_roles(signs, subject.chores and not words),
        role_words=words,
        units=subject.units,
        span=subject.span,
        numbers=numbers,
        documents=subject.named.documents,
        within=subject.within,
        part=subject.part,
        premise=bool(subject.units) and (bool(subject.topics) or bool(earlier)) and signs.any("premise"),
        excluded=signs.any("excluding"),
        alone=_ALONE.search(subject.text) is not None,
        only=_ONLY.search(subject.text) is not None,
        lacking=_lacks(subject.text),
        refusal=refusal_of(signs) if intent is Intent.UNANSWERABLE else None,
        wide=subject.wide,
        loose=intent is Intent.DETAIL and not (signs.asks or signs.any("detail") or subject.numbers or earlier),
        place=subject.named.stranger,
        own=subject.own,
        chores=subject.chores,
        together=subject.together,
        fact=None if _which(signs.text, intent) else _fact(signs),
        beside=None
        if subject.chores or hands_in(subject.text)
        else beside(
            subject.text,
            intent,
            signs.any("who", "lead", "duty_word", "cooperating", "excluding"),
            bool(subject.numbers) or bool(earlier),
        ),
    )
    return _of_all(query, subject, signs)


def _of_all(query: Query, subject: Subject, signs: Signs) -> Query:
    """The question with what it asks of all assignments together."""
    overall = subject.overall
    return replace(
        query,
        census=overall.census if query.intent is Intent.COUNT else None,
        census_number=overall.number,
        edge=overall.edge,
        tempo=overall.tempo,
        everything=overall.everything,
        others=subject.others,
        dated=query.intent is Intent.UNIT_TASKS and signs.any("when", "limit"),
    )


def _lacks(text: str) -> str | None:
    """What the assignments asked for do not print."""
    if (lacking := _LACKING.search(text)) is not None:
        return _LACKS.get(lacking["what"], "deadline")
    return "others" if _LONE.search(text) else None


def _which(text: str, intent: Intent) -> bool:
    """涉及学校的是哪几条 asks which ones there are, and for no figure."""
    return (
        intent in (Intent.DETAIL, Intent.COUNT)
        and (found := _WHICH_ITEMS.search(text)) is not None
        and "哪" in found[0]
    )


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


def _said(subject: Subject) -> str:
    return HANDED_TO.sub(" ", " ".join(subject.topics) or subject.faint)


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
        (cues_of(subject.text) - ({"excluding"} if subject.others else set())) | {cue_of(role) for role in roles},
        bare=not subject.topics,
        document=subject.of_document,
        unit=bool(subject.units),
        chores=subject.chores,
        part=bool(subject.part),
        census=subject.overall.census is not None,
        span=subject.span is not None and not _whole_year(subject),
        edge=subject.overall.edge is not None,
        tempo=subject.overall.tempo is not None,
        everything=subject.overall.everything,
        number=bool(subject.numbers),
        pointing=bool(earlier),
        liaison=message.role == "liaison",
        reminded=earlier.reminded,
    )


def _whole_year(subject: Subject) -> bool:
    """今年要做啥 of a unit: all it has to do, not only what falls due."""
    return bool(subject.units) and _is_year(subject.span) and _BY_THEN.search(subject.text) is None


def _is_year(span: Span | None) -> bool:
    return bool(span and span.start and span.end) and (span.end - span.start).days >= 364  # type: ignore[operator, union-attr]


def _roles(signs: Signs, loosely: bool) -> tuple[Role, ...]:
    """The roles asked for by name; 谁管 leaves it open, and so does 参与 said `loosely` of all that a unit does."""
    if loosely and _TAKES_PART.search(signs.text) and not signs.any("lead"):
        return ()
    if _EITHER_ROLE.search(signs.text) and not signs.any("lead"):
        return (Role.RESPONSIBLE, Role.COOPERATING)
    asked = {Role.LEAD: ("lead",), Role.RESPONSIBLE: ("duty_word",), Role.COOPERATING: ("cooperating", "excluding")}
    return tuple(role for role, cues in asked.items() if signs.any(*cues))


def _fact(signs: Signs) -> str | None:
    """What a quoted sentence must hold to be an answer: who leads, who, when, how many; None: any sentence will do."""
    facts = (
        ("lead", ("lead",)),
        ("who", ("who", "duty_word", "cooperating", "excluding")),
        ("when", ("when", "limit")),
        ("count", ("count",)),
    )
    return next((fact for fact, cues in facts if signs.any(*cues)), None)


def _continued(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """The question read on the background of what was said before."""
    if query.intent is Intent.ACK:
        return replace(query, assignments=earlier.assignments)
    if query.intent in _STANDS_ALONE or query.refusal:
        return query
    named = bool(query.units) and not query.own
    if query.edge and earlier.listed and query.intent is not Intent.DUE and _END_OF_LIST.search(query.text):
        return _at_the_edge(query, earlier, before)
    if (
        before
        and before.intent in _LISTS
        and (query.intent is Intent.COUNT or _lists_again(query))
        and not query.topics
    ):
        return query if _self_contained(query) else _relisted(query, before)
    if named and query.premise and not query.topics and earlier.assignments:
        return replace(query, intent=Intent.LEAD, aspects=(Intent.LEAD,), assignments=earlier.assignments)
    if query.topics or query.numbers or named or query.span or not earlier.assignments:
        return _inherited(query, before)
    return _pointing(query, earlier, before)


def _pointing(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """A question about what the bot has just named; 格尔木呢 asks what was asked before of another document."""
    chosen = earlier.chosen(query.text, query.documents)
    if before and query.documents and query.intent not in _ITSELF:
        return replace(
            before, text=query.text, said=query.said, documents=query.documents, assignments=chosen, loose=False
        )
    topics = before.topics if before else ()
    if before and before.intent in _ITSELF and query.intent is Intent.DETAIL and _ANOTHER.fullmatch(query.text):
        return replace(before, text=query.text, said=query.said, topics=(), numbers=(), assignments=chosen, loose=False)
    return replace(query, assignments=chosen, topics=topics, units=query.units if query.own else ())


def _lists_again(query: Query) -> bool:
    """牵头的有哪些, asked of a list."""
    if query.intent not in _ITSELF or query.units or query.numbers:
        return False
    return shows("list", query.text) or _ROLE_AGAIN.fullmatch(query.text) is not None


def _at_the_edge(query: Query, earlier: Pointed, before: Query | None) -> Query:
    """最早的是哪个, of the list just given: of all that it was made of, and not only of what was printed of it."""
    if before and before.edge and before.intent is Intent.DUE:
        return replace(before, text=query.text, said=query.said, edge=query.edge)
    query = replace(query, intent=Intent.DUE, aspects=(), topics=(), loose=False)
    if before and before.intent in _LISTS and before.units:
        return replace(query, units=before.units, roles=before.roles)
    return replace(query, assignments=earlier.assignments)


def _self_contained(query: Query) -> bool:
    """Whether a count says itself what it counts: a paper, what somebody holds, what is not printed."""
    if query.intent is not Intent.COUNT or _AMONG.search(query.text):
        return False
    return bool(query.names or query.lacking or query.census or query.tempo or _OF_PAPER.search(query.text))


def _relisted(query: Query, before: Query) -> Query:
    """The earlier list counted, or narrowed to a role, a unit or a window."""
    intent = Intent.COUNT if query.intent is Intent.COUNT else before.intent
    return replace(
        before,
        topics=() if query.units else before.topics,
        tempo=None if query.span else before.tempo,
        edge=None if query.span else before.edge,
        lacking=None if query.span else before.lacking,
        alone=query.alone or (before.alone and not query.roles),
        intent=intent,
        text=query.text,
        said=query.said,
        roles=query.roles or before.roles,
        units=query.units or before.units,
        span=query.span or before.span,
    )


def _inherited(query: Query, before: Query | None) -> Query:
    """那某局呢, 那另一件事呢: the earlier question asked again with what is new in this one."""
    # What only asks is no report again: 还有多少没完成 behind one.
    if (
        before is None
        or before.intent is Intent.REPORT
        or query.numbers
        or not (_INHERITS.search(query.text) or _hollow(query))
    ):
        return query
    if (alone := _apart(query, before)) is not None:
        return alone
    kept = query if query.intent in _ITSELF and query.aspects else before
    of_unit = bool(query.units) and before.intent in _LISTS
    return replace(
        kept,
        text=query.text,
        said=query.said,
        topics=query.topics or (() if of_unit else before.topics),
        units=query.units or before.units,
        span=query.span or before.span,
        numbers=() if query.topics else before.numbers,
        assignments=() if query.topics or query.units else before.assignments,
        documents=query.documents or before.documents,
        fact=query.fact or before.fact,
        loose=False,
    )


def _apart(query: Query, before: Query) -> Query | None:
    """下个季度呢 and 那某局有几项 are lists of their own, of the units listed before; None for what goes on with `before`."""
    if query.topics:
        return None
    if query.intent is Intent.COUNT and query.names and before.intent not in _LISTS:
        return query
    if query.intent is not Intent.DUE or query.span is None or before.intent in (Intent.DUE, Intent.COUNT):
        return None
    if before.intent in _ITSELF and not before.units:
        return query
    kept = before if before.intent is Intent.UNIT_TASKS else replace(before, units=())
    return replace(query, units=query.units or kept.units, roles=query.roles or kept.roles)


def _hollow(query: Query) -> bool:
    """Whether nothing says what the question is about."""
    said = query.topics or query.numbers or query.units or query.span or query.lacking
    return not (said or query.tempo or query.census or query.everything)
