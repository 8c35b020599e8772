"""Which assignments a report means, and whether the teller holds them. Unsure is asked back, never stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers import wording_reports
from handlers.numbers import by_number
from handlers.rhythms import due_in, periods_fit
from handlers.weighing import only_repeats, weighed
from knowledge.model import Assignment
from knowledge.normal import plain
from knowledge.patterns import regex
from knowledge.question.conversation import Pointed, numbered
from knowledge.question.itemnumbers import number_of
from knowledge.question.matters import Matters, of_kind
from knowledge.question.query import Query
from knowledge.question.restating import subject_in
from knowledge.question.subject import subject_of
from knowledge.register import Register
from knowledge.reports import Told, is_generic
from knowledge.reports.periods import without_periods
from knowledge.reports.report_words import Status
from knowledge.search import Hit, index_of
from knowledge.shares import SURELY, Holder
from knowledge.units import UnitBook

# Nobody reports more items in one sentence.
MOST_NUMBERS = 100
SURE, NEAR = 0.45, 0.15
# Among the assignments of the teller's own unit, less is enough to know which one is meant.
SURE_OF_OWN = 0.35
# What is written for a collective must be named more plainly: everybody holds it, and its words are the commonest.
SURE_OF_SHARED = 0.6
# Another assignment that fits this well compared with the best leaves it open which is meant.
RIVAL = 0.93
# 统计数据 said by a statistics office: its own must only come this close to the best of all.
OWN_FIELD = 0.8
# How near the words beside a number must come to it, compared with what they fit best; nearer where that is very sure.
OWN_SHARE, OWN_SHARE_OF_SURE, VERY_SURE, GAP = 0.5, 0.85, 0.8, 0.25
# So short a name of a unit may be two characters of other words.
_SHORT_NAME = 2
_NUMERAL = regex(r"[\d一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True)
class Case:
    """What the clauses of one report have in common. `holder` None is a supervisor who speaks for all."""

    query: Query
    register: Register
    holder: Holder | None
    today: date
    before: Pointed
    correcting: bool = False

    def share(self, one: Assignment) -> str | None:
        """The name under which the report is stored; None when the teller has no share in the assignment."""
        return self.holder.share(one) if self.holder else ""

    def held(self) -> tuple[Assignment, ...]:
        """All that the teller may report."""
        return self.holder.held(self.register.assignments) if self.holder else self.register.assignments


@dataclass(frozen=True, slots=True)
class Meant:
    """`assignments` to store `told` for, each for the `periods` (none: not named) or the date `due` that was pointed at; `problem`
    is what to ask instead; `elsewhere`: it surely speaks of what somebody else holds; `sure`: how well its words fit, among all
    there are; `of_all`: the teller has a part in them only as one of all; `note`: what is said beside the line of confirmation."""

    told: Told
    assignments: tuple[Assignment, ...] = ()
    periods: tuple[str, ...] = ()
    problem: str = ""
    due: date | None = None
    elsewhere: bool = False
    sure: float = 1.0
    of_all: bool = False
    note: str = ""


def meant_by(case: Case, told: Told) -> Meant:
    """The assignments and periods that a clause means."""
    if told.status is None:
        return Meant(told, problem=wording_reports.status_unclear(told.numbers))
    if len(told.numbers) > MOST_NUMBERS:
        return Meant(told, problem=wording_reports.TOO_MANY)
    if claimed := _claims_to_be(case):
        return Meant(told, problem=wording_reports.speaks_for(claimed))
    found = _found(case, told)
    if not found.assignments:
        return found
    other = _speaks_for_others(case, told, found.assignments) or _speaks_for_all(case, told, found.assignments)
    if other:
        return Meant(told, problem=wording_reports.speaks_for(other))
    periods, problem = periods_fit(found.assignments, told, case.today)
    if problem:
        return Meant(told, problem=problem)
    one = found.assignments[0] if len(found.assignments) == 1 else None
    if one and only_repeats(told, one):
        return Meant(told, problem=wording_reports.STATUS_UNCLEAR)
    if one is None:
        return replace(found, periods=periods)
    due = found.due or (None if periods else due_in(one, told.periods))
    return replace(found, periods=periods, due=due, told=weighed(replace(told, periods=periods), one))


def _found(case: Case, told: Told) -> Meant:
    if row := _proposal(case, told):
        return Meant(told, (row,)) if case.share(row) is not None else _not_held(told, (row,), case)
    if told.numbers:
        return _by_numbers(case, told)
    if told.topic:
        found = _by_topic(case, told, told.topic)
        if not found.assignments and told.head:
            found = max(_by_topic(case, told, told.head), found, key=lambda one: bool(one.assignments))
        if found.assignments or found.elsewhere or not (itself := subject_in(plain(told.words), case.register)):
            return found
        return max(_by_topic(case, told, itself), found, key=lambda one: bool(one.assignments))
    if told.hint and (found := _by_topic(case, told, told.hint)).assignments:
        return found
    return _by_context(case, told)


_PROPOSAL = regex(r"第?(?P<n>\d+)号(?:的)?(?:提案|建议|议案)")


def _proposal(case: Case, told: Told) -> Assignment | None:
    """29号提案答复了, 建议26号办结: the assignment that a proposal's own number names, or in which it is printed, where it is one."""
    numbers, papers, _ = Matters.of(case.register).numbered(plain(told.words))
    named = [row for number in numbers for row in of_kind(told.words, numbered(case.register, number, papers))]
    if len(named) == 1:
        return named[0]
    asked = _PROPOSAL.search(plain(told.words))
    rows = [one for one in case.register.assignments if f"第{asked['n']}号" in one.text] if asked else []
    return rows[0] if len(rows) == 1 else None


