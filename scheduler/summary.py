"""汇总: what a stretch of time looks like, as a value whose every figure leads back to assignments.

Pure and computed from register, ledger and moment alone: the chat, the commands, the clock and the papers show the very same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from knowledge.demands import Proving
from knowledge.directory import Directory, without_liaison
from knowledge.ledger import Ledger
from knowledge.model import Assignment, Document, Role, Span
from knowledge.redating import redated
from knowledge.register import Register
from knowledge.reported import Reported, counting
from knowledge.shares import owing
from scheduler.calendar import WorkCalendar
from scheduler.condition import Condition, DateCondition, Light, Reckoning
from scheduler.days import DAY, monday
from scheduler.movement import Movement, movement_of
from scheduler.policy import SHANGHAI
from scheduler.ranking import Rank, Yardstick, ranked
from scheduler.reckonings import Reckonings
from scheduler.standing import Standing, filed_at, is_ongoing
from scheduler.stretches import Stretch, around, ends, following, stretch_of
from scheduler.tally import Line, Tally, by_due, ids

COMING_WEEKS = 5
"""Weeks that a calendar of what is coming shows, the present one among them."""

__all__ = ["COMING_WEEKS", "Light", "Line", "Summary", "Tally", "as_of", "ids", "summary"]


@dataclass(frozen=True, slots=True)
class Summary:
    """The state of a register on `today`, seen from a `span` of days that holds it.

    Lines are dates of assignments as a whole (all shares), tallies a unit's own shares. `done` were reported done in the span,
    `days` late where they were; `overdue` are open dates before today, longest first; `due_rest` and `due_next` open dates from
    today to the end of the span and in the stretch behind it (`behind`), `coming` those of this week and the four behind it.
    `unanswered` are dates still open of which a reminder in
    the span named a unit that has not answered, `unproven` completions reported in the span without link or file (`on` the day),
    `waiting` and `returned` those that a supervisor has still to accept, or has given back and nobody has reported anew.

    `finished` are the assignments that have nothing left to do, `ongoing` 全年工作, `undated` those without any other date.
    `units` counts a unit's assignments as leader (or responsible, where no leader is printed), `documents` by title. `change` is
    what became different since the last summary; `ranking` is empty unless it is wanted. `assignments` are what the ids mean,
    `titles` the titles of their documents, `unattended` the units for which nobody is enrolled.
    """

    span: Span
    behind: Span
    today: date
    total: tuple[str, ...]
    done: tuple[Line, ...]
    finished: tuple[str, ...]
    due_rest: tuple[Line, ...]
    due_next: tuple[Line, ...]
    coming: tuple[Line, ...]
    overdue: tuple[Line, ...]
    unanswered: tuple[Line, ...]
    unproven: tuple[Line, ...]
    waiting: tuple[Line, ...]
    returned: tuple[Line, ...]
    ongoing: tuple[str, ...]
    undated: tuple[str, ...]
    lights: Mapping[str, Light]
    units: tuple[Tally, ...]
    documents: tuple[Tally, ...]
    assignments: Mapping[str, Assignment]
    titles: Mapping[str, str] = field(default_factory=dict)
    change: Movement | None = None
    ranking: tuple[Rank, ...] = ()
    yardstick: Yardstick | None = None
    unattended: tuple[str, ...] = ()

    @property
    def stretch(self) -> Stretch:
        """Whether it is about a week, a month …"""
        return stretch_of(self.span)

    @property
    def late(self) -> tuple[Line, ...]:
        """What was done in the span, and too late."""
        return tuple(line for line in self.done if line.days)

    def lit(self, light: Light) -> tuple[str, ...]:
        """The assignments under a light, in the register's order."""
        return tuple(id for id in self.total if self.lights[id] is light)


@dataclass(frozen=True)
class _Scene:
    """What all parts of one summary look at; `first` and `last` are the ends of its span, `wholes` the reckonings."""

    register: Register
    ledger: Ledger
    today: date
    first: date
    last: date
    known: Reckonings
    wholes: tuple[Reckoning, ...]

    def share(self, whole: Reckoning, unit: str) -> Reckoning:
        """A unit's share of an assignment; the whole where the unit alone owes it."""
        return whole if len(owing(whole.assignment)) < 2 else self.known.of(whole.assignment, unit)


