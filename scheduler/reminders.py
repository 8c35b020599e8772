"""提醒: what is owed now, computed from register, ledger and the moment; nothing is remembered between two calls.

After a week without power the same call yields what is still owed, once, at its present stage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache, partial

from knowledge.codes import Matter, code_of, matter_in, stands_for
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Deadline, Document
from knowledge.register import Register
from scheduler.addressees import Addressee, conversations, routes
from scheduler.agenda import agenda_of
from scheduler.calendar import WorkCalendar
from scheduler.days import DAY, OfficeDays, monday, office_days
from scheduler.notices import Notice, NoticeKind, next_attempt, reminder_key
from scheduler.policy import SHANGHAI, Chase, Policy
from scheduler.stages import ROOM, WEEK, Stage, Stages
from scheduler.standing import (
    Dated,
    Standing,
    asked_after,
    dates_of,
    filed_at,
    horizon,
    is_ongoing,
    leaves,
    share_standing,
    spoken_of,
    standing,
)


@dataclass(frozen=True, slots=True)
class Moment:
    """What all questions of one call have in common; `today` is the day in Shanghai."""

    ledger: Ledger
    now: datetime
    calendar: WorkCalendar
    policy: Policy
    today: date
    days: OfficeDays


@dataclass(frozen=True, slots=True)
class Pending:
    """Something to say about an assignment today, before it is known to whom.

    `slot` is the due date or the quarter, `stage` the present stage; `phrase` is the document's own; `missed` are
    earlier open dates of the same rhythm.
    """

    kind: NoticeKind
    slot: str
    stage: Stage
    row: Dated | None = None
    phrase: str = ""
    missed: tuple[date, ...] = ()


def moment_of(ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy) -> Moment:
    """The moment `now` (aware) as the office sees it."""
    return Moment(ledger, now, calendar, policy, now.astimezone(SHANGHAI).date(), office_days(calendar))


def reminders_due(
    register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar, policy: Policy
) -> tuple[Notice, ...]:
    """The reminders and prompts owed at `now` (aware), by conversation, most urgent first.

    Empty outside the posting hours, and on rest days but for deadlines of that very day. A notice that was sent, is
    unknown, or failed for good is not owed again; a temporary failure is, after its back-off, while its stage lasts.
    What another document took the place of reminds no more, from the moment that is filed.
    """
    speaking = policy.open_to(now, conversations(register.in_force, policy))
    moment = moment_of(ledger, now, calendar, policy)
    return tuple(coded((one for one in reminders_of(register, moment) if one.conversation in speaking), moment, {}))


def reminders_of(register: Register, moment: Moment, speaking: Collection[str] = ()) -> list[Notice]:
    """What each conversation is owed now, or will be when it may be spoken to later today, in the order of `reminders_due`; of
    those that open later than `speaking` also what may have been said to them already."""
    return sorted(_found(moment, register.in_force, speaking), key=_urgency)


def _found(moment: Moment, current: Register, speaking: Collection[str]) -> Iterator[Notice]:
    """What each conversation is owed today. An assignment about which nothing is left to say is put to rest until its next stage
    opens."""
    heard = routes(current, moment.policy)
    agenda = agenda_of(current, moment.calendar, moment.policy)
    prompts: dict[str, tuple[Pending, ...]] = {}
    spoken = {one.id: one for one in current.documents if spoken_of(one, moment.ledger, moment.now)}
    for assignment in agenda.awake(moment.ledger, moment.today):
        document = spoken.get(assignment.document)
        if document is None:
            continue
        draft = partial(_drafts, moment, document, assignment, heard[assignment.id], prompts)
        drafts = agenda.drafts(assignment, draft)
        if speaking and drafts and not any(one.conversation in speaking for one in drafts):
            yield from drafts  # whether all of it was said is asked when the first of its conversations opens
            continue
        owed, settled = owed_of(drafts, moment)
        yield from owed
        if settled:
            agenda.rest(assignment, _next_opening(moment, assignment, heard[assignment.id]))


def owed_of(drafts: Iterable[Notice], moment: Moment) -> tuple[list[Notice], bool]:
    """Those of `drafts` of which an attempt is owed now, each as that attempt; and whether none of all will ever be again."""
    owed, settled = [], True
    for notice in drafts:
        coming = next_attempt(moment.ledger, notice.key, moment.policy)
        if coming is not None:
            settled = False
            attempt, not_before = coming
            if not_before is None or moment.now >= not_before:
                owed.append(notice if attempt == notice.attempt else notice.but(attempt=attempt))
    return owed, settled


def coded(notices: Iterable[Notice], moment: Moment, given: dict[str, Matter]) -> Iterator[Notice]:
    """The notices with the short codes under which they can be answered: those they were drafted with, as long as nothing else
    goes by them; `given` are the codes given in the same breath, and takes in these."""
    for notice in notices:
        matter = matter_in(notice.key)
        code = notice.code
        if not stands_for(code, matter, moment.ledger, moment.now, given):
            code = code_of(matter, moment.ledger, moment.now, given)
        given[code] = matter
        yield notice if code == notice.code else notice.but(code=code)


def _urgency(notice: Notice) -> tuple[str, bool, date]:
    return notice.conversation, notice.due is None, notice.due or notice.today


def _drafts(
    moment: Moment,
    document: Document,
    assignment: Assignment,
    said_to: Sequence[Addressee],
    prompts: dict[str, tuple[Pending, ...]],
) -> Iterator[Notice]:
    """What the present stage has for each of the conversations, said already or not; the prompt too if it is 全年工作.
    `prompts` keeps that of each document."""
    state = standing(assignment, moment.ledger, moment.calendar, moment.today)
    if state.finished:
        return
    asked = _prompt(moment, document, prompts) if asked_after(assignment, document, moment.today) else ()
    alike = not moment.ledger.reports(assignment.id) and not any(row.unit or row.excused for row in state.dates)
    for addressee in said_to:
        owed: dict[tuple[str, str], tuple[Pending, list[str]]] = {}
        for unit in addressee.units or ("",):
            share = state if alike else _share(moment, assignment, unit, state)
            own = moment.policy.of(document.id, addressee.conversation, unit)
            for pending in _of_share(moment, share, unit, own, asked):
                owed.setdefault((pending.slot, pending.stage.code), (pending, []))[1].append(unit)
        for pending, units in owed.values():
            said_here = addressee if len(units) == len(addressee.units) else replace(addressee, units=tuple(units))
            yield _notice(moment, document, assignment, pending, said_here)


def _prompt(moment: Moment, document: Document, known: dict[str, tuple[Pending, ...]]) -> tuple[Pending, ...]:
    """The prompt of a document, if one is to be asked today."""
    if document.id not in known:
        asked = prompt_of(moment, document)
        known[document.id] = (asked,) if asked else ()
    return known[document.id]


def _share(moment: Moment, assignment: Assignment, unit: str, state: Standing) -> Standing:
    """Where one unit's share stands; the whole where no unit is named."""
    return share_standing(assignment, unit, moment.ledger, moment.calendar, moment.today) if unit else state


