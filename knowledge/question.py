"""A sentence understood: Message → Query. Pure; what the conversation has said before comes with the message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from knowledge.conversation import Pointed, pointed
from knowledge.intents import Signs, aspects_of, cues_of, intent_of, refusal_of
from knowledge.itemnumbers import asked_numbers, without_numbers
from knowledge.lexicon import shipped
from knowledge.model import Message, Role, Span
from knowledge.normal import plain
from knowledge.query import Asked, Intent, Query
from knowledge.register import Register
from knowledge.respelling import respelled
from knowledge.topic import Kind, topic_of
from knowledge.units import How, Mention, UnitBook
from knowledge.whichdocument import Named, named_documents, without_document_words
from knowledge.windows import window, without_window

# Whoever says who he is does not ask about it.
_INTRODUCED = re.compile(
    r"我(?:们)?(?:是|来自)[^,，。;；!！?？ ]{2,14}?(?:新来的|的(?=[,，。;；!！?？ ]|$)|[,，。;；!！ ])|(?:领导|主任|局长)(?:让|叫|要)我\w{0,3}"
)
_OWN = re.compile(
    r"我们?(?:自己)?(?:局|单位|委|办|科|院|中心|部门|这边|这儿|这里)|本(?:局|单位|部门|委)|咱们?(?:局|单位|委|这边|这儿)?|我们|我(?=要|有|得|负责|牵头)"
)
_UNIT_LIKE = re.compile(
    r"(?:[\u3400-\u9fff]{2,10}(?:局|委|办|厅|处|中心|公司|集团|银行|大学|学院|医院|协会|学会|站|所|大队|支队|部|科|室|法院|检察院|总工会|团委|妇联))"
)
_CLAIMED = re.compile(
    r"(?:是|由|归|该)(?P<unit>[\u3400-\u9fff]{1,10}?(?:局|委|办|厅|处|中心|公司|部|科|院))(?:来)?(?:牵头|负责|管|主责|主办)"
)
_SPLIT = re.compile(r"、|,|，|;|；|(?<=[\u3400-\u9fff])(?:和|与|跟|以及|还有|及)(?=[\u3400-\u9fff])")
_SEVERAL = re.compile(r"分别|各自|各(?:是|由|归)|都(?:是|由|归)(?:谁|哪)")
_ALONE = re.compile(r"单独|独自|独家|只有(?:它|他)?一家|一家牵头")
_ONLY = re.compile(r"只(?:是|需|要|用)?(?:配合|协助|参与)|(?:配合|协助)(?:而已|就行)")
_LACKING = re.compile(
    r"(?:没有?|未|无|缺)(?:有)?(?:写|注|标|列|规定|明确|印|填)?(?:明)?(?P<what>牵头|责任|配合|完成时限|时限|期限|时间|截止)"
)
_LACKS = {"牵头": "lead", "责任": "responsible", "配合": "cooperating"}
_HARD_TOPIC = 1


@dataclass(frozen=True, slots=True)
class _Found:
    """What stands in a question beside its cues."""

    text: str
    named: Named
    units: tuple[Asked, ...]
    span: Span | None
    numbers: tuple[str, ...]
    topics: tuple[str, ...]


def understand(message: Message, register: Register, today: date) -> Query:
    """What `message` asks of `register`, on the day `today`. Never raises, whatever was typed."""
    scoped = register.scoped(message.scope)
    found = _found(message, scoped, today)
    query = _read(message, found, Pointed())
    earlier = pointed(message, scoped)
    if not earlier:
        return query
    return _continued(message, scoped, today, found, query, earlier)


def _found(message: Message, register: Register, today: date) -> _Found:
    text = respelled(plain(message.text))
    asking = _INTRODUCED.sub(" ", text)
    named = named_documents(asking, register)
    units, rest = _units(named.rest, register)
    numbers = asked_numbers(rest)
    rest = without_numbers(rest) if numbers else rest
    span = window(rest, today)
    rest = without_window(rest) if span else rest
    topics = _topics(without_document_words(rest), text)
    if not units and len(topics) == 1:
        units, topics = _strangers(asking, topics)
    return _Found(text, named, units, span, numbers, topics)


def _units(text: str, register: Register) -> tuple[tuple[Asked, ...], str]:
    """The units named in `text`, and the text without them; one that no document names may be part of the topic."""
    mentions = UnitBook.of(register).mentions(text)
    known = [one for one in mentions if one.units]
    rest = _cut(text, known)
    if known or not mentions:
        return tuple(Asked(one.words, one.units, one.how is How.FORMER) for one in known), rest
    if _is_topic(without_document_words(_cut(text, mentions))) and not _CLAIMED.search(text):
        return (), text
    return tuple(Asked(one.words) for one in mentions), _cut(text, mentions)


def _cut(text: str, mentions: Iterable[Mention]) -> str:
    """`text` without the mentions."""
    rest, end = "", 0
    for mention in sorted(mentions, key=lambda one: one.start):
        rest += text[end : mention.start] + " "
        end = max(end, mention.end)
    return rest + text[end:]


def _topics(rest: str, whole: str) -> tuple[str, ...]:
    """The subjects of a question; several only where it says so (A和B分别谁牵头)."""
    parts = [part for part in _SPLIT.split(rest) if _is_topic(part)] if _SEVERAL.search(whole) else []
    if len(parts) >= 2:
        return tuple(parts)
    return (rest.strip(),) if _is_topic(rest) else ()


def _is_topic(text: str) -> bool:
    tokens = topic_of(text, shipped()).tokens
    strong = [token for token in tokens if not token.weak]
    return len(strong) > _HARD_TOPIC or any(token.kind is not Kind.CHARACTER for token in strong)


def _strangers(text: str, topics: tuple[str, ...]) -> tuple[tuple[Asked, ...], tuple[str, ...]]:
    """A unit that the documents do not know: the whole topic looks like one, or the question claims one."""
    words = topic_of(topics[0], shipped()).words.replace(" ", "")
    if _UNIT_LIKE.fullmatch(words):
        return (Asked(words),), ()
    claimed = _CLAIMED.search(text)
    if claimed:
        return (Asked(claimed["unit"]),), (topics[0].replace(claimed["unit"], " "),)
    return (), topics


def _signs(message: Message, found: _Found, earlier: Pointed) -> Signs:
    return Signs(
        found.text,
        cues_of(found.text),
        bare=not found.topics,
        unit=bool(found.units) or bool(message.unit and _OWN.search(found.text)),
        span=found.span is not None,
        number=bool(found.numbers),
        pointing=bool(earlier),
        liaison=message.role == "liaison",
        reminded=earlier.reminded,
    )


def _read(message: Message, found: _Found, earlier: Pointed) -> Query:
    """The question by itself; `earlier` only says that there is something to point at."""
    signs = _signs(message, found, earlier)
    intent = intent_of(signs)
    own = not found.units and message.unit is not None and _OWN.search(found.text) is not None
    units = (Asked(message.unit, (message.unit,)),) if own and message.unit else found.units
    lacking = _LACKING.search(found.text)
    return Query(
        intent,
        found.text,
        topics=found.topics,
        aspects=aspects_of(signs, intent),
        roles=_roles(signs),
        units=units,
        span=found.span,
        numbers=found.numbers,
        documents=found.named.documents,
        premise=bool(found.units) and bool(found.topics) and signs.any("premise"),
        excluded=signs.any("excluding"),
        alone=_ALONE.search(found.text) is not None,
        only=_ONLY.search(found.text) is not None,
        lacking=_LACKS.get(lacking["what"], "deadline") if lacking else None,
        refusal=refusal_of(signs) if intent is Intent.UNANSWERABLE else None,
        place=found.named.stranger,
        own=own,
        fact=_fact(signs),
    )


def _roles(signs: Signs) -> tuple[Role, ...]:
    """The roles asked for by name; 谁管 leaves it open."""
    asked = {Role.LEAD: ("lead",), Role.RESPONSIBLE: ("duty_word",), Role.COOPERATING: ("cooperating", "excluding")}
    return tuple(role for role, cues in asked.items() if signs.any(*cues))


def _fact(signs: Signs) -> str | None:
    """What a quoted sentence must hold to be an answer: who, when, how many; None where any sentence will do."""
    if signs.any("lead", "who", "duty_word", "cooperating"):
        return "who"
    if signs.any("when"):
        return "when"
    return "count" if signs.any("count") else None


def _continued(
    message: Message, register: Register, today: date, found: _Found, query: Query, earlier: Pointed
) -> Query:
    """The question read on the background of what was said before."""
    if found.topics or found.numbers or query.intent in (Intent.ACK, Intent.SMALLTALK, Intent.HELP, Intent.DOCUMENTS):
        if query.intent is Intent.ACK or not earlier.reminded:
            return _inherited(message, register, today, query, earlier)
        again = _read(message, found, earlier)
        return replace(again, assignments=earlier.assignments if again.intent is Intent.ACK else ())
    again = _read(message, found, earlier)
    if (found.units and not query.own) or found.span:
        return _inherited(message, register, today, again, earlier)
    if again.refusal:
        return again
    if earlier.assignments:
        chosen = earlier.chosen(found.text)
        return replace(again, assignments=chosen, units=again.units if query.own else ())
    return _inherited(message, register, today, again, earlier)


_INHERITS = re.compile(r"^(?:那么?|还有|然后|另外)|呢\W*$")


def _inherited(message: Message, register: Register, today: date, query: Query, earlier: Pointed) -> Query:
    """那教育局呢, 那就业呢: the earlier question asked again with what is new in this one."""
    if query.intent is Intent.ACK:
        return replace(query, assignments=earlier.assignments)
    if earlier.question is None or not (_INHERITS.search(query.text) or not query.topics):
        return query
    before = _read(message, _found(replace(message, text=earlier.question, turns=()), register, today), Pointed())
    kept = query if query.aspects and _asks_itself(query) else before
    return replace(
        kept,
        text=query.text,
        topics=query.topics or (() if query.units and before.intent is Intent.UNIT_TASKS else before.topics),
        units=query.units or before.units,
        span=query.span or before.span,
        numbers=query.numbers or (() if query.topics else before.numbers),
        documents=query.documents or before.documents,
    )


def _asks_itself(query: Query) -> bool:
    """Whether the new sentence says what it wants (责任单位呢), so that only the subject comes from before."""
    return query.intent in (Intent.LEAD, Intent.RESPONSIBLE, Intent.DEADLINE)
