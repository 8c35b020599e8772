"""接待: what is said through a channel is answered to who says it: enrolment and bindings first, all else as the role may."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers import enrol, forwarding, grouping, handover
from handlers import wording_people as words
from handlers.admission import Admission, reply
from handlers.disclosing import disclosed
from handlers.message import Message, Outcome, silent
from handlers.rights import permitted
from knowledge.people import STRANGER, Strangers
from knowledge.question.query import Intent
from knowledge.register import Register


def _forwarded(at: Admission) -> Outcome | None:
    """Who was handed something to forward was named by the office's settings: nobody else has to know him."""
    return forwarding.answer(at.message, at.ledger, at.now)


_PARTS: tuple[Callable[[Admission], Outcome | None], ...] = (
    _forwarded,
    enrol.answer,
    grouping.answer,
    handover.answer,
)


def received(at: Admission, strangers: Strangers, answer: Callable[[Message, Register], Outcome]) -> Outcome:
    """What a message of an account leads to. `answer` is how it is answered from a register to who may ask everything."""
    seen = at.policy.restrictions.narrowed(at.register, at.message.conversation)
    for part in _PARTS:
        outcome = part(replace(at, register=seen))
        if outcome is not None:
            return outcome
    if at.role == STRANGER and (not at.message.group or at.message.mentioned):
        turned = _turned_away(at, strangers)
        if turned is not None:
            return turned
    return disclosed(at, lambda register: permitted(at.message, answer(at.message, register), at.whom))


def _turned_away(at: Admission, strangers: Strangers) -> Outcome | None:
    """What a stranger gets where the office does not answer strangers; None where it does."""
    if strangers is Strangers.ASK or (strangers is Strangers.GROUPS and _bound_group(at)):
        return None
    if strangers is Strangers.SILENT:
        return silent(Intent.SMALLTALK)
    return reply(words.GREETING.format(whom=at.whom or words.AN_ADMINISTRATOR))


def _bound_group(at: Admission) -> bool:
    here = at.message.conversation
    return at.message.group and (at.register.binding(here) is not None or here in at.policy.directory.units)
