"""What stands in a question beside its asking words: units, item numbers, a window, documents, and its subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Span
from knowledge.normal import HAN, plain
from knowledge.patterns import regex
from knowledge.question.askeddays import asked_days
from knowledge.question.besides import without_matter
from knowledge.question.census import Census, census_of
from knowledge.question.chores import UNIT, asks_chores, asks_more, asks_together, without_chores, without_denial
from knowledge.question.claimed import (
    asks_which_role,
    claims_day,
    stance_of,
    whether_theirs,
    without_claim,
    without_part,
    without_rhythm,
)
from knowledge.question.cues import shows, shows_any
from knowledge.question.edges import Edge, edge_of
from knowledge.question.either import whose_of_two
from knowledge.question.goals import goal_of
from knowledge.question.halves import half_of
from knowledge.question.initials import written_out
from knowledge.question.itemnumbers import (
    asked_codes,
    asked_numbers,
    asked_place,
    without_codes,
    without_numbers,
    without_places_of_list,
)
from knowledge.question.matters import named_matters
from knowledge.question.meantparts import meant_part
from knowledge.question.namedunits import OWN, named_units, of_own, own_units, with_printed_units
from knowledge.question.parts import Parts, led_by, named_parts, narrowed_to, strange_part
from knowledge.question.printed import without_lacks
from knowledge.question.query import Asked, RoleClaim
from knowledge.question.respelling import respelled
from knowledge.question.roleclaims import joint_roles, role_claims
from knowledge.question.rolewords import RoleWords
from knowledge.question.sayings import in_common_words
from knowledge.question.shaping import is_topic, left_beside, shaped
from knowledge.question.stances import OPEN, Stance, stance_on_roles, without_stance
from knowledge.question.tempos import Tempo, prints_tempo, tempo_of
from knowledge.question.topics import concerning, topics_of
from knowledge.question.versus import without_versus
from knowledge.question.whichdocument import (
    Named,
    named_documents,
    papers_asked_for,
    titled_by_words,
    with_years,
    without_document_words,
)
from knowledge.register import Register

_PAUSE = regex(rf"(?<={HAN})\s+(?={HAN})")
# Whoever says who he is does not ask about it.
_INTRODUCED = regex(
    r"我(?:们)?(?:是|来自)[^,，。;；!！?？ ]{2,14}?(?:新来的|的(?=[,，。;；!！?？ ]|$)|(?=[,，。;；!！ ]))"
)
_ISSUING = regex(
    r"印发|下发|发布|出台|签发|落款|成文|制定|发文|[印发出下]的|文号|字号|依据|根据|时间|日期|出来|下来|今年|去年|新的?|没有?$|版"
)


# 年底前竣工的项目有哪些: what falls due is asked for, and nothing about ends or projects.
_TO_END = regex(
    r"(?:^|(?<=\W))(?:要|必须|应该?|须|得|计划|预计|能)*(?:全部|全面)?(?:(?:整改|办理|落实|处理|弄|做|办|搞|改)(?:完成?|到位|好)|交账|交差|交卷|完成|竣工|完工|建成|投用|交付|通车|投产|达产|办结|销号|答复|回复|开工|动工|封顶|合龙|贯通|并网|通水)(?:代表|委员)?的?(?:重点|建设|民生|整改)*(?:项目|工程|提案|建议|措施|任务|事项|工作|件)?(?=$|\W|有|都有|是哪|的?都?有?哪|几|多少|共|一共)"
    # 下个月到期的整改问题: what the paper calls its rows
    r"|(?:^|(?<=\W)|(?<=到期)|(?<=截止))的?(?:整改|整治|督办|督查|民生|惠民|为民|重点|主要)*(?:问题|措施|举措|实事|提案|议案|建议|任务|事项|项目|工作|条目|指标)(?:件)?(?=$|\W|都?有哪|是哪|都?有几|几|多少|共|一共)"
)
# Nothing but a list is asked for: …的任务, …的.
_LISTED = regex(r"(?:的|任务|事项|工作|实事|措施|举措|问题|提案|建议|项目|条目)呢?\W*$|(?:有|是)(?:哪|什么|啥)")
# 列一下所有任务, 全部事项发我
_ALL_OF_IT = regex(
    r"(?:列|拉|发|看|给|查|说|导出|汇总|梳理)[^,，。]{0,4}(?:所有|全部|整个|全体)的?(?:任务|事项|工作|条目|项目)(?:清单|列表)?|(?:所有|全部)的?(?:任务|事项|工作|条目)(?:清单|列表)?(?:都|全|给我|帮我|请|发我|都有|是|有)*(?:哪些|什么|啥|列|发|拉|看|说|导|\W*$)[^,，。几多]{0,6}|"
    r"(?:都|一共|总共)?有?(?:哪些|什么|哪几[项条件])(?:重点|具体|主要|整改|年度|工作)*(?:任务|事项|条目)(?=\W*$)|(?:重点|主要|整改|年度|工作)*(?:任务|事项|条目)(?:都|具体|一共)?(?:有|是)(?:哪些|什么|哪几[项条件])(?=\W*$)"
)
# 牵头的就一项对吧: the list is wanted, whatever number it is thought to have.
_ONLY_SO_MANY = regex(
    r"(?:就|只有?|一共|总共)+(?:[一二两三四五六七八九十]|\d{1,2})(?:项|件|个|条)(?:对吧|对吗|对不对?|是吧|吧|吗)?\W*$"
)
# 没到期的还有几项, 还剩几项没到期
_NOT_YET = regex(
    r"(?:还)?(?:没有?|未|尚未)到期的(?=任务|事项|有|还|是|都|呢|\W|$)|(?<=[项件条个])(?:任务|事项)?(?:还)?(?:没有?|未|尚未)到期的?"
)
_ANY_DAY = date(2020, 6, 15)
# The cues by which a question is about a document itself.
_OF_PAPERS = ("issue_asked", "basis_asked", "issuer_asked", "new_edition")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Overall:
    """What is asked of all assignments together: `census`: how they are spread over the units, `number` tells which place or
    how many; `edge`: what falls due first or last; `tempo`: what has no end or comes again and again; `everything`: all there is;
    `half`: when half of it, or of the subject, is to be done."""

    census: Census | None = None
    number: int = 1
    edge: Edge | None = None
    tempo: Tempo | None = None
    everything: bool = False
    half: bool = False


@dataclass(frozen=True, slots=True)
class Whom:
    """Whose work is asked about: the `units`, and the text with UNIT in their places (`marked`).

    `own`: the unit is the asker's. `others`: for what is not the units'. `stance`: the cues by which it takes the units for those
    asked about, or asks for their part; `claims`: the roles that it takes for so. `more`: it asks what else they have to do. `chores`
    is what is left of a question for all that they have to do, None for any other. `versus`: it asks who of them has more.
    `besides`: the matter beside which the rest is asked for. `joint`: the roles that the units must have in what is listed. `tempo`: how that is to be done in time.
    """

    units: tuple[Asked, ...]
    marked: str
    own: bool = False
    others: bool = False
    stance: frozenset[str] = frozenset()
    claims: tuple[RoleClaim, ...] = ()
    more: bool = False
    chores: str | None = None
    versus: bool = False
    besides: str = ""
    joint: tuple[RoleClaim, ...] = ()
    tempo: Tempo | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """`text` is the whole question with its asking words mended; `topics` what it is about, one for each part.

    `of_document`: about a document's issuing and nothing else. `wide`: the subject with the units' names left in it.
    `chores`: it asks for what the units have to do, and `topics` only narrows that.
    `together`: what they have to do with each other. `within`: the ids of the assignments under the headings that it names (`part`), None where it names none. `faint`: where
    no subject is left, the words that may be one all the same (报进度). `overall`: what it asks of all assignments together. `goal`: what is to be reached in `span`, `rhythm`: it claims a rhythm (每月一次对吧). `whom`: whose work it asks about, `stance`: in which roles.
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
    within: frozenset[str] | None = None
    part: str = ""
    together: bool = False
    faint: str = ""
    overall: Overall = Overall()
    goal: bool = False
    rhythm: bool = False
    whom: Whom = Whom((), "")
    stance: Stance = OPEN


