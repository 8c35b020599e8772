"""应发的汇总: which weekly and monthly summaries are owed now, to whom, and when the one before them was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from knowledge.ledger import Ledger
from knowledge.model import Document, Span
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.addressees import conversations, routes, withheld
from scheduler.calendar import WorkCalendar
from scheduler.days import DAY, OfficeDays, monday, office_days
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.policy import SHANGHAI, Policy
from scheduler.reckonings import Reckonings
from scheduler.reminders import Moment, moment_of
from scheduler.standing import filed_at, standing, year_of
from scheduler.stretches import Stretch, around, preceding, stretch_of
from scheduler.summary import as_of, summary

FRIDAY = 4
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Issue:
    """一期: one summary that is owed: the days it is about, the day it `opens`, and its place in keys."""

    span: Span
    opens: date
    slot: str
    stage: str


def summaries_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """The weekly and monthly summaries of each conversation, owed from `summary_at` on their day.

    The weekly one belongs to the week's last working day up to `summary_weekday`, the monthly one, about the month before, to the
    first working day from `summary_monthly` on. One that was missed is made up for on the next working day and then has lost its
    meaning. A week without a working day has none. A conversation whose documents were not yet spoken of in that stretch gets
    none for it.
    """
    moment = moment_of(ledger, now, calendar, policy)
    speaking = policy.open_to(now, _hearing(register.in_force, policy))
    return written([one for one in issues_owed(register, moment) if one.conversation in speaking], register, moment)


@dataclass(frozen=True, slots=True)
class Addressed:
    """One issue that a conversation is owed at this attempt; `ids` are the assignments that it hears of."""

    issue: Issue
    conversation: str
    ids: list[str]
    key: str
    attempt: int


def issues_owed(register: Register, moment: Moment) -> list[Addressed]:
    """The issues that conversations are owed now, or will be when they may be spoken to later today."""
    if not moment.days.works(moment.today):
        return []
    policy = moment.policy
    found: list[Addressed] = []
    issues: dict[tuple[object, ...], tuple[Issue, ...]] = {}
    for conversation, ids in _hearing(register.in_force, policy).items():
        own = policy.of(conversation=conversation)
        when = own.summary_at, own.summary_weekday, own.summary_monthly
        if when not in issues:
            issues[when] = tuple(_issues(moment, own))
        for issue in issues[when] if own.summary else ():
            key = reminder_key("summary", issue.slot, issue.stage, conversation)
            if attempt := attempt_owed(moment.ledger, key, moment.now, policy):
                found.append(Addressed(issue, conversation, ids, key, attempt))
    return found


def written(issues: Iterable[Addressed], register: Register, moment: Moment) -> tuple[Notice, ...]:
    """The summaries themselves; none for a conversation whose documents were not spoken of yet."""
    desk = _Desk(moment, register.in_force)
    return tuple(notice for one in issues for notice in desk.to(one))


_HEARING = "what each conversation hears of"


def _hearing(register: Register, policy: Policy) -> dict[str, list[str]]:
    """The assignments (ids) that each conversation is told the summary of; the supervisors' one hears of all, and so does one
    that is named for summaries and bound to nothing."""
    found: dict[str, list[str]] = policy.remembered.of((register, _HEARING), lambda: _heard(register, policy))
    return found


def _heard(register: Register, policy: Policy) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one: [] for one in conversations(register, policy)}
    for id, heard in routes(register, policy).items():
        for addressee in heard:
            found[addressee.conversation].append(id)
    for one in filter(None, (policy.supervisors if policy.supervisors in found else "", *policy.summary_to)):
        if one == policy.supervisors or not found.get(one):
            seen = policy.restrictions.narrowed(register, one)
            found[one] = [assignment.id for assignment in seen.assignments]
    return {one: ids for one, ids in sorted(found.items()) if not policy.summary_to or one in policy.summary_to}


@lru_cache(maxsize=1 << 10)
def summary_day(week: date, days: OfficeDays, weekday: int = FRIDAY) -> date | None:
    """The day of the summary in the week that begins on Monday `week`: its last working day up to `weekday`, else the first
    one behind it; None when nobody works in that week."""
    order = [*range(weekday, -1, -1), *range(weekday + 1, 7)]
    return next((week + DAY * n for n in order if days.works(week + DAY * n)), None)


@lru_cache(maxsize=1 << 10)
def _day_after(day: date, days: OfficeDays) -> date:
    """The next working day."""
    return days.forward(day, 1)


def _issues(moment: Moment, policy: Policy) -> Iterator[Issue]:
    """The summaries that are owed now, if any: those of their day, or of the working day before it when they were missed."""
    local = moment.now.astimezone(SHANGHAI)
    for newest, earlier in (_weekly(moment, policy), _monthly(moment, policy)):
        if newest is not None and (newest.opens, policy.summary_at) <= (moment.today, local.time()):
            yield newest
        elif earlier is not None and _day_after(earlier.opens, moment.days) == moment.today:
            yield earlier


Pair = tuple[Issue | None, Issue | None]
"""The present issue and the one before it."""


def _weekly(moment: Moment, policy: Policy) -> Pair:
    week, weekday = monday(moment.today), policy.summary_weekday
    return _of_week(week, moment.days, weekday), _of_week(week - WEEK, moment.days, weekday)


@lru_cache(maxsize=1 << 10)
def _of_week(week: date, days: OfficeDays, weekday: int) -> Issue | None:
    opens = summary_day(week, days, weekday)
    return Issue(around(week, Stretch.WEEK), opens, week.isoformat(), "week") if opens else None


def _monthly(moment: Moment, policy: Policy) -> Pair:
    """Of a month there is one for a few days only: what it was owed for does not come back weeks later."""
    if not policy.summary_monthly:
        return None, None
    month = around(moment.today, Stretch.MONTH)
    assert month.start is not None, "a month has a first day"
    opens = moment.days.on_or_after(month.start.replace(day=policy.summary_monthly))
    last = preceding(month)
    issue = Issue(last, opens, f"{last.start:%Y-%m}", "month")
    late = moment.today > opens
    return (None, issue) if late else (issue, None)


def since_of(span: Span, calendar: WorkCalendar, policy: Policy) -> datetime:
    """The moment of the summary before the one about `span`: of a week the last one's day and time, else the end of the stretch
    before."""
    assert span.start is not None, "a summary's span has a beginning"
    if stretch_of(span) is Stretch.WEEK:
        weeks = (span.start - WEEK * n for n in range(1, 4))
        days = (summary_day(week, office_days(calendar), policy.summary_weekday) for week in weeks)
        last = next((day for day in days if day is not None), span.start - DAY)
        return datetime.combine(last, policy.summary_at, SHANGHAI)
    return datetime.combine(span.start - DAY, time(23, 59, 59), SHANGHAI)


class _Desk:
    """What the summaries of one moment have in common: what was reckoned for one conversation is known for the others."""

    def __init__(self, moment: Moment, register: Register) -> None:
        self.moment, self.register = moment, register
        self._known: dict[datetime, Reckonings] = {}

    def _reckonings(self, ledger: Ledger, seen: datetime) -> Reckonings:
        """What is reckoned by `ledger` as it was at the moment `seen`."""
        if seen not in self._known:
            current, day = redated(self.register, ledger).in_force, seen.astimezone(SHANGHAI).date()
            self._known[seen] = Reckonings(current, ledger, self.moment.calendar, day)
        return self._known[seen]

    def to(self, one: Addressed) -> Iterator[Notice]:
        """One issue for one conversation."""
        moment, register, issue, conversation = self.moment, self.register, one.issue, one.conversation
        own = moment.policy.of(conversation=conversation)
        at = datetime.combine(issue.opens, own.summary_at, SHANGHAI)
        ledger, seen = self._seen(issue, at)
        rows = [row for id in one.ids if (row := register.assignment(id)) is not None]
        papers = filter(None, map(register.document, dict.fromkeys(row.document for row in rows)))
        summed = {paper.id for paper in papers if _is_summed_up(moment, register, paper, min(at, seen))}
        if not summed:
            return
        view = register.within([row.id for row in rows if row.document in summed])
        since, people = since_of(issue.span, moment.calendar, own), moment.policy.directory
        known = self._reckonings(ledger, seen)
        yield Notice(
            NoticeKind.SUMMARY,
            one.key,
            conversation,
            issue.stage,
            moment.today,
            summary=summary(view, ledger, seen, moment.calendar, issue.span, since, own.ranking, people, known),
            parts=own.summary_parts,
            certain=moment.days.certain(moment.today),
            attempt=one.attempt,
            full=conversation == moment.policy.supervisors,
            withheld=withheld(register, moment.policy).get(conversation, 0),
        )

    def _seen(self, issue: Issue, at: datetime) -> tuple[Ledger, datetime]:
        """What an issue that was due at the moment `at` looks at: what was written by then where it is made up for."""
        made_up = issue.opens < self.moment.today
        ledger, seen = (self.moment.ledger.until(at), at) if made_up else (self.moment.ledger, self.moment.now)
        return as_of(issue.span if issue.stage == "month" else None, ledger, seen)


def _is_summed_up(moment: Moment, register: Register, document: Document, at: datetime) -> bool:
    """Whether a document was filed by `at` and is still at work: in its year, the next, or while it has dates to chase."""
    filed = filed_at(document, moment.ledger)
    if not register.of_document(document.id) or (filed is not None and filed > at):
        return False
    year = year_of(document)
    if year is None or moment.today.year <= year + 1:
        return True
    earliest = moment.today - WEEK * moment.policy.chased_for
    states = (standing(a, moment.ledger, moment.calendar, moment.today) for a in register.of_document(document.id))
    return any(row.due >= earliest for state in states for row in state.open)
