"""What a report writes into the ledger, and how it is said back: with its short code, and what it still needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from handlers import extension, wording, wording_reports
from handlers.message import Answer, Outcome, Reply, said
from handlers.occasion import Occasion
from handlers.reporting import Case, Meant
from knowledge.codes import Matter, code_of
from knowledge.demands import Demand, Proving
from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment, Evidence
from knowledge.reported import ACCEPTANCE, EVIDENCE, Reported, counting
from knowledge.reports import Told
from knowledge.reports.report_words import Status
from knowledge.shares import owing
from scheduler.standing import Standing


class Line(NamedTuple):
    """One assignment of a report: what is written for it, and what is said of it."""

    assignment: Assignment
    entries: tuple[Entry, ...]
    words: str


def recorded(case: Case, meant: Sequence[Meant], occasion: Occasion, beside: Sequence[Entry] = ()) -> Outcome:
    """The entries of all that was surely meant, with one line for each; the problems of the rest.

    `beside` are entries written with them: what a correction takes back.
    """
    given: dict[str, Matter] = {}
    found = [(each, line) for each in meant for line in _lines(case, each, occasion, given)]
    problems = _problems(meant)
    entries = tuple(entry for _, line in found for entry in line.entries)
    if not entries:
        return said(wording.lines(*dict.fromkeys(line.words for _, line in found), *problems), _value(case, ()))
    rows = [line.assignment for _, line in found if line.entries]
    code = str(entries[0].details.get("code", ""))
    how = wording_reports.correct_it(rows[0], case.correcting, code)
    told = wording.lines(*(line.words for _, line in found), *problems, _taken_back(case, rows, beside), how)
    return Outcome((Reply(told),), (*beside, *entries), _value(case, rows))


def _problems(meant: Sequence[Meant]) -> dict[str, None]:
    """What is asked instead, each once. That nothing was heard of a clause that names nothing is not said beside what was heard."""
    stored = {row.number for one in meant for row in one.assignments}
    unheard = [one for one in meant if one.told.status is None and stored.issuperset(one.told.numbers)]
    beside = [one for one in meant if one not in unheard]
    heard = any(one.assignments or one.problem for one in beside)
    return dict.fromkeys(one.problem for one in (beside if heard else meant) if one.problem)


def _lines(case: Case, meant: Meant, occasion: Occasion, given: dict[str, Matter]) -> Iterator[Line]:
    for one in meant.assignments:
        share = case.share(one) or ""
        now = occasion.standing(one, share)
        before = None if case.correcting else repeats(occasion, one, share, meant, now)
        if before is not None:
            yield _again(occasion, one, meant.told, before)
            continue
        entries = tuple(_entry(case, one, meant, period, occasion, now, given) for period in meant.periods or (None,))
        yield Line(one, entries, _said_back(case, meant, one, occasion, entries, now))


# ---------------------------------------------------------------- what was done before
def repeats(occasion: Occasion, one: Assignment, share: str, meant: Meant, now: Standing) -> Reported | None:
    """The report that told the same completion before; None where this one is new."""
    if meant.told.status is not Status.DONE:
        return None
    known = [each for each in counting(occasion.ledger, one.id) if each.unit in ("", share) and each.done]
    if not known:
        return None
    if meant.periods:
        done = {row.period for row in now.dates if row.due in now.done}
        if not set(meant.periods) <= done:
            return None
        return next((each for each in reversed(known) if each.entry.details.get("period") in meant.periods), known[-1])
    if meant.due is not None and any(row.due == meant.due for row in now.dates):
        return known[-1] if meant.due in now.done else None
    return known[-1] if now.finished else None


def _again(occasion: Occasion, one: Assignment, told: Told, before: Reported) -> Line:
    """A completion told twice writes nothing, but for links that were not given before."""
    fresh = tuple(url for url in told.urls if url not in before.urls)
    if not fresh:
        return Line(one, (), wording_reports.repeated(one, before))
    message = occasion.message
    entry = before.answered(
        EntryKind.EVIDENCED, occasion.now, message.sender, message.conversation, message.text, urls=list(fresh)
    )
    return Line(one, (entry,), wording_reports.evidenced(one, before, fresh))


# ---------------------------------------------------------------- what is written
def _entry(
    case: Case,
    one: Assignment,
    meant: Meant,
    period: str | None,
    occasion: Occasion,
    now: Standing,
    given: dict[str, Matter],
) -> Entry:
    told = meant.told
    about = meant.due or about_of(occasion, now, period, told.status is Status.DONE)
    matter = one.id, about.isoformat() if about else ""
    code = code_of(matter, occasion.ledger, occasion.now, given)
    given[code] = matter
    details = _details(case, told, period) | {"code": code, "about": matter[1]}
    if meant.due is not None:
        details["due"] = meant.due.isoformat()
    if wants := needs(occasion, case.register.demands.of(one.document), told):
        details["wants"] = list(wants)
    return occasion.reported(one, case.share(one) or "", details)


def about_of(occasion: Occasion, now: Standing, period: str | None, done: bool) -> date | None:
    """The due date that a report tells of, under whose code it can be named: the period's, else what a reminder would name."""
    named = [row.due for row in now.dates if period is not None and row.period == period]
    if named:
        return named[0]
    open_ = [row.due for row in now.open]
    late = [due for due in open_ if due < occasion.today]
    if done and late:
        return late[-1]
    coming = [due for due in open_ if due >= occasion.today]
    found = coming or late[-1:] or [row.due for row in now.dates[-1:]]
    return found[0] if found else None


