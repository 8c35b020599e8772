"""群: a conversation of the office and the platforms' own groups that are it; what was asked to be bound and by whom confirmed.

The office knows a group by one key for good: claims, codes and reports stand under it. Where a platform moves the group, or it
exists on a second platform, the native key is another way to the same conversation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256

from knowledge.codes import DIGITS, LETTERS
from knowledge.ledger import Entry, EntryKind, Ledger

ASKED, CONFIRMED, REFUSED, SAME, APART, MOVED, GONE, JOINED = (
    *("asked", "confirmed", "refused", "same", "apart", "moved", "gone", "joined"),
)
"""What an entry of the kind GROUPED tells of its conversation."""
ASKED_FOR = timedelta(days=14)
"""How long a binding that was asked for can be confirmed."""


@dataclass(frozen=True, slots=True)
class Wish:
    """绑定申请: what somebody asks a conversation to be bound to. `documents` are ids, None: none is named; an empty tuple is
    全部文件. `same` is another conversation that it is."""

    conversation: str
    units: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None
    same: str = ""
    by: str = ""
    at: datetime | None = None
    code: str = ""

    def entry(self, act: str, at: datetime, who: str, where: str, words: str = "") -> Entry:
        """What the ledger is told: it was ASKED, CONFIRMED or REFUSED by `who`, in the conversation `where`."""
        told: dict[str, object] = {"act": act, "wish": self.code, "group": self.conversation}
        if act == ASKED:
            told |= {"units": list(self.units)} if self.units else {}
            told |= {"documents": list(self.documents)} if self.documents is not None else {}
            told |= {"same": self.same} if self.same else {}
        return Entry(EntryKind.GROUPED, at, who, where, words, details=told)


@dataclass(frozen=True)
class Groups:
    """Which native keys lead to which conversation. `names` leads from a native key to the office's conversation, `gone` are
    the native keys that the bot is not in any more, `wishes` what waits for a supervisor by its code."""

    names: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    wishes: Mapping[str, Wish] = field(default_factory=dict)

    def name(self, native: str) -> str:
        """The office's conversation that a native key leads to; itself where nothing else was told."""
        return self.names.get(native, native)

    def natives(self, conversation: str) -> tuple[str, ...]:
        """The native keys by which a conversation is reached now, those told last first; none where it is gone."""
        told = [native for native, name in self.names.items() if name == conversation]
        found = [*reversed(told), *([conversation] if conversation not in self.names else [])]
        return tuple(native for native in dict.fromkeys(found) if native not in self.gone)

    def together(self, bound: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """What conversations are bound to, under the office's own names: what was bound to one of several groups that are one
        is bound to that one."""
        found: dict[str, tuple[str, ...]] = {}
        for conversation, what in bound.items():
            name = self.name(conversation)
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *what)))
        return found

    def waiting(self, now: datetime) -> tuple[Wish, ...]:
        """The wishes that a supervisor can still confirm, oldest first."""
        return tuple(one for one in self.wishes.values() if one.at is not None and now - one.at < ASKED_FOR)


def groups_of(ledger: Ledger) -> Groups:
    """What the ledger tells of groups, in order."""
    groups = Groups()
    for entry in ledger.kinds(EntryKind.GROUPED):
        groups = _after(groups, entry)
    return groups


def _after(groups: Groups, entry: Entry) -> Groups:
    act, told, here = entry.details.get("act"), entry.details, entry.conversation
    if act == ASKED:
        wish = _wish(entry)
        return replace(groups, wishes={**groups.wishes, wish.code: wish})
    if act in (CONFIRMED, REFUSED):
        code = str(told.get("wish", ""))
        return replace(groups, wishes={key: one for key, one in groups.wishes.items() if key != code})
    if act == SAME:
        return _same(groups, here, str(told.get("to", "")))
    if act == APART:
        return replace(groups, names={key: name for key, name in groups.names.items() if key != here})
    if act == MOVED:
        moved = _same(groups, str(told.get("to", "")), groups.name(here))
        return replace(moved, gone=moved.gone | {here})
    if act == GONE:
        return replace(groups, gone=groups.gone | {here})
    return replace(groups, gone=groups.gone - {here}, met=groups.met | {here})


def _same(groups: Groups, native: str, conversation: str) -> Groups:
    """`native` is `conversation`, and so is everything that was `native`. A key is never told to be itself: nothing leads round
    in a circle."""
    names = {key: conversation if name == native else name for key, name in groups.names.items()}
    names[native] = conversation
    return replace(groups, names={key: name for key, name in names.items() if key != name}, gone=groups.gone - {native})


def _wish(entry: Entry) -> Wish:
    told = entry.details
    documents = told.get("documents")
    return Wish(
        str(told.get("group", entry.conversation)),
        tuple(_words(told.get("units"))),
        tuple(_words(documents)) if documents is not None else None,
        str(told.get("same", "")),
        entry.who,
        entry.at,
        str(told.get("wish", "")),
    )


def _words(told: object) -> Iterator[str]:
    yield from (str(one) for one in told) if isinstance(told, list | tuple) else ()


def coded(wish: Wish, groups: Groups, now: datetime) -> Wish:
    """The wish with the code it is confirmed by: no secret, for only a supervisor's word counts."""
    attempt = 0
    while (code := _code(f"{wish.conversation}|{now.isoformat()}|{attempt}")) in groups.wishes:
        attempt += 1
    return replace(wish, code=code, at=now)


def _code(seed: str) -> str:
    number = int.from_bytes(sha256(seed.encode()).digest()[:8])
    signs = ""
    for alphabet in (LETTERS, DIGITS, LETTERS, DIGITS):
        number, place = divmod(number, len(alphabet))
        signs += alphabet[place]
    return signs


# ---------------------------------------------------------------- what the platform tells
def moved_entry(native: str, to: str, at: datetime) -> Entry:
    """The group has another native key from now on."""
    return Entry(EntryKind.GROUPED, at, conversation=native, details={"act": MOVED, "to": to})


def gone_entry(native: str, at: datetime) -> Entry:
    """The bot is not in the group any more."""
    return Entry(EntryKind.GROUPED, at, conversation=native, details={"act": GONE})


def joined_entry(native: str, at: datetime) -> Entry:
    """The bot is in the group, or again."""
    return Entry(EntryKind.GROUPED, at, conversation=native, details={"act": JOINED})


def same_entry(native: str, conversation: str, at: datetime, who: str) -> Entry:
    """A native key leads to an office's conversation."""
    return Entry(EntryKind.GROUPED, at, who, native, details={"act": SAME, "to": conversation})


def apart_entry(native: str, at: datetime, who: str) -> Entry:
    """A native key leads nowhere but to itself again."""
    return Entry(EntryKind.GROUPED, at, who, native, details={"act": APART})
