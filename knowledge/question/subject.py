"""What stands in a question beside its asking words: units, item numbers, a window, documents, and its subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Span
from knowledge.normal import plain
from knowledge.question.chores import UNIT, asks_chores, without_chores
from knowledge.question.cues import pattern, shows
from knowledge.question.itemnumbers import (
    asked_codes,
    asked_numbers,
    without_codes,
    without_numbers,
    without_places_of_list,
)
from knowledge.question.parts import Parts, named_parts, narrowed_to, strange_part
from knowledge.question.query import Asked
from knowledge.question.respelling import respelled
from knowledge.question.whichdocument import (
    Named,
    named_documents,
    titled_by_words,
    with_years,
    without_document_words,
)
from knowledge.register import Register
from knowledge.search.topic import PARTICLES, Kind, Token, topic_of
from knowledge.units import How, Mention, UnitBook

_HAN = "[\u3400-\u9fff]"
# Blanks between words are told from the blanks of pinyin: `plain` would drop them, and every place behind would shift.
_BLANK = re.compile(rf"(?<={_HAN})\s+|\s+(?={_HAN})|^\s+")
_PAUSE = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
# Whoever says who he is does not ask about it.
_INTRODUCED = re.compile(
    r"我(?:们)?(?:是|来自)[^,，。;；!！?？ ]{2,14}?(?:新来的|的(?=[,，。;；!！?？ ]|$)|(?=[,，。;；!！ ]))"
)
_OWN = re.compile(
    r"我们?(?:自己)?(?:局|单位|委|办|科室?|院|中心|部门|公司|街道|镇|乡|所|站|大队|这边|这儿|这里)|本(?:局|单位|部门|委|科室?)|咱们?(?:局|单位|委|办|科室?|中心|这边|这儿)?"
    r"|我们|我(?=要|有|得|负责|牵头)"
)
_OF_UNIT = re.compile(
    r"(?:牵头|负责|配合|管|干|做|要|有|承担|落实)(?:了|的)?(?:是|有|些|都)*(?:哪|什么|啥|几|多少)|任务|活儿?(?:$|\W|有)"
    r"|清单|职责|(?:牵头|负责)的(?:$|\W)"
)
_HANDED_TO = re.compile(
    r"(?:(?<![填申上汇通])报|(?<!主)送|(?<!移)交|呈|抄|提交|上报|报送|汇报|备案)(?:给|到|至|送|往)?$"
)
_HANDS = re.compile(r"(?:上?报|提交|送|交|反馈|汇报|备案|申请|说明)")
_CLAIMED = re.compile(
    rf"(?:是|由|归|该)(?P<unit>{_HAN}{{1,10}}?(?:局|委|办|厅|处|中心|公司|部|科|院))(?:来)?(?:牵头|负责|管|主责|主办)"
)
_SPLIT = re.compile(rf"、|,|，|;|；|(?<={_HAN})(?:和|与|跟|以及|还有|及)(?={_HAN})")
_SEVERAL = re.compile(r"分别|各自|各(?:是|由|归)|都(?:是|由|归)(?:谁|哪)")
# 一号答, 三号桥: a number in a name and no day; a day is followed by what happens to be said of a day.
_NAMED_DAY = re.compile(
    r"(?<![月\d一二三四五六七八九十])(?:[一二三四五六七八九十]{1,2}|\d{1,2})号(?=[\u3400-\u9fff])(?![前之以到要交报截有该的内完下上那这是就当早晚和至能会得必应开发办])"
)
_HIDDEN = "\ue001"
# Characters of which at least one stands in every word for a stretch of time.
_TIMELY = frozenset("年月日号天周期拜季旬今明昨底末节前后半星早晚近逾")
# Words that only shape a question and would otherwise be taken for its subject.
_SHAPE = re.compile(
    r"(?:上|前|下)(?:一|面)?(?:那|的)?[条项]|刚才(?:那|的|说的)*[条项个]?|属于|出自|来自哪|哪[个份]文件|第几[项条]|不对吧?|错了吧?|它们?|他们|分别|各自|单独|独自|只是|只(?=配合|牵头|有)|除了|以外|之外|还剩|剩下|剩余|没到期|未到期|到期|多少[项条个件]|几[项条个件]|"
    r"一共|总共|列(?:了|出|入)(?:了)?|(?:都|还)?要交|有没有|是不是|对不对|(?:有|写了|带)?(?:硬|明确|具体)性?的?(?:时限|期限|时间|日期)(?:要求)?|"
    r"(?:没有?|未)(?:写明?|注明|标明|规定|明确)|"
    r"(?:这|那)(?:一?[条项件块])(?:工作|任务)?|(?:这|那)(?:种|类|些|个|方面)儿?的?(?:信息|事情|事儿?|工作|内容|东西|情况)?(?=$|\W|是|的|有|要|应)|"
    r"多少|几[级个]|(?:是|有)?哪(?:[些几]|[一二三四五六七八九十\d]+)?个?(?=方面|$|\W)"
)
# Cues that are cut out of the subject wherever they stand.
_ASKING = ("when", "limit", "who", "which_ones", "lead", "count")
# A piece between cuts that is made of these alone is no subject.
_IDLE = re.compile(
    r"(?:要不要|用不用|要|得|该|应|是|的|了|来|去|在|由|归|把|请|再|还|也|都|就|这|那|个|块|条|项|事|活|儿|"
    r"负责|配合|会同|参与|一起|协助|牵头|管|弄|搞|抓|做|办|干|盯|开|发|报|完成|完|好|公布|公开|发布|落实|督查|督促|承担|"
    r"单位|部门|有|和|与|一下|说|前|之前|以前|底|内|吗|呢|吧|啊|对|没错|年|月|日|号|天|时间|时候|长|久)*"
)
# Beside a unit these are no subject either.
_CHORES = re.compile(
    r"(?:只|主要)?(?:牵头|负责|配合|落实|承担|参与|管)(?:的|了)?|"
    r"的?(?:工作任务|任务清单|任务列表|任务|工作|活儿?|差事|(?<!实)事(?:情|儿)?|清单|职责|分工)"
    r"(?=有|是|都|呢|啊|吗|哪|什么|啥|清|发|给|列|,|$|\W)"
)
_ISSUING = re.compile(
    r"印发|下发|发布|出台|签发|制定|发文|[印发出下]的|文号|字号|依据|根据|时间|日期|出来|下来|今年|去年|新的?|没有?$|版"
)
# From so many strong characters on it is a subject by itself; a single one only inside a word.
_STRONG, _WORD = 2, 2


@dataclass(frozen=True, slots=True)
class Subject:
    """`text` is the whole question with its asking words mended; `topics` what it is about, one for each part.

    `of_document`: about nothing but a document and its issuing. `wide`: the subject with the units' names left in it.
    `chores`: it asks for what the units have to do, and `topics` only narrows that. `own`: the unit is the asker's.
    `within`: the ids of the assignments under the headings that it names, None where it names none.
    """

    text: str
    named: Named
    units: tuple[Asked, ...]
    span: Span | None
    numbers: tuple[str, ...]
    topics: tuple[str, ...]
    of_document: bool
    wide: str = ""
    chores: bool = False
    own: bool = False
    within: frozenset[str] | None = None


def subject_of(words: str, register: Register, today: date, unit: str | None = None) -> Subject:
    """What stands in `words`, said on the day `today` by somebody of `unit`; `register` is what the conversation may know."""
    text = with_years(respelled(plain(_PAUSE.sub("，", words))), register, today)
    introduced = _INTRODUCED.search(text)
    named = named_documents(_INTRODUCED.sub(" ", text), register)
    if named.documents is None and (asked_numbers(text) or shows("issue_asked", text) or shows("number_asked", text)):
        named = titled_by_words(named.rest, register) or named
    lexicon = office_lexicon(register)
    units, marked = _units(named.rest, register)
    own = not units and _OWN.search(marked) is not None and not shows("who", marked)
    if own:
        units = _own_units(unit, introduced[0] if introduced else "", register)
        marked = _OWN.sub(UNIT, marked) if units else marked
    chores = _chores(marked) if units else None
    parts, rest = named_parts(marked if chores is None else chores, register)
    rest = rest.replace(UNIT, " ")
    numbers, rest = _numbers(rest, register)
    span, rest = _window(rest, today)
    of_document = not _left_beside(_ISSUING.sub(" ", _shaped(without_document_words(rest), False)), lexicon)
    topics = _topics(without_document_words(_shaped(rest, bool(units))), text, bool(units or span), lexicon)
    if not parts and len(topics) == 1 and (chores is not None or numbers or _lists(text, bool(units))):
        parts = Parts.of(register).named(topics[0])
        topics = () if parts else topics
    documents, within = narrowed_to(parts, register.scoped(named.documents))
    strange = strange_part(rest, register) if chores is not None and not parts else None
    named = replace(named, documents=documents or named.documents, stranger=named.stranger or strange)
    wide = without_document_words(_shaped(_printed(named.rest, register), False)) if units and topics else ""
    return Subject(
        text, named, units, span, numbers, topics, of_document, wide, chores is not None, own and bool(units), within
    )


def _numbers(text: str, register: Register) -> tuple[tuple[str, ...], str]:
    """The item numbers that `text` asks for, and the text without them."""
    codes = asked_codes(text, Parts.of(register).codes)
    if codes:
        return codes, without_codes(text, codes)
    numbers = asked_numbers(text)
    return numbers, without_places_of_list(without_numbers(text) if numbers else text)


def _own_units(unit: str | None, introduced: str, register: Register) -> tuple[Asked, ...]:
    """The asker's unit: the enrolled one, else the one that he says he is from."""
    if unit:
        return (Asked(unit, (unit,)),)
    known = [one for one in UnitBook.of(register).mentions(introduced) if one.units] if introduced else []
    return tuple(_asked(one, UnitBook.of(register)) for one in known)


