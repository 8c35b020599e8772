"""总册: what one office knows. A frozen value; filing gives a new one and says what became different."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from knowledge.lexicon import Lexicon
from knowledge.model import Assignment, Document, Draft


class RegisterError(Exception):
    """A draft or a binding does not fit the register. `str(error)` is one Chinese sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What filing a draft makes different, by assignment ids.

    `unchanged`: the very same file is already filed. `new`: the document was not there before. `reference`: the
    document has no assignments and is kept to be quoted.
    """

    document: str
    title: str
    unchanged: bool = False
    new: bool = False
    reference: bool = False
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    def words(self) -> str:
        """The difference as one Chinese sentence."""
        if self.unchanged:
            return f"《{self.title}》此前已经入册，内容没有变化。"
        if self.new and self.reference:
            return f"《{self.title}》没有任务，作为参考文件入册，可供引用。"
        if self.new:
            return f"《{self.title}》入册，任务{len(self.added)}项。"
        counts = {"新增": self.added, "修改": self.changed, "撤销": self.withdrawn, "不变": self.same}
        told = "、".join(f"{word}{len(ids)}项" for word, ids in counts.items() if ids)
        return f"《{self.title}》更新，{told or '任务没有变化'}。"


@dataclass(frozen=True)
class Register:
    """总册: the documents, assignments and bindings of one office.

    `revision` grows by one with every change. `bindings` leads from a conversation's key to the ids of the
    documents it may ask about. Hashing takes the revision only (equality takes everything), so that a register is
    a cheap key of a memo. `partial` marks a scoped view, which can be asked and never filed. `lexicon` holds the office's own
    words while it is asked (None: the shipped ones); it is never stored with the register.
    """

    revision: int = 0
    documents: tuple[Document, ...] = field(default=(), hash=False)
    assignments: tuple[Assignment, ...] = field(default=(), hash=False)
    bindings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    partial: bool = field(default=False, hash=False)
    lexicon: Lexicon | None = field(default=None, hash=False, compare=False, repr=False)

    @cached_property
    def _documents(self) -> Mapping[str, Document]:
        return {document.id: document for document in self.documents}

    @cached_property
    def _assignments(self) -> Mapping[str, Assignment]:
        return {assignment.id: assignment for assignment in self.assignments}

    @cached_property
    def _of_document(self) -> Mapping[str, tuple[Assignment, ...]]:
        found: dict[str, list[Assignment]] = {document.id: [] for document in self.documents}
        for assignment in self.assignments:
            found.setdefault(assignment.document, []).append(assignment)
        return {document: tuple(assignments) for document, assignments in found.items()}

    @cached_property
    def _scopes(self) -> dict[frozenset[str], Register]:
        return {}

    def document(self, id: str) -> Document | None:
        """The document with this id, None when it is not filed."""
        return self._documents.get(id)

    def assignment(self, id: str) -> Assignment | None:
        """The assignment with this id, None when it is not filed (any more)."""
        return self._assignments.get(id)

    def of_document(self, id: str) -> tuple[Assignment, ...]:
        """The assignments of a document in its own order; empty for a reference document or an unknown id."""
        return self._of_document.get(id, ())

    def of_source(self, source: str) -> tuple[Document, ...]:
        """The documents that were imported from a file of this name."""
        return tuple(document for document in self.documents if document.source == source)

    def of_digest(self, digest: str) -> Document | None:
        """The document that was imported from exactly these bytes (SHA-256)."""
        return next((document for document in self.documents if document.digest == digest), None)

    @cached_property
    def references(self) -> tuple[Document, ...]:
        """参考文件: the documents without a single assignment."""
        return tuple(document for document in self.documents if not self._of_document[document.id])

    def binding(self, conversation: str) -> tuple[str, ...] | None:
        """The document ids a conversation is bound to; None when it may ask about everything."""
        return self.bindings.get(conversation)

    def scoped(self, ids: Collection[str] | None) -> Register:
        """The register as somebody sees it who may only know these documents; None is everything.

        Asked twice for the same ids, it gives the same object, so that what was computed over it can be kept.
        """
        if ids is None or set(ids) >= set(self._documents):
            return self
        keep = frozenset(ids) & frozenset(self._documents)
        if keep not in self._scopes:
            self._scopes[keep] = replace(
                self,
                documents=tuple(document for document in self.documents if document.id in keep),
                assignments=tuple(assignment for assignment in self.assignments if assignment.document in keep),
                partial=True,
            )
        return self._scopes[keep]

    def bound(self, conversation: str, ids: Iterable[str] | None) -> Register:
        """The register with a conversation bound to these documents; None unbinds it.

        Raises RegisterError when a document is not filed.
        """
        self._refuse_partial()
        others = {key: value for key, value in self.bindings.items() if key != conversation}
        if ids is None:
            return replace(self, revision=self.revision + 1, bindings=others)
        bound = tuple(dict.fromkeys(ids))
        for id in bound:
            if id not in self._documents:
                raise RegisterError(f"总册中没有编号为“{id}”的文件，请先导入它再绑定。")
        return replace(self, revision=self.revision + 1, bindings={**others, conversation: bound})

    def filed(self, draft: Draft) -> tuple[Register, Difference]:
        """The register with a draft filed, and what that makes different.

        The same bytes change nothing. A newer edition (same document id) takes the old one's place in the
        order: its assignments replace the old ones, nothing is doubled.
        """
        self._refuse_partial()
        known = self.of_digest(draft.document.digest)
        if known is not None:
            return self, Difference(known.id, known.title, unchanged=True, reference=not self.of_document(known.id))
        self._refuse_doubled(draft)
        return self._with(draft), self.difference(draft)

    def amended(self, draft: Draft) -> tuple[Register, Difference]:
        """The register with a draft filed that a person has reviewed, also in the place of the very same file.

        Raises RegisterError as `filed` does.
        """
        self._refuse_partial()
        self._refuse_doubled(draft)
        return self._with(draft), self.difference(draft)

    def _refuse_partial(self) -> None:
        if self.partial:
            raise ValueError("a scoped register is a view: file into the whole register")

    def _refuse_doubled(self, draft: Draft) -> None:
        seen: set[str] = set()
        for assignment in draft.assignments:
            other = self.assignment(assignment.id)
            elsewhere = other is not None and other.document != draft.document.id
            if assignment.id in seen or elsewhere or assignment.document != draft.document.id:
                raise RegisterError(
                    f"《{draft.document.title}》中任务编号“{assignment.id}”（{assignment.place.words()}）"
                    "与别的任务重复，没有入册；请检查原文序号后重新导入。"
                )
            seen.add(assignment.id)

    def _with(self, draft: Draft) -> Register:
        id = draft.document.id
        if id not in self._documents:
            documents = (*self.documents, draft.document)
        else:
            documents = tuple(draft.document if document.id == id else document for document in self.documents)
        by_document = {**self._of_document, id: draft.assignments}
        return Register(
            revision=self.revision + 1,
            documents=documents,
            assignments=tuple(assignment for document in documents for assignment in by_document[document.id]),
            bindings=self.bindings,
        )

    def difference(self, draft: Draft) -> Difference:
        """What filing `draft` would make different from what is filed of the same document."""
        before = {assignment.id: assignment for assignment in self.of_document(draft.document.id)}
        after = {assignment.id: assignment for assignment in draft.assignments}
        both = [id for id in after if id in before]
        return Difference(
            draft.document.id,
            draft.document.title,
            new=draft.document.id not in self._documents,
            reference=not draft.assignments,
            added=tuple(id for id in after if id not in before),
            changed=tuple(id for id in both if _substance(before[id]) != _substance(after[id])),
            withdrawn=tuple(id for id in before if id not in after),
            same=tuple(id for id in both if _substance(before[id]) == _substance(after[id])),
        )


def _substance(assignment: Assignment) -> tuple[object, ...]:
    """What makes an assignment another one: not where it stands nor what is doubted about it."""
    return assignment.text, assignment.duties, assignment.deadlines, assignment.section
