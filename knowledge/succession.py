"""接替: a new document takes the place of a filed one. What is surely the same assignment keeps its id, and with it all
that the ledger holds about it: progress, receipts, reminders that were sent. What was dropped stays with the old edition.

Nothing is erased: the old edition stays in the register under an id of its own, superseded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from knowledge.editions import Predecessor, Relation, predecessors
from knowledge.lexicon import Lexicon
from knowledge.model import OLD, Assignment, Document, Draft, Supersession

if TYPE_CHECKING:
    from knowledge.comparison import Comparison, Pair
    from knowledge.register import Register

# An unsure title is believed when so much of the shorter document stands in the other; a sure one is not below LEAST.
MOST, LEAST = 0.5, 0.1
# Less of the old document than this in the new one: it may only amend it, and a person has to say so.
COVERED = 0.4
_KEEPING = frozenset({Relation.EDITION, Relation.REPLACEMENT})


@dataclass(frozen=True)
class Succession:
    """接替: a filed document (`old`), what it is to the draft, and whether that is `sure`; `words` is why.

    `confirmed` are pairs that a person called the same thing although they are hardly alike, by (old id, draft's id).
    `settled` are the draft's assignments (ids) that keep the ids they have.
    """

    old: Document
    relation: Relation
    sure: bool
    words: str
    comparison: Comparison
    confirmed: tuple[tuple[str, str], ...] = ()
    settled: tuple[str, ...] = ()

    @cached_property
    def possible(self) -> tuple[Pair, ...]:
        """The pairs that are only possibly the same thing and that nobody has confirmed."""
        return tuple(
            pair for pair in self.comparison.pairs if pair.both and not pair.sure and not self._is_confirmed(pair)
        )

    @property
    def keeps(self) -> bool:
        """Whether assignments keep their ids: it is a matter of one and the same year."""
        return self.relation in _KEEPING

    def heirs(self, finished: Collection[str] = ()) -> dict[str, str]:
        """The draft's assignment (id) → the old one whose place it takes. Of one that was split its greatest part; of
        several that were joined the one that holds most, of those that are not `finished` (ids) if any is open."""
        agreed = (pair for pair in self.comparison.pairs if pair.both and (pair.sure or self._is_confirmed(pair)))
        heirs = ((_main(pair.new, pair), _going_on(pair, finished)) for pair in agreed)
        return {new.id: old.id for new, old in heirs if new.id not in self.settled}

    def _is_confirmed(self, pair: Pair) -> bool:
        return (pair.old[0].id, pair.new[0].id) in self.confirmed


def _main(side: tuple[Assignment, ...], pair: Pair) -> Assignment:
    """The one of a side that holds most of it."""
    return side[pair.foremost] if len(side) > 1 else side[0]


def _going_on(pair: Pair, finished: Collection[str]) -> Assignment:
    """The old one whose place is taken: the one that holds most, but none that is finished where another is open."""
    main = _main(pair.old, pair)
    still_open = [one for one in pair.old if one.id not in finished]
    return main if main in still_open or not still_open else still_open[0]


def successions_of(draft: Draft, register: Register, lexicon: Lexicon | None = None) -> tuple[Succession, ...]:
    """Whose place the draft's document may take; only those that are `sure` are taken without asking anybody."""
    found = predecessors(draft, register.documents)
    return tuple(_weighed(one, draft, register, lexicon) for one in found)


def _weighed(one: Predecessor, draft: Draft, register: Register, lexicon: Lexicon | None) -> Succession:
    """The predecessor with the comparison; for an equal title alone it decides how much both have in common."""
    from knowledge.comparison import compared

    old = Draft(one.document, register.of_document(one.document.id))
    comparison = compared(draft, old, lexicon) if one.relation is Relation.EARLIER else compared(old, draft, lexicon)
    return Succession(one.document, one.relation, _is_sure(one, old, draft, comparison), one.words, comparison)


def _is_sure(one: Predecessor, old: Draft, new: Draft, comparison: Comparison) -> bool:
    """Whether the predecessor is surely replaced: what both have in common speaks for it, or against it.

    A document that only amends another one, or that holds nothing of it, would silence what goes on beside it.
    """
    if one.ended or one.relation not in _KEEPING or not old.assignments:
        return one.sure
    if not new.assignments:
        return False
    common = [pair for pair in comparison.pairs if pair.both and pair.sure]
    covered = sum(len(pair.old) for pair in common) / len(old.assignments)
    share = len(common) / min(len(old.assignments), len(new.assignments))
    if one.relation is Relation.EDITION and share >= MOST and covered >= COVERED:
        return True
    same_number = bool(new.document.number and new.document.number == old.document.number)
    return one.sure and (same_number or (covered >= COVERED and share >= LEAST))


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft in its place: the documents and assignments of the whole register, `draft` with its final ids.

    `before` are the assignments that it took over, by their ids, as they were; `superseded` the titles of the documents
    that answer only when they are meant from now on, `standing` of those that might have been among them; `unsure` draft's ids with the old ids they may continue.
    """

    documents: tuple[Document, ...]
    held: Mapping[str, tuple[Assignment, ...]]
    bindings: Mapping[str, tuple[str, ...]]
    draft: Draft
    before: Mapping[str, Assignment] = field(default_factory=dict)
    superseded: tuple[str, ...] = ()
    unsure: tuple[tuple[str, str], ...] = ()
    withdrawn: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()


class Placing:
    """Puts one draft into a register, in the place of those documents whose succession is sure."""

    def __init__(self, register: Register, draft: Draft, successions: Sequence[Succession], on: date | None) -> None:
        self._register, self._draft = register, draft
        self._taken = [one for one in successions if one.sure and one.relation is not Relation.EARLIER]
        self._later = next((one for one in successions if one.sure and one.relation is Relation.EARLIER), None)
        self._standing = [one.old for one in successions if not one.sure and one.relation is not Relation.EDITION]
        self._on = on
        self._used = {one.id for one in register.documents} | {one.id for one in register.assignments}

    def placed(self, finished: Collection[str] = ()) -> Placed:
        """The register's parts with the draft in it."""
        if self._later is not None:
            return self._behind(self._later)
        edition = next((one.old for one in self._taken if one.relation is Relation.EDITION), None)
        id = edition.id if edition else self._own_id()
        heirs = {new: old for one in self._taken if one.keeps for new, old in one.heirs(finished).items()}
        heirs = {new: old for new, old in heirs.items() if self._register.assignment(old) is not None}
        before = {old: one for old in heirs.values() if (one := self._register.assignment(old)) is not None}
        draft = self._named(id, heirs)
        documents, held = self._old_ones(id, set(before))
        documents = [draft.document if one.id == id else one for one in documents]
        documents += [draft.document] * all(one.id != id for one in documents)
        return Placed(
            tuple(documents),
            {**held, id: draft.assignments},
            self._bindings(id),
            draft,
            before,
            tuple(one.old.title for one in self._taken if one.old.id != id),
            tuple(self._unsure(draft)),
            tuple(one.id for old in self._taken if old.keeps for one in self._of(old.old) if one.id not in before),
            tuple(one.title for one in self._standing),
        )

    def _of(self, document: Document) -> tuple[Assignment, ...]:
        return self._register.of_document(document.id)

    def _own_id(self) -> str:
        """The draft's id; another one where a document that has nothing in common with it goes by that id."""
        id = self._draft.document.id
        return id if self._register.document(id) is None else self._fresh(id, "r", 2)

    def _fresh(self, id: str, mark: str, first: int) -> str:
        """An id that nothing in the register has or had."""
        count = first
        while f"{id}{mark}{count}" in self._used:
            count += 1
        self._used.add(f"{id}{mark}{count}")
        return f"{id}{mark}{count}"

    # --- the new document ----------------------------------------------------------------------------------------
    def _named(self, id: str, heirs: Mapping[str, str]) -> Draft:
        """The draft under its final ids: those taken over, its own where they are free, else fresh ones."""
        kept = set(heirs.values())
        assignments = []
        for one in self._draft.assignments:
            rest = one.id.removeprefix(self._draft.document.id)
            own = one.id if rest == one.id else id + rest
            if one.id in heirs:
                name = heirs[one.id]
            elif own in kept or own in self._used:
                name = self._fresh(own, "r", 2)
            else:
                name = own
            self._used.add(name)
            assignments.append(replace(one, id=name, document=id))
        document = replace(self._draft.document, id=id, superseded=None)
        return replace(self._draft, document=document, assignments=tuple(assignments))

    def _unsure(self, draft: Draft) -> Iterator[tuple[str, str]]:
        """(new id, old id) of what may be the same thing and was filed as new."""
        final = {one.id: new.id for one, new in zip(self._draft.assignments, draft.assignments, strict=True)}
        for succession in self._taken:
            for pair in succession.possible if succession.keeps else ():
                yield final[pair.new[0].id], pair.old[0].id

    # --- the old ones --------------------------------------------------------------------------------------------
    def _old_ones(self, id: str, kept: Collection[str]) -> tuple[list[Document], dict[str, tuple[Assignment, ...]]]:
        """All filed documents with their assignments, those that are replaced marked and moved behind the others.

        Whatever goes on in the new document leaves its id to it.
        """
        documents: list[Document] = []
        behind: list[Document] = []
        held: dict[str, tuple[Assignment, ...]] = {}
        replaced = {one.old.id: one for one in self._taken}
        for document in self._register.documents:
            rows = self._of(document)
            if document.id not in replaced:
                documents.append(document)
                held[document.id] = rows
                continue
            old, rows = self._superseded(document, rows, replaced[document.id], id, kept)
            behind.append(old)
            held[old.id] = rows
            if document.id == id:
                documents.append(document)  # the new edition stands where the old one stood
        return documents + behind, held

    def _superseded(
        self, document: Document, rows: Iterable[Assignment], one: Succession, id: str, kept: Collection[str]
    ) -> tuple[Document, tuple[Assignment, ...]]:
        new = self._draft.document
        later = new.issued and (document.issued is None or document.issued < new.issued)
        why = Supersession(
            id, new.title, new.issued if later else self._on or new.issued, one.words, one.relation is Relation.EDITION
        )
        name = self._fresh(document.id, OLD, 1) if document.id == id else document.id
        moved = (replace(a, document=name, id=self._fresh(a.id, OLD, 1) if a.id in kept else a.id) for a in rows)
        return replace(document, id=name, superseded=why), tuple(moved)

    def _bindings(self, id: str) -> dict[str, tuple[str, ...]]:
        """Whoever may ask about a document may ask about what took its place."""
        replaced = {one.old.id for one in self._taken}
        return {
            conversation: tuple(dict.fromkeys((*ids, *([id] if replaced & set(ids) else []))))
            for conversation, ids in self._register.bindings.items()
        }

    # --- a draft that is older than what is filed ------------------------------------------------------------------
    def _behind(self, later: Succession) -> Placed:
        """The draft filed as an old edition of a document that stays in force as it is."""
        newer = later.old
        why = Supersession(newer.id, newer.title, newer.issued, later.words, revised=True)
        id = self._fresh(newer.id, OLD, 1)
        goes_on = {pair.old[0].id: pair.new[0].id for pair in later.comparison.pairs if pair.both and pair.sure}
        own = self._draft.document.id
        names = {
            one.id: self._fresh(goes_on[one.id], OLD, 1) if one.id in goes_on else id + one.id.removeprefix(own)
            for one in self._draft.assignments
        }
        assignments = tuple(replace(one, document=id, id=names[one.id]) for one in self._draft.assignments)
        document = replace(self._draft.document, id=id, superseded=why)
        draft = replace(self._draft, document=document, assignments=assignments)
        held = {one.id: self._of(one) for one in self._register.documents}
        documents = (*self._register.documents, document)
        return Placed(documents, {**held, id: assignments}, self._register.bindings, draft)
