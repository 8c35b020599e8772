"""第91项已完成: progress reported by a unit, stored for its own share only, and said back in a line.

A liaison reports for the unit that the office has enrolled (`message.unit`); who says in a sentence that he is from a
unit is not believed, because the ledger is what units are judged by. A supervisor without a unit keeps the ledger for
all: his word, on an item he names, stands for the whole assignment, or for the unit that he names with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import extension, wording, wording_reports
from handlers.message import Answer, Outcome, Reply, said, silent
from handlers.occasion import Occasion, Point
from handlers.refusing import refuse
from handlers.reporting import Case, Meant, meant_by
from knowledge.codes import codes_in, without_codes
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.lexicon import office_lexicon
from knowledge.model import Assignment, Evidence, Message
from knowledge.patterns import regex
from knowledge.question.conversation import Pointed, pointed
from knowledge.question.query import Intent, Query
from knowledge.register import Register
from knowledge.reports import Told, report_of
from knowledge.reports.report_words import Status
from knowledge.shares import Holder, holder_of, owing
from scheduler.calendar import WorkCalendar
from scheduler.policy import SHANGHAI
from scheduler.standing import standing

SUPERVISOR = "supervisor"
# What names somebody else is said to him and not to the bot, whose own mention is taken off before.
_TO_OTHERS = regex(r"@[^\W\x00-\xff]")


def answer(
    query: Query, message: Message, register: Register, ledger: Ledger, now: datetime, calendar: WorkCalendar
) -> Outcome:
    """What a report leads to: an entry for each assignment that it surely means, a question back for the rest."""
    if _TO_OTHERS.search(message.text):
        return silent(query.intent)
    if query.place:
        return refuse(query, wording.place_unknown(query.place))
    holder = _holder(message, query, register)
    if holder is None and message.role != SUPERVISOR:
        return refuse(query, wording_reports.UNIT_UNKNOWN)
    today = now.astimezone(SHANGHAI).date()
    report = report_of(message.text, today, office_lexicon(register))
    before = pointed(message, register)
    case = Case(query, register, holder, today, before, report.correcting)
    told = report.told or ((Told(message.text, Status.IN_PROGRESS),) if report.correcting and before else ())
    meant = _settled([meant_by(case, one) for one in told])
    if not meant:
        return refuse(query, wording_reports.WHICH)
    entries = tuple(entry for one in meant for entry in _entries(case, one, message, now))
    outcome = _outcome(case, meant, entries, ledger, calendar)
    return _with_extensions(outcome, meant, Occasion(message, register, ledger, now, calendar))


def _with_extensions(outcome: Outcome, meant: Sequence[Meant], occasion: Occasion) -> Outcome:
    """The same with the requests that lie in it: what is late and says until when (第3项要延期到9月15日)."""
    late = [one for each in meant if each.told.status is Status.DELAYED for one in each.assignments]
    target = extension.target_of(occasion.message.text, occasion.today) if late else None
    if target is None or not extension.wants(occasion.message.text):
        return outcome
    found = [extension.requested(occasion, one, None, target) for one in late]
    # What only asks for a later date is said once: by the request.
    asks_only = all(ones for ones, _ in found) and all(one.told.status is Status.DELAYED for one in meant)
    told = wording.lines("" if asks_only else outcome.text, *dict.fromkeys(line for _, line in found))
    return replace(outcome, replies=(Reply(told),), entries=(*outcome.entries, *(e for ones, _ in found for e in ones)))


def pointed_at(occasion: Occasion) -> Outcome | None:
    """完成 K7M and its kin: a report on the due dates that a code or a quotation means; None when it tells no progress."""
    points = occasion.pointed
    if not points or (occasion.holder is None and not occasion.supervising):
        return None
    report = report_of(without_codes(occasion.message.text), occasion.today, office_lexicon(occasion.register))
    told = next((one for one in report.told if one.status is not None and not one.numbers), None)
    if told is None:
        return None
    query = Query(Intent.REPORT, occasion.message.text)
    case = Case(query, occasion.register, occasion.holder, occasion.today, Pointed(), report.correcting)
    mine = [one for one in points if case.share(one.assignment) is not None]
    if not mine:
        rows = [one.assignment for one in points[:2]]
        return said(wording_reports.not_held(rows, case.holder.printed if case.holder else ""), Answer(query.intent))
    if len(mine) > 1 and not codes_in(occasion.message.text) and not told.each:
        return said(wording_reports.which_of([one.assignment for one in mine], occasion.register), Answer(query.intent))
    meant = [Meant(told, (one.assignment,), _period(occasion, one)) for one in mine]
    entries = tuple(e for one in meant for e in _entries(case, one, occasion.message, occasion.now))
    return _outcome(case, meant, entries, occasion.ledger, occasion.calendar)


def _period(occasion: Occasion, one: Point) -> tuple[str, ...]:
    """What a due date of a rhythm reports on."""
    state = standing(one.assignment, occasion.ledger, occasion.calendar, occasion.today)
    return tuple({row.period for row in state.dates if row.due == one.due and row.period})


def _holder(message: Message, query: Query, register: Register) -> Holder | None:
    """Who reports: the asker's enrolled unit; for a supervisor without one, the only unit that he names."""
    if message.unit:
        return holder_of(message.unit, register)
    if message.role == SUPERVISOR and len(query.units) == 1 and query.names and not query.own:
        return holder_of(query.names[0], register)
    return None


