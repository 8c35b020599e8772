"""What a question asks, understood: the value between a sentence and its answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from knowledge.model import Role, Span
from knowledge.question.census import Census
from knowledge.question.edges import Edge
from knowledge.question.tempos import Tempo
from knowledge.roster import Rename
from knowledge.units.mention import How


class Intent(StrEnum):
    """What somebody wants. The values are those of the machine-readable `ask`."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    DEADLINE = "deadline"
    UNIT_TASKS = "unit_tasks"
    DUE = "due"
    DETAIL = "task_detail"
    COUNT = "count"
    REPORT = "progress_report"
    PROGRESS = "progress_query"
    SUMMARY = "weekly_summary"
    OVERDUE = "overdue"
    DOCUMENTS = "document_list"
    ACK = "ack"
    REVIEW = "review"
    HELP = "help"
    SMALLTALK = "smalltalk"
    UNANSWERABLE = "unanswerable"


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit named in a question: the words that named it and the printed names of the register they can mean.

    No names: it looks like a unit, and the documents do not know it. `how` tells how the surest of them is meant,
    `renames` the changes of name that lead to them.
    """

    words: str
    units: tuple[str, ...] = ()
    how: How | None = None
    renames: tuple[Rename, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleClaim:
    """That `asked` has `role` in what is asked about, or has it not (`denied`)."""

    asked: Asked
    role: Role
    denied: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question understood.

    `text` is the question as read (typing errors of asking words mended), `topics` what each of its parts is about
    (empty when nothing but asking words is left). `aspects` are the things asked about an assignment, in order; the
    first is the `intent` for LEAD, RESPONSIBLE, DEADLINE and DETAIL. `roles` are the roles asked for, empty when the
    question leaves it open (谁管), `role_words` the documents' own words for them that it uses (属地落实单位). `numbers` are item numbers as asked ("13", "1.1"; "-1" is the last).
    `assignments` are ids that the conversation points to; `documents` those that the question itself names, `within` the ids
    of the assignments under a heading (`part`) that it names.
    `premise`: the question claims what it asks (X是Y牵头吧), `claims` the roles where it claims several (A牵头、B配合对吧). `sharing`: it asks whether the units named have a part in it. `leaning`: the units are those of the question before, beside a new subject. `told`: the ids that the bot named last, whatever is meant now. `excluded`: the units named are not wanted again
    (除了X). `alone`: 单独牵头, `only`: 只是配合. `lacking`: asks for what is not printed, a role word or "deadline".
    `refusal`: a slug why this cannot be answered from documents. `place`: a place or year the documents do not know.
    `own`: asks about the asker's own unit. `chores`: for what the units have to do, `together`: with each
    other, `versus`: who of them has more, `besides`: the matter beside which the rest is asked for, `joint`:
    the roles that the units must have in what is listed (甲牵头但乙配合的). `fact`: what a quoted sentence must hold (lead, who, when, count). `beside`:
    a slug of knowledge/beside.py when what is asked is no matter of an assignment plan. `wide` is the topic with the units' names left in it.
    `said`: the question as it was written. `page`: which stretch of a long answer is wanted, 0 the first (更多 asks for the next).
    `census`: asks how what there is to do is spread over the units, `census_number` which place or how many.
    `edge`: asks for what falls due first or last, `tempo` for what has no end or comes again and again. `goal`: the stretch in which something
    of the subject is to be reached (三季度的目标), `half`: asks when half is to be done. `others`: for what is not the
    units'. `dated`: the list is wanted with its deadlines. `complete`: asked
    whether there is more than was told. `everything`: all assignments are wanted.
    `reporting`: asks until when everybody has to report. `several`: asks which
    ones there are about the topic (哪几条), `so_many`: how many rows of it are meant (维修资金那三条分别谁负责), 0 where none is said. `loose`: words without a question in them, so that only a clear hit may answer.
    """

    intent: Intent
    text: str
    topics: tuple[str, ...] = ()
    aspects: tuple[Intent, ...] = ()
    roles: tuple[Role, ...] = ()
    role_words: frozenset[str] = frozenset()
    units: tuple[Asked, ...] = ()
    span: Span | None = None
    numbers: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    within: frozenset[str] | None = None
    part: str = ""
    assignments: tuple[str, ...] = ()
    premise: bool = False
    claims: tuple[RoleClaim, ...] = ()
    sharing: bool = False
    leaning: bool = False
    told: tuple[str, ...] = ()
    excluded: bool = False
    alone: bool = False
    only: bool = False
    lacking: str | None = None
    refusal: str | None = None
    place: str | None = None
    own: bool = False
    chores: bool = False
    together: bool = False
    versus: bool = False
    besides: str = ""
    joint: tuple[RoleClaim, ...] = ()
    fact: str | None = None
    beside: str | None = None
    wide: str = ""
    loose: bool = False
    reporting: bool = False
    several: bool = False
    so_many: int = 0
    census: Census | None = None
    census_number: int = 1
    edge: Edge | None = None
    tempo: Tempo | None = None
    goal: Span | None = None
    half: bool = False
    others: bool = False
    dated: bool = False
    complete: bool = False
    everything: bool = False
    page: int = 0
    said: str = ""

    @property
    def topic(self) -> str:
        """The first topic, empty when there is none."""
        return self.topics[0] if self.topics else ""

    @property
    def names(self) -> tuple[str, ...]:
        """The printed names of all units asked about, each once, in the order asked."""
        return tuple(dict.fromkeys(name for asked in self.units for name in asked.units))

    @property
    def strangers(self) -> tuple[str, ...]:
        """The words that look like a unit and are none that the documents know."""
        return tuple(asked.words for asked in self.units if not asked.units)
