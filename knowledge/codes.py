"""短码: three characters that stand for one due date of an assignment in chat, as 收到 K7M.

A code is a letter, a digit and a letter, without the pairs that eyes and keyboards confuse (0 O, 1 I L, 2 Z, 5 S, 8 B, U V), so
that it is no number, no abbreviation and no measure. It is computed from the assignment and the due date. Where another one
still goes by it in the same office the next of its row is taken, and what was taken once is in the ledger and stays.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from unicodedata import normalize

from knowledge.ledger import Entry, Ledger

LETTERS = "ACDEFGHJKMNPQRTVWXY"
DIGITS = "23456789"
SHORT_TRIES = 12
"""How many codes of three characters are tried before one of five is taken."""
IN_USE = timedelta(days=120)
"""How long after it was last said a code still means the same; what is open is said more often than that."""
_CODE = re.compile(
    rf"(?<![A-Za-z0-9])[{LETTERS}][{DIGITS}][{LETTERS}](?:[{DIGITS}][{LETTERS}])?(?![A-Za-z0-9])", re.IGNORECASE
)

Matter = tuple[str, str]
"""What a code stands for: the assignment's id and the due date (or the quarter) as in the notice's key."""


def codes_in(text: str) -> tuple[str, ...]:
    """The codes that stand in `text`, in capitals, in order, each once."""
    return tuple(dict.fromkeys(found[0].upper() for found in _CODE.finditer(normalize("NFKC", text))))


def without_codes(text: str) -> str:
    """`text` with a blank in the place of every code."""
    return _CODE.sub(" ", normalize("NFKC", text)).strip()


def code_of(matter: Matter, ledger: Ledger, now: datetime, beside: Mapping[str, Matter] | None = None) -> str:
    """The code of `matter`: the one it was said under, else the first of its row that nothing else goes by at `now`.

    `beside` are codes given in the same breath, which the ledger does not know yet.
    """
    known = _said(matter, ledger)
    if known and stands_for(known, matter, ledger, now, beside or {}):
        return known
    attempt = 0
    while not stands_for(code := _nth(matter, attempt), matter, ledger, now, beside or {}):
        attempt += 1
    return code


def meant_by(code: str, ledger: Ledger) -> Entry | None:
    """The entry in which `code` was last said; `matter_of` tells what it stands for."""
    found = ledger.coded(code.upper())
    return found[-1] if found else None


def matter_of(entry: Entry) -> Matter:
    """What an entry with a code was about: a delivery by its key, a report by the due date it tells of (`about`)."""
    return matter_in(entry.key) if entry.key else (entry.assignment, str(entry.details.get("about", "")))


def matter_in(key: str) -> Matter:
    """What a notice is about, by its key or the key of a later attempt at it."""
    parts = key.split("|")
    start = parts[0].startswith("again-")
    return parts[start], parts[start + 1] if len(parts) > start + 1 else ""


def _said(matter: Matter, ledger: Ledger) -> str:
    """The code under which this matter was last said; empty where it was not."""
    entries = reversed(ledger.of(matter[0]))
    return next((str(e.details["code"]) for e in entries if e.details.get("code") and matter_of(e) == matter), "")


def stands_for(code: str, matter: Matter, ledger: Ledger, now: datetime, beside: Mapping[str, Matter]) -> bool:
    """Whether nothing but `matter` goes by `code` at `now`; `beside` are codes given in the same breath."""
    if code in beside:
        return beside[code] == matter
    last = meant_by(code, ledger)
    if last is None or matter_of(last) == matter:
        return True
    # By the day: what is drafted at night and said in the morning goes by the same code.
    return now.date() - last.at.astimezone(now.tzinfo).date() > IN_USE


def _nth(matter: Matter, attempt: int) -> str:
    """The `attempt`-th code of the row of a matter."""
    number = int.from_bytes(sha256(f"{'|'.join(matter)}|{attempt}".encode()).digest()[:8])
    pattern = (LETTERS, DIGITS, LETTERS) if attempt < SHORT_TRIES else (LETTERS, DIGITS, LETTERS, DIGITS, LETTERS)
    code = ""
    for signs in pattern:
        number, place = divmod(number, len(signs))
        code += signs[place]
    return code
