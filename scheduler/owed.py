"""Everything that is owed at a moment: reminders, prompts and weekly summaries; and when that next changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from knowledge.codes import Matter, code_of
from knowledge.ledger import Ledger
from knowledge.model import Document
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.addressees import conversations, routes
from scheduler.allowance import Owed, allowed
from scheduler.awaited import event_prompts
from scheduler.backward import not_said_later
from scheduler.calendar import WorkCalendar
from scheduler.calendar_notices import calendar_notices
from scheduler.days import DAY, OfficeDays, monday
from scheduler.escalation import escalations
from scheduler.extension_notices import extension_notices
from scheduler.hush import unsilenced
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.policy import SHANGHAI, Policy
from scheduler.reminders import Moment, moment_of, reminders_due
from scheduler.standing import filed_at, standing, year_of
from scheduler.summary import summary

FRIDAY = 4
WEEK = timedelta(days=7)


def notices_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """All notices owed at `now` (aware) that may be said now: see `owed`."""
    return owed(register, ledger, now, calendar, policy).notices


def owed(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> Owed:
    """All that is owed at `now` (aware): reminders and prompts first, then summaries, then what must be known about them;
    and what waits for another day because a conversation has had enough."""
    register = redated(register, ledger)
    found = (
        *reminders_due(register, ledger, now, calendar, policy),
        *summaries_due(register, ledger, now, calendar, policy),
    )
    moment = moment_of(ledger, now, calendar, policy)
    others = (notice for part in OTHERS for notice in part(moment, register))
    speaking = (notice for notice in others if policy.may_post(now, notice.conversation))
    everything = (*found, *_unpublished(found, ledger, now, policy), *_coded(speaking, found, moment))
    return allowed(unsilenced(not_said_later(everything, moment), moment), ledger, now, policy)


OTHERS: tuple[Callable[[Moment, Register], Iterator[Notice]], ...] = (
    escalations,
    extension_notices,
    event_prompts,
    calendar_notices,
)
"""What is owed beside reminders and summaries."""
_CODED = frozenset({NoticeKind.ESCALATION, NoticeKind.EXTENSION, NoticeKind.EVENT})


def _coded(notices: Iterable[Notice], beside: Iterable[Notice], moment: Moment) -> Iterator[Notice]:
    """The notices that can be answered with the short codes of their due dates; `beside` have theirs."""
    given = {notice.code: _matter(notice) for notice in beside if notice.code}
    for notice in notices:
        if notice.kind in _CODED and notice.assignment is not None:
            matter = _matter(notice)
            code = code_of(matter, moment.ledger, moment.now, given)
            given[code] = matter
            notice = replace(notice, code=code)
        yield notice


def _matter(notice: Notice) -> Matter:
    """What a notice's code stands for."""
    assert notice.assignment is not None, "only what is about an assignment has a code"
    return notice.assignment.id, notice.due.isoformat() if notice.due else notice.period or ""


def _unpublished(found: tuple[Notice, ...], ledger: Ledger, now: datetime, policy: Policy) -> Iterator[Notice]:
    """Once a year and conversation, beside the first notice it concerns: the rest days of that year are not known."""
    years = {(n.conversation, max(n.today, n.due or n.today).year): n for n in found if not n.certain}
    for (conversation, year), notice in years.items():
        key = reminder_key("calendar", str(year), "unpublished", conversation)
        attempt = attempt_owed(ledger, key, now, policy)
        if attempt:
            kind = NoticeKind.CALENDAR
            yield Notice(kind, key, conversation, "unpublished", notice.today, period=str(year), attempt=attempt)


