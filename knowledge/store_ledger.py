"""The ledger on disk: one JSON-lines file a year, appended and synced, never rewritten.

A crash can only tear the last line; what was torn is moved aside by the next writer. A broken line further up is
damage that a person must see.
"""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.chain import AFTER, CHAIN, MARKS, beginning, chained
from knowledge.codec import SCHEMA, CodecError, decode, encode
from knowledge.ledger import Entry, EntryKind, Ledger
from knowledge.store import StoreError
from knowledge.store_count import Counts
from knowledge.store_disk import disk
from knowledge.store_files import PRIVATE_FILE, json_bytes, refusal, sync_folder, write_all

PATTERN = "ledger-[0-9][0-9][0-9][0-9].jsonl"


@dataclass(slots=True)
class _Seen:
    """How far a year's file was read: `end` is the byte behind the last whole line, `torn` what stands behind it,
    `count` how many entries stand before, `head` the hash of the last one ("" where none has one)."""

    inode: int
    end: int = 0
    torn: bytes = b""
    count: int = 0
    head: str = ""


class LedgerFiles:
    """The ledger files of one home. Reading needs no lock; `append` and `mend` are for the one writer."""

    def __init__(self, home: Path, warn: Callable[[str], None]) -> None:
        self._home = home
        self._warn = warn
        self._counts = Counts()
        self._forget()

    def _forget(self) -> None:
        self._ledger = Ledger()
        self._seen: dict[Path, _Seen] = {}
        self._filings: Counter[str] = Counter()
        self._open: dict[Path, int] = {}
        self._lost: dict[Path, int] = {}

    def written(self, filing: str) -> int:
        """How many entries of a filing have reached the ledger (as last read)."""
        return self._filings[filing]

    def read(self) -> Ledger:
        """The ledger as it stands now; only what came since the last reading is read. Raises StoreError."""
        try:
            paths = sorted(self._home.glob(PATTERN))
            if not self._continues(paths):
                self.close()
            missing = () if self._seen else self._counts.missing(self._home)
            for path in paths:
                expected = 0 if path in self._seen else self._counts.read(path)
                self._read_on(path)
                self._compare(path, expected)
            for path in missing:
                self._miss(path, self._counts.read(path), "整个文件不见了")
        except OSError as error:
            raise refusal("读取台账", Path(error.filename or self._home), error) from error
        return self._ledger

    def _compare(self, path: Path, expected: int) -> None:
        """Notice that a file holds fewer entries than it once did. The last one may lack nothing but its line end."""
        seen = self._seen[path]
        held = seen.count + (bool(seen.torn) and _is_entry(seen.torn))
        if held < expected:
            self._miss(path, expected - held, f"应有{expected}条，现有{held}条")

    def _miss(self, path: Path, lost: int, why: str) -> None:
        self._lost[path] = lost
        self._warn(
            f"台账“{path.name}”少了{lost}条（{why}），不是本程序所为；请用备份中的同名文件核对，或用 qiantou restore 恢复。"
            "已发过的提醒可能会再发一次。"
        )

    def _continues(self, paths: list[Path]) -> bool:
        """Whether every file is still the one that was read, only longer."""
        if not self._seen.keys() <= set(paths):
            return False
        found = [(seen, path.stat()) for path, seen in self._seen.items()]
        return all(stat.st_ino == seen.inode and stat.st_size >= seen.end for seen, stat in found)

    def _read_on(self, path: Path) -> None:
        stat = path.stat()
        seen = self._seen.setdefault(path, _Seen(stat.st_ino))
        if stat.st_size == seen.end + len(seen.torn):
            return
        with path.open("rb") as file:
            file.seek(seen.end)
            fresh = file.read()
        whole, torn = _split(fresh)
        entries, filings = _entries(path, whole, seen.end)
        self._remember(seen, entries, filings, seen.end + len(whole), torn)
        seen.head = _head(whole) if whole else seen.head
        if torn:
            self._warn(f"台账“{path.name}”的最后一行不完整（写入时中断所致），没有计入；此前各行完好。")

    def mend(self) -> None:
        """Bring the last line of each file in order: a whole entry gets its line end, a torn one is moved aside."""
        for path, seen in self._seen.items():
            if seen.torn:
                self._mend_one(path, seen)
        if any(seen.torn for seen in self._seen.values()):
            self.read()

    def _mend_one(self, path: Path, seen: _Seen) -> None:
        try:
            if not seen.torn.endswith(b"\n") and _is_entry(seen.torn):
                _append(path, b"\n")
                return
            aside = path.with_name(f"{path.name}.torn")
            _append(aside, seen.torn.rstrip(b"\n") + b"\n")
            os.truncate(path, seen.end)
        except OSError as error:
            raise refusal("修复台账", path, error) from error
        seen.torn = b""
        self._warn(f"台账“{path.name}”末尾不完整的一行已移到“{aside.name}”，此前各行完好，不影响继续使用。")

    def append(self, entries: Iterable[Entry], filing: str = "") -> None:
        """Write entries and wait for the disk. Either all are there or, with StoreError, none."""
        self.read()
        self.mend()
        by_year: dict[Path, list[Entry]] = {}
        for entry in entries if filing else self._with_losses(list(entries)):
            by_year.setdefault(self._home / f"ledger-{entry.at.year:04}.jsonl", []).append(entry)
        marks: list[tuple[int, int]] = []
        heads: dict[Path, str] = {}
        for path, found in sorted(by_year.items()):
            try:
                descriptor = self._descriptor(path)
                marks.append((descriptor, os.fstat(descriptor).st_size))
                lines, heads[path] = self._chained(path, found, filing, heads)
                write_all(descriptor, lines)
                disk().sync(descriptor)
            except OSError as error:
                self._take_back(marks)
                raise refusal("写入台账", path, error) from error
        for path, found in by_year.items():
            self._account(path, found, filing)
            self._seen[path].head = heads[path]
        if not filing:
            self._settle_losses()

    def _chained(self, path: Path, entries: list[Entry], filing: str, fresh: Mapping[Path, str]) -> tuple[bytes, str]:
        """The lines of entries, each with the hash of itself and the one before; and the last hash."""
        seen = self._seen.get(path)
        head, after = (seen.head, {}) if seen and seen.head else self._begun(path, fresh)
        lines = []
        for entry in entries:
            line = chained(_stored_form(entry, filing) | after, head, _salt)
            head, after = line[CHAIN], {}
            lines.append(json_bytes(line) + b"\n")
        return b"".join(lines), head

    def _begun(self, path: Path, fresh: Mapping[Path, str]) -> tuple[str, dict[str, str]]:
        """What a file's first chained line stands behind: all that was written before, and the end of the file before."""
        earlier = [
            head
            for other in sorted(self._seen.keys() | fresh.keys())
            if other < path and (head := self._end(other, fresh))
        ]
        before = path.read_bytes() if path.exists() else b""
        return beginning(path.name, before), {AFTER: earlier[-1]} if earlier else {}

    def _end(self, path: Path, fresh: Mapping[Path, str]) -> str:
        return fresh.get(path) or (self._seen[path].head if path in self._seen else "")

    def _with_losses(self, entries: list[Entry]) -> list[Entry]:
        """What is about to be written, behind an entry for each file of which lines are gone: that is never forgotten."""
        told = [
            Entry(EntryKind.DAMAGED, entries[0].at, words=f"台账“{path.name}”少了{lost}条，不是本程序所为")
            for path, lost in self._lost.items()
            if entries
        ]
        return told + entries

    def _settle_losses(self) -> None:
        for path in self._lost:
            seen = self._seen.get(path)
            self._count(path, seen.count if seen else 0)
        self._lost.clear()

    def _count(self, path: Path, count: int) -> None:
        if why := self._counts.write(path, count):
            self._warn(f"台账“{path.name}”的条数没有记下（{why}），不影响使用；下次写入时再记。")

    def _account(self, path: Path, entries: list[Entry], filing: str) -> None:
        """Remember what was just written, as if it had been read."""
        stat = os.fstat(self._open[path])
        seen = self._seen.setdefault(path, _Seen(stat.st_ino))
        self._remember(seen, entries, [filing] * len(entries), stat.st_size, b"")
        self._count(path, seen.count)

    def _remember(self, seen: _Seen, entries: list[Entry], filings: list[str], end: int, torn: bytes) -> None:
        """All of it or, when interrupted, nothing: then the files are read afresh."""
        try:
            self._ledger = self._ledger.plus(*entries)
            self._filings.update(filings)
            seen.end, seen.torn = end, torn
            seen.count += len(entries)
        except BaseException:
            self.close()
            raise

    def _descriptor(self, path: Path) -> int:
        if path not in self._open:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
            self._open[path] = disk().open(path, flags, PRIVATE_FILE)
            sync_folder(path.parent)
        return self._open[path]

    def _take_back(self, marks: list[tuple[int, int]]) -> None:
        """Cut off what a refused append left behind; where even that is refused, the next writer mends it."""
        for descriptor, size in marks:
            try:
                os.ftruncate(descriptor, size)
            except OSError as error:
                self._warn(f"台账末尾没有写完的一行未能收回（{error.strerror}），下次写入时会自动修复。")

    def close(self) -> None:
        """Close the files and forget what was read."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._counts.close()
        self._forget()


def _append(path: Path, content: bytes) -> None:
    descriptor = disk().open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
    try:
        write_all(descriptor, content)
        disk().sync(descriptor)
    finally:
        os.close(descriptor)


def _stored_form(entry: Entry, filing: str) -> dict[str, Any]:
    return {"schema": SCHEMA, **({"filing": filing} if filing else {}), **encode(entry)}


def _salt() -> str:
    return secrets.token_urlsafe(16)


def _head(lines: bytes) -> str:
    """The hash that the last of whole lines carries; empty where it has none."""
    last = lines.rstrip(b"\n").rpartition(b"\n")[2]
    stored = _stored_one(last) if last else None
    return str(stored.get(CHAIN, "")) if isinstance(stored, dict) else ""


def _split(content: bytes) -> tuple[bytes, bytes]:
    """Whole lines, and the last line when it is torn: without its end, or not even JSON."""
    end = content.rfind(b"\n") + 1
    if end < len(content):
        return content[:end], content[end:]
    last = content.rfind(b"\n", 0, max(end - 1, 0)) + 1
    return (content, b"") if _is_json(content[last:end]) else (content[:last], content[last:end])


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line.strip() or b"null")
    except (ValueError, RecursionError):
        return False
    return True


def _is_entry(line: bytes) -> bool:
    try:
        return proper_line(json.loads(line))
    except (ValueError, RecursionError):
        return False


def proper_line(stored: object) -> bool:
    """Whether the JSON of a line is an entry of this program's."""
    try:
        _entry(stored)
    except CodecError:
        return False
    return True


