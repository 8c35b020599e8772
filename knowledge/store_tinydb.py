"""The store of an office that runs one process: the register in TinyDB, the ledger in JSON lines, one writer.

TinyDB rewrites its file in place, which a crash or a full disk turns into rubbish. So it works on memory here, and
the whole of it is put in the old file's place in one stroke (`_Tables.commit`). Filing is that one stroke too: the
entries that belong to it lie in the register file until they have reached the ledger.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from knowledge.codec import SCHEMA, CodecError, decode, encode
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.model import Assignment, Document
from knowledge.register import Register
from knowledge.store import StoreError, claim_entry, refuse_stale
from knowledge.store_blank import Blanking, blank_files
from knowledge.store_disk import disk
from knowledge.store_files import discard, json_bytes, make_folder, refusal, write_whole
from knowledge.store_ledger import LedgerFiles
from knowledge.store_lock import Holder, WriterLock

REGISTER = "register.json"
BACKUPS = "backups"
KEPT_BACKUPS = 10

Stored = Mapping[str, Mapping[str, Any]]
Signature = tuple[int, int, int]


class _Damaged(Exception):
    """A register file does not hold a register; the message is a Chinese phrase saying why."""


@dataclass(frozen=True, slots=True)
class _Filed:
    """What a register file holds: `pending` are the entries of the filing marked `filing`.

    `rescued`: the file was damaged, and this comes from the automatic backups.
    """

    register: Register
    filing: str = ""
    pending: tuple[Entry, ...] = ()
    rescued: bool = False


class _Tables:
    """TinyDB's storage over bytes in memory: `content` is what would stand in the file."""

    def __init__(self, content: bytes = b"") -> None:
        self._tables: Any = json.loads(content) if content else None

    def read(self) -> Any:
        """What TinyDB last wrote."""
        return self._tables

    def write(self, tables: Any) -> None:
        """Remember it; nothing reaches the disk before the store puts `content` there."""
        self._tables = tables

    def close(self) -> None:
        """Nothing is open."""

    @property
    def content(self) -> bytes:
        """The tables as the bytes of a register file."""
        return json_bytes(self._tables)


def _packed(filed: _Filed) -> bytes:
    """The bytes of a register file; `filing` is computed from what they hold."""
    from tinydb import TinyDB

    register = filed.register
    tables = _Tables()
    database = TinyDB(storage=lambda: tables)
    database.table("documents").insert_multiple(encode(register.documents))
    database.table("assignments").insert_multiple(encode(register.assignments))
    bindings = [{"conversation": key, "documents": list(ids)} for key, ids in register.bindings.items()]
    database.table("bindings").insert_multiple(bindings)
    database.table("pending").insert_multiple(encode(filed.pending))
    filing = hashlib.sha256(tables.content + b"%d" % register.revision).hexdigest()[:16]
    database.table("about").insert({"schema": SCHEMA, "revision": register.revision, "filing": filing})
    return tables.content


def _unpacked(content: bytes) -> _Filed:
    """What a register file holds. Raises _Damaged, and StoreError when a newer program wrote it."""
    from tinydb import TinyDB

    try:
        tables = _Tables(content)
        database = TinyDB(storage=lambda: tables)
        about = dict(database.table("about").all()[0])
        _refuse_newer(about)
        register = Register(
            decode(int, about["revision"]),
            decode(tuple[Document, ...], _rows(database, "documents")),
            decode(tuple[Assignment, ...], _rows(database, "assignments")),
            {row["conversation"]: decode(tuple[str, ...], row["documents"]) for row in _rows(database, "bindings")},
        )
        return _Filed(register, decode(str, about["filing"]), decode(tuple[Entry, ...], _rows(database, "pending")))
    except CodecError as error:
        raise _Damaged(str(error)) from error
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise _Damaged("内容不完整或不是总册") from error


def _refuse_newer(about: Mapping[str, Any]) -> None:
    if decode(int, about["schema"]) != SCHEMA:
        raise StoreError(
            f"总册是另一版本的程序写成的（格式号{about['schema']}，本程序为{SCHEMA}），没有改动；请换用较新的 qiantou。"
        )


