"""Everything that is owed at a moment: reminders, prompts and weekly summaries; and when that next changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime

from knowledge.codes import Matter, code_of, stands_for
from knowledge.ledger import Ledger
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.acceptance_notices import acceptance_notices
from scheduler.allowance import Owed, allowed
from scheduler.awaited import event_prompts
from scheduler.backward import not_said_later
from scheduler.calendar import WorkCalendar
from scheduler.calendar_notices import calendar_notices
from scheduler.days import DAY
from scheduler.errand_notices import errand_notices
from scheduler.escalation import escalations
from scheduler.extension_notices import extension_notices
from scheduler.hush import unsilenced
from scheduler.lull import lasts_until, listening, lull_of
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.office_notices import office_notices
from scheduler.policy import SHANGHAI, Policy
from scheduler.reminders import Moment, coded, moment_of, reminders_of
from scheduler.summaries import issues_owed, written


def notices_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """All notices owed at `now` (aware) that may be said now: see `owed`."""
    return owed(register, ledger, now, calendar, policy).notices


def owed(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> Owed:
    """All that is owed at `now` (aware): reminders and prompts first, then summaries, then what must be known about them;
    and what waits for another day because a conversation has had enough."""
    known = lull_of(register, calendar, policy).owed(ledger, now)
    return known if known is not None else _look(register, moment_of(ledger, now, calendar, policy))


def prepare(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> None:
    """Draft what the day of `now` has to say, in a minute in which nobody may be spoken to: the first ticks of a morning then
    have only to look at what was drafted, and only where somebody has something to hear. What is written in between is drafted anew."""
    if not lull_of(register, calendar, policy).drafted(ledger, now):
        _look(register, moment_of(ledger, now, calendar, policy), drafting=True)


def _look(register: Register, moment: Moment, drafting: bool = False) -> Owed:
    """What is owed, found out, and until when that holds. Where nobody may be spoken to there is nothing to find but what there
    will be to say later in the day: that is asked where it is `drafting`."""
    ledger, now, policy = moment.ledger, moment.now, moment.policy
    lull, dated = lull_of(register, moment.calendar, policy), redated(register, ledger)
    heard = listening(dated, ledger, policy)
    speaking = policy.open_to(now, heard)
    looks = drafting or bool(speaking)
    found, later = _owed(dated, moment, speaking) if looks else (Owed(), heard)
    until = lasts_until(lull.times(heard, later, policy), found, ledger, now, policy)
    lull.begin(found, ledger, now, until, drafted=looks)
    return found


def _owed(register: Register, moment: Moment, speaking: frozenset[str]) -> tuple[Owed, frozenset[str]]:
    """What is owed of a register that is dated by the ledger to those who may be spoken to, whatever was owed before; and the other
    conversations that have something to hear later in the day."""
    ledger, now, policy = moment.ledger, moment.now, moment.policy
    reminders, issues = reminders_of(register, moment, speaking), issues_owed(register, moment)
    others = [notice for part in OTHERS for notice in part(moment, register)]
    found = (
        *coded((one for one in reminders if one.conversation in speaking), moment),
        *written((one for one in issues if one.conversation in speaking), register, moment),
    )
    said = (one for one in others if one.conversation in speaking)
    everything = (*found, *_unpublished(found, ledger, now, policy), *_coded(said, found, moment))
    open_ = disclosed(not_said_later(everything, moment), register, policy)
    heard = frozenset(one.conversation for part in (reminders, issues, others) for one in part)
    return allowed(unsilenced(open_, moment), ledger, now, policy), heard - speaking


def disclosed(notices: Iterable[Notice], register: Register, policy: Policy) -> Iterator[Notice]:
    """The notices without those about what their conversation is not cleared for; whatever asked for them."""
    closed = policy.restrictions.ids(register)
    for notice in notices:
        about = notice.assignment.id if notice.assignment is not None else ""
        if about not in closed or policy.restrictions.open_to(notice.conversation):
            yield notice


OTHERS: tuple[Callable[[Moment, Register], Iterator[Notice]], ...] = (
    escalations,
    extension_notices,
    acceptance_notices,
    event_prompts,
    errand_notices,
    calendar_notices,
    office_notices,
)
"""What is owed beside reminders and summaries."""
_CODED = frozenset({NoticeKind.ESCALATION, NoticeKind.EXTENSION, NoticeKind.ACCEPTANCE, NoticeKind.EVENT})


def _coded(notices: Iterable[Notice], beside: Iterable[Notice], moment: Moment) -> Iterator[Notice]:
    """The notices that can be answered with the short codes of their due dates; `beside` have theirs."""
    given = {notice.code: _matter(notice) for notice in beside if notice.code}
    for notice in notices:
        if notice.kind in _CODED and notice.assignment is not None:
            matter = _matter(notice)
            code = notice.code
            if not code or not stands_for(code, matter, moment.ledger, moment.now, given):
                code = code_of(matter, moment.ledger, moment.now, given)
            given[code] = matter
            notice = notice if code == notice.code else notice.but(code=code)
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