def _settled(meant: list[Meant]) -> list[Meant]:
    """What is to be answered. A later clause without an assignment only explains the one before it.

    Where one clause says done and the explanation or another clause on the same assignment says it is not, nothing is
    believed and it is asked.
    """
    settled: list[Meant] = []
    for one in meant:
        before = next((at for at, other in enumerate(settled) if _concerns(one, other)), None)
        if one.told.status is None and settled and not one.told.numbers:
            continue
        if before is None:
            settled.append(one)
        elif settled[before].told.status != one.told.status and Status.DONE in (
            settled[before].told.status,
            one.told.status,
        ):
            settled[before] = Meant(one.told, problem=wording_reports.contradictory(settled[before].assignments))
    return settled


def _concerns(one: Meant, earlier: Meant) -> bool:
    """Whether a clause speaks of the assignment of an earlier one: it names the same, or none at all."""
    if not one.assignments:
        return bool(earlier.assignments) and not one.told.numbers and one.told.status is not None
    return one.periods == earlier.periods and not set(one.assignments).isdisjoint(earlier.assignments)


def _entries(case: Case, meant: Meant, message: Message, now: datetime) -> list[Entry]:
    return [
        Entry(
            EntryKind.REPORTED,
            now,
            who=message.sender,
            conversation=message.conversation,
            words=message.text,
            document=one.document,
            assignment=one.id,
            unit=case.share(one) or "",
            details=_details(case, meant.told, period),
        )
        for one in meant.assignments
        for period in meant.periods or (None,)
    ]


def _details(case: Case, told: Told, period: str | None) -> dict[str, object]:
    """What was told, without what was not."""
    details = {
        "status": str(told.status),
        "percent": told.percent,
        "url": told.urls[0] if told.urls else None,
        "urls": list(told.urls) if len(told.urls) > 1 else None,
        "period": period,
        "correction": case.correcting or None,
    }
    return {name: value for name, value in details.items() if value is not None}


def _outcome(
    case: Case, meant: Sequence[Meant], entries: tuple[Entry, ...], ledger: Ledger, calendar: WorkCalendar
) -> Outcome:
    rows = [one for each in meant for one in each.assignments]
    if not entries:
        return said(wording.lines(*dict.fromkeys(one.problem for one in meant)), Answer(case.query.intent))
    after = ledger.plus(*entries)
    told = [_said_back(case, each, one, ledger, after, calendar) for each in meant for one in each.assignments]
    problems = dict.fromkeys(one.problem for one in meant if one.problem)
    how_to_correct = wording_reports.correct_it(rows[0], case.correcting)
    text = wording.lines(*told, *problems, _taken_back(case, rows), how_to_correct)
    return Outcome((Reply(text),), entries, _value(case, rows))


def _said_back(case: Case, meant: Meant, one: Assignment, ledger: Ledger, after: Ledger, calendar: WorkCalendar) -> str:
    """One line of what was understood, with the dates that it closes."""
    then, now = (standing(one, known, calendar, case.today) for known in (ledger, after))
    closed = [row for row in now.dates if row.due in now.done - then.done]
    share = case.share(one) or ""
    part = bool(share) and meant.told.status is Status.DONE and owing(one) != (share,)
    return wording_reports.registered(one, share, meant.told, meant.periods, closed, part)


def _taken_back(case: Case, rows: Sequence[Assignment]) -> str:
    """Asks about what was reported before, when a correction names something else."""
    if not case.correcting:
        return ""
    before = [one for key in case.before.assignments if (one := case.register.assignment(key)) and one not in rows]
    return wording_reports.still_reported(before)


def _value(case: Case, rows: Sequence[Assignment]) -> Answer:
    return Answer(
        case.query.intent,
        answered=True,
        assignments=tuple(dict.fromkeys(one.id for one in rows)),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