def _rows(database: Any, table: str) -> list[dict[str, Any]]:
    return [dict(row) for row in database.table(table).all()]


class TinyDBStore:
    """存储 in a home folder; keeps the contract of `knowledge.store.Store`.

    Reading needs no lock and sees the register as last filed. The first thing written takes the writer's lock,
    which stays taken until `close`; `hold` takes it beforehand.
    """

    def __init__(self, home: Path, holder: Holder | None = None) -> None:
        self._home = home
        self._lock = WriterLock(home, holder or Holder())
        self._warnings: list[str] = []
        self._ledger = LedgerFiles(home, self._warn)
        self._filed = _Filed(Register())
        self._signature: Signature | None = None
        self._turn = threading.RLock()

    def __enter__(self) -> TinyDBStore:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was found damaged and how it was mended, oldest first."""
        return tuple(self._warnings)

    def _warn(self, sentence: str) -> None:
        if sentence not in self._warnings:
            self._warnings.append(sentence)

    # Reading

    def load(self) -> Register:
        """The register as last filed. Raises StoreError."""
        with self._turn:
            return self._current().register

    def revision(self) -> int:
        """The revision of the register as last filed."""
        return self.load().revision

    def ledger(self) -> Ledger:
        """Everything written so far. Raises StoreError."""
        with self._turn:
            return self._ledger.read().plus(*self._owed())

    def _owed(self) -> tuple[Entry, ...]:
        """The entries of the last filing that have not reached the ledger yet."""
        filed = self._current()
        return filed.pending[self._ledger.written(filed.filing) :] if filed.pending else ()

    def _current(self) -> _Filed:
        signature = _signature(self._home / REGISTER)
        if signature != self._signature or signature is None:
            self._filed = self._read(signature)
            self._signature = signature
        return self._filed

    def _read(self, signature: Signature | None) -> _Filed:
        path = self._home / REGISTER
        try:
            if signature is None:
                raise _Damaged("文件不见了")
            return _unpacked(path.read_bytes())
        except _Damaged as damage:
            found = self._last_good()
            if found is None and signature is None:
                return self._none_filed()
            if found is None:
                raise StoreError(
                    f"总册“{path}”已损坏（{damage}），又没有可用的自动备份；请用 qiantou restore 恢复备份。"
                ) from None
            backup, filed = found
            self._warn(
                f"总册“{path}”已损坏（{damage}），已改用自动备份“{backup.name}”（第{filed.register.revision}版），"
                "请核对最近导入的文件是否都在。"
            )
            return replace(filed, rescued=True)
        except OSError as error:
            raise refusal("读取", path, error) from error

    def _none_filed(self) -> _Filed:
        """No register and no backup of one: a new office, unless the ledger knows better."""
        filed = len({entry.document for entry in self._ledger.read().kinds(EntryKind.FILED)})
        if filed:
            self._warn(
                f"总册“{self._home / REGISTER}”和自动备份都不见了，台账里记着入册过{filed}份文件；"
                "请用 qiantou restore 恢复备份，或从 documents/ 里的原件重新导入。"
            )
        return _Filed(Register())

    def _last_good(self) -> tuple[Path, _Filed] | None:
        for path in self._backups():
            try:
                return path, _unpacked(path.read_bytes())
            except _Damaged as damage:
                self._warn(f"自动备份“{path}”也已损坏（{damage}），继续找更早的。")
            except OSError as error:
                raise refusal("读取", path, error) from error
        return None

    def _backups(self) -> list[Path]:
        """The automatic backups, newest first."""
        return sorted((self._home / BACKUPS).glob("register-*.json"), key=_revision, reverse=True)

    # Writing

    def hold(self) -> None:
        """Take the writer's lock and mend what a crash left. Raises StoreBusy when another process holds it."""
        with self._turn:
            if self._lock.held:
                return
            self._lock.acquire()
            try:
                self._mend()
            except BaseException:
                self._lock.release()
                raise

    def _mend(self) -> None:
        filed = self._current()
        if filed.rescued:
            self._set_aside(self._home / REGISTER)
            write_whole(self._home / REGISTER, _packed(filed))
        self._set_unfiled_aside(filed.register.revision)
        self._ledger.read()
        self._ledger.mend()
        self._settle()

    def _set_aside(self, path: Path) -> None:
        """Keep a damaged register for whoever wants to look at it."""
        if not path.exists():
            return
        taken = sum(1 for _ in self._home.glob(f"{REGISTER}.damaged-*"))
        try:
            disk().replace(path, path.with_name(f"{REGISTER}.damaged-{taken + 1}"))
        except OSError as error:
            raise refusal("另存", path, error) from error

    def _set_unfiled_aside(self, revision: int) -> None:
        """A backup beyond the register is of a filing that was cut short; it must not come back as the last good one."""
        for path in self._backups():
            if _revision(path) > revision:
                disk().replace(path, path.with_name(f"{path.name}.unfiled"))

    def _settle(self) -> None:
        """Write into the ledger what the last filing still owes it."""
        owed = self._owed()
        if owed:
            self._ledger.append(owed, self._filed.filing)

    def file(self, register: Register, *entries: Entry) -> None:
        """Make `register` the office's register and write `entries`, both or neither. Raises StoreError."""
        with self._turn:
            seen = self._filed.register
            self.hold()
            current = self._current().register
            refuse_stale(current, register)
            if self._signature and seen.revision not in (0, current.revision):
                refuse_stale(current, seen)
            if register.revision == current.revision:
                self.append(*entries)
            else:
                self._replace(_Filed(register, pending=entries))

    def _replace(self, filed: _Filed) -> None:
        self._settle()
        content = _packed(filed)
        proved = _unpacked(content)
        if proved.register != filed.register or proved.pending != filed.pending:
            raise ValueError("a register that does not read back as it was is not put in place")
        make_folder(self._home / BACKUPS)
        backup = self._home / BACKUPS / f"register-{filed.register.revision}.json"
        before = _signature(self._home / REGISTER)
        try:
            write_whole(backup, content)
            write_whole(self._home / REGISTER, content)
        except BaseException:
            if _signature(self._home / REGISTER) == before:
                discard(backup)  # what was never filed must not come back as the last good register
            raise
        self._filed, self._signature = replace(proved, register=filed.register), _signature(self._home / REGISTER)
        # The register is filed from here on: what goes wrong now is told and made good later, not raised.
        try:
            self._settle()
            for old in self._backups()[KEPT_BACKUPS:]:
                discard(old)
        except (StoreError, OSError) as error:
            self._warn(f"总册已经写好；收尾没有做完，下次写入时自动补做：{error}")

    def append(self, *entries: Entry) -> None:
        """Write entries into the ledger; when this returns they survive a power cut. Raises StoreError."""
        with self._turn:
            self.hold()
            self._settle()
            self._ledger.append(entries)

    def claim(self, key: str, at: datetime) -> bool:
        """Take the notice with this key on oneself, durably. True exactly once for every key, for ever."""
        entry = claim_entry(key, at)
        with self._turn:
            self.hold()
            if self._ledger.read().claimed(key):
                return False
            self.append(entry)
            return True

    def blank(self, terms: Collection[str], entry: Entry) -> Blanking:
        """Take what tells of a person (names and accounts) out of the ledger and write `entry`, which says so, with the number of
        lines. Every other word stays, and so does the chain. Raises StoreError: then each file is as before or wholly blanked."""
        with self._turn:
            self.hold()
            self._settle()
            done = blank_files(self._home, terms)
            self._ledger.close()
            self._ledger.append([replace(entry, details={**entry.details, "lines": done.lines})])
            return done

    def close(self) -> None:
        """Give back the lock and close the ledger; may be called twice."""
        with self._turn:
            self._ledger.close()
            self._lock.release()


def _revision(backup: Path) -> int:
    """The revision in the name of an automatic backup; 0 for a name of somebody else's making."""
    number = backup.stem.removeprefix("register-")
    return int(number) if number.isdecimal() else 0


def _signature(path: Path) -> Signature | None:
    """What changes whenever the file is replaced; None when it is not there."""
    try:
        stat = path.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise refusal("读取", path, error) from error
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