def _chores(marked: str) -> str | None:
    """What is left of a question for all that a unit has to do; None for any other question."""
    if not asks_chores(marked):
        return None
    left = without_chores(marked)
    return None if shows("who", left) or shows("premise", left) else left


def _lists(text: str, of_unit: bool) -> bool:
    """Whether a question wants a list or a number, so that words of a title only say of which document."""
    if any(shows(name, text) for name in ("who", "when", "premise", "detail")):
        return False
    return shows("count", text) or (of_unit and any(shows(name, text) for name in ("list", "lead", "chores")))


def _shaped(text: str, of_unit: bool) -> str:
    """`text` without the words that only shape a question; beside a unit, 任务 and 活 are no subject either."""
    for name in _ASKING:
        text = pattern(name).sub(" ", text)
    text = _SHAPE.sub(" ", text)
    text = _CHORES.sub(" ", text) if of_unit else text
    pieces = re.split(r"[\s,，。;；!！?？]+", text)
    return " ".join(piece for piece in pieces if not _IDLE.fullmatch(piece))


def _window(text: str, today: date) -> tuple[Span | None, str]:
    """The days asked about, and the text without the words that say so."""
    if _TIMELY.isdisjoint(text):
        return None, text
    masked = _NAMED_DAY.sub(lambda found: found[0].replace("号", _HIDDEN), text)
    if masked != text:
        span, rest = _window(masked, today)
        return span, rest.replace(_HIDDEN, "号")
    from knowledge.deadlines.windows import window, without_window  # the grammar of dates is not loaded for 谁牵头

    span = window(text, today)
    return span, without_window(text) if span else text


