"""某单位的任务, 到期的任务, 一共几项: answers that come from the register exactly and not from likeness."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from handlers import outside, wording, wording_conditions, wording_lists, wording_units
from handlers import wording_deadlines as when
from handlers.diary import Falling, as_planned, falling
from handlers.echo import understood
from handlers.finding import find, held_by
from handlers.lacking import of_lacking
from handlers.listed import listed, roles_of
from handlers.message import Answer, Outcome, said
from handlers.narrowing import ANSWERING, answered_for, ended, narrowed, reaching, step_asked, without_known
from handlers.portfolio import common_roles, held_in_roles, in_common, not_led
from handlers.refusing import ask_back, refuse, unsaid
from knowledge.model import Assignment, Message, Role, Span
from knowledge.patterns import regex
from knowledge.question.askeddays import outside_days
from knowledge.question.cues import shows
from knowledge.question.query import Asked, Intent, Query
from knowledge.register import Register
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar

# 按时间排一下
_IN_ORDER = regex(r"按照?(?:完成|到期|截止)?(?:时间|时限|期限|日期|先后)")


def of_unit(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """某局牵头的任务: the assignments of the units named, by role; those of a collective apart."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.tempo is not None and not query.strangers:
        return _of_tempo(query, register, today)
    if query.everything and not query.units and query.within is None:
        return _everything(query, register)
    if not query.units:
        return _under(query, register) if query.within is not None else ask_back(query)
    if not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    if query.beside:
        return _figure(query, message, register, calendar, today) or refuse(
            query, wording.unit_aspect_not_said([asked.words for asked in query.units])
        )
    scoped = register.scoped(query.documents)
    query = answered_for(query, scoped.of_units(query.names))
    roles = roles_of(query)
    if query.others:
        return _of_others(query, scoped, roles)
    found = [
        _printed_in(asked, held_in_roles(asked.units, scoped, roles, query)) for asked in query.units if asked.units
    ]
    found = in_common(query, scoped) if query.together else found
    found = [(asked, _in_order(held, query, calendar, today)) for asked, held in found]
    found, known = without_known(query, found, scoped)
    direct = {one.id for _, held in found for one in held}
    shared = () if roles == (Role.LEAD,) else _shared(query.names, scoped)
    shared = tuple(one for one in shared if one.id not in direct)
    about = narrowed(query, direct | {one.id for one in shared}, scoped)
    if about.elsewhere and query.leaning:
        from handlers.ask import answer

        itself = replace(query, intent=Intent.DETAIL, aspects=(Intent.DETAIL,), roles=(), units=(), chores=False)
        return answer(itself, message, register, calendar, today)
    if about.elsewhere:
        return _not_theirs(query, about.elsewhere, scoped)
    if about.ids is not None:
        found = [(asked, [one for one in held if one.id in about.ids]) for asked, held in found]
        shared = tuple(one for one in shared if one.id in about.ids)
    ids = tuple(dict.fromkeys(one.id for _, held in found for one in held))
    if not ids and not shared:
        text = wording.lines(*(wording.unit_without(asked.words, _asked_role(query), query.part) for asked, _ in found))
        return said(text, Answer(query.intent, query.intent is Intent.COUNT, count=0))
    dates = _dates([one for _, held in found for one in held], calendar, today) if query.dated else ()
    text = _unit_text(query, found, shared, scoped, (calendar, today) if query.dated else None)
    text = _with_what_narrows(text, query, known, narrows=about.ids is not None)
    return said(text, listed(query, scoped, ids, units=_printed(found), count=len(ids), dates=dates))


