"""链: each line of the ledger carries a hash of itself and of the line before, so that no line can be changed unseen.

What may have to be blanked for a person's sake (法律: 个人信息保护法 第四十七条) goes into the hash as a salted seal. Taking away the
words together with their salt leaves the seal, which proves that something stood there and tells nobody what.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from typing import Any

from knowledge.store_files import json_bytes

Stored = Mapping[str, Any]
CHAIN, SALT, BLANKED, AFTER = "chain", "salt", "blanked", "after"
MARKS = (CHAIN, SALT, BLANKED, AFTER)
"""What a line holds beside its entry: its hash, the salts, the seals of what was blanked, the end of the file before."""
PERSONAL = ("who", "conversation", "words")
"""The fields of an entry that may tell of a person."""
PERSONAL_DETAILS = ("liaison", "id", "name", "person", "persons", "account", "from", "to", "named", "carrier")
"""The details that may; whoever records a person's name or account in details uses one of these names."""


def beginning(name: str, before: bytes = b"") -> str:
    """The hash in front of a file's first chained line; `before` are the lines that were written without one."""
    return sha256(f"qiantou {name}\n".encode() + before).hexdigest()


def chained(stored: Stored, previous: str, salt: Callable[[], str]) -> dict[str, Any]:
    """A new line: what is stored, a salt for each personal field, and its hash behind `previous`."""
    salts = {path: salt() for path, _ in _personal(stored)}
    line = {**stored, **({SALT: salts} if salts else {})}
    return {**line, CHAIN: link(line, previous)}


def link(line: Stored, previous: str) -> str:
    """The hash that a line should carry behind `previous`. Raises KeyError, TypeError, AttributeError for what is no line."""
    salts = line.get(SALT, {})
    seals = {path: _seal(salts[path], words) for path, words in _personal(line)} | line.get(BLANKED, {})
    rest = {key: held for key, held in line.items() if key not in (CHAIN, SALT, BLANKED, *PERSONAL)}
    if "details" in rest:
        rest["details"] = {key: held for key, held in rest["details"].items() if key not in PERSONAL_DETAILS}
    return sha256(previous.encode() + json_bytes([rest, sorted(seals.items())])).hexdigest()


def blanked(line: Stored, paths: Collection[str]) -> dict[str, Any]:
    """The line without the words at `paths` ("who", "details.liaison"); its hash stays what it was."""
    salts = dict(line.get(SALT, {}))
    gone = {path: _seal(salts.pop(path), words) for path, words in _personal(line) if path in paths}
    if not gone:
        return dict(line)
    kept = {key: held for key, held in line.items() if key not in gone and key not in (SALT, BLANKED, CHAIN)}
    if "details" in kept:
        kept["details"] = {key: held for key, held in kept["details"].items() if f"details.{key}" not in gone}
    told = {**line.get(BLANKED, {}), **gone}
    return {
        **kept,
        **({SALT: salts} if salts else {}),
        BLANKED: told,
        **({CHAIN: line[CHAIN]} if CHAIN in line else {}),
    }


def _personal(line: Stored) -> Iterator[tuple[str, Any]]:
    """What of a line may tell of a person, by where it stands."""
    yield from ((key, line[key]) for key in PERSONAL if key in line)
    details = line.get("details", {})
    yield from ((f"details.{key}", details[key]) for key in PERSONAL_DETAILS if key in details)


def _seal(salt: str, words: Any) -> str:
    return sha256(salt.encode() + b"\0" + json_bytes(words)).hexdigest()
