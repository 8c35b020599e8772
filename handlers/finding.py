"""From a Query to the assignments or the sentence that it means, with the nearest when it means none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from handlers.bars import AHEAD, CLEAR, FAR, LIKELY, NEAR, OF_DUTY, SURE, answers, answers_among
from handlers.figures import asks_figure, figure_held
from handlers.holding import NEVER, holds
from handlers.ranking import FEW_WORDS, of_units, ranked
from handlers.verbatim import bare_texts, by_phrase, repeats, shortened, speaking_of, spread
from knowledge.model import Assignment, DeadlineKind, Document, Passage, Role
from knowledge.normal import bare
from knowledge.patterns import regex
from knowledge.question.conversation import numbered
from knowledge.question.matters import of_kind
from knowledge.question.query import Intent, Query
from knowledge.question.stages import asked_of, names_stages
from knowledge.register import Register
from knowledge.search import Hit, index_of, passage_of

# Found by other words and not sure, so many are offered, each that covers so much of what the best covers.
MENU, LIKE = 3, 0.5
# Of which the likeliest is likely the one meant, so many are told at least.
TOLD = 2
# A passage is quoted only when the topic is covered this well.
QUOTABLE = 0.4
# A sentence beside assignments must be this much better than the best of them.
BETTER = 0.25
# A sentence of running text that covers so much of the topic is quoted whatever is asked of it.
PLAIN = 0.55
_FORMS = {
    "place": regex(
        r"设在|[在到于][^，,。；;]{2,24}?(?:中心|大厅|窗口|场所|处|室|楼|馆|站|网站|平台|媒介|媒体|报纸|公示栏)"
    ),
    "thing": regex(r"[“”《》]"),
    "which": regex(r"、|“[^”]+”“|以及|和"),
}
# And hold this share of the topic's characters: a handful of sentences makes every word look common.
SPOKEN = 0.5
# From so little on the duty to report is meant, where nothing else is asked for.
FAINT = 0.05
# Of several that are asked for (哪几条), each that covers so much of what the best covers.
AMONG = 0.6
# Less where it is said how many there are.
AMONG_SO_MANY = 0.3
# So few characters of a topic are looked for in what was told last, where something of it is asked.
_FEWEST = 2
_ASKS_WHAT = regex(r"什么|啥|哪")
_OF_ANOTHER = regex(r"(?:第)?(?P<n>\d+)号(?:的)?(?:提案|建议|议案|件)|(?:提案|建议|议案)(?:第)?(?P<m>\d+)号")
_NTH_OF = regex(r"(?<=\w)第[一二三四五六七八九十\d]+条")
_REPORTS = regex(r"报|交|送|反馈|更新")
# Another document's best is shown beside the best when it is nearly as good.
BESIDE = 0.85
# Of hits this close the one that says what is asked comes first.
CLOSE = 0.93


@dataclass(frozen=True, slots=True)
class Found:
    """`assignments`: the ones meant, best first. `passage`: the sentence that answers, alone or as the place in the
    assignment. `near`: the nearest,
    when nothing is sure; `related`: whether they are about the topic. `missing` is the share of the topic that the best does not speak of.
    `spoken`: what was asked stands nowhere in it as it was said; it was found by other words for the same thing. `among`: the
    likeliest of `assignments` is likely the one meant, and if it is not, one of the others; `offered`: none is likely, they are only
    offered. `lost`: of several topics those of which
    no assignment surely speaks."""

    assignments: tuple[Assignment, ...] = ()
    passage: tuple[Document, Passage] | None = None
    near: tuple[Assignment, ...] = ()
    confidence: float = 0.0
    also: tuple[Assignment, ...] = field(default=())
    missing: float = 0.0
    spoken: bool = False
    among: bool = False
    offered: bool = False
    lost: tuple[str, ...] = ()


def find(query: Query, register: Register) -> Found:
    """What `query` is about: what the conversation points to, the numbers asked, or the topics. `register` is scoped."""
    if query.assignments:
        return Found(_known(query.assignments, register), confidence=1.0)
    if query.numbers and (found := _at_numbers(query, register)) is not None:
        return Found(found, confidence=1.0)
    if not query.topics:
        few = query.within if query.within and len(query.within) <= MENU else ()
        return Found(_known(sorted(few), register), confidence=1.0)
    if itself := _of_the_told(query, register) or _step_of_the_told(query, register):
        return Found(itself, confidence=1.0)
    if outer := _numbered_elsewhere(query, register):
        return Found(outer, confidence=1.0)
    if (
        query.span
        and query.intent is Intent.DETAIL
        and (repeated := by_phrase(query.text, register.scoped(query.documents)))
    ):
        return Found(repeated, confidence=SURE)
    parts = [_by_topic(topic, query, register) for topic in query.topics]
    if len(parts) > 1 and (one := _of_one(query, parts, register)) is not None:
        return Found((one,), confidence=parts[0].confidence)
    return _together(query.topics, parts)


def _of_one(query: Query, parts: list[Found], register: Register) -> Assignment | None:
    """清淤和管护移交分别什么时候: the one assignment to which all that is asked about belongs."""
    if query.intent is not Intent.DEADLINE:
        return None
    best = index_of(register.scoped(query.documents)).assignments.rank(" ".join(query.topics), limit=1)
    likely = _known((hit.key for hit in best), register)
    found = dict.fromkeys(one for part in parts for one in (*part.assignments, *part.near))
    return next((one for one in (*likely, *found) if names_stages(query.topics, one)), None)


def _at_numbers(query: Query, register: Register) -> tuple[Assignment, ...] | None:
    """What stands at the numbers asked; of several the one that a subject beside them means.

    None where the subject means another: the 第一条 of 断头路第一条几时通 counts roads.
    """
    found = tuple(dict.fromkeys(one for number in query.numbers for one in numbered(register, number, query.documents)))
    found = of_kind(query.said, found) if len(found) > 1 else found
    if not query.topics or len(query.numbers) > 1:
        return found
    hits = index_of(register.scoped(query.documents)).assignments.rank(query.topic, limit=1)
    if not hits or hits[0].confidence < SURE:
        return found
    meant = tuple(one for one in found if one.id == hits[0].key)
    return meant or (None if _NTH_OF.search(query.text) else found)


def _of_the_told(query: Query, register: Register) -> tuple[Assignment, ...]:
    """新增多少户, behind a row that says 新增规上企业35户; 每周开啥会, behind one that says 每周召开会商会: that row, where the few
    words that are said stand in it, and beside them the figure that is asked for."""
    words = bare(query.topic).rstrip("呢啊")
    if len(query.told) == 1 and query.intent is Intent.DEADLINE and not query.names and len(words) >= _FEWEST:
        return tuple(one for one in _known(query.told, register) if _is_step_of(words, one))
    if len(query.told) != 1 or query.intent in OF_DUTY or not _FEWEST <= len(words) <= FEW_WORDS:
        return ()
    (told,) = _known(query.told, register) or (None,)
    if told is None or query.names:
        return ()
    figure = query.fact == "count" or asks_figure(query.text)
    says = figure_held(query.text, told.text, 0.0) if figure else _ASKS_WHAT.search(query.text) is not None
    return (told,) if says and spread(words, bare(told.text)) else ()


def _step_of_the_told(query: Query, register: Register) -> tuple[Assignment, ...]:
    """那什么时候供水, behind a row that dates it: that row."""
    words = bare(query.topic)
    if query.intent is not Intent.DEADLINE or len(query.told) != 1 or len(words) > FEW_WORDS or query.names:
        return ()
    (told,) = _known(query.told, register) or (None,)
    asked = asked_of(query.text, told) if told is not None else None
    return (told,) if told is not None and asked is not None and asked.named else ()


def _is_step_of(words: str, one: Assignment) -> bool:
    """那团队进驻呢, behind a row whose time limits say 10月底前首批团队进驻: a step of that row."""
    return any(words in bare(part.text) for part in one.deadlines)


def _numbered_elsewhere(query: Query, register: Register) -> tuple[Assignment, ...]:
    """第41号提案: the number that a matter had before it came into this document, where it is printed with it."""
    asked = _OF_ANOTHER.search(query.text) if "号" in query.text else None
    if asked is None:
        return ()
    printed = re.compile(rf"第{asked['n'] or asked['m']}号")
    return tuple(one for one in register.scoped(query.documents).assignments if printed.search(one.text))


def _known(ids: Iterable[str], register: Register) -> tuple[Assignment, ...]:
    return tuple(found for one in ids if (found := register.assignment(one)) is not None)


def _together(topics: Sequence[str], parts: list[Found]) -> Found:
    if len(parts) == 1:
        return parts[0]
    known = [not part.among and bool(part.assignments) for part in parts]
    return Found(
        tuple(dict.fromkeys(one for part in parts if not part.among for one in part.assignments)),
        None,
        tuple(dict.fromkeys(one for part in parts for one in (part.assignments if part.among else part.near))),
        min(part.confidence for part in parts),
        lost=tuple(topic for topic, found in zip(topics, known, strict=True) if not found) if any(known) else (),
    )


def _by_topic(topic: str, query: Query, register: Register) -> Found:
    scoped = register.scoped(query.documents)
    index = index_of(scoped)
    hits = of_units(topic, query, scoped) or ranked(topic, query, index.assignments)
    hits = [hit for hit in hits if (one := register.assignment(hit.key)) is not None and one.text]
    if query.reporting and (told := _of_reporting(hits, register)):
        return Found((told,), confidence=SURE)
    best = next((hit.confidence for hit in hits if _can_tell(query, register.assignment(hit.key))), 0.0)
    for hit in index.passages.rank(topic, limit=8, held=SPOKEN) if _quotes(hits, best, query, register) else ():
        if hit.confidence < (CLEAR if query.loose else QUOTABLE):
            break
        if _spoken(hit) < SPOKEN:
            continue
        found = _in_a_sentence(hit, hits, query, scoped, best)
        if found is not None:
            return found
    likely = (
        [hit.key for hit in hits[:MENU] if hit.score >= LIKE * hits[0].score]
        if _only_meant(hits, query) and not answers_among(hits, query) and not shortened(topic, scoped)
        else []
    )
    if len(likely) > 1:
        meant = _known(likely, register)
        return Found(meant, confidence=hits[0].confidence, missing=hits[0].missing, spoken=True, offered=True)
    if not hits or not answers(hits, query):
        repeated = by_phrase(topic, scoped) or (speaking_of(topic, scoped) if query.several else ())
        repeated = repeated or repeats(topic, query, hits, scoped)
        if not repeated and query.intent in OF_DUTY:
            short = shortened(topic, scoped)
            far = not hits or hits[0].confidence < NEAR
            repeated = short if far or [one.id for one in short] == [hits[0].key] else ()
        if repeated:
            return Found(repeated, confidence=SURE)
        if answers_among(hits, query):
            return _likeliest(hits, register)
        near = _known((hit.key for hit in hits if hit.confidence >= NEAR), register)
        return Found(near=near[:3], confidence=hits[0].confidence if hits else 0.0)
    if answers_among(hits, query):
        return _likeliest(hits, register)
    return _leading(hits, query, register)


def _likeliest(hits: list[Hit], register: Register) -> Found:
    """The likeliest, and the next likeliest beside it; these are only named where the likeliest is far ahead."""
    told = (hit.key for place, hit in enumerate(hits[:MENU]) if place < TOLD or hit.confidence >= FAR)
    meant = _known(told, register)
    ahead = len(hits) > 1 and hits[1].confidence < AHEAD * hits[0].confidence
    taken = meant[:1] if ahead else meant
    also = meant[len(taken) :]
    return Found(taken, also=also, confidence=hits[0].confidence, missing=hits[0].missing, spoken=True, among=True)


def _only_meant(hits: list[Hit], query: Query) -> bool:
    """Whether a duty is asked for, and the best hit is likely but not sure: less so where words of the topic stand in it."""
    if not hits or query.intent not in OF_DUTY or query.beside is not None:
        return False
    told = query.loose or query.several or query.premise or query.excluded
    return (
        not told
        and hits[0].confidence >= NEAR
        and (hits[0].spoken or hits[0].confidence < LIKELY)
        and not answers(hits, query)
    )


def _quotes(hits: list[Hit], best: float, query: Query, register: Register) -> bool:
    """Whether a sentence may answer better than the best assignment, or say which part of it is meant."""
    first = register.assignment(hits[0].key) if hits else None
    if query.beside in NEVER:
        return first is None or not first.duties
    if not hits or best < 1 - BETTER or query.beside is not None or query.fact == "count":
        return True
    return first is None or not first.duties or "。" in first.text.rstrip("。")


def _of_reporting(hits: list[Hit], register: Register) -> Assignment | None:
    """The duty of everybody to report by a day, of the covering letter; the likeliest."""
    found = (register.assignment(hit.key) for hit in hits if hit.confidence >= FAINT)
    return next(
        (one for one in found if one and one.number is None and one.deadlines and _REPORTS.search(one.text)), None
    )


def _spoken(hit: Hit) -> float:
    """The share of the topic's characters that the hit holds."""
    held, lost = sum(map(len, hit.matched)), sum(map(len, hit.unmatched))
    return held / (held + lost) if held else 0.0