def needs(occasion: Occasion, demand: Demand, told: Told) -> tuple[str, ...]:
    """What a completion still needs; a supervisor's own word is believed as it is said."""
    if told.status is not Status.DONE or occasion.supervising:
        return ()
    wants = [EVIDENCE] * (demand.evidence is Proving.REQUIRED and not told.urls)
    return (*wants, *[ACCEPTANCE] * demand.acceptance)


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


# ---------------------------------------------------------------- what is said back
def _said_back(
    case: Case, meant: Meant, one: Assignment, occasion: Occasion, entries: tuple[Entry, ...], before: Standing
) -> str:
    """One line of what was understood, with the dates that it closes and what it needs."""
    share, told = case.share(one) or "", meant.told
    after = replace(occasion, ledger=occasion.ledger.plus(*entries))
    now = after.standing(one, share)
    closed = [row for row in now.dates if row.due in now.done - before.done]
    part = bool(share) and told.status is Status.DONE and owing(one) != (share,)
    line = wording_reports.registered(one, share, told, meant.periods, closed, part, str(entries[0].details["code"]))
    if told.status is Status.DELAYED and occasion.undated(one):
        line += wording_reports.NEVER_DUE
    elif told.status is Status.DELAYED and extension.target_of(occasion.message.text, occasion.today) is None:
        line += wording_reports.until_when(str(entries[0].details["code"]))
    wants = entries[0].details.get("wants")
    needed = tuple(map(str, wants)) if isinstance(wants, list) else ()
    asked = case.register.demands.of(one.document).evidence is Proving.WANTED and not told.urls
    reopened = told.status is not Status.DONE and bool(before.done - now.done or (before.finished and not now.finished))
    stays = told.status is not Status.DONE and before.finished and now.finished
    return (
        line
        + meant.note
        + wording_reports.needed(needed, asked and told.status is Status.DONE)
        + (wording_reports.REOPENED if reopened else wording_reports.STAYS if stays else "")
    )


def _taken_back(case: Case, rows: Sequence[Assignment], beside: Sequence[Entry]) -> str:
    """What a correction has taken back; asks about what was reported before, when it names something else."""
    if not case.correcting:
        return ""
    gone = [one for entry in beside if (one := case.register.assignment(entry.assignment))]
    if gone:
        return wording_reports.taken_back(list(dict.fromkeys(gone)))
    before = [one for key in case.before.assignments if (one := case.register.assignment(key)) and one not in rows]
    return wording_reports.still_reported(before)


def _value(case: Case, rows: Sequence[Assignment]) -> Answer:
    return Answer(
        case.query.intent,
        answered=bool(rows),
        assignments=tuple(dict.fromkeys(one.id for one in rows)),
        documents=tuple(dict.fromkeys(one.document for one in rows)),
        evidence=tuple(Evidence(one.document, one.id, one.place, one.original) for one in rows),
    )
