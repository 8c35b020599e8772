"""盘点: all that is in one state, of everybody or of a unit: 哪些等审核, 退回的有哪些, 哪些还没佐证, 今年办结了几项, 完成率多少."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers import wording_survey as words
from handlers.message import Answer, Outcome, said
from handlers.numbers import out_of_reach
from handlers.states import Desk, State, desk_of, owed_by
from knowledge.extensions import Request, Step, requests
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Evidence, Message, Span
from knowledge.normal import plain
from knowledge.people import ABOVE
from knowledge.question import understand
from knowledge.question.conversation import continued
from knowledge.question.itemnumbers import without_numbers
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from knowledge.reported import Reported
from knowledge.reports.periods import without_periods
from knowledge.reports.report_words import Status
from knowledge.reports.survey_words import Survey, survey_in, without_survey
from knowledge.shares import owing
from knowledge.units import UnitBook
from scheduler.calendar import WorkCalendar
from scheduler.condition import Condition
from scheduler.policy import SHANGHAI

_OF_ONE = frozenset({Survey.EXTENSIONS, Survey.EXTENDING})
"""What is asked of one assignment in the same words; its other states are told by its progress."""


def answer(
    message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome | None:
    """The list that is asked for, or that there is nothing of it; None where the message asks something else."""
    goes_on = continued(message)
    message, page = goes_on or (message, 0)
    text = plain(message.text)
    kind = survey_in(text)
    if kind is None:
        return None
    today = now.astimezone(SHANGHAI).date()
    query = replace(understand(message, register, today), page=page)
    if query.span is not None and query.span.start is None:
        query = replace(query, span=None)  # 逾期 names a state here, and no days
    if (query.numbers or query.assignments) and kind not in _OF_ONE:
        return None
    if kind is Survey.OPEN and (query.intent in (Intent.OVERDUE, Intent.DUE) or query.span is not None):
        return None
    if query.intent is Intent.REPORT or _about_more(query, text, kind, register):
        return None
    if wrong := out_of_reach(query, register):
        return wrong
    desk = desk_of(register.scoped(query.documents), ledger, calendar, today)
    asked = _Asked(query, desk, _rows(query, desk), message)
    return _ANSWERS[kind](asked)


def _about_more(query: Query, text: str, kind: Survey, register: Register) -> bool:
    """Whether something is named beside a state, units, days, numbers and documents: then it is no list of all."""
    from knowledge.deadlines.windows import without_window

    left = without_periods(without_window(without_numbers(text)))
    for unit in query.units:
        left = left.replace(unit.words, " ")
    for id in query.documents or ():
        document = register.document(id)
        left = left.replace(plain(document.title), " ") if document else left
    return bool(without_survey(left, kind)) and not (query.numbers and not query.topics)


def _rows(query: Query, desk: Desk) -> tuple[Assignment, ...]:
    """What the question is about: the numbered, the units' own, or all."""
    every = desk.register.assignments
    if query.assignments:
        return tuple(one for one in every if one.id in query.assignments)
    if query.numbers:
        return tuple(one for one in every if one.number in query.numbers)
    return tuple(owed_by(query.names, desk.register)) if query.names else every


class _Asked:
    """What a list is made from."""

    def __init__(self, query: Query, desk: Desk, rows: Sequence[Assignment], message: Message) -> None:
        self.query, self.desk, self.rows, self.message = query, desk, rows, message

    def states(self) -> list[State]:
        """Each assignment in its state; the share of the unit that is asked about."""
        names = self.query.names
        shares = ((one, next((duty.unit for duty in one.duties if duty.unit in names), None)) for one in self.rows)
        return [self.desk.state(one, unit) for one, unit in shares]

    def reports(self, keep: Callable[[Reported], bool]) -> list[tuple[Assignment, Reported]]:
        """The last standing reports of each share and period of what is asked about, as far as they are wanted."""
        found = []
        for state in self.states():
            last: dict[tuple[str, object], Reported] = {}
            for one in state.told:
                if state.unit in (None, one.unit) or not one.unit:
                    last[one.unit, one.entry.details.get("period")] = one
            found += [(state.assignment, one) for one in last.values() if keep(one)]
        return sorted(found, key=lambda row: row[1].entry.at)

    def given(self, rows: Iterable[Assignment], text: str, count: int) -> Outcome:
        """The answer, with the assignments that it names."""
        named = tuple(dict.fromkeys(rows))
        value = Answer(
            Intent.PROGRESS,
            answered=True,
            assignments=tuple(one.id for one in named),
            documents=tuple(dict.fromkeys(one.document for one in named)),
            units=self.query.names,
            count=count,
            evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in named),
            span=self.query.span,
        )
        return said(text, value)

    @property
    def whose(self) -> str:
        """市财政局, or nothing."""
        return "、".join(self.query.names)