def summary(
    register: Register,
    ledger: Ledger,
    now: datetime,
    calendar: WorkCalendar,
    span: Span | None = None,
    since: datetime | None = None,
    yardstick: Yardstick | None = None,
    directory: Directory | None = None,
    known: Reckonings | None = None,
) -> Summary:
    """The summary of `register` (scoped by the caller) at `now`, about the days of `span`, by default the present week.

    It counts what is in force. `since` is the moment of the summary before, to which the change is told; `yardstick` asks for a
    ranking; where `directory` knows any liaison, the units that have none are told. For a span that is over, `as_of` gives the ledger and the moment to look from. `known`
    keeps what was reckoned, by the same ledger at the same moment, of a register that holds this one.
    """
    today, current = now.astimezone(SHANGHAI).date(), redated(register, ledger).in_force
    span = span or around(today, Stretch.WEEK)
    scene = _scene(current, known or Reckonings(current, ledger, calendar, today), span)
    lights = {one.assignment.id: one.light for one in scene.wholes}
    states = [one.standing for one in scene.wholes]
    units = tuple(_tallies(scene, _answerable, shares=True))
    return Summary(
        span=span,
        behind=following(span),
        today=scene.today,
        total=tuple(lights),
        done=tuple(_done(scene)),
        finished=tuple(one.assignment.id for one in scene.wholes if one.condition.finished),
        due_rest=_open(states, scene.today, scene.last),
        due_next=_open(states, max(scene.last, scene.today), ends(following(span))[1], after=True),
        coming=_open(states, scene.today, monday(scene.today) + DAY * (7 * COMING_WEEKS - 1)),
        overdue=by_due(line for one in scene.wholes for line in _overdue(one)),
        unanswered=tuple(_unanswered(scene)),
        unproven=_told(scene, lambda one: _unproven(one, register), inside=True),
        waiting=_told(scene, lambda one: one.waiting),
        returned=_told(scene, lambda one: one.returned, last=True),
        ongoing=tuple(s.assignment.id for s in states if is_ongoing(s.assignment)),
        undated=tuple(s.assignment.id for s in states if not s.dates and not is_ongoing(s.assignment)),
        lights=lights,
        units=units,
        documents=tuple(_tallies(scene, lambda a: (_title(scene.register, a.document),), shares=False)),
        assignments={s.assignment.id: s.assignment for s in states},
        titles={id: _title(scene.register, id) for id in dict.fromkeys(s.assignment.document for s in states)},
        change=_change(scene, since) if since else None,
        ranking=ranked(units, yardstick) if yardstick else (),
        yardstick=yardstick,
        unattended=without_liaison(register, directory) if directory and directory.liaisons else (),
    )


def _unproven(one: Reported, register: Register) -> bool:
    """Whether a completion came without the evidence that the office asks for."""
    asked = register.demands.of(one.entry.document).evidence is not Proving.NONE
    return asked and one.completion and not one.returned and not one.proved


def as_of(span: Span | None, ledger: Ledger, now: datetime) -> tuple[Ledger, datetime]:
    """What to look at for a span that may be over: its last moment, and the ledger as it was then; else all, now."""
    if span is None or span.end is None or span.end >= now.astimezone(SHANGHAI).date():
        return ledger, now
    then = datetime.combine(span.end, time(23, 59, 59), SHANGHAI)
    return ledger.until(then), then


def _scene(register: Register, known: Reckonings, span: Span) -> _Scene:
    wholes = tuple(known.of(one) for one in register.assignments)
    return _Scene(register, known.ledger, known.today, *ends(span), known, wholes)


# --- lines --------------------------------------------------------------------------------------------------------
def _finished(one: Reckoning, waiting: bool = False) -> Iterator[Line]:
    """What is done, dates and what has none, with how late it was; also what has still to be accepted, where `waiting`."""
    for row in one.dates:
        if row.on is not None and (waiting or row.condition is not Condition.REPORTED):
            yield _line(one, row, row.days if row.on > row.row.due else 0)
    finish = one.standing.finishes.get(None)
    if finish is not None and not one.dates and (waiting or not finish.waiting):
        yield Line(one.assignment.id, None, on=finish.on, unit=one.unit)


def _line(one: Reckoning, row: DateCondition, late: int) -> Line:
    return Line(one.assignment.id, row.row.due, row.row.period, late, one.unit, row.on)


def _done(scene: _Scene) -> Iterator[Line]:
    found = (line for one in scene.wholes for line in _finished(one))
    yield from (line for line in found if line.on and scene.first <= line.on <= min(scene.last, scene.today))


def _overdue(one: Reckoning) -> Iterator[Line]:
    yield from (_line(one, row, row.days) for row in one.of(Condition.OVERDUE))