# --- by number -------------------------------------------------------------------------------------------------
def _by_numbers(case: Case, told: Told) -> Meant:
    parts = [_by_number(case, told, number) for number in told.numbers]
    rows = tuple(dict.fromkeys(one for part in parts for one in part.assignments))
    return Meant(told, rows, problem="\n".join(part.problem for part in parts if part.problem))


def _by_number(case: Case, told: Told, number: str) -> Meant:
    found = numbered(case.register, number, case.query.documents)
    if not found:
        unknown = by_number(replace(case.query, numbers=(number,)), case.register)
        return Meant(told, problem=unknown.text if unknown else wording_reports.WHICH)
    agreed = [one for one in found if _prints(one, number)] or found
    held = [one for one in agreed if case.share(one) is not None]
    if not held and case.query.documents is not None:
        # A word of the sentence may sound like the title of a document that the unit has no part in.
        everywhere = [one for one in numbered(case.register, number) if _prints(one, number)]
        held = [one for one in everywhere if case.share(one) is not None]
    if not held:
        return _not_held(told, agreed[:2], case)
    pointed = [one for one in held if one.id in case.before.assignments]
    held = pointed if len(held) > 1 and len(pointed) == 1 else held
    if len(held) > 1:
        return Meant(told, problem=wording_reports.which_of(held, case.register))
    if told.topic and not is_generic(told.topic) and _contradicts(case, told.topic, held[0]):
        return Meant(told, problem=wording_reports.contradicts(held[0], told.topic))
    return Meant(told, (held[0],))


def _prints(one: Assignment, number: str) -> bool:
    """Whether the document prints the number that was said, or none; 34 of a row that is printed as 33 is no such."""
    printed = _NUMERAL.search(one.printed_number or "")
    return printed is None or number_of(printed[0]) in (number, re.split(r"[.-]", number)[-1])


def _contradicts(case: Case, topic: str, one: Assignment) -> bool:
    """Whether the words said beside a number surely mean something else (第8项 said of what stands at 18)."""
    hits = _ranked(case, topic, None)
    if not hits or hits[0].confidence < SURE or hits[0].key == one.id:
        return False
    own = next((hit for hit in hits if hit.key == one.id), None)
    if own is None or own.score < OWN_SHARE * hits[0].score:
        return True
    very_sure = hits[0].confidence >= VERY_SURE
    return very_sure and (own.score < OWN_SHARE_OF_SURE * hits[0].score or own.confidence < hits[0].confidence - GAP)


def _not_held(told: Told, rows: Sequence[Assignment], case: Case) -> Meant:
    return Meant(told, problem=wording_reports.not_held(rows, _name(case)))


def _name(case: Case) -> str:
    return case.holder.printed if case.holder else ""