def subject_of(words: str, register: Register, today: date, unit: str | None = None) -> Subject:
    """What stands in `words`, said on the day `today` by somebody of `unit`; `register` is what the conversation may know."""
    spelled = respelled(plain(_PAUSE.sub("，", words)))
    led, text = led_by(_written(without_stance(spelled), register, today), register)
    matters, text = named_matters(text, register)
    introduced = found[0] if (found := _INTRODUCED.search(text)) else ""
    named = _named(text, register)
    lexicon = office_lexicon(register)
    whom = _whom(named.rest, unit, introduced, register)
    units, chores = whom.units, whom.chores
    parts, rest = named_parts(whom.marked if chores is None else chores, register)
    parts = parts or led or matters.parts
    overall, rest = _overall(rest.replace(UNIT, " "), text, whom, lexicon)
    rhythm = without_rhythm(rest) if not units else None
    numbers, rest = _numbers(without_claim(rest if rhythm is None else rhythm), register, bool(parts))
    goal, span, rest = _days(rest, text, today, bool(units))
    of_document = shows_any(_OF_PAPERS, text) and _of_issuing(rest, named, register)
    faint = _unshaped(rest, bool(units or span or overall.tempo), register)
    beside = bool(units or span) and not shows("excluding", text)
    topics = topics_of(faint, text, beside, lexicon) or concerning(text, units)
    if not parts and len(topics) == 1:
        parts = meant_part(topics[0], text, chores is not None or bool(numbers), units, register)
        topics = () if parts else topics
        if not units and parts and all(part.whole for part in parts) and _enumerates(text) and not shows("count", text):
            overall = replace(overall, everything=True)
    papers, within = narrowed_to(parts, register.scoped(named.documents))
    strange = strange_part(rest, register) if chores is not None and not parts else None
    papers = papers or named.documents or matters.documents or None
    named = replace(named, documents=papers, stranger=named.stranger or strange)
    wide = without_document_words(shaped(with_printed_units(named.rest, register), False)) if units and topics else ""
    return Subject(
        text,
        named,
        units,
        span,
        matters.numbers or numbers,
        topics,
        of_document,
        wide,
        chores=chores is not None,
        within=within,
        part=parts[0].words if within is not None else "",
        together=(chores is not None or len(units) > 1) and asks_together(whom.marked),
        faint="" if topics else faint.strip(),
        overall=overall,
        goal=goal,
        rhythm=rhythm is not None,
        whom=whom,
        stance=stance_on_roles(spelled),
    )


