"""The entry that a filing leaves in the ledger: what was filed, what that changed, and who reviewed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from knowledge.ledger import Entry, EntryKind
from knowledge.model import Assignment, Draft
from knowledge.register import Difference

if TYPE_CHECKING:
    from knowledge.review.review import Review


def filed_entry(
    draft: Draft,
    difference: Difference,
    at: datetime,
    who: str,
    conversation: str = "",
    review_of: Review | None = None,
    placed: Sequence[Assignment] = (),
) -> Entry:
    """The entry of filing `draft` at the moment `at` (aware); `review_of` is the review that it stands on.

    The document is named by the id under which it was filed, which an edition of another one takes over from it.
    `placed` are its assignments as they were filed: whose id became another one is told, for the entries of the review
    know them by their ids in the draft.
    """
    document = draft.document
    details: dict[str, object] = {
        "digest": document.digest,
        "source": document.source,
        "assignments": len(draft.assignments),
        "doubts": len(draft.doubts),
        "unread": len(document.unread),
        "added": list(difference.added),
        "changed": list(difference.changed),
        "withdrawn": list(difference.withdrawn),
    }
    if difference.moved:
        details["moved"] = list(difference.moved)
    if difference.unsure:
        details["unsure"] = [list(pair) for pair in difference.unsure]
    if difference.superseded:
        details["superseded"] = list(difference.superseded)
    renamed = {one.id: new.id for one, new in zip(draft.assignments, placed, strict=False) if one.id != new.id}
    if renamed:
        details["renamed"] = renamed
    if review_of is not None:
        details["review"] = _reviewed(review_of)
    filed = difference.document or document.id
    return Entry(EntryKind.FILED, at, who, conversation, difference.words(), filed, details=details)


def _reviewed(review: Review) -> dict[str, object]:
    """What a review came to."""
    counts = {
        verb: sum(ruling.verb == verb for ruling in review.rulings) for verb in ("accepted", "corrected", "skipped")
    }
    return {**counts, "left": len(review.pending)}