def _in_a_sentence(hit: Hit, hits: list[Hit], query: Query, register: Register, best: float) -> Found | None:
    """The sentence behind `hit` where it answers: alone, or as the place in an assignment that is meant."""
    quoted = passage_of(register, hit.key)
    if quoted is None:
        return None
    document, passage = quoted
    within = containing(document, passage, register)
    running = within is None or not within.duties
    says = holds(query, passage.text, running=True) or (running and _plainly(hit, query, passage.text))
    if within is None:
        return Found(passage=quoted, confidence=hit.confidence) if says and hit.confidence >= best + BETTER else None
    if not within.duties and query.fact in ("lead", "who"):
        return Found(passage=quoted, confidence=hit.confidence) if says and hit.confidence >= best else None
    if running and not says:
        return None
    own = next((one.confidence for one in hits if one.key == within.id), 0.0)
    first = bool(hits) and within.id == hits[0].key
    if max(own, hit.confidence) >= SURE and (first or hit.confidence >= best + BETTER):
        missing = next((one.missing for one in hits if one.key == within.id), hit.missing)
        return Found((within,), quoted, confidence=max(best, hit.confidence), missing=min(missing, hit.missing))
    return None


def _plainly(hit: Hit, query: Query, text: str) -> bool:
    """Whether a sentence of running text is so surely the one asked about that it is quoted whatever is asked: what a text without
    duties says of a place, a name or a way of doing it is all there is. For a figure it must hold one; a day it does not tell."""
    if (
        query.fact in ("lead", "who")
        or query.beside in ("clock", "event")
        or hit.confidence < SURE
        or hit.score < PLAIN
    ):
        return False
    return plainly_said(query, text)