def _unshaped(rest: str, beside: bool, register: Register) -> str:
    """The words of a question that do not only shape it; `beside` a unit, a window or a tempo."""
    return without_document_words(shaped(RoleWords.of(register).without(without_lacks(rest)), beside))


def _written(words: str, register: Register, today: date) -> str:
    """The words as documents write them: initials, sayings and years mended."""
    return with_years(whose_of_two(written_out(in_common_words(words), register), register), register, today)


def _days(rest: str, text: str, today: date, of_unit: bool) -> tuple[bool, Span | None, str]:
    """Whether it is asked what is to be reached in a stretch, the days asked about, and the `rest` of `text` without them."""
    if "到期" in rest and (found := _NOT_YET.search(rest)) is not None:
        span, kept = asked_days(f"{rest[: found.start()]} 到期 {rest[found.end() :]}", today)
        return False, span or Span(today, None, f"还没到期的（{today.year}年{today.month}月{today.day}日起）"), kept
    goal, rest = goal_of(rest, today, not of_unit)
    if goal is not None:
        return True, goal, rest
    span, rest = asked_days(rest + ("完成" if claims_day(text) else ""), today)
    return False, span, _TO_END.sub(" ", rest) if span else rest


def _named(text: str, register: Register) -> Named:
    """The documents that `text` names, by words of their titles too where it asks for an item or for the paper itself."""
    if (papers := papers_asked_for(text, register)) is not None:
        return papers
    named = named_documents(_INTRODUCED.sub(" ", text), register)
    if named.documents is None and (
        "那份" in text
        or "这份" in text
        or asked_numbers(text)
        or shows("issue_asked", text)
        or shows("number_asked", text)
    ):
        return titled_by_words(named.rest, register) or named
    return named


def _whom(text: str, unit: str | None, introduced: str, register: Register) -> Whom:
    """The units named in `text`, and how they are asked about."""
    units, marked = named_units(text, register)
    own = not units and of_own(marked, unit) and not shows("who", marked)
    if own:
        units = own_units(unit, introduced, register)
        marked = OWN.sub(UNIT, marked) if units else marked
    if not units:
        return Whom((), marked)
    lexicon = office_lexicon(register)
    joint = joint_roles(marked, units)
    stance, claims, more = stance_of(marked), role_claims(marked, units), asks_more(marked)
    known, marked = without_matter(marked) or ("", marked)
    others, marked = _denied(without_part(marked), lexicon)
    versus = without_versus(marked)
    tempo, unhurried = _hurried(marked, lexicon)
    if tempo is not None and versus is None:
        marked = unhurried
    chores = versus or (None if whether_theirs(marked) else _chores(_ONLY_SO_MANY.sub("", marked)))
    if chores is not None and not others and shows("excluding", text) and _about(chores.replace(UNIT, " "), lexicon):
        chores = None  # 信易贷除了某局还有哪些: who beside it, in one matter
    if chores is None:
        known, joint = "", ()
    tempo = tempo if chores is not None and versus is None else None
    return Whom(units, marked, own, others, stance, claims, more, chores, versus is not None, known, joint, tempo)