def _units(text: str, register: Register) -> tuple[tuple[Asked, ...], str]:
    """The units named in `text`, and the text without them; one that no document names may be part of the topic."""
    text = _BLANK.sub(",", text)
    book = UnitBook.of(register)
    collective = next((name for name in sorted(book.collectives, key=len, reverse=True) if name in text), None)
    if collective and _OF_UNIT.search(text):
        return (Asked(collective, (collective,)),), text.replace(collective, UNIT)
    mentions = [one for one in book.mentions(text) if not _receives(text, one)]
    known = [one for one in mentions if one.units]
    if known or not mentions:
        return tuple(_asked(one, book) for one in known), _cut(text, known)
    rest = _cut(text, mentions)
    plainly = rest.replace(UNIT, " ")
    chores = _OF_UNIT.search(text) and not is_topic(_shaped(without_document_words(plainly), True), book.lexicon)
    if not chores and not _CLAIMED.search(text):
        return (), text
    return tuple(Asked(one.words) for one in mentions), rest


def _asked(mention: Mention, book: UnitBook) -> Asked:
    """The unit asked about. Of an old name's heirs only the nearest counts in a document that prints it."""
    if mention.how is not How.FORMER:
        return Asked(mention.words, mention.units, mention.how, mention.renames)
    best: dict[str, float] = {}
    for match in mention.matches:
        for paper in book.papers.get(match.unit, ()):
            best[paper] = max(best.get(paper, 0.0), match.confidence)
    nearest = [
        match.unit
        for match in mention.matches
        if any(match.confidence >= best[paper] for paper in book.papers.get(match.unit, ()))
    ]
    return Asked(mention.words, tuple(nearest) or mention.units, mention.how, mention.renames)


