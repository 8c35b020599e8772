"""What of a register can be found: its assignments, and the sentences of its documents that can be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon, office_lexicon
from knowledge.model import Assignment, Document, Passage
from knowledge.search.index import Hit, Index, Row

__all__ = ["Hit", "Index", "RegisterIndex", "Row", "index_of", "passage_key", "passage_of"]

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

    @cached_property
    def assignments(self) -> Index:
        """Assignments by their id: text, section, units and the document's title."""
        titles = {document.id: document.title for document in self.documents}
        return Index((_assignment_row(one, titles.get(one.document, "")) for one in self.filed), self.lexicon)

    @cached_property
    def passages(self) -> Index:
        """The sentences that can be quoted."""
        return Index((row for document in self.documents for row in _passage_rows(document)), self.lexicon)


_indexes: Remembered[RegisterIndex] = Remembered(_KEPT)


def index_of(register: Searchable, lexicon: Lexicon | None = None) -> RegisterIndex:
    """The indexes of `register`, made once for the same documents, assignments and lexicon."""
    words = lexicon or office_lexicon(register)
    documents, filed = tuple(register.documents), tuple(register.assignments)
    return _indexes.of((words, *documents, *filed), lambda: RegisterIndex(documents, filed, words))


def _assignment_row(assignment: Assignment, title: str) -> Row:
    units = " ".join(duty.unit for duty in assignment.duties)
    section = " ".join(assignment.section)
    return Row(assignment.id, {"text": assignment.text, "section": section, "units": units, "title": title})


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