def plainly_said(query: Query, text: str) -> bool:
    """Whether the sentence meant says what is asked as far as its form tells: a figure, a place, a name."""
    if query.fact == "count" or query.beside in ("amount", "past"):
        return figure_held(query.text, text, 0.0)
    form = _FORMS.get(query.beside or "")
    return form is None or form.search(text) is not None


def containing(document: Document, passage: Passage, register: Register) -> Assignment | None:
    """The assignment in whose words the passage stands."""
    words, texts = bare(passage.text), bare_texts(register)
    rows = [one for one in register.of_document(document.id) if one.text]
    whole = next((one for one in rows if words in texts[one.id]), None)
    # 备注：各牵头单位每季度…: the passage has more words than the duty.
    return whole or next((one for one in rows if one.number is None and texts[one.id] in words), None)


def _leading(hits: list[Hit], query: Query, register: Register) -> Found:
    """The best hit; beside it the best of each further document that fits nearly as well."""
    sure = min(SURE, hits[0].confidence)
    close = [hit for hit in hits if hit.confidence >= sure and hit.score >= CLOSE * hits[0].score]
    hits = sorted(close, key=lambda hit: not _tells(query, register.assignment(hit.key))) + hits[len(close) :]
    chosen: dict[str, Assignment] = {}
    for hit in hits:
        one = register.assignment(hit.key)
        fits = hit.confidence >= sure and hit.score >= BESIDE * hits[0].score
        if one is not None and (fits or (query.documents and len(query.documents) > 1 and hit.confidence >= SURE)):
            chosen.setdefault(one.document, one)
    if query.several or query.so_many:
        least = (AMONG_SO_MANY if query.so_many else AMONG) * hits[0].score
        among = [hit.key for hit in hits if hit.score >= least][: query.so_many or None]
        chosen = {one.id: one for one in _known(among, register)}
    taken = tuple(chosen.values())
    rivals = (hit.key for hit in hits[1:4] if hit.confidence >= SURE and hit.score >= BESIDE * hits[0].score)
    also = tuple(one for one in _known(rivals, register) if one not in taken)
    best = hits[0]
    # 应届生能住几晚: who is surely meant by other words is asked for the figure, whatever of the topic nothing speaks for.
    figure = query.beside == "amount" or query.fact == "count" or query.intent is Intent.DEADLINE
    missing = min(best.missing, 1 - best.confidence) if figure and best.spoken and best.open else best.missing
    return Found(taken, also=also[:2], confidence=best.confidence, missing=missing, spoken=best.spoken)


def _tells(query: Query, one: Assignment | None) -> bool:
    """Whether an assignment holds what is asked about it."""
    if one is None:
        return False
    if query.intent is Intent.DEADLINE:
        return any(part.kind not in (DeadlineKind.NONE, DeadlineKind.ONGOING) for part in one.deadlines)
    return _can_tell(query, one)


def _can_tell(query: Query, one: Assignment | None) -> bool:
    """Whether an assignment may answer at all: a question for units needs units."""
    return one is not None and (bool(one.duties) or query.intent not in (Intent.LEAD, Intent.RESPONSIBLE))


def held_by(units: Collection[str], assignments: Iterable[Assignment], roles: Collection[Role]) -> list[Assignment]:
    """The assignments in which one of `units` holds one of `roles` (any role when none is given)."""
    return [
        one
        for one in assignments
        if any(duty.unit in units and (not roles or duty.role in roles) for duty in one.duties)
    ]