def _receives(text: str, mention: Mention) -> bool:
    """Whether a unit is only where something is handed in (哪天报安委办, 向财政局报送), and no duty of it is meant."""
    before, behind = text[: mention.start], text[mention.end :]
    return _HANDED_TO.search(before) is not None or (before.endswith(("向", "往")) and _HANDS.match(behind) is not None)


def _printed(text: str, register: Register) -> str:
    """`text` with the units named as the documents print them."""
    text = _BLANK.sub(",", text)
    for mention in sorted(UnitBook.of(register).mentions(text), key=lambda one: -one.start):
        if mention.units:
            text = text[: mention.start] + mention.units[0] + text[mention.end :]
    return text


def _cut(text: str, mentions: Sequence[Mention]) -> str:
    """`text` with UNIT in the place of each mention."""
    rest, end = "", 0
    for mention in sorted(mentions, key=lambda one: one.start):
        rest += text[end : mention.start] + UNIT
        end = max(end, mention.end)
    return rest + text[end:]


def _topics(rest: str, whole: str, beside: bool, lexicon: Lexicon) -> tuple[str, ...]:
    """The subjects of a question; several only where it says so (A和B分别谁牵头). `beside` a unit or a window."""
    parts: Iterable[str] = _SPLIT.split(rest) if _SEVERAL.search(whole) else ()
    several = tuple(part for part in parts if is_topic(part, lexicon))
    if len(several) >= 2:
        return several
    return (rest.strip(),) if (_left_beside if beside else is_topic)(rest, lexicon) else ()


def is_topic(text: str, lexicon: Lexicon) -> bool:
    """Whether anything is left in `text` that a document could be about; the lexicon's fillers are not."""
    return _strong(topic_of(text, lexicon).tokens)


def _left_beside(text: str, lexicon: Lexicon) -> bool:
    """`is_topic` beside a unit or a window, which are a subject already: empty characters alone are none (的有, 都)."""
    tokens = topic_of(text, lexicon).tokens
    solid = {token.run for token in tokens if not (token.weak or token.loose or token.text in PARTICLES)}
    return _strong(tuple(token for token in tokens if token.run in solid))


def _strong(tokens: Sequence[Token]) -> bool:
    strong = [token for token in tokens if not token.weak]
    if any(token.kind is not Kind.CHARACTER for token in strong) or len(strong) >= _STRONG:
        return True
    return any(sum(token.run == one.run for token in tokens) >= _WORD for one in strong)