def _of_reports(asked: _Asked, kind: Survey, keep: Callable[[Reported], bool]) -> Outcome:
    found = asked.reports(keep)
    text = words.reports(kind, asked.whose, found, asked.desk.register.demands, asked.query.page)
    return asked.given([row for row, _ in found], text, len(found))


def _unproved(asked: _Asked) -> Outcome:
    return _of_reports(asked, Survey.UNPROVED, lambda one: one.completion and not one.returned and not one.proved)


def _waiting(asked: _Asked) -> Outcome:
    return _of_reports(asked, Survey.WAITING, lambda one: one.waiting)


def _returned(asked: _Asked) -> Outcome:
    return _of_reports(asked, Survey.RETURNED, lambda one: one.returned)


def _stuck(asked: _Asked) -> Outcome:
    return _of_reports(asked, Survey.STUCK, lambda one: one.entry.details.get("status") == Status.PROBLEM)


# ---------------------------------------------------------------- by state
def _done(asked: _Asked) -> Outcome:
    """What was finished; in the days that are named, on time or late where that is asked."""
    wanted = _wanted(asked.query.text)
    found = [
        one
        for one in asked.states()
        if one.condition.finished or (wanted is None and one.finished_in(asked.query.span))
    ]
    if wanted is not None:
        found = [one for one in found if one.condition is wanted]
    if asked.query.span is not None:
        found = [one for one in found if one.finished_in(asked.query.span)]
    waiting = [one for one in asked.states() if one.condition is Condition.REPORTED]
    text = words.done(asked.whose, found, len(asked.rows), len(waiting), asked.query, asked.desk.today)
    return asked.given([one.assignment for one in found], text, len(found))


def _wanted(text: str) -> Condition | None:
    if "逾期" in text:
        return Condition.DONE_LATE
    return Condition.DONE_ON_TIME if "按期" in text or "按时" in text else None


def _news(asked: _Asked) -> Outcome:
    """What was reported in the days that are named, else in the last seven; of one unit without days, all it has ever reported."""
    span, today = asked.query.span, asked.desk.today
    if (span is None and not asked.query.names) or (
        span is not None and span.start == today and "最近" in asked.query.text
    ):
        span = Span(today - timedelta(days=6), today, "近7天")
    found = asked.reports(lambda one: span is None or span.holds(one.entry.at.astimezone(SHANGHAI).date()))
    found.reverse()
    text = words.news(asked.whose, found, span, asked.query.page)
    return asked.given([row for row, _ in found], text, len(found))


def _silent(asked: _Asked) -> Outcome:
    """Without any report; what is past its date first."""
    found = [one for one in asked.states() if not one.told]
    found.sort(key=lambda one: (not one.late, one.late[0].due if one.late else asked.desk.today))
    text = words.states(Survey.SILENT, asked.whose, found, asked.desk.register, asked.query.page)
    return asked.given([one.assignment for one in found], text, len(found))


def _soon(asked: _Asked) -> Outcome:
    found = [one for one in asked.states() if any(_is_soon(one, row.due) for row in one.standing.open)]
    text = words.states(Survey.SOON, asked.whose, found, asked.desk.register, asked.query.page)
    return asked.given([one.assignment for one in found], text, len(found))


def _is_soon(one: State, due: object) -> bool:
    return any(each.row.due == due for each in one.dated(Condition.DUE_SOON))


