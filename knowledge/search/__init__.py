"""What of a register can be found: its assignments, and the sentences of its documents that can be quoted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.milestones import says_what
from knowledge.model import Assignment, DeadlineKind, Document, Passage
from knowledge.search.index import Hit, Index, Row
from knowledge.search.layers import Layers

if TYPE_CHECKING:
    from knowledge.search.shelf import Shelf

__all__ = ["Hit", "Index", "RegisterIndex", "Row", "index_of", "passage_key", "passage_of"]

# How the anchor of a period begins that is counted from an event.
EVENT_ANCHOR = "event:"
# Fewer rows are indexed as fast as an index is opened.
WORTH_KEEPING = 200
# An index that differs from the one before in no more than this share of its rows is changed and not made anew.
_FEW = 0.1
# Two characters that no mere date holds.
# Registers whose indexes are kept; one office has one, and the last is still asked while the next is being made.
_KEPT = 16


class Searchable(Protocol):
    """The part of a register that is searched."""

    @property
    def documents(self) -> Iterable[Document]: ...

    @property
    def assignments(self) -> Iterable[Assignment]: ...


@dataclass(frozen=True)
class RegisterIndex:
    """Both indexes of a register, made when first asked. A passage's key is `passage_key(document, number)`."""

    documents: tuple[Document, ...]
    filed: tuple[Assignment, ...]
    lexicon: Lexicon
    shelf: Shelf | None = None

    @cached_property
    def assignments(self) -> Index:
        """Assignments by their id: text, section, units and the document's title."""
        return self._index(list(self._assignment_rows().values()))

    @cached_property
    def passages(self) -> Index:
        """The sentences that can be quoted."""
        return self._index([row for document in self.documents for row in _passage_rows(document)])

    def make(self) -> None:
        """Make both now."""
        for index in (self.assignments, self.passages):
            len(index)

    def _index(self, rows: Sequence[Row]) -> Index:
        """An index of `rows`: one kept on the shelf where that is worth while, packed where there are very many."""
        if len(rows) < WORTH_KEEPING:
            return Index(rows, self.lexicon)
        from knowledge.search.shelf import is_large, on_shelf, packed, postings

        if self.shelf is not None:
            return Index(lexicon=self.lexicon, layers=Layers(on_shelf(rows, self.shelf)))
        if is_large(len(rows)):
            return Index(lexicon=self.lexicon, layers=Layers(postings(packed(rows))))
        return Index(rows, self.lexicon)

    def _assignment_rows(self, but: Collection[int] = ()) -> dict[str, Row]:
        """The rows of the assignments whose identity is not in `but`."""
        titles = {document.id: document.title for document in self.documents}
        return {one.id: _assignment_row(one, titles.get(one.document, "")) for one in self.filed if id(one) not in but}

    def after(self, before: RegisterIndex) -> RegisterIndex:
        """The same, its indexes made by changing those of `before` where these are there and little differs."""
        known = {id(one) for one in before.filed}
        titles = {document.id: document.title for document in before.documents}
        retitled = any(titles.get(document.id, document.title) != document.title for document in self.documents)
        rows = {} if retitled else self._assignment_rows(but=known)
        may = "assignments" in vars(before) and not retitled and not before.assignments.outgrown
        if may and len(rows) <= _FEW * len(self.filed):
            kept = {one.id for one in self.filed}
            gone = [one.id for one in before.filed if one.id not in kept]
            vars(self)["assignments"] = before.assignments.with_rows(rows.values(), without=gone)
        if "passages" in vars(before) and not before.passages.outgrown:
            self._changed_passages(before)
        return self

    def _changed_passages(self, before: RegisterIndex) -> None:
        known = {id(document): document for document in before.documents}
        rows = [row for one in self.documents if id(one) not in known for row in _passage_rows(one)]
        if len(rows) <= _FEW * sum(len(one.passages) for one in self.documents):
            kept = {id(document) for document in self.documents}
            gone = [row.key for one in before.documents if id(one) not in kept for row in _passage_rows(one)]
            vars(self)["passages"] = before.passages.with_rows(rows, without=gone)


_indexes: Remembered[RegisterIndex] = Remembered(_KEPT)


def index_of(register: Searchable, lexicon: Lexicon | None = None) -> RegisterIndex:
    """The indexes of `register`, made once for the same tuples of documents and assignments and the same lexicon.

    Where the register asked before differs in a few rows only, its indexes are changed and not made anew.
    """
    words = lexicon or office_lexicon(register)
    documents, filed = tuple(register.documents), tuple(register.assignments)

    def made() -> RegisterIndex:
        fresh, before = RegisterIndex(documents, filed, words, getattr(register, "shelf", None)), _indexes.latest
        return fresh.after(before) if before is not None and before.lexicon is words else fresh

    return _indexes.of((words, documents, filed), made)


def _assignment_row(assignment: Assignment, title: str) -> Row:
    units = " ".join(duty.unit for duty in assignment.duties)
    section = " ".join((*assignment.section, assignment.place.sheet or "", *_said_in_slots(assignment)))
    return Row(assignment.id, {"text": assignment.text, "section": section, "units": units, "title": title})


def _said_in_slots(assignment: Assignment) -> Iterator[str]:
    """The slots of a deadline that say more than when: 首批5月底前上线，其余10月底前上线; 竣工验收后60日内."""
    for deadline in assignment.deadlines:
        of_event = deadline.kind is DeadlineKind.EVENT or (deadline.anchor or "").startswith(EVENT_ANCHOR)
        if not deadline.inner and (of_event or says_what(deadline.text)):
            yield deadline.text


def _passage_rows(document: Document) -> Iterator[Row]:
    for number, passage in enumerate(document.passages):
        fields = {"text": passage.text, "section": " ".join(passage.section), "title": document.title}
        yield Row(passage_key(document.id, number), fields)


def passage_key(document: str, number: int) -> str:
    """The key under which the passage stands in the index."""
    return f"{document}#{number}"


def passage_of(register: Searchable, key: str) -> tuple[Document, Passage] | None:
    """The document and the passage a key of the passages' index stands for; None for a key that is not there."""
    name, _, number = key.rpartition("#")
    for document in register.documents:
        if document.id == name and number.isdigit() and int(number) < len(document.passages):
            return document, document.passages[int(number)]
    return None
