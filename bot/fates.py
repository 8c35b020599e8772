"""What became of a parcel, as the entries that the ledger keeps for each of its notices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.channels.protocol import Status, Trouble, Verdict
from bot.parcels import Parcel
from handlers.notices_wording import paragraph
from knowledge.ledger import Entry, EntryKind
from knowledge.shares import owing
from scheduler.notices import Notice

KINDS = {
    Status.SENT: EntryKind.SENT,
    Status.FAILED: EntryKind.FAILED,
    Status.UNKNOWN: EntryKind.UNKNOWN,
    Status.ENTRUSTED: EntryKind.ENTRUSTED,
}


@dataclass(frozen=True, slots=True)
class Fate:
    """结果: the verdicts on the messages of a parcel that were tried, in order; the first that is not taken is the last.

    `repeats`: a message without an answer may be said once more. `again`: it was said although it may have arrived before.
    """

    channel: str
    parcel: Parcel
    verdicts: tuple[Verdict, ...]
    repeats: bool = False
    again: bool = False

    @property
    def last(self) -> Verdict:
        """The verdict that decides what happens next."""
        return self.verdicts[-1]

    @property
    def rest(self) -> tuple[str, ...]:
        """The texts still to be said: a refused one is, one without an answer never is."""
        return self.parcel.texts[len(self.verdicts) - (self.last.status is Status.FAILED) :]

    @property
    def status(self) -> Status:
        """The fate of all of it: failed while something is still to be said, unknown when a message stayed unanswered, handed
        when a person is to carry it on."""
        if self.rest:
            return Status.FAILED
        found = {one.status for one in (*self.parcel.before, *self.verdicts)}
        return next((one for one in (Status.UNKNOWN, Status.ENTRUSTED) if one in found), Status.SENT)

    @property
    def goes_on(self) -> bool:
        """Whether the conversation may be spoken to at once: a refusal for good concerns this parcel only."""
        return self.last.taken or self.last.permanent

    def entries(self, conversation: str, at: datetime) -> list[Entry]:
        """One entry for each notice, all with the same fate."""
        fate = self._details()
        return [
            Entry(
                KINDS[self.status],
                at,
                conversation=conversation,
                words=paragraph(notice),
                document=notice.document.id if notice.document else "",
                assignment=notice.assignment.id if notice.assignment else "",
                key=notice.claim,
                details={**_identity(notice), **fate},
            )
            for notice in self.parcel.notices
        ]

    def _details(self) -> dict[str, object]:
        parts = (*self.parcel.before, *self.verdicts)
        found: dict[str, object] = {"channel": self.channel, "raw": self.last.raw}
        if ids := [one.message_id for one in parts if one.message_id]:
            found["message_ids"] = ids
        if len(parts) > 1 or self.rest[1:]:
            found["parts"] = [_part(one) for one in parts if one.status is not Status.FAILED]
        if self.last.trouble:
            found["trouble"] = str(self.last.trouble)
        if self.last.carrier is not None:
            found["carrier"] = self.last.carrier._asdict()
            found["posts"] = [self.parcel.post_key(part) for part in range(len(self.parcel.before), len(parts))]
        if self.status is Status.FAILED:
            found |= self._failure()
        if self.last.status is Status.UNKNOWN:
            found["post"] = self.parcel.post_key(len(parts) - 1)
            found |= {"repeats": True} if self.repeats else {}
        return found | ({"maybe_twice": True} if self.again else {})

    def _failure(self) -> dict[str, object]:
        found: dict[str, object] = {"permanent": self.last.permanent}
        if self.last.retry_after is not None:
            found["retry_after"] = self.last.retry_after
        if len(self.parcel.texts) > 1 or self.parcel.before:
            found["rest"] = list(self.rest)
        return found


def _part(verdict: Verdict) -> dict[str, str]:
    return {"status": str(verdict.status), "raw": verdict.raw, "id": verdict.message_id}


def _identity(notice: Notice) -> dict[str, object]:
    """What a notice was, whom it named, and how much of it was said."""
    told: dict[str, object] = {
        "kind": str(notice.kind),
        "stage": notice.stage,
        "due": notice.due.isoformat() if notice.due else None,
        "attempt": notice.attempt if notice.attempt > 1 else None,
        "code": notice.code,
        "units": list(notice.units or (owing(notice.assignment) if notice.assignment else ())),
        "named": [liaison.name for liaison in notice.liaisons],
        "reason": notice.reason,
        "brief": notice.brief,
    }
    return {name: value for name, value in told.items() if value}


def resumed(notice: Notice, failed: Mapping[str, object]) -> Parcel | None:
    """The rest of a long notice whose earlier attempt got only some of its messages through, as its entry has it."""
    rest, parts = failed.get("rest"), failed.get("parts", [])
    if not (isinstance(rest, list) and rest and isinstance(parts, list)):
        return None
    before = tuple(
        Verdict(Status(str(one["status"])), str(one["raw"]), str(one["id"])) for one in parts if isinstance(one, dict)
    )
    return Parcel((notice,), tuple(map(str, rest)), before)


def late(unknown: Entry, verdict: Verdict, at: datetime) -> Entry:
    """What an answer that came after its time makes of an unknown fate; a rest that was never tried stays to be said."""
    details = {key: value for key, value in unknown.details.items() if key not in ("post", "repeats", "trouble")}
    details |= {"raw": verdict.raw, "late": True}
    if verdict.message_id:
        details["message_ids"] = [verdict.message_id]
    if verdict.status is Status.FAILED:
        details["permanent"] = verdict.permanent
        details |= {"trouble": str(verdict.trouble or Trouble.SERVER)}
    return Entry(
        KINDS[verdict.status],
        at,
        conversation=unknown.conversation,
        words=unknown.words,
        document=unknown.document,
        assignment=unknown.assignment,
        key=unknown.key,
        details=details,
    )
