"""绑定码: a code, given to one person, that makes the account it is typed from that person's. Used once, soon over, hard to guess.

Of a code the ledger holds only what scrypt makes of it with a salt, so that whoever reads the ledger cannot enrol with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import scrypt
from unicodedata import normalize

from knowledge.codes import DIGITS, LETTERS
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.people import Person

PAIRS = 4
"""A code is so many pairs of a letter and a digit; none is one of the short codes of `knowledge.codes`, none looks like another."""
GOOD_FOR = timedelta(days=7)
TRIES, TRIED_IN = 5, timedelta(hours=1)
"""So many wrong codes from one account in so long, and it has to wait."""
TRIES_OF_ALL = 60
"""The same for all accounts together: who guesses has many."""
_CODE = re.compile(rf"(?:[{LETTERS}][{DIGITS}]){{{PAIRS}}}")
_BETWEEN = re.compile(r"[\s\-－—·.]+")

Draw = Callable[[], int]
"""Gives a random number of 64 bits that nobody can foresee."""
ISSUED, USED, VOID, WRONG = "issued", "used", "void", "wrong"


@dataclass(frozen=True, slots=True)
class Invitation:
    """绑定码: whom it is for and until when. `closed` is USED or VOID, empty while it can be used; `key` the account that used it.

    `first` marks the code of the first administrator, who says his name with it.
    """

    digest: str
    salt: str
    person: Person
    at: datetime
    until: datetime
    by: str = ""
    closed: str = ""
    key: str = ""
    first: bool = False

    def open(self, now: datetime) -> bool:
        """Whether it can still be used."""
        return not self.closed and now < self.until


@dataclass(frozen=True, slots=True)
class Fresh:
    """A new code in clear, for the eyes of whom it is for, and its invitation."""

    code: str
    invitation: Invitation

    @property
    def spaced(self) -> str:
        """The code as people read it out: K7M4 P2Q8."""
        return f"{self.code[:4]} {self.code[4:]}"


@dataclass(frozen=True)
class Invitations:
    """Every invitation an office has given, oldest first."""

    given: tuple[Invitation, ...] = ()

    def meant(self, code: str) -> Invitation | None:
        """The invitation that a code belongs to, the newest where it was given twice; None where there is none."""
        digests = {salt: digest_of(code, salt) for salt in {one.salt for one in self.given}}
        return next((one for one in reversed(self.given) if one.digest == digests[one.salt]), None)

    def open(self, now: datetime) -> tuple[Invitation, ...]:
        """Those that can still be used."""
        return tuple(one for one in self.given if one.open(now))

    def waiting(self, person: Person, now: datetime) -> tuple[Invitation, ...]:
        """The open ones for a person, whatever the role."""
        return tuple(one for one in self.open(now) if one.person.who == person.who)


def invitations_of(ledger: Ledger) -> Invitations:
    """Every invitation that the ledger tells of, as it stands."""
    given: dict[str, Invitation] = {}
    for entry in ledger.kinds(EntryKind.INVITED):
        digest, act = str(entry.details.get("digest", "")), entry.details.get("act")
        if act == ISSUED:
            given[digest] = _read(entry, digest)
        elif digest in given and act in (USED, VOID):
            given[digest] = replace(given[digest], closed=str(act), key=str(entry.details.get("account", "")))
    return Invitations(tuple(given.values()))


def _read(entry: Entry, digest: str) -> Invitation:
    told = {word: str(entry.details.get(word, "")) for word in ("name", "role", "salt", "until")}
    person = Person(told["name"], entry.unit, told["role"])
    until = datetime.fromisoformat(told["until"]) if told["until"] else entry.at
    return Invitation(digest, told["salt"], person, entry.at, until, entry.who, first=bool(entry.details.get("first")))


def code_in(text: str) -> str:
    """The code that a text is, in capitals and without the blanks between; empty where it is none."""
    told = _BETWEEN.sub("", normalize("NFKC", text)).upper()
    return told if _CODE.fullmatch(told) else ""


def digest_of(code: str, salt: str) -> str:
    """What stands for a code. Slow on purpose: all codes there are take weeks to try."""
    return scrypt(code.encode(), salt=salt.encode(), n=1 << 13, r=8, p=1, dklen=16).hex()


def fresh(person: Person, ledger: Ledger, now: datetime, by: str, draw: Draw, first: bool = False) -> Fresh:
    """A new code for a person."""
    known = invitations_of(ledger)
    salt = known.given[0].salt if known.given else f"{draw():016x}"
    taken = {one.digest for one in known.given}
    while (digest := digest_of(code := _code(draw()), salt)) in taken:
        continue
    return Fresh(code, Invitation(digest, salt, person, now, now + GOOD_FOR, by, first=first))


def _code(number: int) -> str:
    signs = ""
    for _ in range(PAIRS):
        number, letter = divmod(number, len(LETTERS))
        number, digit = divmod(number, len(DIGITS))
        signs += LETTERS[letter] + DIGITS[digit]
    return signs


def tries_left(key: str, ledger: Ledger, now: datetime) -> int:
    """How many wrong codes may still come from an account within the hour."""
    wrong = [
        entry
        for entry in ledger.kinds(EntryKind.INVITED)
        if entry.details.get("act") == WRONG and now - entry.at < TRIED_IN
    ]
    mine = sum(entry.details.get("account") == key for entry in wrong)
    return max(0, min(TRIES - mine, TRIES_OF_ALL - len(wrong)))


# ---------------------------------------------------------------- what the ledger is told
def issued_entry(invitation: Invitation, where: str = "") -> Entry:
    """An invitation was given. The code itself is nowhere."""
    told: dict[str, object] = {
        "act": ISSUED,
        "name": invitation.person.name,
        "role": invitation.person.role,
        "digest": invitation.digest,
        "salt": invitation.salt,
        "until": invitation.until.isoformat(),
    }
    told |= {"first": True} if invitation.first else {}
    return Entry(EntryKind.INVITED, invitation.at, invitation.by, where, unit=invitation.person.unit, details=told)


def closed_entry(invitation: Invitation, act: str, key: str, at: datetime, who: str, where: str = "") -> Entry:
    """It was used from an account, or is void."""
    details = {"act": act, "digest": invitation.digest, "account": key}
    return Entry(EntryKind.INVITED, at, who, where, unit=invitation.person.unit, details=details)


def wrong_entry(key: str, at: datetime, who: str, where: str = "") -> Entry:
    """A code was typed that is none. It is not written down: it may be almost right."""
    return Entry(EntryKind.INVITED, at, who, where, details={"act": WRONG, "account": key})


def voided(invitations: Iterable[Invitation], at: datetime, who: str) -> tuple[Entry, ...]:
    """What the ledger is told when invitations are void."""
    return tuple(closed_entry(one, VOID, "", at, who) for one in invitations)