# --- by topic --------------------------------------------------------------------------------------------------
def _by_topic(case: Case, told: Told, topic: str) -> Meant:
    """Among the unit's own first, then among what is written for collectives too; of several matters with 都 each."""
    parts = (
        [part for part in re.split(r"[、和与及]", topic) if len(part) > 1] if told.each and told.topic == topic else []
    )
    if len(parts) > 1:
        several = [_by_topic(case, told, part) for part in parts]
        rows = dict.fromkeys(one for found in several for one in found.assignments)
        if len(rows) > 1 and all(len(found.assignments) == 1 for found in several):
            return Meant(told, tuple(rows))
    best = _ranked(case, topic, None)[:1]
    held = case.held()
    own = [one.id for one in held if case.holder and not case.holder.shared(one)]
    for keep in (own, [one.id for one in held]):
        hits = _ranked(case, topic, keep) if keep else []
        if hits and _sure(case, hits[0]) and _as_good(case, topic, hits[0], best[0]):
            sure = best[0].confidence if best[0].key == hits[0].key else 0.0
            of_all = case.holder is not None and keep is not own
            return replace(_chosen(case, told, hits), sure=sure, of_all=of_all)
    if best and best[0].confidence >= SURE and best[0].key not in {one.id for one in held}:
        return Meant(told, problem=wording_reports.not_held(_rows(case, best), _name(case)), elsewhere=True)
    near = [hit for hit in _ranked(case, topic, [one.id for one in held])[:2] if hit.confidence >= NEAR]
    if (
        near
        and len(own) == 1
        and near[0].key == own[0] == (best[0].key if best else "")
        and told.status is not Status.DONE
    ):
        return Meant(told, tuple(_rows(case, near[:1])))  # the only one that the teller has by name
    if not near and (told.status is not Status.DONE or case.correcting):
        before = _by_context(case, told)  # 消防还没验, behind a reminder of one thing
        if before.assignments:
            return before
    return Meant(told, problem=wording_reports.unclear(topic, _rows(case, near)))


def _chosen(case: Case, told: Told, hits: list[Hit]) -> Meant:
    rivals = [hit for hit in hits if hit.score >= RIVAL * hits[0].score and hit.confidence >= SURE_OF_OWN]
    rows = _rows(case, rivals)
    if len(rows) == 1:
        return Meant(told, tuple(rows))
    return Meant(told, problem=wording_reports.which_of(rows[:3], case.register))


def _as_good(case: Case, topic: str, own: Hit, best: Hit) -> bool:
    """Whether the teller's own fits as well as what fits best of all; nearly as well, where the topic is of its field."""
    if own.key == best.key:
        return True
    names = UnitBook.of(case.register).names
    fields = {field for name in (case.holder.names if case.holder else ()) for field in names[name].fields}
    near = OWN_FIELD if any(field in topic for field in fields) else RIVAL
    return own.confidence >= SURE and own.score >= near * best.score


def _sure(case: Case, hit: Hit) -> bool:
    """Whether a hit among the teller's own assignments is surely meant."""
    one = case.register.assignment(hit.key)
    if case.holder is None or one is None:
        return hit.confidence >= SURE
    return hit.confidence >= (SURE_OF_SHARED if case.holder.shared(one) else SURE_OF_OWN)


def _ranked(case: Case, topic: str, keep: Iterable[str] | None) -> list[Hit]:
    """The hits of the topic, as it is said or with the words of units in it, whichever is surer."""
    subject = subject_of(without_periods(topic), case.register, case.today)
    index = index_of(case.register).assignments
    kept = None if keep is None else set(keep)
    said = [*subject.topics[:1], *([subject.wide] if subject.wide else [])] or [topic]
    if any(len(unit.words) <= _SHORT_NAME for unit in subject.units):
        said.append(topic)  # 用工信息 holds 工信, and means no unit
    ranked = [index.rank(words, keep=kept) for words in said]
    return max(ranked, key=lambda hits: hits[0].confidence if hits else 0.0)


def _rows(case: Case, hits: Iterable[Hit]) -> list[Assignment]:
    return [one for hit in hits if (one := case.register.assignment(hit.key)) is not None]


