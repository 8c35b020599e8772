"""Which filed document takes the place of which: what is asked of a person, and what is written."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Document, Draft
from knowledge.register import Register

if TYPE_CHECKING:
    from bot.home import Home
    from knowledge.lexicon import Lexicon
    from knowledge.store import Store
    from knowledge.succession import Succession

_TOLD = (EntryKind.REPORTED, EntryKind.ACKNOWLEDGED, EntryKind.SENT)


@dataclass(slots=True)
class Settlement:
    """What a person decided: whether a document (id) is replaced, and which pairs are the same thing after all."""

    replaced: dict[str, bool] = field(default_factory=dict)
    same: list[tuple[str, str]] = field(default_factory=list)

    def applied(self, found: Sequence[Succession]) -> tuple[Succession, ...]:
        """The successions as they were decided; what was not asked stays as it was."""
        return tuple(
            replace(one, sure=self.replaced.get(one.old.id, one.sure), confirmed=tuple(self.same)) for one in found
        )


def successions(
    draft: Draft, register: Register, home: Home, settlement: Settlement | None = None
) -> tuple[Succession, ...]:
    """Whose place the draft's document takes, as it says itself and as a person decided."""
    from knowledge.succession import successions_of

    found = successions_of(draft, register, lexicon_of(home))
    return settlement.applied(found) if settlement else found


def lexicon_of(home: Home) -> Lexicon | None:
    """The office's own words, where it has any."""
    if not any(home.lexicon.glob("*.toml")):
        return None
    from knowledge.lexicon import lexicon_of as read

    return read(home.lexicon)


def finished(
    register: Register, documents: Collection[str], ledger: Ledger, now: datetime, home: Path
) -> frozenset[str]:
    """The assignments (ids) of these documents with nothing left to do; empty where nothing was ever reported."""
    if not documents or not ledger.kinds(EntryKind.REPORTED):
        return frozenset()
    from bot.settled import office_calendar
    from scheduler.standing import standing

    calendar, today = office_calendar(home), now.date()
    rows = (row for id in documents for row in register.of_document(id) if ledger.reports(row.id))
    return frozenset(row.id for row in rows if standing(row, ledger, calendar, today).finished)


def supersede(store: Store, home: Home, old: Document, new: Document, now: datetime) -> str:
    """File that `new` took the place of `old`; returns what to say. Raises RegisterError and StoreError."""
    from bot.commands.review import person
    from knowledge.superseding import superseded

    before, ledger = store.load(), store.ledger()
    settled = [one.id for one in before.of_document(new.id) if ledger.of(one.id, *_TOLD)]
    done = finished(before, [old.id], ledger, now, home.path)
    who = person()
    after = superseded(before, old, new, f"{who}指明", now.date(), lexicon_of(home), done, settled)
    words = f"《{old.title}》由《{new.title}》替代，从现在起不再提醒；问到它时仍会回答，并说明已被替代。"
    entry = Entry(
        EntryKind.SUPERSEDED,
        now,
        who,
        words=words,
        document=old.id,
        details={"old": old.id, "new": new.id, "title": new.title},
    )
    store.file(after, entry)
    return words


def unsupersede(store: Store, old: Document, now: datetime) -> str:
    """File that nothing took the place of `old` after all; returns what to say. Raises RegisterError and StoreError."""
    from bot.commands.review import person
    from knowledge.superseding import unsuperseded

    after = unsuperseded(store.load(), old)
    words = f"《{old.title}》恢复有效，继续提醒；已经转到新文件上的进展仍在新文件上。"
    entry = Entry(
        EntryKind.SUPERSEDED, now, person(), words=words, document=old.id, details={"old": old.id, "undo": True}
    )
    store.file(after, entry)
    return words
