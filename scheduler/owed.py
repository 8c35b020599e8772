"""Everything that is owed at a moment: reminders, prompts and weekly summaries; and when that next changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from knowledge.ledger import Ledger
from knowledge.model import Document
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.calendar import WorkCalendar
from scheduler.calendar_notices import calendar_notices
from scheduler.days import DAY, OfficeDays, monday
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.policy import SHANGHAI, Policy
from scheduler.reminders import Moment, hearing, moment_of, reminders_due
from scheduler.standing import filed_at, standing, year_of
from scheduler.summary import summary

FRIDAY = 4
WEEK = timedelta(days=7)


def notices_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """All notices owed at `now` (aware): reminders and prompts first, then summaries, then what must be known about them."""
    register = redated(register, ledger)
    found = (
        *reminders_due(register, ledger, now, calendar, policy),
        *summaries_due(register, ledger, now, calendar, policy),
    )
    others = calendar_notices(moment_of(ledger, now, calendar, policy), register) if policy.may_post(now) else ()
    return (*found, *_unpublished(found, ledger, now, policy), *others)


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
    if not (policy.summary and policy.may_post(now) and moment.days.works(moment.today)):
        return ()
    opens = _present_week(moment)
    if opens is None:
        return ()
    return tuple(_to_each(moment, register.in_force, opens))


def summary_day(week: date, days: OfficeDays) -> date | None:
    """The day of the summary in the week that begins on Monday `week`: its last working day up to Friday, else a
    make-up day on its weekend; None when nobody works in that week."""
    order = [*range(FRIDAY, -1, -1), 5, 6]
    return next((week + DAY * n for n in order if days.works(week + DAY * n)), None)


def _present_week(moment: Moment) -> date | None:
    """The day of the summary that is owed now, if any: this week's, or last week's on the first working day after."""
    local = moment.now.astimezone(SHANGHAI)
    week = monday(moment.today)
    own = summary_day(week, moment.days)
    if own is not None and (own, moment.policy.summary_at) <= (moment.today, local.time()):
        return own
    last = summary_day(week - WEEK, moment.days)
    if last is not None and moment.days.forward(last, 1) == moment.today:
        return last
    return None


def _to_each(moment: Moment, register: Register, opens: date) -> Iterator[Notice]:
    """The summary of the week of `opens`, addressed to every conversation that hears of a document with duties."""
    at = datetime.combine(opens, moment.policy.summary_at, SHANGHAI)
    groups: dict[str, list[str]] = {}
    for document_id, heard in hearing(register, moment.policy).items():
        document = register.document(document_id)
        if document is not None and _is_summed_up(moment, register, document, at):
            for conversation in heard:
                groups.setdefault(conversation, []).append(document_id)
    for conversation, documents in sorted(groups.items()):
        key = reminder_key("summary", monday(opens).isoformat(), "week", conversation)
        attempt = attempt_owed(moment.ledger, key, moment.now, moment.policy)
        if attempt:
            seen = at if opens < moment.today else moment.now
            value = summary(register.scoped(documents), moment.ledger, seen, moment.calendar)
            certain = moment.days.certain(moment.today)
            yield Notice(
                NoticeKind.SUMMARY,
                key,
                conversation,
                "week",
                moment.today,
                summary=value,
                certain=certain,
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


def moments(first: date, last: date, policy: Policy) -> Iterator[datetime]:
    """Every moment from `first` to `last` (days, both included) at which something new can become owed, in order.

    Stages open on a day and speak from `post_at`; summaries open at `summary_at`; rest days only silence. Therefore a
    tick at these moments says all that a tick a minute would, as long as nothing fails.
    """
    for n in range((last - first).days + 1):
        for time in policy.moments:
            yield datetime.combine(first + DAY * n, time, SHANGHAI)