def _open(asked: _Asked) -> Outcome:
    """What is not finished: overdue first, then by date."""
    found = [one for one in asked.states() if not one.standing.finished]
    far = asked.desk.today.replace(year=asked.desk.today.year + 9)
    found.sort(key=lambda one: one.late[0].due if one.late else one.coming.due if one.coming else far)
    text = words.states(Survey.OPEN, asked.whose, found, asked.desk.register, asked.query.page)
    return asked.given([one.assignment for one in found], text, len(found))


def _in_condition(kind: Survey, *conditions: Condition) -> Callable[[_Asked], Outcome]:
    def listed(asked: _Asked) -> Outcome:
        found = [one for one in asked.states() if one.condition in conditions]
        text = words.states(kind, asked.whose, found, asked.desk.register, asked.query.page)
        return asked.given([one.assignment for one in found], text, len(found))

    return listed


def _rates(asked: _Asked) -> Outcome:
    """How much each unit has done, the least first. It is no ranking of merit: an office sets the rule for that."""
    units: dict[str, list[State]] = {}
    for row in asked.rows:
        for name in (one for one in owing(row) if not UnitBook.is_collective(one)):
            units.setdefault(name, []).append(asked.desk.state(row, name))
    text = words.rates(units, "最高" in asked.query.text or "靠前" in asked.query.text, asked.query.page)
    return asked.given((), text, len(units))


def _extending(asked: _Asked) -> Outcome:
    return said(words.HOW_TO_EXTEND, Answer(Intent.HELP, answered=True))


def _rate(asked: _Asked) -> Outcome:
    """How much is done of what can be, by count; what is 全年推进 is told apart."""
    states = asked.states()
    text = words.rate(asked.whose, states)
    done = [one.assignment for one in states if one.condition.finished]
    return asked.given(done, text, len(done))


def _longest(asked: _Asked) -> Outcome:
    late = sorted((one for one in asked.states() if one.late), key=lambda one: one.late[0].due)
    text = words.states(Survey.LONGEST, asked.whose, late[:5], asked.desk.register, 0)
    outcome = asked.given([one.assignment for one in late[:1]], text, len(late))
    assert outcome.answer is not None, "a list has its value"
    return replace(outcome, answer=replace(outcome.answer, intent=Intent.OVERDUE))


# ---------------------------------------------------------------- extensions
def _extensions(asked: _Asked) -> Outcome:
    """The requests for a later date: all for supervisors, the own ones for everybody else."""
    ids = {one.id: one for one in asked.rows}
    found = [(one, ids[one.assignment]) for one in requests(asked.desk.ledger).values() if one.assignment in ids]
    message = asked.message
    if message.role not in ABOVE:
        found = [(one, row) for one, row in found if message.unit and one.unit and _same(one, message.unit, asked)]
    waits = [row for row in found if row[0].step is Step.ASKED]
    decided = [row for row in found if row[0].step in (Step.APPROVED, Step.REFUSED)]
    text = words.extensions(asked.whose, waits, decided, own=message.role not in ABOVE)
    return asked.given([row for _, row in waits], text, len(waits))


def _same(one: Request, unit: str, asked: _Asked) -> bool:
    from knowledge.shares import holder_of

    return one.unit in (unit, *holder_of(unit, asked.desk.register).names)


_ANSWERS: dict[Survey, Callable[[_Asked], Outcome]] = {
    Survey.UNPROVED: _unproved,
    Survey.WAITING: _waiting,
    Survey.RETURNED: _returned,
    Survey.STUCK: _stuck,
    Survey.DONE: _done,
    Survey.SILENT: _silent,
    Survey.SOON: _soon,
    Survey.RATE: _rate,
    Survey.LONGEST: _longest,
    Survey.EXTENSIONS: _extensions,
    Survey.EXTENDING: _extending,
    Survey.OPEN: _open,
    Survey.AHEAD: _in_condition(Survey.AHEAD, Condition.NOT_DUE, Condition.DUE_SOON),
    Survey.ONGOING: _in_condition(Survey.ONGOING, Condition.ONGOING),
    Survey.RATES: _rates,
    Survey.NEWS: _news,
}
