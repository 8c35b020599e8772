"""权限: who may do what, in one table; and what is said to who may not, with whom to ask.

Whatever a sentence was understood as, nothing it would write is written unless the speaker's role may write that.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from handlers import wording_people as words
from handlers.message import Answer, Message, Outcome, said
from knowledge.ledger import EntryKind
from knowledge.people import ABOVE, ADMINISTRATOR, LIAISON, STAFF, STRANGER, SUPERVISOR
from knowledge.question.query import Intent


class Right(StrEnum):
    """权限: what a role may or may not do."""

    ASK = "ask"
    ACKNOWLEDGE = "acknowledge"
    REPORT = "report"
    EXTEND = "extend"
    SILENCE = "silence"
    REVIEW = "review"
    ASK_BINDING = "ask-binding"
    CONFIRM_BINDING = "confirm-binding"
    INVITE = "invite"
    INVITE_ABOVE = "invite-above"
    HAND_OVER = "hand-over"
    DECIDE = "decide"
    FORWARD = "forward"


_ENROLLED = frozenset({STAFF, LIAISON, *ABOVE})
_ANSWERING = frozenset({LIAISON, *ABOVE})
MAY: Mapping[Right, frozenset[str]] = {
    Right.ASK: _ENROLLED,
    Right.ACKNOWLEDGE: _ENROLLED,
    Right.REPORT: _ANSWERING,
    Right.EXTEND: _ANSWERING,
    Right.SILENCE: _ANSWERING,
    Right.REVIEW: ABOVE,
    Right.ASK_BINDING: _ENROLLED,
    Right.CONFIRM_BINDING: ABOVE,
    Right.INVITE: ABOVE,
    Right.INVITE_ABOVE: frozenset({ADMINISTRATOR}),
    Right.HAND_OVER: ABOVE,
    Right.DECIDE: ABOVE,
    Right.FORWARD: frozenset({STRANGER, *_ENROLLED}),
}
"""Who may do what. What strangers may ask is the office's own setting; that something is forwarded says whoever it was handed to
by the office's settings, in that very conversation."""
_WRITES: Mapping[EntryKind, Right] = {
    EntryKind.ACKNOWLEDGED: Right.ACKNOWLEDGE,
    EntryKind.REPORTED: Right.REPORT,
    EntryKind.EVIDENCED: Right.REPORT,
    EntryKind.CANCELLED: Right.REPORT,
    EntryKind.HAPPENED: Right.REPORT,
    EntryKind.EXTENDED: Right.EXTEND,
    EntryKind.SILENCED: Right.SILENCE,
    EntryKind.REVIEWED: Right.REVIEW,
    EntryKind.RESTRICTED: Right.ASK,
    EntryKind.FORWARDED: Right.FORWARD,
}
"""The right that an entry needs; every other kind is decided by those above."""
_MEANS: Mapping[Intent, Right] = {
    Intent.ACK: Right.ACKNOWLEDGE,
    Intent.REPORT: Right.REPORT,
    Intent.REVIEW: Right.REVIEW,
}
"""The right that a sentence needs, also where nothing would be written."""


def may(role: str, right: Right) -> bool:
    """Whether a role may do something."""
    return role in MAY[right]


def permitted(message: Message, outcome: Outcome, whom: str = "") -> Outcome:
    """The outcome, if everything it writes may be written by who speaks; else nothing but a refusal. `whom` is whom to ask.

    At the office's own machine, where nobody has an account, everything may be said.
    """
    if not message.person:
        return outcome
    needed = [_WRITES.get(entry.kind, Right.DECIDE) for entry in outcome.entries]
    needed += [Right.REVIEW] if outcome.amended is not None else []
    means = _MEANS.get(outcome.answer.intent) if outcome.answer is not None else None
    if message.role == STRANGER and means is not None and not needed:
        needed.append(means)
    missing = next((right for right in needed if not may(message.role, right)), None)
    if missing is None:
        return outcome
    intent = outcome.answer.intent if outcome.answer is not None else Intent.SMALLTALK
    return said(refusal(message.role, missing, whom), Answer(intent))


def refusal(role: str, right: Right, whom: str = "") -> str:
    """One sentence for somebody who may not: why, and whom to ask."""
    if role == STRANGER:
        return words.STRANGER_MAY_NOT.format(what=words.RIGHTS[right], whom=whom or words.AN_ADMINISTRATOR)
    needed = [one for one in (LIAISON, SUPERVISOR, ADMINISTRATOR) if one in MAY[right]]
    return words.may_not(role, right, needed, whom)
