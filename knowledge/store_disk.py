"""The system calls that change a disk, as the store makes them.

All writing of an office goes through the disk in use, so that a rehearsal can put one in its place that is full at any of
its calls.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path


class Disk:
    """The real disk."""

    def open(self, path: Path, flags: int, mode: int) -> int:
        """A descriptor of a file, made where `flags` say so. Raises OSError, as every call here."""
        return os.open(path, flags, mode)

    def write(self, descriptor: int, content: memoryview) -> int:
        """How many bytes were taken; a nearly full disk takes fewer."""
        return os.write(descriptor, content)

    def write_at(self, descriptor: int, content: bytes, place: int) -> int:
        """The same, over what stands `place` bytes into the file."""
        return os.pwrite(descriptor, content, place)

    def sync(self, descriptor: int) -> None:
        """Wait until what was written survives a power cut."""
        os.fsync(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in the place of another in one stroke."""
        os.replace(source, target)

    def make_folder(self, path: Path, mode: int) -> None:
        """Make a folder and those above it; nothing where it is there."""
        path.mkdir(mode=mode, parents=True, exist_ok=True)


_IN_USE: ContextVar[Disk] = ContextVar("disk", default=Disk())  # noqa: B039 - a disk has no state of its own


def disk() -> Disk:
    """The disk in use."""
    return _IN_USE.get()


@contextmanager
def using(other: Disk) -> Iterator[None]:
    """Write through `other` inside."""
    token = _IN_USE.set(other)
    try:
        yield
    finally:
        _IN_USE.reset(token)
