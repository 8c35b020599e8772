"""转交: what a person was handed to carry it into a group that no program reaches, and whether that person says it is there.

Nothing in it was sent by the bot. The ledger tells: ENTRUSTED (or UNKNOWN, where even the handing over stayed without an answer)
with the `carrier`, later FORWARDED on the person's word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from knowledge.codes import DIGITS, LETTERS
from knowledge.ledger import Entry, EntryKind, Ledger

CODE = 5
"""Characters of an errand's code; those of assignments have three, but for very few."""
_KEPT = ("kind", "stage", "due", "code", "units", "named", "brief", "carrier", "channel")
"""What the word that it was forwarded tells again of what was handed over."""


def errand_code(post: str) -> str:
    """The code of five characters that stands for the message posted under this key: 已转发 K7M3P."""
    number = int.from_bytes(sha256(post.encode("utf-8", "surrogatepass")).digest()[:8])
    code = ""
    for signs in (LETTERS, DIGITS, LETTERS, DIGITS, LETTERS):
        number, place = divmod(number, len(signs))
        code += signs[place]
    return code


@dataclass(frozen=True, slots=True)
class Errand:
    """转交 of one message: the entries of the notices in it, who carries it (`person`), where it was handed over (`via`), and
    the person's word once there is one. `codes` each stand for it, `ids` are the platform's names of what was handed over."""

    entries: tuple[Entry, ...]
    person: str
    via: str
    codes: tuple[str, ...]
    ids: tuple[str, ...]
    done: Entry | None = None

    @property
    def conversation(self) -> str:
        """The group that it is for."""
        return self.entries[0].conversation

    @property
    def at(self) -> datetime:
        """When it was handed over."""
        return self.entries[0].at

    @property
    def code(self) -> str:
        """The code that stands under the last of its messages."""
        return self.codes[-1]

    def forwarded(self, at: datetime, who: str, where: str, words: str) -> tuple[Entry, ...]:
        """What the ledger is told when `who` says in the conversation `where` that it is in the group."""
        return tuple(
            Entry(
                EntryKind.FORWARDED,
                at,
                who=who,
                conversation=one.conversation,
                words=words,
                document=one.document,
                assignment=one.assignment,
                key=one.key,
                details={key: one.details[key] for key in _KEPT if key in one.details} | {"said_in": where},
            )
            for one in self.entries
        )


def errands(ledger: Ledger) -> tuple[Errand, ...]:
    """Every errand, oldest first."""
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in ledger.kinds(EntryKind.ENTRUSTED, EntryKind.UNKNOWN):
        if isinstance(entry.details.get("carrier"), dict) and (posts := _names(entry, "posts")):
            groups.setdefault(posts, []).append(entry)
    return tuple(_errand(posts, tuple(entries), ledger) for posts, entries in groups.items())


def _errand(posts: tuple[str, ...], entries: tuple[Entry, ...], ledger: Ledger) -> Errand:
    carrier = entries[0].details["carrier"]
    assert isinstance(carrier, dict), "looked at before"
    done = next(_words_on(entries, ledger), None)
    return Errand(
        entries,
        str(carrier.get("name", "")),
        str(carrier.get("conversation", "")),
        tuple(map(errand_code, posts)),
        _names(entries[0], "message_ids"),
        done,
    )


def _words_on(entries: tuple[Entry, ...], ledger: Ledger) -> Iterator[Entry]:
    return (one for entry in entries for one in ledger.keyed(entry.key) if one.kind is EntryKind.FORWARDED)


def _names(entry: Entry, key: str) -> tuple[str, ...]:
    told = entry.details.get(key)
    return tuple(map(str, told)) if isinstance(told, list | tuple) else ()
