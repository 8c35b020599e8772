"""交接: a unit's liaison was one and is another; what is open goes along, and the ledger says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from handlers import wording_handover as words
from handlers.admission import Admission, reply
from handlers.enrol import LONGEST_SENTENCE, invite, printed
from handlers.message import Commission, Outcome
from handlers.rights import Right
from knowledge.directory import Liaison, directory_of, liaison_entry
from knowledge.invitations import Fresh
from knowledge.ledger import Entry
from knowledge.patterns import regex
from knowledge.people import ABOVE, LIAISON, Person, enrolled_entry, left_entry, name_of
from knowledge.redating import redated
from knowledge.shares import known_as
from scheduler.handover import Handover, last_handover, open_of

_HANDS = regex(
    r"\s*(?:办理)?交接[\s:：]*(?P<unit>[^\s→\-—>]+)[\s的联络员]*?[\s:：]+(?P<giver>[^\s→\-—>]+?)"
    r"\s*(?:→|[-—]+>|[-—]+|\s给\s?|交给|至|到|改为|\s)\s*(?P<taker>[^\s→\-—>。.!！]+)[。.!！]?\s*"
)
_SHOWS = regex(r"\s*交接单[\s:：]*(?P<unit>[^\s。?？]+)[。?？]?\s*")
PAPER = "handover"


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What a hand-over leads to: its value, the entries, and a code for who takes over and has no account yet."""

    handover: Handover
    entries: tuple[Entry, ...]
    fresh: Fresh | None = None
    in_settings: bool = False


class NoHandover(Exception):
    """A hand-over cannot be. `str(error)` is one Chinese sentence with the next step."""


def answer(at: Admission) -> Outcome | None:
    """交接 市财政局 王芳 → 李强, 交接单 市财政局; None when it is something else."""
    text = at.message.text
    if (
        "交接" not in text
        or len(text) > LONGEST_SENTENCE
        or "谁" in text
        or (at.message.group and not at.message.mentioned)
    ):
        return None
    if found := _SHOWS.fullmatch(text):
        return at.refused(Right.HAND_OVER) or _shown(at, found["unit"])
    found = _HANDS.fullmatch(text)
    if found is None:
        return None
    refused = at.refused(Right.HAND_OVER)
    if refused is not None:
        return refused
    try:
        done = hand_over(at, found["unit"], found["giver"], found["taker"])
    except NoHandover as error:
        return reply(str(error))
    outcome = reply(words.done(done.handover, done.fresh, at.message.group, done.in_settings), *done.entries)
    return replace(outcome, papers=(paper(done.handover),))


def paper(handover: Handover) -> Commission:
    """The 交接单 of a hand-over."""
    return Commission(PAPER, "docx", f"交接单-{handover.unit}", handover)


def hand_over(at: Admission, unit: str, giver: str, taker: str) -> HandedOver:
    """The liaison of a unit changes. Raises NoHandover."""
    unit, leaving, coming = printed(at, unit), name_of(giver), name_of(taker)
    for told, name in ((giver, leaving), (taker, coming)):
        if not name:
            raise NoHandover(words.NOT_A_NAME.format(name=told[:20]))
    if leaving == coming:
        raise NoHandover(words.SAME_NAME)
    names = known_as(unit, at.register)
    mine = next((one for one in at.people.named(leaving) if one.unit in names and one.role == LIAISON), None)
    bound = [one for one in at.policy.directory.liaisons if one.unit in names and one.name == leaving]
    if mine is None and not bound:
        raise NoHandover(words.no_such_liaison(unit, leaving, _liaisons(at, unit)))
    unit = mine.unit if mine else unit
    rows = open_of(unit, redated(at.register, at.ledger), at.ledger, at.now, at.calendar)
    handover = Handover(unit, leaving, coming, at.now, at.who, rows)
    entries, new = _changes(at, mine, bound, Person(coming, unit, LIAISON))
    entries = (*entries, handover.entry(at.message.conversation, at.message.text))
    return HandedOver(handover, entries, new, _written(at, mine, bound))


def _changes(
    at: Admission, mine: Person | None, bound: list[Liaison], taker: Person
) -> tuple[tuple[Entry, ...], Fresh | None]:
    """Who leaves is no longer enrolled nor named; who comes is the liaison, or gets a code to become it."""
    where = at.message.conversation
    entries = [left_entry(mine, at.now, at.who, where)] if mine else []
    told = directory_of(at.ledger).liaisons
    entries += [
        liaison_entry(one, at.now, at.who, removed=True) for one in told if (one.unit, one.name) in _pairs(bound)
    ]
    known = next((one for one in at.people if one.who == taker.who), None)
    if known is not None and known.keys:
        role = known.role if known.role in ABOVE else LIAISON
        return (*entries, enrolled_entry(replace(known, role=role), "", at.now, at.who, where)), None
    if at.message.group:
        return tuple(entries), None
    new, given = invite(at, taker)
    return (*entries, *given), new


def _pairs(bound: list[Liaison]) -> set[tuple[str, str]]:
    return {(one.unit, one.name) for one in bound}


def _written(at: Admission, mine: Person | None, bound: list[Liaison]) -> bool:
    """Whether the settings still name who leaves."""
    told = {(one.unit, one.name) for one in directory_of(at.ledger).liaisons}
    enrolled = {one.who for one in at.people}
    in_settings = mine is not None and any(one.who == mine.who for one in at.written)
    return in_settings or any(pair not in told and pair not in enrolled for pair in _pairs(bound) if mine is None)


def _liaisons(at: Admission, unit: str) -> list[str]:
    names = known_as(unit, at.register)
    return list(dict.fromkeys(one.name for one in at.policy.directory.liaisons if one.unit in names))


def _shown(at: Admission, unit: str) -> Outcome:
    unit = printed(at, unit)
    found = last_handover(unit, redated(at.register, at.ledger), at.ledger, at.now, at.calendar)
    if found is None:
        return reply(words.NONE_YET.format(unit=unit))
    return replace(reply(words.again(found)), papers=(paper(found),))
