"""What is left of a list: 教育局在防溺水方面有哪些任务 wants those about it, 负责几个项目 those that the unit answers for, 9月底前完成的项目
those that are to be there by then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from handlers.bars import SURE
from handlers.diary import Falling
from handlers.finding import held_by
from knowledge.milestones import what_by
from knowledge.model import Assignment, Role
from knowledge.patterns import regex
from knowledge.question.query import Asked, Query
from knowledge.question.stages import days_of_end
from knowledge.register import Register
from knowledge.search import Hit, Index, index_of

# A row of the list is about the subject from this share of it on, or when it is as good as surely meant.
ABOUT = 0.55
# Others of the list are told with the best when they cover nearly as much.
NEARLY = 0.7


@dataclass(frozen=True, slots=True)
class Narrowed:
    """`ids` are those of the list that the subject means, None when it means none and the list stays whole. `elsewhere`
    is the assignment that is surely about it and stands outside the list."""

    ids: frozenset[str] | None = None
    elsewhere: Assignment | None = None


def narrowed(query: Query, ids: Collection[str], register: Register) -> Narrowed:
    """What the topics of `query` leave of the assignments `ids` of `register`."""
    if not query.topics:
        return Narrowed()
    index, topic = index_of(register).assignments, " ".join(query.topics)
    several = [side for side in _SIDES.split(topic) if len(side.strip()) > 1]
    if len(several) > 1 and (each := [_about(side, ids, index) for side in several]) and all(each):
        return Narrowed(frozenset().union(*each))
    hits = index.rank(topic, keep=ids)
    if meant := _meant(hits):
        return Narrowed(meant)
    best = index.rank(topic, limit=1)
    if best and best[0].confidence >= SURE and best[0].key not in ids:
        return Narrowed(elsewhere=register.assignment(best[0].key))
    return Narrowed()


# 跟种粮、农田沾边的: about the one or the other.
_SIDES = regex(r"、|或者?|以及|和|与")


def _about(side: str, ids: Collection[str], index: Index) -> frozenset[str]:
    """Those of the list that are about one of several things."""
    return _meant(index.rank(side, keep=ids))


def _meant(hits: Sequence[Hit]) -> frozenset[str]:
    """The keys of the hits that are about the subject; none where the best surely is not."""
    if not hits or (hits[0].score < ABOUT and hits[0].confidence < SURE):
        return frozenset()
    return frozenset(hit.key for hit in hits if hit.score >= NEARLY * hits[0].score)


# 负责几个项目, and not 负责或配合的.
_ANSWERS_FOR = regex(r"负责(?!人|或|和|、|及|同志)(?!.{0,8}(?:配合|协办|参与))")
# Not the order of a question that asks for both by name.
ANSWERING = (Role.RESPONSIBLE, Role.LEAD)


def answered_for(query: Query, rows: Iterable[Assignment]) -> Query:
    """负责 of a unit that also helps others: what it leads or answers for; 牵头 where none of its rows prints a leader: what it answers
    for. The question itself where it holds nothing so."""
    if query.roles == (Role.LEAD,) and not query.alone:
        rows = tuple(rows)
        unled = held_by(query.names, rows, (Role.RESPONSIBLE,)) and not any(one.units(Role.LEAD) for one in rows)
        return replace(query, roles=(Role.RESPONSIBLE,)) if unled else query
    if query.roles or not query.chores or _ANSWERS_FOR.search(query.text) is None:
        return query
    rows = tuple(rows)
    apart = held_by(query.names, rows, ANSWERING) and held_by(query.names, rows, (Role.COOPERATING,))
    return replace(query, roles=ANSWERING) if apart else query


# 9月底前完成的项目, 年底前竣工的: the whole is to be there by then.
_ENDED = regex(
    r"(?:完成|竣工|完工|建成|投用|交付|通车|投产|达产|验收)的?(?:重点|建设|民生|工程)*(?:项目|工程)|竣工|完工|建成|交付|投用|通车|投产"
)


# Of these steps and ends only those are meant that are printed so.
_PRINTED = regex(
    r"(?P<what>通车|通水|通气|通电|并网|投产|达产|开业|开园|开馆|入驻|开工|动工|封顶|合龙|贯通|试运行|试生产)的?(?:重点|建设|民生|工程)*(?:项目|工程|$|有哪|是哪|的)"
)


def step_asked(query: Query) -> str:
    """The step or end of which the projects are asked for (三季度封顶的项目); empty for none."""
    found = _PRINTED.search(query.text)
    return found["what"] if found else ""


def reaching(step: str, rows: Iterable[Falling]) -> list[Falling]:
    """The rows that name the step beside one of their days in the window, with these days."""
    kept = (
        replace(row, days=tuple(day for day in row.days if step in what_by(row.assignment, day)))
        for row in rows
        if row.once
    )
    return sorted((row for row in kept if row.days), key=lambda row: row.days[0])


def ended(query: Query, rows: Sequence[Falling]) -> tuple[list[Falling], int]:
    """Of what falls due in a window what is to be there by then, and how many others only reach a step in it."""
    if _ENDED.search(query.text) is None:
        return list(rows), 0
    once = [replace(row, days=days_of_end(row.assignment, row.days)) for row in rows if row.once]
    kept = sorted((row for row in once if row.days), key=lambda row: (row.shared, row.days[0]))
    return [*kept, *(row for row in rows if not row.once)], len(once) - len(kept)


Lists = list[tuple[Asked, list[Assignment]]]


def without_known(query: Query, found: Lists, register: Register) -> tuple[Lists, Assignment | None]:
    """The lists without the matter that is known already (除了背街小巷还有什么), and that matter; None where none is surely meant."""
    ids = {one.id for _, held in found for one in held}
    if not query.besides or not ids:
        return found, None
    hits = index_of(register).assignments.rank(query.besides, keep=ids, limit=1)
    if not hits or (hits[0].confidence < SURE and hits[0].score < ABOUT):
        return found, None
    known = register.assignment(hits[0].key)
    return [(asked, [one for one in held if one.id != hits[0].key]) for asked, held in found], known