def _of_share(
    moment: Moment, share: Standing, unit: str, policy: Policy, asked: tuple[Pending, ...]
) -> Iterator[Pending]:
    """What is to be said about one unit's share today, by the policy that holds for it."""
    if not policy.remind or share.finished:
        return
    yield from _dated(moment, share, unit, policy.chase)
    if policy.prompts:
        yield from asked


def _notice(
    moment: Moment, document: Document, assignment: Assignment, pending: Pending, addressee: Addressee
) -> Notice:
    due = pending.row.due if pending.row else None
    units = tuple(unit for unit in addressee.units if unit)
    key = reminder_key(assignment.id, pending.slot, pending.stage.code, addressee.conversation)
    mention = moment.policy.of(conversation=addressee.conversation).mention
    return Notice(
        kind=pending.kind,
        key=key,
        code=code_of(matter_in(key), moment.ledger, moment.now),
        conversation=addressee.conversation,
        stage=pending.stage.code,
        today=moment.today,
        assignment=assignment,
        document=document,
        due=due,
        period=pending.row.period if pending.row else pending.slot,
        phrase=pending.phrase,
        workdays=moment.days.between(moment.today, due) if due else None,
        missed=pending.missed,
        was=pending.row.was if pending.row else None,
        acknowledged=_acknowledged(moment.ledger, assignment.id, min(due or moment.today, moment.today)),
        certain=moment.days.certain(moment.today, due or moment.today, pending.stage.opens),
        units=units,
        liaisons=moment.policy.directory.named_for(units, addressee.conversation) if mention else (),
        reason=next((str(addressee.reasons[unit]) for unit in addressee.units if unit in addressee.reasons), ""),
    )


def _acknowledged(ledger: Ledger, assignment: str, day: date) -> tuple[str, ...]:
    """Who answered 收到 about this assignment in the thirty days up to the due date or later."""
    entries = ledger.acknowledgements(assignment)
    fresh = [e for e in entries if (day - e.at.astimezone(SHANGHAI).date()).days <= 30]
    return tuple(dict.fromkeys(entry.unit or entry.who for entry in fresh if entry.unit or entry.who))


def _dated(moment: Moment, state: Standing, unit: str, chase: Chase) -> tuple[Pending, ...]:
    """The due dates of a unit's share that may be spoken of today, each in its present stage."""
    found: dict[str, Pending] = {}
    for deadline in leaves(state.deadlines):
        pending = (
            _present(moment, deadline, state.done, unit, chase) if deadline.unit in ("", unit) or not unit else None
        )
        if pending is not None:
            found.setdefault(pending.slot, pending)
    return tuple(found.values())


