"""What an office has to say on a day, gathered once, and what of it some conversations are told: reminders first, then summaries,
then what must be known about them, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from knowledge.codes import Matter, code_of, stands_for
from knowledge.ledger import Ledger
from knowledge.register import Register
from scheduler.acceptance_notices import acceptance_notices
from scheduler.allowance import Owed, allowed
from scheduler.awaited import event_prompts
from scheduler.backward import not_said_later
from scheduler.calendar_notices import calendar_notices
from scheduler.errand_notices import errand_notices
from scheduler.escalation import escalations
from scheduler.extension_notices import extension_notices
from scheduler.hush import unsilenced
from scheduler.notices import Notice, NoticeKind, attempt_owed, reminder_key
from scheduler.office_notices import office_notices
from scheduler.policy import Policy
from scheduler.reminders import Moment, coded, reminders_of
from scheduler.summaries import Addressed, issues_owed, written

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


@dataclass(frozen=True, slots=True)
class Gathered:
    """What each conversation is owed at a moment, or will be when it may be spoken to later in the day."""

    reminders: list[Notice]
    issues: list[Addressed]
    others: list[Notice]

    @property
    def conversations(self) -> frozenset[str]:
        """Those that have something to hear."""
        return frozenset(one.conversation for part in (self.reminders, self.issues, self.others) for one in part)


def gathered(register: Register, moment: Moment, speaking: frozenset[str]) -> Gathered:
    """What is owed of a register that is dated by the ledger; of those that open later than `speaking` also reminders that may have
    been said already."""
    others = [notice for part in OTHERS for notice in part(moment, register)]
    return Gathered(reminders_of(register, moment, speaking), issues_owed(register, moment), others)


def told(
    found: Gathered, register: Register, moment: Moment, speaking: frozenset[str], given: dict[str, Matter]
) -> Owed:
    """What of it is said to the conversations `speaking`; `given` are the short codes that were given in the same breath, and
    takes in those that are given here."""
    ledger, now, policy = moment.ledger, moment.now, moment.policy
    first = (
        *coded((one for one in found.reminders if one.conversation in speaking), moment, given),
        *written((one for one in found.issues if one.conversation in speaking), register, moment),
    )
    others = (one for one in found.others if one.conversation in speaking)
    everything = (*first, *_unpublished(first, ledger, now, policy), *_coded(others, moment, given))
    open_ = disclosed(not_said_later(everything, moment), register, policy)
    return allowed(unsilenced(open_, moment), ledger, now, policy)


def disclosed(notices: Iterable[Notice], register: Register, policy: Policy) -> Iterator[Notice]:
    """The notices without those about what their conversation is not cleared for; whatever asked for them."""
    closed = policy.restrictions.ids(register)
    for notice in notices:
        about = notice.assignment.id if notice.assignment is not None else ""
        if about not in closed or policy.restrictions.open_to(notice.conversation):
            yield notice


def _coded(notices: Iterable[Notice], moment: Moment, given: dict[str, Matter]) -> Iterator[Notice]:
    """The notices that can be answered with the short codes of their due dates; `given` are those of the reminders."""
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