def _hurried(marked: str, lexicon: Lexicon) -> tuple[Tempo | None, str]:
    """The tempo of what the units have to do (UNIT牵头、按月公布的), where it asks for all of that; and the text without it."""
    tempo, rest = tempo_of(marked) if _enumerates(marked) or prints_tempo(marked) else (None, marked)
    chores = _chores(rest) if tempo else None
    return (None, marked) if chores is None or _about(chores.replace(UNIT, " "), lexicon) else (tempo, rest)


def _of_issuing(rest: str, named: Named, register: Register) -> bool:
    """Whether the `rest` of a question is about nothing but a document and its issuing."""
    issuing = _ISSUING.sub(" ", shaped(without_document_words(rest), False))
    return _of_title(issuing, named, register) or not left_beside(issuing, office_lexicon(register))


def _of_title(left: str, named: Named, register: Register) -> bool:
    """Whether what is left beside the issuing only tells the title of the one document named (兰沧数字经济措施)."""
    words = "".join(left.split()).strip("是的")
    if not words or len(named.documents or ()) != 1:
        return False
    rest = iter(plain(register.scoped(named.documents).documents[0].title))
    return all(sign in rest for sign in words)


def _overall(rest: str, text: str, whom: Whom, lexicon: Lexicon) -> tuple[Overall, str]:
    """What is asked of all assignments together, and the `rest` of `text` without the words that ask so."""
    of_unit = bool(whom.units)
    census, number, rest = _census(rest, of_unit, lexicon)
    edge, rest = _alone(edge_of, rest, lexicon)
    tempo, rest = _alone(tempo_of, rest, lexicon) if _enumerates(text) or prints_tempo(text) else (None, rest)
    everything, rest = _alone(_everything, rest, lexicon) if not of_unit else (None, rest)
    half, rest = half_of(rest)
    return Overall(census, number, edge, whom.tempo or tempo, bool(everything), half), rest


def _everything(text: str) -> tuple[bool | None, str]:
    found = _ALL_OF_IT.search(text)
    return (True, f"{text[: found.start()]} {text[found.end() :]}") if found else (None, text)


def _census(text: str, of_unit: bool, lexicon: Lexicon) -> tuple[Census | None, int, str]:
    """What is asked of the spread over all units, where nothing else is asked about; and the text without it."""
    census, number, rest = census_of(text) if not of_unit else (None, 1, text)
    return (census, number, rest) if census and not _about(rest, lexicon) else (None, 1, text)


def _alone(read: Callable[[str], tuple[T | None, str]], text: str, lexicon: Lexicon) -> tuple[T | None, str]:
    """What `read` finds in `text` and the text without it, where nothing else is asked about."""
    found, rest = read(text)
    return (found, rest) if found is not None and not _about(asked_days(rest, _ANY_DAY)[1], lexicon) else (None, text)


def _denied(marked: str, lexicon: Lexicon) -> tuple[bool, str]:
    """Whether what is not the units' is asked for, and the text as if it were theirs; of one matter (食堂除了UNIT) it is not."""
    found = without_denial(marked)
    if found is None or _about(found[0].replace(UNIT, " "), lexicon):
        return False, marked
    return True, found[1]


def _about(text: str, lexicon: Lexicon) -> bool:
    return is_topic(without_document_words(shaped(text, True)), lexicon)


def _enumerates(text: str) -> bool:
    """Whether a list or a number is asked for, and neither somebody nor a day."""
    if shows_any(("who", "when", "limit"), text):
        return False
    return shows("list", text) or shows("count", text) or _LISTED.search(text) is not None


def _numbers(text: str, register: Register, part: bool) -> tuple[tuple[str, ...], str]:
    """The item numbers that `text` asks for, and the text without them; in a `part` 第2个 is one too."""
    codes = asked_codes(text, lambda: Parts.of(register).codes)
    if codes:
        return codes, without_codes(text, codes)
    numbers = asked_numbers(text)
    place = asked_place(text) if part and not numbers else None
    if place is not None:
        return (str(place),), without_places_of_list(text)
    return numbers, without_places_of_list(without_numbers(text) if numbers else text)


def _chores(marked: str) -> str | None:
    """What is left of a question for all that a unit has to do; None for any other question."""
    if not asks_chores(marked) or asks_which_role(marked):
        return None
    left = without_chores(marked)
    return None if shows("who", left) or shows("premise", left) else left
