"""The values everything else is made of. Frozen, ordinary, comparable; no I/O and no clock.

Words follow GLOSSARY.md. Dates are `datetime.date`, moments are aware `datetime` in Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Role(StrEnum):
    """What a unit has to do with an assignment, normalised; the document's own word stays in `Duty.word`."""

    LEAD = "lead"
    RESPONSIBLE = "responsible"
    COOPERATING = "cooperating"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the source, for a person to find it again.

    `line` counts from 1 in text files; `page` in files that have pages (.pdf, .ofd, scans); `paragraph` counts from 1 in
    .docx and .html, on its page where there are pages; tables, rows and columns count from 1, a table over several pages
    is one. Only what the kind of file has is set.
    """

    line: int | None = None
    paragraph: int | None = None
    sheet: str | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    page: int | None = None

    def words(self) -> str:
        """The place in plain Chinese, e.g. `第35行`, `第2页表1第3行第4列`, `工作表“台账”第5行第2列`."""
        parts = [] if self.page is None else [f"第{self.page}页"]
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”")
        elif self.table is not None:
            parts.append(f"表{self.table}")
        if self.line is not None:
            parts.append(f"第{self.line}行")
        elif self.row is not None:
            parts.append(f"第{self.row}行")
        elif self.paragraph is not None:
            parts.append(f"第{self.paragraph}段")
        if self.column is not None:
            parts.append(f"第{self.column}列")
        return "".join(parts) or "文件"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row as the reader delivers it, merged ranges already expanded.

    `merged_from` is the place of the cell that really holds the text when this one only repeats it.
    """

    text: str
    place: Place
    merged_from: Place | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`cells` empty) or one table row (`text` empty), in reading order.

    `heading` is the outline level a .docx or .html gives (1–6), 0 where unknown. `table` numbers the tables of
    the file from 1, 0 for paragraphs; a row of text separated by tabs is a row too. `doubts` is what the reader is not
    sure of in this very paragraph or row (a character recognised badly, a row put together over a page break); whatever
    is made of the block carries them on.
    """

    text: str
    place: Place
    cells: tuple[Cell, ...] = ()
    table: int = 0
    heading: int = 0
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """A unit bound to an assignment in a role.

    `unit` is the name as the document prints it, short lists expanded (市财政局、地税局 → 市财政局, 市地税局) and white
    space removed. `word` is the document's own role word (牵头单位, 主责, 会同 …). `severally` is 按职责分工分别.
    """

    unit: str
    role: Role
    word: str = ""
    severally: bool = False
    collective: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """An uncertain decision: a person should look.

    `code` is a short stable English slug (e.g. `lead-inherited`), `message` one Chinese sentence, `words` the
    original words, `reading` what was taken, `alternatives` what else it could be.
    """

    code: str
    message: str
    place: Place | None = None
    words: str = ""
    reading: str = ""
    alternatives: tuple[str, ...] = ()


class DeadlineKind(StrEnum):
    """The forms a deadline can take; see design §6 in ARCHITECTURE.md and docs/期限.md."""

    BY = "by"
    RANGE = "range"
    RECURRING = "recurring"
    RELATIVE = "relative"
    EVENT = "event"
    MULTI = "multi"
    ONGOING = "ongoing"
    NONE = "none"


class Every(StrEnum):
    """The rhythm of a recurring deadline."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Cadence:
    """The rule of a recurring deadline; the dates themselves are computed by `scheduler.occurrences`.

    `every` is the rhythm. Where in the period it falls (all optional, none = the period's last day, a default):
    `month` 1-based inside the period (quarter 1–3, half-year 1–6, year 1–12); `day` of that month, -1 for its
    last, -2 for the one before; `weekday` 0 = Monday for weekly rhythms, and with `nth` the n-th such day of that month (-1 its last: 每月最后一个周五);
    `after_period`: `day` calendar days, or `workdays` working
    days, counted from the period's end. `workdays` below 0 count back: -1 is the period's last working day, and with `day` -1 the
    last one before its last day. `odd_even` keeps only odd or even months. `times` is "at least n times".
    """

    every: Every
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    workdays: int | None = None
    after_period: bool = False
    odd_even: str | None = None
    times: int | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: exactly one of the fields is set (a week is 7 days, half a year 6 months)."""

    days: int | None = None
    workdays: int | None = None
    hours: int | None = None
    months: int | None = None
    years: int | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """延期: a due date that a supervisor has moved from `was` to `to`, for one `unit` (printed name) or, empty, for all.

    `period` is what the moved date reports on ("2017-06"), where it belongs to a rhythm.
    """

    was: date
    to: date
    unit: str = ""
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """完成时限: the phrase as printed and the rule it was read as.

    - BY: `due`. RANGE: `start`, `due` (its end). RECURRING: `cadence`.
    - RELATIVE: `anchor` ("issue", "receipt" or "event:…") and `period`. No date is stored: working days are
      recomputed from the calendar.
    - EVENT: `event` and `rel` (before, after, on). MULTI: `parts` in text order. ONGOING, NONE: nothing more.

    `issued` is the day the phrase is counted from, `year` the year the document is about. `inner` marks a date
    inside the requirement text as opposed to the assignment's own slot (column, label, bracket). `inherited`
    marks a deadline taken from a merged or preceding cell. `flag` says why a person should look. `start_only` is a date at
    which something begins (开工, 动工): shown, never due.

    The rest is what the ledger tells, laid over by `knowledge.redating` and never filed: `since` is the day on which the
    event or the receipt was reported to have been, `extended` are the due dates of this deadline that were moved, and
    `extension` says that this is such a moved date. `unit` (printed name) is set where it is one unit's only.
    """

    text: str
    kind: DeadlineKind
    due: date | None = None
    start: date | None = None
    cadence: Cadence | None = None
    anchor: str | None = None
    period: Period | None = None
    event: str | None = None
    rel: str | None = None
    parts: tuple[Deadline, ...] = ()
    issued: date | None = None
    year: int | None = None
    inner: bool = False
    inherited: bool = False
    flag: str | None = None
    start_only: bool = False
    since: date | None = None
    unit: str = ""
    extended: tuple[Extension, ...] = ()
    extension: Extension | None = None

    def __hash__(self) -> int:
        """Of what nearly always tells two apart: memos ask for it at every tick, and hashing twenty fields costs more than their work."""
        return hash((self.text, self.due, self.issued, self.unit))


@dataclass(frozen=True, slots=True)
class Particular:
    """旁栏: what else the row of an assignment says, under which head: 总投资（万元） 3200, 提案人 某某, 备注 重点督办."""

    head: str
    words: str


@dataclass(frozen=True, slots=True)
class Assignment:
    """任务: one thing that units have to do. `number` is its true position in the document as a string ("13", "1.1"), None for a duty of the covering
    letter; `printed_number` what the document prints (may be empty, doubled or wrong). `text` is the requirement without number
    and unit lines, simplified; `original` the document's own words, as printed. `particulars` are the further columns of its row.
    """

    id: str
    document: str
    number: str | None
    printed_number: str | None
    section: tuple[str, ...]
    text: str
    original: str
    place: Place
    duties: tuple[Duty, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    particulars: tuple[Particular, ...] = ()

    def units(self, role: Role) -> tuple[str, ...]:
        """The printed names that hold `role`, in the document's order."""
        return tuple(duty.unit for duty in self.duties if duty.role is role)


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a document that can be quoted, with its place and the section it stands in."""

    text: str
    place: Place
    section: tuple[str, ...] = ()


OLD = "~"
"""What stands between an id and the number of the old edition that it belongs to."""


def present(id: str) -> str:
    """The id under which goes on, if it does, what an old edition calls `id`."""
    return id.partition(OLD)[0]


@dataclass(frozen=True, slots=True)
class Supersession:
    """替代: what took the place of a document. `by` is the id of that document, `title` its title, `on` the day it was
    issued, else filed. `words` is why: the document's own sentence, or who said so.

    `revised`: both are editions of one document; else it is another document (next year's plan).
    """

    by: str
    title: str
    on: date | None = None
    words: str = ""
    revised: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """文件: what was imported. `id` is stable over re-imports of the same title; `digest` is the SHA-256 of the bytes.

    `issued` is the date under the signature (never the web page's date, which is `page_date`); `year` the year the document is about; `locality` the
    city or county (格尔木市); `based_on` the document numbers it cites as its basis. `superseded` is set once
    another one has taken its place: it reminds no more and answers only when it is meant.
    """

    id: str
    title: str
    source: str
    digest: str
    issuer: str | None = None
    issued: date | None = None
    page_date: date | None = None
    year: int | None = None
    number: str | None = None
    locality: str | None = None
    based_on: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    unread: tuple[Passage, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    superseded: Supersession | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """待核稿: what a reading proposes, before a person confirms it. Nothing is filed yet.

    `blocks` and `kind` are what it was read from, for an examination to look at; they are never filed, and two drafts
    that propose the same are equal without them.
    """

    document: Document
    assignments: tuple[Assignment, ...] = ()
    blocks: tuple[Block, ...] = field(default=(), compare=False, repr=False)
    kind: str = field(default="", compare=False, repr=False)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """The document's own doubts, then each assignment's, in document order."""
        return self.document.doubts + tuple(doubt for a in self.assignments for doubt in a.doubts)


@dataclass(frozen=True, slots=True)
class Span:
    """A window of days, both ends included. `start` None is open to the past (逾期). `words` names it in Chinese."""

    start: date | None
    end: date | None
    words: str = ""

    def holds(self, day: date) -> bool:
        """Whether `day` lies in the window."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class ReadingError(Exception):
    """A file cannot be read. `str(error)` is one Chinese sentence naming the file and the next step."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier line of a conversation; `by_bot` tells who said it."""

    text: str
    by_bot: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """依据: what an answer stands on."""

    document: str
    assignment: str | None = None
    place: Place | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence somebody said to the office.

    `conversation` is the key of the chat it was said in; `group` whether others listen; `mentioned` whether the
    bot was addressed (the mention itself already removed); `scope` the ids of the documents the conversation is bound
    to, None when not bound. `sender` is the name of who speaks, `person` the key of the account (empty at the office's own
    machine), `role` staff, liaison, supervisor or administrator, stranger for who is not enrolled (`knowledge.people`).
    `quoted` is the platform's id of the message that this one answers by quoting it, empty when none.
    """

    text: str
    conversation: str = "terminal"
    sender: str = ""
    role: str = "staff"
    unit: str | None = None
    group: bool = False
    mentioned: bool = True
    scope: tuple[str, ...] | None = None
    turns: tuple[Turn, ...] = field(default=())
    quoted: str = ""
    person: str = ""
