"""Everything that is owed at a moment: reminders, prompts and weekly summaries; and when that next changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from knowledge.ledger import Ledger
from knowledge.redating import redated
from knowledge.register import Register
from scheduler.allowance import Owed
from scheduler.calendar import WorkCalendar
from scheduler.days import DAY
from scheduler.gathering import gathered, told
from scheduler.lull import Lull, lasts_until, listening, lull_of
from scheduler.notices import Notice
from scheduler.policy import SHANGHAI, Policy
from scheduler.ready import Opening, made_ahead, openings
from scheduler.reminders import Moment, moment_of


def notices_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """All notices owed at `now` (aware) that may be said now: see `owed`."""
    return owed(register, ledger, now, calendar, policy).notices


def owed(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> Owed:
    """All that is owed at `now` (aware): reminders and prompts first, then summaries, then what must be known about them;
    and what waits for another day because a conversation has had enough."""
    known = lull_of(register, calendar, policy).owed(ledger, now, policy)
    return known if known is not None else _look(register, moment_of(ledger, now, calendar, policy))


def idle(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> None:
    """A minute in which nothing is said: the office prepares what comes where it has its turn. Most minutes cost a look at the
    clock, and of many offices on one machine few prepare in the same one."""
    if lull_of(register, calendar, policy).has_turn(ledger, now):
        prepare(register, ledger, now, calendar, policy)


def prepare(register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> None:
    """Draft what the day of `now` has still to say, in a minute in which nothing is said, and make it ready for each conversation: the
    ticks of a morning then have only to say it, and so has that of a summary. What is written in between is drafted anew."""
    if not lull_of(register, calendar, policy).prepared(ledger, now):
        _look(register, moment_of(ledger, now, calendar, policy), preparing=True)


def _look(register: Register, moment: Moment, preparing: bool = False) -> Owed:
    """What is owed, found out, and until when that holds. Where nobody may be spoken to there is nothing to find but what there
    will be to say later in the day: that is asked where it is `preparing`, and made ready."""
    ledger, now, policy = moment.ledger, moment.now, moment.policy
    lull, dated = lull_of(register, moment.calendar, policy), redated(register, ledger)
    heard = listening(dated, ledger, policy)
    speaking = policy.open_to(now, heard)
    day = gathered(dated, moment, frozenset() if preparing else speaking) if preparing or speaking else None
    found = told(day, dated, moment, speaking, {}) if day and speaking else Owed()
    ready = openings(day, dated, moment) if day and preparing and found == Owed() else ()
    later = () if ready else day.conversations - speaking if day else heard
    until = lasts_until(lull.times(heard, later, policy), found, ledger, now, policy)
    if preparing and not ready and found == Owed():
        ready, until = _behind(lull, dated, moment, heard, until)
    lull.begin(found, ledger, now, until, prepared=preparing, ready=ready)
    return found


def _behind(
    lull: Lull, dated: Register, moment: Moment, heard: frozenset[str], until: datetime
) -> tuple[tuple[Opening, ...], datetime]:
    """What is told when a lull ends, on the same day, and when the lull ends that follows; nothing and the same end where it may
    be something else by then."""
    same_day = until.astimezone(SHANGHAI).date() == moment.today
    ahead = made_ahead(dated, replace(moment, now=until), heard) if same_day else None
    if ahead is None:
        return (), until
    opening, later = ahead
    times = lull.times(heard, later, moment.policy)
    return (opening,), lasts_until(times, Owed(), moment.ledger, until, moment.policy)


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
