"""收件簿: what was heard, on disk before the platform is told that it has arrived; here a message that comes twice ends.

One JSON line for each thing heard and for each mark on it, appended and synced. A torn last line is of something that
no platform was told of: it will be said again. What is settled is forgotten after KEPT, its words at the next tidying.
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from bot.channels.hearing import Heard
from bot.clock import Clock
from knowledge.codec import CodecError, decode, encode
from knowledge.store_disk import disk
from knowledge.store_files import PRIVATE_FILE, json_bytes, refusal, sync_folder, write_all, write_whole

log = logging.getLogger(__name__)

KEPT = timedelta(hours=48)
"""How long an id is known; platforms repeat for up to 24 hours."""
TIDY_LINES = 4000
"""Lines after which the file is tidied again."""

Key = tuple[str, str]
"""The channel and the platform's id of a message."""


class Mark(StrEnum):
    """What became of something heard. SPEAKING: its answer is about to be said; ANSWERED: the platform took the answer;
    QUIET: there was nothing to say; UNKNOWN: the answer may have been seen; FAILED: it was refused; MISSED: its sender is told,
    or nobody can be told, that it was not answered; RECALLED: it was taken back."""

    SPEAKING = "speaking"
    ANSWERED = "answered"
    QUIET = "quiet"
    UNKNOWN = "unknown"
    FAILED = "failed"
    MISSED = "missed"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the inbox knows of a message: when it came by our clock (aware) and in which conversation, its last mark, the ids of
    what was answered, and itself until it is settled."""

    at: datetime
    conversation: str
    mark: Mark | None = None
    heard: Heard | None = None
    ids: tuple[str, ...] = ()


class Inbox:
    """收件簿 of one home, for the one process that holds the right to write. Its calls may come from several threads."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock
        self._kept: dict[Key, Kept] | None = None
        self._descriptor: int | None = None
        self._fresh = 0
        self._turn = threading.RLock()

    def take(self, heard: Heard) -> bool:
        """Keep what was heard; when this returns it survives a power cut. False where it is known. Raises StoreError."""
        with self._turn:
            key = heard.channel, heard.id
            if key in self._known():
                return False
            at = self._clock.now()
            self._append({"at": at.isoformat(), "heard": encode(heard)}, durable=True)
            self._known()[key] = Kept(at, heard.conversation, None, heard)
            return True

    def mark(self, heard: Heard, mark: Mark, ids: Sequence[str] = ()) -> None:
        """Write down what became of it: SPEAKING before anything is said, for then it must not be said again after a crash.
        `ids` are the platform's names for the messages that answered it. Raises StoreError."""
        with self._turn:
            key = heard.channel, heard.id
            told = {"mark": mark, "channel": heard.channel, "id": heard.id} | ({"ids": list(ids)} if ids else {})
            self._append(told, durable=mark is not Mark.QUIET)
            before = self._known().get(key) or Kept(self._clock.now(), heard.conversation)
            still = heard if mark is Mark.SPEAKING else None
            self._known()[key] = replace(before, mark=mark, heard=still, ids=tuple(ids))

    def said(self, channel: str, id: str) -> bool:
        """Whether a message of this id answered somebody lately."""
        with self._turn:
            return any(id in kept.ids for (name, _), kept in self._known().items() if name == channel)

    def spoke(self, conversation: str) -> datetime | None:
        """When something was heard in a conversation for the last time; None where it was not lately."""
        with self._turn:
            return max((one.at for one in self._known().values() if one.conversation == conversation), default=None)

    def mark_of(self, channel: str, id: str) -> Mark | None:
        """The last mark on a message; None where it waits or is not known."""
        with self._turn:
            kept = self._known().get((channel, id))
            return kept.mark if kept else None

    def find(self, channel: str, id: str) -> Heard | None:
        """A message that is not settled yet."""
        with self._turn:
            kept = self._known().get((channel, id))
            return kept.heard if kept else None

    def unsettled(self) -> tuple[Kept, ...]:
        """What waits or was being answered, oldest first."""
        with self._turn:
            return tuple(kept for kept in self._known().values() if kept.heard is not None)

    def tidy(self) -> None:
        """Forget what is settled and old, and the words of all that is settled. Raises StoreError."""
        with self._turn:
            now = self._clock.now()
            # Of a clock that was set back: what lies ahead of it is kept.
            kept = {key: one for key, one in self._known().items() if one.heard or now - one.at < KEPT}
            self.close()
            write_whole(self._path, b"".join(_line(one) for one in _lines(kept)))
            self._kept, self._fresh = kept, 0

    def close(self) -> None:
        """Close the file; may be called twice."""
        with self._turn:
            if self._descriptor is not None:
                descriptor, self._descriptor = self._descriptor, None
                os.close(descriptor)

    def _known(self) -> dict[Key, Kept]:
        if self._kept is None:
            self._kept, torn = self._read()
            if torn:
                log.warning("收件簿的最后一行不完整（写入时中断所致），没有计入；平台会再送一次。")
                self.tidy()
        return self._kept

    def _read(self) -> tuple[dict[Key, Kept], bool]:
        try:
            content = self._path.read_bytes() if self._path.exists() else b""
        except OSError as error:
            raise refusal("读取", self._path, error) from error
        kept: dict[Key, Kept] = {}
        lines = content.split(b"\n")
        torn = bool(lines.pop())
        damaged = sum(not _read_line(line, kept) for line in lines if line.strip())
        if damaged:
            log.error("收件簿“%s”有%d行损坏，已跳过；原样另存为同名加 .damaged 的文件。", self._path.name, damaged)
            write_whole(self._path.with_name(f"{self._path.name}.damaged"), content)
        self._fresh = len(lines)
        return kept, torn or bool(damaged)

    def _append(self, line: Mapping[str, object], durable: bool) -> None:
        if self._fresh >= TIDY_LINES:
            self.tidy()
        descriptor = self._open()
        size = os.fstat(descriptor).st_size
        try:
            write_all(descriptor, _line(line))
            if durable:
                disk().sync(descriptor)
        except OSError as error:
            try:
                os.ftruncate(descriptor, size)
            except OSError:
                self._kept = None  # what stands on the disk now is read again before anything else
            raise refusal("写入收件簿", self._path, error) from error
        self._fresh += 1

    def _open(self) -> int:
        if self._descriptor is None:
            try:
                flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
                self._descriptor = disk().open(self._path, flags, PRIVATE_FILE)
                sync_folder(self._path.parent)
            except OSError as error:
                raise refusal("打开收件簿", self._path, error) from error
        return self._descriptor


