"""佐证: files that units give as evidence are kept by their SHA-256 in home/evidence/, and proved by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.app import App
from bot.channels.hearing import Heard
from bot.home import Home
from handlers.evidencing import Exhibit, file_given
from handlers.message import Outcome, Reply
from handlers.occasion import Occasion
from knowledge.ledger import EntryKind, Ledger
from knowledge.model import Message
from knowledge.people import Person
from knowledge.redating import redated
from knowledge.store import StoreError
from knowledge.store_files import make_folder, write_whole

MEGABYTE = 1_000_000
_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
BEGINS: dict[str, tuple[bytes, ...]] = {
    ".pdf": (b"%PDF-",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".gif": (b"GIF87a", b"GIF89a"),
    ".bmp": (b"BM",),
    ".webp": (b"RIFF",),
    ".docx": (_ZIP,),
    ".xlsx": (_ZIP,),
    ".pptx": (_ZIP,),
    ".ofd": (_ZIP,),
    ".doc": (_OLE,),
    ".xls": (_OLE,),
    ".ppt": (_OLE,),
    ".wps": (_OLE, _ZIP),
    ".et": (_OLE, _ZIP),
}
"""What is taken as evidence, by its ending, and how such a file begins: nothing that runs, nothing packed."""
BAD_KIND = "“{name}”不是可以作佐证的文件，没有登记。请发图片（jpg、png）、PDF、OFD 或 Word、Excel、PPT 文件。"
BAD_CONTENT = "“{name}”的内容与后缀对不上，没有登记。请核对后重新发。"
TOO_LARGE = "“{name}”超过{most}MB，没有登记。请压缩或拆分后再发，或者改发公开链接。"
EMPTY = "“{name}”是空的，没有登记。请重新发。"
UNKEPT = "材料存不下来，没有登记：{why}"


class EvidenceError(Exception):
    """A file cannot be taken as evidence. `str(error)` is one Chinese sentence with the next step."""


def exhibit_of(content: bytes, name: str, megabytes: int) -> Exhibit:
    """What a file is as evidence. Raises EvidenceError for a kind that is not taken, for what is no such file, empty or too large."""
    ending = Path(name).suffix.lower()
    if ending not in BEGINS:
        raise EvidenceError(BAD_KIND.format(name=name))
    if not content:
        raise EvidenceError(EMPTY.format(name=name))
    if len(content) > megabytes * MEGABYTE:
        raise EvidenceError(TOO_LARGE.format(name=name, most=megabytes))
    if not content.startswith(BEGINS[ending]):
        raise EvidenceError(BAD_CONTENT.format(name=name))
    return Exhibit(name, sha256(content).hexdigest(), len(content))


def place_of(home: Home, exhibit: Exhibit) -> Path:
    """Where a file lies in the home."""
    return home.evidence / (exhibit.sha256 + Path(exhibit.name).suffix.lower())


def take_file(app: App, home: Home, content: bytes, name: str, message: Message) -> Outcome:
    """Keep a file that `message` came with as evidence for the report that the message names, else for the sender's last one.

    `message` says who gave it (unit, sender, role; those of the account are found by `message.person`), its text what it is
    for; `name` is the file's own. The file is on the disk before the ledger tells of it, and the ledger before the reply does.
    Nothing is kept of what belongs to no report. Never raises for what a person does; where the store refuses, the reply says so.
    """
    try:
        exhibit = exhibit_of(content, name, app.config.evidence.megabytes)
    except EvidenceError as error:
        return Outcome((Reply(str(error)),))
    outcome = file_given(_occasion(app, message), exhibit)
    if not outcome.entries:
        return outcome
    try:
        make_folder(home.evidence)
        place = place_of(home, exhibit)
        if not (place.exists() and place.stat().st_size == exhibit.size):
            write_whole(place, content)
        app.store.append(*outcome.entries)
    except StoreError as error:
        return Outcome((Reply(UNKEPT.format(why=error)),))
    return outcome


def _occasion(app: App, message: Message) -> Occasion:
    if message.person:
        from bot.reception import identified

        message = identified(message, app.people, app.groups)
    scope = message.scope if message.scope is not None else app.register.binding(message.conversation)
    register = redated(app.register, app.store.ledger()).scoped(scope).in_force
    return Occasion(replace(message, scope=scope), register, app.store.ledger(), app.clock.now(), app.calendar)


def keeper(app: App, home: Home) -> Callable[[Person, Heard, str, bytes], Outcome]:
    """`take_file` for what a channel heard in private."""

    def keep(person: Person, heard: Heard, name: str, content: bytes) -> Outcome:
        message = Message(heard.text, heard.conversation, heard.name or person.name, person=heard.person)
        return take_file(app, home, content, name, message)

    return keep


# ---------------------------------------------------------------- to prove it
class Verified(NamedTuple):
    """One file of the ledger: what it is, whose, for which assignment (id), and what is wrong with what lies on the disk; empty
    where it is whole."""

    exhibit: Exhibit
    unit: str
    assignment: str
    path: Path
    wrong: str = ""


def verified(home: Home, ledger: Ledger) -> Iterator[Verified]:
    """Every file of the ledger, oldest first, compared with what lies in the home."""
    for entry in ledger.kinds(EntryKind.EVIDENCED):
        told = entry.details.get("file")
        if not isinstance(told, dict):
            continue
        exhibit = Exhibit(str(told.get("name")), str(told.get("sha256")), int(told.get("size", 0)))
        path = place_of(home, exhibit)
        yield Verified(exhibit, entry.unit, entry.assignment, path, _wrong(path, exhibit))


def _wrong(path: Path, exhibit: Exhibit) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return "文件不在了"
    except OSError:
        return "文件读不出来"
    return "" if sha256(content).hexdigest() == exhibit.sha256 else "内容被改过，与登记的校验码不符"
