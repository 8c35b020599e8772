"""负面清单: matters that an office may speak of in cleared conversations only; for all others they are not in its register.

What is touched is decided over the register as it is, so that a document that is filed later is covered from its first day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.filed_names import editions_named
from knowledge.identity import Remembered
from knowledge.model import Assignment, Document, Draft, Passage
from knowledge.normal import bare
from knowledge.patterns import regex
from knowledge.question.itemnumbers import number_of
from knowledge.register import Register

SHORTEST = 2
"""Characters that a word must have at least: one alone stands in everything."""
_ITEM = regex(r"\s*《?(?P<title>[^》]+?)》?\s*第\s*(?P<number>[\d.-]+|[一二三四五六七八九十百零]+)\s*[项条号]\s*")


_HAN_DIGITS = "零一二三四五六七八九十百"
_WIDE = str.maketrans("０１２３４５６７８９．－", "0123456789.-")


@dataclass(frozen=True, slots=True)
class Restriction:
    """不宜公开事项: assignments that name one of `words`, those of `documents` (titles, file names, numbers), and single ones
    (《…》第3项, or an id); `reason` is why."""

    reason: str
    words: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    assignments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Closed:
    """What is closed of a register: assignments and documents (ids) with the restriction that closes each, and the register as
    everybody else sees it."""

    assignments: Mapping[str, Restriction] = field(default_factory=dict)
    documents: Mapping[str, Restriction] = field(default_factory=dict)
    seen: Register = field(default_factory=Register)

    def partly(self, register: Register) -> frozenset[str]:
        """The documents (ids) of which something is closed: nobody who cannot see all of one may correct it."""
        rows = (register.assignment(id) for id in self.assignments)
        return frozenset((*self.documents, *(one.document for one in rows if one is not None)))


@dataclass(frozen=True)
class Restrictions:
    """负面清单 of an office, and the conversations that are cleared for what stands in it."""

    matters: tuple[Restriction, ...] = ()
    cleared: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.matters)

    def open_to(self, conversation: str) -> bool:
        """Whether everything may be spoken of in a conversation."""
        return not self.matters or conversation in self.cleared

    @cached_property
    def _words(self) -> tuple[tuple[str, Restriction], ...]:
        return tuple((bare(word), one) for one in self.matters for word in one.words)

    def says(self, *texts: str) -> Restriction | None:
        """The first matter one of whose words stands in one of these texts, however it is spaced and marked."""
        told = [bare(text) for text in texts] if self._words else []
        return next((one for word, one in self._words if any(word in text for text in told)), None)

    @cached_property
    def _views(self) -> Remembered[Closed]:
        return Remembered(4)

    @cached_property
    def _ids(self) -> Remembered[tuple[Mapping[str, Restriction], Mapping[str, Restriction]]]:
        return Remembered(8)

    def closed(self, register: Register) -> Closed:
        """What is closed of a register; remembered."""
        return self._views.of((register,), lambda: self._closed(register))

    def ids(self, register: Register) -> Mapping[str, Restriction]:
        """The closed assignments of a register, and perhaps others that it had before it was narrowed."""
        return self._decided(register)[0] if self.matters else {}

    def narrowed(self, register: Register, conversation: str) -> Register:
        """The register as a conversation may know it."""
        return register if self.open_to(conversation) else self.closed(register).seen

    def touched(self, draft: Draft) -> Mapping[str, Restriction]:
        """The assignments (ids) of a draft that are closed once it is filed."""
        register = Register(0, (draft.document,), draft.assignments)
        return dict(self._rows(register))

    def _closed(self, register: Register) -> Closed:
        rows, whole = self._decided(register)
        return Closed(rows, whole, self._seen(register, whole, rows))

    def _decided(self, register: Register) -> tuple[Mapping[str, Restriction], Mapping[str, Restriction]]:
        """The closed assignments and documents. Whatever dates are moved, the documents stay the same objects."""
        return self._ids.of((register.documents,), lambda: (dict(self._rows(register)), self._whole(register)))

    def _whole(self, register: Register) -> dict[str, Restriction]:
        whole = {
            document.id: one
            for one in self.matters
            for name in one.documents
            for document in editions_named(name, register)
        }
        return whole | {d.id: one for d in register.documents if (one := self.says(d.title)) is not None}

    def _rows(self, register: Register) -> Iterator[tuple[str, Restriction]]:
        whole = self._whole(register)
        for row in register.assignments:
            found = whole.get(row.document) or self._of_row(row, register)
            if found is not None:
                yield row.id, found

    def _of_row(self, row: Assignment, register: Register) -> Restriction | None:
        """The matter that closes one assignment: by its words, or because it is named."""
        units, times = (duty.unit for duty in row.duties), (deadline.text for deadline in row.deadlines)
        said = self.says(row.text, row.original, *row.section, *units, *times)
        return said or next((one for one in self.matters if self._names(one, row, register)), None)

    def _names(self, one: Restriction, row: Assignment, register: Register) -> bool:
        if row.id in one.assignments:
            return True
        items = (found for name in one.assignments if (found := _item(name)) is not None)
        titles = (title for title, number in items if number == row.number)
        return any(row.document == document.id for title in titles for document in editions_named(title, register))

    def idle(self, register: Register) -> tuple[str, ...]:
        """The documents and single assignments on the list that nothing in the register is: a slip in a name protects nothing."""
        documents = (name for one in self.matters for name in one.documents if not editions_named(name, register))
        rows = (name for one in self.matters for name in one.assignments if not _is_there(name, register))
        return (*documents, *rows)

    def _seen(self, register: Register, whole: Mapping[str, Restriction], rows: Mapping[str, Restriction]) -> Register:
        """The register without what is closed, quotable sentences too. It is a view: nobody can file it."""
        if not (whole or rows or any(self._quoted(one) for one in register.documents)):
            return register
        hidden = {bare(row.original) for row in register.assignments if row.id in rows} - {""}
        documents = tuple(_without(one, self, hidden) for one in register.documents if one.id not in whole)
        kept = tuple(row for row in register.assignments if row.id not in rows)
        return replace(register, documents=documents, assignments=kept, partial=True)

    def _quoted(self, document: Document) -> bool:
        return any(self.says(one.text) for one in (*document.passages, *document.unread))


def _item(name: str) -> tuple[str, str] | None:
    """The title and the number of 《…》第3项, in whatever digits; None for an id."""
    found = _ITEM.fullmatch(name.translate(_WIDE))
    return (
        (found["title"], number_of(found["number"]) if found["number"][0] in _HAN_DIGITS else found["number"])
        if found
        else None
    )


def _is_there(name: str, register: Register) -> bool:
    one = Restrictions((Restriction("", assignments=(name,)),))
    return bool(one.ids(register))


def _without(document: Document, restrictions: Restrictions, hidden: set[str]) -> Document:
    """The document without the sentences that tell of what is closed."""

    def open_(one: Passage) -> bool:
        told = bare(one.text)
        return restrictions.says(one.text) is None and not any(told in row or row in told for row in hidden if told)

    passages = tuple(filter(open_, document.passages))
    unread = tuple(filter(open_, document.unread))
    doubts = tuple(one for one in document.doubts if restrictions.says(f"{one.words} {one.message}") is None)
    return replace(document, passages=passages, unread=unread, doubts=doubts)