def _figure(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome | None:
    """民政局建几个日间照料中心: the row of the unit that names the figure asked for; None where none surely does."""
    if query.beside != "amount":
        return None
    from handlers.ask import answer

    topic = query.text
    for asked in query.units:
        topic = topic.replace(asked.words, " ")
    whole = replace(
        query, intent=Intent.DETAIL, aspects=(Intent.DETAIL,), topics=(topic.strip(),), chores=False, roles=()
    )
    told = answer(whole, message, register, calendar, today)
    return told if told.answer is not None and told.answer.answered else None


def _unit_text(
    query: Query,
    found: list[tuple[Asked, list[Assignment]]],
    shared: Sequence[Assignment],
    register: Register,
    dated: tuple[WorkCalendar, date] | None,
) -> str:
    """The lists of the units, below who of them has more where that is asked."""
    text = wording_lists.of_units(found, shared, register, _asked_role(query), query.page, dated)
    if not query.versus or len(found) < 2:
        return text
    fewer = "少" in query.text or "轻" in query.text
    return wording.lines(wording_conditions.versus(found, _what(roles_of(query)), fewer), text)


def _with_what_narrows(text: str, query: Query, known: Assignment | None, narrows: bool) -> str:
    """The list with the matter beside which it was asked for, or that a subject said beside the units narrowed nothing."""
    if known is not None:
        return f"{wording.besides(known)}{text}"
    return wording.lines(text, wording.not_narrowed(query.topic)) if query.topics and not narrows else text


def _in_order(rows: list[Assignment], query: Query, calendar: WorkCalendar, today: date) -> list[Assignment]:
    """The rows as they stand; by their first day, those without one behind, where that is asked for (按时间排一下)."""
    if not query.dated or _IN_ORDER.search(query.said) is None:
        return rows

    def first(one: Assignment) -> date:
        days = (day for part in one.deadlines for day in when.dues(part, calendar, today))
        return min(days, default=date.max)

    return sorted(rows, key=first)


def _printed_in(asked: Asked, held: list[Assignment]) -> tuple[Asked, list[Assignment]]:
    """The unit by those of its names that the rows print, as it was where they print none, and the rows."""
    printed = {duty.unit for one in held for duty in one.duties}
    return replace(asked, units=tuple(name for name in asked.units if name in printed) or asked.units), held


def _dates(rows: Iterable[Assignment], calendar: WorkCalendar, today: date) -> tuple[str, ...]:
    days = (day for one in rows for part in one.deadlines for day in when.dues(part, calendar, today))
    return tuple(sorted({day.isoformat() for day in days}))


def _of_others(query: Query, register: Register, roles: Collection[Role]) -> Outcome:
    """不是某局牵头的: what the units named do not hold in the role; nobody's 责任单位 counts as its leader."""
    units = query.names
    kept = [one for one in register.assignments if one.number is not None and one.text]
    theirs = {one.id for one in held_by(units, kept, roles)}
    if roles == (Role.LEAD,):
        theirs |= {one.id for one in kept if not one.units(Role.LEAD) and held_by(units, [one], (Role.RESPONSIBLE,))}
    rows = [one for one in kept if one.id not in theirs]
    text = wording_conditions.others(wording.names(units[:3]), _what(roles), rows, register, query.page)
    return said(text, listed(query, register, [one.id for one in rows], count=len(rows)))


def _of_tempo(query: Query, register: Register, today: date) -> Outcome:
    """长期坚持的, 每月都要报的, of the units named or of all."""
    from handlers.tempos import answer

    scoped = register.scoped(query.documents)
    rows = held_by(query.names, scoped.of_units(query.names), roles_of(query)) if query.names else scoped.assignments
    return answer(query, rows, scoped, today)


def _under(query: Query, register: Register) -> Outcome:
    """All that stands under the heading that the question names; `register` holds nothing else."""
    rows = [one for one in register.scoped(query.documents).assignments if one.number is not None]
    text = wording_lists.under(query, rows, register)
    return said(text, listed(query, register, [one.id for one in rows], count=len(rows)))


def _everything(query: Query, register: Register) -> Outcome:
    """All assignments of the documents there are; of several, how many each holds is told before them."""
    scoped = register.scoped(query.documents)
    rows = [one for one in scoped.assignments if one.number is not None]
    if not rows:
        return _count_all(query, scoped)
    several = len({one.document for one in rows}) > 1
    text = (wording_conditions.all_of_them if several else wording_conditions.all_of_it)(rows, scoped, query.page)
    return said(text, listed(query, scoped, [one.id for one in rows], count=len(rows)))


def _not_theirs(query: Query, other: Assignment, register: Register) -> Outcome:
    """The subject is there, and it is not the units': says whose it is."""
    words = wording.names(asked.words for asked in query.units)
    return refuse(query, wording.not_theirs(words, other, register.document(other.document)))


def _what(roles: Collection[Role]) -> str:
    words = {Role.LEAD: "牵头", Role.RESPONSIBLE: "作为责任单位", Role.COOPERATING: "配合"}
    if tuple(roles) == ANSWERING:
        return "负责"
    return "、".join(words[role] for role in roles)


def _asked_role(query: Query) -> str:
    """The role asked for, in words: 单独牵头, 共同承担; empty for any."""
    if query.together:
        return f"共同{_what(roles) if (roles := common_roles(query)) else '承担'}"
    return ("单独" if query.alone else "") + _what(roles_of(query))


def _shared(units: Collection[str], register: Register) -> tuple[Assignment, ...]:
    """The assignments that reach the units only through a collective's name, in papers of the places in whose papers they stand."""
    book = UnitBook.of(register)
    names = {name for unit in units for name in book.collectives_of(unit)} - set(units)
    found = held_by(names, register.of_units(names), ()) if names else []
    places = {_place(one, register) for one in register.of_units(units)}
    return tuple(one for one in found if not places or _place(one, register) in {*places, ""})


def _place(one: Assignment, register: Register) -> str:
    document = register.document(one.document)
    return (document.locality or "") if document else ""


def _printed(found: Iterable[tuple[Asked, list[Assignment]]]) -> tuple[str, ...]:
    """The printed names under which assignments were found."""
    held = ((asked, duty.unit) for asked, rows in found for one in rows for duty in one.duties)
    return tuple(dict.fromkeys(unit for asked, unit in held if unit in asked.units))


# --- due -----------------------------------------------------------------------------------------------------------
def due(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """某日前要完成的: what falls due in the window, which is always said."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    if query.beside:
        return refuse(query, wording.not_said(understood(query), ()))
    span = query.span
    if span is None and query.edge is None:
        return of_unit(query, message, register, calendar, today)
    scoped = register.scoped(query.documents)
    direct, shared = _concerned(query, scoped)
    if span is not None and outside_days(query.text):
        return outside.answer(query, direct, scoped, calendar)
    apart = {one.id for one in shared}
    among = {one.id for one in direct} | apart if query.names else set(query.assignments) or None
    if query.edge is not None or span is None:
        from handlers.edges import answer as at_the_edge

        return at_the_edge(
            query, scoped, calendar, today, {one.id for one in direct} if query.names and direct else among
        )
    span = as_planned(span, query.said, scoped)
    rows = falling(scoped, span, calendar, among, apart)
    if query.topics:
        about = {one.id for one in find(query, scoped).assignments}
        rows = [row for row in rows if row.assignment.id in about] or rows
    step = step_asked(query)
    named = reaching(step, rows) if step else []
    if step and not named:
        return said(wording_lists.no_step(span, step), Answer(query.intent, answered=True, count=0, span=span))
    rows, steps = (named, 0) if named else ended(query, rows)
    text = wording_lists.due(rows, span, query, scoped, _coming(rows, span, scoped, calendar, today, among), steps)
    given = [row for row in rows if not row.shared]
    ids = tuple(row.assignment.id for row in given)
    dates = tuple(sorted({day.isoformat() for row in rows if row.once for day in row.days}))
    return said(
        text, listed(query, scoped, ids, query.names, dates=dates, count=sum(row.once for row in given), span=span)
    )


def _coming(
    rows: Sequence[Falling],
    span: Span,
    register: Register,
    calendar: WorkCalendar,
    today: date,
    among: Collection[str] | None,
) -> Sequence[Falling]:
    """What falls due first behind a window in which nothing does; nothing behind a window that is past."""
    if rows or span.end is None or span.end < today:
        return ()
    from handlers.edges import next_after

    return next_after(span.end, register, calendar, among)


def _concerned(query: Query, register: Register) -> tuple[tuple[Assignment, ...], tuple[Assignment, ...]]:
    """The assignments of the units asked about, and those that reach them through a collective; all, without units."""
    if not query.names:
        return register.assignments, ()
    direct = tuple(held_by(query.names, register.of_units(query.names), roles_of(query)))
    if query.alone:
        return tuple(one for one in direct if set(one.units(Role.LEAD)) <= set(query.names)), ()
    if query.only:
        return tuple(not_led(query.names, direct, roles_of(query))), ()
    if query.others:
        theirs = {one.id for one in direct}
        return tuple(one for one in register.assignments if one.id not in theirs), ()
    if Role.LEAD in query.roles:
        return direct, ()
    known = {one.id for one in direct}
    return direct, tuple(one for one in _shared(query.names, register) if one.id not in known)


# --- count ---------------------------------------------------------------------------------------------------------
def count(query: Query, message: Message, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    """几项: exact, over a window, a unit, a missing role, or the whole register; else a figure in a sentence."""
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    if query.strangers and not query.names:
        return refuse(query, wording_units.unknown(query.strangers, register))
    if query.census is not None:
        from handlers.census import answer as spread

        return spread(query, register, calendar)
    scoped = register.scoped(query.documents)
    if query.tempo is not None:
        return _of_tempo(query, register, today)
    if query.lacking:
        return of_lacking(query, scoped)
    if query.span is not None and (query.names or not query.topics or shows("due", query.text)):
        return _count_due(query, scoped, calendar, today)
    if query.names and (query.chores or query.beside or not query.topics):
        return of_unit(query, message, register, calendar, today)
    if query.topics:
        from handlers.ask import answer

        return answer(query, message, register, calendar, today)
    return _count_all(query, scoped)


def _count_due(query: Query, register: Register, calendar: WorkCalendar, today: date) -> Outcome:
    direct, _ = _concerned(query, register)
    assert query.span is not None
    if outside_days(query.text):
        return outside.answer(query, direct, register, calendar)
    span = as_planned(query.span, query.said, register)
    rows = falling(register, span, calendar, {one.id for one in direct} if query.names else None)
    if query.topics:
        about = {one.id for one in find(query, register).assignments}
        rows = [row for row in rows if row.assignment.id in about] or rows
    once = [row for row in rows if row.once]
    among = {one.id for one in direct} if query.names else None
    text = wording_lists.due(rows, span, query, register, _coming(rows, span, register, calendar, today, among))
    ids = tuple(row.assignment.id for row in once)
    return said(text, listed(query, register, ids, query.names, count=len(ids), span=span))


def totals_of(register: Register) -> list[wording_lists.Total]:
    """How many items each document counts, those of no item left out."""
    totals = []
    for document in register.documents:
        every = register.of_document(document.id)
        rows = [one for one in every if one.number is not None]
        if rows:
            empty = sum(not one.text for one in rows)
            totals.append(wording_lists.Total(document, len(rows), empty, len(every) - len(rows)))
    return totals


def _count_all(query: Query, register: Register) -> Outcome:
    if query.within is not None:
        return _under(query, register)
    totals = totals_of(register)
    if not totals:
        return unsaid(query, find(query, register), register)
    total = sum(one.items for one in totals)
    answer = Answer(query.intent, True, documents=tuple(one.document.id for one in totals), count=total)
    text = wording_lists.totals(totals, query.page)
    return said(wording.lines(text, _leaders_too(query, register)) if query.fact == "lead" else text, answer)


def _leaders_too(query: Query, register: Register) -> str:
    """任务一共几项，哪些部门牵头: the leaders, below the total."""
    from handlers.census import leaders

    return leaders(query, register)


__all__ = ["Falling", "Intent", "count", "due", "falling", "of_unit"]
