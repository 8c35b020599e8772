"""总册: what one office knows. A frozen value; filing gives a new one and says what became different."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from knowledge.demands import Demands
from knowledge.identity import Remembered
from knowledge.lexicon import Lexicon
from knowledge.model import Assignment, Document, Draft, present

if TYPE_CHECKING:
    from knowledge.search.shelf import Shelf
    from knowledge.succession import Placed, Succession


class RegisterError(Exception):
    """A draft or a binding does not fit the register. `str(error)` is one Chinese sentence with the next step."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What filing a draft makes different, by assignment ids.

    `unchanged`: the very same file is already filed. `new`: the document was not there before. `reference`: the
    document has no assignments and is kept to be quoted. `moved`: nothing but its number changed. `unsure`: a new one
    and the old one that it may continue. `superseded`: titles of documents that it took the place of. `namesake`: another
    document of the same title stays in force beside it. `standing`: titles of those that it might replace and does not. `behind`: title of the newer edition that it is filed behind, or
    that the unchanged file was replaced by.
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
    moved: tuple[str, ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    superseded: tuple[str, ...] = ()
    namesake: bool = False
    standing: tuple[str, ...] = ()
    behind: str = ""

    def words(self) -> str:
        """The difference in Chinese, one line."""
        return self._what() + "".join(self._beside())

    def _what(self) -> str:
        if self.unchanged:
            later = f"它已被《{self.behind}》替代。" if self.behind else ""
            return f"《{self.title}》此前已经入册，内容没有变化。{later}"
        if self.behind:
            return f"《{self.title}》是较早的版本，作为旧版入册备查；现行的仍是已入册的《{self.behind}》。"
        if self.new and self.reference:
            return f"《{self.title}》没有任务，作为参考文件入册，可供引用。"
        if self.new and not (self.same or self.changed or self.moved):
            return f"《{self.title}》入册，任务{len(self.added)}项。"
        counts = {
            "新增": self.added,
            "修改": self.changed,
            "移动": self.moved,
            "撤销": self.withdrawn,
            "不变": self.same,
        }
        told = "、".join(f"{word}{len(ids)}项" for word, ids in counts.items() if ids)
        return f"《{self.title}》{'入册' if self.new else '更新'}，{told or '任务没有变化'}。"

    def _beside(self) -> Iterator[str]:
        """What else a person has to know."""
        if self.superseded:
            yield f"{'、'.join(f'《{title}》' for title in self.superseded)}由它替代，不再提醒。"
        if self.unsure:
            yield f"有{len(self.unsure)}项可能是原有任务的改写，拿不准，按新任务登记。"
        if self.standing:
            told = "、".join(f"《{title}》" for title in self.standing)
            yield f"{told}没有被替代，仍在提醒；如应由它替代，请用 qiantou supersede 指明。"
        if self.namesake:
            yield "册中另有一份同名文件，内容没有多少相同，按两份登记；如是新版，请用 qiantou supersede 指明。"


@dataclass(frozen=True)
class Register:
    """总册: the documents, assignments and bindings of one office.

    `revision` grows by one with every change. `bindings` leads from a conversation's key to the ids of the
    documents it may ask about. Hashing takes the revision only (equality takes everything), so that a register is
    a cheap key of a memo. `partial` marks a scoped view, which can be asked and never filed, `part` one in
    which some documents are seen in part only. `lexicon` holds the office's own
    words while it is asked (None: the shipped ones), `demands` what it wants of reports, `shelf` where its search indexes are
    kept; none of them is ever stored with the register.
    """

    revision: int = 0
    documents: tuple[Document, ...] = field(default=(), hash=False)
    assignments: tuple[Assignment, ...] = field(default=(), hash=False)
    bindings: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    partial: bool = field(default=False, hash=False)
    part: bool = field(default=False, hash=False)
    lexicon: Lexicon | None = field(default=None, hash=False, compare=False, repr=False)
    demands: Demands = field(default=Demands(), hash=False, compare=False, repr=False)
    shelf: Shelf | None = field(default=None, hash=False, compare=False, repr=False)

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
    def _of_unit(self) -> Mapping[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {}
        for place, assignment in enumerate(self.assignments):
            for unit in dict.fromkeys(duty.unit for duty in assignment.duties):
                found.setdefault(unit, []).append(place)
        return {unit: tuple(places) for unit, places in found.items()}

    def of_units(self, units: Iterable[str]) -> tuple[Assignment, ...]:
        """The assignments in which one of these units, by its printed name, has a duty; in order."""
        places = {place for unit in units for place in self._of_unit.get(unit, ())}
        return tuple(self.assignments[place] for place in sorted(places))

    @cached_property
    def remembered(self) -> Remembered[Any]:
        """Room for what follows from these very documents and assignments and is asked again and again; gone with them."""
        return Remembered(8)

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

    def within(self, ids: Collection[str] | None) -> Register:
        """The register with none but these assignments, and all documents that hold one; None is everything."""
        if ids is None:
            return self
        keep = frozenset(ids)
        if keep not in self._scopes:
            kept = tuple(one for one in self.assignments if one.id in keep)
            holding = {one.document for one in kept}
            documents = tuple(one for one in self.documents if one.id in holding)
            self._scopes[keep] = replace(self, documents=documents, assignments=kept, partial=True, part=True)
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

    @cached_property
    def in_force(self) -> Register:
        """The register without the documents that others took the place of; itself, where nothing was replaced."""
        return self.scoped([document.id for document in self.documents if document.superseded is None])

    def successor(self, id: str) -> Document | None:
        """The document in force that took the place of this one, directly or after others; None where none did."""
        seen: set[str] = set()
        document = self.document(id)
        while document is not None and document.superseded is not None and document.id not in seen:
            seen.add(document.id)
            document = self.document(document.superseded.by)
        return document if seen and document is not None and document.superseded is None else None

    def filed(
        self,
        draft: Draft,
        successions: Sequence[Succession] | None = None,
        on: date | None = None,
        finished: Collection[str] = (),
    ) -> tuple[Register, Difference]:
        """The register with a draft filed, and what that makes different.

        The same bytes change nothing. A newer edition takes the old one's place in the order: its assignments keep the
        ids of those that they surely continue, the old edition stays as superseded. `successions` are whose place it
        takes (None: those that it says so of itself), `on` the day of filing, `finished` the assignments (ids) that have
        nothing left to do.
        """
        from knowledge.succession import Placing, successions_of

        self._refuse_partial()
        known = self.of_digest(draft.document.digest)
        if known is not None:
            later = self.successor(known.id)
            reference = not self.of_document(known.id)
            behind = later.title if later else ""
            return self, Difference(known.id, known.title, unchanged=True, reference=reference, behind=behind)
        self._refuse_doubled(draft)
        found = successions_of(draft, self) if successions is None else successions
        placed = Placing(self, draft, found, on).placed(finished)
        rows = (row for document in placed.documents for row in placed.held[document.id])
        register = Register(self.revision + 1, placed.documents, tuple(rows), placed.bindings)
        return register, self._placed_difference(placed)

    def _placed_difference(self, placed: Placed) -> Difference:
        document = placed.draft.document
        if document.superseded is not None:
            return Difference(document.id, document.title, new=True, behind=document.superseded.title)
        after = {one.id: one for one in placed.draft.assignments}
        found = _compared(placed.before, after)
        namesake = any(one.title == document.title and one.id != document.id for one in self.in_force.documents)
        return replace(
            found,
            document=document.id,
            title=document.title,
            new=document.id not in self._documents,
            reference=not after,
            withdrawn=placed.withdrawn,
            unsure=placed.unsure,
            superseded=placed.superseded,
            standing=placed.standing,
            namesake=namesake and not placed.superseded and document.id not in self._documents,
        )

    def amended(self, draft: Draft) -> tuple[Register, Difference]:
        """The register with a draft filed that a person has reviewed, also in the place of the very same file.

        Raises RegisterError as `filed` does.
        """
        self._refuse_partial()
        self._refuse_doubled(draft)
        return self._with(draft), self._amended_difference(draft)

    def _refuse_partial(self) -> None:
        if self.partial:
            raise ValueError("a scoped register is a view: file into the whole register")

    def _refuse_doubled(self, draft: Draft) -> None:
        seen: set[str] = set()
        for assignment in draft.assignments:
            other = self.assignment(assignment.id)
            family = {draft.document.id, present(draft.document.id)}
            elsewhere = other is not None and not family & {other.document, present(other.document)}
            if assignment.id in seen or elsewhere or assignment.document != draft.document.id:
                raise RegisterError(
                    f"《{draft.document.title}》中任务编号“{assignment.id}”（{assignment.place.words()}）"
                    "与别的任务重复，没有入册；请检查原文序号后重新导入。"
                )
            seen.add(assignment.id)

    def _with(self, draft: Draft) -> Register:
        """The register with `draft` in the place of the document of the same id."""
        id = draft.document.id
        documents = [draft.document if document.id == id else document for document in self.documents]
        documents += [draft.document] * (id not in self._documents)
        by_document = {**self._of_document, id: draft.assignments}
        return Register(
            revision=self.revision + 1,
            documents=tuple(documents),
            assignments=tuple(assignment for document in documents for assignment in by_document[document.id]),
            bindings=self.bindings,
        )

    def difference(self, draft: Draft) -> Difference:
        """What filing `draft` would make different; of a document filed already, what amending it would."""
        known = self.of_digest(draft.document.digest)
        return self._amended_difference(draft) if known is not None else self.filed(draft)[1]

    def _amended_difference(self, draft: Draft) -> Difference:
        id = draft.document.id
        before = {assignment.id: assignment for assignment in self.of_document(id)}
        found = _compared(before, {assignment.id: assignment for assignment in draft.assignments})
        return replace(
            found,
            document=id,
            title=draft.document.title,
            new=id not in self._documents,
            reference=not draft.assignments,
        )


def _compared(before: Mapping[str, Assignment], after: Mapping[str, Assignment]) -> Difference:
    """What became different of two sets of assignments, by id."""
    both = [id for id in after if id in before]
    equal = [id for id in both if _substance(before[id]) == _substance(after[id])]
    stayed = {id for id in equal if before[id].number == after[id].number}
    return Difference(
        "",
        "",
        added=tuple(id for id in after if id not in before),
        changed=tuple(id for id in both if id not in equal),
        withdrawn=tuple(id for id in before if id not in after),
        same=tuple(id for id in equal if id in stayed),
        moved=tuple(id for id in equal if id not in stayed),
    )


def _substance(assignment: Assignment) -> tuple[object, ...]:
    """What makes an assignment another one: not where it stands nor what is doubted about it."""
    return assignment.text, assignment.duties, assignment.deadlines, assignment.section
