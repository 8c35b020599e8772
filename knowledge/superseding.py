"""A person says which filed document took the place of which, and takes it back: the register as it is then."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from knowledge.comparison import compared
from knowledge.editions import Relation
from knowledge.lexicon import Lexicon
from knowledge.model import OLD, Assignment, Document, Draft, present
from knowledge.register import Register, RegisterError
from knowledge.succession import Placed, Placing, Succession


def superseded(
    register: Register,
    old: Document,
    new: Document,
    words: str,
    on: date,
    lexicon: Lexicon | None = None,
    finished: Collection[str] = (),
    settled: Collection[str] = (),
) -> Register:
    """`register` with `old` replaced by `new`, both filed. Within one year what surely goes on keeps its id.

    `words` is why, `on` the day. `settled` are assignments (ids) of `new` that the ledger already tells of: their ids
    stay. An old edition of `old` as `new` is brought back in its place. Raises RegisterError where it cannot be.
    """
    if old.superseded is not None:
        raise RegisterError(f"《{old.title}》已经被《{old.superseded.title}》替代，不用再指明。")
    if present(new.id) == present(old.id):
        return _brought_back(register, old, new, words, on, lexicon, finished)
    if new.superseded is not None:
        raise RegisterError(f"《{new.title}》自己已经被《{new.superseded.title}》替代，请改为指明那一份。")
    same_year = old.year == new.year or None in (old.year, new.year)
    relation = Relation.REPLACEMENT if same_year else Relation.YEAR
    draft = Draft(new, register.of_document(new.id))
    return _placed(_without(register, new), draft, old, relation, words, on, lexicon, finished, settled)


def _brought_back(
    register: Register,
    current: Document,
    edition: Document,
    words: str,
    on: date,
    lexicon: Lexicon | None,
    finished: Collection[str],
) -> Register:
    if edition.superseded is None:
        raise RegisterError(f"《{current.title}》不能替代它自己，请检查写的是不是两份文件。")
    rows = tuple(replace(one, id=present(one.id), document=current.id) for one in register.of_document(edition.id))
    draft = Draft(replace(edition, id=current.id, superseded=None), rows)
    kept = _without(register, edition)
    return _placed(kept, draft, current, Relation.EDITION, words, on, lexicon, finished, ())


def _without(register: Register, document: Document) -> Register:
    return replace(
        register,
        documents=tuple(one for one in register.documents if one.id != document.id),
        assignments=tuple(one for one in register.assignments if one.document != document.id),
    )


def _placed(
    register: Register,
    draft: Draft,
    old: Document,
    relation: Relation,
    words: str,
    on: date,
    lexicon: Lexicon | None,
    finished: Collection[str],
    settled: Collection[str],
) -> Register:
    comparison = compared(Draft(old, register.of_document(old.id)), draft, lexicon)
    succession = Succession(old, relation, True, words, comparison, settled=tuple(settled))
    return _register(register, Placing(register, draft, [succession], on).placed(finished))


def _register(register: Register, placed: Placed) -> Register:
    rows: list[Assignment] = [row for document in placed.documents for row in placed.held[document.id]]
    return Register(register.revision + 1, placed.documents, tuple(rows), placed.bindings)


def unsuperseded(register: Register, old: Document) -> Register:
    """`register` with `old` in force again; what went over to the other document stays there. Raises RegisterError."""
    if old.superseded is None:
        raise RegisterError(f"《{old.title}》没有被替代，仍在提醒，不用恢复。")
    if OLD in old.id:
        raise RegisterError(
            f"这是《{old.title}》的旧版，不能和现行版同时有效；要换回旧版，请用 qiantou supersede 现行文件 旧版文件。"
        )
    documents = tuple(replace(one, superseded=None) if one.id == old.id else one for one in register.documents)
    return replace(register, revision=register.revision + 1, documents=documents)