def _entry(stored: object) -> tuple[Entry, str]:
    """An entry and the filing it belongs to, from the JSON of one line."""
    if not isinstance(stored, dict):
        raise CodecError(f"应为一条记录，实为{stored!r:.40}")
    schema, filing = stored.pop("schema", None), stored.pop("filing", "")
    for mark in MARKS:
        stored.pop(mark, None)
    if schema != SCHEMA:
        raise CodecError(f"格式号为{schema!r:.20}，本程序只认识{SCHEMA}")
    return decode(Entry, stored), str(filing)


def _entries(path: Path, content: bytes, offset: int) -> tuple[list[Entry], list[str]]:
    """The entries of whole lines that stand `offset` bytes into a file, and the filings of those that have one."""
    entries, filings = [], []
    for number, stored in enumerate(_stored(content)):
        try:
            if isinstance(stored, ValueError):
                raise stored
            if stored is _BLANK:
                continue
            entry, filing = _entry(stored)
        except (ValueError, CodecError) as error:
            raise StoreError(
                f"台账“{path.name}”第{_lines_before(path, offset) + number + 1}行已损坏（{error}）；"
                "请用备份中的同名文件核对并改正这一行，或用 qiantou restore 恢复。"
            ) from error
        entries.append(entry)
        filings += [filing] * bool(filing)
    return entries, filings


_BLANK = object()


def _stored(content: bytes) -> list[object]:
    """The JSON of each line, `_BLANK` for an empty one, the error for a broken one. All at once where all are whole."""
    lines = content.split(b"\n")[:-1]
    try:
        stored: list[object] = json.loads(b"[" + b",".join(lines) + b"]")
    except (ValueError, RecursionError):
        stored = []
    return stored if len(stored) == len(lines) else [_stored_one(line) for line in lines]


def _stored_one(line: bytes) -> object:
    if not line.strip():
        return _BLANK
    try:
        return json.loads(line)
    except ValueError as error:
        return error
    except RecursionError:
        return ValueError("嵌套过深")


def _lines_before(path: Path, offset: int) -> int:
    with path.open("rb") as file:
        return file.read(offset).count(b"\n")