def _line(line: Mapping[str, object]) -> bytes:
    return json_bytes(line) + b"\n"


def _lines(kept: Mapping[Key, Kept]) -> Iterator[Mapping[str, object]]:
    """The inbox as it is written anew: a line for each message, without words where it is settled."""
    for (channel, id), one in kept.items():
        known: dict[str, object] = {"at": one.at.isoformat()}
        known |= {"heard": encode(one.heard)} if one.heard else {"channel": channel, "id": id, "in": one.conversation}
        yield known | ({"mark": one.mark} if one.mark else {}) | ({"ids": list(one.ids)} if one.ids else {})


def _read_line(line: bytes, kept: dict[Key, Kept]) -> bool:
    """Take in one line; False for what is none."""
    try:
        stored: Any = json.loads(line)
        mark = Mark(stored["mark"]) if "mark" in stored else None
        heard = decode(Heard, stored["heard"]) if "heard" in stored else None
        key = (heard.channel, heard.id) if heard else (str(stored["channel"]), str(stored["id"]))
        before = kept.get(key)
        at = datetime.fromisoformat(stored["at"]) if "at" in stored else before.at if before else None
        if at is None:
            return True  # a mark on what was forgotten
        still = heard or (before.heard if before else None)
        where = str(stored.get("in", still.conversation if still else ""))
        open_ = still if mark in (None, Mark.SPEAKING) else None
        kept[key] = Kept(at, where, mark, open_, tuple(map(str, stored.get("ids", ()))))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, CodecError):
        return False
    return True
