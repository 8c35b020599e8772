"""A review and the ledger: every answer is an entry, and from the entries a review is found again as it was left.

Nothing else is kept: after a restart, a crash or a restore the same entries give the same review.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from knowledge.codec import CodecError, decode, encode
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Document, Draft
from knowledge.review.decision import Decision
from knowledge.review.review import Review, Ruling, Verb


class Act(StrEnum):
    """What else happens in a review besides rulings (whose verbs are those of `Verb`)."""

    STARTED = "started"
    UNDONE = "undone"
    STOPPED = "stopped"
    RESTARTED = "restarted"


_WORDS_KEPT = 500


@dataclass(frozen=True, slots=True)
class Sitting:
    """An unfinished review: of which bytes, of which file, how much is decided, and who was at it last.

    `seated` tells that nobody has said that he stops.
    """

    digest: str
    document: str
    source: str
    title: str
    who: str
    conversation: str
    at: datetime
    decided: int
    seated: bool


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who answers, where, and when (aware)."""

    who: str
    conversation: str
    at: datetime


def act_entry(act: Act, document: Document, by: Reviewer, words: str = "", key: str = "") -> Entry:
    """The entry of something that is no ruling; `key` is the decision that UNDONE opens again."""
    return _entry(document, by, words, "", {"verb": act.value, **({"decision": key} if key else {})})


def ruling_entry(one: Decision, ruling: Ruling, draft: Draft, by: Reviewer, words: str, told: tuple[str, str]) -> Entry:
    """The entry of a ruling on `draft`. `words` is what the person typed, `told` the old and the new reading in words."""
    old, new = told
    place = one.place
    details: dict[str, object] = {
        "verb": ruling.verb.value,
        "code": one.code,
        "place": place.words() if place else "",
        "original": one.words[:_WORDS_KEPT],
        "old": old[:_WORDS_KEPT],
        "new": new[:_WORDS_KEPT],
        "many": one.many,
        "ruling": encode(ruling),
        "rows": _rows({*one.assignments, *(change.assignment for change in ruling.corrections)}, draft),
    }
    kept = {name: value for name, value in details.items() if value not in ("", None, {})}
    return _entry(draft.document, by, words, next(iter(one.assignments), ""), kept)


def _entry(document: Document, by: Reviewer, words: str, assignment: str, details: Mapping[str, object]) -> Entry:
    about = {"digest": document.digest, "source": document.source, "title": document.title}
    return Entry(
        EntryKind.REVIEWED,
        by.at,
        by.who,
        by.conversation,
        words[:_WORDS_KEPT],
        document.id,
        assignment,
        details={**about, **details},
    )


def _rows(ids: Collection[str], draft: Draft) -> dict[str, str]:
    """What the requirements of these assignments were, so that the next edition's can be told to be the same."""
    return {row.id: hashlib.sha256(row.text.encode()).hexdigest()[:12] for row in draft.assignments if row.id in ids}


# ---------------------------------------------------------------- reading it back
def review_of(draft: Draft, ledger: Ledger) -> Review:
    """The review of `draft` as it was left: everything answered since it was last filed or begun anew."""
    return Review.of(draft, _rulings(_since_filed(draft.document.digest, ledger)))


def _since_filed(digest: str, ledger: Ledger) -> tuple[Entry, ...]:
    found: list[Entry] = []
    for entry in ledger.kinds(EntryKind.REVIEWED, EntryKind.FILED):
        if entry.details.get("digest") != digest:
            continue
        if entry.kind is EntryKind.FILED or entry.details.get("verb") == Act.RESTARTED:
            found.clear()
        if entry.kind is EntryKind.REVIEWED:
            found.append(entry)
    return tuple(found)


def _rulings(entries: Iterable[Entry]) -> list[Ruling]:
    rulings: list[Ruling] = []
    for entry in entries:
        verb = entry.details.get("verb")
        if verb == Act.UNDONE and rulings:
            rulings.pop()
        elif verb in set(Verb) and (ruling := _ruling(entry.details.get("ruling"))):
            rulings.append(ruling)
    return rulings


def _ruling(stored: Any) -> Ruling | None:
    """A ruling as it was written; None for one that another version of the program wrote in another form."""
    try:
        return decode(Ruling, stored)
    except CodecError:
        return None


def sittings(ledger: Ledger) -> tuple[Sitting, ...]:
    """Every unfinished review, the one answered last first."""
    open_: dict[str, list[Entry]] = {}
    for entry in ledger.kinds(EntryKind.REVIEWED, EntryKind.FILED):
        digest = str(entry.details.get("digest", ""))
        if entry.kind is EntryKind.FILED or entry.details.get("verb") == Act.RESTARTED:
            open_.pop(digest, None)
        if entry.kind is EntryKind.REVIEWED:
            open_.setdefault(digest, []).append(entry)
    found = [_sitting(digest, entries) for digest, entries in open_.items()]
    return tuple(sorted(found, key=lambda one: one.at, reverse=True))


def _sitting(digest: str, entries: list[Entry]) -> Sitting:
    last = entries[-1]
    about = last.details
    decided = sum(ruling.verb is not Verb.APART for ruling in _rulings(entries))
    seated = about.get("verb") != Act.STOPPED
    return Sitting(
        digest, last.document, str(about.get("source", "")), str(about.get("title", "")), last.who, last.conversation,
        last.at, decided, seated,
    )  # fmt: skip


def sitting_on(digest: str, ledger: Ledger) -> Sitting | None:
    """The unfinished review of the document with these bytes."""
    return next((one for one in sittings(ledger) if one.digest == digest), None)


# ---------------------------------------------------------------- from one edition to the next
def carried(draft: Draft, ledger: Ledger) -> Review:
    """The review of a new edition as far as the filed reviews of earlier ones answer it.

    An answer holds again where the very same is doubted about an assignment of the same words; what was skipped is
    asked again.
    """
    entries = _filed_reviews(draft.document, ledger)
    held = [entry for entry in entries if _still_holds(entry, draft)]
    rulings = (_ruling(entry.details.get("ruling")) for entry in held if entry.details.get("verb") != Verb.SKIPPED)
    return Review.of(draft, (ruling for ruling in rulings if ruling))


def _filed_reviews(document: Document, ledger: Ledger) -> list[Entry]:
    """The rulings about other editions of this document that were filed, in order."""
    filed: list[Entry] = []
    left: list[Entry] = []
    for entry in ledger.kinds(EntryKind.REVIEWED, EntryKind.FILED):
        if entry.document != document.id or entry.details.get("digest") == document.digest:
            continue
        verb = entry.details.get("verb")
        if entry.kind is EntryKind.FILED:
            filed += left if "review" in entry.details else []
        if entry.kind is EntryKind.FILED or verb == Act.RESTARTED:
            left.clear()
        elif verb == Act.UNDONE and left:
            left.pop()
        elif verb in set(Verb):
            left.append(entry)
    return filed


def _still_holds(entry: Entry, draft: Draft) -> bool:
    rows = entry.details.get("rows", {})
    return isinstance(rows, Mapping) and _rows(set(rows), draft) == rows
