"""One writer per home. The system lets go of the lock when a process dies, so nothing stale is ever left."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.store import StoreBusy
from knowledge.store_files import discard, make_folder, refusal, write_whole

if TYPE_CHECKING:
    from filelock import BaseFileLock

LOCK = ".lock"
HOLDER = ".holder.json"


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the right to write: `command` as the person typed it, `since` a moment in words."""

    command: str = ""
    since: str = ""


class WriterLock:
    """The right to write into a home, for one store of one process at a time."""

    def __init__(self, home: Path, holder: Holder) -> None:
        self._home = home
        self._holder = holder
        self._lock: BaseFileLock | None = None

    @property
    def held(self) -> bool:
        """Whether this store holds it."""
        return self._lock is not None

    def acquire(self) -> None:
        """Take it now, without waiting. Raises StoreBusy naming the holder, StoreError when the disk refuses."""
        from filelock import FileLock, Timeout

        make_folder(self._home)
        lock = FileLock(self._home / LOCK, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout:
            raise StoreBusy(_busy(self._home)) from None
        except OSError as error:
            raise refusal("锁定目录", self._home, error) from error
        try:
            write_whole(self._home / HOLDER, self._signature())
        except BaseException:
            lock.release()
            raise
        self._lock = lock

    def release(self) -> None:
        """Give it back; nothing when not held."""
        if self._lock is None:
            return
        lock, self._lock = self._lock, None
        try:
            discard(self._home / HOLDER)
        finally:
            lock.release()

    def _signature(self) -> bytes:
        import socket

        signed = {
            "pid": os.getpid(),
            "host": socket.gethostname(),
            "since": self._holder.since,
            "command": self._holder.command,
        }
        return json.dumps(signed, ensure_ascii=False).encode()


def _busy(home: Path) -> str:
    """Who holds the lock, as far as the holder file tells: it is written just after the lock is taken."""
    try:
        signed = json.loads((home / HOLDER).read_bytes())
        known = [f"进程 {signed['pid']}", f"主机 {signed['host']}"]
        known += [f"自 {signed['since']} 起"] if signed["since"] else []
        known += [f"命令“{signed['command']}”"] if signed["command"] else []
        who = f"（{'，'.join(known)}）"
    except (OSError, ValueError, KeyError, TypeError):
        who = ""
    return f"“{home}”正由另一个进程写入{who}，没有改动任何内容；请等它结束或先停止它，再重试。查询不受影响。"