def _open(states: Iterable[Standing], first: date, last: date, after: bool = False) -> tuple[Line, ...]:
    """The open dates from `first` (not included where `after`) to `last`."""
    rows = ((s, row) for s in states for row in s.open if first <= row.due <= last)
    return by_due(Line(s.assignment.id, r.due, r.period) for s, r in rows if not after or r.due > first)


def _told(
    scene: _Scene, wanted: Callable[[Reported], bool], inside: bool = False, last: bool = False
) -> tuple[Line, ...]:
    """The reports that are `wanted`, made in the span where `inside`, each unit's newest only where `last`."""
    found: list[Line] = []
    for whole in scene.wholes:
        reports = counting(scene.ledger, whole.assignment.id)
        newest = {one.unit: one for one in reports}
        for one in newest.values() if last else reports:
            day = one.entry.at.astimezone(SHANGHAI).date()
            if wanted(one) and (not inside or scene.first <= day <= scene.last):
                period = one.entry.details.get("period")
                found.append(Line(whole.assignment.id, None, str(period) if period else None, 0, one.unit, day))
    return tuple(found)


def _unanswered(scene: _Scene) -> Iterator[Line]:
    """The last word to each unit on each date, where it was said in the span and nothing came back."""
    open_ = {(one.assignment.id, row.due) for one in scene.wholes for row in one.standing.open}
    for id, due, unit, word in scene.known.words([one.assignment.id for one in scene.wholes], scene.first):
        said = word.said.at.astimezone(SHANGHAI).date()
        if word.named.silent and (id, due) in open_ and scene.first <= said <= scene.last:
            yield Line(id, due, None, 0, unit, said)


# --- tallies ------------------------------------------------------------------------------------------------------
def _answerable(assignment: Assignment) -> tuple[str, ...]:
    """The units an assignment is counted for: its leaders, else the responsible ones."""
    return assignment.units(Role.LEAD) or assignment.units(Role.RESPONSIBLE)


def _title(register: Register, document: str) -> str:
    found = register.document(document)
    return found.title if found else document


def _tallies(scene: _Scene, names_of: Callable[[Assignment], tuple[str, ...]], *, shares: bool) -> tuple[Tally, ...]:
    groups: dict[str, dict[str, Reckoning]] = {}
    for whole in scene.wholes:
        for name in names_of(whole.assignment):
            groups.setdefault(name, {})[whole.assignment.id] = scene.share(whole, name) if shares else whole
    found = [_tally(name, group, scene) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda tally: -len(tally.red)))


def _tally(name: str, group: Mapping[str, Reckoning], scene: _Scene) -> Tally:
    lit = {light: tuple(id for id, one in group.items() if one.light is light) for light in Light}
    done = (line for one in group.values() for line in _finished(one))
    inside = {line.assignment for line in done if line.on and scene.first <= line.on <= scene.last}
    over = inside | {id for id, one in group.items() if one.condition.finished}
    late = by_due(line for one in group.values() for line in _overdue(one))
    closed = (line for one in group.values() for line in _finished(one, waiting=True))
    met = [line for line in closed if _counts(line, scene)]
    return Tally(
        name,
        tuple(group),
        lit[Light.RED],
        lit[Light.YELLOW],
        lit[Light.GREEN],
        tuple(id for id in group if id in over),
        late,
        by_due([*met, *late]),
        by_due(met),
    )


def _counts(line: Line, scene: _Scene) -> bool:
    """Whether what was done had to be done in the span: due in it by today, or open when it began."""
    if line.due is None or line.on is None:
        return False
    due_inside = scene.first <= line.due <= min(scene.last, scene.today)
    return due_inside or (line.due < scene.first <= line.on)


# --- change -------------------------------------------------------------------------------------------------------
def _change(scene: _Scene, since: datetime) -> Movement:
    """What is different from what the same register's ledger told at the moment `since`."""
    then = scene.known.at(since)
    new = {d.id for d in scene.register.documents if not _known_by(d, scene.ledger, since)}
    current = redated(scene.register, then.ledger)
    before = [then.of(one) for one in current.assignments if one.document not in new]
    return movement_of(
        since,
        ([line for one in before for line in _finished(one)], [line for one in before for line in _overdue(one)]),
        (
            [line for one in scene.wholes for line in _finished(one)],
            [line for one in scene.wholes for line in _overdue(one)],
        ),
        tuple(one.assignment.id for one in scene.wholes if one.assignment.document in new),
    )


def _known_by(document: Document, ledger: Ledger, since: datetime) -> bool:
    filed = filed_at(document, ledger)
    return filed is None or filed <= since