# --- by what was said before -------------------------------------------------------------------------------------
def _by_context(case: Case, told: Told) -> Meant:
    """已经办了 behind a reminder or an answer: what it named and the teller holds."""
    if case.holder is None:
        return Meant(told, problem=wording_reports.WHICH)
    before = [one for key in case.before.assignments if (one := case.register.assignment(key))]
    held = [one for one in before if case.share(one) is not None]
    if before and not held:
        return _not_held(told, before[:2], case)
    if len(held) == 1 or (held and told.each):
        return Meant(told, tuple(held))
    return Meant(told, problem=wording_reports.which_of(held, case.register) if held else wording_reports.WHICH)


def _speaks_for_others(case: Case, told: Told, rows: Iterable[Assignment]) -> str:
    """The other unit that the clause names as the one that did it; empty when it names none."""
    if case.holder is None:
        return ""
    known = {*case.holder.names, case.holder.name}
    texts = plain(" ".join(one.text for one in rows))
    for mention in UnitBook.of(case.register).mentions(told.words):
        meant = {match.unit for match in mention.matches if match.confidence >= SURELY}
        inside = len(mention.words) <= _SHORT_NAME and _inside_a_word(mention.words, told.words)
        if (
            meant
            and known.isdisjoint(meant)
            and not inside
            and mention.words not in texts
            and _is_subject(mention.words, told.words)
            and not (told.status is not Status.DONE and _takes_part(mention.words, told.words))
        ):
            return mention.words
    return ""


def _inside_a_word(name: str, words: str) -> bool:
    """Whether a short name stands in the middle of other words (工信 in 用工信息)."""
    before = plain(words).partition(plain(name))[0]
    return bool(before) and "\u4e00" <= before[-1] <= "\u9fff" and before[-1] not in "市县区州省和与及了向给由"


_ALL = regex(r"^\W*(?P<who>各(?:区县|县区|市县|县市|乡镇|镇街|街道|单位|部门|地|科室)(?:（[^）]*）)?)")


def _speaks_for_all(case: Case, told: Told, rows: Iterable[Assignment]) -> str:
    """各区县的年报都交齐了, said by one of those whom a collective means."""
    found = _ALL.match(told.words)
    return found["who"] if found and case.holder and any(case.holder.shared(one) for one in rows) else ""


_CLAIMS = regex(r"(?:^|[,，。\s])(?:我们?|这里)(?:是|代表)(?P<who>[^,，。:：\s]{2,16})")


def _claims_to_be(case: Case) -> str:
    """The unit that the teller says to be, where it is another than the one he is enrolled for."""
    found = _CLAIMS.search(case.query.text)
    if case.holder is None or found is None:
        return ""
    known = {*case.holder.names, case.holder.name}
    for mention in UnitBook.of(case.register).mentions(found["who"]):
        meant = {match.unit for match in mention.matches if match.confidence >= SURELY}
        if meant and known.isdisjoint(meant):
            return mention.words
    return ""


# 卡在发改那边, 已报给农业农村局: where another unit is met, and not who did it.
_MET = regex(
    r"(?:给|向|往|送|报|交|到|与|跟|和|同|等|待|找|请|经|靠|催|卡在|在|因|因为|由于|需要?|缺|差|问|联系|协调|配合|移交)\W*$"
)


# 人社局还没把名单给我们: whom it waits for.
_HINDERS = regex(
    r"(?:那边|那里|方面)?(?:一直|迟迟|目前|至今)?(?:还|都|也|仍)?(?:没有?|未|不)[^,]{0,10}?(?:给|提供|配合|反馈|回复|同意|批|移交|推送|对接|报[给来送]|交[给来])"
)


# 城关镇片区完成了: where, and not who.
_PLACE = regex(r"(?:片区?|境内|范围|辖区|标?段|沿线|境域)")


# 发改会签完了，等法规科盖章: another's step on the way.
_PART = regex(r"[^,，]{0,8}(?:会签|盖章|用印|批|审|反馈|回复|同意|答复|出具|对接|联调)")


def _takes_part(words: str, said: str) -> bool:
    """Whether a unit that is named only does its step of what the teller has under way."""
    return _PART.match(plain(said).partition(plain(words))[2]) is not None


def _is_subject(words: str, said: str) -> bool:
    """Whether a unit that is named did what is told, as far as the words before it say."""
    before, found, behind = plain(said).partition(plain(words))
    return not found or (
        _MET.search(before) is None and _HINDERS.match(behind) is None and _PLACE.match(behind) is None
    )
