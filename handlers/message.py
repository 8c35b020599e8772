"""What a handler hands back: what to say, what to write into the ledger, and the answer behind the words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from knowledge.ledger import Entry
from knowledge.model import Draft, Evidence, Message, Span
from knowledge.question.query import Intent

if TYPE_CHECKING:
    from knowledge.review.lesson import Lesson

__all__ = [
    "FILE",
    "IMAGE",
    "Answer",
    "Commission",
    "Export",
    "File",
    "Message",
    "Outcome",
    "Reply",
    "in_full",
    "silent",
]

FILE, IMAGE = "file", "image"


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to send. `conversation` is where to; empty is where the question came from."""

    text: str
    conversation: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """答复 behind the words: what a program can check.

    `assignments` are ids, best first, only those given as the answer; `documents` ids of the documents it stands on;
    `units` printed names named as the answer; `dates` the due dates named as the answer, as ISO words; `count` how
    many there are. `span` is the window it took. `near` are the ids that were only suggested, as they were numbered, and
    `topic` what no answer was found for, in the asker's words.
    """

    intent: Intent
    answered: bool = False
    assignments: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    count: int | None = None
    evidence: tuple[Evidence, ...] = ()
    span: Span | None = None
    near: tuple[str, ...] = ()
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Export:
    """导出: a list as a table to be kept in a file: its `name`, the words above its columns, and its rows."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class File:
    """A file to hand out; `kind` is FILE or IMAGE, `name` what it is called there."""

    name: str
    content: bytes
    kind: str = FILE


@dataclass(frozen=True, slots=True)
class Commission:
    """要件: a paper that somebody asked for; `bot.handing` makes it.

    `paper` says which (summary, ledger, circular, handover, receipts), `form` as what kind of file (docx, xlsx, png, csv, ics),
    `name` what it is called without its ending, `value` what stands in it.
    """

    paper: str
    form: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a message leads to: `replies` to send (none: the bot says nothing), `entries` to write before, `answer`.

    `amended` is a filed document as a person has corrected it, to be filed together with the entries; `lessons` are
    what the office's lexicon learns from it. `bound` is a conversation with the documents (ids; None: all) that it is bound to
    from now on, to be filed together with the entries. `export` is a table that was asked for, `papers` are papers; `files` is what the
    shell has made of both, to be handed to whoever asked.
    """

    replies: tuple[Reply, ...] = ()
    entries: tuple[Entry, ...] = ()
    answer: Answer | None = None
    amended: Draft | None = None
    lessons: tuple[Lesson, ...] = ()
    export: Export | None = None
    bound: tuple[str, tuple[str, ...] | None] | None = None
    papers: tuple[Commission, ...] = ()
    files: tuple[File, ...] = ()

    @property
    def text(self) -> str:
        """All replies as a person reads them."""
        return "\n".join(reply.text for reply in self.replies)


def silent(intent: Intent) -> Outcome:
    """The bot says nothing."""
    return Outcome(answer=Answer(intent))


def said(text: str, answer: Answer) -> Outcome:
    """One reply and its answer, nothing written."""
    return Outcome((Reply(text),), answer=answer)


def in_full(outcome: Outcome, read: str, written: str) -> Outcome:
    """The outcome with its entries in the words that somebody wrote, where only `read` was read of them: the ledger is a proof."""
    if read == written or not outcome.entries:
        return outcome
    entries = tuple(replace(one, words=written) if one.words == read else one for one in outcome.entries)
    return replace(outcome, entries=entries)
