"""How many entries each file of the ledger held when it was last written, so that a file cut short is never taken for whole.

A line cut off at its end leaves no trace in the file itself. The count lies beside it, in a hidden file that is written
after the lines are safe: it may be behind by what a crash interrupted, never ahead.
"""

from __future__ import annotations

import os
from pathlib import Path

from knowledge.store_disk import disk
from knowledge.store_files import PRIVATE_FILE

_WIDTH = 12


class Counts:
    """The counts of one home. A count that cannot be written or read is no trouble: nothing is missed for want of it."""

    def __init__(self) -> None:
        self._open: dict[Path, int] = {}

    def read(self, path: Path) -> int:
        """How many entries the file at `path` should hold at least; 0 where nothing is known."""
        try:
            found = _beside(path).read_bytes()
        except OSError:
            return 0
        return int(found) if len(found) == _WIDTH + 1 and found.strip().isdigit() else 0

    def write(self, path: Path, count: int) -> str:
        """Remember the count; returns why it could not be, empty when it was."""
        try:
            if path not in self._open:
                self._open[path] = disk().open(_beside(path), os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, PRIVATE_FILE)
            disk().write_at(self._open[path], b"%0*d\n" % (_WIDTH, count), 0)
        except OSError as error:
            return error.strerror or "磁盘拒绝"
        return ""

    def missing(self, home: Path) -> list[Path]:
        """The ledger files that have a count and are not there."""
        names = (path.name.removeprefix(".").removesuffix(".count") for path in home.glob(".ledger-*.jsonl.count"))
        return [path for name in names if not (path := home / name).exists() and self.read(path)]

    def close(self) -> None:
        """Close the files."""
        for descriptor in self._open.values():
            os.close(descriptor)
        self._open.clear()


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.count")