def _present(moment: Moment, deadline: Deadline, done: frozenset[date], unit: str, chase: Chase) -> Pending | None:
    """The latest open due date of a deadline whose stages have begun, if this is a day to speak of it.

    In a rhythm the next date's first stage ends the reminders of the one before, which is then named as missed.
    """
    firsts, timeline = _timeline(deadline, moment.days, chase, horizon(moment.today))
    begun = [
        step
        for step in timeline[: bisect_right(firsts, moment.today)]
        if step[0].due not in done and step[0].concerns(unit)
    ]
    if not begun:
        return None
    row, stages = begun[-1]
    stage = stages.at(moment.today)
    if stage is None or not (moment.days.works(moment.today) or row.due == moment.today):
        return None
    oldest = moment.today - WEEK * chase.chased_for
    missed = tuple(earlier.due for earlier, _ in begun[:-1] if earlier.due >= oldest)
    return Pending(NoticeKind.REMINDER, row.due.isoformat(), stage, row, deadline.text, missed)


Timeline = tuple[tuple[Dated, Stages], ...]


@lru_cache(maxsize=1 << 16)
def _timeline(deadline: Deadline, days: OfficeDays, chase: Chase, until: date) -> tuple[tuple[date, ...], Timeline]:
    """The due dates of one deadline with their stages, and the days on which the stages begin."""
    room = ROOM.get(deadline.cadence.every, 99) if deadline.cadence else 99
    steps = []
    floor = None
    for row in dates_of(deadline, days, until):
        steps.append((row, Stages(row.due, days, chase, floor, room)))
        floor = row.due
    return tuple(stages.first for _, stages in steps), tuple(steps)


def _next_opening(moment: Moment, assignment: Assignment, said_to: Sequence[Addressee]) -> date | None:
    """The next day on which another stage of an assignment may open for anybody; sooner does no harm.

    None: not in this year, at whose end dates are computed anew. Rest days speak of less than others.
    """
    today, policy = moment.today, moment.policy
    if not moment.days.works(today):
        return today + DAY
    chases = {
        policy.of(assignment.document, addressee.conversation, unit).chase
        for addressee in said_to
        for unit in addressee.units or ("",)
    }
    found = [_next_prompt(moment)] if is_ongoing(assignment) else []
    for deadline in leaves(assignment.deadlines):
        for chase in chases:
            found.extend(_next_stages(deadline, moment, chase))
    return min((day for day in found if day.year == today.year), default=None)


def _next_stages(deadline: Deadline, moment: Moment, chase: Chase) -> Iterator[date]:
    """The next day on which a counted stage of a deadline opens, and the next week's beginning while it is chased."""
    today, until = moment.today, horizon(moment.today)
    opens, dues = _openings(deadline, moment.days, chase, until)
    place = bisect_right(opens, today)
    if place < len(opens):
        yield opens[place]
    latest = bisect_right(dues, today)
    if chase.weekly and latest and dues[latest - 1] + WEEK * chase.chased_for >= today:
        yield moment.days.on_or_after(monday(today) + WEEK)


@lru_cache(maxsize=1 << 16)
def _openings(
    deadline: Deadline, days: OfficeDays, chase: Chase, until: date
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """The days on which counted stages of a deadline open, and its due dates; both in order."""
    _, timeline = _timeline(deadline, days, chase, until)
    opens = {day for row, stages in timeline for day in (*stages.opens, stages.first, row.due)}
    return tuple(sorted(opens)), tuple(row.due for row, _ in timeline)


def _next_prompt(moment: Moment) -> date:
    """The next day on which 全年工作 is asked after."""
    year, today = moment.today.year, moment.today
    opens = (moment.days.on_or_after(date(year, month, 1)) for month in (3, 6, 9, 12))
    return next((day for day in opens if day > today), date(year + 1, 1, 1))


def prompt_of(moment: Moment, document: Document) -> Pending | None:
    """全年工作 is asked after once a quarter, on working days from the first one of its last month on.

    A document filed later than that day waits for the next quarter. None when there is nothing to ask today.
    """
    if not moment.days.works(moment.today):
        return None
    quarter = (moment.today.month - 1) // 3 + 1
    opens = moment.days.on_or_after(date(moment.today.year, quarter * 3, 1))
    if moment.today < opens:
        return None
    filed = filed_at(document, moment.ledger)
    if filed is not None and filed.astimezone(SHANGHAI).date() > opens:
        return None
    return Pending(NoticeKind.PROMPT, f"{moment.today.year}-Q{quarter}", Stage("quarter", opens))