def summaries_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """The weekly summary of each conversation, owed from `summary_at` on the week's last working day up to Friday.

    One that was missed is made up for on the next working day and then has lost its meaning. A week without a
    working day has none. A conversation whose documents were not yet spoken of in that week gets none for it.
    """
    moment = moment_of(ledger, now, calendar, policy)
    if not moment.days.works(moment.today):
        return ()
    current = register.in_force
    found: list[Notice] = []
    for conversation, ids in _hearing(current, policy).items():
        own = policy.of(conversation=conversation)
        opens = _present_week(moment, own) if own.summary and policy.may_post(now, conversation) else None
        if opens is not None:
            found.extend(_to(conversation, ids, moment, current, opens))
    return tuple(found)


_HEARING = "what each conversation hears of"


def _hearing(register: Register, policy: Policy) -> dict[str, list[str]]:
    """The assignments (ids) that each conversation hears of, by conversation; the supervisors' one hears of all."""
    found: dict[str, list[str]] = policy.remembered.of((register, _HEARING), lambda: _heard(register, policy))
    return found


def _heard(register: Register, policy: Policy) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one: [] for one in conversations(register, policy)}
    for id, heard in routes(register, policy).items():
        for addressee in heard:
            found[addressee.conversation].append(id)
    if policy.supervisors in found:
        found[policy.supervisors] = [assignment.id for assignment in register.assignments]
    return dict(sorted(found.items()))


@lru_cache(maxsize=1 << 10)
def summary_day(week: date, days: OfficeDays) -> date | None:
    """The day of the summary in the week that begins on Monday `week`: its last working day up to Friday, else a
    make-up day on its weekend; None when nobody works in that week."""
    order = [*range(FRIDAY, -1, -1), 5, 6]
    return next((week + DAY * n for n in order if days.works(week + DAY * n)), None)


@lru_cache(maxsize=1 << 10)
def _day_after(day: date, days: OfficeDays) -> date:
    """The next working day."""
    return days.forward(day, 1)


def _present_week(moment: Moment, policy: Policy) -> date | None:
    """The day of the summary that is owed now, if any: this week's, or last week's on the first working day after."""
    local = moment.now.astimezone(SHANGHAI)
    week = monday(moment.today)
    own = summary_day(week, moment.days)
    if own is not None and (own, policy.summary_at) <= (moment.today, local.time()):
        return own
    last = summary_day(week - WEEK, moment.days)
    if last is not None and _day_after(last, moment.days) == moment.today:
        return last
    return None


def _to(conversation: str, ids: list[str], moment: Moment, register: Register, opens: date) -> Iterator[Notice]:
    """The summary of the week of `opens` for one conversation, which hears of the assignments `ids`."""
    key = reminder_key("summary", monday(opens).isoformat(), "week", conversation)
    attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
    if not attempt:
        return
    at = datetime.combine(opens, moment.policy.of(conversation=conversation).summary_at, SHANGHAI)
    rows = [one for id in ids if (one := register.assignment(id)) is not None]
    papers = {one.document: register.document(one.document) for one in rows}
    summed = {id for id, paper in papers.items() if paper is not None and _is_summed_up(moment, register, paper, at)}
    if not summed:
        return
    seen = at if opens < moment.today else moment.now
    view = register.within([one.id for one in rows if one.document in summed])
    yield Notice(
        NoticeKind.SUMMARY,
        key,
        conversation,
        "week",
        moment.today,
        summary=summary(view, moment.ledger, seen, moment.calendar),
        certain=moment.days.certain(moment.today),
        attempt=attempt,
    )


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


def moments(first: date, last: date, policy: Policy, conversations: Iterable[str] = ()) -> Iterator[datetime]:
    """Every moment from `first` to `last` (days, both included) at which something new can become owed to these
    conversations, in order.

    Stages open on a day and speak from `post_at`, each conversation in its own minute; summaries open at `summary_at`; rest
    days only silence. Therefore a tick at these moments says all that a tick a minute would, as long as nothing fails.
    """
    times = policy.times(conversations)
    for n in range((last - first).days + 1):
        for time in times:
            yield datetime.combine(first + DAY * n, time, SHANGHAI)
